"""The characters that a text may hold, and three line breaks that are hidden from libyaml."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes.diagnoses import CONTROL_CHARACTER

MOST_LINES: Final = 10
"""So many lines are reported; a text with more is no text."""

_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

# libyaml ends a line at U+0085, U+2028 and U+2029, as YAML 1.1 has it. No editor does: an author
# who pastes one from a PDF or a web page sees no break, and would be told of lines that are not
# there. So they are exchanged for noncharacters before libyaml reads, one for one, which keeps
# every column, and exchanged back in what it returns. A noncharacter that the author typed cannot
# be taken for one of them: `replace_illegible` has removed it before.
_BREAKS = "\x85\u2028\u2029"
_STAND_INS = "\ufdd0\ufdd1\ufdd2"
HIDE: Final = dict(zip(map(ord, _BREAKS), _STAND_INS, strict=True))
"""For `str.translate`: line breaks that only Unicode knows become noncharacters."""
SHOW: Final = dict(zip(map(ord, _STAND_INS), _BREAKS, strict=True))
"""For `str.translate`: the reverse of `HIDE`."""


def replace_illegible(
    text: str, *, path: str, first_line: int = 1
) -> tuple[str, tuple[Problem, ...]]:
    """Return `text` with U+FFFD for each character that is not text, and a problem for its line.

    One problem a line, `MOST_LINES` at most. Tab, newline and U+0085 are text. Lengths do not
    change, and so neither do lines and columns.
    """
    if _is_printable(text) or not _FORBIDDEN.search(text):
        return text, ()
    problems: dict[int, Problem] = {}
    line, start = first_line, 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", start, match.start())
        start = match.start()
        if line not in problems:
            column = start - text.rfind("\n", 0, start)
            problems[line] = _problem(match[0], path, Position(line, column))
        if len(problems) == MOST_LINES:
            break
    return _FORBIDDEN.sub("\ufffd", text), tuple(problems.values())


def unhidden(text: str) -> str:
    """Return `text` without the characters that nobody sees, such as soft hyphens.

    The two joiners stay, which belong to the spelling of Persian and of Indian languages.
    """
    unseen = (letter for letter in set(text) if unicodedata.category(letter) == "Cf")
    return text.translate(
        dict.fromkeys(ord(letter) for letter in unseen if letter not in _JOINERS)
    ).strip()


def has_breaks(text: str) -> bool:
    """Return whether `text` holds a line break that only Unicode knows."""
    return not text.isascii() and any(mark in text for mark in _BREAKS)


def _is_printable(text: str) -> bool:
    """Return whether a text holds only tabs, newlines and visible characters, as most do."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _problem(character: str, path: str, position: Position) -> Problem:
    is_surrogate = unicodedata.category(character) == "Cs"
    return CONTROL_CHARACTER.problem(
        path,
        position,
        kind="broken" if is_surrogate else "control",
        name=f"U+{ord(character):04X}",
    )
