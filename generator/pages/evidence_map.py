"""The map of evidence: how well what cases say about two things at once is evidenced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.analysis.crosstab import Pair, has_groups
from generator.analysis.evidence import Evidence, evidence
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.across import EvidenceMap
from generator.model.record import Facet
from generator.pages.cross_table import Axis, Bands, axis, bands, cell_ids, terms_to_show
from generator.pages.entries import EntryView, entry_view, strongest_first
from generator.pages.index_pages import gaps_title
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, data_piece, entries_per_list, shorten
from generator.pages.pieces import Piece
from generator.pages.term_rows import TermRow


def _strength_words(library: Library) -> tuple[str, ...]:
    """Return what a cell with a case is called, by the strength of its strongest claim, 0 to 4.

    These are the words beside a claim; where the model has none, words of ours.
    """
    _, rule = library.locale.gettext, library.model.strength
    if rule and rule.words:
        return tuple(library.locale.lower(word) for word in rule.words)
    return _("no evidence cited"), _("weak"), _("moderate"), _("strong"), _("strong")


@dataclass(frozen=True, slots=True)
class Legend:
    """A word of the map: the strength of its dots, its meaning, the number of its cells."""

    strength: int | None
    word: str
    meaning: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """A cell: `strength` is that of its strongest claim, None where it has no case."""

    id: str
    column: TermRow
    cases: int
    strength: int | None
    word: str
    only_success: bool
    claims: ShortList[EntryView]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTable:
    """A table of the map: by group or term by term.

    `legend` counts its cells by word; `only_success` are those in which nobody reports a failure.
    """

    rows: Axis
    columns: Axis
    bands: Bands[MapCell]
    legend: list[Legend]
    only_success: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What the map of evidence shows.

    `tables` are one, term by term, or two, of which the first is by group.
    `entries` is what the model calls the entries whose strength counts; `success` are the words
    for success, empty where the model names none; `silent` is the number of counted cases that no
    cell holds.
    """

    tables: list[MapTable]
    entries: str
    success: list[str]
    silent: int


def evidence_map_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the map of evidence, where the model declares one."""
    library = ctx.library
    declared = library.model.across.evidence_map
    if declared:
        rows, columns = library.model.facets[declared.rows], library.model.facets[declared.columns]
        _, entries = library.locale.gettext, _entries(library, columns)
        yield Page(
            path=address.EVIDENCE_MAP,
            title=_("How sure we are"),
            template="evidence-map.html",
            description=_(
                "For each %(row)s and %(column)s: is there a %(record)s, "
                "and how strong is the evidence for its %(entries)s?",
                row=rows.noun,
                column=columns.noun,
                record=library.model.name,
                entries=entries,
            ),
            above=(Piece(gaps_title(library), address.GAPS),) if library.counted else (),
            context=deferred_view(_map_view, ctx, declared, rows, columns),
        )


def _entries(library: Library, columns: Facet) -> str:
    """Return what the model calls the entries that hold the terms of the columns."""
    return library.locale.lower(library.owner(columns).label)


def _map_view(
    ctx: SiteContext, declared: EvidenceMap, row_facet: Facet, column_facet: Facet
) -> MapView:
    library = ctx.library
    by_pair = evidence(library, declared)
    facets = row_facet, column_facet
    tables = [_map_table(ctx, facets, by_pair, by_group=False)]
    if has_groups(library, *facets):
        by_group = evidence(library, declared, by_group=True)
        tables.insert(0, _map_table(ctx, facets, by_group, by_group=True))
    inside = {case for held in by_pair.values() for case in held.cases}
    return MapView(
        tables=tables,
        entries=_entries(library, column_facet),
        success=_success(library, declared, column_facet),
        silent=library.number_counted - len(inside),
    )


def _map_table(
    ctx: SiteContext,
    facets: tuple[Facet, Facet],
    evidence_by_pair: Mapping[Pair, Evidence],
    *,
    by_group: bool,
) -> MapTable:
    library, words = ctx.library, _strength_words(ctx.library)
    no_case = library.locale.gettext("no %(record)s", record=library.model.name)
    rows, columns = (
        axis(
            library,
            facet,
            library.counts(facet.name),
            terms_to_show(library, facet),
            by_group=by_group,
        )
        for facet in facets
    )
    ids = cell_ids(library, rows, columns, by_group=by_group)
    limit = entries_per_list(library, *(len(e.claims) for e in evidence_by_pair.values()))

    def cell(row: TermRow, column: TermRow) -> MapCell:
        pair = row.term.id, column.term.id
        held = evidence_by_pair.get(pair)
        claims: Sequence[Claim] = held.claims if held else ()
        if len(claims) > limit:
            claims = strongest_first(claims)
        see_also = row.piece, column.piece, data_piece(library)
        return MapCell(
            id=ids[pair],
            column=column,
            cases=len(held.cases) if held else 0,
            strength=held.strongest if held else None,
            word=words[held.strongest] if held else no_case,
            only_success=bool(held and held.only_success),
            claims=shorten(library, claims, partial(entry_view, ctx), *see_also, limit=limit),
        )

    lines = bands(rows, columns, cell)
    cells = [cell for _, group in lines for line in group for cell in line.cells]
    return MapTable(
        rows=rows,
        columns=columns,
        bands=lines,
        legend=_legend(library, cells),
        only_success=sum(cell.only_success for cell in cells),
    )


def _legend(library: Library, cells: list[MapCell]) -> list[Legend]:
    model = library.model
    levels = model.strength.levels if model.strength else ()
    _, words = library.locale.gettext, _strength_words(library)
    no_case = _("no %(record)s", record=model.name)
    meanings: dict[str, tuple[int | None, list[str]]] = {
        no_case: (None, [_("no %(record)s names both", record=model.name)])
    }
    for strength, level in enumerate(levels):
        meanings.setdefault(words[strength], (strength, []))[1].append(level)
    return [
        Legend(strength, word, _("; or ").join(parts), sum(cell.word == word for cell in cells))
        for word, (strength, parts) in meanings.items()
    ]


def _success(library: Library, declared: EvidenceMap, columns: Facet) -> list[str]:
    owner = library.owner(columns)
    return [
        library.locale.lower(
            library.model.vocabularies[owner.fields[name].vocabulary].terms[id_].label
        )
        for name, ids in declared.success.items()
        for id_ in ids
    ]
