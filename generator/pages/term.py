"""Owns the page of a term: who names it and what they say, and what it occurs with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator.analysis.tally import distinct_cases, terms_together
from generator.library import address
from generator.library.library import AnswerCounts, Claim, Library
from generator.model.record import Facet, Field
from generator.model.value import texts
from generator.model.vocabulary import Term
from generator.pages.card import Card
from generator.pages.directory import colleagues, is_directory
from generator.pages.page import Contents, Page, SiteContext, TermMentions, deferred_view
from generator.pages.pagination import MOST, ListPart, ShortList, divided, is_long, shorten
from generator.pages.term_rows import FacetSummary, heading, term_row
from generator.pages.views import EntryView, Piece, entry_views, pieces

ROOM = 20
"""So many examples stand on a page that is full of cases."""

AnswerBreakdown = list[tuple[str, list[tuple[Piece, int]]]]
"""How entries divide: by the label of another facet, its terms with their numbers of cases."""


@dataclass(frozen=True, slots=True)
class TermClaim:
    """A case on a term's page, with its entries that name the term."""

    card: Card
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """What the page of a term shows.

    `said` are the counted cases in the order of their titles that stand on the first page, of
    `number`; `examples` those that are not counted; `entries_said` tells that the first hold
    entries. `beside` are the names that stand in the same cases, in a directory. `broader` and
    `narrower` are the groups above and the terms below, these with their numbers.
    """

    facet: Facet
    term: Term
    part: ListPart
    number: int
    said: list[TermClaim]
    examples: ShortList[Card]
    beside: ShortList[tuple[Term, str, int]]
    together: list[FacetSummary]
    said_heading: str
    entries_said: bool
    broader: list[Piece]
    narrower: list[tuple[Term, str, int]]
    answer_counts: AnswerCounts
    split: AnswerBreakdown
    contents: Contents


CONTENTS: Contents = [
    ("said", "What is said", ()),
    ("beside", "Works with", ()),
    ("together", "Occurs with", ()),
    ("examples", "Indicative examples", ()),
]
"""The parts of the page, in their order."""


