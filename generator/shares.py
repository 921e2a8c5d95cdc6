"""Owns how the documents of a site are divided into shares, for several processes to make."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator import address, pictures
from generator.case import Case
from generator.document import Document, Share
from generator.feed import feed
from generator.formats import DataFile
from generator.links import MEDIA
from generator.pages import Making, Page
from generator.pages.page import Download
from generator.pages.reference import data
from generator.render import Renderer, assets
from generator.site import Site
from generator.sitemap import sitemap
from generator.stamp import of_texts

PAGES = 50
"""So many pages of one template make a share, where shares are kept."""


def shares(
    making: Making,
    pages: Sequence[Page],
    renderer: Renderer,
    stamp: str,
    pages_each: int = PAGES,
) -> Iterator[Share]:
    """Yield all documents of a site; what takes longest comes first, so that none waits for it.

    The pages themselves are left out where another theme draws them. `stamp` is that of all but
    the texts of records; without one nothing is kept. `pages_each` is the most pages of a share.
    """
    site, library = making.site, making.library
    shown = pages if site.plain else ()
    by_template: dict[str, list[Page]] = defaultdict(list)
    for page in shown:
        if page.path != address.DATA:
            by_template[page.template].append(page)
    if stamp:  # worked out once, before other processes begin as copies of this one
        making.counts, making.related  # noqa: B018
        renderer.prepare(by_template)
    size = pages_each if stamp else 1
    key = partial(_key, stamp)
    whole = key("data", library.cases.values())
    yield Share("data", ("data/",), partial(_data, making, renderer), whole)
    by_page = {address.case(library, id_): case for id_, case in library.cases.items()}
    for template, found in sorted(by_template.items(), key=lambda item: len(item[1])):
        for at in range(0, len(found), size):
            part = found[at : at + size]
            cases = [by_page[page.path] for page in part if page.path in by_page]
            paths = tuple(page.path for page in part)
            make = partial(_pages, part, renderer)
            yield Share(template, paths, make, key(f"{template} {at}", cases))
    about_site = ("feed.xml", "sitemap.xml")
    yield Share("feed and sitemap", about_site, partial(_others, making, pages), key("others", ()))


def _key(stamp: str, what: str, cases: Iterable[Case]) -> str:
    return of_texts(stamp, what, cases) if stamp else ""


def copied(site: Site, paths: Iterable[str]) -> Share:
    """Return what is copied as it is: the files beside the templates, and pictures."""
    return Share(
        "pictures and styles", ("assets/", f"{MEDIA}/"), partial(_copied, site, tuple(paths))
    )


def _pages(pages: Iterable[Page], renderer: Renderer) -> Iterator[Document]:
    return map(renderer.document, pages)


def _data(making: Making, renderer: Renderer) -> Iterator[Document]:
    """Yield the data files, one at a time, and the page about them, which gives their sizes."""
    downloads: list[Download] = []
    for file in making.files():
        size = 0

        def measured(file: DataFile = file) -> Iterator[bytes]:
            nonlocal size
            size = 0
            for piece in Document(file.path, file.content).pieces():
                size += len(piece)
                yield piece

        yield Document(file.path, measured)
        if not size:  # whoever took it has not read it yet
            deque(measured(), maxlen=0)
        downloads.append(Download(file.path, file.what, file.rows, size))
    if making.site.plain:
        yield from _pages(data(replace(making, downloads=tuple(downloads))), renderer)


def _others(making: Making, pages: Sequence[Page]) -> Iterator[Document]:
    site, library = making.site, making.library
    yield from sitemap(pages, site.url, library.as_of) if site.plain else ()
    yield from feed(library, site)


def _copied(site: Site, paths: Iterable[str]) -> Iterator[Document]:
    yield from assets(site.templates)
    yield from pictures.documents(site.content, paths)
