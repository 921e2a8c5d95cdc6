"""The places of the menu, and which pages belong to each: menu, trail and headings agree on them.

A site has the places that apply to it. Its configuration may name others, or give them other names:
the `nav` of `site_config.yml` replaces the menu, and a page that it names keeps what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.analysis.lessons import is_lesson
from generator.library import address
from generator.library.library import Library
from generator.model.record import Facet, Model
from generator.pages.directory import is_directory
from generator.pages.page import Page, SiteContext
from generator.pages.pieces import Piece, records_title


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu: its label, its page, and the pages and folders that belong to it.

    A folder ends in `/`.
    """

    label: str
    path: str
    holds: tuple[str, ...] = ()

    @property
    def piece(self) -> Piece:
        """Return the label with the link to the page."""
        return Piece(self.label, self.path)


def menu(ctx: SiteContext) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu: those that the configuration names, else all places."""
    own = {entry.path: entry for entry in menu_places(ctx)}
    if not ctx.site.navigation:
        return tuple(own.values())
    return tuple(
        replace(own[path], label=label or own[path].label)
        if path in own
        else MenuEntry(label or _title(ctx.library, path), path, _below(path))
        for label, path in ctx.site.navigation
    )


def menu_places(ctx: SiteContext) -> tuple[MenuEntry, ...]:
    """Return the places that apply to a site, each with all that belongs to it."""
    library, _ = ctx.library, ctx.library.locale.gettext
    model, across = library.model, library.model.across
    lessons = [facet for facet in model.facets.values() if is_lesson(library, facet)]
    names = [facet for facet in model.facets.values() if is_directory(library, facet)]
    others = [f for f in model.facets.values() if f not in lessons and f not in names]
    entries = [
        MenuEntry(
            records_title(model),
            address.cases(library),
            (f"{model.folder}/", address.MY_CASES, *map(_folder, others)),
        )
    ]
    if across.meeting:
        entries.append(MenuEntry(across.meeting.title, address.PREPARE, ("prepare/",)))
    entries.append(
        MenuEntry(
            _("What we learn"),
            address.LEARN,
            ("learn/", "compare/", "timeline/", *_LEARN, *_places(model), *map(_folder, lessons)),
        )
    )
    entries += [MenuEntry(f.label, address.facet(f), (_folder(f),)) for f in names]
    plain = (f"{name}.html" for name in library.page_names if name != "index")
    forms = (address.CONTRIBUTE, address.WRITE, address.WRITE_SHOP)
    pages = (*forms, address.GLOSSARY, address.NEWS, address.STYLE)
    held = ("about/", "data/", "download/", *pages, *plain)
    return (*entries, MenuEntry(_("About"), address.ABOUT, held))


_LEARN = (
    address.RESPONSES,
    address.CHALLENGES,
    address.EFFORT,
    address.EVIDENCE_MAP,
    address.GAPS,
    address.SUCCESSES,
    address.FINDINGS,
    address.TIMELINE,
    address.REPORT,
)
"""The pages about all records together."""


def _places(model: Model) -> tuple[str, ...]:
    """Return the path of the index of countries: it is about all records, unlike their pages."""
    places = model.across.places
    return (address.facet(model.facets[places]),) if places else ()


def menu_label(ctx: SiteContext, path: str, title: str) -> str:
    """Return what the menu calls a page, `title` where it does not name the page.

    One page has one name: the heading is what the reader chose in the menu.
    """
    return next((label for label, to in ctx.site.navigation if label and to == path), title)


def with_trail(ctx: SiteContext, pages: Iterator[Page]) -> Iterator[Page]:
    """Yield pages with the home page and their place above what they have above them.

    Another theme draws its own trail, so there pages stay as they are.
    """
    if not ctx.site.plain:
        yield from pages
        return
    holders: dict[str, MenuEntry] = {}
    for entry in (*menu(ctx), *menu_places(ctx)):
        for held in (entry.path, *entry.holds):
            holders.setdefault(held, entry)
    home = Piece(ctx.library.locale.gettext("Home"), address.HOME)
    for page in pages:
        if page.path == address.HOME or not (page.listed or page.path in holders):
            yield page
            continue
        place = next(filter(None, map(holders.get, _upwards(page.path))), None)
        above = [piece for piece in page.above if place is None or piece.to != place.path]
        between = [place.piece] if place and place.path != page.path else []
        yield replace(page, above=(home, *between, *above))


def _upwards(path: str) -> Iterator[str]:
    """Yield a path, then each folder that it is in, the nearest first."""
    yield path
    folder = path.rpartition("/")[0]
    while folder:
        yield f"{folder}/"
        folder = folder.rpartition("/")[0]


def _below(path: str) -> tuple[str, ...]:
    """Return the folder of an index page, which belongs to it."""
    folder, _, name = path.rpartition("/")
    return (f"{folder}/",) if folder and name == "index.html" and "://" not in path else ()


def _folder(facet: Facet) -> str:
    return f"{facet.address}/"


def _title(library: Library, path: str) -> str:
    """Return the title of a plain page or a facet; the path itself for any other page."""
    page = library.page(path.removesuffix(".html"))
    facets = {address.facet(facet): facet.label for facet in library.model.facets.values()}
    return page.title if page else facets.get(path, path)
