"""The page of time: when each case began and ended, as bars in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.periods import End, Period, Periods, dates_of, periods
from generator.base.dates import date_in_words
from generator.library import address
from generator.pages.card import Card, card
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ListPart, ShortList, paginate, shorten

MOST_TICKS = 5
"""How many years fit over a bar on a phone."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Years from one tick to the next."""

Ticks = list[tuple[int, float]]
"""Years, each with its position on the line in percent."""

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


def timeline_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the pages of time, where the model names the field of a period."""
    library = ctx.library
    if library.model.across.timeline:
        page = Page(
            path=address.TIMELINE,
            title="Timeline",
            template="timeline.html",
            description=f"When each of the {library.model.plural} began, and when it ended.",
            context=deferred_view(_timeline_view, ctx),
        )
        yield from paginate(page, len(periods(library, library.model.across.timeline).known))


def _timeline_view(ctx: SiteContext, part: ListPart) -> dict[str, Any]:
    """Return what the page shows.

    `labels` head the columns of beginnings and ends; `unknown` and `silent` are the cases without
    a beginning. `with_end`, `no_end` and `end_unknown` divide the `known` by what is said of an
    end.
    """
    library = ctx.library
    field = library.model.fields[library.model.across.timeline]
    timed = periods(library, field.name)

    def cards(ids: tuple[str, ...]) -> ShortList[Card]:
        return shorten(library, ids, partial(card, library))

    listed = {
        "part": part,
        "labels": tuple(field.fields[name].label for name in dates_of(field)),
        "ticks": _ticks(timed),
        "bars": [_bar(ctx, timed, period) for period in part.select(timed.known)],
    }
    if part.number > 1:
        return listed
    return listed | {
        "known": len(timed.known),
        "unknown": cards(timed.unknown),
        "silent": cards(timed.silent),
        "with_end": timed.ending(End.GIVEN),
        "no_end": timed.ending(End.NONE),
        "end_unknown": timed.ending(End.UNKNOWN),
    }


def _bar(ctx: SiteContext, timed: Periods, period: Period) -> Bar:
    left = _percent(timed, period.left)
    return Bar(
        card=card(ctx.library, period.case),
        start=date_in_words(period.start),
        end=ENDS.get(period.ends) or date_in_words(period.end),
        open=period.ends is End.NONE,
        left=left,
        width=round(_percent(timed, period.right) - left, 2),
    )


def _percent(timed: Periods, year: float) -> float:
    return round(100 * (year - timed.first) / (timed.last - timed.first), 2)


def _ticks(timed: Periods) -> Ticks:
    """Return round years within the line, `MOST_TICKS` at most."""
    if not timed.known:
        return []
    first, last = timed.first, timed.last
    step = next(s for s in STEPS if (last - 1) // s - (first - 1) // s <= MOST_TICKS)
    return [(year, _percent(timed, year)) for year in range(-(-first // step) * step, last, step)]
