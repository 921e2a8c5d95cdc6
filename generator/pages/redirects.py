"""Owns the pages at addresses that a case or a term had before: each leads to the present one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import reason_no_page_name, slug
from generator.library import address
from generator.model.record import Facet
from generator.pages.page import Page, SiteContext
from generator.pages.views import Piece


def redirect_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield a page for each former id of a case or a term, unless another page stands there."""
    library = ctx.library
    for old, new in library.moved.items():
        target = Piece(library.title(new), address.case(library, new))
        yield _moved(f"{library.model.folder}/{old}.html", target)
    for facet in library.model.facets.values():
        yield from _terms(ctx, facet)


def _terms(ctx: SiteContext, facet: Facet) -> Iterator[Page]:
    library = ctx.library
    taken = set(library.addresses[facet.vocabulary].values())
    for term in library.model.vocabulary_of(facet).terms.values():
        for old in map(slug, term.former_ids):
            if old not in taken and not reason_no_page_name(old):
                taken.add(old)
                target = Piece(term.label, address.term(library, facet, term.id))
                yield _moved(f"{facet.address}/{old}.html", target)


def _moved(path: str, target: Piece) -> Page:
    return Page(
        path=path,
        title=target.text,
        template="moved.html",
        context=lambda: {"target": target},
        listed=False,
    )
