"""Owns the page of the known challenges: met or not, what was done, did it work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.answers import Challenge, challenges, obstacle_key
from generator.library import address
from generator.library.library import anchor
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import YES
from generator.model.vocabulary import Term
from generator.pages.card import Card
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, most, shorten, term_page
from generator.pages.tried import ResultCounts, Tried, result_counts, tried
from generator.pages.views import Piece, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeView:
    """A challenge on the page: how the counted cases answer, and every response they record.

    `answers` are in the order of the vocabulary; `unanswered` are the cases that met it and tell
    of no response; `answered` is the number of those that tell of one.
    """

    term: Term
    anchor: str
    answers: list[tuple[Piece, int]]
    unknown: int
    silent: int
    answered: int
    split: ResultCounts
    tried: ShortList[Tried]
    unanswered: ShortList[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengesView:
    """What the page shows; `said` is the number of cases that answer for any challenge."""

    field: Field
    key: Field
    met: Field
    worked: Field
    rows: list[ChallengeView]
    said: int
    total: int
    contents: Contents


def challenge_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the known challenges, where the model declares it."""
    of = ctx.library.model.across.challenges
    if of:
        field = ctx.library.model.fields[of.of]
        yield Page(
            path=address.CHALLENGES,
            title=field.heading,
            template="challenges.html",
            description=ctx.library.model.vocabularies[
                obstacle_key(ctx.library, of).vocabulary
            ].definition,
            context=deferred_view(_view, ctx, of),
        )


def _view(ctx: SiteContext, of: Answers) -> ChallengesView:
    library = ctx.library
    field = library.model.fields[of.of]
    found = challenges(library, of)
    open_ = [_unanswered(item) for item in found]
    limit = most(library, *map(len, open_), *(len(item.responses.tried) for item in found))
    rows = [_row(ctx, of, item, limit) for item in found]
    return ChallengesView(
        field=field,
        key=obstacle_key(library, of),
        met=field.fields[of.met],
        worked=field.fields[of.worked],
        rows=rows,
        said=len({case for item in found for cases in item.met.values() for case in cases}),
        total=len(library.counted),
        contents=[
            ("glance", "At a glance", ()),
            *((row.anchor, row.term.label, ()) for row in rows),
        ],
    )


def _unanswered(item: Challenge) -> list[str]:
    """Return the cases that met a challenge and tell of no response."""
    done = frozenset(item.responses.answered)
    return [id_ for id_ in item.met.get(YES, ()) if id_ not in done]


def _row(ctx: SiteContext, of: Answers, item: Challenge, limit: int) -> ChallengeView:
    library = ctx.library
    field, named = library.model.fields[of.of], obstacle_key(library, of)
    rest = term_page(library, named, item.term)
    answers = pieces(library, field.fields[of.met], list(item.met))
    return ChallengeView(
        term=library.model.vocabularies[named.vocabulary].terms[item.term],
        anchor=f"{anchor(field)}-{library.addresses[named.vocabulary][item.term]}",
        answers=[(piece, len(item.met[piece.term])) for piece in answers],
        unknown=len(item.unknown),
        silent=len(item.silent),
        answered=len(item.responses.answered),
        split=result_counts(library, of, item.responses),
        tried=tried(ctx, of, item.responses, limit, *rest),
        unanswered=shorten(library, _unanswered(item), ctx.cards.__getitem__, *rest, limit=limit),
    )
