"""Entries of records as pages show them: the one mechanism behind every list of claims.

An entry is an item of a list of records, such as a success factor, a source or a constraint of a
case. `entry_view` makes what a template shows of it, its case's card included. The other views
group entries: by case (`CaseEntries`), by term over some cases (`EntryList`), or as responses to
an obstacle (`ResponseView`). A page kind picks claims, orders them, and calls one of these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.analysis.answers import Responses, cases_with_response
from generator.library import address
from generator.library.collection import Claim, anchor
from generator.library.library import Library
from generator.model.across import Answers, ResponseFields
from generator.model.record import Field
from generator.model.unnamed import DESCRIPTION, KIND_OF_ENTRY, UNNAMED, is_unnamed
from generator.model.value import UNKNOWN, Value, as_list, first, texts
from generator.pages.card import Card, card
from generator.pages.page import SiteContext
from generator.pages.pagination import ShortList, data_piece, shorten
from generator.pages.pieces import Detail, Piece, field_words, piece, pieces

SourceKey = tuple[str, int]
"""A source of the library: the id of its case, and its index among the sources of that case."""

Breakdown = list[tuple[Piece, int]]
"""Terms, each with a number of distinct cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry of a list of records, with the card of its case.

    `title` is its key term, `lead` its own words, `badges` its other terms, `details` the rest;
    `sources` are the numbers of the sources that it cites, with the anchor of each.
    """

    claim: Claim
    card: Card
    title: Piece | None
    lead: str
    badges: tuple[Detail, ...]
    details: tuple[Detail, ...]
    sources: tuple[Piece, ...]
    to: str
    heading: str

    @property
    def cited(self) -> tuple[SourceKey, ...]:
        """Return the keys of the sources that the entry cites."""
        return tuple((self.claim.case, int(source.text) - 1) for source in self.sources)

    @property
    def line(self) -> list[str]:
        """Return the entry's other values for one quiet line, what is unknown left out."""
        values = [p for d in (*self.badges, *self.details) if d.kind != "text" for p in d.pieces]
        return [piece.text for piece in values if not piece.is_unknown]

    @property
    def row(self) -> tuple[Piece, ...]:
        """Return the entry as a row: its key or first value, then the others, if there are any."""
        head = (self.title,) if self.title else self.details[0].pieces if self.details else ()
        rest = self.details if self.title else self.details[1:]
        lead = (Piece(self.lead),) if self.lead else ()
        return (*head, *lead, *(p for d in (*rest, *self.badges) for p in d.pieces))


def entry_view(ctx: SiteContext, claim: Claim) -> EntryView:
    """Return one entry as pages show it."""
    library = ctx.library
    field = library.model.fields[claim.field]
    key, lead, words = field.fields.get(field.key), field.lead_field, library.words(claim)
    badges: list[Detail] = []
    details: list[Detail] = []
    unnamed = is_unnamed(words, field)
    in_title = _unnamed_roles(field) if unnamed else ()
    for member in field.details:
        if member in in_title:
            continue
        if values := pieces(library, member, words.get(member.name)):
            detail = Detail(member.label, values, member.kind, member.name)
            (badges if member.layout == "mark" else details).append(detail)
    titles = pieces(library, key, words.get(key.name)) if key else ()
    if key and key.private and titles and titles[0].is_unknown:
        titles = (replace(titles[0], text=not_named(library, claim.case)),)
    return EntryView(
        claim=claim,
        card=card(ctx.library, claim.case),
        title=_unnamed_title(library, field, words) if unnamed else titles[0] if titles else None,
        lead=field_words(library, lead, words.get(lead.name)) if lead else "",
        badges=tuple(badges),
        details=tuple(details),
        sources=tuple(_sources(library, claim, field)),
        to=address.claim(library, claim),
        heading=field.heading,
    )


def not_named(library: Library, case: str) -> str:
    """Return what a page says where a record does not know a name, by its kind of record."""
    model = library.model
    kind = first(library.outline(case).values, (model.type_field,)) if model.type_field else ""
    return model.type_of(kind).unknown_name or library.locale.gettext("Not named")


def _unnamed_roles(field: Field) -> tuple[Field, ...]:
    """Return the fields that tell who has no name, whose words are the title of the entry."""
    roles = (UNNAMED, DESCRIPTION, KIND_OF_ENTRY)
    return tuple(member for role in roles if (member := field.member_with_role(role)))


