"""Situations: combinations of three facets' terms that had a page each in an earlier edition."""

from __future__ import annotations

from itertools import product

from generator.library.library import Library


def situations(library: Library) -> tuple[tuple[str, ...], ...]:
    """Return the combinations that some counted case shows, in the order of the vocabularies."""
    facets = [library.model.facets[name] for name in library.model.across.situations]
    chosen: dict[str, list[list[str]]] = {}
    orders = []
    for number, facet in enumerate(facets):
        tops = library.model.vocabulary_of(facet).tops
        orders.append({id_: n for n, id_ in enumerate(tops)})
        for id_ in tops:
            for case in library.cases_naming(facet.name, id_):
                chosen.setdefault(case, [[] for _ in facets])[number].append(id_)
    combinations = {terms for lists in chosen.values() for terms in product(*lists)}
    return tuple(
        sorted(
            combinations, key=lambda terms: [o[id_] for o, id_ in zip(orders, terms, strict=True)]
        )
    )
