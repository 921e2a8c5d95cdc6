"""The pages of what was done: about the obstacles that cases met, and about known challenges.

Both show the same for each obstacle: who met it, what was tried, and whether it worked. Obstacles
are those that cases name; challenges are all of a vocabulary, and each case answers whether it met
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.analysis.answers import (
    Challenge,
    Responses,
    all_responses,
    answer_counts,
    challenges,
    obstacle_key,
    obstacles,
)
from generator.library import address
from generator.library.library import AnswerCounts, Library, anchor
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import YES
from generator.pages.card import Card
from generator.pages.entries import (
    Breakdown,
    ResponseView,
    response_views,
    result_counts,
)
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, entries_per_list, shorten, term_page
from generator.pages.pieces import Piece, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleView:
    """An obstacle with its numbers of distinct cases, and the responses that they record.

    `number` is the number of cases that name it, `answered` of those that record a response;
    `unanswered` are the cases that met it and record none.
    """

    title: Piece
    anchor: str
    number: int
    answered: int
    results: Breakdown
    responses: ShortList[ResponseView]
    unanswered: ShortList[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeView:
    """A known challenge: how all counted cases answer, each once, and what was done about it.

    `met` are the answers in the order of the vocabulary.
    """

    obstacle: ObstacleView
    definition: str
    met: Breakdown
    unknown: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesView:
    """What the page of responses shows: `answered` are the obstacles with a response.

    `judged` is the number of cases that say of some response whether it worked; `every` sums
    up all obstacles, each case once.
    """

    field: Field
    key: Field
    worked: Field
    every: ObstacleView
    rows: list[ObstacleView]
    answered: list[ObstacleView]
    unanswered: list[ObstacleView]
    judged: int
    answer_counts: AnswerCounts
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengesView:
    """What the page of challenges shows; `answering` counts the cases that answer for any."""

    key: Field
    met: Field
    worked: Field
    rows: list[ChallengeView]
    answering: int
    contents: Contents


def response_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of obstacles and responses, where the model declares it."""
    of = ctx.library.model.across.responses
    if of:
        field = ctx.library.model.fields[of.of]
        yield Page(
            path=address.RESPONSES,
            title=responses_title(field),
            template="responses.html",
            description=f"For each {field.noun}: what was tried, whether it worked, and where.",
            context=deferred_view(_responses_view, ctx, of),
        )


def responses_title(field: Field) -> str:
    """Return the title of the page of responses."""
    return f"{field.label} and responses"


def challenge_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the known challenges, where the model declares it."""
    of, model = ctx.library.model.across.challenges, ctx.library.model
    if of:
        yield Page(
            path=address.CHALLENGES,
            title=model.fields[of.of].heading,
            template="challenges.html",
            description=model.vocabularies[obstacle_key(ctx.library, of).vocabulary].definition,
            context=deferred_view(_challenges_view, ctx, of),
        )


def _responses_view(ctx: SiteContext, of: Answers) -> ResponsesView:
    library, field, key = (
        ctx.library,
        ctx.library.model.fields[of.of],
        obstacle_key(ctx.library, of),
    )
    items = obstacles(library, of)
    limit = _limit(library, [item.responses for item in items])
    rows = [
        _obstacle_view(ctx, of, pieces(library, key, item.term)[0], item.responses, limit)
        for item in items
    ]
    answered = [row for row in rows if row.answered]
    unanswered = [row for row in rows if not row.answered]
    together = all_responses(library, of)
    contents: Contents = [("glance", "At a glance", ())] if rows else []
    contents += [(row.anchor, row.title.text, ()) for row in answered]
    contents += [("unanswered", "No response recorded", ())] if unanswered else []
    return ResponsesView(
        field=field,
        key=key,
        worked=field.fields[of.worked],
        every=_obstacle_view(ctx, of, Piece(f"Any {field.noun}"), together, 0),
        rows=rows,
        answered=answered,
        unanswered=unanswered,
        judged=len({case for cases in together.worked.values() for case in cases}),
        answer_counts=answer_counts(library, of),
        contents=contents,
    )


def _challenges_view(ctx: SiteContext, of: Answers) -> ChallengesView:
    library, field, key = (
        ctx.library,
        ctx.library.model.fields[of.of],
        obstacle_key(ctx.library, of),
    )
    items = [_only_met(item) for item in challenges(library, of)]
    limit = _limit(library, [item.responses for item in items])
    rows = []
    for item in items:
        (title,) = pieces(library, key, item.term)
        answers = pieces(library, field.fields[of.met], list(item.met))
        rows.append(
            ChallengeView(
                obstacle=_obstacle_view(ctx, of, title, item.responses, limit),
                definition=library.model.vocabularies[key.vocabulary].terms[item.term].definition,
                met=[(piece, len(item.met[piece.term])) for piece in answers],
                unknown=len(item.unknown),
                silent=len(item.silent),
            )
        )
    return ChallengesView(
        key=key,
        met=field.fields[of.met],
        worked=field.fields[of.worked],
        rows=rows,
        answering=len({case for item in items for cases in item.met.values() for case in cases}),
        contents=[
            ("glance", "At a glance", ()),
            *((row.obstacle.anchor, row.obstacle.title.text, ()) for row in rows),
        ],
    )


def _only_met(item: Challenge) -> Challenge:
    """Return a challenge whose unanswered cases are those alone that say they met it."""
    answered = frozenset(item.responses.answered)
    unanswered = tuple(id_ for id_ in item.met.get(YES, ()) if id_ not in answered)
    return replace(item, responses=replace(item.responses, unanswered=unanswered))


def _limit(library: Library, every: list[Responses]) -> int:
    """Return how many responses, and cases without one, a page of several obstacles may show."""
    sizes = [len(items) for each in every for items in (each.tried, each.unanswered)]
    return entries_per_list(library, *sizes)


def _obstacle_view(
    ctx: SiteContext, of: Answers, title: Piece, responses: Responses, limit: int
) -> ObstacleView:
    """Return an obstacle with at most `limit` responses; `title` names no term for all of them."""
    library, term = ctx.library, title.term
    see_also = term_page(library, obstacle_key(library, of), term) if term else ()
    return ObstacleView(
        title=title,
        anchor=obstacle_anchor(library, of, term) if term else "",
        number=len(responses.cases),
        answered=len(responses.answered),
        results=result_counts(library, of, responses),
        responses=response_views(ctx, of, responses, limit, *see_also),
        unanswered=shorten(
            library, responses.unanswered, ctx.cards.__getitem__, *see_also, limit=limit
        ),
    )


def obstacle_anchor(library: Library, of: Answers, term: str) -> str:
    """Return the anchor of an obstacle on its page."""
    vocabulary = obstacle_key(library, of).vocabulary
    return f"{anchor(library.model.fields[of.of])}-{library.addresses[vocabulary][term]}"
