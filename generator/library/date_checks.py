"""Dates that can hardly be meant: days that have not come yet, and years far from all others.

What a record says of its own custody (`updated`, `reviewed`) and the start of its period have
passed. An end, a review that is due, and any other date may lie ahead. All is judged by one day,
which the caller gives: the day of the edition, else that of the machine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

from generator.base.problem import Problem, Severity
from generator.model.record import Field, Model
from generator.model.value import located, texts
from generator.records.case import Case

CUSTODY: Final = ("updated", "reviewed")
"""The roles of fields that say when somebody last looked at a record."""

AHEAD: Final = 30
"""A date is far from all others so many years after the day; plans for 2050 are common."""

NEAR: Final = 50
"""Dates of one field that are so many years apart speak of one time."""

COMPANY: Final = 2
"""With so many others of its time a date is no slip."""

_YEAR: Final = 4

_Words: TypeAlias = tuple[str, str, Severity]
"""What a problem says: its message, its hint, how serious it is."""


@dataclass(frozen=True, slots=True)
class _DateRule:
    """How the dates of one field are judged.

    `passed` tells that none can lie ahead, `severity` how wrong one is that does. One is far from
    all others from `behind` years before the day on.
    """

    field: Field
    passed: bool
    severity: Severity
    behind: int


@dataclass(frozen=True, slots=True)
class DateVerdict:
    """By which day dates were judged, and whether any was odd: ahead, or far from that day."""

    day: str = ""
    odd: bool = False

    def holds_on(self, day: str) -> bool:
        """Return whether the same dates, judged by another day, have the same problems."""
        same_year = self.day[:_YEAR] == day[:_YEAR]
        return self.day == day or (not self.odd and same_year and self.day < day)


UNJUDGED: Final = DateVerdict()
"""The verdict where no day is known: no date is odd."""


def date_verdict(cases: Iterable[Case], model: Model, day: str) -> DateVerdict:
    """Return whether any date of some cases is odd. Without a day none is."""
    rules = tuple(_date_rules(model)) if day else ()
    # `texts`, since this is asked of every record: locations would take most of the time.
    odd = any(
        _is_ahead(rule, text, day) or _is_far(rule, text, day)
        for case in cases
        for rule in rules
        for text in texts(case.values, rule.field.path)
        if text[:_YEAR].isdecimal()
    )
    return DateVerdict(day, odd)


def odd_dates(cases: Sequence[Case], model: Model, day: str) -> Iterator[Problem]:
    """Yield a problem for each day that has not come yet, and a warning for each far year.

    No date is far that has `COMPANY`: a library may tell of another century.
    """
    rules = _date_rules(model) if date_verdict(cases, model, day).odd else ()
    for rule in rules:
        years: list[int] = []
        far: list[tuple[Case, str, str]] = []
        for case in cases:
            for place, text in _dates(case, rule.field):
                years.append(int(text[:_YEAR]))
                if _is_ahead(rule, text, day):
                    words = _ahead_problem(rule, text, model.role("review-due"), day)
                    yield case.problem(place, "future-date", *words)
                elif _is_far(rule, text, day):
                    far.append((case, place, text))
        years.sort()
        for case, place, text in far:
            yield from _far_problem(case, place, text, years)


def _date_rules(model: Model) -> Iterator[_DateRule]:
    """Yield a rule for each field of dates, inside records or not."""
    for top in model.fields.values():
        dates = [member for member in top.walk() if member.kind == "date"]
        for number, field in enumerate(dates):
            if top.role in CUSTODY and number == 0:
                yield _DateRule(field, passed=True, severity=Severity.ERROR, behind=NEAR)
            elif top.role == "period" and number == 0:
                # What has been agreed may begin next year: it is for its author to say.
                yield _DateRule(field, passed=True, severity=Severity.WARNING, behind=100)
            else:
                behind = {"period": 100, "review-due": NEAR}.get(top.role, 300)
                yield _DateRule(field, passed=False, severity=Severity.WARNING, behind=behind)


def _dates(case: Case, field: Field) -> Iterator[tuple[str, str]]:
    located_texts = located(case.values, field.path)
    return ((place, text) for place, text in located_texts if text[:_YEAR].isdecimal())


def _is_ahead(rule: _DateRule, text: str, day: str) -> bool:
    """Tell whether a date cannot have come: a year or a month has, once its first day has."""
    return rule.passed and text > day


def _is_far(rule: _DateRule, text: str, day: str) -> bool:
    years = int(text[:_YEAR]) - int(day[:_YEAR])
    return years > AHEAD or years <= -rule.behind


def _ahead_problem(rule: _DateRule, text: str, due: Field | None, day: str) -> _Words:
    """Return the words for a day that has not come; of tomorrow, only a warning.

    Where the author is, it may be tomorrow already.
    """
    tomorrow = date.fromisoformat(day) + timedelta(days=1)
    severity = Severity.WARNING if text == tomorrow.isoformat() else rule.severity
    message = f"'{text}' lies ahead: this is checked as of {day}"
    hint = "check the year; write a day that has come"
    if rule.severity is Severity.WARNING:
        hint = "check the year; if it is planned, say so in the text"
    elif due:
        hint += f"; the day of the next review belongs in '{due.name}'"
    return message, hint, severity


def _far_problem(case: Case, place: str, text: str, years: Sequence[int]) -> Iterator[Problem]:
    """Yield the warning of a year that has no company; `years` are all of its field, in order."""
    year = int(text[:_YEAR])
    near = bisect_right(years, year + NEAR) - bisect_left(years, year - NEAR)
    if near <= COMPANY:
        message = f"'{text}' is far from all other dates"
        hint = "check the year; leave it if it is right"
        yield case.problem(place, "far-date", message, hint, Severity.WARNING)
