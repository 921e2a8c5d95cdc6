"""The pages of what was done: about the obstacles that cases met, and about known challenges.

Both show the same for each obstacle: who met it, what was tried, and whether it worked. Obstacles
are those that cases name; challenges are all of a vocabulary, and each case answers whether it met
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.analysis.answers import (
    Challenge,
    Responses,
    all_responses,
    answer_counts,
    challenges,
    obstacle_field,
    obstacle_groups,
    obstacles,
)
from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import YES
from generator.pages.card import Card, card
from generator.pages.entries import (
    AdviceView,
    Breakdown,
    ResponseView,
    advice_views,
    obstacle_anchor,
    response_views,
    result_counts,
)
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, entries_per_list, shorten, term_page
from generator.pages.pieces import Piece, piece


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleView:
    """An obstacle with its numbers of distinct cases, and the responses that they record.

    `number` is the number of cases that name it, `answered` of those that record a response;
    `unanswered` are the cases that met it and record none. `advised` is what was only recommended,
    in `advising` cases, some of which tried something too.
    """

    title: Piece
    anchor: str
    number: int
    answered: int
    results: Breakdown
    responses: ShortList[ResponseView]
    unanswered: ShortList[Card]
    advised: ShortList[AdviceView]
    advising: int

    @property
    def advice_anchor(self) -> str:
        """Return the anchor of what is recommended about the obstacle."""
        return f"advised-{self.anchor}"


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


@dataclass(frozen=True, slots=True)
class ObstacleFamily:
    """A group of obstacles: its numbers, those with a response, and those without."""

    whole: ObstacleView
    answered: list[ObstacleView]
    unanswered: list[ObstacleView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesView:
    """What the page of responses shows: the obstacles by group, each with its responses.

    An obstacle in no group is a family of its own. `recommended` are the
    obstacles about which there is advice; the field that gives it is `advised`, if the model has
    one, and `only_advising` the number of cases that tried nothing. `judged` is the number of cases
    that say of some response whether it worked; `every` sums up all obstacles, each case once, and
    `groups` those of a group. They are empty where the obstacles are in no groups.
    """

    field: Field
    key: Field
    worked: Field
    advised: Field | None
    every: ObstacleView
    families: list[ObstacleFamily]
    groups: list[ObstacleView]
    rows: list[ObstacleView]
    recommended: list[ObstacleView]
    only_advising: int
    judged: int
    answer_counts: AnswerCounts
    index: Piece
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
    declared = ctx.library.model.across.responses
    if declared:
        field = ctx.library.model.fields[declared.of]
        yield Page(
            path=address.RESPONSES,
            title=responses_title(ctx.library, field),
            template="responses.html",
            description=ctx.library.locale.gettext(
                "For each %(noun)s: what was tried, whether it worked, and where.", noun=field.noun
            ),
            context=deferred_view(_responses_view, ctx, declared),
        )


def responses_title(library: Library, field: Field) -> str:
    """Return the title of the page of responses."""
    return library.locale.gettext("%(obstacles)s, and what was done", obstacles=field.heading)


def challenge_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the known challenges, where the model declares it."""
    declared, model = ctx.library.model.across.challenges, ctx.library.model
    if declared:
        yield Page(
            path=address.CHALLENGES,
            title=model.fields[declared.of].heading,
            template="challenges.html",
            description=model.vocabularies[
                obstacle_field(ctx.library, declared).vocabulary
            ].definition,
            context=deferred_view(_challenges_view, ctx, declared),
        )


def _responses_view(ctx: SiteContext, declared: Answers) -> ResponsesView:
    library, key = ctx.library, obstacle_field(ctx.library, declared)
    field, _ = library.model.fields[declared.of], library.locale.gettext
    every = obstacles(library, declared)
    together = all_responses(library, declared)
    limit = _limit(library, [obstacle.responses for obstacle in every])
    rows = [
        _obstacle_view(ctx, declared, piece(library, key, obstacle.term), obstacle.responses, limit)
        for obstacle in every
    ]
    groups = [
        _obstacle_view(ctx, declared, piece(library, key, group.term), group.responses, 0)
        for group in obstacle_groups(library, declared)
    ]
    families = [_family(library, key, whole, rows) for whole in groups or rows]
    recommended = [row for row in rows if row.advising]
    tried_nothing = frozenset(together.advising) - frozenset(together.answered)
    advised = field.fields.get(declared.advised)
    contents: Contents = [("tried", _("What was tried"), ())] if rows else []
    contents += [("advised", advised.label, ())] if advised and recommended else []
    contents += [("glance", _("At a glance"), ())] if rows else []
    return ResponsesView(
        field=field,
        key=key,
        worked=field.fields[declared.worked],
        advised=advised,
        families=families,
        recommended=recommended,
        only_advising=len(tried_nothing),
        every=_obstacle_view(ctx, declared, Piece(_("Any %(noun)s", noun=field.noun)), together, 0),
        groups=groups,
        rows=rows,
        judged=len({case for cases in together.worked.values() for case in cases}),
        answer_counts=answer_counts(library, declared),
        index=_index(library, key),
        contents=contents,
    )


