"""Successes: the cases in which a thing came about, told apart from those where it is not known.

What a success is, the model says for the map of evidence: a term of one field of an entry, such as
*achieved in full*. It counts for the terms that stand in the same entry, such as *policy*.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.analysis.lessons import lesson_facets
from generator.library.collection import Claim
from generator.library.library import Library
from generator.library.questions import question
from generator.model.across import EvidenceMap
from generator.model.record import Facet
from generator.model.value import UNKNOWN, texts

_REACHED, _OPEN, _MISSED = range(3)


@dataclass(frozen=True, slots=True)
class Success:
    """A term, and the counted cases that name it: each in one of three, in the order of titles.

    `reached` have an entry that names the term and tells of success; of the others, `undecided`
    have one that does not tell yet, and `missed` are the rest.
    """

    term: str
    reached: tuple[str, ...]
    undecided: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Successes:
    """The terms that some case reached, and the counted cases that tell of something not reached.

    `terms` are in the order of the vocabulary. `failures` are in the order of titles, each with the
    numbers of the entries that tell so; such a case may have reached something else.
    """

    terms: tuple[Success, ...]
    failures: tuple[tuple[str, tuple[int, ...]], ...]


def success_facet(library: Library) -> Facet | None:
    """Return the facet whose terms can be reached; None where the model does not tell success."""
    declared = library.model.across.evidence_map
    return library.model.facets[declared.columns] if declared and declared.success else None


def success_lessons(library: Library) -> list[Facet]:
    """Return the facets of the lists that teach, but for successes themselves."""
    own = success_facet(library)
    return [f for f in lesson_facets(library) if own is None or f.owner != own.owner]


def has_successes(library: Library) -> bool:
    """Return whether the model tells what a success is, and there is something to say of it."""
    return bool(success_facet(library) and success_lessons(library) and library.counted)


@question
def successes(library: Library) -> Successes:
    """Return what was reached and what was not, of which cases."""
    declared, facet = library.model.across.evidence_map, success_facet(library)
    if declared is None or facet is None:
        return Successes((), ())
    failures: dict[str, list[int]] = defaultdict(list)
    best: dict[str, dict[str, int]] = defaultdict(dict)
    for claim in library.claims_of_all(facet.owner):
        result = _result(claim, declared)
        if result == _MISSED:
            failures[claim.case].append(claim.index)
        for term in texts(claim.values, facet.path[1:]):
            cases = best[term]
            cases[claim.case] = min(result, cases.get(claim.case, _MISSED))
    every = []
    for term in library.model.vocabulary_of(facet).fine:
        by_result: tuple[list[str], ...] = ([], [], [])
        for case, result in best.get(term, {}).items():
            by_result[result].append(case)
        if by_result[_REACHED]:
            every.append(Success(term, *map(tuple, by_result)))
    missed = tuple((case, tuple(numbers)) for case, numbers in failures.items())
    return Successes(tuple(every), missed)


def _result(claim: Claim, rule: EvidenceMap) -> int:
    """Return what an entry tells; one that tells nothing known is open."""
    result = _OPEN
    for name, good in rule.success.items():
        for word in texts(claim.values, (name,)):
            if word in good:
                return _REACHED
            if word not in (UNKNOWN, *rule.undecided.get(name, ())):
                result = _MISSED
    return result
