"""Owns the sides of a cross-table: its rows or columns with their groups, and the ids of cells."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from generator.analysis.crosstab import Pair
from generator.library import address
from generator.library.library import LONG, Library
from generator.model.record import Facet
from generator.pages.views import Piece


@dataclass(frozen=True, slots=True)
class Head:
    """A row or a column: its term, and its number of distinct counted cases."""

    term: str
    piece: Piece
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows or columns under one broader term, which is nothing where their terms have none."""

    piece: Piece | None
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """A side of a table: its facet, and the terms shown, in the order of the vocabulary."""

    facet: Facet
    groups: tuple[Group, ...]

    @property
    def heads(self) -> tuple[Head, ...]:
        """Return the rows or columns, group by group."""
        return tuple(head for group in self.groups for head in group.heads)

    @property
    def grouped(self) -> bool:
        """Return whether any of them stand under a broader term."""
        return any(group.piece for group in self.groups)


def axis(library: Library, facet: Facet, numbers: Mapping[str, int], shown: Container[str]) -> Axis:
    """Return a side with those of the facet's terms that are shown, groups passed over."""
    vocabulary = library.model.vocabulary_of(facet)
    groups: dict[str, list[Head]] = {}
    for id_ in vocabulary.terms:
        if id_ in shown and id_ not in vocabulary.broad:
            top = (vocabulary.ancestors(id_) or ("",))[-1]
            head = Head(id_, _piece(library, facet, id_), numbers.get(id_, 0))
            groups.setdefault(top, []).append(head)
    made = (
        Group(_piece(library, facet, top) if top else None, tuple(heads))
        for top, heads in groups.items()
    )
    return Axis(facet, tuple(made))


def _piece(library: Library, facet: Facet, id_: str) -> Piece:
    return Piece(library.term(facet, id_).label, address.term(library, facet, id_), id_)


def terms_to_show(library: Library, facet: Facet) -> tuple[str, ...]:
    """Return all terms of a facet, but of a long or open list those that counted cases name."""
    vocabulary = library.model.vocabulary_of(facet)
    some = vocabulary.open or len(vocabulary.terms) > LONG
    return tuple(library.index[facet.name] if some else vocabulary.terms)


def cell_ids(library: Library, rows: Axis, columns: Axis) -> dict[Pair, str]:
    """Return an anchor for each cell, made of the names of its terms' pages, no two alike."""
    names, others = (library.addresses[side.facet.vocabulary] for side in (rows, columns))
    found: dict[Pair, str] = {}
    taken: set[str] = set()
    for row in rows.heads:
        for column in columns.heads:
            wanted = base = f"cell-{names[row.term]}-{others[column.term]}"
            number = 2
            while wanted in taken:
                wanted, number = f"{base}-{number}", number + 1
            taken.add(wanted)
            found[row.term, column.term] = wanted
    return found
