"""`feed.xml`, for those who follow the site; `sitemap.xml`, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from generator.base.document import Document
from generator.base.names import href
from generator.exports.feed import feed
from generator.pages.page import Page, SiteContext

SITEMAP: Final = "sitemap.xml"


def feed_and_sitemap(ctx: SiteContext, pages: Iterable[Page]) -> Iterator[Document]:
    """Yield the feed, and the sitemap where the address is known and no other theme writes one."""
    site, library = ctx.site, ctx.library
    yield from sitemap(pages, site.url, library.as_of) if site.plain else ()
    yield from feed(library, site)


def sitemap(pages: Iterable[Page], url: str, as_of: str) -> Iterator[Document]:
    """Yield the sitemap; nothing for a site without an address of its own."""
    if not url:
        return
    # The format takes a whole date, and an as-of date may be a month or a year.
    dated = f"<lastmod>{as_of}</lastmod>" if len(as_of) == len("2026-11-22") else ""
    lines = [
        f"<url><loc>{escape(url + href(page.path), quote=False)}</loc>{dated}</url>"
        for page in pages
        if page.listed
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = "\n".join(lines)
    text = f'{head}<urlset xmlns="{space}">\n{body}\n</urlset>\n'
    yield Document(SITEMAP, text.encode("utf-8"))
