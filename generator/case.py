"""Owns `Case`, one record as its author wrote it, and the form in which a cache may keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.markup import Body
from generator.model.value import Value

Mark = tuple[int, int]
"""A line and a column, both from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One record as its author wrote it.

    `values` holds what each field says, terms by their id; `marks` the place in the file of each
    value by its place in the record (`partners.0.name`); `coined` the labels of new terms of open
    vocabularies, by vocabulary and id.
    """

    id: str
    path: str
    values: Mapping[str, Value]
    marks: Mapping[str, Mark]
    coined: Mapping[str, Mapping[str, str]]
    body: Body

    def mark(self, place: str) -> Mark:
        """Return the line and column of a value, or of what holds it."""
        while place and place not in self.marks:
            place = place.rpartition(".")[0]
        return self.marks.get(place, (1, 1))
