"""What the work takes: the time of each phase, by how much of it; each number a distinct case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.library.collection import AnswerCounts, Claim
from generator.library.library import Library
from generator.model.across import Effort
from generator.model.value import UNKNOWN, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """A phase: how many counted cases give each amount of time for it, in the order of the terms.

    `unknown` are those that name the phase and no amount; `silent` those that do not name it.
    """

    term: str
    amounts: Mapping[str, int]
    unknown: int
    silent: int


def time_by_phase(library: Library, rule: Effort) -> tuple[PhaseTime, ...]:
    """Return every phase of the vocabulary in its order, those that nobody names too."""
    field = library.model.fields[rule.time]
    by_phase: dict[str, list[Claim]] = defaultdict(list)
    for claim in library.claims_of_all(rule.time):
        by_phase[claim.term].append(claim)
    phases = library.model.vocabularies[field.fields[field.key].vocabulary]
    amounts = library.model.vocabularies[field.fields[rule.amount].vocabulary]
    return tuple(
        _phase(library, rule, term, tuple(amounts.terms), by_phase[term])
        for term in phases.terms
        if term not in phases.broad
    )


def _phase(
    library: Library, rule: Effort, term: str, amounts: tuple[str, ...], claims: list[Claim]
) -> PhaseTime:
    cases: dict[str, set[str]] = {amount: set() for amount in amounts}
    naming = {claim.case for claim in claims}
    for claim in claims:
        for text in texts(claim.values, (rule.amount,)):
            if text in cases:
                cases[text].add(claim.case)
    known = {case for ids in cases.values() for case in ids}
    return PhaseTime(
        term=term,
        amounts={amount: len(ids) for amount, ids in cases.items()},
        unknown=len(naming - known),
        silent=library.number_counted - len(naming),
    )


def time_counts(library: Library, rule: Effort) -> AnswerCounts:
    """Return how many counted cases tell an amount of time, say that it is unknown, say nothing."""
    known = {
        claim.case
        for claim in library.claims_of_all(rule.time)
        if any(text != UNKNOWN for text in texts(claim.values, (rule.amount,)))
    }
    filled = {id_ for id_, value in library.values_of_all(rule.time) if value is not None}
    return AnswerCounts(len(known), len(filled - known), library.number_counted - len(filled))
