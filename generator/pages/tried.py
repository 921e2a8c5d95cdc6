"""Owns a response as pages show it: what was done, whether it worked, where, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.analysis.answers import Responses
from generator.library.library import Claim, Library
from generator.model.across import Answers
from generator.model.value import UNKNOWN, texts
from generator.pages.card import Card
from generator.pages.page import SiteContext
from generator.pages.pagination import DATA, ShortList
from generator.pages.views import UNKNOWN_WORD, Detail, EntryView, Piece, entry_view, pieces

ResultCounts = list[tuple[Piece, int]]
"""Results in the order of their vocabulary, each with its number of cases; unknown comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A response: `response` in words, empty where only its result is known.

    `about` is what the entry says besides, `result` whether it worked, `beside` what the case
    names elsewhere, facet by facet.
    """

    entry: EntryView
    card: Card
    response: str
    about: Detail | None
    result: Detail
    beside: tuple[Detail, ...]


def tried(
    ctx: SiteContext, of: Answers, found: Responses, limit: int, *rest: Piece
) -> ShortList[Tried]:
    """Return the responses that some entries record, at most so many; `rest` has all of them.

    Where not all are shown, those that did not work have the same room as those that did.
    """
    claims: Sequence[Claim] = found.tried
    if len(claims) > limit:
        claims = _of_every_result(of, claims, limit)
    made = tuple(_tried(ctx, of, claim) for claim in claims)
    return ShortList(made, len(found.tried), rest or (DATA,))


def _of_every_result(of: Answers, claims: Sequence[Claim], limit: int) -> list[Claim]:
    """Return so many of some claims, turn by turn of each result, in the order they stand in."""
    turns: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for place, claim in enumerate(claims):
        result = tuple(texts(claim.values, (of.worked,)))
        ranked.append((turns[result], place))
        turns[result] += 1
    return [claims[place] for place in sorted(place for _, place in sorted(ranked)[:limit])]


def _tried(ctx: SiteContext, of: Answers, claim: Claim) -> Tried:
    library = ctx.library
    members = library.model.fields[of.of].fields
    lead = library.model.fields[of.of].lead_field
    shown = entry_view(library, claim)
    said = claim.values.get(of.response)
    about = shown.lead if lead and lead.name != of.response else ""
    result = pieces(library, members[of.worked], claim.values.get(of.worked) or UNKNOWN)
    return Tried(
        entry=shown,
        card=ctx.cards[claim.case],
        response="; ".join(p.text for p in pieces(library, members[of.response], said))
        if said != UNKNOWN
        else "",
        about=Detail(lead.label, (Piece(about),), lead.kind)
        if lead and about not in {"", UNKNOWN_WORD}
        else None,
        result=Detail(members[of.worked].label, result, "term"),
        beside=tuple(_beside(library, claim.case, name) for name in of.beside),
    )


def _beside(library: Library, case: str, name: str) -> Detail:
    """Return the terms of a facet that a case names, groups left out."""
    facet = library.model.facets[name]
    broad = library.model.vocabulary_of(facet).broad
    field = library.model.at(facet.path)
    named = [id_ for id_ in library.terms[case].get(name, ()) if id_ not in broad]
    return Detail(facet.label, pieces(library, field, list(named)) if field else (), "term", name)


def results(library: Library, of: Answers) -> tuple[Piece, ...]:
    """Return the words for whether a response worked, in the order of their vocabulary."""
    field = library.model.fields[of.of].fields[of.worked]
    return pieces(library, field, list(library.model.vocabularies[field.vocabulary].terms))


def result_counts(library: Library, of: Answers, found: Responses) -> ResultCounts:
    """Return in how many cases the responses worked, did not, and so on; none are left out."""
    known = [(piece, len(found.worked.get(piece.term, ()))) for piece in results(library, of)]
    return [*known, (Piece(UNKNOWN_WORD), len(found.unjudged))]
