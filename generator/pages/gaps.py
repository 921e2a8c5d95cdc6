"""The page of gaps: what no case covers, what cites nothing, what is old or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from generator.analysis import gaps
from generator.analysis.answers import obstacles
from generator.analysis.gaps import AgedCase, EmptyCells, QuestionCounts, UncoveredTerms
from generator.analysis.substance import FEW
from generator.analysis.synthesis import citable_claims_by_case
from generator.analysis.thin_terms import thin_terms
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.record import Field
from generator.pages.card import Card, card
from generator.pages.entries import CaseEntries, entry_views, obstacle_anchor
from generator.pages.index_pages import IndexRow, gaps_title, thin_rows
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, entries_per_list, shorten
from generator.pages.pieces import Piece, piece, term_piece
from generator.pages.term_rows import FacetAnswers, facet_answers

OPEN = 10
"""How many entries of a longer list stand open; the others are folded away."""


@dataclass(frozen=True, slots=True)
class CitableClaims:
    """Claims that can cite sources: the words of each level with its number of claims.

    `uncited` are those that cite none, case by case.
    """

    total: int
    levels: list[tuple[str, int]]
    uncited: ShortList[CaseEntries]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRecords:
    """Records that are old; each list is None where the model has no such date."""

    overdue: ShortList[tuple[Card, AgedCase]] | None
    stale: ShortList[tuple[Card, AgedCase]] | None
    undated: ShortList[Card]
    months: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """Obstacles of which no case records a response, out of all `total` that cases name.

    Each row is the obstacle, its place on the page of responses, and its number of cases.
    """

    field: Field
    rows: list[tuple[Piece, str, int]]
    total: int


@dataclass(frozen=True, slots=True)
class LittleKnown:
    """A term that few cases name: its page, their number, and what none of them tells."""

    piece: Piece
    number: int
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """What the page shows. What a model cannot tell is None, and not on the page.

    `evidence` leads to the map of evidence; `plainly` are the uncovered terms that
    are few and in no groups; `examples` has by facet and term the page of what only
    examples name, and how many do; `little` are the terms of a facet that few cases
    name; `thin` are the pages that say nothing yet; `empty` are the cells of the map of evidence
    without a case, by group and term by term; `unknown` are the facets of which some case says
    unknown or nothing; `lacking` are the records that lack any field, those that lack most first,
    of which `open` stand open, as does a list of at most `few` terms.
    """

    uncovered: list[UncoveredTerms]
    plainly: list[UncoveredTerms]
    examples: Mapping[tuple[str, str], tuple[str, int]]
    little: list[tuple[FacetAnswers, list[LittleKnown]]]
    thin: list[IndexRow]
    empty: list[EmptyCells]
    citable: CitableClaims | None
    unmet: Unmet | None
    unknown: list[FacetAnswers]
    questions: list[tuple[Field, list[QuestionCounts]]]
    evidence: Piece | None
    lacking: ShortList[tuple[Card, int]]
    open: int
    few: int
    old: OldRecords | None
    contents: Contents


def gap_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of gaps, where there is a case to have any."""
    plural, _ = ctx.library.model.plural, ctx.library.locale.gettext
    if ctx.library.counted:
        yield Page(
            path=address.GAPS,
            title=gaps_title(ctx.library),
            template="gaps.html",
            description=_("What the %(records)s do not tell us yet.", records=plural),
            context=deferred_view(_gaps_view, ctx),
        )


def _gaps_view(ctx: SiteContext) -> GapsView:
    library, _ = ctx.library, ctx.library.locale.gettext
    questions: dict[str, list[QuestionCounts]] = {}
    for asked in gaps.question_counts(library):
        questions.setdefault(asked.field.name, []).append(asked)
    uncovered, unmet = list(gaps.uncovered_terms(library)), _unmet(library)
    citable, old = _citable_claims(ctx), _old_records(ctx)
    lacking = shorten(
        library, gaps.incomplete_cases(library), lambda pair: (card(ctx.library, pair[0]), pair[1])
    )
    unknown, thin, little = _unknown(library), thin_rows(ctx), _little_known(ctx)
    tables = (gaps.empty_cells(library, by_group=by_group) for by_group in (True, False))
    empty = [cells for cells in tables if cells and cells.rows]
    parts: list[tuple[str, str, object]] = [
        ("uncovered", _("Nobody has written about this yet"), uncovered or empty),
        ("little", _("Few have written about this"), little),
        ("unknown", _("What is known least"), unknown),
        ("questions", _("Questions without an answer"), questions),
        ("uncited", _("Said without a source"), citable),
        ("unmet", _("No response recorded"), unmet),
        ("missing", _("Records that are not complete"), lacking.total),
        ("old", _("Old records"), old),
        ("thin", _("Too few to show"), thin),
    ]
    return GapsView(
        uncovered=uncovered,
        plainly=[r for r in uncovered if _is_plain(r)],
        examples=_examples(library, uncovered),
        thin=thin,
        empty=empty,
        citable=citable,
        unmet=unmet,
        little=little,
        unknown=unknown,
        evidence=Piece(_("How sure we are"), address.EVIDENCE_MAP)
        if library.model.across.evidence_map
        else None,
        questions=[(library.model.fields[name], rows) for name, rows in questions.items()],
        lacking=lacking,
        open=OPEN,
        few=FEW,
        old=old,
        contents=[(id_, title, ()) for id_, title, part in parts if part],
    )


