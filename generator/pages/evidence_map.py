"""Owns the map of evidence: how well what cases say about two things at once is evidenced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.analysis.crosstab import Pair
from generator.analysis.evidence import Evidence, evidence
from generator.library import address
from generator.library.library import Claim, Library
from generator.model.across import EvidenceMap
from generator.model.record import Facet
from generator.pages.axes import Axis, Group, Head, axis, cell_ids, terms_to_show
from generator.pages.card import Card
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import DATA, ShortList, most, shorten
from generator.pages.views import pieces

WORDS = ("no evidence cited", "weak", "moderate", "strong", "strong")
"""What a cell with a case is called, by the strength of its strongest claim, 0 to 4."""


@dataclass(frozen=True, slots=True)
class Legend:
    """A word of the map: the strength of its dots, what it means, the number of its cells."""

    strength: int | None
    word: str
    meaning: str
    cells: int


@dataclass(frozen=True, slots=True)
class MapClaim:
    """A claim as the map lists it: its own words, where it stands, its strength in words."""

    lead: str
    to: str
    claim: Claim
    card: Card
    strength_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """A cell: `strength` is that of its strongest claim, and nothing where it has no case."""

    id: str
    column: Head
    cases: int
    strength: int | None
    word: str
    only_success: bool
    claims: ShortList[MapClaim]


@dataclass(frozen=True, slots=True)
class MapLine:
    """A row of the map with its cells, those without a case included."""

    head: Head
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What the map of evidence shows.

    `bands` are the rows, group by group; `what` are the entries whose strength counts; `success`
    are the words that tell of success, empty where the model names none; `silent` is the number of
    counted cases that no cell holds.
    """

    rows: Axis
    columns: Axis
    bands: list[tuple[Group, list[MapLine]]]
    what: str
    success: list[str]
    counted: int
    silent: int
    legend: list[Legend]
    only_success: int


def evidence_map(ctx: SiteContext) -> Iterator[Page]:
    """Yield the map of evidence, where the model declares one."""
    library = ctx.library
    of = library.model.across.evidence_map
    if of:
        rows, columns = library.model.facets[of.rows], library.model.facets[of.columns]
        what = library.owner(columns).label.casefold()
        yield Page(
            path=address.EVIDENCE_MAP,
            title="Map of evidence",
            template="evidence-map.html",
            description=f"For each {rows.noun} and {columns.noun}: "
            f"whether there is any {library.model.name}, and how well its {what} are evidenced.",
            context=deferred_view(_view, ctx, of, rows, columns),
        )


def _view(ctx: SiteContext, of: EvidenceMap, rows: Facet, columns: Facet) -> MapView:
    library = ctx.library
    found = evidence(library, of)
    down, along = (
        axis(library, facet, ctx.counts[facet.name], terms_to_show(library, facet))
        for facet in (rows, columns)
    )
    ids = cell_ids(library, down, along)
    cell = _cells(ctx, found, ids)
    bands = [(group, [_line(head, along, cell) for head in group.heads]) for group in down.groups]
    cells = [cell for _, lines in bands for line in lines for cell in line.cells]
    inside = {case for one in found.values() for case in one.cases}
    return MapView(
        rows=down,
        columns=along,
        bands=bands,
        what=library.owner(columns).label.casefold(),
        success=_success(library, of, columns),
        counted=len(library.counted),
        silent=len(library.counted) - len(inside),
        legend=_legend(library, cells),
        only_success=sum(cell.only_success for cell in cells),
    )


def _legend(library: Library, cells: list[MapCell]) -> list[Legend]:
    model = library.model
    levels = model.strength.levels if model.strength else ()
    empty = f"no {model.name}"
    meanings: dict[str, tuple[int | None, list[str]]] = {
        empty: (None, [f"no {model.name} names both"])
    }
    for strength, words in enumerate(levels):
        meanings.setdefault(WORDS[strength], (strength, []))[1].append(words)
    return [
        Legend(strength, word, "; or ".join(said), sum(cell.word == word for cell in cells))
        for word, (strength, said) in meanings.items()
    ]


def _success(library: Library, of: EvidenceMap, columns: Facet) -> list[str]:
    owner = library.owner(columns)
    return [
        library.model.vocabularies[owner.fields[name].vocabulary].terms[id_].label.casefold()
        for name, ids in of.success.items()
        for id_ in ids
    ]


def _cells(
    ctx: SiteContext, found: Mapping[Pair, Evidence], ids: Mapping[Pair, str]
) -> Callable[[Head, Head], MapCell]:
    """Return what makes a cell of its row and its column."""
    limit = most(ctx.library, *(len(one.claims) for one in found.values()))

    def cell(row: Head, column: Head) -> MapCell:
        pair = row.term, column.term
        return _cell(ctx, ids[pair], (row, column), found.get(pair), limit)

    return cell


def _line(head: Head, columns: Axis, cell: Callable[[Head, Head], MapCell]) -> MapLine:
    return MapLine(head, tuple(cell(head, column) for column in columns.heads))


def _cell(
    ctx: SiteContext, id_: str, heads: tuple[Head, Head], found: Evidence | None, limit: int
) -> MapCell:
    library, rest = ctx.library, (*(head.piece for head in heads), DATA)
    claims = found.claims if found else ()
    return MapCell(
        id=id_,
        column=heads[1],
        cases=len(found.cases) if found else 0,
        strength=found.strongest if found else None,
        word=WORDS[found.strongest] if found else f"no {library.model.name}",
        only_success=bool(found and found.only_success),
        claims=shorten(library, _best(claims, limit), partial(_told, ctx), *rest, limit=limit),
    )


def _best(claims: tuple[Claim, ...], limit: int) -> Sequence[Claim]:
    """Return some claims, the best evidenced first where not all are shown."""
    if len(claims) <= limit:
        return claims
    return sorted(claims, key=lambda claim: -(claim.strength or 0))


def _told(ctx: SiteContext, claim: Claim) -> MapClaim:
    library = ctx.library
    lead = library.model.fields[claim.field].lead_field
    said = pieces(library, lead, claim.values.get(lead.name)) if lead else ()
    strength = library.model.strength
    return MapClaim(
        "; ".join(piece.text for piece in said),
        address.claim(library, claim),
        claim,
        ctx.cards[claim.case],
        strength.levels[claim.strength or 0] if strength else "",
    )
