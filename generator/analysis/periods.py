"""Owns when things began and ended: the period that each counted case gives, as points in years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import floor

from generator.base.dates import last_day
from generator.library.library import Library
from generator.model.record import Field
from generator.model.value import UNKNOWN, Value
from generator.records.case import Case

DAYS = 366
"""In a year, so that a day never falls into the next one."""


class End(Enum):
    """What a record says of an end: a date, that it is unknown, or nothing."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A case's period as it was written; `left` and `right` are points in years, for a bar.

    An end that is not given lies at the end of the year of the as-of date; one that is unknown
    lies where the beginning, as it was written, is over.
    """

    case: str
    start: str
    end: str
    ends: End
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The periods of all counted cases, the earliest first, and the cases that give no beginning.

    `unknown` say that it is unknown, `silent` say nothing; both are in the order of titles.
    """

    known: tuple[Period, ...]
    unknown: tuple[str, ...]
    silent: tuple[str, ...]

    def ending(self, ends: End) -> int:
        """Return how many of the known periods end in that way."""
        return sum(period.ends is ends for period in self.known)

    @property
    def first(self) -> int:
        """Return the year in which the earliest began."""
        return floor(min(period.left for period in self.known))

    @property
    def last(self) -> int:
        """Return the year after the one in which the latest ends."""
        return -floor(-max(period.right for period in self.known))


def periods(library: Library, field: Field) -> Periods:
    """Return the periods that counted cases give in a field of two dates: the first, the last."""
    known: list[Period] = []
    unknown: list[str] = []
    silent: list[str] = []
    for id_ in library.counted:
        value = library.cases[id_].values.get(field.name)
        if found := _period(library, library.cases[id_], field, value):
            known.append(found)
        else:
            (silent if value is None else unknown).append(id_)
    known.sort(key=lambda period: (period.left, period.right))
    return Periods(known=tuple(known), unknown=tuple(unknown), silent=tuple(silent))


def dates_of(field: Field) -> tuple[str, ...]:
    """Return the names of a period's dates, the first for the beginning, the last for the end."""
    return tuple(member.name for member in field.fields.values() if member.kind == "date")


def _period(library: Library, case: Case, field: Field, value: Value | None) -> Period | None:
    """Return a case's period; None where it gives no beginning."""
    if not isinstance(value, Mapping):
        return None
    first, last = dates_of(field)
    start, end = str(value.get(first, UNKNOWN)), str(value.get(last, ""))
    left, over = _points(start)
    if over is None:
        return None
    _, stop = _points(end)
    if stop is not None:
        ends = End.GIVEN
    elif end:
        ends, stop = End.UNKNOWN, over
    else:
        ends, stop = End.NONE, _points(library.as_of[:4])[1] or over
    right = max(stop, over)
    return Period(case=case.id, start=start, end=end, ends=ends, left=left, right=right)


def _points(text: str) -> tuple[float, float | None]:
    """Return when a year, a month or a day begins and is over; None for other text."""
    day = last_day(text)
    if day is None:
        return 0.0, None
    year, *rest = (int(part) for part in text.split("-"))
    over = year + 1.0 if not rest else year + day.timetuple().tm_yday / DAYS
    if not rest:
        return float(year), over
    first = day.replace(day=1) if len(rest) == 1 else day
    return year + (first.timetuple().tm_yday - 1) / DAYS, over
