"""Owns the pages of facets and of their terms, and the short list of a facet that other pages show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import address
from generator.library import Library, Mention, Stated
from generator.model.record import Facet
from generator.model.value import located
from generator.model.vocabulary import Term
from generator.pages.page import Making, Page
from generator.tally import counts, distinct, together
from generator.views import Card, Detail, EntryView, Piece, entry, pieces

LONG = 80
"""A vocabulary with more terms than this lists only those that are used, and says how many are not."""


@dataclass(frozen=True, slots=True)
class Row:
    """A term in a list: its number of counted cases, the terms below it."""

    term: Term
    to: str
    count: int
    below: tuple[Row, ...] = ()
    details: tuple[Detail, ...] = ()
    split: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A facet with its most used terms."""

    facet: Facet
    to: str
    heading: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Said:
    """A case on a term's page, with its entries that name the term."""

    card: Card
    entries: tuple[EntryView, ...]


def heading(library: Library, facet: Facet) -> str:
    """Return the words over a facet: those over its field on a case's page, where they are one."""
    owner = library.owner(facet)
    return owner.heading if facet.name == owner.name else facet.label


def rows(library: Library, facet: Facet) -> list[Row]:
    """Return a facet's used terms, most used first, then by label; groups stand over their terms."""
    numbers = counts(library, facet)
    vocabulary = library.model.vocabularies[facet.vocabulary]

    def row(term: Term) -> Row:
        below = [row(t) for t in vocabulary.narrower(term.id) if t.id in numbers]
        to = address.term(library, facet, term.id)
        return Row(term, to, numbers[term.id], tuple(sorted(below, key=_rank)))

    tops = [t for t in vocabulary.terms.values() if t.id in numbers and not t.broader]
    return sorted((row(term) for term in tops), key=_rank)


def _rank(row: Row) -> tuple[int, str]:
    return (-row.count, row.term.label.casefold())


def summary(library: Library, facet: Facet, *, most: int = 8) -> Summary:
    """Return a facet with at most that many of its terms, groups passed over."""
    numbers = counts(library, facet)
    broad = library.model.vocabularies[facet.vocabulary].broad
    single = [
        Row(library.term(facet, id_), address.term(library, facet, id_), count)
        for id_, count in numbers.items()
        if id_ not in broad
    ]
    ranked = sorted(single, key=_rank)
    return Summary(
        facet, address.facet(facet), heading(library, facet), tuple(ranked[:most]), len(ranked)
    )


def facet_pages(making: Making) -> Iterator[Page]:
    """Yield the index page of every facet: terms with definitions, counts, and those nobody uses."""
    library = making.library
    for facet in library.model.facets.values():
        vocabulary = library.model.vocabularies[facet.vocabulary]
        owner = library.owner(facet)
        used = rows(library, facet)
        unused = [t for t in vocabulary.terms.values() if t.id not in library.index[facet.name]]
        long = len(vocabulary.terms) > LONG
        directory = owner.directory and len(facet.path) > 1 and facet.path[1] == owner.key
        yield Page(
            path=address.facet(facet),
            title=heading(library, facet),
            template="directory.html" if directory else "facet.html",
            description=vocabulary.definition or owner.help,
            context={
                "facet": facet,
                "heading": heading(library, facet),
                "rows": (found := _directory(library, facet)) if directory else used,
                "labels": [d.label for d in found[0].details] if directory and found else [],
                "letters": [(r.term.label[:1].upper(), r.anchor) for r in found if r.anchor]
                if directory
                else [],
                "unused": [] if long else [(t, address.term(library, facet, t.id)) for t in unused],
                "unused_count": len([t for t in unused if t.id not in vocabulary.broad]),
                "stated": library.stated.get(facet.name, Stated(0, 0, 0)),
            },
        )


def _directory(library: Library, facet: Facet) -> list[Row]:
    """Return every term of a directory, A to Z, with what its entries say of it elsewhere."""
    owner = library.owner(facet)
    shown = [m for m in owner.fields.values() if m.facet and m.name != owner.key]
    numbers = counts(library, facet)
    found = []
    for id_, mentions in library.index[facet.name].items():
        details = tuple(
            Detail(member.label, tuple(_words(library, mentions, member.name, owner.name).values()))
            for member in shown
        )
        to = address.term(library, facet, id_)
        found.append(Row(library.term(facet, id_), to, numbers[id_], (), details))
    found.sort(key=lambda row: (row.term.label.casefold(), row.term.id))
    initials: dict[str, str] = {}
    for row in found:
        initials.setdefault(row.term.label[:1].upper(), row.term.id)
    first = set(initials.values())
    return [
        replace(r, anchor=f"letter-{n}") if r.term.id in first else r for n, r in enumerate(found)
    ]


def _words(
    library: Library, mentions: tuple[Mention, ...], member: str, owner: str
) -> dict[str, Piece]:
    field = library.model.fields[owner].fields[member]
    found: dict[str, Piece] = {}
    for mention in mentions:
        for claim in library.claims[mention.case].get(owner, ()):
            if claim.index == mention.entry:
                for piece in pieces(library, field, claim.values.get(member)):
                    if piece.term:
                        found.setdefault(piece.term, piece)
    return found


def term_pages(making: Making) -> Iterator[Page]:
    """Yield the page of every term that a case names."""
    library = making.library
    for facet in library.model.facets.values():
        used = library.index[facet.name].keys() | library.imagined[facet.name].keys()
        for id_ in library.model.vocabularies[facet.vocabulary].terms:
            if id_ in used:
                yield _term_page(making, facet, id_)


