"""Findings: which families of terms occur with an outcome, and which without it.

A finding is named in the settings: terms of one facet are the outcome, the families of other facets
the conditions. A case that names a term of a family has the condition; one that names other terms
of that facet has it not. So "not" means "not named", and whoever prints it says so. A case that
says nothing of a facet, or of the outcome, is left out by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.qca.memberships import Memberships, memberships
from generator.analysis.successes import success_facet, successes
from generator.base.site import FindingSetting
from generator.library.library import Library
from generator.model.record import Facet, Model


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: the term of a facet that gathers what cases name."""

    facet: Facet
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is compared: an outcome, the conditions in their order, and the memberships of cases.

    The cases of `data` are in the order of titles. `silent` are the
    cases that are left out because they say nothing of some conditions, `untold` those of which
    nobody knows the outcome.
    """

    facet: Facet
    terms: tuple[str, ...]
    conditions: tuple[Condition, ...]
    data: Memberships
    silent: tuple[str, ...]
    untold: tuple[str, ...]

    @property
    def with_outcome(self) -> tuple[str, ...]:
        """The cases that have the outcome."""
        return tuple(case.name for case in self.data.cases if case.has_outcome)

    @property
    def without_outcome(self) -> tuple[str, ...]:
        """The compared cases that have it not."""
        return tuple(case.name for case in self.data.cases if not case.has_outcome)

    def named(self, number: int) -> frozenset[str]:
        """Return the compared cases that have the condition of a number."""
        return frozenset(case.name for case in self.data.cases if case.conditions[number])


def conditions_of(model: Model, facets: Iterable[str]) -> tuple[Condition, ...]:
    """Return the families of some facets; of one without families, its terms."""
    conditions: list[Condition] = []
    for name in facets:
        facet = model.facets[name]
        conditions += [Condition(facet, top) for top in model.vocabulary_of(facet).tops]
    return tuple(conditions)


def condition_names(conditions: tuple[Condition, ...]) -> list[str]:
    """Return a name for each condition: its term, and its facet before it where two have that."""
    twice = {term for term, count in Counter(each.term for each in conditions).items() if count > 1}
    return [
        f"{each.facet.name}:{each.term}" if each.term in twice else each.term for each in conditions
    ]


def finding(library: Library, setting: FindingSetting) -> Finding:
    """Return what a setting compares; its facets and terms are those of the model."""
    facet = library.model.facets[setting.facet]
    conditions = conditions_of(library.model, setting.conditions)
    reached, known = _outcome(library, facet, setting.terms)
    naming = [set(library.cases_naming(c.facet.name, c.term)) for c in conditions]
    answering = {
        name: set().union(
            *(cases for c, cases in zip(conditions, naming, strict=True) if c.facet.name == name)
        )
        for name in setting.conditions
    }
    rows: list[tuple[str, list[float | None], float | None]] = []
    silent, untold = [], []
    for case in library.counted:
        values: list[float | None] = [
            float(case in cases) if case in answering[c.facet.name] else None
            for c, cases in zip(conditions, naming, strict=True)
        ]
        if case not in known:
            untold.append(case)
        elif None in values:
            silent.append(case)
        rows.append((case, values, float(case in reached) if case in known else None))
    return Finding(
        facet=facet,
        terms=setting.terms,
        conditions=conditions,
        data=memberships(
            f"{setting.facet}={','.join(setting.terms)}", condition_names(conditions), rows
        ),
        silent=tuple(silent),
        untold=tuple(untold),
    )


def _outcome(library: Library, facet: Facet, terms: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Return the cases that have the outcome, and those of which it is known.

    Where the model tells what a success is, the outcome of that facet has to be reached; a case in
    which it may still be reached, or nobody knows, is of neither kind.
    """
    naming = {t: set(library.cases_naming(facet.name, t)) for t in library.used_terms(facet.name)}
    answered = set().union(*naming.values())
    wanted = set().union(*(naming.get(term, set()) for term in terms))
    own = success_facet(library)
    if own is None or own.name != facet.name:
        return wanted, answered
    by_term = {each.term: each for each in successes(library).terms}
    results = [by_term[term] for term in terms if term in by_term]
    reached = {case for each in results for case in each.reached}
    undecided = {case for each in results for case in each.undecided} - reached
    return reached, answered - undecided
