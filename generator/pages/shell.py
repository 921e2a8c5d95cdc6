"""The shell around every page: the site's name, its menu, its foot, the edition.

The shell is the same for all pages, so its values are computed once and given to the renderer. A
page kind may not depend on them: under a foreign theme another program draws the shell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.base.dates import date_in_words
from generator.base.site import Site
from generator.exports import feed
from generator.library import address
from generator.library.library import Library
from generator.pages.across_links import AcrossLink
from generator.pages.pieces import records_title
from generator.pages.plain_pages import plain_links

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left."""


def shell(
    library: Library, site: Site, across: Iterable[AcrossLink] = (), *, internal: bool = False
) -> dict[str, Any]:
    """Return the variables of the shell, which templates know as `site`.

    `across` are the pages across all records, which the foot leads to. With `internal` each page
    says that it belongs to a build with internal records.
    """
    model = library.model
    return {
        "name": site.name,
        "url": site.url,
        "language": site.language,
        "direction": "rtl" if site.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
        "navigation": _menu(library, site),
        "footer": _foot(library, across),
        "feed": feed.feed_path(library, site),
        "edition": date_in_words(library.as_of) if library.as_of else "",
        "as_of": library.as_of,
        "cases": address.cases(library),
        "counted": len(library.counted),
        "examples": len(library.examples),
        "record": model.name,
        "records": model.plural,
        "licence": site.licence,
        "internal": internal,
    }


def _menu(library: Library, site: Site) -> list[tuple[str, str]]:
    """Return the labels and paths of the menu: those that the configuration names, or a default."""
    if site.navigation:
        return [(label or _title(library, path), path) for label, path in site.navigation]
    facets = [library.model.facets[name] for name in site.begin]
    return [
        (records_title(library.model), address.cases(library)),
        *((facet.label, address.facet(facet)) for facet in facets),
        ("How to contribute", address.CONTRIBUTE),
        ("Glossary", address.GLOSSARY),
    ]


def _foot(library: Library, across: Iterable[AcrossLink]) -> list[tuple[str, str]]:
    """Return the labels and paths of the foot: every page that no list leads to."""
    return [
        (records_title(library.model), address.cases(library)),
        *((label, path) for label, path, _ in across),
        ("Data", address.DATA),
        ("How to contribute", address.CONTRIBUTE),
        ("Glossary", address.GLOSSARY),
        *plain_links(library),
    ]


def _title(library: Library, path: str) -> str:
    """Return the title of a plain page or a facet; the path itself for any other page."""
    page = library.page(path.removesuffix(".html"))
    facets = {address.facet(facet): facet.label for facet in library.model.facets.values()}
    return page.title if page else facets.get(path, path)
