"""The three solutions of a truth table, each with all its minimal models and their fit.

- conservative: nothing is assumed of configurations that no case belongs to (remainders);
- parsimonious: remainders may count as positive where that makes the formula shorter;
- intermediate: only those remainders that are easy counterfactuals (Ragin 2008). A remainder is
  one if a positive row becomes it when conditions change to what they are expected to be, and a
  term of the parsimonious model covers both. Each parsimonious model has its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.analysis.qca.covers import Covers, Model, minimal_covers
from generator.analysis.qca.implicants import prime_implicants
from generator.analysis.qca.literals import Conjunction, condition_bit
from generator.analysis.qca.truth_table import TruthTable

MOST_MODELS_SIMPLIFIED = 50
"""Where there are more parsimonious models, the intermediate solution looks at these first ones."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """All minimal models of the three solutions."""

    conservative: Covers
    parsimonious: Covers
    intermediate: Covers


def solutions(table: TruthTable, expected: Mapping[int, bool]) -> Solutions:
    """Return the three solutions of a truth table.

    `expected` says by the number of a condition whether the outcome is expected with it, or with
    its absence; of a condition that is not there nothing is expected.
    """
    parsimonious = parsimonious_covers(table)
    return Solutions(
        conservative=_covers(table, ()),
        parsimonious=parsimonious,
        intermediate=_intermediate(table, parsimonious, expected),
    )


def parsimonious_covers(table: TruthTable) -> Covers:
    """Return all minimal models if every remainder may be used."""
    return _covers(table, _remainders(table))


def remainders_used(model: Iterable[Conjunction], table: TruthTable) -> list[int]:
    """Return the row numbers of the remainders that a model covers."""
    terms = list(model)
    return [c + 1 for c in _remainders(table) if any(term.covers(c) for term in terms)]


def _remainders(table: TruthTable) -> list[int]:
    observed = table.observed
    return [c for c in range(1 << table.conditions) if c not in observed]


def _covers(table: TruthTable, free: Collection[int]) -> Covers:
    positive = table.positive
    return minimal_covers(prime_implicants(positive, free, table.conditions), positive)


def _intermediate(table: TruthTable, parsimonious: Covers, expected: Mapping[int, bool]) -> Covers:
    models: dict[Model, None] = {}
    shared: list[set[Conjunction]] = []
    considered = parsimonious.models[:MOST_MODELS_SIMPLIFIED]
    truncated = parsimonious.truncated or len(parsimonious.models) > len(considered)
    for model in considered:
        covers = _covers(table, easy_counterfactuals(model, table, expected))
        models |= dict.fromkeys(covers.models)
        shared.append(set(covers.shared))
        truncated = truncated or covers.truncated
    common = set.intersection(*shared) if shared else set()
    order = [term for model in models for term in model if term in common]
    return Covers(tuple(models), tuple(dict.fromkeys(order)), truncated)


def easy_counterfactuals(
    model: Sequence[Conjunction], table: TruthTable, expected: Mapping[int, bool]
) -> list[int]:
    """Return the remainders that a model may use if the outcome is where it is expected."""
    toward = _expected_bits(expected, table.conditions)
    return [
        remainder
        for remainder in _remainders(table)
        if any(
            term.covers(remainder) and term.covers(row) and _is_easy(row, remainder, *toward)
            for term in model
            for row in table.positive
        )
    ]


def _expected_bits(expected: Mapping[int, bool], conditions: int) -> tuple[int, int]:
    """Return the bits of the conditions that are expected present, and of those absent."""
    bits = {True: 0, False: 0}
    for number, present in expected.items():
        bits[present] |= condition_bit(number, conditions)
    return bits[True], bits[False]


def _is_easy(row: int, remainder: int, present: int, absent: int) -> bool:
    """Return whether a row becomes a remainder by changes to what is expected alone."""
    came, went = remainder & ~row, row & ~remainder
    return not (came & ~present or went & ~absent)
