"""Owns the rows in which terms are listed with their numbers, and a facet in a few such rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.library import address
from generator.library.library import Library
from generator.model.record import Facet
from generator.model.vocabulary import Term
from generator.pages.page import SiteContext
from generator.pages.views import Detail


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in a list: its number of counted cases, the terms below it."""

    term: Term
    to: str
    count: int
    below: tuple[TermRow, ...] = ()
    details: tuple[Detail, ...] = ()
    split: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FacetSummary:
    """A facet with its most used terms; `total` is the number of its used terms."""

    facet: Facet
    to: str
    heading: str
    rows: tuple[TermRow, ...]
    total: int


def heading(library: Library, facet: Facet) -> str:
    """Return the words over a facet: those over its field on a case's page, where they are one."""
    owner = library.owner(facet)
    return owner.heading if facet.name == owner.name else facet.label


def rank(term_row: TermRow) -> tuple[int, str, str]:
    """Return what rows are sorted by: most cases first, then by label."""
    return (-term_row.count, term_row.term.label.casefold(), term_row.term.id)


def term_row(library: Library, facet: Facet, id_: str, count: int) -> TermRow:
    """Return the row of a term."""
    return TermRow(library.term(facet, id_), address.term(library, facet, id_), count)


def term_rows(ctx: SiteContext, facet: Facet) -> list[TermRow]:
    """Return a facet's used terms, most used first; under a group stand all terms below it."""
    numbers = ctx.counts[facet.name]
    below: dict[str, list[TermRow]] = defaultdict(list)
    for id_, count in numbers.items():
        made = term_row(ctx.library, facet, id_, count)
        below[made.term.broader].append(made)

    def under(id_: str) -> list[TermRow]:
        found = []
        for one in sorted(below.get(id_, ()), key=rank):
            found += [one, *under(one.term.id)]
        return found

    return [
        TermRow(top.term, top.to, top.count, tuple(under(top.term.id)))
        for top in sorted(below[""], key=rank)
    ]


def facet_summary(ctx: SiteContext, facet: Facet, *, most: int = 8) -> FacetSummary:
    """Return a facet with at most that many of its terms, groups passed over."""
    library = ctx.library
    broad = library.model.vocabulary_of(facet).broad
    single = [
        term_row(library, facet, id_, count)
        for id_, count in ctx.counts[facet.name].items()
        if id_ not in broad
    ]
    shown = tuple(sorted(single, key=rank)[:most])
    return FacetSummary(facet, address.facet(facet), heading(library, facet), shown, len(single))
