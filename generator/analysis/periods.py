"""When things started and ended: the period that each counted case gives, as points in years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from math import floor

from generator.base.dates import last_day
from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Field
from generator.model.value import UNKNOWN, Value

DAYS = 366
"""Days in a year, counted so that no day of a leap year falls into the next year."""


class End(Enum):
    """What a record says of an end: a date, that it is unknown, or nothing."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A case's period as it was written; `left` and `right` are the ends of its bar, in years.

    A start such as 2019 or 2019-05 is a span: the bar starts with it. An end that is not given is
    the end of the year of the as-of date. An unknown end is the end of the start's span.
    """

    case: str
    start: str
    end: str
    ends: End
    left: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Periods:
    """The periods of all counted cases, the earliest first, and the cases that give no start.

    `unknown` say that it is unknown, `silent` say nothing; both are in the order of titles.
    """

    known: tuple[Period, ...]
    unknown: tuple[str, ...]
    silent: tuple[str, ...]

    def ending(self, ends: End) -> int:
        """Return how many of the known periods end in that way."""
        return sum(period.ends is ends for period in self.known)

    # Each bar of the timeline asks for both years: computed once, or the page takes time that grows
    # with the square of the cases.
    @cached_property
    def first(self) -> int:
        """Return the year in which the earliest starts."""
        return floor(min(period.left for period in self.known))

    @cached_property
    def last(self) -> int:
        """Return the year after the one in which the latest ends."""
        return -floor(-max(period.right for period in self.known))


@question
def periods(library: Library, field: str) -> Periods:
    """Return the periods that counted cases give in a field of two dates: the first, the last."""
    dates = dates_of(library.model.fields[field])
    known: list[Period] = []
    unknown: list[str] = []
    silent: list[str] = []
    for id_, value in library.values_of_all(field):
        if period := _period(library, id_, dates, value):
            known.append(period)
        else:
            (silent if value is None else unknown).append(id_)
    known.sort(key=lambda period: (period.left, period.right))
    return Periods(known=tuple(known), unknown=tuple(unknown), silent=tuple(silent))


@dataclass(frozen=True, slots=True)
class PeriodsOnPage:
    """Those of the known periods that stand on one page, and the years between which all lie."""

    first: int
    last: int
    known: tuple[Period, ...]


@question
def periods_on_page(library: Library, field: str, start: str, stop: str) -> PeriodsOnPage:
    """Return those of the known periods that stand between two places, from "0"."""
    every = periods(library, field)
    if not every.known:
        return PeriodsOnPage(0, 0, ())
    return PeriodsOnPage(every.first, every.last, every.known[int(start) : int(stop)])


def years_begun(library: Library, field: str) -> tuple[tuple[str, str] | None, int]:
    """Return the years in which the earliest and the latest began, and of how many it is known."""
    known = periods(library, field).known
    years = sorted({period.start[:4] for period in known})
    return (years[0], years[-1]) if years else None, len(known)


def dates_of(field: Field) -> tuple[str, ...]:
    """Return the names of a period's dates: the first is the start, the last the end."""
    return tuple(member.name for member in field.fields.values() if member.kind == "date")


def _period(
    library: Library, case: str, dates: tuple[str, ...], value: Value | None
) -> Period | None:
    """Return a case's period; None if it gives no start."""
    if not isinstance(value, Mapping):
        return None
    first, last = dates
    start, end = str(value.get(first, UNKNOWN)), str(value.get(last, ""))
    left, start_over = _points(start)
    if start_over is None:
        return None
    _, end_over = _points(end)
    if end_over is not None:
        ends = End.GIVEN
    elif end:
        ends, end_over = End.UNKNOWN, start_over
    else:
        ends, end_over = End.NONE, _points(library.as_of[:4])[1] or start_over
    right = max(end_over, start_over)
    return Period(case=case, start=start, end=end, ends=ends, left=left, right=right)


@lru_cache(maxsize=10_000)
def _points(text: str) -> tuple[float, float | None]:
    """Return when a year, a month or a day starts and is over, in years; None for other text."""
    day = last_day(text)
    if day is None:
        return 0.0, None
    year, *rest = (int(part) for part in text.split("-"))
    over = year + 1.0 if not rest else year + day.timetuple().tm_yday / DAYS
    if not rest:
        return float(year), over
    first = day.replace(day=1) if len(rest) == 1 else day
    return year + (first.timetuple().tm_yday - 1) / DAYS, over
