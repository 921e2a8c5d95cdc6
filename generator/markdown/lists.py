"""Owns lists: an item reaches as far as CommonMark says, and its inside is read by itself.

Python-Markdown takes a list straight after a line of text for a paragraph and wants nesting by
four spaces; here both are read as on GitHub.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.util import STX, nearing_recursion_limit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ITEM = re.compile(r"^( {0,3})([-*+]|(\d{1,9})[.)])(?:( +)(?=\S)|( *)$)")
ANY_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])(?: |$)", re.MULTILINE)
RULE = re.compile(r"^ {0,3}(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})$")
NO_PARAGRAPH = re.compile(rf"^ {{0,3}}(?:#{{1,6}}(?: |$)|{STX})")
BLOCK_START = re.compile(rf"^ {{0,3}}(?:#{{1,6}}(?: |$)|>|{STX})")
WOULD_BEGIN = re.compile(r"^[-*+#>]|(?<=\d)[.)](?= |$)")
CODE = " " * 4
MAX_INSET = 4


@dataclass(slots=True)
class _Run:
    """One list while it is gathered: the lines of each item without the item's indentation."""

    kind: str
    start: str
    offset: int = 0
    items: list[list[str]] = field(default_factory=list)
    loose: bool = False
    blank: bool = False
    code: bool = False
    nested: bool = False

    def takes(self, line: str) -> bool:
        """Add one line and tell true; false if the line stands outside this list."""
        if not line.strip():
            self.items[-1].append("")
            self.blank = True
            return True
        if self._inside(line):
            inside = line[self.offset :]
            self.items[-1].append(inside)
            begins = self.blank and not self.nested
            self.code = inside.startswith(CODE) and (begins or self.code)
            self.nested = self.nested or bool(_item(inside))
        elif (mark := _item(line)) and _kind(mark) == self.kind:
            self.loose |= self.blank
            self.open(line, mark)
        elif self._lazy(line):
            self.items[-1].append(_as_text(line))
        else:
            return False
        self.blank = False
        return True

    def open(self, line: str, mark: re.Match[str]) -> None:
        """Begin the next item with the line that carries its mark."""
        gap = len(mark[4] or " ")
        self.code = self.nested = False
        self.offset = mark.end(2) + (gap if gap <= MAX_INSET else 1)
        self.items.append([line[self.offset :]])

    def _inside(self, line: str) -> bool:
        hollow = self.blank and not any(self.items[-1])
        return indent(line) >= self.offset and not hollow

    def _lazy(self, line: str) -> bool:
        last = self.items[-1][-1]
        if self.blank or self.code or not _is_text(last):
            return False
        return not (BLOCK_START.match(line) or RULE.match(line) or _item(line))

    def is_loose(self) -> bool:
        """Tell whether a blank line stands between items or between the parts of one."""
        return self.loose or any(_spread(item) for item in self.items)


class Lists(BlockProcessor):
    """Builds `ul` and `ol` from all the blocks that belong to a list."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Tell whether a list may begin in this block."""
        return bool(ANY_ITEM.search(block)) and not nearing_recursion_limit()

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Build the list and tell true; false if none begins here after all."""
        lines = blocks[0].split("\n")
        first = _first_item(lines)
        if first is None:
            return False
        blocks.pop(0)
        if first:
            self.parser.parseBlocks(parent, ["\n".join(lines[:first])])
        self._build(parent, _gather(lines[first:], blocks))
        return True

    def _build(self, parent: Element, run: _Run) -> None:
        tag = "ol" if run.start else "ul"
        shown = SubElement(parent, tag)
        if tag == "ol" and int(run.start) != 1:
            shown.set("start", str(int(run.start)))
        state = "loose" if run.is_loose() else "list"
        for item in run.items:
            self.parser.state.set(state)
            content = "\n".join(item).strip("\n")
            self.parser.parseBlocks(SubElement(shown, "li"), content.split("\n\n"))
            self.parser.state.reset()


def _gather(lines: list[str], blocks: list[str]) -> _Run:
    """Return the list that begins with these lines, taking its further blocks from `blocks`."""
    run = _open_run(lines[0], after_text=False)
    if run is None:
        raise AssertionError(lines[0])
    lines = lines[1:]
    while True:
        for place, line in enumerate(lines):
            if not run.takes(line):
                blocks.insert(0, "\n".join(lines[place:]))
                return run
        if not blocks:
            return run
        run.takes("")
        lines = blocks.pop(0).split("\n")


def _first_item(lines: list[str]) -> int | None:
    """Return where a list begins: a numbered one within a paragraph only with 1, none empty."""
    text = False
    for place, line in enumerate(lines):
        mark = _item(line)
        if mark and _may_begin(mark, after_text=text):
            return place
        text = _is_text(line)
    return None


def _spread(item: list[str]) -> bool:
    """Tell whether a blank line divides the item's own parts, not those of a list inside it."""
    inner: _Run | None = None
    before = None
    for line in "\n".join(item).strip("\n").split("\n"):
        taken = inner is not None and inner.takes(line)
        if not taken and line:
            if before == "":
                return True
            inner = _open_run(line, after_text=inner is None and _is_text(before or ""))
        before = line
    return False


def _open_run(line: str, *, after_text: bool) -> _Run | None:
    mark = _item(line)
    if not mark or not _may_begin(mark, after_text=after_text):
        return None
    run = _Run(kind=_kind(mark), start=mark[3] or "")
    run.open(line, mark)
    return run


def _may_begin(mark: re.Match[str], *, after_text: bool) -> bool:
    """Tell whether a list may begin here: within a paragraph not with an empty item, nor with 2."""
    return not after_text or (bool(mark[4]) and mark[3] in {None, "1"})


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not NO_PARAGRAPH.match(line) and not RULE.match(line)


def _item(line: str) -> re.Match[str] | None:
    return None if RULE.match(line) else ITEM.match(line)


def _as_text(line: str) -> str:
    """Return a line that goes on with a paragraph, so that nothing in it can begin a block."""
    bare = line.lstrip()
    return WOULD_BEGIN.sub(r"\\\g<0>", bare) if line.startswith(CODE) else bare


def _kind(mark: re.Match[str]) -> str:
    return mark[2][-1]


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
