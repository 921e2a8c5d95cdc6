"""All shortest formulas: every choice of prime implicants that covers the positive rows.

*Minimal* means fewest terms, then fewest conditions in them (ANALYSIS: the published tables list
these). Each tie is found, up to a number that is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator.analysis.qca.literals import Conjunction

MOST_MODELS = 1_000
"""So many tied models are listed; more are counted as more."""

MOST_STEPS = 200_000
"""So many partial covers are looked at. Noise can have more than anyone can wait for."""

Model = tuple[Conjunction, ...]
"""A formula: terms of which at least one holds, in the order of the prime implicants."""


@dataclass(frozen=True, slots=True)
class Covers:
    """All minimal models, in a fixed order, and the terms that each of them has.

    With `truncated` there are more than are listed, or too many to look at: then `models` may be
    empty and `shared` too, since nothing is known for certain.
    """

    models: tuple[Model, ...]
    shared: Model
    truncated: bool = False


class _TooManyStepsError(Exception):
    """More partial covers than `MOST_STEPS`."""


def minimal_covers(primes: Sequence[Conjunction], positive: Collection[int]) -> Covers:
    """Return each choice of prime implicants that covers all positive rows and is minimal."""
    if not positive:
        return Covers((), ())
    chart = _Chart(primes, sorted(positive))
    try:
        least = chart.least_cost(chart.every)
        covers = chart.covers_of_cost(least, MOST_MODELS + 1)
        shared = chart.shared(covers, least)
    except _TooManyStepsError:
        return Covers((), (), truncated=True)
    models = tuple(tuple(primes[number] for number in cover) for cover in covers[:MOST_MODELS])
    return Covers(models, tuple(primes[n] for n in shared), len(covers) > MOST_MODELS)


class _Chart:
    """Which prime implicants cover which positive rows; sets of either are numbers of bits."""

    def __init__(self, primes: Sequence[Conjunction], rows: Sequence[int]) -> None:
        self.rows_of = [
            sum(1 << place for place, row in enumerate(rows) if prime.covers(row))
            for prime in primes
        ]
        self.primes_of = [
            [number for number, prime in enumerate(primes) if prime.covers(row)] for row in rows
        ]
        # One term more always costs more than any number of conditions in the others.
        longest = 1 + sum(prime.length for prime in primes)
        self.cost = [longest + prime.length for prime in primes]
        self.all_rows = (1 << len(rows)) - 1
        self.every = frozenset(range(len(primes)))
        self.steps = 0

    def least_cost(self, allowed: frozenset[int]) -> int | None:
        """Return the cost of the cheapest cover by allowed implicants; None where there is none.

        An implicant that covers no more than a cheaper one is not needed to find that out.
        """
        useful = self._undominated(allowed)
        best: int | None = None
        stack: list[tuple[int, int, frozenset[int]]] = [(self.all_rows, 0, useful)]
        while stack:
            self._count()
            rows, spent, usable = stack.pop()
            if not rows:
                best = spent if best is None else min(best, spent)
                continue
            if best is not None and spent + self._at_least(rows, usable) >= best:
                continue
            # The last one put on is looked at first.
            stack.extend(
                (rows & ~self.rows_of[number], spent + self.cost[number], usable)
                for number in reversed(self._choices(rows, usable))
            )
        return best

    def covers_of_cost(self, cost: int | None, most: int) -> list[tuple[int, ...]]:
        """Return all covers of the least cost in a fixed order, `most` of them at most.

        A row that few implicants cover is decided first. Whoever chose a later one of them may not
        come back to an earlier one, so that no cover is found twice.
        """
        covers: list[tuple[int, ...]] = []
        stack: list[tuple[int, int, tuple[int, ...], frozenset[int]]] = []
        if cost is not None:
            stack.append((self.all_rows, cost, (), self.every))
        while stack and len(covers) < most:
            self._count()
            rows, left, chosen, usable = stack.pop()
            if not rows:
                covers.append(tuple(sorted(chosen)))
                continue
            if self._at_least(rows, usable) > left:
                continue
            branches = []
            for number in self._choices(rows, usable):
                usable -= {number}
                rest = left - self.cost[number]
                if rest >= 0:
                    still = rows & ~self.rows_of[number]
                    branches.append((still, rest, (*chosen, number), usable))
            stack += reversed(branches)
        return sorted(covers)

    def shared(self, covers: Sequence[tuple[int, ...]], least: int | None) -> tuple[int, ...]:
        """Return the implicants that all minimal covers have.

        They need not be listed for that: without such an implicant every cover costs more.
        """
        if not covers:
            return ()
        candidates = set(covers[0]).intersection(*covers)
        if len(covers) <= MOST_MODELS:
            return tuple(sorted(candidates))
        return tuple(sorted(n for n in candidates if self.least_cost(self.every - {n}) != least))

    def _undominated(self, allowed: frozenset[int]) -> frozenset[int]:
        """Return the implicants that no other replaces: as many rows for no more cost."""
        kept: list[int] = []
        for number in sorted(
            allowed, key=lambda n: (self.cost[n], -self.rows_of[n].bit_count(), n)
        ):
            rows = self.rows_of[number]
            if all(rows & ~self.rows_of[other] for other in kept):
                kept.append(number)
        return frozenset(kept)

    def _choices(self, rows: int, usable: frozenset[int]) -> list[int]:
        """Return the implicants for the row that fewest cover, those that cover most rows first."""
        per_row = [
            [number for number in self.primes_of[place] if number in usable]
            for place in _places(rows)
        ]
        fewest = min(per_row, key=len)
        return sorted(fewest, key=lambda n: (-(self.rows_of[n] & rows).bit_count(), n))

    def _at_least(self, rows: int, usable: frozenset[int]) -> int:
        """Return what covering some rows costs at least: rows that no implicant shares add up."""
        total = 0
        for place in _places(rows):
            if not rows >> place & 1:
                continue
            numbers = [number for number in self.primes_of[place] if number in usable]
            if not numbers:
                return 1 << 62
            total += min(self.cost[number] for number in numbers)
            for number in numbers:
                rows &= ~self.rows_of[number]
        return total

    def _count(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _TooManyStepsError


def _places(rows: int) -> list[int]:
    return [place for place in range(rows.bit_length()) if rows >> place & 1]