def _unnamed_title(library: Library, field: Field, words: Mapping[str, Value]) -> Piece:
    """Return the title of an entry without a name: what describes it, and its kind."""
    described, kind = (field.member_with_role(role) for role in (DESCRIPTION, KIND_OF_ENTRY))
    text = field_words(library, described, words.get(described.name)) if described else ""
    kinds = pieces(library, kind, words.get(kind.name)) if kind else ()
    known = next((piece for piece in kinds if not piece.is_unknown), None)
    _ = library.locale.gettext
    if known is None:
        return Piece(text or _("Without a name"))
    if not text:
        return replace(known, text=_("%(kind)s, without a name", kind=known.text), term="")
    return Piece(_("%(words)s (%(kind)s, without a name)", words=text, kind=known.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where other cases tried something: a number of them, and the page that shows what.

    `group` is the label of the group where they met another obstacle of it, else empty.
    """

    number: int
    to: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleAnswer:
    """What an entry says was done about its obstacle.

    `tried` tells whether it says anything of that. `response` is in words, empty where none are
    recorded, None where they are the entry's own words. `result` and `advice` are None where
    nothing is said; nobody tried the advice there.
    """

    tried: bool
    response: str | None
    result: Detail | None
    advice: Detail | None
    elsewhere: Elsewhere | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """An entry in a row: its term and its words, then in a word each what has a page or is a date.

    `chips` are known terms and dates, `details` all else that is known, under its label. `answer`
    is there where the entries of the field tell what was done about an obstacle.
    """

    entry: EntryView
    chips: tuple[Piece, ...]
    details: tuple[Detail, ...]
    answer: ObstacleAnswer | None = None


def claim_row(ctx: SiteContext, entry: EntryView, *, without: str = "") -> ClaimRow:
    """Return an entry as a row; on the page of the term `without`, without that term."""
    declared = ctx.library.model.across.responses
    rule = declared if declared and declared.of == entry.claim.field else None
    names = {rule.response, rule.worked, rule.advised} if rule else set()
    chips, details = list(_known(entry.badges, without)), []
    for detail in entry.details:
        if detail.name in names:
            continue
        if detail.kind == "date" or any(piece.to and piece.term for piece in detail.pieces):
            chips += _known([detail], without)
        elif any(_known([detail], without)):
            details.append(detail)
    return ClaimRow(
        entry=entry,
        chips=tuple(chips),
        details=tuple(details),
        # A page that shows what cases say of a term has the others beside it already.
        answer=_obstacle_answer(ctx.library, rule, entry, look_elsewhere=not without)
        if rule
        else None,
    )


def _known(details: Iterable[Detail], without: str = "") -> Iterator[Piece]:
    """Yield what details say, but for what is unknown, and for the term of the page."""
    for detail in details:
        for value in detail.pieces:
            if not value.is_unknown and not (without and value.term == without):
                yield value


def _obstacle_answer(
    library: Library, declared: ResponseFields, entry: EntryView, *, look_elsewhere: bool
) -> ObstacleAnswer:
    field, words = library.model.fields[declared.of], library.words(entry.claim)
    by_name = {detail.name: detail for detail in entry.details if any(_known([detail]))}
    typed = words.get(declared.response)
    known = typed is not None and typed != UNKNOWN
    result = by_name.get(declared.worked)
    tried = known or result is not None
    return ObstacleAnswer(
        tried=tried,
        response=_response_words(
            library, field.fields[declared.response], typed if known else None
        ),
        result=result,
        advice=by_name.get(declared.advised),
        elsewhere=_elsewhere(library, declared, entry.claim)
        if look_elsewhere and not tried
        else None,
    )


def _response_words(library: Library, member: Field, value: Value | None) -> str | None:
    return None if member.lead else field_words(library, member, value)


def _elsewhere(library: Library, declared: ResponseFields, claim: Claim) -> Elsewhere | None:
    """Return where other cases tried something about an obstacle, else about one of its group."""
    key = library.model.fields[declared.of].fields[library.model.fields[declared.of].key]
    if not claim.term:
        return None
    here = library.original(claim.case) or claim.case
    groups = library.model.vocabularies[key.vocabulary].ancestors(claim.term)
    for id_ in (claim.term, *groups):
        if number := sum(case != here for case in cases_with_response(library, id_)):
            if id_ == claim.term:
                to = f"{address.RESPONSES}#{obstacle_anchor(library, declared, id_)}"
                return Elsewhere(number=number, to=to, group="")
            to = address.value_address(library, key, id_) or address.RESPONSES
            return Elsewhere(number=number, to=to, group=piece(library, key, id_).text)
    return None


def obstacle_anchor(library: Library, declared: Answers, term: str) -> str:
    """Return the anchor of an obstacle on the page of responses."""
    return f"{anchor(library.model.fields[declared.of])}-{library.term_address(term)}"


def entry_views(ctx: SiteContext, claims: Iterable[Claim]) -> tuple[EntryView, ...]:
    """Return entries as pages show them, in the same order."""
    return tuple(entry_view(ctx, claim) for claim in claims)


def _sources(library: Library, claim: Claim, field: Field) -> Iterator[Piece]:
    strength = library.model.strength
    cited = [id_ for m in field.pointers for id_ in as_list(claim.values.get(m.name))]
    if strength is None or not cited:
        return
    listed = library.claims(claim.case, strength.sources)
    by_id = {source.values.get(strength.id): source for source in listed}
    for id_ in cited:
        if source := by_id.get(id_):
            yield Piece(str(source.index + 1), f"#{source.anchor}")


def leaves_out_word(library: Library, claims: Iterable[Claim]) -> bool:
    """Return whether a page leaves out beside one of some claims how sure we are of it."""
    usual = library.model.strength.usual_level if library.model.strength else None
    return usual is not None and any(claim.strength == usual for claim in claims)


def strongest_first(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims by the strength of their evidence; equally strong ones keep their order."""
    return sorted(claims, key=lambda claim: -(claim.strength or 0))


@dataclass(frozen=True, slots=True)
class CaseEntries:
    """A case with some of its entries."""

    card: Card
    entries: tuple[EntryView, ...]


def breakdown(library: Library, member: Field, claims: Iterable[Claim]) -> Breakdown:
    """Return how entries divide by another of their fields: helped in 3 cases, hindered in 1."""
    cases: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for text in texts(claim.values, (member.name,)):
            cases[text].add(claim.case)
    return [(piece(library, member, text), len(ids)) for text, ids in cases.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseView:
    """A response to an obstacle: `response` in words, empty where only its result is known.

    `about` is what the entry says besides, `result` whether it worked, `beside` what the case
    names elsewhere, facet by facet.
    """

    entry: EntryView
    response: str
    about: Detail | None
    result: Detail
    beside: tuple[Detail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceView:
    """What an entry recommends, in words; nobody tried it there."""

    entry: EntryView
    advice: str


def advice_views(
    ctx: SiteContext, declared: Answers, responses: Responses, limit: int, *see_also: Piece
) -> ShortList[AdviceView]:
    """Return at most `limit` pieces of the advice that entries give; `see_also` has all of it."""
    library = ctx.library

    def view(claim: Claim) -> AdviceView:
        member = library.model.fields[declared.of].fields[declared.advised]
        advice = field_words(library, member, library.words(claim).get(declared.advised))
        return AdviceView(entry=entry_view(ctx, claim), advice=advice)

    return shorten(library, responses.advised, view, *see_also, limit=limit)


def response_views(
    ctx: SiteContext, declared: Answers, responses: Responses, limit: int, *see_also: Piece
) -> ShortList[ResponseView]:
    """Return at most `limit` of the responses that entries record; `see_also` has all of them.

    Where not all are shown, those that did not work have the same room as those that did.
    """
    claims: Sequence[Claim] = responses.tried
    if len(claims) > limit:
        claims = _of_every_result(declared, claims, limit)
    views = tuple(_response_view(ctx, declared, claim) for claim in claims)
    return ShortList(views, len(responses.tried), see_also or (data_piece(ctx.library),))


def _of_every_result(declared: Answers, claims: Sequence[Claim], limit: int) -> list[Claim]:
    """Return so many of some claims, turn by turn of each result, in the order they stand in."""
    turns: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for index, claim in enumerate(claims):
        result = tuple(texts(claim.values, (declared.worked,)))
        ranked.append((turns[result], index))
        turns[result] += 1
    return [claims[index] for index in sorted(index for _, index in sorted(ranked)[:limit])]


def _response_view(ctx: SiteContext, declared: Answers, claim: Claim) -> ResponseView:
    library = ctx.library
    field = library.model.fields[declared.of]
    lead, worked = field.lead_field, field.fields[declared.worked]
    entry = entry_view(ctx, claim)
    response = library.words(claim).get(declared.response)
    about = None
    lead_is_known = lead and library.words(claim).get(lead.name, UNKNOWN) != UNKNOWN
    if lead and lead_is_known and lead.name != declared.response and entry.lead:
        about = Detail(lead.label, (Piece(entry.lead),), lead.kind)
    return ResponseView(
        entry=entry,
        response=""
        if response == UNKNOWN
        else field_words(library, field.fields[declared.response], response),
        about=about,
        result=Detail(worked.label, _result(library, worked, claim), "term"),
        beside=tuple(_beside(library, claim.case, name) for name in declared.beside),
    )


def _result(library: Library, worked: Field, claim: Claim) -> tuple[Piece, ...]:
    """Return whether a response worked; that nobody recorded it is one answer, whoever looked."""
    known = pieces(library, worked, claim.values.get(worked.name))
    return tuple(p for p in known if not p.is_unknown) or (not_recorded(library),)


def not_recorded(library: Library) -> Piece:
    """Return the piece that says that nobody recorded whether something worked."""
    return Piece(library.locale.gettext("Not recorded"), is_unknown=True)


def _beside(library: Library, case: str, name: str) -> Detail:
    """Return the terms of a facet that a case names, groups left out."""
    facet = library.model.facets[name]
    broad = library.model.vocabulary_of(facet).broad
    field = library.model.at(facet.path)
    ids = [id_ for id_ in library.terms(case).get(name, ()) if id_ not in broad]
    return Detail(facet.label, pieces(library, field, list(ids)) if field else (), "term", name)


def result_counts(library: Library, declared: Answers, responses: Responses) -> Breakdown:
    """Return in how many cases responses have each result, in the order of the vocabulary.

    A result that no case has is among them, and what nobody recorded comes last.
    """
    field = library.model.fields[declared.of].fields[declared.worked]
    results = pieces(library, field, list(library.model.vocabularies[field.vocabulary].terms))
    counts = [(piece, len(responses.worked.get(piece.term, ()))) for piece in results]
    return [*counts, (not_recorded(library), len(responses.unjudged))]
