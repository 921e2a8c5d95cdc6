"""Owns what looks like Markdown and is not: notes without a text, links that stay brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.markdown.link_marks import blank, fences
from generator.markdown.pieces import Slip

CODE = re.compile(r"<(pre|code)\b[^<>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
NOTE = re.compile(r"\[(?<!\\\[)\^([^\[\]\n]+)\]")
GAP = re.compile(r"\][ \n]{1,3}\(")
SPACED = re.compile(r"(?<![\\\w])!?\[([^\[\]\n]+)\][ \n]{1,3}\(([^()\s]+)\)")
TARGET = re.compile(
    r"(?:https?://|www\.|(?:case|term):)\S+|#\w\S*"
    r"|\S+\.(?:md|markdown|html?|pdf|png|jpe?g|gif|webp|avif|svg)(?:#\S*)?",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?<![\\\w\]])!?\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
NAMED_TARGET = re.compile(r"^[ >]*\[([^\[\]\n]+)\]:[ ]*\n?[ ]*\S", re.MULTILINE)
WIKI = re.compile(r"(?<![\\\w\[])\[\[([^\[\]\n]+)\]\](?![\](\[:])")
PROSE = re.compile(r"[\d\s.,;–-]*|sic!?|[.…]+|\^.*", re.IGNORECASE)
"""What people put in brackets without a link in mind: [1], [sic], […]."""


def slips(text: str, plain: str) -> Iterator[Slip]:
    """Yield what was hardly meant; `plain` is the text with code and comments blanked."""
    plain = CODE.sub(lambda found: blank(found[0]), plain)
    if "```" in text or "~~~" in text:
        yield from _fences(text)
    if "[^" in plain:
        yield from _notes(plain)
    if GAP.search(plain):
        yield from _spaced(text, plain)
    if "][" in plain:
        yield from _named(text, plain)
    if "[[" in plain:
        yield from _wiki(text, plain)


def _fences(text: str) -> Iterator[Slip]:
    lines = text.split("\n")
    for fence in fences(lines):
        if not fence.closed:
            mark = lines[fence.start].strip()[:3]
            yield Slip(
                at=sum(len(line) + 1 for line in lines[: fence.start]),
                code="unclosed-fence",
                message=f"the code that begins with '{mark}' never ends: all below it is code",
                hint=f"write {mark} on a line of its own where the code ends",
            )


def _notes(plain: str) -> Iterator[Slip]:
    cited: list[re.Match[str]] = []
    texts: list[re.Match[str]] = []
    for found in NOTE.finditer(plain):
        (texts if _has_text(found, plain) else cited).append(found)
    named = {found[1] for found in cited}
    known: set[str] = set()
    for found in texts:
        note, at = found[1], found.start()
        if note in known:
            message, hint = f"the note '[^{note}]' has two texts", "give one another name"
            yield Slip(at=at, code="repeated-note", message=message, hint=hint)
        elif note not in named:
            message = f"nothing in the text leads to the note '[^{note}]'"
            hint = f"write [^{note}] after the words that it belongs to"
            yield Slip(at=at, code="unused-note", message=message, hint=hint)
        known.add(note)
    for found in cited:
        if found[1] not in known:
            message = f"the note '{found[0]}' has no text"
            hint = f"write {found[0]}: and the text of the note, on a line of its own"
            yield Slip(at=found.start(), code="undefined-note", message=message, hint=hint)


def _has_text(note: re.Match[str], plain: str) -> bool:
    """Tell whether the text of a note follows: `[^1]:` at the beginning of a line."""
    if not plain.startswith(":", note.end()):
        return False
    line = plain.rfind("\n", 0, note.start()) + 1
    return not plain[line : note.start()].strip(" >")


def _spaced(text: str, plain: str) -> Iterator[Slip]:
    for found in SPACED.finditer(plain):
        if TARGET.fullmatch(found[2]) and not PROSE.fullmatch(found[1]):
            typed = _typed(text, found)
            yield Slip(
                at=found.start(),
                code="spaced-link",
                message=f"'{typed}' is no link, since there is a space in it",
                hint=f"write {typed.replace('] (', '](')}",
            )


def _named(text: str, plain: str) -> Iterator[Slip]:
    known = {_name(found[1]) for found in NAMED_TARGET.finditer(plain)}
    for found in NAMED.finditer(plain):
        words, name = found[1], found[2].strip()
        silent = PROSE.fullmatch(words) or name.startswith("^") or name.casefold() == "sic"
        if _name(name or words) not in known and not silent:
            yield Slip(
                at=found.start(),
                code="undefined-link",
                message=f"'{_typed(text, found)}' leads nowhere",
                hint="write [words](address)",
            )


def _wiki(text: str, plain: str) -> Iterator[Slip]:
    for found in WIKI.finditer(plain):
        target, _, words = (part.strip() for part in found[1].partition("|"))
        if not PROSE.fullmatch(target):
            yield Slip(
                at=found.start(),
                code="wiki-link",
                message=f"'{_typed(text, found)}' is not read as a link",
                hint=f"write [{words or target}]({target}.md)",
            )


def _typed(text: str, found: re.Match[str]) -> str:
    return " ".join(text[found.start() : found.end()].split())


def _name(written: str) -> str:
    return " ".join(written.split()).casefold()
