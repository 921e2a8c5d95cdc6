"""The redirects: a page at each address that a case, a facet or a term had before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.base.names import reason_no_page_name, slug
from generator.library import address
from generator.model.model_rules import RESERVED
from generator.model.record import Facet
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, case_piece, term_piece


def redirect_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield a page for each former address, unless another page stands there."""
    library = ctx.library
    for former_id, id_ in library.current_ids.items():
        path = f"{library.model.folder}/{former_id}.html"
        yield redirect(ctx, path, case_piece(library, id_))
    taken = RESERVED | {library.model.folder, *(f.address for f in library.model.facets.values())}
    for facet in library.model.facets.values():
        yield from _term_redirects(ctx, facet)
        for folder in dict.fromkeys(map(slug, facet.former_names)):
            if folder not in taken and not reason_no_page_name(folder):
                taken |= {folder}
                yield from _facet_redirects(ctx, facet, folder)


def _facet_redirects(ctx: SiteContext, facet: Facet, folder: str) -> Iterator[Page]:
    """Yield a page for the index and for each term, in the folder that a facet had before."""
    library = ctx.library
    terms = [
        redirect(ctx, address.term(library, facet, id_), term_piece(library, facet, id_))
        for id_ in library.model.vocabulary_of(facet).terms
        if library.named(facet.name, id_)
    ]
    index = redirect(ctx, address.facet(facet), Piece(facet.label, address.facet(facet)))
    plain = {f"{name}.html" for name in library.page_names}
    for page in (index, *terms, *_term_redirects(ctx, facet)):
        path = f"{folder}{page.path.removeprefix(facet.address)}"
        if path not in plain:
            yield replace(page, path=path)


def _term_redirects(ctx: SiteContext, facet: Facet) -> Iterator[Page]:
    library = ctx.library
    terms = library.model.vocabulary_of(facet).terms
    taken = set(map(library.term_address, terms))
    for term in terms.values():
        for name in map(slug, term.former_ids):
            if name not in taken:
                taken.add(name)
                target = term_piece(library, facet, term.id)
                yield redirect(ctx, f"{facet.address}/{name}.html", target)


def redirect(ctx: SiteContext, path: str, target: Piece) -> Page:
    """Return a page that leads on to the page of a piece."""
    return Page(
        path=path,
        title=target.text,
        template="moved.html",
        context=deferred_view(_redirect_view, ctx, target),
        listed=False,
    )


def _redirect_view(_ctx: SiteContext, target: Piece) -> dict[str, Any]:
    return {"target": target}
