"""The matrices: how many counted cases name a term of one facet and a term of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.analysis.crosstab import Cells, case_totals, crosstab, has_groups, in_one_list
from generator.library import address
from generator.library.collection import distinct_cases
from generator.library.library import Library
from generator.model.declaration import with_article
from generator.model.record import Facet
from generator.pages.card import Card, card
from generator.pages.cross_table import Axis, Bands, axis, bands, cell_ids
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, entries_per_list, shorten
from generator.pages.pieces import Piece
from generator.pages.redirects import redirect
from generator.pages.term_rows import FacetAnswers, TermRow, facet_answers

WIDE = 8
"""With more columns than this the names of columns stand upright, or the table is turned."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cases that name both terms; `id` is its anchor, the facets in the order declared."""

    id: str
    column: TermRow
    cases: ShortList[Card]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of a facet's terms have no case in the table, and how many none anywhere.

    `groups` tells that they are groups.
    """

    facet: Facet
    groups: bool
    total: int
    empty: int
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTable:
    """A table of a matrix: by group or term by term.

    `upright` tells that the names of columns stand on end; `shortened` that a cell names some of
    its cases only.
    """

    by_group: bool
    rows: Axis
    columns: Axis
    bands: Bands[Cell]
    upright: bool
    shortened: bool
    left_out: list[LeftOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """What the page of a matrix shows.

    `tables` are one, term by term, or two, of which the first is by group. `within` is the list
    whose entries must hold both terms, or empty; `inside` is the number of distinct cases in the
    table.
    """

    tables: list[MatrixTable]
    inside: int
    within: str
    answers: list[FacetAnswers]


def matrix_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every matrix that the configuration names, and of its former address."""
    library = ctx.library
    for rows, columns in matrices(ctx):
        path, title = address.matrix(rows, columns), matrix_title(library, rows, columns)
        yield Page(
            path=path,
            title=title,
            template="matrix.html",
            description=matrix_sentence(library, rows, columns),
            above=(Piece(compare_title(library), address.COMPARE),),
            context=deferred_view(_matrix_view, ctx, rows, columns),
        )
        yield redirect(ctx, address.former(path), Piece(title, path))


def matrices(ctx: SiteContext) -> list[tuple[Facet, Facet]]:
    """Return the facets of each matrix that the configuration names, in its order."""
    facets = ctx.library.model.facets
    return [(facets[rows], facets[columns]) for rows, columns in dict.fromkeys(ctx.site.matrices)]


def matrix_title(library: Library, rows: Facet, columns: Facet) -> str:
    """Return the title of the matrix of two facets."""
    _ = library.locale.gettext
    return _("%(rows)s by %(column)s", rows=rows.label, column=columns.noun)


def matrix_sentence(library: Library, rows: Facet, columns: Facet) -> str:
    """Return what the numbers of a matrix count."""
    locale, nouns = library.locale, (rows.noun, columns.noun)
    row, column = map(with_article, nouns) if locale.words_language == "en" else nouns
    together = (
        locale.gettext("How many %(records)s name %(row)s and %(column)s in the same entry.")
        if in_one_list(library, rows, columns)
        else locale.gettext("How many %(records)s name %(row)s and %(column)s.")
    )
    return together % {"records": library.model.plural, "row": row, "column": column}


def compare_title(library: Library) -> str:
    """Return the title of the page on which two facets are chosen."""
    return library.locale.gettext("Compare two things")


def _matrix_view(ctx: SiteContext, first: Facet, second: Facet) -> MatrixView:
    library = ctx.library
    cells = crosstab(library, first, second)
    tables = [_matrix_table(ctx, first, second, cells, by_group=False)]
    if has_groups(library, first, second):
        by_group = crosstab(library, first, second, by_group=True)
        tables.insert(0, _matrix_table(ctx, first, second, by_group, by_group=True))
    return MatrixView(
        tables=tables,
        inside=len(distinct_cases(mention for both in cells.values() for mention in both)),
        within=library.owner(first).label if in_one_list(library, first, second) else "",
        answers=[facet_answers(library, facet) for facet in dict.fromkeys((first, second))],
    )


def _matrix_table(
    ctx: SiteContext, first: Facet, second: Facet, cells: Cells, *, by_group: bool
) -> MatrixTable:
    library = ctx.library
    sides = [
        axis(library, facet, counts := case_totals(cells, side), counts, by_group=by_group)
        for side, facet in enumerate((first, second))
    ]
    ids = cell_ids(library, *sides, by_group=by_group)
    # A page scrolls down more easily than sideways: a table with many columns, and with fewer rows
    # than columns, is turned. Its cells keep the ids that they have in the declared order, so that
    # a link to a cell still leads there after the library has grown and the table is turned.
    turned = len(sides[1].heads) > max(WIDE, len(sides[0].heads))
    rows, columns = reversed(sides) if turned else sides
    limit = entries_per_list(library, *(len(distinct_cases(both)) for both in cells.values()))

    def cell(row: TermRow, column: TermRow) -> Cell:
        pair = (column.term.id, row.term.id) if turned else (row.term.id, column.term.id)
        cases = distinct_cases(cells.get(pair, ()))
        return Cell(
            ids[pair], column, shorten(library, cases, partial(card, ctx.library), limit=limit)
        )

    lines = bands(rows, columns, cell)
    return MatrixTable(
        by_group=by_group,
        rows=rows,
        columns=columns,
        bands=lines,
        upright=len(columns.heads) > WIDE,
        shortened=any(c.cases.more for _, group in lines for line in group for c in line.cells),
        left_out=[_left_out(library, side, by_group=by_group) for side in sides],
    )


def _left_out(library: Library, side: Axis, *, by_group: bool) -> LeftOut:
    vocabulary = library.model.vocabulary_of(side.facet)
    ids = vocabulary.tops if by_group else vocabulary.fine
    named = frozenset(library.used_terms(side.facet.name))
    return LeftOut(
        side.facet,
        groups=by_group and bool(vocabulary.broad),
        total=len(ids),
        empty=len(ids) - len(side.heads),
        unnamed=sum(id_ not in named for id_ in ids),
    )
