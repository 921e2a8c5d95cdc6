"""The page about the copy to take along: the whole site in one file, and how to open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.base.document import Document
from generator.base.names import slug
from generator.base.site import Site
from generator.library import address
from generator.library.library import Library
from generator.pages.navigation import with_trail
from generator.pages.page import CopyFile, Page, SiteContext, deferred_view
from generator.pages.render import Renderer

_LONGEST_NAME = 40
"""So many characters of the library's name stand in that of the file."""


def copy_file(library: Library, site: Site, *, internal: bool) -> CopyFile:
    """Return the copy of a site, named after the library and the day of its edition.

    One with internal records says so in its name.
    """
    name = slug(site.name)[:_LONGEST_NAME].strip("-")
    parts = (name, "internal" if internal else "", library.as_of)
    return CopyFile("-".join(filter(None, parts)) or "copy")


def copy_title(library: Library) -> str:
    """Return the title of the page."""
    return library.locale.gettext("A copy to take along")


def download_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page, where the site has a copy of itself."""
    if ctx.copy:
        yield Page(
            path=address.DOWNLOAD,
            title=copy_title(ctx.library),
            template="download.html",
            description=ctx.library.locale.gettext(
                "The whole library in one file, to read without a connection."
            ),
            context=deferred_view(_download_view, ctx),
        )


def sized_download_page(ctx: SiteContext, renderer: Renderer, size: int | None) -> Document:
    """Return the page with the size of the copy in bytes; None makes the page in the copy."""
    sized = replace(ctx, copy=ctx.copy and replace(ctx.copy, size=size))
    (page,) = with_trail(sized, download_page(sized))
    return renderer.document(page)


def _download_view(ctx: SiteContext) -> dict[str, Any]:
    return {"copy": ctx.copy, "report": address.REPORT if ctx.library.counted else ""}
