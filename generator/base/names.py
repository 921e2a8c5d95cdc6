"""Owns names: as slugs, as spellings that count as one, as files and as addresses of pages."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize
from urllib.parse import quote

LONGEST_NAME: Final = 200
"""In bytes of UTF-8: with a suffix it still fits the 255 that file systems allow."""

_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ASCII_SEPARATORS = {code: " " for code in range(128) if category(chr(code))[0] in "PZC"}
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~/-]*")


def slug(text: str) -> str:
    """Return letters, marks and digits of any script in lower case, every other run as one `-`.

    Empty where there are none. Joiners and other invisible characters are left out, so that two
    names that look alike share an address.
    """
    if text.isascii():
        return "-".join(_ASCII_WORD.findall(text.lower()))
    lowered = normalize("NFC", normalize("NFC", _visible(text)).lower())
    kept = ""
    for c in lowered:
        kept += c if c.isalnum() or (_is_mark(c) and kept[-1:].strip()) else " "
    return "-".join(kept.split())


def fold(text: str) -> str:
    """Return the form under which two spellings are one term; accents and symbols are kept.

    Spaces, hyphens, underscores and punctuation, in any number, are one space.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_SEPARATORS).split())
    folded = normalize("NFKC", _visible(text))
    for _ in range(2):
        folded = normalize("NFKC", _visible(folded).casefold())
    return " ".join("".join(" " if category(c)[0] in "PZC" else c for c in folded).split())


def reason_no_page_name(slug: str) -> str | None:
    """Return in words why no page may have this name, or none if one may."""
    if not slug:
        return "it has no letter and no digit"
    if slug.casefold() == "index":
        return "'index' is kept for the page that lists the others"
    if _RESERVED.fullmatch(slug.partition(".")[0]):
        return f"Windows allows no file of the name '{slug}'"
    size = len(slug.encode(errors="replace"))
    return f"it is {size} bytes long, at most {LONGEST_NAME} fit" if size > LONGEST_NAME else None


def file_key(text: str) -> str:
    """Return the key under which two file names are one where case or Unicode form is ignored."""
    if text.isascii():
        return text.lower()
    return normalize("NFKC", normalize("NFKC", text).casefold())


def href(path: str) -> str:
    """Return a path of the site as a relative URL, percent-encoded, the `/` kept."""
    return path if _UNRESERVED.fullmatch(path) else quote(path, safe="/", errors="replace")


def relative(target: str, page: str, *, fragment: str | None = None) -> str:
    """Return the percent-encoded link from `page` to `target`, both paths from the site's root.

    What follows `#` in `target` is its fragment, unless `fragment` is given: then a `#` belongs to
    the file's name. A link to a place on the same page is the fragment alone.
    """
    if fragment is None:
        target, _, fragment = target.partition("#")
    anchor = f"#{href(fragment)}" if fragment else ""
    if anchor and target == page:
        return anchor
    if "/" not in page:
        return href(target) + anchor
    there, here = target.split("/"), page.split("/")
    shared, most = 0, min(len(there), len(here)) - 1
    while shared < most and there[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + href("/".join(there[shared:])) + anchor


def _visible(text: str) -> str:
    """Leave out what takes no room: format characters, variation selectors, fillers."""
    if text.isascii():
        return text
    return _INVISIBLE.sub("", "".join(c for c in text if category(c) != "Cf"))


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"
