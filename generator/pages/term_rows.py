"""Terms and facets in lists: each with its page and the number of counted cases that name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.analysis.substance import FEW
from generator.base.collation import sort_key
from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.library.questions import question
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

    def walk(self) -> Iterator[TermRow]:
        """Yield the row, and all rows below it, each before its own."""
        yield self
        for row in self.below:
            yield from row.walk()

    @property
    def piece(self) -> Piece:
        """Return the label of the term, with the link to its page."""
        return Piece(self.term.label, self.to, self.term.id)


@dataclass(frozen=True, slots=True)
class FacetSummary:
    """A facet with its most used groups and terms in no group; `total` is the number of all."""

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
    return (-row.count, sort_key(row.term.label), row.term.id)


def term_row(library: Library, facet: Facet, id_: str, count: int, *, note: str = "") -> TermRow:
    """Return the row of a term."""
    return TermRow(library.term(facet, id_), list_target(library, facet, id_), count, note=note)


def list_target(library: Library, facet: Facet, id_: str) -> str:
    """Return where a list leads for a term: to its page, or to what its only case says of it.

    The page of such a term would only repeat the case. A small library is read case by case, and
    there the pages of terms are what joins the cases.
    """
    return _only_place(library, facet.name, id_) or address.term(library, facet, id_)


@question
def _only_place(library: Library, facet: str, id_: str) -> str:
    """Return where the one case that names a term says something of it; empty of more cases.

    All that this depends on is asked in here, so that a list is made again only where it leads
    elsewhere.
    """
    if library.count(facet, id_) != 1 or library.number_counted < FEW:
        return ""
    mention = library.mentions(facet, id_)[0]
    owner = library.model.facets[facet].owner
    claims = library.claims(mention.case, owner) if mention.entry is not None else ()
    places = (address.claim(library, claim) for claim in claims if claim.index == mention.entry)
    return next(places, address.case(library, mention.case))


def term_rows(ctx: SiteContext, facet: Facet) -> list[TermRow]:
    """Return a facet's used terms, most used first; a group holds the terms below it."""
    rows_below: dict[str, list[TermRow]] = defaultdict(list)
    for id_, count in ctx.library.counts(facet.name).items():
        row = term_row(ctx.library, facet, id_, count)
        rows_below[row.term.broader].append(row)

    def below(id_: str) -> tuple[TermRow, ...]:
        rows = sorted(rows_below.get(id_, ()), key=rank)
        return tuple(replace(row, below=below(row.term.id)) for row in rows)

    return list(below(""))


def fine_rows(ctx: SiteContext, facet: Facet) -> list[TermRow]:
    """Return a facet's used terms, groups left out, most used first."""
    broad = ctx.library.model.vocabulary_of(facet).broad
    counts = ctx.library.counts(facet.name).items()
    rows = (term_row(ctx.library, facet, id_, count) for id_, count in counts if id_ not in broad)
    return sorted(rows, key=rank)


def facet_summary(ctx: SiteContext, facet: Facet, *, most: int = 8) -> FacetSummary:
    """Return a facet with at most that many of its groups, and of its terms in no group."""
    rows = term_rows(ctx, facet)
    title = heading(ctx.library, facet)
    return FacetSummary(facet, address.facet(facet), title, tuple(rows[:most]), len(rows))
