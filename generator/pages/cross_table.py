"""A table of two facets: its sides with their groups, the ids of its cells, its lines."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.analysis.crosstab import Pair
from generator.library.library import LONG, Library
from generator.model.record import Facet
from generator.pages.pieces import Piece, term_piece
from generator.pages.term_rows import TermRow, term_row

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows or columns under one broader term; `piece` is None where their terms have none."""

    piece: Piece | None
    heads: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """A side of a table: its facet, and the terms that it shows, in the order of the vocabulary."""

    facet: Facet
    groups: tuple[Group, ...]

    @property
    def heads(self) -> tuple[TermRow, ...]:
        """Return the rows or columns, group by group."""
        return tuple(head for group in self.groups for head in group.heads)

    @property
    def grouped(self) -> bool:
        """Return whether any of them stand under a broader term."""
        return any(group.piece for group in self.groups)


@dataclass(frozen=True, slots=True)
class TableLine(Generic[C]):
    """A row of a table with its cells, those without a case included."""

    head: TermRow
    cells: tuple[C, ...]


Bands = list[tuple[Group, list[TableLine[C]]]]
"""The rows of a table, group by group."""


def axis(
    library: Library,
    facet: Facet,
    counts: Mapping[str, int],
    ids: Container[str],
    *,
    by_group: bool = False,
) -> Axis:
    """Return a side that shows those terms of a facet that `ids` holds, groups left out.

    With `by_group` it shows groups, and terms in no group.
    """
    vocabulary = library.model.vocabulary_of(facet)
    if by_group:
        tops = [id_ for id_ in vocabulary.tops if id_ in ids]
        heads = tuple(term_row(library, facet, id_, counts.get(id_, 0)) for id_ in tops)
        return Axis(facet, (Group(None, heads),) if heads else ())
    groups: dict[str, list[TermRow]] = {}
    for id_ in vocabulary.terms:
        if id_ in ids and id_ not in vocabulary.broad:
            head = term_row(library, facet, id_, counts.get(id_, 0))
            groups.setdefault(vocabulary.group_of(id_), []).append(head)
    return Axis(
        facet,
        tuple(
            Group(term_piece(library, facet, top) if top else None, tuple(heads))
            for top, heads in groups.items()
        ),
    )


def terms_to_show(library: Library, facet: Facet) -> tuple[str, ...]:
    """Return all terms of a facet, but of a long or open list those that counted cases name."""
    vocabulary = library.model.vocabulary_of(facet)
    named_only = vocabulary.open or len(vocabulary.terms) > LONG
    return library.used_terms(facet.name) if named_only else tuple(vocabulary.terms)


def bands(rows: Axis, columns: Axis, cell: Callable[[TermRow, TermRow], C]) -> Bands[C]:
    """Return the rows of a table, with a cell made for each row and column."""
    return [
        (
            group,
            [
                TableLine(row, tuple(cell(row, column) for column in columns.heads))
                for row in group.heads
            ],
        )
        for group in rows.groups
    ]


def cell_ids(
    library: Library, rows: Axis, columns: Axis, *, by_group: bool = False
) -> dict[Pair, str]:
    """Return an anchor for each cell by its two terms, made of the names of their pages."""
    kind = "group" if by_group else "cell"
    ids: dict[Pair, str] = {}
    used: set[str] = set()
    for row in rows.heads:
        for column in columns.heads:
            id_ = base = (
                f"{kind}-{library.term_address(row.term.id)}-{library.term_address(column.term.id)}"
            )
            # Names hold hyphens too, so that `a-b` by `c` would share an anchor with `a` by `b-c`.
            number = 2
            while id_ in used:
                id_, number = f"{base}-{number}", number + 1
            used.add(id_)
            ids[row.term.id, column.term.id] = id_
    return ids
