"""Owns the page of time: when each case began and ended, as bars in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import address
from generator.dates import spoken
from generator.model.record import Field
from generator.pages.card import Card
from generator.pages.page import Making, Page, context
from generator.periods import End, Period, Periods, dates_of, periods

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """What the page of time shows.

    `labels` head the columns of beginnings and ends; `unknown` and `silent` are the cases without
    a beginning. `given`, `no_end` and `end_unknown` divide the bars by what is said of an end.
    """

    labels: tuple[str, ...]
    ticks: Ticks
    bars: list[Bar]
    unknown: list[Card]
    silent: list[Card]
    total: int
    given: int
    no_end: int
    end_unknown: int


def timeline(making: Making) -> Iterator[Page]:
    """Yield the page of time, where the model names the field of a period."""
    library = making.library
    if library.model.across.timeline:
        field = library.model.fields[library.model.across.timeline]
        yield Page(
            path=address.TIMELINE,
            title="Timeline",
            template="timeline.html",
            description=f"When each of the {library.model.plural} began, and when it ended.",
            context=context(_view, making, field),
        )


def _view(making: Making, field: Field) -> TimelineView:
    library = making.library
    found = periods(library, field)
    return TimelineView(
        labels=tuple(field.fields[name].label for name in dates_of(field)),
        ticks=_ticks(found),
        bars=[_bar(making, found, period) for period in found.known],
        unknown=[making.cards[id_] for id_ in found.unknown],
        silent=[making.cards[id_] for id_ in found.silent],
        total=len(library.counted),
        given=found.ending(End.GIVEN),
        no_end=found.ending(End.NONE),
        end_unknown=found.ending(End.UNKNOWN),
    )


def _bar(making: Making, found: Periods, period: Period) -> Bar:
    left = _percent(found, period.left)
    return Bar(
        card=making.cards[period.case],
        start=spoken(period.start),
        end=ENDS.get(period.ends) or spoken(period.end),
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
