"""Owns the page of gaps: what no case covers, what cites nothing, what is old or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from generator.analysis import gaps, situations
from generator.analysis.answers import obstacles
from generator.analysis.gaps import Aged, Asked, Empty, Uncovered
from generator.library import address
from generator.library.library import AnswerCounts, Claim, Library
from generator.model.record import Facet, Field
from generator.pages.card import Card
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, most, shorten
from generator.pages.responses import obstacle_anchor
from generator.pages.views import EntryView, Piece, entry_views, pieces

OPEN = 10
"""A list that is longer is folded after so many."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Claims that can cite sources: the words of each level with its number, those that cite none.

    `empty` are these, case by case.
    """

    total: int
    levels: list[tuple[str, int]]
    empty: ShortList[tuple[Card, tuple[EntryView, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """Records that are old; each list is None where the model has no such date."""

    overdue: ShortList[tuple[Card, Aged]] | None
    stale: ShortList[tuple[Card, Aged]] | None
    undated: ShortList[Card]
    months: int


@dataclass(frozen=True, slots=True)
class FacetAnswers:
    """A facet, and how many counted cases name a term of it, say unknown, or say nothing."""

    facet: Facet
    to: str
    answer_counts: AnswerCounts


@dataclass(frozen=True, slots=True)
class Unmet:
    """Obstacles of which no case records a response, out of all that cases name."""

    field: Field
    rows: list[tuple[Piece, str, int]]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """What the page shows. What a model cannot tell is None, and not on the page.

    `situations` are those that no case shows, and all; `lacking` are the records that lack any
    field, those that lack most first, and `folded` all but so many of them.
    """

    total: int
    uncovered: list[Uncovered]
    situations: tuple[int, int] | None
    empty: Empty | None
    claimed: Claimed | None
    unmet: Unmet | None
    said: list[FacetAnswers]
    questions: list[tuple[Field, list[Asked]]]
    lacking: ShortList[tuple[Card, int]]
    folded: int
    old: Old | None
    contents: Contents


def gap_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of gaps, where there is a case to have any."""
    plural = ctx.library.model.plural
    if ctx.library.counted:
        yield Page(
            path=address.GAPS,
            title="Gaps",
            template="gaps.html",
            description=f"What the {plural} do not cover, do not show, or do not know.",
            context=deferred_view(_view, ctx),
        )


def _view(ctx: SiteContext) -> GapsView:
    library = ctx.library
    asked: dict[str, list[Asked]] = {}
    for one in gaps.questions(library):
        asked.setdefault(one.field.name, []).append(one)
    found: list[tuple[str, str, object]] = []
    uncovered, unmet = list(gaps.uncovered(library)), _unmet(library)
    claimed, old = _claimed(ctx), _old(ctx)
    lacking = shorten(library, gaps.lacking(library), lambda one: (ctx.cards[one[0]], one[1]))
    said = _said(library)
    empty = gaps.empty(library)
    found = [
        ("unknown", "Least known", said),
        ("questions", "Questions without an answer", asked),
        ("uncited", "Claimed, not evidenced", claimed),
        ("unmet", "No response recorded", unmet),
        ("uncovered", "Not covered", uncovered or (empty and empty.rows)),
        ("missing", "Still missing", lacking.total),
        ("old", "Old records", old),
    ]
    return GapsView(
        total=len(library.counted),
        uncovered=uncovered,
        situations=_situations(library),
        empty=empty,
        claimed=claimed,
        unmet=unmet,
        said=said,
        questions=[(library.model.fields[name], rows) for name, rows in asked.items()],
        lacking=lacking,
        folded=OPEN,
        old=old,
        contents=[(id_, title, ()) for id_, title, shown in found if shown],
    )


def _situations(library: Library) -> tuple[int, int] | None:
    """Return how many situations no case shows, out of how many."""
    if not library.model.across.situations:
        return None
    possible = situations.possible(library)
    return possible - len(situations.situations(library)), possible


def _claimed(ctx: SiteContext) -> Claimed | None:
    library = ctx.library
    levels = gaps.by_strength(library)
    total = sum(number for _, number in levels)
    uncited = [
        (id_, empty)
        for id_, claims in gaps.citable_claims_by_case(library).items()
        if (empty := [claim for claim in claims if claim.strength == 0])
    ]
    limit = _within(library, [len(empty) for _, empty in uncited])

    def shown(one: tuple[str, list[Claim]]) -> tuple[Card, tuple[EntryView, ...]]:
        return (ctx.cards[one[0]], entry_views(library, one[1]))

    return Claimed(total, levels, shorten(library, uncited, shown, limit=limit)) if total else None


def _within(library: Library, sizes: list[int]) -> int:
    """Return how many cases to show, so that their claims are no more than a list shows."""
    room = most(library, sum(sizes))
    return max(1, sum(1 for held in accumulate(sizes) if held <= room))


def _unmet(library: Library) -> Unmet | None:
    of = library.model.across.responses
    if of is None:
        return None
    field = library.model.fields[of.of]
    found = obstacles(library, of)
    return Unmet(
        field,
        [
            (
                pieces(library, field.fields[field.key], item.term)[0],
                f"{address.RESPONSES}#{obstacle_anchor(library, of, item.term)}",
                len(item.responses.cases),
            )
            for item in found
            if not item.responses.answered
        ],
        len(found),
    )


def _said(library: Library) -> list[FacetAnswers]:
    """Return the facets of which some case says unknown or nothing, the least known first."""
    found = [
        FacetAnswers(facet, address.facet(facet), library.answer_counts[facet.name])
        for facet in library.model.facets.values()
    ]
    lacking = [one for one in found if one.answer_counts.unknown or one.answer_counts.silent]
    return sorted(lacking, key=lambda one: one.answer_counts.known)


def _old(ctx: SiteContext) -> Old | None:
    library = ctx.library
    updated, due = library.model.role("updated"), library.model.role("review-due")
    if not (library.as_of and (updated or due)):
        return None

    def shown(found: list[Aged]) -> ShortList[tuple[Card, Aged]]:
        return shorten(library, found, lambda aged: (ctx.cards[aged.case], aged))

    undated = gaps.undated(library) if updated else []
    return Old(
        overdue=shown(gaps.overdue(library)) if due else None,
        stale=shown(gaps.stale(library)) if updated else None,
        undated=shorten(library, undated, ctx.cards.__getitem__),
        months=gaps.STALE,
    )
