"""The documents of a site divided into batches, which worker processes make and write.

To add documents: yield one more `Batch` in `batches`. Its key must name all that its documents
depend on, or an old file stays on the site.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.base.document import Batch, Document
from generator.base.site import Site
from generator.build import pictures
from generator.build.fingerprint import batch_fingerprint
from generator.exports.data_file import DataFile
from generator.exports.feed import feed
from generator.library import address
from generator.library.links import MEDIA
from generator.pages.page import Download, Page, SiteContext
from generator.pages.reference import data_page
from generator.pages.render import Renderer, assets
from generator.pages.sitemap import sitemap
from generator.records.case import Case


def batches(
    ctx: SiteContext,
    pages: Sequence[Page],
    renderer: Renderer,
    fingerprint: str,
    pages_per_batch: int,
) -> Iterator[Batch]:
    """Yield the site as batches of pages of one template, the slowest first.

    A batch has at most `pages_per_batch` pages. So no worker is left with a long batch at the end.
    There are no pages where another theme draws them. `fingerprint` is the library's, signed; where
    it is empty the batches have no keys, are not kept, and hold a page each.
    """
    site, library = ctx.site, ctx.library
    by_template: dict[str, list[Page]] = defaultdict(list)
    for page in pages if site.plain else ():
        if page.path != address.DATA:
            by_template[page.template].append(page)
    if fingerprint:  # computed once, before worker processes start as copies of this one
        ctx.counts, ctx.related  # noqa: B018
        renderer.prepare(by_template)
    size = pages_per_batch if fingerprint else 1
    key = partial(_key, fingerprint)
    data_key = key("data", library.cases.values())
    yield Batch("data", ("data/",), partial(_data_documents, ctx, renderer), data_key)
    by_page = {address.case(library, id_): case for id_, case in library.cases.items()}
    for template, same_template in sorted(by_template.items(), key=lambda item: len(item[1])):
        for start in range(0, len(same_template), size):
            part = same_template[start : start + size]
            cases = [by_page[page.path] for page in part if page.path in by_page]
            paths = tuple(page.path for page in part)
            make = partial(_page_documents, part, renderer)
            yield Batch(template, paths, make, key(f"{template} {start}", cases))
    paths = ("feed.xml", "sitemap.xml")
    make_both = partial(_feed_and_sitemap, ctx, pages)
    yield Batch("feed and sitemap", paths, make_both, key("feed and sitemap", ()))


def _key(fingerprint: str, name: str, cases: Iterable[Case]) -> str:
    return batch_fingerprint(fingerprint, name, cases) if fingerprint else ""


def copied_files(site: Site, paths: Iterable[str]) -> Batch:
    """Return the batch of what is copied: the files beside the templates, and pictures."""
    return Batch(
        "pictures and styles", ("assets/", f"{MEDIA}/"), partial(_copies, site, tuple(paths))
    )


def _page_documents(pages: Iterable[Page], renderer: Renderer) -> Iterator[Document]:
    return map(renderer.document, pages)


def _data_documents(ctx: SiteContext, renderer: Renderer) -> Iterator[Document]:
    """Yield the data files one by one, and then the page about them, which prints their sizes.

    A data file may be too large to hold, so its size is counted while somebody writes its pieces.
    """
    downloads: list[Download] = []
    for file in ctx.files():
        size = 0

        def measured(file: DataFile = file) -> Iterator[bytes]:
            nonlocal size
            size = 0
            for piece in Document(file.path, file.content).pieces():
                size += len(piece)
                yield piece

        yield Document(file.path, measured)
        if not size:  # it was taken, but not read yet
            deque(measured(), maxlen=0)
        downloads.append(Download(file.path, file.what, file.rows, size))
    if ctx.site.plain:
        yield from _page_documents(data_page(replace(ctx, downloads=tuple(downloads))), renderer)


def _feed_and_sitemap(ctx: SiteContext, pages: Sequence[Page]) -> Iterator[Document]:
    site, library = ctx.site, ctx.library
    yield from sitemap(pages, site.url, library.as_of) if site.plain else ()
    yield from feed(library, site)


def _copies(site: Site, paths: Iterable[str]) -> Iterator[Document]:
    yield from assets(site.templates)
    yield from pictures.picture_documents(site.content, paths)
