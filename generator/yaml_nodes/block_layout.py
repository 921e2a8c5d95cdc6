"""YAML laid out anew in block style: entries with their comments in, lines out.

`attach_comments` gives each comment to the entry that it belongs to; entries may then be put into
another order or another shape. `lines_of` writes them down. The texts themselves stay as typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.yaml_nodes.nodes import Scalar
from generator.yaml_nodes.source_nodes import BLOCK_TEXT, Comment, SourceNode, SourceTree

STEP = 2
"""So many columns further right stands what is inside something."""

_DIGIT = re.compile(r"[1-9]")


@dataclass(slots=True)
class Words:
    """A scalar as its author typed it: its lines, those after the first without their indentation.

    `block` is true after `|` or `>`, whose lines keep the spaces that they have beyond the first.
    `keeps_blank_lines` is true after `|+`, for which lines with nothing on them count.
    """

    lines: list[str]
    block: bool = False
    quoted: bool = False
    keeps_blank_lines: bool = False
    comments: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """One field, or one item where the key is empty, with the comments above and beside it."""

    key: str
    value: Words | Entries
    above: list[Comment] = field(default_factory=list)
    beside: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """A list or a mapping; `tail` are the comments below its last entry."""

    entries: list[Entry]
    is_list: bool
    tail: list[Comment] = field(default_factory=list)


class Attached:
    """The comments of a text, each with the node that it belongs to."""

    def __init__(self, tree: SourceTree) -> None:
        """Give each comment to the nearest node, and comments below a list to the list."""
        self._above: dict[SourceNode, list[Comment]] = defaultdict(list)
        self._beside: dict[SourceNode, list[Comment]] = defaultdict(list)
        self._tail: dict[SourceNode, list[Comment]] = defaultdict(list)
        self._waiting = tree.comments
        self._next = 0
        self._last = tree.root
        self._visit(tree.root, (len(tree.text) + 1, 0))
        self._tail[tree.root] += self._take(len(tree.text) + 1)

    def above(self, part: SourceNode) -> list[Comment]:
        """Return the comments and blank lines above an item or a key."""
        return [*self._above.get(part, ())]

    def beside(self, part: SourceNode) -> list[Comment]:
        """Return the comments that follow a key, a text or a bracket on its line."""
        return [*self._beside.get(part, ())]

    def tail(self, part: SourceNode) -> list[Comment]:
        """Return the comments below the last entry of a collection."""
        return [*self._tail.get(part, ())]

    def _take(self, end: int) -> list[Comment]:
        """Return the comments on lines of their own before an index; give the others away."""
        alone = []
        while self._next < len(self._waiting) and self._waiting[self._next].index < end:
            comment = self._waiting[self._next]
            if comment.alone:
                alone.append(comment)
            else:
                self._beside[self._last].append(comment)
            self._next += 1
        return alone

    def _visit(self, part: SourceNode, following: tuple[int, int]) -> None:
        """Give away the comments inside a node; `following` is index and column of what follows."""
        if part.flow or isinstance(part.node, Scalar):
            self._last = part
        # what follows an item is the dash of the next one
        columns = [part.column if part.items else first.column for first in part.firsts]
        starts = [
            *zip((first.start for first in part.firsts[1:]), columns[1:], strict=True),
            following,
        ]
        for item, after in zip(part.items, starts, strict=False):
            self._above[item] += self._take(item.start)
            self._visit(item, after)
        for (key, value), after in zip(part.pairs, starts, strict=False):
            self._above[key] += self._take(key.start)
            self._last = key
            opens_block = bool(value.firsts) and not value.flow
            self._above[value.firsts[0] if opens_block else key] += self._take(value.start)
            self._visit(value, after)
        if part.flow:
            self._tail[part] += self._take(part.end)
            self._last = part
        elif part.firsts:
            self._take_tail(part, *following)

    def _take_tail(self, part: SourceNode, end: int, column: int) -> None:
        """Give a block the comments below it that are indented as it is, or further."""
        held: list[Comment] = []
        for number in range(self._next, len(self._waiting)):
            comment = self._waiting[number]
            if comment.index >= end:
                break
            if not comment.alone:
                self._beside[self._last].append(comment)
                self._next += 1
                continue
            held.append(comment)
            if comment.text and (comment.column < part.column or comment.column <= column):
                break
            if comment.text:
                self._tail[part] += held
                self._next += len(held)
                held = []


def words_of(tree: SourceTree, part: SourceNode, attached: Attached) -> Words:
    """Return a scalar as it was typed, with the comments beside it."""
    first, *rest = tree.text[part.start : part.end].split("\n")
    block = part.style in BLOCK_TEXT and bool(part.style)
    if block:
        first = _DIGIT.sub(str(STEP), first[:3], count=1) + first[3:]
        rest = [line[part.indent :] for line in rest]
    else:
        rest = [line.lstrip(" \t") for line in rest]
    return Words(
        [first, *rest],
        block,
        quoted=part.style in {"'", '"'},
        keeps_blank_lines=block and "+" in first[:3],
        comments=attached.beside(part),
    )


def lines_of(top: Entries, header: Sequence[Comment] = ()) -> list[str]:
    """Return the lines of a mapping in block style; `header` are comments above all of it."""
    for entry in top.entries:
        _settle(entry)
    return [*_comment_lines(header, 0), *_collection(top, 0)]


def _settle(entry: Entry) -> None:
    """Leave at most one comment beside an entry, where one may stand; the others go above it."""
    value = entry.value
    if isinstance(value, Words):
        entry.above += [*entry.beside, *value.comments[1:]]
        value.comments, entry.beside = value.comments[:1], []
        return
    most = 1 if entry.key or not value.entries else 0
    entry.above += entry.beside[most:]
    entry.beside = entry.beside[:most]
    if not value.entries:
        entry.above += value.tail
    for inner in value.entries:
        _settle(inner)


def _collection(collection: Entries, indent: int) -> list[str]:
    """Return the lines of a list or a mapping with something in it."""
    lines: list[str] = []
    blank_counts = False  # it would become a part of the text above
    for entry in collection.entries:
        hoisted = _hoisted(entry) if collection.is_list else []
        above = [c for c in (*entry.above, *hoisted) if c.text or not blank_counts]
        lines += _comment_lines(above, indent)
        lines += _entry(entry, indent)
        blank_counts = _ends_with_blank_lines(entry.value)
    tail = [comment for comment in collection.tail if comment.text or not blank_counts]
    return [*lines, *_comment_lines(tail, indent)]


def _comment_lines(comments: Iterable[Comment], indent: int) -> Iterator[str]:
    for comment in comments:
        yield " " * indent + comment.text if comment.text else ""


def _ends_with_blank_lines(value: Words | Entries) -> bool:
    """Tell whether a text is the last thing in a value, and counts the blank lines below it."""
    while isinstance(value, Entries):
        if not value.entries or any(comment.text for comment in value.tail):
            return False
        value = value.entries[-1].value
    return value.keeps_blank_lines


def _hoisted(item: Entry) -> list[Comment]:
    """Take and return the comments above what starts on the line of an item's dash."""
    comments: list[Comment] = []
    value = item.value
    while isinstance(value, Entries) and value.entries:
        inner = value.entries[0]
        comments += inner.above
        inner.above = []
        value = inner.value if value.is_list else Words([])
    return comments


def _entry(entry: Entry, indent: int) -> list[str]:
    """Return the lines of a field or of an item."""
    value, head = entry.value, " " * indent + (f"{entry.key}:" if entry.key else "-")
    if isinstance(value, Entries) and value.entries:
        inside = _collection(value, indent + STEP)
        if entry.key:
            return [head + _beside(entry.beside, " "), *inside]
        return [f"{head} {inside[0][indent + STEP :]}", *inside[1:]]
    if isinstance(value, Entries):
        empty = "[]" if value.is_list else "{}"
        return [f"{head} {empty}{_beside(entry.beside, ' ')}"]
    first, *rest = value.lines
    inner = " " * (indent + STEP)
    lines = [f"{head} {first}" if first else head, *(inner + ln if ln else "" for ln in rest)]
    lines[-1] += _beside(value.comments, "" if value.quoted else " ")
    return lines


def _beside(comments: Iterable[Comment], space: str) -> str:
    """Return a comment as it stands beside an entry, after at least that space."""
    return "".join(
        f"{comment.before or (' ' if comment.alone else space)}{comment.text}"
        for comment in comments
    )
