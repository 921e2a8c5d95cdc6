"""Owns what some cases say, list by list: each term with its number of cases and the entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.library.library import AnswerCounts, Claim, Library, anchor
from generator.model.record import Field
from generator.model.value import YES, texts
from generator.pages import pagination
from generator.pages.card import Card
from generator.pages.page import SiteContext
from generator.pages.views import EntryView, Piece, entry_view, pieces

SHOWN = 3
"""So many entries of a term stand open; the others are folded away."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What some cases say of one term, the best evidenced first; no title where there is no term.

    `number` is the number of cases; `more` are the entries that are folded away.
    """

    title: Piece | None
    number: int
    entries: list[tuple[EntryView, Card]]
    more: pagination.ShortList[tuple[EntryView, Card]]


@dataclass(frozen=True, slots=True)
class EntryList:
    """A list of records of the model, as the cases of a situation fill it."""

    field: Field
    id: str
    rows: list[EntryRow]
    answer_counts: AnswerCounts


def entry_lists(ctx: SiteContext, cases: tuple[str, ...]) -> Iterator[EntryList]:
    """Yield what some cases say in each list of claims of the model, terms of most cases first."""
    library = ctx.library
    found: dict[str, dict[str, list[Claim]]] = {}
    for field in library.model.fields.values():
        if field.layout == "claims" and field.entries:
            claims = [c for id_ in cases for c in library.claims[id_].get(field.name, ())]
            by_term: dict[str, list[Claim]] = defaultdict(list)
            for claim in claims:
                if _holds(library, field, claim):
                    by_term[claim.term].append(claim)
            if by_term:
                found[field.name] = by_term
    most = pagination.most(library, *(len(c) for rows in found.values() for c in rows.values()))
    for name, rows in found.items():
        field = library.model.fields[name]
        made = [_row(ctx, field, term, claims, most) for term, claims in rows.items()]
        made.sort(key=lambda row: (-row.number, row.title.text if row.title else ""))
        yield EntryList(field, anchor(field), made, _stated(library, field, cases))


def _holds(library: Library, field: Field, claim: Claim) -> bool:
    """Return whether an entry tells of something: a known term, a challenge that was met."""
    if field.key and not claim.term:
        return False
    known = library.model.across.challenges
    if known and known.of == field.name:
        return YES in texts(claim.values, (known.met,))
    return True


def _stated(library: Library, field: Field, cases: tuple[str, ...]) -> AnswerCounts:
    held = {id_: library.cases[id_].values.get(field.name) for id_ in cases}
    known = {
        claim.case
        for id_ in cases
        for claim in library.claims[id_].get(field.name, ())
        if claim.term or not field.key
    }
    silent = sum(value is None for value in held.values())
    return AnswerCounts(len(known), len(cases) - len(known) - silent, silent)


def _row(ctx: SiteContext, field: Field, term: str, claims: list[Claim], most: int) -> EntryRow:
    library = ctx.library
    ranked = sorted(claims, key=lambda claim: -(claim.strength or 0))
    number = len({claim.case for claim in claims})

    def shown(claim: Claim) -> tuple[EntryView, Card]:
        return (entry_view(library, claim), ctx.cards[claim.case])

    opened = [shown(claim) for claim in ranked[:SHOWN]]
    title = pieces(library, field.fields[field.key], term)[0] if field.key else None
    rest = pagination.term_page(library, field.fields[field.key], term) if field.key else ()
    more = pagination.shorten(library, ranked[SHOWN:], shown, *rest, limit=most - SHOWN)
    return EntryRow(title, number, opened, more)
