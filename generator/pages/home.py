"""Owns the home page: what is here, where to begin, what is best evidenced, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.analysis.synthesis import citable_claims, own_words
from generator.base.dates import date_in_words
from generator.exports.feed import newest_records
from generator.library import address
from generator.library.library import Claim, Library
from generator.library.links import body_with_links
from generator.pages.across_links import across_links
from generator.pages.card import Card
from generator.pages.directory import is_directory
from generator.pages.page import Page, SiteContext
from generator.pages.term_rows import FacetSummary, facet_summary
from generator.pages.views import entry_view

MOST_CLAIMS = 5
MOST_NEW = 4
WORTHY = 2
"""The least strength of evidence that the home page shows."""
BEGIN = 4
"""How many facets the home page offers where the configuration names none."""


def home(ctx: SiteContext) -> Iterator[Page]:
    """Yield the home page."""
    yield Page(
        path=address.HOME,
        title=ctx.site.name,
        template="home.html",
        description=ctx.site.description,
        context=partial(_values, ctx),
    )


def _values(ctx: SiteContext) -> dict[str, Any]:
    library, path = ctx.library, address.HOME
    intro, across = library.pages.get("index"), across_links(ctx)
    cited = citable_claims(library)
    return {
        "intro": body_with_links(intro.body, ctx.resolved[path].targets, path) if intro else "",
        "tagline": ctx.site.description or ctx.site.name,
        "counted": len(library.counted),
        "reach": reach(ctx),
        "claims_total": len(cited),
        "claims_cited": sum(1 for claim in cited if claim.strength),
        "starts": _starts(library),
        "cases": address.cases(library),
        "first": [link for link in across if link[1] == address.SITUATIONS],
        "begin": _begin(ctx),
        "across": [link for link in across if link[1] != address.SITUATIONS],
        "claims": [(entry_view(library, c), ctx.cards[c.case]) for c in _best(library)],
        "new": _newest(ctx),
    }


def reach(ctx: SiteContext) -> list[tuple[int, str]]:
    """Return how many terms cases name of the facets that a card or a directory shows."""
    library = ctx.library
    model = library.model
    found = []
    for facet in model.facets.values():
        broad = model.vocabulary_of(facet).broad
        number = sum(1 for id_ in library.index[facet.name] if id_ not in broad)
        if number > 1 and (facet.owner in model.card.above or is_directory(library, facet)):
            found.append((number, facet.label.casefold()))
    return found


def _starts(library: Library) -> list[tuple[str, str]]:
    texts = [
        (page.title, f"{page.name}.html") for page in library.pages.values() if page.name != "index"
    ]
    return [*texts, (f"Write a {library.model.name}", address.CONTRIBUTE)]


def _begin(ctx: SiteContext) -> list[FacetSummary]:
    library = ctx.library
    names = ctx.site.begin or tuple(n for n, used in library.index.items() if used)[:BEGIN]
    return [facet_summary(ctx, library.model.facets[name], most=6) for name in names]


def _best(library: Library) -> list[Claim]:
    """Return the claims with the strongest evidence, 2 at least, no two from one case."""
    facets = {facet.owner for facet in library.model.facets.values()}
    found = [
        claim
        for id_ in library.counted
        for claim in library.all_claims(id_)
        if claim.strength is not None
        and claim.strength >= WORTHY
        and claim.field in facets
        and library.model.fields[claim.field].layout == "claims"
        and claim.term
        and own_words(library, claim)
    ]
    ranked = sorted(found, key=lambda c: (-(c.strength or 0), c.case, c.field, c.index))
    first: dict[str, Claim] = {}
    for claim in ranked:
        first.setdefault(claim.case, claim)
    return list(first.values())[:MOST_CLAIMS]


def _newest(ctx: SiteContext) -> list[tuple[Card, str]]:
    """Return the newest cases with their dates in words; those without a date come last."""
    library = ctx.library
    dated = {id_: date for date, id_ in newest_records(library)}
    ranked = dict.fromkeys((*dated, *library.counted))
    return [(ctx.cards[id_], date_in_words(dated.get(id_, ""))) for id_ in list(ranked)[:MOST_NEW]]
