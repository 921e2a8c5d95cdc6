"""Owns the report: all that was learned on one page, for people who print.

Its chapters are the model's lists of claims, each in the form that `chapters` picks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import address
from generator.library import Library
from generator.pages.card import Card, kind_label
from generator.pages.chapters import Chapter, chapter
from generator.pages.home import reach
from generator.pages.page import Contents, Making, Page, context
from generator.periods import periods
from generator.synthesis import chapters, citable, claims_of
from generator.views import EntryView, entry


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the report: its number, what its record says of it, the case it stands in."""

    number: int
    entry: EntryView
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What the report shows.

    `kinds` gives how many counted cases are of each kind, `reach` how many terms they
    name of the facets that a card or a directory shows. `levels` are the words for the strengths
    of evidence, from 0 up; `period` the years in which they began.
    """

    chapters: list[Chapter]
    levels: tuple[str, ...]
    claims: int
    cited: int
    kinds: list[tuple[str, int]]
    reach: list[tuple[int, str]]
    cards: list[Card]
    sources: list[Source]
    period: str
    total: int
    examples: int
    contents: Contents


def report(making: Making) -> Iterator[Page]:
    """Yield the report, where there is a case to report of."""
    library = making.library
    if library.counted:
        yield Page(
            path=address.REPORT,
            title="Report",
            template="report.html",
            description=f"What the {library.model.plural} of {making.site.name} have taught, "
            "on one page to print.",
            context=context(_view, making),
        )


def _view(making: Making) -> ReportView:
    library = making.library
    sources = list(_sources(making))
    numbers = {(s.card.id, s.entry.claim.index): s.number for s in sources}
    made = [chapter(making, field, numbers) for field in chapters(library)]
    measured = citable(library)
    return ReportView(
        chapters=made,
        levels=library.model.strength.levels if library.model.strength else (),
        claims=len(measured),
        cited=sum(1 for claim in measured if claim.strength),
        kinds=_kinds(library),
        reach=reach(making),
        cards=[making.cards[id_] for id_ in library.counted],
        sources=sources,
        period=_span(library),
        total=len(library.counted),
        examples=len(library.examples),
        contents=_contents(made, sources),
    )


def _sources(making: Making) -> Iterator[Source]:
    """Yield the sources of all counted cases, numbered from 1 in the order of their titles."""
    library = making.library
    if library.model.strength:
        field = library.model.fields[library.model.strength.sources]
        for number, claim in enumerate(claims_of(library, field), 1):
            yield Source(number, entry(library, claim), making.cards[claim.case])


def _kinds(library: Library) -> list[tuple[str, int]]:
    labels = [kind_label(library, library.cases[id_]) for id_ in library.counted]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels) if label]


def _span(library: Library) -> str:
    """Return the years in which the earliest and the latest began, where the model has a period."""
    if not library.model.across.timeline:
        return ""
    found = periods(library, library.model.fields[library.model.across.timeline]).known
    years = sorted({period.start[:4] for period in found})
    return f"{years[0]} – {years[-1]}, known for {len(found)}" if years else ""


def _contents(made: list[Chapter], sources: list[Source]) -> Contents:
    found: Contents = [("numbers", "In numbers", ())]
    found += [(one.anchor, one.heading, ()) for one in made]
    found += [("cases", "In brief", ()), ("method", "Method and limits", ())]
    return [*found, ("sources", "Sources", ())] if sources else found
