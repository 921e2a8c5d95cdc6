"""The page of a term: the cases that name it and what they say, and what it occurs with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from generator.analysis.substance import FEW
from generator.analysis.tally import cases_by_answer, co_occurring_terms
from generator.base.collation import sort_key
from generator.library import address
from generator.library.collection import AnswerCounts, Claim, Mention
from generator.library.library import PAGE_SIZE, Library
from generator.model.record import Facet, Field
from generator.model.vocabulary import Term
from generator.pages.amounts import AmountView, amount_views
from generator.pages.card import Card, card
from generator.pages.directory import colleagues, is_directory, role_in
from generator.pages.entries import (
    Breakdown,
    ClaimRow,
    breakdown,
    claim_row,
    entry_views,
    leaves_out_word,
)
from generator.pages.my_cases import brief_fragment
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import (
    ListPart,
    ShortList,
    paginate,
    shorten,
)
from generator.pages.pieces import (
    Detail,
    Piece,
    answer_in,
    labelled,
    piece,
    records_title,
    term_piece,
)
from generator.pages.term_rows import FacetSummary, TermRow, heading, term_row

MIN_EXAMPLES = 20
"""How many examples stand on a page that is full of cases."""


TermMentions = Mapping[str, Sequence[int | None]]
"""The cases that name a term, in the order of titles, each with the numbers of its entries."""


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case with what its entries say of a term; `titled` tells which are of another, below it.

    `role` is what the one whom the page is about does in the case, where such pages say that: a
    label with what is recorded, which may be nothing.
    """

    card: Card
    rows: tuple[ClaimRow, ...]
    role: Detail | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """What the page of a term shows.

    `cases` are those of the `number` counted cases, in the order of their titles, that stand on
    the first page, with their entries if `has_entries`; `says_usual` tells that some of these have
    no word for how sure we are, which is said once. `examples` are not counted. `beside` are
    the names that stand in the same cases, in a directory. `broader` and `narrower` are the groups
    above and the terms below. `breakdowns` tell, by the label of another facet of the same entry,
    how the entries divide. There are `few` cases where names tell more than numbers. `amounts` are
    the numbers that the cases give. `brief` is what follows the `#` at the page that prints all of
    them, empty where there is none.
    """

    term: Term
    part: ListPart
    number: int
    cases: list[CaseRows]
    few: bool
    cases_heading: str
    has_entries: bool
    says_usual: bool
    amounts: list[AmountView]
    examples: ShortList[Card]
    beside: ShortList[TermRow]
    together: list[FacetSummary]
    broader: list[Piece]
    narrower: list[TermRow]
    answer_counts: AnswerCounts
    breakdowns: list[tuple[str, Breakdown]]
    contents: Contents
    brief: str


def _contents(library: Library) -> Contents:
    """Return the parts of the page, in their order."""
    _ = library.locale.gettext
    return [
        ("numbers", _("In numbers"), ()),
        ("said", _("What is said"), ()),
        ("beside", _("Works with"), ()),
        ("together", _("Found together with"), ()),
        ("examples", _("Indicative examples"), ()),
    ]


