"""Owns the goals that casebook is held to; to add one, write an entry in GOALS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.results import CI, FIELDS, FRESH, IMPORTS, WORDS, Key, Middle, Results, middle

OURS, HUGO, MKDOCS = "casebook", "Hugo", "MkDocs"
FEW, SOME, MANY = 300, 1_000, 10_000
"""The numbers of cases that the goals speak of."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise: what is looked at, the bound, and the number if it was measured.

    A number is met at most at the bound, or, where `at_least`, at least there; where `below`, the
    bound itself does not meet it.
    """

    about: str
    bound: float
    unit: str
    value: Callable[[Results], float | None]
    at_least: bool = False
    below: bool = False

    @property
    def asked(self) -> str:
        """The bound in words."""
        sign = "≥" if self.at_least else "<" if self.below else "≤"
        return f"{sign} {self.bound:g} {self.unit}"

    def verdict(self, results: Results) -> str:
        """Return `met`, `missed` or `not measured`."""
        value = self.value(results)
        if value is None:
            return "not measured"
        if self.at_least:
            return "met" if value >= self.bound else "missed"
        return "met" if value < self.bound or (value == self.bound and not self.below) else "missed"


def _ratio(over: Middle | None, under: Middle | None) -> float | None:
    return over.value / under.value if over and under and under.value else None


def _value(one: Middle | None) -> float | None:
    return one.value if one else None


def _to_hugo(situation: str) -> Callable[[Results], float | None]:
    ours, hugo = Key(MANY, OURS, situation), Key(MANY, HUGO)
    return lambda results: _ratio(results.wall(ours), results.wall(hugo))


def _wall(cases: int, tool: str = OURS) -> Callable[[Results], Middle | None]:
    return lambda results: results.wall(Key(cases, tool))


GOALS = (
    Goal("10,000 cases, no cache: wall", 1.0, "× Hugo", _to_hugo(FRESH)),
    Goal("10,000 cases, one text edited: wall", 0.1, "× Hugo", _to_hugo(WORDS)),
    Goal("10,000 cases, a term and a date edited: wall", 0.1, "× Hugo", _to_hugo(FIELDS)),
    Goal("10,000 cases, cache but no output: wall", 0.4, "× Hugo", _to_hugo(CI)),
    Goal(
        "10,000 cases, no cache: peak memory",
        0.4,
        "× Hugo",
        lambda r: _ratio(r.memory(Key(MANY, OURS)), r.memory(Key(MANY, HUGO))),
    ),
    Goal(
        "1,000 cases: from saving a file until the preview shows it",
        0.5,
        "s",
        lambda r: _value(middle(r.preview.get(SOME, []))),
        below=True,
    ),
    Goal("300 cases, no cache: wall", 3, "s", lambda r: _value(_wall(FEW)(r)), below=True),
    Goal(
        "of it, Python and the imports",
        0.4,
        "s",
        lambda r: _value(middle(r.startup.get(IMPORTS, []))),
        below=True,
    ),
    Goal(
        "growth from 1,000 to 10,000 cases, no cache: wall",
        11,
        "×",
        lambda r: _ratio(_wall(MANY)(r), _wall(SOME)(r)),
    ),
    Goal(
        "10,000 cases, no cache: plain MkDocs's wall",
        4,
        "× casebook",
        lambda r: _ratio(_wall(MANY, MKDOCS)(r), _wall(MANY)(r)),
        at_least=True,
    ),
)
