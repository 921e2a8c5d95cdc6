"""Owns the index page of every facet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.library import address
from generator.library.library import LONG, AnswerCounts
from generator.model.record import Facet
from generator.model.vocabulary import Term
from generator.pages.directory import directory_pages, is_directory
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.term_rows import TermRow, heading, term_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """What the page of a facet shows.

    `unused` are the terms that no case names, with their places; of a long vocabulary only their
    number.
    """

    facet: Facet
    heading: str
    rows: list[TermRow]
    unused: list[tuple[Term, str]]
    unused_count: int
    answer_counts: AnswerCounts


def facet_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every facet: terms with definitions, counts, and those nobody uses."""
    library = ctx.library
    for facet in library.model.facets.values():
        page = Page(
            path=address.facet(facet),
            title=heading(library, facet),
            template="facet.html",
            description=library.model.vocabulary_of(facet).definition or library.owner(facet).help,
            context=deferred_view(_view, ctx, facet),
        )
        if is_directory(library, facet):
            yield from directory_pages(ctx, facet, page)
        else:
            yield page


def _view(ctx: SiteContext, facet: Facet) -> FacetView:
    library = ctx.library
    vocabulary = library.model.vocabulary_of(facet)
    unused = [t for t in vocabulary.terms.values() if t.id not in library.index[facet.name]]
    long = len(vocabulary.terms) > LONG
    broad = vocabulary.broad
    return FacetView(
        facet=facet,
        heading=heading(library, facet),
        rows=term_rows(ctx, facet),
        unused=[] if long else [(t, address.term(library, facet, t.id)) for t in unused],
        unused_count=sum(term.id not in broad for term in unused),
        answer_counts=library.answer_counts[facet.name],
    )
