"""What cases say in numbers: sum, median and range of each field, and the cases by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.analysis.amounts import (
    AmountSummary,
    amount_ranking,
    amount_summary,
    number_fields,
)
from generator.base.names import slug
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.pages.pagination import ShortList, entries_per_list, shorten
from generator.pages.pieces import Piece, amount_words, case_piece
from generator.pages.term_rows import TermRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountView:
    """The numbers of a field over some cases.

    `anchor` is the list's own id. `total`, `median`, `least` and `greatest` are with their units;
    `rows` are cases with their numbers, the greatest first.
    """

    field: Field
    anchor: str
    summary: AmountSummary
    total: str
    median: str
    least: str
    greatest: str
    rows: ShortList[tuple[Piece, str]]


def amount_views(library: Library, facet: str = "", term: str = "") -> list[AmountView]:
    """Return each field of numbers that a case of a term uses, or any case without a term."""
    rankings = [
        (field, amount_ranking(library, field.dotted, facet, term).known)
        for field in number_fields(library.model)
    ]
    limit = entries_per_list(library, *(len(known) for _, known in rankings))
    return [_amount_view(library, field, facet, term, limit) for field, known in rankings if known]


def _amount_view(library: Library, field: Field, facet: str, term: str, limit: int) -> AmountView:
    def words(value: str) -> str:
        return amount_words(field, value, library.language) if value else ""

    summary = amount_summary(library, field.dotted, facet, term)
    ranking = amount_ranking(library, field.dotted, facet, term)
    return AmountView(
        field=field,
        anchor=f"numbers-{slug(field.dotted.replace('.', '-'))}",
        summary=summary,
        total=words(summary.total),
        median=words(summary.median),
        least=words(summary.least),
        greatest=words(summary.greatest),
        rows=shorten(
            library,
            ranking.known,
            lambda amount: (case_piece(library, amount[0]), words(amount[1])),
            limit=limit,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAmount:
    """A term of a facet with what the numbers of its cases come to, each with its unit."""

    row: TermRow
    summary: AmountSummary
    total: str
    median: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetAmounts:
    """The numbers of a field by the terms of a facet, the greatest sum first.

    Where a sum means nothing, the greatest median comes first.
    """

    field: Field
    anchor: str
    rows: tuple[TermAmount, ...]


def facet_amounts(library: Library, facet: Facet, terms: list[TermRow]) -> Iterator[FacetAmounts]:
    """Yield the numbers of each field that a case of one of the terms uses."""
    for field in number_fields(library.model):
        rows = [row for term in terms if (row := _term_amount(library, field, facet, term))]
        if rows:
            rows.sort(key=lambda row: -Decimal(row.summary.total or row.summary.median))
            anchor = f"numbers-{slug(field.dotted.replace('.', '-'))}"
            yield FacetAmounts(field=field, anchor=anchor, rows=tuple(rows))


def _term_amount(library: Library, field: Field, facet: Facet, row: TermRow) -> TermAmount | None:
    """Return the row of a term, None where no case of it gives a number."""
    summary = amount_summary(library, field.dotted, facet.name, row.term.id)
    if not summary.known:
        return None
    total = amount_words(field, summary.total, library.language) if summary.total else ""
    median = amount_words(field, summary.median, library.language)
    return TermAmount(row=row, summary=summary, total=total, median=median)
