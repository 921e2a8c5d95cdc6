"""The page about the copy to take along: the whole site in one file, and how to open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from generator.base.document import ROOM_FOR_COPY, Document, SiteCopy, StoredFile
from generator.base.names import slug
from generator.base.site import Site
from generator.library import address
from generator.library.library import Library
from generator.pages.navigation import with_trail
from generator.pages.page import CopyFile, Download, Page, SiteContext, deferred_view
from generator.pages.reference import data_page
from generator.pages.render import Renderer
from generator.pages.search_index import TEXTS, text_name
from generator.pages.sitemap import SITEMAP

_LONGEST_NAME = 40
"""So many characters of the library's name stand in that of the file."""


def copy_file(library: Library, site: Site, *, internal: bool) -> CopyFile:
    """Return the copy of a site, named after the library and the day of its edition.

    One with internal records says so in its name. Where the id of a case is long, the name of the
    library is cut, so that the longest path of a case can still be unpacked.
    """
    rest = ("internal" if internal else "", library.as_of)
    longest = max((len(f"{TEXTS}{text_name(library, id_)}.js") for id_ in library.ids), default=0)
    room = (ROOM_FOR_COPY - longest) // 2 - len("-".join(("", *filter(None, rest), "")))
    name = slug(site.name)[: max(0, min(room, _LONGEST_NAME))].strip("-")
    return CopyFile("-".join(filter(None, (name, *rest))) or "copy")


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


def site_copy(
    ctx: SiteContext,
    renderer: Renderer,
    stored: StoredFile | None,
    names: Mapping[str, str],
    size_of: Callable[[Path], int],
) -> SiteCopy | None:
    """Return how the copy to take along is made; None where none is wanted.

    `stored` is that of the last build, made of the files that `names` has; `size_of` returns the
    bytes of a file.
    """
    copy = ctx.copy
    if copy is None:
        return None

    def inside(folder: Path) -> Iterator[Document]:
        return pages_in_copy(ctx, renderer, lambda path: size_of(folder / path))

    return SiteCopy(
        path=copy.path,
        top=copy.name,
        day=ctx.library.as_of,
        page=partial(sized_download_page, ctx, renderer),
        inside=inside,
        left_out=left_out_of_copy(ctx),
        stored=stored,
        names=names,
    )


def sized_download_page(ctx: SiteContext, renderer: Renderer, size: int) -> Document:
    """Return the page with the size of the copy in bytes."""
    return _document(replace(ctx, copy=ctx.copy and replace(ctx.copy, size=size)), renderer)


def pages_in_copy(
    ctx: SiteContext, renderer: Renderer, size_of: Callable[[str], int]
) -> Iterator[Document]:
    """Yield the pages that are others in the copy: the one about it, and that of the data.

    `size_of` returns the size of a data file of the site, by its path.
    """
    yield _document(ctx, renderer)
    downloads = tuple(
        Download(file.path, file.what, None, None if file.for_programs else size_of(file.path))
        for file in ctx.files()
    )
    full = replace(ctx, downloads=downloads)
    yield from map(renderer.document, with_trail(full, data_page(full)))


def left_out_of_copy(ctx: SiteContext) -> frozenset[str]:
    """Return the paths of the files that are for programs: no reader of a copy opens them."""
    return frozenset((SITEMAP, *(file.path for file in ctx.files() if file.for_programs)))


def _document(ctx: SiteContext, renderer: Renderer) -> Document:
    (page,) = with_trail(ctx, download_page(ctx))
    return renderer.document(page)


def _download_view(ctx: SiteContext) -> dict[str, Any]:
    return {"copy": ctx.copy, "report": address.REPORT if ctx.library.counted else ""}