def _term_page(making: Making, facet: Facet, id_: str) -> Page:
    library = making.library
    term = library.term(facet, id_)
    vocabulary = library.model.vocabularies[facet.vocabulary]
    owner = library.owner(facet)
    said = _said(making, facet, library.index[facet.name].get(id_, ()))
    numbers = counts(library, facet)
    directory = owner.directory and len(facet.path) > 1 and facet.path[1] == owner.key
    return Page(
        path=f"{facet.address}/{term.address}.html",
        title=term.label,
        template="term.html",
        description=term.definition,
        above=(Piece(facet.label, address.facet(facet)),),
        context={
            "facet": facet,
            "term": term,
            "said": said,
            "examples": _said(making, facet, library.imagined[facet.name].get(id_, ())),
            "beside": _colleagues(library, facet, id_) if directory else (),
            "together": (beside := _together(library, facet, id_)),
            "said_heading": _said_heading(library, said, directory=directory),
            "entries_said": any(item.entries for item in said),
            "broader": [
                Piece(vocabulary.terms[i].label, address.term(library, facet, i))
                for i in vocabulary.ancestors(id_)
            ],
            "narrower": [
                (t, address.term(library, facet, t.id), numbers.get(t.id, 0))
                for t in vocabulary.narrower(id_)
            ],
            "stated": library.stated[facet.name],
            "split": _split(library, facet, said),
            "contents": _contents(
                said=bool(said),
                beside=bool(directory),
                together=bool(beside),
                examples=id_ in library.imagined[facet.name],
            ),
        },
    )


def _said_heading(library: Library, said: list[Said], *, directory: bool) -> str:
    plural = library.model.plural
    if directory:
        return f"In which {plural}, and as what"
    return f"What {plural} say" if any(item.entries for item in said) else plural.capitalize()


def _contents(
    *, said: bool, beside: bool, together: bool, examples: bool
) -> list[tuple[str, str, tuple[()]]]:
    found: list[tuple[str, str, tuple[()]]] = []
    if said:
        found.append(("said", "What is said", ()))
    if beside:
        found.append(("beside", "Works with", ()))
    if together:
        found.append(("together", "Occurs with", ()))
    return [*found, ("examples", "Indicative examples", ())] if examples else found


def _together(library: Library, facet: Facet, id_: str) -> list[Summary]:
    """Return what stands in the same cases, and how: a context that helped in 2, hindered in 1."""
    cases = set(distinct(library.index[facet.name].get(id_, ())))
    found = []
    for item in together(library, facet, id_):
        used = tuple(
            Row(
                library.term(item.facet, other),
                address.term(library, item.facet, other),
                number,
                split=_influence(library, item.facet, other, cases),
            )
            for other, number in item.terms
        )
        title = heading(library, item.facet)
        found.append(Summary(item.facet, address.facet(item.facet), title, used, len(used)))
    return found


def _influence(library: Library, facet: Facet, id_: str, cases: set[str]) -> str:
    """Return how a term's entries in some cases divide by the other facet of the same entry."""
    owner = library.owner(facet)
    member = next((m for m in owner.fields.values() if m.facet and m.path != facet.path), None)
    if member is None or owner.directory or facet.name != owner.name:
        return ""
    tally: dict[str, set[str]] = {}
    for case in cases:
        for claim in library.claims[case].get(owner.name, ()):
            if claim.term == id_ and member.name in claim.values:
                word = pieces(library, member, claim.values[member.name])[0].text
                tally.setdefault(word, set()).add(case)
    return ", ".join(f"{word.casefold()} in {len(found)}" for word, found in sorted(tally.items()))


def _said(making: Making, facet: Facet, mentions: tuple[Mention, ...]) -> list[Said]:
    """Return the cases of some mentions, each with what its entries say, in the order of titles."""
    library = making.library
    found = []
    for id_ in distinct(mentions):
        numbers = [m.entry for m in mentions if m.case == id_]
        claims = library.claims[id_].get(facet.owner, ())
        if len(facet.path) > 1:
            views = tuple(
                entry(library, c) for c in claims if c.index in numbers or None in numbers
            )
        else:
            views = ()
        found.append(Said(making.cards[id_], views))
    return found


def _split(
    library: Library, facet: Facet, said: list[Said]
) -> list[tuple[str, list[tuple[Piece, int]]]]:
    """Return how a term's entries divide over the other facets of the same entry.

    For a context: helped in 3, hindered in 1. The numbers count distinct cases.
    """
    owner = library.owner(facet)
    found = []
    for member in owner.fields.values():
        if not member.facet or member.path == facet.path or owner.directory:
            continue
        tally: dict[Piece, set[str]] = {}
        for item in said:
            for view in item.entries:
                for _, text in located(view.claim.values, (member.name,)):
                    piece = pieces(library, member, text)[0]
                    tally.setdefault(piece, set()).add(item.card.id)
        if tally:
            ranked = sorted(tally.items(), key=lambda pair: (-len(pair[1]), pair[0].text))
            found.append((member.label, [(piece, len(cases)) for piece, cases in ranked]))
    return found


def _colleagues(library: Library, facet: Facet, id_: str) -> list[tuple[Term, str, list[str]]]:
    """Return who stands in the same cases as a term of a directory, most often first."""
    mine = set(distinct(library.index[facet.name].get(id_, ())))
    found = []
    for other, mentions in library.index[facet.name].items():
        shared = [case for case in distinct(mentions) if case in mine]
        if shared and other != id_:
            found.append((library.term(facet, other), address.term(library, facet, other), shared))
    return sorted(found, key=lambda item: (-len(item[2]), item[0].label.casefold()))