def term_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the pages of every term that a case or an example names."""
    library = ctx.library
    for facet in library.model.facets.values():
        counts = library.counts(facet.name)
        for id_, term in library.model.vocabulary_of(facet).terms.items():
            if library.named(facet.name, id_):
                page = Page(
                    path=address.term(library, facet, id_),
                    title=term.label,
                    template="term.html",
                    description=term.definition,
                    above=(Piece(heading(library, facet), address.facet(facet)),),
                    context=deferred_view(_term_view, ctx, facet, id_),
                )
                yield from paginate(page, counts.get(id_, 0))


def _term_view(
    ctx: SiteContext, facet: Facet, id_: str, part: ListPart
) -> TermView | Mapping[str, Any]:
    library = ctx.library
    vocabulary = library.model.vocabulary_of(facet)
    term = vocabulary.terms[id_]
    inside = len(facet.path) > 1
    on_page = _by_case(library.mentions_on_page(facet.name, id_, str(part.number)))
    cases = [
        _case_rows(ctx, facet, id_, case, _claims(library, facet, on_page, case))
        if inside
        else CaseRows(card(library, case), (), None)
        for case in on_page
    ]
    has_entries = any(case.rows for case in cases)
    says_usual = leaves_out_word(library, (row.entry.claim for c in cases for row in c.rows))
    if part.number > 1:
        return {
            "part": part,
            "term": term,
            "cases": cases,
            "has_entries": has_entries,
            "says_usual": says_usual,
        }
    mentions = _by_case(library.mentions(facet.name, id_))
    examples = _examples(ctx, facet, id_, len(cases))
    flat = is_directory(library, facet)
    beside: ShortList[TermRow] = colleagues(library, facet, id_) if flat else ShortList((), 0)
    few = len(mentions) < FEW
    # Of a name in few cases, each of them says what else it names.
    together = [] if flat and few else _together(library, facet, id_)
    numbers = amount_views(library, facet.name, id_)
    parts = (numbers, cases, beside.total, together, examples.total)
    return TermView(
        term=term,
        part=part,
        number=len(mentions),
        cases=cases,
        few=few,
        cases_heading=_cases_heading(library, flat=flat, has_entries=has_entries),
        has_entries=has_entries,
        says_usual=says_usual,
        amounts=numbers,
        examples=examples,
        beside=beside,
        together=together,
        broader=[term_piece(library, facet, above) for above in vocabulary.ancestors(id_)],
        narrower=[
            term_row(library, facet, below.id, ctx.library.count(facet.name, below.id))
            for below in (vocabulary.narrower(id_) if id_ in vocabulary.broad else ())
        ],
        answer_counts=library.answer_counts(facet.name),
        breakdowns=list(_breakdowns(library, facet, mentions)),
        contents=[
            title for content, title in zip(parts, _contents(library), strict=True) if content
        ],
        brief=brief_fragment(facet, id_) if mentions else "",
    )


def _by_case(mentions: Iterable[Mention]) -> TermMentions:
    entries: dict[str, list[int | None]] = {}
    for mention in mentions:
        entries.setdefault(mention.case, []).append(mention.entry)
    return entries


def _case_rows(
    ctx: SiteContext, facet: Facet, term: str, case: str, claims: Sequence[Claim]
) -> CaseRows:
    rows = tuple(claim_row(ctx, entry, without=term) for entry in entry_views(ctx, claims))
    role = role_in(ctx.library, facet, term, case) if is_directory(ctx.library, facet) else None
    if role:
        rows = tuple(_without(row, role.name) for row in rows)
    return CaseRows(card(ctx.library, case), rows, role)


def _without(row: ClaimRow, name: str) -> ClaimRow:
    """Return a row without what it says in one field, which the page says before it."""
    entry = row.entry
    in_field = {p for d in (*entry.badges, *entry.details) if d.name == name for p in d.pieces}
    return replace(
        row,
        chips=tuple(piece for piece in row.chips if piece not in in_field),
        details=tuple(detail for detail in row.details if detail.name != name),
    )


def _examples(ctx: SiteContext, facet: Facet, id_: str, cases: int) -> ShortList[Card]:
    """Return the examples that name a term, as many as the page has room for under its cases."""
    library = ctx.library
    examples = library.examples_naming(facet.name, id_)
    room = max(PAGE_SIZE - cases, MIN_EXAMPLES) if library.is_long() else len(examples)
    # The list of all cases ends with all examples.
    end = Piece(
        library.locale.gettext(
            "the end of the list of all %(records)s", records=library.model.plural
        ),
        address.cases(library),
    )
    return shorten(library, examples, partial(card, ctx.library), end, limit=room)


def _cases_heading(library: Library, *, flat: bool, has_entries: bool) -> str:
    plural, _ = library.model.plural, library.locale.gettext
    if flat:
        return _("The %(records)s, and the role in each", records=plural)
    if has_entries:
        return _("What %(records)s say", records=plural)
    return records_title(library.model)


def _claims(library: Library, facet: Facet, mentions: TermMentions, case: str) -> list[Claim]:
    """Return the entries of a case that name a term; none where the facet is of no entry."""
    if len(facet.path) == 1:
        return []
    numbers = mentions[case]
    claims = library.claims(case, facet.owner)
    return [claim for claim in claims if claim.index in numbers or None in numbers]


def _together(library: Library, facet: Facet, id_: str) -> list[FacetSummary]:
    """Return what stands in the same cases, and how: a context that helped in 2, hindered in 1."""
    among = frozenset(library.cases_naming(facet.name, id_))
    summaries = []
    for item in co_occurring_terms(library, facet, id_):
        other, member = item.facet, _dividing_member(library, item.facet)
        rows = tuple(
            replace(
                _row_with_note(library, other, member, term, count, among),
                below=tuple(
                    _row_with_note(library, other, member, fine, number, among)
                    for fine, number in item.below.get(term, ())
                ),
            )
            for term, count in item.terms
        )
        title = heading(library, other)
        summaries.append(FacetSummary(other, address.facet(other), title, rows, len(rows)))
    return summaries


def _row_with_note(  # noqa: PLR0913, PLR0917 - a term of a facet, how it divides, and where
    library: Library,
    facet: Facet,
    member: Field | None,
    id_: str,
    count: int,
    among: frozenset[str],
) -> TermRow:
    row = term_row(library, facet, id_, count)
    note = _division(library, facet, member, id_, among) if member else ""
    return replace(row, note=note) if note else row


def _other_facets(library: Library, facet: Facet) -> list[Field]:
    """Return the other facets of the same entry; a directory has a page for each of its own."""
    owner = library.owner(facet)
    members = owner.fields.values() if not owner.directory else ()
    return [member for member in members if member.facet and member.path != facet.path]


def _breakdowns(
    library: Library, facet: Facet, mentions: TermMentions
) -> Iterator[tuple[str, Breakdown]]:
    """Yield how a term's entries divide over the other facets of the entry, most cases first."""
    for member in _other_facets(library, facet):
        claims = chain.from_iterable(_claims(library, facet, mentions, case) for case in mentions)
        if rows := breakdown(library, member, claims):
            yield member.label, sorted(rows, key=lambda row: (-row[1], sort_key(row[0].text)))


