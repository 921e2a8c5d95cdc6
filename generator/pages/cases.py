"""Owns the list of all cases, with every facet as links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.library import address
from generator.pages.page import Page, SiteContext
from generator.pages.pagination import ListPart, divided
from generator.pages.term_rows import facet_summary


def case_list(ctx: SiteContext) -> Iterator[Page]:
    """Yield the list of all cases, those that are counted first."""
    library = ctx.library
    plural = library.model.plural
    page = Page(
        path=address.cases(library),
        title=plural[:1].upper() + plural[1:],
        template="cases.html",
        description=f"All {plural} of {ctx.site.name}.",
        context=dict,
    )
    total = len(library.counted) + len(library.examples)
    yield from divided(library, page, total, partial(_values, ctx))


def _values(ctx: SiteContext, part: ListPart) -> dict[str, Any]:
    library = ctx.library
    ids = part.of((*library.counted, *library.examples))
    listed = {
        "part": part,
        "cards": [ctx.cards[id_] for id_ in ids if library.is_counted(id_)],
        "examples": [ctx.cards[id_] for id_ in ids if not library.is_counted(id_)],
        "examples_total": len(library.examples),
    }
    if part.number > 1:
        return listed
    begin = [library.model.facets[name] for name in ctx.site.begin]
    others = [facet for facet in library.model.facets.values() if facet not in begin]
    # Those that no case uses come last, so that their pages can still be found.
    facets = sorted((*begin, *others), key=lambda facet: not library.index[facet.name])
    return listed | {
        "counted": len(library.counted),
        "examples_to": f"{part.where(len(library.counted))}#examples",
        "facets": [facet_summary(ctx, facet) for facet in facets],
    }
