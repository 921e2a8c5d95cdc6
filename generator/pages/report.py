"""The report: all that was learned on one page, for people who print.

Its chapters are the model's lists of claims, each in the form that `chapters` picks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.periods import years_begun
from generator.analysis.synthesis import citable_claims, claim_fields, claims_of
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.pages.card import Card, card
from generator.pages.chapters import Chapter, chapter
from generator.pages.entries import EntryView, SourceKey, entry_views
from generator.pages.home import reach
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pieces import pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What the report shows.

    `kinds` gives how many counted cases are of each kind, `reach` how many terms they
    name of the facets that a card or a directory shows. `levels` are the words for the strengths
    of evidence, from 0 up; `period` the years in which they began. `cards` are all counted cases,
    `sources` all that they name, of `sources_total`, and `numbers` their numbers from 1 on; from a
    library of many cases only those that the chapters quote and cite, which `brief` tells.
    """

    chapters: list[Chapter]
    levels: tuple[str, ...]
    claims: int
    cited: int
    kinds: list[tuple[str, int]]
    reach: list[tuple[int, str]]
    cards: list[Card]
    sources: tuple[EntryView, ...]
    sources_total: int
    numbers: Mapping[SourceKey, int]
    brief: bool
    period: str
    examples: int
    contents: Contents


def report_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the report, where there is a case to report of."""
    library, _ = ctx.library, ctx.library.locale.gettext
    if library.counted:
        yield Page(
            path=address.REPORT,
            title=_("Report"),
            template="report.html",
            description=_(
                "What we learn from the %(records)s of %(site)s, on one page to print.",
                records=library.model.plural,
                site=ctx.site.name,
            ),
            context=deferred_view(_report_view, ctx),
        )


def _report_view(ctx: SiteContext) -> ReportView:
    library, _ = ctx.library, ctx.library.locale.gettext
    views = [chapter(ctx, field) for field in claim_fields(library)]
    brief, all_sources = library.is_long(), _all_sources(library)
    quoted = [entry for view in views for entry in view.quoted]
    cases = {entry.card.id for entry in quoted}
    cited = {key for entry in quoted for key in entry.cited}
    sources = [c for c in all_sources if not brief or (c.case, c.index) in cited]
    citable = citable_claims(library)
    return ReportView(
        chapters=views,
        levels=library.model.strength.levels if library.model.strength else (),
        claims=len(citable),
        cited=sum(1 for claim in citable if claim.strength),
        kinds=_kinds(library),
        reach=reach(ctx),
        cards=[card(ctx.library, id_) for id_ in library.counted if not brief or id_ in cases],
        sources=entry_views(ctx, sources),
        sources_total=len(all_sources),
        numbers={(c.case, c.index): number for number, c in enumerate(sources, 1)},
        brief=brief,
        period=_years(ctx),
        examples=len(library.examples),
        contents=[
            ("numbers", _("In numbers"), ()),
            *((view.anchor, view.heading, ()) for view in views),
            ("cases", _("In brief"), ()),
            ("method", _("Method and limits"), ()),
            *([("sources", _("Sources"), ())] if sources else []),
        ],
    )


def _all_sources(library: Library) -> tuple[Claim, ...]:
    """Return the sources of all counted cases, in the order of the titles of these."""
    if library.model.strength is None:
        return ()
    return claims_of(library, library.model.fields[library.model.strength.sources])


def _kinds(library: Library) -> list[tuple[str, int]]:
    field = library.model.fields.get(library.model.type_field)
    values = library.values_of_all(field.name) if field else ()
    labels = [pieces(library, field, value)[0].text for _, value in values if field and value]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels) if label]


def _years(ctx: SiteContext) -> str:
    """Return the years in which the earliest and the latest began, where the model has a period."""
    timeline = ctx.library.model.across.timeline
    years, number = years_begun(ctx.library, timeline) if timeline else (None, 0)
    if not years:
        return ""
    return ctx.library.locale.gettext(
        "%(first)s – %(last)s, known for %(num)s", first=years[0], last=years[1], num=number
    )
