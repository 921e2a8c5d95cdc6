"""Terms and facets in lists: each with its page and the number of counted cases that name it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.model.record import Facet
from generator.model.vocabulary import Term
from generator.pages.page import SiteContext
from generator.pages.pieces import Detail, Piece


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in a list: its page, its number of counted cases, the terms below it.

    `details` and `note` are what a list says of the term besides; `anchor` is the row's own id.
    """

    term: Term
    to: str
    count: int
    below: tuple[TermRow, ...] = ()
    details: tuple[Detail, ...] = ()
    note: str = ""
    anchor: str = ""

    @property
    def piece(self) -> Piece:
        """Return the label of the term, with the link to its page."""
        return Piece(self.term.label, self.to, self.term.id)


@dataclass(frozen=True, slots=True)
class FacetSummary:
    """A facet with its most used terms; `total` is the number of its used terms."""

    facet: Facet
    to: str
    heading: str
    rows: tuple[TermRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FacetAnswers:
    """A facet, and how many counted cases name a term of it, say unknown, or say nothing."""

    facet: Facet
    to: str
    answer_counts: AnswerCounts


def facet_answers(library: Library, facet: Facet) -> FacetAnswers:
    """Return a facet with its answer counts."""
    return FacetAnswers(facet, address.facet(facet), library.answer_counts(facet.name))


def heading(library: Library, facet: Facet) -> str:
    """Return the heading of a facet: that of its field on the page of a case, if they are one."""
    owner = library.owner(facet)
    return owner.heading if facet.name == owner.name else facet.label


def rank(row: TermRow) -> tuple[int, str, str]:
    """Return the key that rows are sorted by: most cases first, then by label."""
    return (-row.count, row.term.label.casefold(), row.term.id)


def term_row(library: Library, facet: Facet, id_: str, count: int, *, note: str = "") -> TermRow:
    """Return the row of a term."""
    return TermRow(library.term(facet, id_), address.term(library, facet, id_), count, note=note)


def term_rows(ctx: SiteContext, facet: Facet) -> list[TermRow]:
    """Return a facet's used terms, most used first; a group holds all terms below it, flat."""
    rows_below: dict[str, list[TermRow]] = defaultdict(list)
    for id_, count in ctx.library.counts(facet.name).items():
        row = term_row(ctx.library, facet, id_, count)
        rows_below[row.term.broader].append(row)

    def below(id_: str) -> list[TermRow]:
        rows = []
        for row in sorted(rows_below.get(id_, ()), key=rank):
            rows += [row, *below(row.term.id)]
        return rows

    return [
        TermRow(top.term, top.to, top.count, tuple(below(top.term.id)))
        for top in sorted(rows_below[""], key=rank)
    ]


def facet_summary(ctx: SiteContext, facet: Facet, *, most: int = 8) -> FacetSummary:
    """Return a facet with at most that many of its terms, groups left out."""
    library = ctx.library
    broad = library.model.vocabulary_of(facet).broad
    rows = [
        term_row(library, facet, id_, count)
        for id_, count in ctx.library.counts(facet.name).items()
        if id_ not in broad
    ]
    first = tuple(sorted(rows, key=rank)[:most])
    return FacetSummary(facet, address.facet(facet), heading(library, facet), first, len(rows))
