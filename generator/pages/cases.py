"""Owns the list of all cases, with every facet as links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.library import address
from generator.pages.long import Part, divided
from generator.pages.page import Making, Page
from generator.pages.rows import summary


def case_list(making: Making) -> Iterator[Page]:
    """Yield the list of all cases, those that are counted first."""
    library = making.library
    plural = library.model.plural
    page = Page(
        path=address.cases(library),
        title=plural[:1].upper() + plural[1:],
        template="cases.html",
        description=f"All {plural} of {making.site.name}.",
        context=dict,
    )
    total = len(library.counted) + len(library.examples)
    yield from divided(library, page, total, partial(_values, making))


def _values(making: Making, part: Part) -> dict[str, Any]:
    library = making.library
    ids = part.of((*library.counted, *library.examples))
    listed = {
        "part": part,
        "cards": [making.cards[id_] for id_ in ids if library.is_counted(id_)],
        "examples": [making.cards[id_] for id_ in ids if not library.is_counted(id_)],
        "examples_total": len(library.examples),
    }
    if part.number > 1:
        return listed
    begin = [library.model.facets[name] for name in making.site.begin]
    others = [facet for facet in library.model.facets.values() if facet not in begin]
    # Those that no case uses come last, so that their pages can still be found.
    facets = sorted((*begin, *others), key=lambda facet: not library.index[facet.name])
    return listed | {
        "counted": len(library.counted),
        "examples_to": f"{part.where(len(library.counted))}#examples",
        "facets": [summary(making, facet) for facet in facets],
    }
