"""The page of places: a map of the countries that records name, and the same as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.model.record import Facet
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.term_rows import TermRow, fine_rows, rank, term_row
from generator.pages.world import Country, World, world

MIN_DISTANCE = 38
"""The least distance between two numbers on the map, in its units."""
MAX_ROUNDS = 60
"""How often numbers are pushed off each other; crowding that is left then stays."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCountry:
    """A country with records: its row, its outline, its middle, and where its number stands."""

    row: TermRow
    path: str
    middle_x: int
    middle_y: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in which counted cases are, and the one that it is within, None at the top."""

    row: TermRow
    within: TermRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesView:
    """What the page of places shows.

    `rows` are all places that counted cases name, most cases first; `elsewhere` those of them that
    the map does not hold, such as a term for the whole world; `land` is the outline of all other
    countries. `several` tells that a case names more than one place. `regions` are the groups of
    places, each after the one that it is within.
    """

    facet: Facet
    to: str
    width: int
    height: int
    land: str
    marked: list[MarkedCountry]
    rows: tuple[TermRow, ...]
    regions: list[RegionRow]
    elsewhere: list[TermRow]
    answer_counts: AnswerCounts
    several: bool


def place_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of places, where the model names the facet of countries."""
    library, _ = ctx.library, ctx.library.locale.gettext
    if library.model.across.places:
        yield Page(
            path=address.PLACES,
            title=places_title(library),
            template="places.html",
            description=_("In which countries the %(records)s are.", records=library.model.plural),
            context=deferred_view(
                _places_view, ctx, library.model.facets[library.model.across.places]
            ),
        )


def places_title(library: Library) -> str:
    """Return the title of the map: its index has the name of the facet itself."""
    facet = library.model.facets[library.model.across.places]
    return library.locale.gettext("%(places)s on a map", places=facet.label)


def _places_view(ctx: SiteContext, facet: Facet) -> PlacesView:
    library, outlines = ctx.library, world()
    rows = tuple(fine_rows(ctx, facet))
    on_map = {row.term.id: row for row in rows if row.term.id in outlines.countries}
    others = (country.path for id_, country in outlines.countries.items() if id_ not in on_map)
    answer_counts = library.answer_counts(facet.name)
    return PlacesView(
        facet=facet,
        to=address.facet(facet),
        width=outlines.width,
        height=outlines.height,
        land="".join(others),
        marked=list(_marked_countries(on_map, outlines)),
        rows=rows,
        regions=_regions(ctx, facet),
        elsewhere=[row for row in rows if row.term.id not in on_map],
        answer_counts=answer_counts,
        several=sum(row.count for row in rows) > answer_counts.known,
    )


def _regions(ctx: SiteContext, facet: Facet) -> list[RegionRow]:
    """Return the groups that cases count in, each once, from the widest to the narrowest."""
    library, counts = ctx.library, ctx.library.counts(facet.name)
    vocabulary = library.model.vocabulary_of(facet)
    rows = {
        id_: term_row(library, facet, id_, counts[id_]) for id_ in vocabulary.broad if id_ in counts
    }
    regions: list[RegionRow] = []

    def add_below(id_: str) -> None:
        within = rows.get(id_)
        below = [row for row in rows.values() if row.term.broader == id_]
        for row in sorted(below, key=rank):
            regions.append(RegionRow(row, within))
            add_below(row.term.id)

    add_below("")
    return regions


def _marked_countries(rows: dict[str, TermRow], outlines: World) -> Iterator[MarkedCountry]:
    ids = sorted(rows)
    countries = [outlines.countries[id_] for id_ in ids]
    for id_, country, (x, y) in zip(ids, countries, spread(countries), strict=True):
        yield MarkedCountry(
            row=rows[id_], path=country.path, middle_x=country.x, middle_y=country.y, x=x, y=y
        )


def spread(countries: list[Country]) -> list[Point]:
    """Return a point for the number of each country, so that no number covers another.

    Each starts in the middle of its country. Neighbours that are too close are pushed apart, each
    as far as the other. The same countries always give the same points, in tenths of a unit.
    """
    points = [(float(country.x), float(country.y)) for country in countries]
    # To part one pair can push a number into a third, so all pairs are looked at again until a
    # round finds none too close. In a crowd this may go on for ever: hence the limit.
    for _ in range(MAX_ROUNDS):
        pushed = False
        for index in range(len(points)):
            neighbour = _too_close(points, index, index + 1)
            while neighbour:
                pushed = True
                _push_apart(points, index, neighbour)
                neighbour = _too_close(points, index, neighbour + 1)
        if not pushed:
            break
    return [(round(x, 1), round(y, 1)) for x, y in points]


def _too_close(points: list[Point], index: int, start: int) -> int:
    """Return the index, from `start` on, of the first point too close to one; 0 where none is."""
    x, y = points[index]
    left, right = x - MIN_DISTANCE, x + MIN_DISTANCE
    top, bottom = y - MIN_DISTANCE, y + MIN_DISTANCE
    for other, (other_x, other_y) in enumerate(islice(points, start, None), start):
        # Most points are far away, and this is cheaper to see than their distance.
        if (
            left < other_x < right
            and top < other_y < bottom
            and math.dist(points[index], (other_x, other_y)) < MIN_DISTANCE
        ):
            return other
    return 0


def _push_apart(points: list[Point], first: int, second: int) -> None:
    """Push two points off each other, each as far as the other, to the least distance."""
    (x, y), (other_x, other_y) = points[first], points[second]
    distance = math.dist(points[first], points[second])
    # Two numbers on one point have no direction of their own: they part sideways.
    across = (other_x - x) / distance if distance else 1.0
    down = (other_y - y) / distance if distance else 0.0
    push = (MIN_DISTANCE - distance) / 2
    points[first] = (x - across * push, y - down * push)
    points[second] = (other_x + across * push, other_y + down * push)
