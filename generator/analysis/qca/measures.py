"""Measures of fit between a condition or a formula X and an outcome Y (Ragin 2008; Dusa 2019).

X and Y are memberships of the same cases in the same order. With m = min(X, Y) and
q = min(X, Y, 1 - Y), summed over the cases. A measure of which the divisor is 0 is None: where no
case belongs to X, nothing can be said of X, and 1 would be a lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.analysis.qca.literals import Conjunction, literals
from generator.analysis.qca.memberships import Memberships


@dataclass(frozen=True, slots=True)
class Fit:
    """How far X is sufficient for Y: consistency, PRI and coverage, each from 0 to 1 or None."""

    inclusion: float | None
    pri: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Necessity:
    """How far X is necessary for Y: consistency, relevance and coverage, each 0 to 1 or None."""

    inclusion: float | None
    relevance: float | None
    coverage: float | None


def sufficiency(x: Sequence[float], y: Sequence[float]) -> Fit:
    """Return inclS = sum m / sum X, covS = sum m / sum Y, and PRI.

    PRI is (sum m - sum q) / (sum X - sum q).
    """
    both = sum(map(min, x, y))
    doubtful = sum(min(a, b, 1 - b) for a, b in zip(x, y, strict=True))
    total = sum(x)
    return Fit(_ratio(both, total), _ratio(both - doubtful, total - doubtful), _ratio(both, sum(y)))


def necessity(x: Sequence[float], y: Sequence[float]) -> Necessity:
    """Return inclN = sum m / sum Y, RoN = sum (1 - X) / sum (1 - m), covN = sum m / sum X."""
    shared = list(map(min, x, y))
    both = sum(shared)
    return Necessity(
        _ratio(both, sum(y)),
        _ratio(sum(1 - a for a in x), sum(1 - m for m in shared)),
        _ratio(both, sum(x)),
    )


def in_term(term: Conjunction, data: Memberships) -> list[float]:
    """Return the membership of each case in a term: the least of those in its conditions."""
    parts = list(literals(term, len(data.conditions)))
    return [
        min((_literal(case.conditions[number], present) for number, present in parts), default=1.0)
        for case in data.cases
    ]


def in_any(columns: Iterable[Sequence[float]], data: Memberships) -> list[float]:
    """Return the membership of each case in a sum of terms: the greatest; 0 where there is none."""
    rows = list(columns)
    return [max((row[place] for row in rows), default=0.0) for place in range(len(data.cases))]


def _literal(membership: float, present: bool) -> float:  # noqa: FBT001 - a value, not a switch
    return membership if present else 1 - membership


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > _NOTHING else None


_NOTHING = 1e-12
"""A sum of memberships below this is 0 but for rounding."""
