"""Owns which cases stand beside a case, and the reason that is given for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.library import Library
from generator.model.record import Facet
from generator.model.value import first, listed
from generator.tally import distinct

MOST = 5
"""The most related cases that a page names."""

CANDIDATES = 60
"""The most cases that a shared term may bring in; a commoner term tells too little."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another case: `relation` is its author's word for how they belong together, or empty;
    `shared` are the rarest terms that both name."""

    case: str
    relation: str
    shared: tuple[tuple[Facet, str], ...]


def related(library: Library) -> dict[str, tuple[Related, ...]]:
    """Return the related cases of every case: those its author named, then those that share rare terms."""
    terms, named = _terms(library), _named(library)
    return {id_: _of(library, id_, terms, named.get(id_, {})) for id_ in library.cases}


_Terms = dict[str, list[tuple[int, str, str]]]


def _terms(library: Library) -> _Terms:
    """Return for each case its terms as (number of cases, facet, term), rarest first."""
    found: _Terms = defaultdict(list)
    for facet in library.model.facets.values():
        if facet.name == library.model.type_field:
            continue
        for term, mentions in library.index[facet.name].items():
            cases = distinct(mentions)
            for case in cases:
                found[case].append((len(cases), facet.name, term))
    return {case: sorted(terms) for case, terms in found.items()}


def _of(library: Library, id_: str, terms: _Terms, named: dict[str, str]) -> tuple[Related, ...]:
    shared: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for count, facet, term in terms.get(id_, ()):
        if 1 < count <= CANDIDATES:
            for other in distinct(library.index[facet][term]):
                if other != id_:
                    shared[other].append((count, facet, term))
    ranked = sorted(
        shared, key=lambda other: (-sum(1 / (n - 1) for n, _, _ in shared[other]), other)
    )
    chosen = [*named, *(other for other in ranked if other not in named)][:MOST]
    return tuple(
        Related(
            other,
            named.get(other, ""),
            tuple(
                (library.model.facets[f], t) for _, f, t in _telling(shared.get(other, []), library)
            ),
        )
        for other in chosen
    )


def _telling(shared: list[tuple[int, str, str]], library: Library) -> list[tuple[int, str, str]]:
    """Return the three rarest shared terms, a group left out where a narrower term says more."""
    names = {(facet, term) for _, facet, term in shared}
    above = {
        (facet, up)
        for facet, term in names
        for up in library.model.vocabulary_of(library.model.facets[facet]).ancestors(term)
    }
    return [item for item in sorted(shared) if (item[1], item[2]) not in above][:3]


def _named(library: Library) -> dict[str, dict[str, str]]:
    """Return for each case those that it names as related, or that name it, with the relation."""
    field = library.model.role("related")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for id_, case in library.cases.items() if field else ():
        for entry in listed(case.values.get(field.name)) if field else ():
            target = first(entry, (field.key,)) if isinstance(entry, dict) and field else ""
            if target in library.cases and isinstance(entry, dict):
                relation = first(entry, ("relation",))
                found[id_][target] = relation
                found[target].setdefault(id_, relation)
    return found
