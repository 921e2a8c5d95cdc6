"""Owns how the documents of a site are divided into shares, for several processes to make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator import address, pictures
from generator.document import Document, Share
from generator.feed import feed
from generator.pages import Making, Page
from generator.render import Renderer, assets
from generator.site import Site
from generator.sitemap import sitemap
from generator.stamp import of_texts

PAGES = 50
"""So many pages of one template make a share."""


def shares(
    making: Making,
    pages: Sequence[Page],
    renderer: Renderer,
    stamp: str,
) -> Iterator[Share]:
    """Yield all documents of a site; what takes longest comes first, so that none waits for it.

    The pages themselves are left out where another theme draws them. `stamp` is that of all but
    the texts of records.
    """
    site, cases = making.site, making.library.cases
    by_page = {address.case(making.library, id_): case for id_, case in cases.items()}
    shown = pages if site.plain else ()
    about = [page for page in shown if page.path == address.DATA]
    key = of_texts(stamp, "data", cases.values())
    yield Share("data", len(about), partial(_data, making, about, renderer), key)
    by_template: dict[str, list[Page]] = defaultdict(list)
    for page in shown:
        if page.path != address.DATA:
            by_template[page.template].append(page)
    for template, found in sorted(by_template.items(), key=lambda item: len(item[1])):
        for at in range(0, len(found), PAGES):
            part = found[at : at + PAGES]
            shown_cases = [by_page[page.path] for page in part if page.path in by_page]
            key = of_texts(stamp, f"{template} {at}", shown_cases)
            yield Share(template, len(part), partial(_pages, part, renderer), key)
    key = of_texts(stamp, "feed and sitemap", ())
    yield Share("feed and sitemap", 0, partial(_others, making, pages), key)


def copied(site: Site, paths: Iterable[str]) -> Share:
    """Return what is copied as it is: the files beside the templates, and pictures."""
    return Share("pictures and styles", 0, partial(_copied, site, tuple(paths)))


def _pages(pages: Iterable[Page], renderer: Renderer) -> Iterator[Document]:
    return map(renderer.document, pages)


def _data(making: Making, about: Sequence[Page], renderer: Renderer) -> Iterator[Document]:
    """Yield the data files and the page about them, which gives their sizes."""
    for file in making.files:
        yield Document(file.path, file.content)
    yield from _pages(about, renderer)


def _others(making: Making, pages: Sequence[Page]) -> Iterator[Document]:
    site, library = making.site, making.library
    yield from sitemap(pages, site.url, library.as_of) if site.plain else ()
    yield from feed(library, site)


def _copied(site: Site, paths: Iterable[str]) -> Iterator[Document]:
    yield from assets(site.templates)
    yield from pictures.documents(site.content, paths)
