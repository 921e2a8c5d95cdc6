"""Owns the chapters of the report: a list of claims, summed up over all counted cases.

A list of known challenges is told by its answers, one with a key by its terms, others entry by
entry, the best evidenced first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from generator.analysis.answers import Challenge, Responses, challenges, obstacle_key, responses
from generator.analysis.synthesis import best, by_term, cases_of, claims_of, strengths
from generator.library.library import Claim, Library, anchor
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import is_unknown
from generator.pages.card import Card
from generator.pages.page import SiteContext
from generator.pages.pagination import FEWEST, ShortList, is_long, shorten, term_page
from generator.pages.term import influence
from generator.pages.tried import Tried, tried
from generator.pages.views import EntryView, entry_view, pieces

QUOTED = 40
"""So many entries of a chapter without terms are quoted from a long library."""

ChapterKey = tuple[str, int]
"""A source, by its case and its place there."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An entry of a case, with its sources."""

    entry: EntryView
    card: Card
    sources: tuple[ChapterKey, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A response, with its sources."""

    tried: Tried
    sources: tuple[ChapterKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterLine:
    """A term of a chapter: in how many counted cases, how they divide, the best evidenced words.

    `attempts` are the responses to it, and `tried` says how many there are; `responded` is the
    number of the cases that record one, None in a chapter that knows none.
    """

    label: str
    count: int
    note: str
    best: Saying | None
    attempts: list[Attempt] = field(default_factory=list)
    tried: ShortList[Tried] | None = None
    responded: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A list of claims in the report: the numbers of cases that say something in it, and of claims.

    Either `lines` tell it, or `entries`; `unnamed` are the claims whose term is unknown.
    `strengths` is empty where no strength is computed. `unknown` and `silent` are the other cases.
    """

    anchor: str
    heading: str
    noun: str
    cases: int
    unknown: int
    silent: int
    claims: int
    unnamed: int
    strengths: tuple[int, ...]
    lines: list[ChapterLine]
    entries: ShortList[Saying]

    @property
    def quoted(self) -> Iterator[tuple[Card, tuple[ChapterKey, ...]]]:
        """Yield the case of everything that is quoted, with the sources it cites."""
        for line in self.lines:
            if line.best:
                yield line.best.card, line.best.sources
            for attempt in line.attempts:
                yield attempt.tried.card, attempt.sources
        for saying in self.entries.shown:
            yield saying.card, saying.sources


def chapter(ctx: SiteContext, of: Field) -> Chapter:
    """Return the chapter of a list of claims."""
    library = ctx.library
    found = claims_of(library, of)
    across = library.model.across
    if not found:
        lines = []
    elif across.challenges and across.challenges.of == of.name:
        lines = _answered(ctx, across.challenges)
    else:
        lines = _terms(ctx, of, found) if of.key else []
    ranked = sorted(found, key=lambda claim: -(claim.strength or 0))
    limit = QUOTED if is_long(library) else len(ranked)
    measured = any(claim.strength is not None for claim in found)
    return Chapter(
        anchor=f"on-{anchor(of)}",
        heading=of.heading,
        noun=of.noun,
        cases=len(said := cases_of(found)),
        unknown=(looked := _looked(library, of, said)),
        silent=len(library.counted) - len(said) - looked,
        claims=len(found),
        unnamed=sum(1 for claim in found if of.key and not claim.term),
        strengths=strengths(library, found) if measured else (),
        lines=lines,
        entries=shorten(library, [] if of.key else ranked, partial(_saying, ctx), limit=limit),
    )


def _looked(library: Library, of: Field, said: tuple[str, ...]) -> int:
    """Return how many of the other counted cases say that a field is unknown."""
    others = set(library.counted) - set(said)
    return sum(1 for id_ in others if is_unknown(library.cases[id_].values.get(of.name)))


def _saying(ctx: SiteContext, claim: Claim) -> Saying:
    shown = entry_view(ctx.library, claim)
    return Saying(shown, ctx.cards[claim.case], _cited(shown))


def _cited(shown: EntryView) -> tuple[ChapterKey, ...]:
    return tuple((shown.claim.case, int(piece.text) - 1) for piece in shown.sources)


def _terms(ctx: SiteContext, of: Field, found: Iterable[Claim]) -> list[ChapterLine]:
    """Return the lines of a chapter's terms, those of the most cases first."""
    library = ctx.library
    facet = library.facet_by_path.get((of.name, of.key))
    answers = library.model.across.responses
    lines = []
    for term, claims in by_term(found).items():
        first, cases = best(library, claims), cases_of(claims)
        line = ChapterLine(
            label=pieces(library, of.fields[of.key], term)[0].text,
            count=ctx.counts[facet.name][term] if facet else len(cases),
            note=influence(library, facet, term, cases) if facet else "",
            best=_saying(ctx, first) if first else None,
        )
        if answers and answers.of == of.name:
            line = _responded(ctx, answers, line, responses(library, answers, claims), term)
        lines.append(line)
    return sorted(lines, key=lambda line: (-line.count, line.label.casefold()))


def _responded(
    ctx: SiteContext, of: Answers, line: ChapterLine, found: Responses, term: str
) -> ChapterLine:
    """Return a line with what was tried about its term."""
    library = ctx.library
    limit = FEWEST if is_long(library) else len(found.tried)
    made = tried(ctx, of, found, limit, *term_page(library, obstacle_key(library, of), term))
    attempts = [Attempt(one, _cited(one.entry)) for one in made.shown]
    return replace(line, attempts=attempts, tried=made, responded=len(found.answered))


def _answered(ctx: SiteContext, of: Answers) -> list[ChapterLine]:
    """Return the lines of the known challenges, in the order of their vocabulary."""
    library, named = ctx.library, obstacle_key(ctx.library, of)
    lines = []
    for item in challenges(library, of):
        line = ChapterLine(
            label=pieces(library, named, item.term)[0].text,
            count=sum(len(cases) for cases in item.met.values()),
            note=_divided(library, of, item),
            best=None,
        )
        lines.append(_responded(ctx, of, line, item.responses, item.term))
    return lines


def _divided(library: Library, of: Answers, item: Challenge) -> str:
    """Return in words how all counted cases answer for a challenge, each once."""
    met = library.model.fields[of.of].fields[of.met]
    parts = [
        f"{piece.text.casefold()} in {len(item.met[piece.term])}"
        for piece in pieces(library, met, list(item.met))
        if item.met[piece.term]
    ]
    parts += [f"unknown in {len(item.unknown)}"] if item.unknown else []
    parts += [f"not said in {len(item.silent)}"] if item.silent else []
    return f"{met.label}{'' if met.label.endswith('?') else ':'} {', '.join(parts)}"