def _is_plain(row: UncoveredTerms) -> bool:
    return row.number <= FEW and [each.group for each in row.groups] == [None]


def _examples(
    library: Library, uncovered: Iterable[UncoveredTerms]
) -> Mapping[tuple[str, str], tuple[str, int]]:
    """Return by facet and term the pages of what only examples name, and how many do."""
    return {
        (row.facet.name, term.id): (address.term(library, row.facet, term.id), len(examples))
        for row in uncovered
        for group in row.groups
        for term in group.terms
        if (examples := library.examples_naming(row.facet.name, term.id))
    }


def _little_known(ctx: SiteContext) -> list[tuple[FacetAnswers, list[LittleKnown]]]:
    """Return the terms that few cases name, of the facets that a reader begins with."""
    library = ctx.library
    facets = library.model.facets
    rows = []
    for name in ctx.site.begin or [f.name for f in facets.values() if len(f.path) == 1]:
        facet = facets[name]
        terms = [
            LittleKnown(
                term_piece(library, facet, each.term),
                each.number,
                tuple(facets[other].label for other in each.untold),
            )
            for each in thin_terms(library, name)
        ]
        if terms:
            rows.append((facet_answers(library, facet), terms))
    return rows


def _citable_claims(ctx: SiteContext) -> CitableClaims | None:
    library = ctx.library
    levels = gaps.by_strength(library)
    total = sum(number for _, number in levels)
    if not total:
        return None
    uncited = [
        (id_, weakest)
        for id_, claims in citable_claims_by_case(library).items()
        if (weakest := [claim for claim in claims if claim.strength == 0])
    ]

    def view(pair: tuple[str, list[Claim]]) -> CaseEntries:
        return CaseEntries(card(ctx.library, pair[0]), entry_views(ctx, pair[1]))

    limit = _cases_within(library, [len(claims) for _, claims in uncited])
    return CitableClaims(total, levels, shorten(library, uncited, view, limit=limit))


def _cases_within(library: Library, sizes: list[int]) -> int:
    """Return how many cases to show, so that their claims are no more than a list shows."""
    room = entries_per_list(library, sum(sizes))
    return max(1, sum(1 for claims in accumulate(sizes) if claims <= room))


def _unmet(library: Library) -> Unmet | None:
    declared = library.model.across.responses
    if declared is None:
        return None
    field = library.model.fields[declared.of]
    items = obstacles(library, declared)
    rows = [
        (
            piece(library, field.fields[field.key], item.term),
            f"{address.RESPONSES}#{obstacle_anchor(library, declared, item.term)}",
            len(item.responses.cases),
        )
        for item in items
        if not item.responses.answered
    ]
    return Unmet(field, rows, len(items))


def _unknown(library: Library) -> list[FacetAnswers]:
    """Return the facets of which some case says unknown or nothing, the least known first."""
    every = [facet_answers(library, facet) for facet in library.model.facets.values()]
    lacking = [row for row in every if row.answer_counts.unknown or row.answer_counts.silent]
    return sorted(lacking, key=lambda row: row.answer_counts.known)


def _old_records(ctx: SiteContext) -> OldRecords | None:
    library = ctx.library
    updated, due = library.model.role("updated"), library.model.role("review-due")
    if not (library.as_of and (updated or due)):
        return None

    def with_cards(records: list[AgedCase]) -> ShortList[tuple[Card, AgedCase]]:
        return shorten(library, records, lambda aged: (card(ctx.library, aged.case), aged))

    undated = gaps.undated_cases(library) if updated else []
    return OldRecords(
        overdue=with_cards(gaps.overdue_cases(library)) if due else None,
        stale=with_cards(gaps.stale_cases(library)) if updated else None,
        undated=shorten(library, undated, partial(card, ctx.library)),
        months=gaps.STALE,
    )
