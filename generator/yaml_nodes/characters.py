"""Owns which characters a text may hold, and how libyaml is kept from breaking lines."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generator.base.problem import Problem

MOST_LINES: Final = 10
"""So many lines are reported; a text with more is no text."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAKS = "\x85\u2028\u2029"
_GUESTS = "\ufdd0\ufdd1\ufdd2"
HIDE: Final = dict(zip(map(ord, _BREAKS), _GUESTS, strict=True))
"""Puts noncharacters, which no author may type, in the place of Unicode's own line breaks."""
SHOW: Final = dict(zip(map(ord, _GUESTS), _BREAKS, strict=True))


def replace_illegible(
    text: str, *, path: str, first_line: int = 1
) -> tuple[str, tuple[Problem, ...]]:
    """Return `text` with U+FFFD for each character that is not text, and a problem for its line.

    One problem for a line, `MOST_LINES` at most. Tab, newline and U+0085 are text; lengths, and so
    lines and columns, stay as they were.
    """
    if _printable(text) or not _FORBIDDEN.search(text):
        return text, ()
    found: dict[int, Problem] = {}
    line, start = first_line, 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", start, match.start())
        start = match.start()
        if line not in found:
            column = start - text.rfind("\n", 0, start)
            found[line] = _problem(match[0], path, line, column)
        if len(found) == MOST_LINES:
            break
    return _FORBIDDEN.sub("\ufffd", text), tuple(found.values())


def has_breaks(text: str) -> bool:
    """Tell whether `text` holds a line break that only Unicode knows."""
    return not text.isascii() and any(position in text for position in _BREAKS)


def _printable(text: str) -> bool:
    """Tell whether a text holds nothing but tabs, newlines and what can be seen, as most do."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _problem(character: str, path: str, line: int, column: int) -> Problem:
    code = f"U+{ord(character):04X}"
    surrogate = unicodedata.category(character) == "Cs"
    return Problem(
        path=path,
        line=line,
        column=column,
        code="control-character",
        message=f"a {'broken' if surrogate else 'control'} character, {code}, stands here",
        hint="delete it; it cannot be seen, so type the words around it again",
    )
