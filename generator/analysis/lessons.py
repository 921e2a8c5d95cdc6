"""Lessons: the facets whose terms are what entries claim, such as what helped."""

from __future__ import annotations

from generator.library.library import Library
from generator.model.record import Facet


def is_lesson(library: Library, facet: Facet) -> bool:
    """Return whether the terms of a facet are what entries claim: what helped, what was done."""
    owner = library.owner(facet)
    return owner.layout == "claims" and facet.path == (owner.name, owner.key)


def lesson_facets(library: Library) -> list[Facet]:
    """Return the facets of the lists that teach most, as the model names them; else all claims."""
    named = library.model.across.lessons
    every = [f for f in library.model.facets.values() if is_lesson(library, f)]
    return [f for f in every if f.owner in named] or every
