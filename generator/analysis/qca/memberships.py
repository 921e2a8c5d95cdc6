"""What is analysed: the memberships of cases in conditions and in an outcome, each from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.analysis.qca.literals import configuration_of

PRESENT = 0.5
"""A case has an outcome, or shows a term, of which its membership is greater than this."""


@dataclass(frozen=True)
class CaseMembership:
    """A case: its name, its membership in each condition in order, and in the outcome."""

    name: str
    conditions: tuple[float, ...]
    outcome: float

    @cached_property
    def configuration(self) -> int | None:
        """The configuration that it belongs to; None where a membership is exactly 0.5."""
        return configuration_of(self.conditions)

    @property
    def has_outcome(self) -> bool:
        """Whether its membership in the outcome is above 0.5."""
        return self.outcome > PRESENT


@dataclass(frozen=True, kw_only=True)
class Memberships:
    """The cases of an analysis.

    `left_out` names the cases of which something is not known, or that belong to no row. `cases`
    are the others.
    """

    outcome: str
    conditions: tuple[str, ...]
    cases: tuple[CaseMembership, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_crisp(self) -> bool:
        """Whether each membership is 0 or 1."""
        return all(
            value in (0, 1) for case in self.cases for value in (*case.conditions, case.outcome)
        )

    @property
    def positives(self) -> int:
        """The number of cases that have the outcome."""
        return sum(case.has_outcome for case in self.cases)

    @property
    def outcomes(self) -> list[float]:
        """The memberships in the outcome, in the order of the cases."""
        return [case.outcome for case in self.cases]

    def without(self, case: CaseMembership) -> Memberships:
        """Return the same without one case."""
        return replace(self, cases=tuple(other for other in self.cases if other is not case))

    def negated(self) -> Memberships:
        """Return the same with the absence of the outcome for the outcome: 1 - Y."""
        cases = (replace(case, outcome=1 - case.outcome) for case in self.cases)
        return replace(self, outcome=f"~{self.outcome}", cases=tuple(cases))


def memberships(
    outcome: str,
    conditions: Sequence[str],
    known: Sequence[tuple[str, Sequence[float | None], float | None]],
) -> Memberships:
    """Return the cases that can be analysed, and the names of the others.

    `known` has a name, memberships in the conditions and in the outcome for each case; None is one
    that nobody knows. A case of which a membership in a condition is exactly 0.5 is left out too.
    """
    cases, left_out = [], []
    for name, values, result in known:
        case = _known_case(name, values, result)
        if case is None or case.configuration is None:
            left_out.append(name)
        else:
            cases.append(case)
    return Memberships(
        outcome=outcome,
        conditions=tuple(conditions),
        cases=tuple(cases),
        left_out=tuple(left_out),
    )


def _known_case(
    name: str, values: Sequence[float | None], outcome: float | None
) -> CaseMembership | None:
    certain = tuple(value for value in values if value is not None)
    if outcome is None or len(certain) != len(values):
        return None
    return CaseMembership(name, certain, outcome)
