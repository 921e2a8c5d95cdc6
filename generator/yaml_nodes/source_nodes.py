"""Nodes with the piece of text that each was read from, and the comments between them.

`compose` tells what a text says. This tells where each part of it stands, so that a text can be
changed in one place, or laid out anew, with every comment kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import yaml

from generator.yaml_nodes.characters import HIDE, has_breaks
from generator.yaml_nodes.error_context import Event
from generator.yaml_nodes.lenient import JsonPairs, without_tabs
from generator.yaml_nodes.nodes import Mapping, Node, Scalar, Sequence

BLOCK_TEXT: Final = frozenset("|>")
"""The signs that begin a text of several lines as they stand."""

_INDICATOR = re.compile(r"[|>][-+]?([1-9])?")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SourceNode:
    """A node, and its piece of text: from `start` up to, not including, `end`; `column` from 0.

    `style` is that of a scalar: nothing, a quote, `|` or `>`. A collection is in `flow` style where
    it stands in brackets. `indent` is the column where the lines of a block text begin.
    """

    node: Node
    start: int
    end: int
    column: int
    style: str = ""
    indent: int = 0
    flow: bool = False
    items: tuple[SourceNode, ...] = ()
    pairs: tuple[tuple[SourceNode, SourceNode], ...] = ()

    @property
    def firsts(self) -> tuple[SourceNode, ...]:
        """What each entry of a collection begins with: an item, or the key of a field."""
        return self.items or tuple(key for key, _ in self.pairs)

    def keys(self) -> Iterator[SourceNode]:
        """Yield the key of every field, at any depth."""
        for item in self.items:
            yield from item.keys()
        for key, value in self.pairs:
            yield key
            yield from value.keys()

    def scalars(self) -> Iterator[SourceNode]:
        """Yield every scalar, keys too, in the order of the text."""
        if isinstance(self.node, Scalar):
            yield self
        for item in self.items:
            yield from item.scalars()
        for key, value in self.pairs:
            yield key
            yield from value.scalars()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, or a line with nothing on it, whose text is empty.

    `alone` means that nothing but dashes of items stands before it on its line. `before` is the
    space before it.
    """

    index: int
    column: int
    text: str
    alone: bool
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceTree:
    """A text with the nodes that it was read from."""

    text: str
    root: SourceNode

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments and blank lines between the nodes, in their order."""
        spans = [(part.start, part.end) for part in self.root.scalars()]
        edges = [0, *(edge for span in spans for edge in span), len(self.text)]
        gaps = [(edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
        comments = [comment for gap in gaps for comment in self._comments_in(*gap)]
        return tuple(sorted(comments, key=lambda comment: comment.index))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line_start(self, index: int) -> int:
        """Return the index of the first character of the line that holds a character."""
        return self._line_starts[bisect_right(self._line_starts, index) - 1]

    def _comments_in(self, start: int, end: int) -> Iterator[Comment]:
        """Yield the comments and blank lines of a stretch of text that holds no scalar."""
        index = start
        while index < end:
            line = self.line_start(index)
            stop = self.text.find("\n", index, end)
            stop = end if stop < 0 else stop
            mark = self.text.find("#", index, stop)
            if mark >= 0:
                before = self.text[line:mark]
                yield Comment(
                    index=mark,
                    column=mark - line,
                    text=self.text[mark:stop].rstrip(),
                    alone=not before.strip(" \t-?"),
                    before=before[len(before.rstrip(" \t")) :],
                )
            elif stop < end and (line > start or not start) and not self.text[line:stop].strip():
                # the rest of the line on which a text ends is no blank line
                yield Comment(index=line, column=0, text="", alone=True)
            index = stop + 1


def read_source(text: str, root: Node) -> SourceTree | None:
    """Return a text whose nodes `compose` has read without a problem, with its pieces.

    None where it names a value by `&` to repeat it: such a text cannot be changed in one place.
    """
    source = without_tabs(text.translate(HIDE) if has_breaks(text) else text)
    loader = yaml.CSafeLoader(JsonPairs(source).hide(source))
    events: list[Event] = []
    while event := loader.get_event():
        if getattr(event, "anchor", None) is not None:
            return None
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            events.append(event)
    return SourceTree(text=text, root=_Pieces(text, iter(events)).piece(root, -1))


class _Pieces:
    """Joins the events of a text to the nodes that were read from the same text."""

    def __init__(self, text: str, events: Iterator[Event]) -> None:
        self.text, self.events = text, events

    def piece(self, node: Node, column: int) -> SourceNode:
        """Return the next node; the block around it starts in `column`, from 0."""
        event = next(self.events)
        start = event.start_mark
        if isinstance(node, Scalar):
            return self.scalar(node, event, column)
        inner = column if event.flow_style else start.column
        items: tuple[SourceNode, ...] = ()
        pairs: tuple[tuple[SourceNode, SourceNode], ...] = ()
        if isinstance(node, Sequence):
            items = tuple(self.piece(item, inner) for item in node.items)
        elif isinstance(node, Mapping):
            pairs = tuple((self.piece(k, inner), self.piece(v, inner)) for k, v in node.pairs)
        closing = next(self.events)
        last = items[-1].end if items else pairs[-1][1].end if pairs else closing.end_mark.index
        return SourceNode(
            node=node,
            start=start.index,
            end=closing.end_mark.index if event.flow_style else last,
            column=start.column,
            flow=bool(event.flow_style),
            items=items,
            pairs=pairs,
        )

    def scalar(self, node: Scalar, event: Event, column: int) -> SourceNode:
        start, end, style = event.start_mark, event.end_mark.index, event.style or ""
        indent = 0
        if style in BLOCK_TEXT:
            end, indent = self.block_text(start.index, end, column)
        return SourceNode(
            node=node,
            start=start.index,
            end=end,
            column=start.column,
            style=style,
            indent=indent,
        )

    def block_text(self, start: int, end: int, column: int) -> tuple[int, int]:
        """Return where a block text ends, and the column in which its lines begin.

        Blank lines at its end are no part of it, but after `+`.
        """
        header, *lines = self.text[start:end].removesuffix("\n").split("\n")
        match = _INDICATOR.match(header)
        if match and match[1]:
            indent = max(column, 0) + int(match[1])
        else:
            filled = (line for line in lines if line.strip(" "))
            indent = min((len(line) - len(line.lstrip(" ")) for line in [*filled][:1]), default=0)
        while lines and "+" not in header[:3] and not lines[-1][indent:].strip(" "):
            if len(lines[-1]) > indent > 0:
                break
            lines.pop()
        return start + len("\n".join([header, *lines])), indent
