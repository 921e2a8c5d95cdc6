"""Situations: the combinations of three facets' terms that counted cases show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Facet


@dataclass(frozen=True, slots=True)
class Situation:
    """A term of each facet, and the counted cases that name all of them, anywhere in the record."""

    terms: tuple[str, ...]
    cases: tuple[str, ...]


def situation_facets(library: Library) -> tuple[Facet, ...]:
    """Return the facets that make a situation, none if the model declares none."""
    return tuple(library.model.facets[name] for name in library.model.across.situations)


@question
def situations(library: Library) -> tuple[Situation, ...]:
    """Return the combinations that some counted case shows, in the order of the vocabularies."""
    axes = situation_facets(library)
    tops = [library.model.vocabulary_of(facet).tops for facet in axes]
    orders = [{id_: n for n, id_ in enumerate(top)} for top in tops]
    chosen: dict[str, list[list[str]]] = {}
    for number, (facet, top) in enumerate(zip(axes, tops, strict=True)):
        for id_ in top:
            for case in library.cases_naming(facet.name, id_):
                chosen.setdefault(case, [[] for _ in axes])[number].append(id_)
    cases_of: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for case in library.counted if axes else ():
        for combination in product(*chosen.get(case, ((),))):
            cases_of[combination].append(case)
    ranked = sorted(
        cases_of, key=lambda terms: [o[id_] for o, id_ in zip(orders, terms, strict=True)]
    )
    return tuple(Situation(terms, tuple(cases_of[terms])) for terms in ranked)


def possible_situations(library: Library) -> int:
    """Return the number of all combinations, shown by a case or not."""
    facets = situation_facets(library)
    return prod(len(library.model.vocabulary_of(facet).tops) for facet in facets)


def neighbours(
    situations: tuple[Situation, ...],
) -> dict[Situation, tuple[tuple[Situation, ...], ...]]:
    """Return for each situation, facet by facet, those that differ in that facet alone."""
    alike: dict[tuple[int, tuple[str, ...]], list[Situation]] = defaultdict(list)
    for situation in sorted(situations, key=lambda situation: -len(situation.cases)):
        for position, rest in _without_each(situation):
            alike[position, rest].append(situation)
    return {
        situation: tuple(
            tuple(other for other in alike[position, rest] if other is not situation)
            for position, rest in _without_each(situation)
        )
        for situation in situations
    }


def _without_each(situation: Situation) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each position with the terms at all other positions."""
    terms = situation.terms
    for position in range(len(terms)):
        yield position, (*terms[:position], *terms[position + 1 :])
