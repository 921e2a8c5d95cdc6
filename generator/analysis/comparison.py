"""Whether there is something to compare: two facets that cases name."""

from __future__ import annotations

from generator.base.site import Site
from generator.library.library import Library
from generator.model.record import Facet


def comparable_facets(library: Library) -> list[Facet]:
    """Return the facets that a reader can compare: those that some case names."""
    return [f for f in library.model.facets.values() if library.used_terms(f.name)]


def has_comparison(site: Site, library: Library) -> bool:
    """Return whether there is a page to compare facets on.

    The script needs two facets that cases name, and pages of our own.
    """
    return bool(site.matrices) or (site.plain and len(comparable_facets(library)) > 1)
