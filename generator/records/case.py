"""Owns `Case`, one record as its author wrote it, and the form in which a cache may keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.base.position import Position
from generator.markdown import Body
from generator.model.value import Value


def pack_positions(marks: Mapping[str, Position]) -> str:
    """Return the places of values as a case keeps them: many cases are in memory at once."""
    lines = (f"{place}\t{line}\t{column}\n" for place, (line, column) in marks.items())
    return "\n" + "".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One record as its author wrote it.

    `values` holds what each field says, terms by their id; `marks` the place in the file of each
    value by its place in the record (`partners.0.name`), packed; `new_terms` the labels of new
    terms of open vocabularies, by vocabulary and id.
    """

    id: str
    path: str
    values: Mapping[str, Value]
    marks: str
    new_terms: Mapping[str, Mapping[str, str]]
    body: Body

    def position(self, place: str) -> Position:
        """Return the line and column of a value, or of what holds it."""
        while place:
            _, found, after = self.marks.partition(f"\n{place}\t")
            if found:
                line, _, column = after.partition("\n")[0].partition("\t")
                return Position(int(line), int(column))
            place = place.rpartition(".")[0]
        return Position(1, 1)
