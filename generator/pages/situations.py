"""The pages of situations: what others met who started in the same way, and a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.analysis.situations import (
    Situation,
    neighbours,
    possible_situations,
    situation_facets,
    situations,
)
from generator.library import address
from generator.library.library import Library
from generator.model.record import Facet
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Term
from generator.pages.card import Card, card
from generator.pages.entries import EntryList, entry_lists
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ListPart, paginate
from generator.pages.pieces import Detail, Piece, term_piece
from generator.pages.term_rows import FacetAnswers, facet_answers

Near = tuple[tuple[tuple[tuple[str, ...], int], ...], ...]
"""For each facet the terms of the situations that differ in it alone, with how many cases each."""

Rows = list[tuple[Piece, int]]
"""Situations by the terms that tell them apart, each with its number of cases."""


@dataclass(frozen=True, slots=True)
class SituationCase:
    """A case of a situation, and in its own words how it came into it."""

    card: Card
    words: list[Detail]


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """What the page of a situation shows: of its `number` cases, those of the first page.

    `near` holds for each facet its noun, and the situations that differ in it alone.
    """

    terms: list[tuple[Facet, Piece]]
    part: ListPart
    number: int
    cases: list[SituationCase]
    lists: list[EntryList]
    near: list[tuple[str, Rows]]
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationsView:
    """What the list of situations shows: under each term of the first facet, the rest.

    `named` is the number of counted cases that show any; `answers` say for each facet what the
    others lack.
    """

    facets: tuple[Facet, ...]
    groups: list[tuple[Term, Rows]]
    number: int
    possible: int
    named: int
    answers: list[FacetAnswers]


def situation_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the list of situations and the pages of each, where the model declares them."""
    library = ctx.library
    sides = situation_facets(library)
    if not sides:
        return
    every = situations(library)
    _ = library.locale.gettext
    title, listed = _("Situations"), library.locale.joined([facet.noun for facet in sides])
    yield Page(
        path=address.SITUATIONS,
        title=title,
        template="situations.html",
        description=_("Before a meeting: what others met who share your %(nouns)s.", nouns=listed),
        context=deferred_view(_situations_view, ctx),
    )
    near = neighbours(every)
    for situation in every:
        labels = _labels(library, situation)
        page = Page(
            path=address.situation(library, situation.terms),
            title=" · ".join(labels),
            template="situation.html",
            description=_(
                "What others met, and did, who share the %(nouns)s: %(terms)s.",
                nouns=listed,
                terms=library.locale.comma.join(labels),
            ),
            above=(Piece(title, address.SITUATIONS),),
            context=deferred_view(_situation_view, ctx, situation, _sizes(near[situation])),
        )
        yield from paginate(page, len(situation.cases))


def situation_paths(library: Library) -> Iterator[str]:
    """Yield the paths of the pages of situations, but for the pages on which a list goes on."""
    return (address.situation(library, situation.terms) for situation in situations(library))


def _sizes(near: tuple[tuple[Situation, ...], ...]) -> Near:
    return tuple(tuple((s.terms, len(s.cases)) for s in others) for others in near)


def _labels(library: Library, situation: Situation) -> list[str]:
    pairs = zip(situation_facets(library), situation.terms, strict=True)
    return [library.term(facet, id_).label for facet, id_ in pairs]


def _situations_view(ctx: SiteContext) -> SituationsView:
    library = ctx.library
    sides, every = situation_facets(library), situations(library)
    groups: dict[str, Rows] = defaultdict(list)
    for situation in every:
        words = " · ".join(_labels(library, situation)[1:])
        to = address.situation(library, situation.terms)
        groups[situation.terms[0]].append((Piece(words, to), len(situation.cases)))
    return SituationsView(
        facets=sides,
        groups=[(library.term(sides[0], id_), rows) for id_, rows in groups.items()],
        number=len(every),
        possible=possible_situations(library),
        named=len({case for situation in every for case in situation.cases}),
        answers=[facet_answers(library, facet) for facet in sides],
    )


def _situation_view(
    ctx: SiteContext, situation: Situation, near: Near, part: ListPart
) -> SituationView | Mapping[str, Any]:
    library = ctx.library
    cases = [
        SituationCase(card(ctx.library, id_), list(_words(library, situation, id_)))
        for id_ in part.select(situation.cases)
    ]
    if part.number > 1:
        return {"part": part, "cases": cases}
    lists = list(entry_lists(ctx, situation.cases))
    near_rows = list(_near_rows(library, near))
    contents: Contents = [("cases", library.locale.capital(library.model.plural), ())]
    contents += [(item.id, item.field.heading, ()) for item in lists]
    contents += [("near", library.locale.gettext("Similar situations"), ())] if near_rows else []
    pairs = zip(situation_facets(library), situation.terms, strict=True)
    return SituationView(
        terms=[(facet, term_piece(library, facet, id_)) for facet, id_ in pairs],
        part=part,
        number=len(situation.cases),
        cases=cases,
        lists=lists,
        near=near_rows,
        contents=contents,
    )


def _words(library: Library, situation: Situation, case: str) -> Iterator[Detail]:
    """Yield what a case says in the entries that hold the terms of the situation."""
    for facet, id_ in zip(situation_facets(library), situation.terms, strict=True):
        owner, vocabulary = library.owner(facet), library.model.vocabulary_of(facet)
        if owner.lead_field is None or facet.path != (owner.name, owner.key):
            continue
        pieces = tuple(
            Piece(words)
            for claim in library.claims(case, owner.name)
            if claim.term and id_ in (claim.term, *vocabulary.ancestors(claim.term))
            if (words := str(library.words(claim).get(owner.lead_field.name, UNKNOWN))) != UNKNOWN
        )
        if pieces:
            yield Detail(owner.label, pieces, owner.lead_field.kind)


def _near_rows(library: Library, near: Near) -> Iterator[tuple[str, Rows]]:
    sides = situation_facets(library)
    for index, (facet, others) in enumerate(zip(sides, near, strict=True)):
        rows = []
        for terms, number in others:
            label = library.term(facet, terms[index]).label
            rows.append((Piece(label, address.situation(library, terms)), number))
        if rows:
            yield facet.noun, rows
