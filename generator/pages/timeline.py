"""The page of time: when each case began and ended, as bars in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.periods import (
    End,
    Period,
    PeriodsOnPage,
    dates_of,
    periods,
    periods_on_page,
)
from generator.library import address
from generator.library.library import Library
from generator.pages.card import Card, card
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ListPart, ShortList, paginate, shorten

MOST_TICKS = 5
"""How many years fit over a bar on a phone."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Years from one tick to the next."""

Ticks = list[tuple[int, float]]
"""Years, each with its position on the line in percent."""


def _no_end(library: Library, end: End) -> str:
    """Return how the page says that a record gives no date for an end; empty where it does."""
    if end is End.UNKNOWN:
        return library.locale.gettext("unknown")
    return library.locale.gettext("no end given") if end is End.NONE else ""


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
    library, _ = ctx.library, ctx.library.locale.gettext
    if library.model.across.timeline:
        page = Page(
            path=address.TIMELINE,
            title=_("Timeline"),
            template="timeline.html",
            description=_(
                "When each of the %(records)s began, and when it ended.",
                records=library.model.plural,
            ),
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
    timed = periods_on_page(library, field.name, str(part.start), str(part.start + part.size))

    def cards(ids: tuple[str, ...]) -> ShortList[Card]:
        return shorten(library, ids, partial(card, library))

    listed = {
        "part": part,
        "labels": tuple(field.fields[name].label for name in dates_of(field)),
        "ticks": _ticks(timed),
        "bars": [_bar(ctx, timed, period) for period in timed.known],
    }
    if part.number > 1:
        return listed
    every = periods(library, field.name)
    return listed | {
        "known": len(every.known),
        "unknown": cards(every.unknown),
        "silent": cards(every.silent),
        "with_end": every.ending(End.GIVEN),
        "no_end": every.ending(End.NONE),
        "end_unknown": every.ending(End.UNKNOWN),
    }


def _bar(ctx: SiteContext, timed: PeriodsOnPage, period: Period) -> Bar:
    left = _percent(timed, period.left)
    return Bar(
        card=card(ctx.library, period.case),
        start=ctx.library.locale.date(period.start),
        end=_no_end(ctx.library, period.ends) or ctx.library.locale.date(period.end),
        open=period.ends is End.NONE,
        left=left,
        width=round(_percent(timed, period.right) - left, 2),
    )


def _percent(timed: PeriodsOnPage, year: float) -> float:
    return round(100 * (year - timed.first) / (timed.last - timed.first), 2)


def _ticks(timed: PeriodsOnPage) -> Ticks:
    """Return round years within the line, `MOST_TICKS` at most."""
    if not timed.known:
        return []
    first, last = timed.first, timed.last
    step = next(s for s in STEPS if (last - 1) // s - (first - 1) // s <= MOST_TICKS)
    return [(year, _percent(timed, year)) for year in range(-(-first // step) * step, last, step)]
