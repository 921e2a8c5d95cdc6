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
from generator.base.collation import sort_key
from generator.library.collection import Claim, anchor
from generator.library.library import Library
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import is_unknown
from generator.pages.entries import (
    AdviceView,
    EntryView,
    ResponseView,
    advice_views,
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

    `responses` are those to it, in `responded` cases; None in a chapter that knows none. `advised`
    is what is only recommended, which the model calls `advice_label`. `answered` tells that the
    cases answer for it, as for a known challenge. `group` is the topmost group above the term,
    empty where it has none.
    """

    label: str
    count: int
    note: str
    best: EntryView | None = None
    responses: ShortList[ResponseView] | None = None
    responded: int = 0
    advised: ShortList[AdviceView] | None = None
    advice_label: str = ""
    answered: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class ChapterGroup:
    """Lines of a chapter under one group, whose terms `count` counted cases name.

    `label` is empty for terms in no group.
    """

    label: str
    count: int
    lines: tuple[ChapterLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A list of claims in the report: how many `cases` say something in it, in how many `claims`.

    Either `groups` tell it, or `entries`; `unnamed` are the claims whose term is unknown.
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
    groups: list[ChapterGroup]
    entries: ShortList[EntryView]

    @property
    def quoted(self) -> Iterator[EntryView]:
        """Yield every entry that the chapter quotes."""
        for line in (line for group in self.groups for line in group.lines):
            if line.best:
                yield line.best
            for response in line.responses.items if line.responses else ():
                yield response.entry
            for advice in line.advised.items if line.advised else ():
                yield advice.entry
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
        silent=library.number_counted - len(known) - unknown,
        claims=len(claims),
        unnamed=sum(1 for claim in claims if field.key and not claim.term),
        strengths=strength_counts(library, claims) if measured else (),
        groups=_groups(library, field, lines),
        entries=shorten(library, quotable, partial(entry_view, ctx), limit=limit),
    )


def _groups(library: Library, field: Field, lines: list[ChapterLine]) -> list[ChapterGroup]:
    """Return lines by group, that of the most cases first; terms in no group come last."""
    by_group: dict[str, list[ChapterLine]] = {}
    for line in lines:
        by_group.setdefault(line.group, []).append(line)
    alone = by_group.pop("", [])
    facet = library.facet_by_path.get((field.name, field.key))
    groups = [
        ChapterGroup(
            label=piece(library, field.fields[field.key], id_).text,
            count=library.count(facet.name, id_) if facet else 0,
            lines=tuple(below),
        )
        for id_, below in by_group.items()
    ]
    groups.sort(key=lambda group: (-group.count, sort_key(group.label)))
    return [*groups, *([ChapterGroup("", 0, tuple(alone))] if alone else [])]


def _unknown(library: Library, field: Field, known: tuple[str, ...]) -> int:
    """Return how many of the other counted cases say that a field is unknown."""
    known_ids = frozenset(known)
    values = library.values_of_all(field.name)
    return sum(1 for id_, value in values if id_ not in known_ids and is_unknown(value))


def _term_lines(ctx: SiteContext, field: Field, claims: Iterable[Claim]) -> list[ChapterLine]:
    """Return the lines of a chapter's terms, those of the most cases first."""
    library = ctx.library
    facet = library.facet_by_path.get((field.name, field.key))
    vocabulary = library.model.vocabulary_of(facet) if facet else None
    declared = library.model.across.responses
    if declared and declared.of != field.name:
        declared = None
    advised = field.fields.get(declared.advised) if declared else None
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
                group=vocabulary.group_of(term) if vocabulary else "",
                advised=_advice(ctx, declared, term, recorded) if declared and recorded else None,
                advice_label=advised.label if advised else "",
            )
        )
    return sorted(lines, key=lambda line: (-line.count, sort_key(line.label)))


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
            answered=True,
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


def _advice(
    ctx: SiteContext, declared: Answers, term: str, recorded: Responses
) -> ShortList[AdviceView]:
    library = ctx.library
    limit = MIN_ENTRIES if library.is_long() else len(recorded.advised)
    see_also = term_page(library, obstacle_field(library, declared), term)
    return advice_views(ctx, declared, recorded, limit, *see_also)


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
        parts.append(_("nothing said in %(num)s", num=len(challenge.silent)))
    return labelled(library, met.label, parts)
