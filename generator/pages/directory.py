"""Owns directories: a facet of names as a table from A to Z, and who stands in cases with whom."""

from __future__ import annotations

from dataclasses import replace

from generator import address
from generator.library import Library, Mention
from generator.model.record import Facet, Field
from generator.model.vocabulary import Term
from generator.pages.page import Making
from generator.pages.rows import Row, row
from generator.tally import beside, distinct
from generator.views import Detail, Piece, pieces


def is_directory(library: Library, facet: Facet) -> bool:
    """Return whether a facet is shown as a directory: its terms are the names of entries."""
    owner = library.owner(facet)
    return owner.directory and facet.path == (owner.name, owner.key)


def directory(making: Making, facet: Facet) -> list[Row]:
    """Return a row for every term, A to Z, with what its entries say of it elsewhere.

    The first row of each letter has an anchor.
    """
    library = making.library
    owner = library.owner(facet)
    shown = [m for m in owner.fields.values() if m.facet and m.name != owner.key]
    found = []
    for id_, mentions in library.index[facet.name].items():
        details = tuple(
            Detail(member.label, _words(library, mentions, owner, member)) for member in shown
        )
        made = row(library, facet, id_, making.counts[facet.name][id_])
        found.append(replace(made, details=details))
    found.sort(key=lambda row: (row.term.label.casefold(), row.term.id))
    letters: dict[str, int] = {}
    for number, made in enumerate(found):
        letters.setdefault(made.term.label[:1].upper(), number)
    for number in letters.values():
        found[number] = replace(found[number], anchor=f"letter-{number}")
    return found


def _words(
    library: Library, mentions: tuple[Mention, ...], owner: Field, member: Field
) -> tuple[Piece, ...]:
    found: dict[str, Piece] = {}
    for mention in mentions:
        for claim in library.claims[mention.case].get(owner.name, ()):
            if claim.index == mention.entry:
                for piece in pieces(library, member, claim.values.get(member.name)):
                    if piece.term:
                        found.setdefault(piece.term, piece)
    return tuple(found.values())


def colleagues(library: Library, facet: Facet, id_: str) -> list[tuple[Term, str, list[str]]]:
    """Return who stands in the same cases as a term of a directory, most often first."""
    cases = distinct(library.index[facet.name].get(id_, ()))
    found = [
        (library.term(facet, other), address.term(library, facet, other), shared)
        for other, shared in beside(library, cases, facet).items()
        if other != id_
    ]
    return sorted(found, key=lambda item: (-len(item[2]), item[0].label.casefold(), item[0].id))
