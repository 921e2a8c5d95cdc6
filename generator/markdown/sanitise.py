"""What HTML an author may bring along: elements, attributes, classes, and kinds of address.

To allow an element, name it in `ATTRIBUTES` with its attributes.
"""

from __future__ import annotations

import html
import re
from enum import StrEnum
from functools import lru_cache
from string import ascii_letters, digits

import nh3

from generator.markdown.nesting import HOLDS_INLINE, INLINE, PARENTS, ROWS, VOID
from generator.markdown.tags import ATTRIBUTE, TAG, names

GLOBAL = {"id", "class", "lang", "dir", "title"}
PLAIN = (
    "p h1 h2 h3 h4 h5 h6 ul dl dt dd li thead tbody tfoot tr caption blockquote figure figcaption"
    " abbr code pre sup sub kbd samp var del ins em strong b i s u small mark q cite details"
    " summary hr br wbr div section span table"
)
ATTRIBUTES: dict[str, set[str]] = {
    **{name: set[str]() for name in PLAIN.split()},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
"""Each allowed element with the attributes it may have besides `GLOBAL`."""

EMPTIED = names(
    "script style template iframe object embed noscript noembed noframes svg math select"
    " textarea title xmp plaintext audio video canvas"
)
"""Elements that go with all that is in them; of any other the text stays."""

KINDS = names(
    "attention caution danger error example failure hint important info note question"
    " quote success summary tip todo warning"
)
"""The call-outs that have a look of their own."""

CLASS = re.compile(r"admonition(?:-title)?|footnote(?:-ref|-backref)?|language-[\w+#.-]{1,40}")
CHECKED = {
    "width": re.compile(r"[1-9]\d{0,3}"),
    "height": re.compile(r"[1-9]\d{0,3}"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "start": re.compile(r"\d{1,9}"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "align": re.compile(r"left|center|right"),
}
"""Attributes whose value must have this shape, else they are dropped."""

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
MAY_HAVE_SCHEME = re.compile(r'="([^":&]*[:&][^"]*)"')
"""A value that has a colon, or perhaps a reference to one: all addresses with a scheme have."""

LEADING = frozenset({"href", "src"})
PLAIN_ADDRESS = re.compile(
    r"[\w/.#?=-]*|https?://(?:(?!xn--)[a-z0-9-]+\.)+[a-z]{2,20}(?:[/?#][^\s<>]*)?"
    r"|(?:case|term):[^/\s<>][^\s<>]*|#[^\s<>]*",
    re.IGNORECASE,
)
"""An address that any browser can read."""

ODD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#39|#x27);)")
"""What our readers never write: they escape what HTML needs escaped, and no more."""

CONTROLS = re.compile(r"[\x00-\x1f]+")
IN_SCHEMES = f"{ascii_letters}{digits}+.-{''.join(map(chr, range(0x20)))}"
"""What a scheme is made of, and the controls that a browser does not see in it."""

UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
OUTWARD = re.compile(r"(?:https?:)?//[^/?#\s\\]", re.IGNORECASE)
OURS = frozenset({"case", "term"})
CONTACT = frozenset({"mailto", "tel", "sms", "callto", "skype", "whatsapp"})
MOST_PASSES = 4


class LinkKind(StrEnum):
    """What kind of address a link has: only internal and external ones get onto the page."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    CONTACT = "contact"
    UNSAFE = "unsafe"


def judge(address: str) -> LinkKind:
    """Return what kind of address this is, read as a browser does, blind to controls."""
    bare = UNSEEN.sub("", address)
    if OUTWARD.match(address.strip()):
        return LinkKind.EXTERNAL
    scheme = SCHEME.match(bare)
    if scheme and scheme[1].lower() in OURS:
        return LinkKind.INTERNAL
    if scheme and scheme[1].lower() in CONTACT:
        return LinkKind.CONTACT
    if scheme or "\\" in bare[:2] or bare.startswith("//"):
        return LinkKind.UNSAFE
    return LinkKind.INTERNAL


def cleaned_pieces(text: str, *, steady: bool) -> list[str]:
    """Return safe HTML split at its tags (`tags.TAG`), addresses not yet judged.

    `steady`: no raw HTML is in it. Then most of it need not be cleaned.
    """
    pieces = _as_cleaned(text) if steady else None
    return pieces or TAG.split(clean(text, steady=steady))


def clean(text: str, *, steady: bool) -> str:
    """Return safe HTML in nh3's own spelling, addresses not yet judged.

    `steady`: no raw HTML is in it, so that once is enough; else it is cleaned until it stays.
    """
    # Schemes of words in the text would be no harm, but a cleaner takes as long to make as to use.
    addresses = " ".join(MAY_HAVE_SCHEME.findall(text)) if steady else text
    cleaner = _cleaner(_schemes(addresses))
    for _ in range(1 if steady else MOST_PASSES):
        cleaned = cleaner.clean(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _as_cleaned(text: str) -> list[str] | None:
    """Return the pieces of what nh3 makes of HTML with nothing to clean; None where it must look.

    Most texts hold no HTML that an author typed. Theirs is not trusted for that: each tag is one
    that may be, at a place where it may be, and has its end; what is between them is words; a
    browser can read each address.
    """
    # A browser turns these two into other characters; comrak keeps a NUL in a bare address.
    if "\r" in text or "\0" in text or ODD_REFERENCE.search(text):
        return None
    pieces = TAG.split(text)
    texts = pieces[::4]
    words = "".join(texts)
    if "<" in words or ">" in words or not _is_nested(pieces):
        return None
    if "&" in words or "\xa0" in words:
        pieces[::4] = map(_spelled, texts)
    return pieces


def _is_nested(pieces: list[str]) -> bool:
    """Tell whether a browser would leave all tags and texts where they are."""
    opened = [""]
    tags = zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True)
    for end, name, attributes, text in tags:
        if end:
            if opened.pop() != name:
                return False
        elif (
            not _may_stand(name, opened[-1])
            or (attributes and not _may_have(name, attributes))
            or (name == "a" and name in opened)
            or (name == "pre" and text[:1] == "\n")  # the first line end in it is dropped
        ):
            return False
        elif name not in VOID:
            opened.append(name)
        if opened[-1] in ROWS and text.strip(" \n"):
            return False
    return len(opened) == 1


@lru_cache(maxsize=1_000)
def _may_stand(name: str, inside: str) -> bool:
    """Tell whether an element may be, and be in another; the outermost is in none."""
    fits = inside in PARENTS[name] if name in PARENTS else inside not in ROWS
    return fits and name in ATTRIBUTES and (name in INLINE or inside not in HOLDS_INLINE)


@lru_cache(maxsize=1_000)
def _may_have(name: str, attributes: str) -> bool:
    """Tell whether an element may have these attributes, as they are written in its tag."""
    return all(
        key in GLOBAL
        or (key in ATTRIBUTES[name] and (key not in LEADING or PLAIN_ADDRESS.fullmatch(value)))
        for key, value in ATTRIBUTE.findall(attributes)
    )


def _spelled(text: str) -> str:
    """Return text between tags in nh3's spelling."""
    if "&" not in text and "\xa0" not in text:
        return text
    return html.escape(html.unescape(text), quote=False).replace("\xa0", "&nbsp;")


def readable(address: str) -> bool:
    """Return whether the sanitiser takes this for an address at all, of whatever kind."""
    link = f'<a href="{html.escape(address)}">a</a>'
    return bool(address) and "href" in _cleaner(_schemes(link)).clean(link)


def _schemes(text: str) -> frozenset[str]:
    """Return all that may be a scheme: nh3 must let it through, so that it can be reported."""
    before = html.unescape(text).split(":")[:-1]
    names = (CONTROLS.sub("", words[len(words.rstrip(IN_SCHEMES)) :]) for words in before)
    return frozenset(name.lower() for name in names if name[:1].isalpha())


@lru_cache(maxsize=64)
def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ATTRIBUTES),
        clean_content_tags=set(EMPTIED),
        attributes={"*": GLOBAL, **{tag: own for tag, own in ATTRIBUTES.items() if own}},
        link_rel=None,
        url_schemes=set(schemes),
    )


def classes(value: str, tag: str) -> list[str]:
    """Return those classes that an author's text may carry, so that it cannot borrow the site's."""
    given = value.split()
    if tag != "code":
        given = [name for name in given if not name.startswith("language-")]
    kinds = KINDS if "admonition" in given else frozenset[str]()
    return [name for name in dict.fromkeys(given) if CLASS.fullmatch(name) or name in kinds]
