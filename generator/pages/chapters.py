"""The chapters of the report: what one list of claims tells, over all counted cases.

A list of known challenges is told by its answers, one with a key by its terms, others entry by
entry, the best evidenced first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.analysis.answers import Challenge, Responses, challenges, obstacle_field, responses
from generator.analysis.synthesis import (
    best_claim,
    cases_of,
    claims_by_term,
    claims_of,
    strength_counts,
)
from generator.library.collection import Claim, anchor
from generator.library.library import Library
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import is_unknown
from generator.pages.entries import (
    EntryView,
    ResponseView,
    entry_view,
    response_views,
    strongest_first,
)
from generator.pages.page import SiteContext
from generator.pages.pagination import MIN_ENTRIES, ShortList, shorten, term_page
from generator.pages.pieces import answer_in, labelled, piece
from generator.pages.term import breakdown_words

QUOTED = 40
"""How many entries of a chapter without terms are quoted from a long library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterLine:
    """A term of a chapter: in how many counted cases, how they divide, the best evidenced words.

    `responses` are those to it, in `responded` cases; None in a chapter that knows none.
    """

    label: str
    count: int
    note: str
    best: EntryView | None = None
    responses: ShortList[ResponseView] | None = None
    responded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A list of claims in the report: how many `cases` say something in it, in how many `claims`.

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
    entries: ShortList[EntryView]

    @property
    def quoted(self) -> Iterator[EntryView]:
        """Yield every entry that the chapter quotes."""
        for line in self.lines:
            if line.best:
                yield line.best
            for response in line.responses.items if line.responses else ():
                yield response.entry
        yield from self.entries.items


def chapter(ctx: SiteContext, field: Field) -> Chapter:
    """Return the chapter of a list of claims."""
    library = ctx.library
    claims = claims_of(library, field)
    known = cases_of(claims)
    unknown = _unknown(library, field, known)
    known_challenges = library.model.across.challenges
    lines = []
    if claims and known_challenges and known_challenges.of == field.name:
        lines = _challenge_lines(ctx, known_challenges)
    elif claims and field.key:
        lines = _term_lines(ctx, field, claims)
    quotable = [] if field.key else strongest_first(claims)
    limit = QUOTED if library.is_long() else len(quotable)
    measured = any(claim.strength is not None for claim in claims)
    return Chapter(
        anchor=f"on-{anchor(field)}",
        heading=field.heading,
        noun=field.noun,
        cases=len(known),
        unknown=unknown,
        silent=len(library.counted) - len(known) - unknown,
        claims=len(claims),
        unnamed=sum(1 for claim in claims if field.key and not claim.term),
        strengths=strength_counts(library, claims) if measured else (),
        lines=lines,
        entries=shorten(library, quotable, partial(entry_view, ctx), limit=limit),
    )


def _unknown(library: Library, field: Field, known: tuple[str, ...]) -> int:
    """Return how many of the other counted cases say that a field is unknown."""
    known_ids = frozenset(known)
    values = library.values_of_all(field.name)
    return sum(1 for id_, value in values if id_ not in known_ids and is_unknown(value))


def _term_lines(ctx: SiteContext, field: Field, claims: Iterable[Claim]) -> list[ChapterLine]:
    """Return the lines of a chapter's terms, those of the most cases first."""
    library = ctx.library
    facet = library.facet_by_path.get((field.name, field.key))
    declared = library.model.across.responses
    if declared and declared.of != field.name:
        declared = None
    lines = []
    for term, term_claims in claims_by_term(claims).items():
        strongest, cases = best_claim(library, term_claims), cases_of(term_claims)
        recorded = responses(library, declared, term_claims) if declared else None
        lines.append(
            ChapterLine(
                label=piece(library, field.fields[field.key], term).text,
                count=ctx.library.count(facet.name, term) if facet else len(cases),
                note=breakdown_words(library, facet, term, frozenset(cases)) if facet else "",
                best=entry_view(ctx, strongest) if strongest else None,
                responses=_responses(ctx, declared, term, recorded)
                if declared and recorded
                else None,
                responded=len(recorded.answered) if recorded else 0,
            )
        )
    return sorted(lines, key=lambda line: (-line.count, line.label.casefold()))


def _challenge_lines(ctx: SiteContext, declared: Answers) -> list[ChapterLine]:
    """Return the lines of the known challenges, in the order of their vocabulary."""
    library, key = ctx.library, obstacle_field(ctx.library, declared)
    return [
        ChapterLine(
            label=piece(library, key, challenge.term).text,
            count=sum(len(cases) for cases in challenge.met.values()),
            note=_met_words(library, declared, challenge),
            responses=_responses(ctx, declared, challenge.term, challenge.responses),
            responded=len(challenge.responses.answered),
        )
        for challenge in challenges(library, declared)
    ]


def _responses(
    ctx: SiteContext, declared: Answers, term: str, recorded: Responses
) -> ShortList[ResponseView]:
    library = ctx.library
    limit = MIN_ENTRIES if library.is_long() else len(recorded.tried)
    see_also = term_page(library, obstacle_field(library, declared), term)
    return response_views(ctx, declared, recorded, limit, *see_also)


def _met_words(library: Library, declared: Answers, challenge: Challenge) -> str:
    """Return in words how all counted cases answer for a challenge, each once."""
    met = library.model.fields[declared.of].fields[declared.met]
    _ = library.locale.gettext
    parts = [
        answer_in(library, piece(library, met, id_).text, len(cases))
        for id_, cases in challenge.met.items()
        if cases
    ]
    if challenge.unknown:
        parts.append(_("unknown in %(num)s", num=len(challenge.unknown)))
    if challenge.silent:
        parts.append(_("not said in %(num)s", num=len(challenge.silent)))
    return labelled(library, met.label, parts)
