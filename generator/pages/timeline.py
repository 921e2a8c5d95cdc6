"""Owns the page of time: when each case began and ended, as bars in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.periods import End, Period, Periods, dates_of
from generator.base.dates import date_in_words
from generator.library import address
from generator.pages.card import Card
from generator.pages.page import Page, SiteContext
from generator.pages.pagination import ListPart, ShortList, divided, shorten

MOST_TICKS = 5
"""So many years fit over a bar on a phone."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Years from one tick to the next."""

Ticks = list[tuple[int, float]]
"""Years, each with its place on the line in percent."""

ENDS = {End.UNKNOWN: "unknown", End.NONE: "no end given"}
"""How the page says that a record gives no date for an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A case's row: its dates in words, and its bar in percent of the line."""

    card: Card
    start: str
    end: str
    open: bool
    left: float
    width: float


def timeline(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of time, where the model names the field of a period, and where it goes on."""
    library = ctx.library
    if library.model.across.timeline:
        page = Page(
            path=address.TIMELINE,
            title="Timeline",
            template="timeline.html",
            description=f"When each of the {library.model.plural} began, and when it ended.",
            context=dict,
        )
        yield from divided(library, page, len(ctx.periods.known), partial(_values, ctx))


def _values(ctx: SiteContext, part: ListPart) -> dict[str, Any]:
    """Return what the page shows.

    `labels` head the columns of beginnings and ends; `unknown` and `silent` are the cases without
    a beginning. `given`, `no_end` and `end_unknown` divide the `known` by what is said of an end.
    """
    library, found = ctx.library, ctx.periods
    field = library.model.fields[library.model.across.timeline]

    def cards(ids: tuple[str, ...]) -> ShortList[Card]:
        return shorten(library, ids, ctx.cards.__getitem__)

    listed = {
        "part": part,
        "labels": tuple(field.fields[name].label for name in dates_of(field)),
        "ticks": _ticks(found),
        "bars": [_bar(ctx, found, period) for period in part.of(found.known)],
    }
    if part.number > 1:
        return listed
    return listed | {
        "known": len(found.known),
        "unknown": cards(found.unknown),
        "silent": cards(found.silent),
        "total": len(library.counted),
        "given": found.ending(End.GIVEN),
        "no_end": found.ending(End.NONE),
        "end_unknown": found.ending(End.UNKNOWN),
    }


def _bar(ctx: SiteContext, found: Periods, period: Period) -> Bar:
    left = _percent(found, period.left)
    return Bar(
        card=ctx.cards[period.case],
        start=date_in_words(period.start),
        end=ENDS.get(period.ends) or date_in_words(period.end),
        open=period.ends is End.NONE,
        left=left,
        width=round(_percent(found, period.right) - left, 2),
    )


def _percent(found: Periods, year: float) -> float:
    return round(100 * (year - found.first) / (found.last - found.first), 2)


def _ticks(found: Periods) -> Ticks:
    """Return round years within the line, at most so many as fit."""
    if not found.known:
        return []
    first, last = found.first, found.last
    step = next(s for s in STEPS if (last - 1) // s - (first - 1) // s <= MOST_TICKS)
    return [(year, _percent(found, year)) for year in range(-(-first // step) * step, last, step)]