def _family(
    library: Library, key: Field, whole: ObstacleView, rows: list[ObstacleView]
) -> ObstacleFamily:
    """Return a group with its obstacles, each in the order of all; of an obstacle, itself."""
    vocabulary = library.model.vocabularies[key.vocabulary]
    among = {whole.title.term, *vocabulary.fine_below(whole.title.term)}
    own = [row for row in rows if row.title.term in among]
    return ObstacleFamily(
        whole, [row for row in own if row.answered], [row for row in own if not row.answered]
    )


def _index(library: Library, key: Field) -> Piece:
    """Return the index of the obstacles; it leads nowhere where they are no facet."""
    facet = library.facet_by_path.get(key.path[:1]) or library.facet_by_path.get(key.path)
    return Piece(facet.label, address.facet(facet)) if facet else Piece("")


def _challenges_view(ctx: SiteContext, declared: Answers) -> ChallengesView:
    library, key = ctx.library, obstacle_field(ctx.library, declared)
    field, _ = library.model.fields[declared.of], library.locale.gettext
    every = [_only_met(challenge) for challenge in challenges(library, declared)]
    limit = _limit(library, [challenge.responses for challenge in every])
    rows = [_challenge_view(ctx, declared, challenge, limit) for challenge in every]
    return ChallengesView(
        key=key,
        met=field.fields[declared.met],
        worked=field.fields[declared.worked],
        rows=rows,
        answering=len({id_ for each in every for cases in each.met.values() for id_ in cases}),
        contents=[
            ("glance", _("At a glance"), ()),
            *((row.obstacle.anchor, row.obstacle.title.text, ()) for row in rows),
        ],
    )


def _challenge_view(
    ctx: SiteContext, declared: Answers, challenge: Challenge, limit: int
) -> ChallengeView:
    library, key = ctx.library, obstacle_field(ctx.library, declared)
    met = library.model.fields[declared.of].fields[declared.met]
    title = piece(library, key, challenge.term)
    return ChallengeView(
        obstacle=_obstacle_view(ctx, declared, title, challenge.responses, limit),
        definition=library.model.vocabularies[key.vocabulary].terms[challenge.term].definition,
        met=[(piece(library, met, id_), len(cases)) for id_, cases in challenge.met.items()],
        unknown=len(challenge.unknown),
        silent=len(challenge.silent),
    )


def _only_met(challenge: Challenge) -> Challenge:
    """Return a challenge whose unanswered cases are those alone that say they met it."""
    answered = frozenset(challenge.responses.answered)
    unanswered = tuple(id_ for id_ in challenge.met.get(YES, ()) if id_ not in answered)
    return replace(challenge, responses=replace(challenge.responses, unanswered=unanswered))


def _limit(library: Library, every: list[Responses]) -> int:
    """Return how many responses, and cases without one, a page of several obstacles may show."""
    sizes = [len(items) for each in every for items in (each.tried, each.unanswered, each.advised)]
    return entries_per_list(library, *sizes)


def _obstacle_view(
    ctx: SiteContext, declared: Answers, title: Piece, responses: Responses, limit: int
) -> ObstacleView:
    """Return an obstacle with at most `limit` responses; `title` names no term for all of them."""
    library, term = ctx.library, title.term
    see_also = term_page(library, obstacle_field(library, declared), term) if term else ()
    return ObstacleView(
        title=title,
        anchor=obstacle_anchor(library, declared, term) if term else "",
        number=len(responses.cases),
        answered=len(responses.answered),
        results=result_counts(library, declared, responses),
        responses=response_views(ctx, declared, responses, limit, *see_also),
        unanswered=shorten(
            library, responses.unanswered, partial(card, ctx.library), *see_also, limit=limit
        ),
        advised=advice_views(ctx, declared, responses, limit, *see_also),
        advising=len(responses.advising),
    )
