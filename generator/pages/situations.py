"""Owns the pages of situations: what others met who began in the same way, and a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.situations import Situation, facets, neighbours, possible, situations
from generator.library import address
from generator.library.library import AnswerCounts, Library
from generator.model.record import Facet
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Term
from generator.pages import pagination
from generator.pages.card import Card
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.said import EntryList, entry_lists
from generator.pages.views import Detail, Piece

TITLE = "Situations"

Near = tuple[tuple[Situation, ...], ...]
"""For each facet the situations that differ in it alone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case of a situation, and in its own words how it came into it."""

    card: Card
    said: list[Detail]


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """What the page of a situation shows: of its `number` cases, those of the first page.

    `near` holds for each facet the situations that differ in it alone: the words of its noun, and
    the other terms, each with its number of cases.
    """

    terms: list[tuple[Facet, Piece]]
    part: pagination.ListPart
    number: int
    cases: list[Shown]
    total: int
    parts: list[EntryList]
    near: list[tuple[str, list[tuple[Piece, int]]]]
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationsView:
    """What the list of situations shows: under each term of the first facet, the rest.

    `named` is the number of counted cases that show any; `stated` says for each facet what the
    others lack.
    """

    facets: tuple[Facet, ...]
    groups: list[tuple[Term, str, list[tuple[Piece, int]]]]
    number: int
    possible: int
    named: int
    total: int
    answer_counts: list[tuple[Facet, str, AnswerCounts]]


def situation_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the list of situations and the page of each, where the model declares them."""
    library = ctx.library
    made = facets(library)
    if not made:
        return
    found = situations(library)
    nouns = _and([facet.noun for facet in made])
    yield Page(
        path=address.SITUATIONS,
        title=TITLE,
        template="situations.html",
        description=f"Before a meeting: what others met who share your {nouns}.",
        context=deferred_view(_list, library, made, found),
    )
    near = neighbours(found)
    for one in found:
        words = _words(library, one)
        page = Page(
            path=address.situation(library, made, one.terms),
            title=" · ".join(words),
            template="situation.html",
            description=f"What others met, and did, who share the {nouns}: {', '.join(words)}.",
            above=(Piece(TITLE, address.SITUATIONS),),
            context=dict,
        )
        values = partial(_values, ctx, one, near[one])
        yield from pagination.divided(library, page, len(one.cases), values)


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _words(library: Library, one: Situation) -> list[str]:
    pairs = zip(facets(library), one.terms, strict=True)
    return [library.term(facet, id_).label for facet, id_ in pairs]


def _list(
    library: Library, made: tuple[Facet, ...], found: tuple[Situation, ...]
) -> SituationsView:
    groups: dict[str, list[tuple[Piece, int]]] = defaultdict(list)
    for one in found:
        words = " · ".join(_words(library, one)[1:])
        to = address.situation(library, made, one.terms)
        groups[one.terms[0]].append((Piece(words, to), len(one.cases)))
    return SituationsView(
        facets=made,
        groups=[
            (library.term(made[0], id_), address.term(library, made[0], id_), rows)
            for id_, rows in groups.items()
        ],
        number=len(found),
        possible=possible(library),
        named=len({case for one in found for case in one.cases}),
        total=len(library.counted),
        answer_counts=[
            (facet, address.facet(facet), library.answer_counts[facet.name]) for facet in made
        ],
    )


def _values(
    ctx: SiteContext, one: Situation, near: Near, part: pagination.ListPart
) -> Mapping[str, Any]:
    if part.number == 1:
        return deferred_view(_view, ctx, one, near, part)()
    return {"part": part, "cases": _shown(ctx, one, part)}


def _shown(ctx: SiteContext, one: Situation, part: pagination.ListPart) -> list[Shown]:
    return [Shown(ctx.cards[id_], list(_said(ctx.library, one, id_))) for id_ in part.of(one.cases)]


def _view(ctx: SiteContext, one: Situation, near: Near, part: pagination.ListPart) -> SituationView:
    library, made = ctx.library, facets(ctx.library)
    told = list(entry_lists(ctx, one.cases))
    beside = list(_near(library, near))
    contents: Contents = [("cases", library.model.plural.capitalize(), ())]
    contents += [(part.id, part.field.heading, ()) for part in told]
    return SituationView(
        terms=[
            (facet, Piece(library.term(facet, id_).label, address.term(library, facet, id_)))
            for facet, id_ in zip(made, one.terms, strict=True)
        ],
        part=part,
        number=len(one.cases),
        cases=_shown(ctx, one, part),
        total=len(library.counted),
        parts=told,
        near=beside,
        contents=[*contents, ("near", "Similar situations", ())] if beside else contents,
    )


def _said(library: Library, one: Situation, case: str) -> Iterator[Detail]:
    """Yield what a case says in the entries that hold the terms of the situation."""
    for facet, id_ in zip(facets(library), one.terms, strict=True):
        owner, vocabulary = library.owner(facet), library.model.vocabulary_of(facet)
        if owner.lead_field is None or facet.path != (owner.name, owner.key):
            continue
        said = tuple(
            Piece(words)
            for claim in library.claims[case].get(owner.name, ())
            if claim.term and id_ in (claim.term, *vocabulary.ancestors(claim.term))
            if (words := str(claim.values.get(owner.lead_field.name, UNKNOWN))) != UNKNOWN
        )
        if said:
            yield Detail(owner.label, said, owner.lead_field.kind)


def _near(library: Library, near: Near) -> Iterator[tuple[str, list[tuple[Piece, int]]]]:
    made = facets(library)
    for place, (facet, others) in enumerate(zip(made, near, strict=True)):
        rows = [
            (
                Piece(
                    library.term(facet, other.terms[place]).label,
                    address.situation(library, made, other.terms),
                ),
                len(other.cases),
            )
            for other in others
        ]
        if rows:
            yield facet.noun, rows
