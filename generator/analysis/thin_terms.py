"""Thin terms: those that few counted cases name, and what none of these cases tells."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.substance import FEW
from generator.library.library import LONG, Library
from generator.model.record import Facet


@dataclass(frozen=True, slots=True)
class ThinTerm:
    """A term in few cases: how many, and the facets of which none of them names a term."""

    term: str
    number: int
    untold: tuple[str, ...]


def thin_terms(library: Library, facet: str) -> tuple[ThinTerm, ...]:
    """Return the terms of a facet that some but few counted cases name, the fewest first.

    Groups are left out, and so are all terms of a long or open vocabulary.
    """
    vocabulary = library.model.vocabulary_of(library.model.facets[facet])
    if vocabulary.open or len(vocabulary.terms) > LONG:
        return ()
    asked = [each.name for each in _telling_facets(library) if each.name != facet]
    thin = []
    for id_ in vocabulary.fine:
        if 0 < library.count(facet, id_) < FEW:
            cases = library.cases_naming(facet, id_)
            named = {name for case in cases for name, ids in library.terms(case).items() if ids}
            untold = tuple(name for name in asked if name not in named)
            thin.append(ThinTerm(id_, len(cases), untold))
    return tuple(sorted(thin, key=lambda each: each.number))


def _telling_facets(library: Library) -> list[Facet]:
    """Return what a reader asks of cases: their lessons, and what the model says of responses."""
    across = library.model.across
    fields = {*across.lessons, *([across.responses.of] if across.responses else [])}
    return [facet for facet in library.model.facets.values() if facet.owner in fields]
