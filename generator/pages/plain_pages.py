"""The pages that are mostly text: those written in content/, and the one for a wrong address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.library import address
from generator.library.library import Library
from generator.pages.body_words import body_html
from generator.pages.page import Page, SiteContext, deferred_view
from generator.records.plain_page import PlainPage


def plain_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield a page for each text beside the records; `index` belongs to the home page."""
    for page in _every_page(ctx.library):
        path = f"{page.name}.html"
        if path != address.HOME:
            yield Page(
                path=path,
                title=page.title,
                template="plain.html",
                description=page.description,
                context=deferred_view(_plain_view, ctx, page.name),
            )


def _every_page(library: Library) -> Iterator[PlainPage]:
    return filter(None, map(library.page, library.page_names))


def plain_links(library: Library) -> list[tuple[str, str, str]]:
    """Return title, path and description of each plain page, in the order of their names."""
    pages = (page for page in _every_page(library) if page.name != "index")
    return [(page.title, f"{page.name}.html", page.description) for page in pages]


def _plain_view(ctx: SiteContext, name: str) -> dict[str, Any]:
    page, path = ctx.library.page(name), f"{name}.html"
    return {"body": body_html(ctx.library, page, path) if page else ""}


def not_found_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page that a server shows for an address that leads nowhere."""
    yield Page(
        path=address.NOT_FOUND,
        title=ctx.library.locale.gettext("Page not found"),
        template="404.html",
        context=deferred_view(_nothing, ctx),
        listed=False,
    )


def _nothing(_ctx: SiteContext) -> dict[str, Any]:
    return {}
