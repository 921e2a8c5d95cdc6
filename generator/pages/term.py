"""Owns the page of a term: who names it and what they say, and what it occurs with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import address
from generator.library import Library, Mention, Stated
from generator.model.record import Facet, Field
from generator.model.value import texts
from generator.model.vocabulary import Term
from generator.pages.card import Card
from generator.pages.directory import colleagues, is_directory
from generator.pages.page import Contents, Making, Page, context
from generator.pages.rows import Summary, heading, row
from generator.tally import distinct, together
from generator.views import EntryView, Piece, entries, pieces

Split = list[tuple[str, list[tuple[Piece, int]]]]
"""How entries divide: by the label of another facet, its terms with their numbers of cases."""


@dataclass(frozen=True, slots=True)
class Said:
    """A case on a term's page, with its entries that name the term."""

    card: Card
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """What the page of a term shows.

    `said` are the counted cases in the order of their titles, `examples` those that are not
    counted; `entries_said` tells that the first hold entries. `beside` are the names that stand in
    the same cases, in a directory. `broader` and `narrower` are the groups above and the terms
    below, these with their numbers.
    """

    facet: Facet
    term: Term
    said: list[Said]
    examples: list[Said]
    beside: list[tuple[Term, str, list[str]]]
    together: list[Summary]
    said_heading: str
    entries_said: bool
    broader: list[Piece]
    narrower: list[tuple[Term, str, int]]
    stated: Stated
    split: Split
    contents: Contents


def term_pages(making: Making) -> Iterator[Page]:
    """Yield the page of every term that a case or an example names."""
    library = making.library
    for facet in library.model.facets.values():
        for id_, term in library.model.vocabulary_of(facet).terms.items():
            if library.named(facet, id_):
                yield Page(
                    path=address.term(library, facet, id_),
                    title=term.label,
                    template="term.html",
                    description=term.definition,
                    above=(Piece(facet.label, address.facet(facet)),),
                    context=context(_view, making, facet, id_),
                )


def _view(making: Making, facet: Facet, id_: str) -> TermView:
    library = making.library
    vocabulary = library.model.vocabulary_of(facet)
    said = _said(making, facet, library.index[facet.name].get(id_, ()))
    examples = _said(making, facet, library.imagined[facet.name].get(id_, ()))
    flat = is_directory(library, facet)
    others = colleagues(library, facet, id_) if flat else []
    shared = _together(library, facet, id_)
    entries_said = any(item.entries for item in said)
    return TermView(
        facet=facet,
        term=vocabulary.terms[id_],
        said=said,
        examples=examples,
        beside=others,
        together=shared,
        said_heading=_said_heading(library.model.plural, flat=flat, entries_said=entries_said),
        entries_said=entries_said,
        broader=[
            Piece(vocabulary.terms[above].label, address.term(library, facet, above), above)
            for above in vocabulary.ancestors(id_)
        ],
        narrower=[
            (t, address.term(library, facet, t.id), making.counts[facet.name].get(t.id, 0))
            for t in (vocabulary.narrower(id_) if id_ in vocabulary.broad else ())
        ],
        stated=library.stated[facet.name],
        split=_split(library, facet, said),
        contents=_contents(said=said, beside=others, together=shared, examples=examples),
    )


def _said_heading(plural: str, *, flat: bool, entries_said: bool) -> str:
    if flat:
        return f"In which {plural}, and as what"
    return f"What {plural} say" if entries_said else f"{plural[:1].upper()}{plural[1:]}"


def _contents(
    *,
    said: list[Said],
    beside: list[tuple[Term, str, list[str]]],
    together: list[Summary],
    examples: list[Said],
) -> Contents:
    parts = [
        (said, ("said", "What is said", ())),
        (beside, ("beside", "Works with", ())),
        (together, ("together", "Occurs with", ())),
        (examples, ("examples", "Indicative examples", ())),
    ]
    return [item for shown, item in parts if shown]


def _said(making: Making, facet: Facet, mentions: tuple[Mention, ...]) -> list[Said]:
    """Return the cases of some mentions, each with what its entries say, in the order of titles."""
    library = making.library
    found: dict[str, list[int | None]] = {}
    for mention in mentions:
        found.setdefault(mention.case, []).append(mention.entry)
    inside = len(facet.path) > 1
    return [
        Said(
            making.cards[id_],
            entries(
                library,
                (
                    claim
                    for claim in library.claims[id_].get(facet.owner, ())
                    if inside and (claim.index in numbers or None in numbers)
                ),
            ),
        )
        for id_, numbers in found.items()
    ]


def _together(library: Library, facet: Facet, id_: str) -> list[Summary]:
    """Return what stands in the same cases, and how: a context that helped in 2, hindered in 1."""
    cases = distinct(library.index[facet.name].get(id_, ()))
    found = []
    for item in together(library, facet, id_):
        other = item.facet
        used = tuple(
            replace(row(library, other, term, n), split=influence(library, other, term, cases))
            for term, n in item.terms
        )
        title = heading(library, other)
        found.append(Summary(other, address.facet(other), title, used, len(used)))
    return found


def _others(library: Library, facet: Facet) -> list[Field]:
    """Return the other facets of the same entry; a directory has a page for each of its own."""
    owner = library.owner(facet)
    members = owner.fields.values() if not owner.directory else ()
    return [member for member in members if member.facet and member.path != facet.path]


def influence(library: Library, facet: Facet, id_: str, cases: tuple[str, ...]) -> str:
    """Return how a term's entries in some cases divide by another facet; unknown is left out."""
    owner = library.owner(facet)
    members = _others(library, facet) if facet.path == (owner.name, owner.key) else []
    if not members:
        return ""
    member, tally = members[0], defaultdict[str, set[str]](set)
    for case in cases:
        for claim in library.claims[case].get(owner.name, ()):
            if claim.term == id_ and (said := claim.values.get(member.name)):
                for piece in pieces(library, member, said):
                    if piece.term:
                        tally[piece.text].add(case)
    words = [f"{word.casefold()} in {len(found)}" for word, found in sorted(tally.items())]
    colon = "" if member.label.endswith("?") else ":"
    return f"{member.label}{colon} {', '.join(words)}" if words else ""


def _split(library: Library, facet: Facet, said: list[Said]) -> Split:
    """Return how a term's entries divide over the other facets of the same entry.

    For a context: helped in 3, hindered in 1. The numbers count distinct cases.
    """
    found: Split = []
    for member in _others(library, facet):
        tally: dict[Piece, set[str]] = {}
        for item in said:
            for view in item.entries:
                for text in texts(view.claim.values, (member.name,)):
                    tally.setdefault(pieces(library, member, text)[0], set()).add(item.card.id)
        if tally:
            ranked = sorted(tally.items(), key=lambda pair: (-len(pair[1]), pair[0].text))
            found.append((member.label, [(piece, len(cases)) for piece, cases in ranked]))
    return found
