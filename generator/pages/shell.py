"""The shell around every page: the site's name, its menu, its foot, the edition.

The shell is the same for all pages, so its values are computed once and given to the renderer. A
page kind may not depend on them: under a foreign theme another program draws the shell.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from generator.base.site import Site
from generator.exports import feed
from generator.library import address
from generator.pages.download import copy_title
from generator.pages.navigation import MenuEntry, menu, menu_places
from generator.pages.page import SiteContext
from generator.pages.theme_files import assets


def shell(ctx: SiteContext, *, internal: bool = False) -> dict[str, Any]:
    """Return the variables of the shell, which templates know as `site`.

    With `internal` each page says that it belongs to a build with internal records.
    """
    library, site = ctx.library, ctx.site
    model, locale = library.model, library.locale
    entries = menu(ctx)
    return {
        "name": site.name,
        "url": site.url,
        "language": site.language,
        "direction": locale.direction,
        "navigation": [(entry.label, entry.path) for entry in entries],
        "menu": [entry.path for entry in entries],
        "footer": _foot(ctx, entries),
        "feed": feed.feed_path(library, site),
        "edition": locale.date_in_sentence(library.as_of) if library.as_of else "",
        "as_of": library.as_of,
        "cases": address.cases(library),
        "counted": library.number_counted,
        "examples": len(library.examples),
        "record": model.name,
        "records": model.plural,
        "all_records": locale.counted(library.number_counted, model.name, model.plural),
        "strengths": model.strength.words if model.strength else (),
        "usual_strength": model.strength.usual_level if model.strength else None,
        "licence": site.licence,
        "internal": internal,
        "versions": _versions(site),
    }


def _versions(site: Site) -> dict[str, str]:
    """Return by the path of each style and script a digest of it, which its address carries.

    So a browser does not take what it kept of an older one.
    """
    return {
        file.path: blake2b(file.content, digest_size=4).hexdigest()
        for file in assets(site.templates)
        if file.path.endswith((".css", ".js"))
    }


def _foot(ctx: SiteContext, entries: Iterable[MenuEntry]) -> list[tuple[str, str]]:
    """Return the labels and paths of the foot: what is wanted on any page, and no second menu.

    A place that the menu does not name stands here, so that its pages can be reached.
    """
    library = ctx.library
    _ = library.locale.gettext
    named = {entry.path for entry in entries}
    left = [(place.label, place.path) for place in menu_places(ctx) if place.path not in named]
    links = [
        *left,
        (_("Write a %(record)s", record=library.model.name), address.CONTRIBUTE),
        (_("Words explained"), address.GLOSSARY),
        (_("Data"), address.DATA),
        *([(copy_title(library), address.DOWNLOAD)] if ctx.copy else []),
    ]
    return [(label, path) for label, path in links if path not in named]
