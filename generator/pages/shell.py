"""Owns what the shell of every page shows: the site's name, its menu and foot, the edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.base.dates import date_in_words
from generator.base.site import Site
from generator.exports import feed
from generator.library import address
from generator.library.library import Library
from generator.pages.across_links import AcrossLink

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left."""


def shell(library: Library, site: Site, across: Iterable[AcrossLink] = ()) -> dict[str, Any]:
    """Return the values that the shell's template is filled with.

    `across` are the pages across all records, which the foot leads to.
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
        "counted": len(library.counted),
        "examples": len(library.examples),
        "record": model.name,
        "records": model.plural,
        "licence": site.licence,
    }


def _menu(library: Library, site: Site) -> list[tuple[str, str]]:
    chosen = [(label or _titled(library, path), path) for label, path in site.navigation]
    facets = [library.model.facets[name] for name in site.begin]
    begun = [(facet.label, address.facet(facet)) for facet in facets]
    return chosen or [
        (_records(library), address.cases(library)),
        *begun,
        ("How to contribute", address.CONTRIBUTE),
        ("Glossary", address.GLOSSARY),
    ]


def _foot(library: Library, across: Iterable[AcrossLink]) -> list[tuple[str, str]]:
    texts = [(p.title, f"{p.name}.html") for p in library.pages.values() if p.name != "index"]
    return [
        (_records(library), address.cases(library)),
        *((label, path) for label, path, _ in across),
        ("Data", address.DATA),
        ("How to contribute", address.CONTRIBUTE),
        ("Glossary", address.GLOSSARY),
        *texts,
    ]


def _records(library: Library) -> str:
    plural = library.model.plural
    return plural[:1].upper() + plural[1:]


def _titled(library: Library, path: str) -> str:
    page = library.pages.get(path.removesuffix(".html"))
    facets = {address.facet(facet): facet.label for facet in library.model.facets.values()}
    return page.title if page else facets.get(path, path)
