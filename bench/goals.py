"""The goals that casebook is held to, on each corpus; to add one, write an entry in GOALS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.results import (
    CI,
    CLAIM,
    COUNTED,
    FRESH,
    HEADING,
    MOVED,
    PERIOD,
    TITLE,
    UNCHANGED,
    WORD,
    Key,
    Middle,
    Results,
    middle,
)

OURS, HUGO, MKDOCS, ELEVENTY, ASTRO = "casebook", "Hugo", "MkDocs", "Eleventy", "Astro"
LEAST, FEW, SOME, MANY = 26, 300, 1_000, 10_000
"""The numbers of cases that the goals speak of."""

Value = Callable[[Results, str], float | None]
"""From what was measured and the name of a corpus to one number, None if it was not measured."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise: what is looked at, the bound, and the number if it was measured.

    A number is met at most at the bound; where `below`, the bound itself does not meet it.
    """

    about: str
    bound: float
    unit: str
    value: Value
    below: bool = False

    @property
    def asked(self) -> str:
        """The bound in words."""
        return f"{'<' if self.below else '≤'} {self.bound:g} {self.unit}"

    def verdict(self, value: float | None) -> str:
        """Return `met`, `missed` or `not measured`."""
        if value is None:
            return "not measured"
        return "met" if value < self.bound or (value == self.bound and not self.below) else "missed"


def _ratio(over: Middle | None, under: Middle | None) -> float | None:
    return over.value / under.value if over and under and under.value else None


def _wall_to_hugo(situation: str) -> Value:
    """Return the wall of one of our builds of 10,000 cases, divided by Hugo's without a cache."""
    return lambda results, corpus: _ratio(
        results.wall(Key(corpus, MANY, OURS, situation)), results.wall(Key(corpus, MANY, HUGO))
    )


def _memory_to_hugo(results: Results, corpus: str) -> float | None:
    ours, hugo = (results.memory(Key(corpus, MANY, tool)) for tool in (OURS, HUGO))
    return _ratio(ours, hugo)


def _growth(results: Results, corpus: str) -> float | None:
    many, some = (results.wall(Key(corpus, cases, OURS)) for cases in (MANY, SOME))
    return _ratio(many, some)


def _cpu_to(tool: str) -> Value:
    """Return the CPU of our build of 1,000 cases, divided by that of another program."""
    return lambda results, corpus: _ratio(
        results.cpu(Key(corpus, SOME, OURS)), results.cpu(Key(corpus, SOME, tool))
    )


def _wall(cases: int) -> Value:
    def value(results: Results, corpus: str) -> float | None:
        wall = results.wall(Key(corpus, cases, OURS))
        return wall.value if wall else None

    return value


def _preview(results: Results, corpus: str) -> float | None:
    latency = middle(results.preview.get((corpus, MANY), []))
    return latency.value if latency else None


_BOUNDS = {
    FRESH: 3.0,
    WORD: 0.15,
    HEADING: 0.15,
    CLAIM: 0.15,
    COUNTED: 0.3,
    PERIOD: 0.3,
    TITLE: 0.3,
    MOVED: 0.3,
    CI: 0.3,
    UNCHANGED: 0.1,
}
"""What a build of 10,000 cases may take at most, as a part of Hugo's build without a cache."""

GOALS = (
    *(
        Goal(f"10,000 cases, {situation}: wall", bound, "× Hugo", _wall_to_hugo(situation))
        for situation, bound in _BOUNDS.items()
    ),
    Goal("10,000 cases, no cache: peak memory", 0.35, "× Hugo", _memory_to_hugo),
    Goal("from 1,000 to 10,000 cases, no cache: growth of wall", 10.5, "×", _growth),
    Goal("1,000 cases, no cache: CPU", 1, "× MkDocs", _cpu_to(MKDOCS), below=True),
    Goal("1,000 cases, no cache: CPU", 1.5, "× Eleventy", _cpu_to(ELEVENTY)),
    Goal("1,000 cases, no cache: CPU", 1, "× Astro", _cpu_to(ASTRO), below=True),
    Goal("300 cases, no cache: wall", 1.5, "s", _wall(FEW)),
    Goal("10,000 cases, from saving a file until the preview shows it", 0.5, "s", _preview),
    Goal("26 cases, no cache: wall", 0.8, "s", _wall(LEAST)),
)
