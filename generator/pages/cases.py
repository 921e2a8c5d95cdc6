"""The list of all cases, with every facet as links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.library import address
from generator.pages.amounts import amount_views
from generator.pages.card import card
from generator.pages.navigation import menu_label
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ListPart, paginate
from generator.pages.pieces import records_title
from generator.pages.term_rows import facet_summary


def case_list_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the pages of the list of all cases, those that are counted first."""
    library = ctx.library
    page = Page(
        path=address.cases(library),
        title=menu_label(ctx, address.cases(library), records_title(library.model)),
        template="cases.html",
        description=library.locale.gettext(
            "All %(records)s of %(site)s.", records=library.model.plural, site=ctx.site.name
        ),
        context=deferred_view(_case_list_view, ctx),
    )
    total = library.number_counted + len(library.examples)
    yield from paginate(page, total)


def _case_list_view(ctx: SiteContext, part: ListPart) -> dict[str, Any]:
    library = ctx.library
    examples = frozenset(library.examples)
    ids = library.listed(str(part.number))
    listed = {
        "part": part,
        "cards": [card(library, id_) for id_ in ids if id_ not in examples],
        "examples": [card(library, id_) for id_ in ids if id_ in examples],
        "examples_total": len(examples),
    }
    if part.number > 1:
        return listed
    first = [library.model.facets[name] for name in ctx.site.begin]
    others = [facet for facet in library.model.facets.values() if facet not in first]
    # Facets that no case uses come last, so that their pages can still be reached.
    facets = sorted((*first, *others), key=lambda facet: not library.used_terms(facet.name))
    return listed | {
        "amounts": amount_views(library),
        "examples_to": f"{part.path_of(library.number_counted)}#examples",
        "facets": [facet_summary(ctx, facet) for facet in facets],
    }
