"""The shell around every page: the site's name, its menu, its foot, the edition.

The shell is the same for all pages, so its values are computed once and given to the renderer. A
page kind may not depend on them: under a foreign theme another program draws the shell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.base.site import Site
from generator.exports import feed
from generator.library import address
from generator.library.library import Library
from generator.pages.across_links import AcrossLink
from generator.pages.pieces import records_title
from generator.pages.plain_pages import plain_links


def shell(
    library: Library, site: Site, across: Iterable[AcrossLink] = (), *, internal: bool = False
) -> dict[str, Any]:
    """Return the variables of the shell, which templates know as `site`.

    `across` are the pages across all records, which the foot leads to. With `internal` each page
    says that it belongs to a build with internal records.
    """
    model, locale = library.model, library.locale
    menu = _menu(library, site)
    return {
        "name": site.name,
        "url": site.url,
        "language": site.language,
        "direction": locale.direction,
        "navigation": menu,
        "menu": [path for _, path in menu],
        "footer": _foot(library, across),
        "feed": feed.feed_path(library, site),
        "edition": locale.date_in_sentence(library.as_of) if library.as_of else "",
        "as_of": library.as_of,
        "cases": address.cases(library),
        "counted": len(library.counted),
        "examples": len(library.examples),
        "record": model.name,
        "records": model.plural,
        "all_records": locale.counted(len(library.counted), model.name, model.plural),
        "strengths": model.strength.words if model.strength else (),
        "licence": site.licence,
        "internal": internal,
    }


def _menu(library: Library, site: Site) -> list[tuple[str, str]]:
    """Return the labels and paths of the menu: those that the configuration names, or a default."""
    if site.navigation:
        return [(label or _title(library, path), path) for label, path in site.navigation]
    facets = [library.model.facets[name] for name in site.begin]
    _ = library.locale.gettext
    return [
        (records_title(library.model), address.cases(library)),
        *((facet.label, address.facet(facet)) for facet in facets),
        (_("How to contribute"), address.CONTRIBUTE),
        (_("Glossary"), address.GLOSSARY),
    ]


def _foot(library: Library, across: Iterable[AcrossLink]) -> list[tuple[str, str]]:
    """Return the labels and paths of the foot: every page that no list leads to."""
    _ = library.locale.gettext
    return [
        (records_title(library.model), address.cases(library)),
        *((label, path) for label, path, _ in across),
        (_("Data"), address.DATA),
        (_("How to contribute"), address.CONTRIBUTE),
        (_("Glossary"), address.GLOSSARY),
        *plain_links(library),
    ]


def _title(library: Library, path: str) -> str:
    """Return the title of a plain page or a facet; the path itself for any other page."""
    page = library.page(path.removesuffix(".html"))
    facets = {address.facet(facet): facet.label for facet in library.model.facets.values()}
    return page.title if page else facets.get(path, path)
