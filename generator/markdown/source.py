"""The text of a body while it is read, and where each of its characters stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from generator.base.position import Position
from generator.base.problem import Severity

LONG_LINE = 2_000
"""In a longer line the bytes of each character are counted once, not for each question."""


class Origin(NamedTuple):
    """Where a line of the text comes from: its line in the file, and what its columns lack there.

    `shift` is added to a column to get the column in the file.
    """

    line: int
    shift: int


@dataclass(frozen=True, slots=True)
class InFile:
    """The origins of the lines of a text that stands in its file as it is, from one line on."""

    first_line: int

    def __getitem__(self, at: int) -> Origin:
        """Return the origin of a line, counted from 0; few are ever asked for."""
        return Origin(self.first_line + at, 0)


class MarkdownText:
    """A text whose lines end in a newline only, without the front matter of its file."""

    def __init__(self, text: str, origins: Sequence[Origin] | InFile) -> None:
        """Take a text and the origins of its lines."""
        self.text = text
        self.lines = text.split("\n")
        self.origins = origins
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]
        self._ascii = text.isascii()
        self._ends: dict[int, list[int]] = {}

    @classmethod
    def from_file(cls, text: str, first_line: int) -> MarkdownText:
        """Return the text of a file that begins on this line."""
        return cls(text, InFile(first_line))

    def with_text(self, text: str) -> MarkdownText:
        """Return another text, each character of which has the place of the one it replaces."""
        return MarkdownText(text, self.origins)

    def offset(self, line: int, column: int) -> int:
        """Return the index of the character at a line and a column in bytes of UTF-8, from 1."""
        if line > len(self.lines):
            return len(self.text)
        words = self.lines[line - 1]
        if self._ascii:
            return self.starts[line - 1] + min(column - 1, len(words))
        if len(words) <= LONG_LINE:
            before = len(words.encode()[: column - 1].decode(errors="replace"))
        else:
            if line not in self._ends:
                self._ends[line] = [*accumulate(len(character.encode()) for character in words)]
            before = bisect_right(self._ends[line], column - 1)
        return self.starts[line - 1] + before

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 0, of the character with this index."""
        return bisect_right(self.starts, offset) - 1

    def rest_of_line(self, offset: int) -> str:
        """Return the words from a character to the end of its line."""
        end = self.text.find("\n", offset)
        return self.text[offset : end if end >= 0 else len(self.text)]

    def position(self, offset: int) -> Position:
        """Return where the character with this index stands in the file."""
        at = self.line_at(offset)
        origin = self.origins[at]
        return Position(origin.line, max(1, offset - self.starts[at] + 1 + origin.shift))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """Something an author typed and hardly meant, at its place in the file."""

    position: Position
    code: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a link or picture as it was typed, and the index where it begins."""

    target: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader makes of a text: HTML that is not safe yet, and where its addresses stand.

    `addresses` are in the order of the HTML, as far as the reader knows them. `has_html` tells
    that the author typed HTML. `source` is what the indexes of the addresses count in.
    """

    html: str
    source: MarkdownText
    addresses: Sequence[Address]
    has_html: bool
    lints: Sequence[Lint] = field(default=())


def matches_beside(
    signs: Sequence[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Yield what a pattern matches in those lines of a text that hold one of some signs, in order.

    No match of the pattern goes beyond a line, or is without a sign: few lines have one, and the
    pattern is slow.
    """
    lines: set[tuple[int, int]] = set()
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            end = text.find("\n", at)
            end = end if end >= 0 else len(text)
            lines.add((text.rfind("\n", 0, at) + 1, end))
            at = text.find(sign, end)
    for start, end in sorted(lines):
        yield from pattern.finditer(text, start, end)


class TooComplexError(Exception):
    """A text that would take too long to read: on which line of the file, and why."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep both for the problem that is made of them."""
        super().__init__(reason)
        self.line, self.reason = line, reason
