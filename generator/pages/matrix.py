"""Owns the matrices: how many counted cases name a term of one facet and a term of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.crosstab import Cells, Pair, crosstab, one_list, totals
from generator.analysis.tally import distinct_cases
from generator.library import address
from generator.library.library import AnswerCounts, Library
from generator.model.declaration import with_article
from generator.model.record import Facet
from generator.pages.axes import Axis, Group, Head, axis, cell_ids
from generator.pages.card import Card
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, most, shorten
from generator.pages.views import Piece

WIDE = 8
"""The facet of the columns stands in the rows where it has more terms than this and the other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cases that hold both terms; `id` is its anchor, the facets in the order declared."""

    id: str
    column: Head
    cases: ShortList[Card]


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A row of the table with its cells, those without a case included."""

    head: Head
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of a facet's terms have no case in the table, and how many none anywhere."""

    facet: Facet
    total: int
    empty: int
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """What the page of a matrix shows.

    `bands` are the rows, group by group; `within` is the list whose entries must hold both terms,
    or empty; `inside` is the number of distinct cases in the table; `upright` tells that the names
    of columns stand on end; `some` tells that a cell names some of its cases only.
    """

    rows: Axis
    columns: Axis
    bands: list[tuple[Group, list[MatrixLine]]]
    upright: bool
    some: bool
    inside: int
    counted: int
    within: str
    answer_counts: list[tuple[Facet, AnswerCounts]]
    left_out: list[LeftOut]


def matrix_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every matrix that the configuration names, and the list of them."""
    library = ctx.library
    pairs = pairs_of(ctx)
    for rows, columns in pairs:
        yield Page(
            path=address.matrix(rows, columns),
            title=_title(rows, columns),
            template="matrix.html",
            description=_sentence(library, rows, columns),
            above=(Piece("Matrices", address.MATRICES),),
            context=deferred_view(_view, ctx, rows, columns),
        )
    if pairs:
        listed = [(_title(r, c), address.matrix(r, c), _sentence(library, r, c)) for r, c in pairs]
        yield Page(
            path=address.MATRICES,
            title="Matrices",
            template="matrices.html",
            description=f"How many {library.model.plural} name two things at once, and which.",
            context=lambda: {"matrices": listed},
        )


def pairs_of(ctx: SiteContext) -> list[tuple[Facet, Facet]]:
    """Return the facets of each matrix that the configuration names, in its order."""
    facets = ctx.library.model.facets
    return [(facets[rows], facets[columns]) for rows, columns in dict.fromkeys(ctx.site.matrices)]


def _title(rows: Facet, columns: Facet) -> str:
    return f"{rows.label} by {columns.noun}"


def _sentence(library: Library, rows: Facet, columns: Facet) -> str:
    entry = " in the same entry" if one_list(library, rows, columns) else ""
    both = f"{with_article(rows.noun)} and {with_article(columns.noun)}"
    return f"How many {library.model.plural} name {both}{entry}."


def _view(ctx: SiteContext, rows: Facet, columns: Facet) -> MatrixView:
    library = ctx.library
    cells = crosstab(library, rows, columns)
    sides = [
        axis(library, facet, numbers := totals(cells, side), numbers)
        for side, facet in enumerate((rows, columns))
    ]
    ids = cell_ids(library, *sides)
    if turned := len(sides[1].heads) > max(WIDE, len(sides[0].heads)):
        sides.reverse()
        cells = {(column, row): found for (row, column), found in cells.items()}
        ids = {(column, row): id_ for (row, column), id_ in ids.items()}
    cell = _cells(ctx, cells, ids)
    bands = [
        (group, [_line(head, sides[1], cell) for head in group.heads]) for group in sides[0].groups
    ]
    return MatrixView(
        rows=sides[0],
        columns=sides[1],
        bands=bands,
        some=any(c.cases.more for _, lines in bands for line in lines for c in line.cells),
        upright=len(sides[1].heads) > WIDE,
        inside=len(distinct_cases(mention for found in cells.values() for mention in found)),
        counted=len(library.counted),
        within=library.owner(rows).label if one_list(library, rows, columns) else "",
        answer_counts=[
            (facet, library.answer_counts[facet.name]) for facet in dict.fromkeys((rows, columns))
        ],
        left_out=[_left_out(library, side) for side in (reversed(sides) if turned else sides)],
    )


def _cells(ctx: SiteContext, cells: Cells, ids: Mapping[Pair, str]) -> Callable[[Head, Head], Cell]:
    """Return what makes a cell of its row and its column."""
    library = ctx.library
    limit = most(library, *(len(distinct_cases(found)) for found in cells.values()))

    def cell(row: Head, column: Head) -> Cell:
        pair = row.term, column.term
        named = distinct_cases(cells.get(pair, ()))
        return Cell(ids[pair], column, shorten(library, named, ctx.cards.__getitem__, limit=limit))

    return cell


def _line(head: Head, columns: Axis, cell: Callable[[Head, Head], Cell]) -> MatrixLine:
    return MatrixLine(head, tuple(cell(head, column) for column in columns.heads))


def _left_out(library: Library, side: Axis) -> LeftOut:
    vocabulary = library.model.vocabulary_of(side.facet)
    single = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
    named = library.index[side.facet.name]
    return LeftOut(
        side.facet,
        total=len(single),
        empty=len(single) - len(side.heads),
        unnamed=sum(id_ not in named for id_ in single),
    )
