"""The redirects: a page at each address that a case or a term had before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.base.names import reason_no_page_name, slug
from generator.model.record import Facet
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, case_piece, term_piece


def redirect_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield a page for each former id of a case or a term, unless another page stands there."""
    library = ctx.library
    for former_id, id_ in library.current_ids.items():
        path = f"{library.model.folder}/{former_id}.html"
        yield _redirect(ctx, path, case_piece(library, id_))
    for facet in library.model.facets.values():
        yield from _term_redirects(ctx, facet)


def _term_redirects(ctx: SiteContext, facet: Facet) -> Iterator[Page]:
    library = ctx.library
    terms = library.model.vocabulary_of(facet).terms
    taken = set(map(library.term_address, terms))
    for term in terms.values():
        for name in map(slug, term.former_ids):
            if name not in taken and not reason_no_page_name(name):
                taken.add(name)
                target = term_piece(library, facet, term.id)
                yield _redirect(ctx, f"{facet.address}/{name}.html", target)


def _redirect(ctx: SiteContext, path: str, target: Piece) -> Page:
    return Page(
        path=path,
        title=target.text,
        template="moved.html",
        context=deferred_view(_redirect_view, ctx, target),
        listed=False,
    )


def _redirect_view(_ctx: SiteContext, target: Piece) -> dict[str, Any]:
    return {"target": target}
