"""The index of countries: regions and their countries with their cases, and all of them on a map.

It is the index of the facet that the model names under `across: places`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.analysis.periods import End, Period, periods
from generator.analysis.substance import FEW
from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.model.record import Facet
from generator.pages.amounts import FacetAmounts, facet_amounts
from generator.pages.card import Card, card
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pieces import Piece
from generator.pages.redirects import redirect
from generator.pages.term_rows import TermRow, fine_rows, rank, term_row
from generator.pages.world import world

DOT = 12
"""The radius of the dot of one case on the map, in its units; the area grows with the number."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A country on the map: its row, its middle, and the radius of its dot."""

    row: TermRow
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list; where it has few cases they are named, each with its years in words."""

    row: TermRow
    cases: tuple[tuple[Card, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A group of places with those that are in it directly, then the groups within it.

    `row` is None for places in no group; one such place, as the whole world may be, is `alone`.
    """

    row: TermRow | None
    anchor: str
    places: list[PlaceRow]
    within: list[Region]

    @property
    def alone(self) -> PlaceRow | None:
        """Return the only place in no group; None where there are more."""
        return self.places[0] if self.row is None and len(self.places) == 1 else None

    @property
    def heading(self) -> TermRow | None:
        """Return the term that the region is called by; None for places in no group."""
        return self.alone.row if self.alone else self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesView:
    """What the index of countries shows.

    `number` is how many places counted cases name; of these `elsewhere` are not on the map, such
    as a term for the whole world. `several` tells that a case names more than one. `unused_count`
    is the number of places that no case names. `timeline` leads to the line of time, if there is
    one. `outside` is the heading over places in no group.
    """

    facet: Facet
    width: int
    height: int
    land: str
    dots: list[Dot]
    number: int
    regions: list[Region]
    elsewhere: list[TermRow]
    answer_counts: AnswerCounts
    several: bool
    unused_count: int
    amounts: list[FacetAmounts]
    timeline: Piece | None
    outside: str
    contents: Contents


def is_places(library: Library, facet: Facet) -> bool:
    """Return whether a facet is the one of countries."""
    return facet.name == library.model.across.places


def on_map(places: Iterable[str]) -> list[str]:
    """Return those of some places that the map draws, which are countries."""
    countries = world().countries
    return [id_ for id_ in places if id_ in countries]


def place_pages(ctx: SiteContext, facet: Facet, page: Page) -> Iterator[Page]:
    """Yield the index of countries, and its former address; `page` is the index of a facet."""
    library = ctx.library
    yield replace(
        page,
        template="places.html",
        description=library.locale.gettext(
            "In which countries the %(records)s are.", records=library.model.plural
        ),
        context=deferred_view(_places_view, ctx, facet),
    )
    yield redirect(ctx, address.FORMER_PLACES, Piece(page.title, page.path))


def _places_view(ctx: SiteContext, facet: Facet) -> PlacesView:
    library, outlines = ctx.library, world()
    rows = [
        replace(row, to=address.term(library, facet, row.term.id)) for row in fine_rows(ctx, facet)
    ]
    answer_counts, vocabulary = (
        library.answer_counts(facet.name),
        library.model.vocabulary_of(facet),
    )
    regions = _regions(library, facet, rows)
    top = [region.row for region in regions if region.row]
    _ = library.locale.gettext
    outside = _("In no %(noun)s", noun=facet.group_noun)
    return PlacesView(
        facet=facet,
        width=outlines.width,
        height=outlines.height,
        land="".join(country.path for country in outlines.countries.values()),
        dots=_dots(rows),
        number=len(rows),
        regions=regions,
        elsewhere=[row for row in rows if row.term.id not in outlines.countries],
        answer_counts=answer_counts,
        several=sum(row.count for row in rows) > answer_counts.known,
        unused_count=len(vocabulary.fine) - len(rows),
        amounts=list(facet_amounts(library, facet, [*top, *rows])),
        outside=outside,
        timeline=Piece(_("Timeline"), address.TIMELINE) if library.model.across.timeline else None,
        contents=[
            (region.anchor, named.term.label if (named := region.heading) else outside, ())
            for region in regions
        ],
    )


def _dots(rows: Sequence[TermRow]) -> list[Dot]:
    """Return a dot for each country on the map, the largest first: no dot hides a smaller one."""
    countries = world().countries
    known = [(row, countries[row.term.id]) for row in rows if row.term.id in countries]
    return [Dot(row, at.x, at.y, round(DOT * math.sqrt(row.count))) for row, at in known]


def _regions(library: Library, facet: Facet, rows: Sequence[TermRow]) -> list[Region]:
    """Return the groups that cases count in, those of most first, and then the places in none."""
    counts, broad = library.counts(facet.name), library.model.vocabulary_of(facet).broad
    groups: dict[str, list[TermRow]] = defaultdict(list)
    for id_ in broad:
        if id_ in counts:
            row = term_row(library, facet, id_, counts[id_])
            groups[row.term.broader].append(replace(row, to=address.term(library, facet, id_)))
    field = library.model.across.timeline
    timed = {period.case: period for period in periods(library, field).known} if field else {}
    places: dict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        places[row.term.broader].append(_place_row(library, facet, row, timed))

    def region(row: TermRow) -> Region:
        id_ = row.term.id
        return Region(
            row=row,
            anchor=f"region-{library.term_address(id_)}",
            places=places[id_],
            within=within(id_),
        )

    def within(id_: str) -> list[Region]:
        return [region(row) for row in sorted(groups[id_], key=rank)]

    apart = Region(row=None, anchor="no-region", places=places[""], within=[])
    return [*within(""), *([apart] if apart.places else [])]


def _place_row(
    library: Library, facet: Facet, row: TermRow, timed: Mapping[str, Period]
) -> PlaceRow:
    """Return a place with its cases, if they are few, in the order of their titles."""
    if row.count >= FEW:
        return PlaceRow(row, ())
    cases = library.cases_naming(facet.name, row.term.id)
    return PlaceRow(
        row, tuple((card(library, case), _years(library, timed.get(case))) for case in cases)
    )


def _years(library: Library, period: Period | None) -> str:
    """Return the years of a case: from the first to the last, or from the first on."""
    if period is None:
        return ""
    begun, ended = period.start[:4], period.end[:4]
    if period.ends is not End.GIVEN:
        return library.locale.gettext("from %(date)s", date=begun)
    return begun if begun == ended else f"{begun}\N{EN DASH}{ended}"
