"""Names in their several forms: slug, spelling that counts as one, file name, link."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize
from urllib.parse import quote

LONGEST_NAME: Final = 200
"""In bytes of UTF-8: with a suffix it still fits the 255 that file systems allow."""

_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_DOTTED = re.compile("i\u0307+")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~/-]*")


class _Separators(dict[int, int]):
    """A table for `str.translate`: spaces and punctuation become a space; filled as it is used."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(" ") if category(chr(code))[0] in "PZC" else code
        return self[code]


_SEPARATORS = _Separators()


def slug(text: str) -> str:
    """Return the slug of a text: its letters and digits in lower case, all else as single `-`.

    'Café & Co.' becomes 'café-co'. Letters of every script and their accents are kept. Empty
    where there are none. Invisible characters (joiners, fillers) are left out, so that two names
    that look alike share an address.
    """
    if text.isascii():
        return "-".join(_ASCII_WORD.findall(text.lower()))
    lowered = normalize("NFC", _lower(normalize("NFC", visible(text))))
    spaced = ""
    for c in lowered:
        spaced += c if c.isalnum() or (_is_mark(c) and spaced[-1:].strip()) else " "
    return "-".join(spaced.split())


def fitting_slug(text: str) -> str:
    """Return the slug of a text, cut where a word ends if it is too long to name a file.

    A script that puts no spaces between words is cut between two letters.
    """
    name = slug(text)
    start = name.encode(errors="replace")[:LONGEST_NAME].decode(errors="ignore")
    if len(start) == len(name):
        return name
    end = len(start)
    while end and _is_mark(name[end]):
        end -= 1
    words = name[:end].rpartition("-")[0] if name[end] != "-" else ""
    return slug(words or name[:end])


def fold(text: str) -> str:
    """Return the key of a spelling: two spellings with one key are the same term.

    Case and width do not count. Spaces, hyphens, underscores and punctuation, in any number, are
    one space. Accents and symbols count: 'Café' and 'Cafe' are two terms.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_SEPARATORS).split())
    folded = normalize("NFKC", visible(text))
    for _ in range(2):  # folding may bring out forms that fold again
        folded = normalize("NFKC", _DOTTED.sub("i", visible(folded).casefold()))
    return " ".join(folded.translate(_SEPARATORS).split())


def visible(text: str) -> str:
    """Return a text without its invisible format characters, variation selectors and fillers.

    For comparing only: some of them matter to readers, such as the joiners of Persian and Khmer.
    """
    if text.isascii():
        return text
    if not text.isprintable():  # as no format character is
        text = "".join(c for c in text if category(c) != "Cf")
    return _INVISIBLE.sub("", text)


def reason_no_page_name(slug: str) -> str | None:
    """Return in words why no page may have this name, or None if one may."""
    if not slug:
        return "it has no letter and no digit"
    if slug.casefold() == "index":
        return "'index' is reserved for the page that lists the others"
    if _RESERVED.fullmatch(slug.partition(".")[0]):
        return f"Windows allows no file of the name '{slug}'"
    size = len(slug.encode(errors="replace"))
    return f"it is {size} bytes long; at most {LONGEST_NAME} fit" if size > LONGEST_NAME else None


def file_key(text: str) -> str:
    """Return the key of a file name: two names with one key are one file on some file systems."""
    if text.isascii():
        return text.lower()
    return normalize("NFKC", normalize("NFKC", text).casefold())


def href(path: str) -> str:
    """Return a path of the site as a relative URL: percent-encoded, but for the `/`."""
    return path if _UNRESERVED.fullmatch(path) else quote(path, safe="/", errors="replace")


def relative(target: str, page: str, *, fragment: str | None = None) -> str:
    """Return the percent-encoded link from `page` to `target`, both paths from the site's root.

    What follows `#` in `target` is its fragment, unless `fragment` is passed: then a `#` belongs
    to the file's name. A link to a place on the same page is the fragment alone.
    """
    if fragment is None:
        target, _, fragment = target.partition("#")
    anchor = f"#{href(fragment)}" if fragment else ""
    if anchor and target == page:
        return anchor
    if "/" not in page:
        return href(target) + anchor
    to, start = target.split("/"), page.split("/")
    shared, most = 0, min(len(to), len(start)) - 1
    while shared < most and to[shared] == start[shared]:
        shared += 1
    return "../" * (len(start) - 1 - shared) + href("/".join(to[shared:])) + anchor


def _lower(text: str) -> str:
    """Return a text in lower case; a small i has its dot already, so that of 'İ' is left out."""
    return _DOTTED.sub("i", text.lower())


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"
