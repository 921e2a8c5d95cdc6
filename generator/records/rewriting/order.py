"""The order of keys: that of the model, with each comment beside the field that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from generator.model.former_names import field_called
from generator.model.record import Field, Model
from generator.records.rewriting.edits import Edit, edited
from generator.records.rewriting.places import field_places, text_of
from generator.yaml_nodes import Mapping as MappingNode
from generator.yaml_nodes.block_layout import Attached
from generator.yaml_nodes.source_nodes import Comment, SourceNode, SourceTree

PairT = TypeVar("PairT")


def model_order(names: Sequence[str], fields: Mapping[str, Field]) -> list[int]:
    """Return the numbers of names in the order in which the model has their fields.

    A name that no field has stays behind the one that it follows.
    """
    ranks = {name: rank for rank, name in enumerate(fields)}
    rank, sorting = -1, []
    for name in names:
        field = field_called(name, fields)
        rank = ranks[field.name] if field else rank
        sorting.append(rank)
    return sorted(range(len(names)), key=lambda number: sorting[number])


def header_length(above: Sequence[Comment]) -> int:
    """Return how many comments above the first field stay on top: up to the last blank line."""
    blank = [number for number, comment in enumerate(above, 1) if not comment.text]
    return blank[-1] if blank else 0


def in_model_order(tree: SourceTree, model: Model) -> str:
    """Return the text with the keys of the record, and of each record inside it, in order."""
    return _Ordering(tree, model).text()


class _Ordering:
    def __init__(self, tree: SourceTree, model: Model) -> None:
        self.tree, self.attached = tree, Attached(tree)
        self.fields = {
            place.part: place.field.fields
            for place in field_places(tree.root, model)
            if isinstance(place.part.node, MappingNode)
        }
        self.fields[tree.root] = model.fields

    def text(self) -> str:
        return edited(self.tree.text, self.edits(self.tree.root))

    def edits(self, part: SourceNode) -> list[Edit]:
        """Return the edits inside one node; none overlaps another."""
        inner = [edit for item in part.items for edit in self.edits(item)]
        by_pair = [self.edits(value) for _, value in part.pairs]
        fields = self.fields.get(part)
        order = model_order([text_of(key) for key, _ in part.pairs], fields) if fields else []
        if order == sorted(order):
            return inner + [edit for edits in by_pair for edit in edits]
        if part.flow:
            return self.flow(part, order, by_pair)
        return self.block(part, order, by_pair)

    def flow(
        self, part: SourceNode, order: Sequence[int], inner: Sequence[list[Edit]]
    ) -> list[Edit]:
        """Return the edits by which fields in braces exchange their places.

        Where a comment stands among them they stay: it might become one about another field.
        """
        if any(part.start < comment.index < part.end for comment in self.tree.comments):
            return [edit for edits in inner for edit in edits]
        slots = [(key.start, max(key.end, value.end)) for key, value in part.pairs]
        return [
            Edit(*slot, edited(self.tree.text, inner[number], *slots[number]))
            for slot, number in zip(slots, order, strict=True)
        ]

    def block(
        self, part: SourceNode, order: Sequence[int], inner: Sequence[list[Edit]]
    ) -> list[Edit]:
        """Return the edit by which the lines of fields exchange their places.

        The first field of an item stands behind a dash; the comments of a field that comes there
        go above the line of the dash.
        """
        text = self.tree.text
        lines = [self.tree.line_start(key.start) for key, _ in part.pairs]
        tops = [self.top(part, number) for number in range(len(lines))]
        dash = text[lines[0] : part.start] if text[lines[0] : part.start].strip(" ") else ""
        if dash.strip(" -"):
            return [edit for edits in inner for edit in edits]
        if dash:
            tops[0] = lines[0]
        bottoms = [*tops[1:], self.bottom(part)]
        pieces: list[tuple[str, str]] = []
        for number, (key, _) in enumerate(part.pairs):
            above = "" if dash and not number else text[tops[number] : lines[number]]
            own = edited(text, inner[number], key.start, bottoms[number])
            pieces.append((above, own if own.endswith("\n") else f"{own}\n"))
        first, *rest = (pieces[number] for number in order)
        indent = " " * part.column
        column = len(dash) - len(dash.lstrip(" ")) if dash else part.column
        arranged = [_indented(first[0], column), dash or indent, first[1]]
        for above, own in rest:
            # further right, a comment would become a line of a block text above it
            arranged += [_indented(above, part.column), indent, own]
        return [Edit(tops[0], bottoms[-1], "".join(arranged))]

    def top(self, part: SourceNode, number: int) -> int:
        """Return where the lines of a field begin, those of its comments among them."""
        key = part.pairs[number][0]
        above = self.attached.above(key)
        if part is self.tree.root and not number:
            above = above[header_length(above) :]
        first = above[0].index if above else key.start
        return self.tree.line_start(first)

    def bottom(self, part: SourceNode) -> int:
        """Return where the lines of the last field end, comments below what is in it included."""
        if tail := self.attached.tail(part):
            return self.tree.line_start(tail[0].index)
        ends = [part.end]
        inner = part.pairs[-1][1]
        while inner.firsts:
            ends += [comment.index for comment in self.attached.tail(inner)]
            inner = inner.items[-1] if inner.items else inner.pairs[-1][1]
        line_end = self.tree.text.find("\n", max(ends))
        return len(self.tree.text) if line_end < 0 else line_end + 1


def _indented(lines: str, column: int) -> str:
    """Return lines of comments so that they start in a column."""
    return "".join(
        f"{' ' * column}{line.lstrip()}" if line.strip() else line
        for line in lines.splitlines(keepends=True)
    )
