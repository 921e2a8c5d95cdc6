"""Owns the list of all cases, with every facet as links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import address
from generator.pages.page import Making, Page
from generator.pages.rows import summary


def case_list(making: Making) -> Iterator[Page]:
    """Yield the list of all cases, those that are counted first."""
    library = making.library
    plural = library.model.plural
    yield Page(
        path=address.cases(library),
        title=plural[:1].upper() + plural[1:],
        template="cases.html",
        description=f"All {plural} of {making.site.name}.",
        context=partial(_values, making),
    )


def _values(making: Making) -> dict[str, Any]:
    library = making.library
    begin = [library.model.facets[name] for name in making.site.begin]
    others = [facet for facet in library.model.facets.values() if facet not in begin]
    # Those that no case uses come last, so that their pages can still be found.
    facets = sorted((*begin, *others), key=lambda facet: not library.index[facet.name])
    return {
        "cards": [making.cards[id_] for id_ in library.counted],
        "examples": [making.cards[id_] for id_ in library.examples],
        "facets": [summary(making, facet) for facet in facets],
    }