def breakdown_words(library: Library, facet: Facet, id_: str, cases: frozenset[str]) -> str:
    """Return how a term's entries in some cases divide by the next facet of the entry, in words.

    A group's entries are those of the terms below it. What is unknown is left out. The words are
    empty where the facet is not the key of an entry.
    """
    member = _dividing_member(library, facet)
    return _division(library, facet, member, id_, cases) if member else ""


def _dividing_member(library: Library, facet: Facet) -> Field | None:
    """Return the next facet of the entry whose key a facet is; None where there is none."""
    owner = library.owner(facet)
    members = _other_facets(library, facet) if facet.path == (owner.name, owner.key) else []
    return members[0] if members else None


def _division(
    library: Library, facet: Facet, member: Field, id_: str, among: frozenset[str]
) -> str:
    cases_of_answers = cases_by_answer(library, facet.owner, member.name, id_)
    numbers = ((text, len(among.intersection(ids))) for text, ids in cases_of_answers.items())
    pairs = ((piece(library, member, text), number) for text, number in numbers if number)
    rows = [(p.text, number) for p, number in pairs if p.term]
    parts = [answer_in(library, text, number) for text, number in sorted(rows, key=_by_words)]
    return labelled(library, member.label, parts) if parts else ""


def _by_words(row: tuple[str, int]) -> tuple[str, int]:
    return sort_key(row[0]), row[1]
