"""Owns the page of constraints and responses: what was tried about each obstacle, did it work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.answers import (
    Responses,
    all_responses,
    answer_counts,
    obstacle_key,
    obstacles,
)
from generator.library import address
from generator.library.library import AnswerCounts, Library, anchor
from generator.model.across import Answers
from generator.model.record import Field
from generator.pages.card import Card
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, most, shorten, term_page
from generator.pages.tried import ResultCounts, Tried, result_counts, results, tried
from generator.pages.views import Piece, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleView:
    """An obstacle on the page: its numbers of cases, and every response that they record.

    `to` is the place on the page that tells more of it.
    """

    title: Piece
    anchor: str
    to: str
    number: int
    answered: int
    split: ResultCounts
    tried: ShortList[Tried]
    unanswered: ShortList[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesView:
    """What the page shows: `answered` are the obstacles with a response, `unanswered` the others.

    `judged` is the number of cases that say of some response whether it worked; `every` sums
    up all obstacles, each case once.
    """

    field: Field
    key: Field
    worked: Field
    results: tuple[Piece, ...]
    every: ObstacleView
    rows: list[ObstacleView]
    answered: list[ObstacleView]
    unanswered: list[ObstacleView]
    judged: int
    answer_counts: AnswerCounts
    contents: Contents


def response_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of obstacles and responses, where the model declares it."""
    of = ctx.library.model.across.responses
    if of:
        field = ctx.library.model.fields[of.of]
        yield Page(
            path=address.RESPONSES,
            title=title(field),
            template="responses.html",
            description=f"For each {field.noun}: what was tried, whether it worked, and where.",
            context=deferred_view(_view, ctx, of),
        )


def title(field: Field) -> str:
    """Return the title of the page of responses."""
    return f"{field.label} and responses"


def _view(ctx: SiteContext, of: Answers) -> ResponsesView:
    library = ctx.library
    field, named = library.model.fields[of.of], obstacle_key(library, of)
    found = obstacles(library, of)
    sizes = [n for o in found for n in (len(o.responses.tried), len(o.responses.unanswered))]
    limit = most(library, *sizes)
    rows = [
        _row(ctx, of, item.responses, pieces(library, named, item.term)[0], limit) for item in found
    ]
    together = all_responses(library, of)
    answered = [row for row in rows if row.answered]
    unanswered = [row for row in rows if not row.answered]
    return ResponsesView(
        field=field,
        key=named,
        worked=field.fields[of.worked],
        results=results(library, of),
        every=_row(ctx, of, together, Piece(f"Any {field.noun}"), 0),
        rows=rows,
        answered=answered,
        unanswered=unanswered,
        judged=len({case for cases in together.worked.values() for case in cases}),
        answer_counts=answer_counts(library, of),
        contents=_contents(answered, unanswered) if rows else [],
    )


def _row(ctx: SiteContext, of: Answers, found: Responses, name: Piece, limit: int) -> ObstacleView:
    library = ctx.library
    place = obstacle_anchor(library, of, name.term) if name.term else ""
    rest = term_page(library, obstacle_key(library, of), name.term) if name.term else ()
    return ObstacleView(
        title=name,
        anchor=place,
        to=f"#{place if found.tried else 'unanswered'}" if place else "",
        number=len(found.cases),
        answered=len(found.answered),
        split=result_counts(library, of, found),
        tried=tried(ctx, of, found, limit, *rest),
        unanswered=shorten(library, found.unanswered, ctx.cards.__getitem__, *rest, limit=limit),
    )


def obstacle_anchor(library: Library, of: Answers, term: str) -> str:
    """Return the place of an obstacle on the page."""
    vocabulary = obstacle_key(library, of).vocabulary
    return f"{anchor(library.model.fields[of.of])}-{library.addresses[vocabulary][term]}"


def _contents(answered: list[ObstacleView], unanswered: list[ObstacleView]) -> Contents:
    found: Contents = [("glance", "At a glance", ())]
    found += [(row.anchor, row.title.text, ()) for row in answered]
    return [*found, ("unanswered", "No response recorded", ())] if unanswered else found
