"""The index page of every facet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import LONG
from generator.model.record import Facet
from generator.model.vocabulary import Term
from generator.pages.amounts import FacetAmounts, facet_amounts
from generator.pages.directory import directory_pages, is_directory
from generator.pages.navigation import menu_label
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.places import is_places, place_pages
from generator.pages.term_rows import TermRow, heading, term_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """What the page of a facet shows.

    `unused` are the terms that no case names, none of a long vocabulary; `unused_count` is their
    number, groups left out. `amounts` are the numbers that the cases of each term give.
    """

    facet: Facet
    rows: list[TermRow]
    unused: list[Term]
    unused_count: int
    answer_counts: AnswerCounts
    amounts: list[FacetAmounts]


def facet_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every facet: terms with definitions, counts, and those nobody uses."""
    library = ctx.library
    for facet in library.model.facets.values():
        page = Page(
            path=address.facet(facet),
            title=menu_label(ctx, address.facet(facet), heading(library, facet)),
            template="facet.html",
            description=library.model.vocabulary_of(facet).definition or library.owner(facet).help,
            context=deferred_view(_facet_view, ctx, facet),
        )
        if is_directory(library, facet):
            yield from directory_pages(ctx, facet, page)
        elif is_places(library, facet):
            yield from place_pages(ctx, facet, page)
        else:
            yield page


def _facet_view(ctx: SiteContext, facet: Facet) -> FacetView:
    library = ctx.library
    vocabulary = library.model.vocabulary_of(facet)
    used = frozenset(library.used_terms(facet.name))
    unused = [term for term in vocabulary.terms.values() if term.id not in used]
    rows = term_rows(ctx, facet)
    listed = [row for top in rows for row in top.walk()]
    return FacetView(
        facet=facet,
        rows=rows,
        unused=unused if len(vocabulary.terms) <= LONG else [],
        unused_count=sum(term.id not in vocabulary.broad for term in unused),
        answer_counts=library.answer_counts(facet.name),
        amounts=list(facet_amounts(library, facet, listed)),
    )
