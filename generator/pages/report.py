"""Owns the report: all that was learned on one page, for people who print.

Its chapters are the model's lists of claims, each in the form that `chapters` picks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.synthesis import chapters, citable_claims, claims_of
from generator.library import address
from generator.library.library import Claim, Library
from generator.pages.card import Card, kind_label
from generator.pages.chapters import Chapter, ChapterKey, chapter
from generator.pages.home import reach
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import is_long
from generator.pages.views import EntryView, entry_view


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A source in the report: its number, what its record says of it, the case it stands in."""

    number: int
    entry: EntryView
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What the report shows.

    `kinds` gives how many counted cases are of each kind, `reach` how many terms they
    name of the facets that a card or a directory shows. `levels` are the words for the strengths
    of evidence, from 0 up; `period` the years in which they began. `cards` are all counted cases,
    `sources` all that they name, of `sources_total`, and `numbers` those of each; from a library
    of many cases only those that the chapters quote and cite, which `brief` tells.
    """

    chapters: list[Chapter]
    levels: tuple[str, ...]
    claims: int
    cited: int
    kinds: list[tuple[str, int]]
    reach: list[tuple[int, str]]
    cards: list[Card]
    sources: list[ReportSource]
    sources_total: int
    numbers: Mapping[ChapterKey, int]
    brief: bool
    cases: str
    period: str
    total: int
    examples: int
    contents: Contents


def report(ctx: SiteContext) -> Iterator[Page]:
    """Yield the report, where there is a case to report of."""
    library = ctx.library
    if library.counted:
        yield Page(
            path=address.REPORT,
            title="Report",
            template="report.html",
            description=f"What the {library.model.plural} of {ctx.site.name} have taught, "
            "on one page to print.",
            context=deferred_view(_view, ctx),
        )


def _view(ctx: SiteContext) -> ReportView:
    library = ctx.library
    made = [chapter(ctx, field) for field in chapters(library)]
    brief, every = is_long(library), _sources(library)
    quoted, cited = _quoted(made)
    named = [c for c in every if not brief or (c.case, c.index) in cited]
    sources = [
        ReportSource(number, entry_view(library, claim), ctx.cards[claim.case])
        for number, claim in enumerate(named, 1)
    ]
    measured = citable_claims(library)
    return ReportView(
        chapters=made,
        levels=library.model.strength.levels if library.model.strength else (),
        claims=len(measured),
        cited=sum(1 for claim in measured if claim.strength),
        kinds=_kinds(library),
        reach=reach(ctx),
        cards=[ctx.cards[id_] for id_ in library.counted if not brief or id_ in quoted],
        sources=sources,
        sources_total=len(every),
        numbers={(s.card.id, s.entry.claim.index): s.number for s in sources},
        brief=brief,
        cases=address.cases(library),
        period=_span(ctx),
        total=len(library.counted),
        examples=len(library.examples),
        contents=_contents(made, sources),
    )


def _quoted(made: Iterable[Chapter]) -> tuple[set[str], set[ChapterKey]]:
    """Return the cases that some chapters quote, and the sources that they cite."""
    found = [pair for one in made for pair in one.quoted]
    return {card.id for card, _ in found}, {key for _, keys in found for key in keys}


def _sources(library: Library) -> tuple[Claim, ...]:
    """Return the sources of all counted cases, in the order of the titles of these."""
    if library.model.strength is None:
        return ()
    return claims_of(library, library.model.fields[library.model.strength.sources])


def _kinds(library: Library) -> list[tuple[str, int]]:
    labels = [kind_label(library, library.cases[id_]) for id_ in library.counted]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels) if label]


def _span(ctx: SiteContext) -> str:
    """Return the years in which the earliest and the latest began, where the model has a period."""
    found = ctx.periods.known
    years = sorted({period.start[:4] for period in found})
    return f"{years[0]} – {years[-1]}, known for {len(found)}" if years else ""


def _contents(made: list[Chapter], sources: list[ReportSource]) -> Contents:
    found: Contents = [("numbers", "In numbers", ())]
    found += [(one.anchor, one.heading, ()) for one in made]
    found += [("cases", "In brief", ()), ("method", "Method and limits", ())]
    return [*found, ("sources", "Sources", ())] if sources else found
