"""Owns the tags an author types: which are words after all, and what is told of those that go.

A tag that would vanish is shown as it was typed; what goes with its content is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from generator.base.problem import Severity
from generator.markdown.limits import CHILDLESS
from generator.markdown.nesting import INLINE, VOID
from generator.markdown.pieces import Slip
from generator.markdown.sanitise import ATTRIBUTES, EMPTIED

SHOWN = "\ufdd0"
"""Stands for a `<` that is shown, while Markdown is read; no text may hold this character."""

TAG = re.compile(
    r"<(/?)([A-Za-z][^\s<>/@]*)(?=[\s/>])([^<>]*)>|<()(\?|!--|!(?=[A-Za-z\[]))([^\s<>]*)"
)
"""A tag, or what begins a comment or an instruction."""

BARE = re.compile(r"""\s+([^\s"'=]+)(?=\s|/|$)|\s+[^\s"'=]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)""")
SWITCHES = frozenset({"open", "hidden", "reversed", "controls", "itemscope", "nowrap", "border"})
"""Attributes without a value; any other word in a tag shows that it is none."""

DROPPED = frozenset(
    [
        *("acronym", "address", "article", "aside", "base", "basefont", "bdi", "bdo", "big"),
        *("blink", "body", "button", "center", "col", "colgroup", "data", "datalist", "dfn"),
        *("dialog", "dir", "fieldset", "font", "footer", "form", "frame", "frameset", "head"),
        *("header", "hgroup", "html", "input", "label", "legend", "link", "main", "map", "area"),
        *("marquee", "menu", "meta", "meter", "nav", "nobr", "optgroup", "option", "output"),
        *("param", "picture", "progress", "rp", "rt", "ruby", "search", "source", "strike"),
        *("time", "track", "tt"),
    ]
)
"""Elements of HTML that a page does without; the text in them stays."""

ALONE = VOID | {
    *("area", "base", "basefont", "col", "embed", "frame", "input", "link", "meta", "param"),
    *("source", "track"),
}
"""Elements that have no end tag."""

KNOWN = frozenset(ATTRIBUTES) | EMPTIED | DROPPED
SWALLOW = (frozenset(ATTRIBUTES) - INLINE) | EMPTIED
"""Elements without whose end the rest of the text is not shown, or not read as Markdown."""

REMOVED = "removed-html"
COMMENT = "!--"
NEED_NO_END = ALONE | (CHILDLESS - {"p"}) | {"colgroup", "option", "optgroup", "rp", "rt"}
LONGEST_QUOTED = 60


def shield(text: str, plain: str) -> tuple[str, list[Slip]]:
    """Return the text with the `<` of each tag that is none made `SHOWN`, and what is to be told.

    `plain` is the text with code and comments blanked, each character in its place.
    """
    told: list[Slip] = []
    marked = _in_code(text, plain)
    hidden = 0
    lowered = plain.lower()
    tags = [tag for tag in TAG.finditer(plain) if not _is_address(plain, tag)]
    ends = {_name(tag): tag.start() for tag in tags if tag[1]}
    for tag in tags:
        name = _name(tag)
        if tag.start() < hidden:
            continue
        ended = ends.get(name, -1) > tag.start() and name != "plaintext"
        slip = None if tag[1] else _slip(tag, name, ended=ended)
        if slip:
            told.append(slip)
        if slip.code != REMOVED if slip else name not in KNOWN:
            marked.append(tag.start())
        elif name in EMPTIED and ended and not tag[1]:
            hidden = lowered.find(f"</{name}", tag.end())
    characters = list(text)
    for at in marked:
        characters[at] = SHOWN
    return "".join(characters), told


def _in_code(text: str, plain: str) -> list[int]:
    """Return where tags stand in code: amid raw HTML, backticks would not make them words."""
    found = (tag for tag in TAG.finditer(text) if plain[tag.start()] == " ")
    return [tag.start() for tag in found if tag[5] != COMMENT]


def unshield(html: str) -> str:
    """Return HTML with each marked `<` as text."""
    return html.replace(SHOWN, "&lt;")


def _name(tag: re.Match[str]) -> str:
    return (tag[2] or tag[5]).lower()


def _is_address(plain: str, tag: re.Match[str]) -> bool:
    """Tell whether what looks like a tag is an address: `<https://…>`, `](<a file.md>)`."""
    before = plain[max(0, tag.start() - 9) : tag.start()].rstrip()
    return _name(tag).endswith(":") or before.endswith(("](", "]:"))


def _slip(tag: re.Match[str], name: str, *, ended: bool) -> Slip | None:
    """Return what is told of a start tag: nothing, where it does its work."""
    typed = " ".join(tag[0].split())
    if len(typed) > LONGEST_QUOTED:
        typed = f"{typed[:LONGEST_QUOTED]}…"
    words = f"write {escape(typed, quote=False)} or put it in backticks"
    at, inside = tag.start(), (tag[3] or "").strip("/ \n")
    if name == COMMENT:
        message, hint = "the comment that begins with '<!--' never ends", "write --> where it ends"
        severity = Severity.ERROR
        return Slip(at=at, code="unclosed-tag", message=message, hint=hint, severity=severity)
    if name not in KNOWN or any(_prose(inside)):
        message = f"'{typed}' is not HTML, and is shown as it was typed"
        return Slip(at=at, code="unknown-tag", message=message, hint=words)
    if not ended and name not in NEED_NO_END and (name in SWALLOW or not inside):
        return Slip(
            at=at,
            code="unclosed-tag",
            message=f"'{typed}' is never closed",
            hint=f"write </{name}> where it ends; if it is meant as words, {words}",
            severity=Severity.ERROR if name in SWALLOW else Severity.WARNING,
        )
    if name in DROPPED or name in EMPTIED:
        nor = ", nor what is in it" if name in EMPTIED - ALONE else ""
        hint = f"take it out; if it is meant as words, {words}"
        return Slip(at=at, code=REMOVED, message=f"'{typed}' is not shown{nor}", hint=hint)
    return None


def _prose(inside: str) -> Iterator[str]:
    """Yield the words in a tag that are no attributes."""
    for found in BARE.finditer(" " + " ".join(inside.split())):
        if found[1] and found[1].lower() not in SWITCHES:
            yield found[1]
