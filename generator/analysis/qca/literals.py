"""Terms of a formula: conditions that must be present or absent, and the rows that they cover.

A *configuration* is a number of k bits, one a condition, the first condition most significant; row
r of a truth table is configuration r - 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Conjunction(NamedTuple):
    """A product of conditions: `used` has a bit for each that matters, `values` how it must be.

    No bit of `values` is set that is not set in `used`. The term that uses no condition covers
    every configuration.
    """

    used: int
    values: int

    def covers(self, configuration: int) -> bool:
        """Return whether a configuration fulfils the term."""
        return configuration & self.used == self.values

    @property
    def length(self) -> int:
        """The number of conditions in the term."""
        return self.used.bit_count()


def condition_bit(number: int, conditions: int) -> int:
    """Return the bit of the condition with that number, counted from 0, of so many."""
    return 1 << (conditions - 1 - number)


def literals(term: Conjunction, conditions: int) -> Iterator[tuple[int, bool]]:
    """Yield the number of each condition of a term and whether it is to be present, in order."""
    for number in range(conditions):
        bit = condition_bit(number, conditions)
        if term.used & bit:
            yield number, bool(term.values & bit)


def notation(term: Conjunction, names: Sequence[str]) -> str:
    """Return a term as analysts write it: `DEV*~URB`; `1` where it uses no condition."""
    parts = literals(term, len(names))
    return (
        "*".join(names[number] if present else f"~{names[number]}" for number, present in parts)
        or "1"
    )


def configuration_of(memberships: Sequence[float]) -> int | None:
    """Return the configuration a case belongs to; None where a membership is exactly 0.5.

    A case belongs to the one row in which its membership is above 0.5.
    """
    configuration = 0
    for membership in memberships:
        if membership == _NEITHER:
            return None
        configuration = configuration * 2 + (membership > _NEITHER)
    return configuration


_NEITHER = 0.5
