"""The truth table: the configurations that cases belong to, and whether each has the outcome."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from generator.analysis.qca.literals import Conjunction
from generator.analysis.qca.measures import Fit, in_term, sufficiency
from generator.analysis.qca.memberships import CaseMembership, Memberships

SLACK = 1e-9
"""A consistency that is less than the cut by no more than this reaches it: sums are rounded."""


class RowOutcome(Enum):
    """What a row says of the outcome: it is absent, present, or its cases disagree."""

    ABSENT = 0
    PRESENT = 1
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTableRow:
    """A configuration that some case belongs to.

    `number` is 1 + the configuration; `inclusion` and `pri` are those of the row for the outcome,
    over all cases.
    """

    configuration: int
    cases: tuple[CaseMembership, ...]
    inclusion: float | None
    pri: float | None
    outcome: RowOutcome

    @property
    def number(self) -> int:
        """The number of the row, counted from 1."""
        return self.configuration + 1


@dataclass(frozen=True, slots=True)
class TruthTable:
    """The rows that were observed, in the order of their numbers, over so many conditions."""

    conditions: int
    rows: tuple[TruthTableRow, ...]

    @property
    def positive(self) -> frozenset[int]:
        """The configurations of the rows that have the outcome."""
        return self._with(RowOutcome.PRESENT)

    @property
    def observed(self) -> frozenset[int]:
        """All configurations that cases belong to."""
        return frozenset(row.configuration for row in self.rows)

    @property
    def contradictions(self) -> tuple[TruthTableRow, ...]:
        """The rows of which the cases disagree."""
        return tuple(row for row in self.rows if row.outcome is RowOutcome.CONTRADICTION)

    def _with(self, outcome: RowOutcome) -> frozenset[int]:
        return frozenset(row.configuration for row in self.rows if row.outcome is outcome)


def truth_table(data: Memberships, cut: float) -> TruthTable:
    """Return the truth table: a row has the outcome where its consistency reaches the cut.

    Where it does not, and all memberships are 0 or 1, cases of one row that disagree make it a
    contradiction. Such a row is neither positive nor a remainder.
    """
    by_configuration: dict[int, list[CaseMembership]] = defaultdict(list)
    for case in data.cases:
        if case.configuration is not None:
            by_configuration[case.configuration].append(case)
    crisp = data.is_crisp
    rows = (
        _row(configuration, tuple(cases), data, cut=cut, crisp=crisp)
        for configuration, cases in sorted(by_configuration.items())
    )
    return TruthTable(len(data.conditions), tuple(rows))


def _row(
    configuration: int,
    cases: tuple[CaseMembership, ...],
    data: Memberships,
    *,
    cut: float,
    crisp: bool,
) -> TruthTableRow:
    fit = _row_fit(configuration, cases, data, crisp=crisp)
    outcome = RowOutcome.ABSENT
    if fit.inclusion is not None and fit.inclusion >= cut - SLACK:
        outcome = RowOutcome.PRESENT
    elif crisp and len({case.outcome for case in cases}) > 1:
        outcome = RowOutcome.CONTRADICTION
    return TruthTableRow(
        configuration=configuration,
        cases=cases,
        inclusion=fit.inclusion,
        pri=fit.pri,
        outcome=outcome,
    )


def _row_fit(
    configuration: int, cases: tuple[CaseMembership, ...], data: Memberships, *, crisp: bool
) -> Fit:
    """Return the fit of a row over all cases; of crisp sets no others than its own are in it."""
    if crisp:
        return sufficiency([1.0] * len(cases), [case.outcome for case in cases])
    every = (1 << len(data.conditions)) - 1
    return sufficiency(in_term(Conjunction(every, configuration), data), data.outcomes)
