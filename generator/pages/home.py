"""The home page: what is here, where to start, what is best evidenced, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.analysis.answers import has_response
from generator.analysis.nameless import nameless
from generator.analysis.synthesis import citable_claims, has_own_words
from generator.exports.feed import newest_records
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.pages.across_links import across_links
from generator.pages.body_words import body_html
from generator.pages.card import Card, card
from generator.pages.directory import is_directory
from generator.pages.entries import entry_views, strongest_first
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.plain_pages import plain_links
from generator.pages.term_rows import FacetSummary, facet_summary

MOST_CLAIMS = 5
MOST_NEW = 4
MIN_STRENGTH = 2
"""The least strength of evidence that the home page shows."""
MOST_FACETS = 4
"""How many facets the home page offers where the configuration names none."""


def home_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the home page."""
    yield Page(
        path=address.HOME,
        title=ctx.site.name,
        template="home.html",
        description=ctx.site.description,
        context=deferred_view(_home_view, ctx),
    )


def _home_view(ctx: SiteContext) -> dict[str, Any]:
    library, path = ctx.library, address.HOME
    intro, across = library.page("index"), across_links(ctx)
    citable = citable_claims(library)
    return {
        "intro": body_html(library, intro, path) if intro else "",
        "tagline": ctx.site.description or ctx.site.name,
        "reach": _numbers(ctx),
        "claims_total": len(citable),
        "claims_cited": sum(1 for claim in citable if claim.strength),
        "starts": _starts(library),
        "first": [link for link in across if link[1] == address.SITUATIONS],
        "begin": _first_facets(ctx),
        "across": [link for link in across if link[1] != address.SITUATIONS],
        "claims": entry_views(ctx, _best_claims(library)),
        "new": _newest(ctx),
    }


def _numbers(ctx: SiteContext) -> list[str]:
    """Return how many records there are, and how many terms they name, each in words."""
    locale, model = ctx.library.locale, ctx.library.model
    records = locale.counted(len(ctx.library.counted), model.name, model.plural)
    return [records, *(locale.counted(number, label, label) for number, label in reach(ctx))]


def reach(ctx: SiteContext) -> list[tuple[int, str]]:
    """Return how many terms cases name of the facets that a card or a directory shows.

    A directory counts names alone; how many of its entries have none is told after it.
    """
    library, model = ctx.library, ctx.library.model
    numbers = []
    for facet in model.facets.values():
        broad = model.vocabulary_of(facet).broad
        number = sum(1 for id_ in library.used_terms(facet.name) if id_ not in broad)
        if number > 1 and (facet.owner in model.card.above or is_directory(library, facet)):
            numbers.append((number, library.locale.lower(facet.label)))
        if is_directory(library, facet) and (
            without := nameless(library, library.owner(facet)).number
        ):
            locale = library.locale
            noun = locale.noun(without, facet.noun, locale.lower(facet.label))
            numbers.append((without, locale.gettext("%(partners)s without a name", partners=noun)))
    return numbers


def _starts(library: Library) -> list[tuple[str, str]]:
    """Return the titles and paths of the plain pages, and of how to write a record."""
    _ = library.locale.gettext
    return [
        *plain_links(library),
        (_("Write a %(record)s", record=library.model.name), address.CONTRIBUTE),
    ]


def _first_facets(ctx: SiteContext) -> list[FacetSummary]:
    used = [name for name in ctx.library.model.facets if ctx.library.used_terms(name)]
    names = ctx.site.begin or used[:MOST_FACETS]
    return [facet_summary(ctx, ctx.library.model.facets[name], most=6) for name in names]


def _best_claims(library: Library) -> list[Claim]:
    """Return the claims with the strongest evidence, no two from one case."""
    claims = [
        claim
        for claim in citable_claims(library)
        if (claim.strength or 0) >= MIN_STRENGTH
        and has_own_words(library, claim)
        and _is_lesson(library, claim)
    ]
    claims.sort(key=lambda claim: (claim.case, claim.field, claim.index))
    best: dict[str, Claim] = {}
    for claim in strongest_first(claims):
        best.setdefault(claim.case, claim)
    return list(best.values())[:MOST_CLAIMS]


def _is_lesson(library: Library, claim: Claim) -> bool:
    """Return whether an entry is one that the model calls a lesson, or any where it names none.

    An obstacle teaches little without what was done about it.
    """
    across, field = library.model.across, library.model.fields[claim.field]
    if not across.lessons:
        facets = {facet.owner for facet in library.model.facets.values()}
        return bool(claim.term) and field.layout == "claims" and field.name in facets
    answers = across.responses
    is_answered = answers is None or answers.of != field.name or has_response(claim, answers)
    return field.name in across.lessons and is_answered


def _newest(ctx: SiteContext) -> list[tuple[Card, str]]:
    """Return the newest cases with their dates in words; those without a date come last."""
    library = ctx.library
    dates = {id_: date for date, id_ in newest_records(library)}
    ranked = dict.fromkeys((*dates, *library.counted))
    return [
        (card(ctx.library, id_), library.locale.date(dates.get(id_, "")))
        for id_ in list(ranked)[:MOST_NEW]
    ]