def term_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every term that a case or an example names, and those where it goes on."""
    library = ctx.library
    for facet in library.model.facets.values():
        for id_, term in library.model.vocabulary_of(facet).terms.items():
            if library.named(facet, id_):
                page = Page(
                    path=address.term(library, facet, id_),
                    title=term.label,
                    template="term.html",
                    description=term.definition,
                    above=(Piece(facet.label, address.facet(facet)),),
                    context=dict,
                )
                number = ctx.counts[facet.name].get(id_, 0)
                values = partial(_values, ctx, facet, id_)
                yield from divided(library, page, number, values)


def _values(ctx: SiteContext, facet: Facet, id_: str, part: ListPart) -> Mapping[str, Any]:
    if part.number == 1:
        return deferred_view(_view, ctx, facet, id_, part)()
    library = ctx.library
    naming = ctx.naming[facet.name, id_]
    return {
        "part": part,
        "term": library.term(facet, id_),
        "said": _said(ctx, facet, naming, part),
        "entries_said": _entries_said(library, facet, naming),
    }


def _view(ctx: SiteContext, facet: Facet, id_: str, part: ListPart) -> TermView:
    library = ctx.library
    vocabulary = library.model.vocabulary_of(facet)
    naming = ctx.naming[facet.name, id_]
    said = _said(ctx, facet, naming, part)
    examples = _examples(ctx, facet, id_, len(said))
    flat = is_directory(library, facet)
    beside: ShortList[tuple[Term, str, int]] = ShortList((), 0, ())
    if flat:
        beside = colleagues(library, facet, id_)
    shared = _together(library, facet, id_)
    entries_said = _entries_said(library, facet, naming)
    parts = (said, beside.total, shared, examples.total)
    return TermView(
        facet=facet,
        term=vocabulary.terms[id_],
        part=part,
        number=len(naming),
        said=said,
        examples=examples,
        beside=beside,
        together=shared,
        said_heading=_said_heading(library.model.plural, flat=flat, entries_said=entries_said),
        entries_said=entries_said,
        broader=[
            Piece(vocabulary.terms[above].label, address.term(library, facet, above), above)
            for above in vocabulary.ancestors(id_)
        ],
        narrower=[
            (t, address.term(library, facet, t.id), ctx.counts[facet.name].get(t.id, 0))
            for t in (vocabulary.narrower(id_) if id_ in vocabulary.broad else ())
        ],
        answer_counts=library.answer_counts[facet.name],
        split=_split(library, facet, naming),
        contents=[item for shown, item in zip(parts, CONTENTS, strict=True) if shown],
    )


def _examples(ctx: SiteContext, facet: Facet, id_: str, said: int) -> ShortList[Card]:
    """Return the examples that name a term, as many as the page has room for under its cases."""
    library = ctx.library
    example_index = distinct_cases(library.example_index[facet.name].get(id_, ()))
    room = max(MOST - said, ROOM) if is_long(library) else len(example_index)
    return shorten(library, example_index, ctx.cards.__getitem__, _last(library), limit=room)


def _said_heading(plural: str, *, flat: bool, entries_said: bool) -> str:
    if flat:
        return f"In which {plural}, and as what"
    return f"What {plural} say" if entries_said else f"{plural[:1].upper()}{plural[1:]}"


def _last(library: Library) -> Piece:
    """Return the list of all cases, at whose end the examples stand."""
    return Piece(f"the end of the list of all {library.model.plural}", address.cases(library))


def _claims(library: Library, facet: Facet, naming: TermMentions, case: str) -> list[Claim]:
    """Return the entries of a case that name a term; none where the facet is of no entry."""
    if len(facet.path) == 1:
        return []
    numbers = naming[case]
    claims = library.claims[case].get(facet.owner, ())
    return [claim for claim in claims if claim.index in numbers or None in numbers]


def _said(ctx: SiteContext, facet: Facet, naming: TermMentions, part: ListPart) -> list[TermClaim]:
    """Return the cases of one page, each with what its entries say."""
    library = ctx.library
    return [
        TermClaim(ctx.cards[id_], entry_views(library, _claims(library, facet, naming, id_)))
        for id_ in part.of(tuple(naming))
    ]


def _entries_said(library: Library, facet: Facet, naming: TermMentions) -> bool:
    inside = len(facet.path) > 1
    return inside and any(_claims(library, facet, naming, case) for case in naming)


def _together(library: Library, facet: Facet, id_: str) -> list[FacetSummary]:
    """Return what stands in the same cases, and how: a context that helped in 2, hindered in 1."""
    cases = distinct_cases(library.index[facet.name].get(id_, ()))
    found = []
    for item in terms_together(library, facet, id_):
        other = item.facet
        used = tuple(
            replace(term_row(library, other, term, n), split=influence(library, other, term, cases))
            for term, n in item.terms
        )
        title = heading(library, other)
        found.append(FacetSummary(other, address.facet(other), title, used, len(used)))
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


def _split(library: Library, facet: Facet, naming: TermMentions) -> AnswerBreakdown:
    """Return how a term's entries divide over the other facets of the same entry.

    For a context: helped in 3, hindered in 1. The numbers count distinct cases.
    """
    found: AnswerBreakdown = []
    for member in _others(library, facet):
        tally: dict[str, set[str]] = {}
        for case in naming:
            for claim in _claims(library, facet, naming, case):
                for text in texts(claim.values, (member.name,)):
                    tally.setdefault(text, set()).add(case)
        if tally:
            named = [
                (pieces(library, member, text)[0], len(cases)) for text, cases in tally.items()
            ]
            found.append((member.label, sorted(named, key=lambda pair: (-pair[1], pair[0].text))))
    return found
