"""Owns the page of places: a map of the countries that records name, and the same as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.library import address
from generator.library.library import AnswerCounts
from generator.model.record import Facet
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.term_rows import TermRow, facet_summary
from generator.pages.world import Country, World, world

APART = 38
"""The least distance between two numbers on the map, in its units."""
ROUNDS = 60
"""How often numbers are pushed off each other before the rest of the crowding is let be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A country with records: its row, its outline, its middle, where its number stands."""

    row: TermRow
    path: str
    at_x: int
    at_y: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesView:
    """What the page of places shows.

    `rows` are all places that counted cases name, most cases first; `elsewhere` those of them that
    the map does not hold, such as a term for the whole world; `land` is the outline of all other
    countries. `several` tells that a case names more than one place.
    """

    facet: Facet
    to: str
    width: int
    height: int
    land: str
    marked: list[Marked]
    rows: tuple[TermRow, ...]
    elsewhere: list[TermRow]
    answer_counts: AnswerCounts
    total: int
    several: bool


def place_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of places, where the model names the facet of countries."""
    library = ctx.library
    if library.model.across.places:
        yield Page(
            path=address.PLACES,
            title="Places",
            template="places.html",
            description=f"In which countries the {library.model.plural} are.",
            context=deferred_view(_view, ctx, library.model.facets[library.model.across.places]),
        )


def _view(ctx: SiteContext, facet: Facet) -> PlacesView:
    library, drawn = ctx.library, world()
    used = facet_summary(ctx, facet, most=len(library.index[facet.name])).rows
    here = {row.term.id: row for row in used if row.term.id in drawn.countries}
    others = (country.path for id_, country in drawn.countries.items() if id_ not in here)
    return PlacesView(
        facet=facet,
        to=address.facet(facet),
        width=drawn.width,
        height=drawn.height,
        land="".join(others),
        marked=list(_marked(here, drawn)),
        rows=used,
        elsewhere=[row for row in used if row.term.id not in here],
        answer_counts=library.answer_counts[facet.name],
        total=len(library.counted),
        several=sum(row.count for row in used) > library.answer_counts[facet.name].known,
    )


def _marked(rows: dict[str, TermRow], drawn: World) -> Iterator[Marked]:
    ids = sorted(rows)
    countries = [drawn.countries[id_] for id_ in ids]
    for id_, country, (x, y) in zip(ids, countries, spread(countries), strict=True):
        yield Marked(row=rows[id_], path=country.path, at_x=country.x, at_y=country.y, x=x, y=y)


def spread(countries: list[Country]) -> list[tuple[float, float]]:
    """Return a point for the number of each country, no two of them on each other.

    Neighbours that are too close are pushed apart, each as far as the other; the same countries
    always give the same points, in tenths of a unit.
    """
    found = [(float(country.x), float(country.y)) for country in countries]
    for _ in range(ROUNDS):
        pushed = False
        for one in range(len(found)):
            other = _close(found, one, one + 1)
            while other:
                pushed = True
                _part(found, one, other)
                other = _close(found, one, other + 1)
        if not pushed:
            break
    return [(round(x, 1), round(y, 1)) for x, y in found]


def _close(found: list[tuple[float, float]], one: int, begin: int) -> int:
    """Return the first point from `begin` on that is too close to one; 0 where none is."""
    x, y = found[one]
    left, right, top, foot = x - APART, x + APART, y - APART, y + APART
    for other, (there_x, there_y) in enumerate(islice(found, begin, None), begin):
        # Most points are far away, and this is cheaper to see than their distance.
        if (
            left < there_x < right
            and top < there_y < foot
            and math.dist(found[one], (there_x, there_y)) < APART
        ):
            return other
    return 0


def _part(found: list[tuple[float, float]], one: int, other: int) -> None:
    """Push two points off each other, each as far as the other."""
    (x, y), (there_x, there_y) = found[one], found[other]
    distance = math.dist(found[one], found[other])
    # Two numbers on one point have no direction of their own: they part sideways.
    across = (there_x - x) / distance if distance else 1.0
    down = (there_y - y) / distance if distance else 0.0
    push = (APART - distance) / 2
    found[one] = (x - across * push, y - down * push)
    found[other] = (there_x + across * push, there_y + down * push)
