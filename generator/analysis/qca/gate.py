"""The gate: whether a formula may be shown, why not, and three numbers beside it if it may.

The numbers are this project's own guards, not of the literature; whoever shows them says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb

from generator.analysis.qca.covers import Covers, Model
from generator.analysis.qca.memberships import Memberships
from generator.analysis.qca.solutions import parsimonious_covers
from generator.analysis.qca.truth_table import TruthTable, TruthTableRow, truth_table

FEWEST_CASES = 6
SPARE_CASES = 2
"""There must be so many cases, and so many more of them than conditions."""


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """For how many cases the tied parsimonious models stay when it is left out, and the others."""

    stable: int
    of: int
    changed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Reasons to show no formula, by their codes in a fixed order, and the three numbers.

    The codes are those of `REASONS`. `clean_by_chance` is the probability that so many cases over
    so many conditions have no contradiction if outcomes are coin flips. `clean_given_rows` counts
    the ways to deal the outcomes to these rows that leave every row clean, and all ways.
    `leave_one_out` is None where the models are more than can be listed.
    """

    reasons: tuple[str, ...]
    contradictions: tuple[TruthTableRow, ...]
    clean_by_chance: float
    clean_given_rows: tuple[int, int]
    leave_one_out: LeaveOneOut | None

    @property
    def formula(self) -> bool:
        """Whether a reader may be shown a formula."""
        return not self.reasons


ALL_WITH, NONE_WITH = "all-with-outcome", "none-with-outcome"
CONTRADICTION, NO_ROW = "contradiction", "no-positive-row"
TRUNCATED, NOTHING_SHARED = "truncated", "ties-share-nothing"
TOO_FEW, TOO_MANY_CONDITIONS = "too-few-cases", "too-many-conditions"
REASONS = (
    NONE_WITH,
    ALL_WITH,
    CONTRADICTION,
    NO_ROW,
    TRUNCATED,
    NOTHING_SHARED,
    TOO_FEW,
    TOO_MANY_CONDITIONS,
)
"""Why a formula is not shown; each has a sentence in `words`."""


def reasons_of_table(data: Memberships, table: TruthTable) -> tuple[str, ...]:
    """Return the reasons that the cases give before any formula is looked for."""
    number, conditions = len(data.cases), len(data.conditions)
    holds = {
        NONE_WITH: data.positives == 0,
        ALL_WITH: data.positives == number > 0,
        CONTRADICTION: bool(table.contradictions),
        NO_ROW: bool(data.positives) and not table.positive,
        TOO_FEW: number < FEWEST_CASES,
        TOO_MANY_CONDITIONS: number < conditions + SPARE_CASES,
    }
    return tuple(reason for reason in REASONS if holds.get(reason))


def gate(data: Memberships, table: TruthTable, parsimonious: Covers, cut: float) -> Gate:
    """Return whether the formula of a truth table may be shown."""
    number, conditions = len(data.cases), len(data.conditions)
    ties = {
        TRUNCATED: parsimonious.truncated,
        NOTHING_SHARED: len(parsimonious.models) > 1 and not parsimonious.shared,
    }
    holds = {*reasons_of_table(data, table), *(reason for reason in ties if ties[reason])}
    return Gate(
        reasons=tuple(reason for reason in REASONS if reason in holds),
        contradictions=table.contradictions,
        clean_by_chance=clean_by_chance(number, conditions),
        clean_given_rows=clean_given_rows([len(row.cases) for row in table.rows], data.positives),
        leave_one_out=leave_one_out(data, table, parsimonious, cut),
    )


def clean_by_chance(cases: int, conditions: int) -> float:
    """Return the probability that a table has no contradiction if outcomes are coin flips.

    It is E[2^(d - N)], d being the number of different rows when N cases fall on 2^k rows, each as
    likely: where d rows are taken, each row agrees with its first case.
    """
    rows = 1 << conditions
    taken = [1.0]  # taken[d]: the probability of d different rows, times 2^(d - cases so far)
    for _ in range(cases):
        longer = [0.0] * min(len(taken) + 1, rows + 1)
        for different, chance in enumerate(taken):
            longer[different] += chance * different / rows / 2
            if different < rows:
                longer[different + 1] += chance * (rows - different) / rows
        taken = longer
    return sum(taken)


def clean_given_rows(sizes: list[int], positives: int) -> tuple[int, int]:
    """Return in how many deals of the outcomes to rows of these sizes each row agrees, of how many.

    The number of cases with the outcome stays. A row agrees if all its cases have the outcome or
    none, so the deals are the choices of rows whose sizes add up to that number.
    """
    ways = Counter({0: 1})
    for size in sizes:
        ways += Counter({total + size: count for total, count in ways.items()})
    return ways[positives], comb(sum(sizes), positives)


def leave_one_out(
    data: Memberships, table: TruthTable, parsimonious: Covers, cut: float
) -> LeaveOneOut | None:
    """Return for how many cases the set of tied parsimonious models is the same without it.

    Two tables with the same positive and the same observed rows have the same models, so most
    cases need no analysis of their own.
    """
    if parsimonious.truncated:
        return None
    known: dict[tuple[frozenset[int], frozenset[int]], frozenset[Model] | None] = {
        (table.positive, table.observed): frozenset(parsimonious.models)
    }
    changed_by = []
    for case in data.cases:
        smaller = truth_table(data.without(case), cut)
        key = (smaller.positive, smaller.observed)
        if key not in known:
            covers = parsimonious_covers(smaller)
            known[key] = None if covers.truncated else frozenset(covers.models)
        if known[key] != frozenset(parsimonious.models):
            changed_by.append(case.name)
    number = len(data.cases)
    return LeaveOneOut(number - len(changed_by), number, tuple(changed_by))
