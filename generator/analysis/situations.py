"""Owns situations: the combinations of three facets' terms that counted cases show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from generator.library.library import Library
from generator.model.record import Facet


@dataclass(frozen=True, slots=True)
class Situation:
    """A term of each facet, and the counted cases that name all of them, anywhere in the record."""

    terms: tuple[str, ...]
    cases: tuple[str, ...]


def facets(library: Library) -> tuple[Facet, ...]:
    """Return the facets that make a situation, none where the model declares none."""
    return tuple(library.model.facets[name] for name in library.model.across.situations)


def tops(library: Library, facet: Facet) -> tuple[str, ...]:
    """Return the terms that situations are made of: groups, and terms that stand in no group."""
    terms = library.model.vocabulary_of(facet).terms
    return tuple(id_ for id_, term in terms.items() if not term.broader)


def situations(library: Library) -> tuple[Situation, ...]:
    """Return the combinations that some counted case shows, in the order of the vocabularies."""
    made = facets(library)
    orders = [{id_: n for n, id_ in enumerate(tops(library, facet))} for facet in made]
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for case in library.counted if made else ():
        named = library.terms[case]
        chosen = [
            [id_ for id_ in named.get(facet.name, ()) if id_ in order]
            for facet, order in zip(made, orders, strict=True)
        ]
        for combination in product(*chosen):
            found[combination].append(case)
    ranked = sorted(found, key=lambda terms: [o[id_] for o, id_ in zip(orders, terms, strict=True)])
    return tuple(Situation(terms, tuple(found[terms])) for terms in ranked)


def possible(library: Library) -> int:
    """Return the number of all combinations, shown by a case or not."""
    return prod(len(tops(library, facet)) for facet in facets(library))


def neighbours(found: tuple[Situation, ...]) -> dict[Situation, tuple[tuple[Situation, ...], ...]]:
    """Return for each situation, facet by facet, those that differ in it alone."""
    alike: dict[tuple[int, tuple[str, ...]], list[Situation]] = defaultdict(list)
    for one in sorted(found, key=lambda one: -len(one.cases)):
        for place, rest in _others(one):
            alike[place, rest].append(one)
    return {
        one: tuple(
            tuple(other for other in alike[place, rest] if other is not one)
            for place, rest in _others(one)
        )
        for one in found
    }


def _others(one: Situation) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each place with the terms that stand in the others."""
    for place in range(len(one.terms)):
        yield place, (*one.terms[:place], *one.terms[place + 1 :])
