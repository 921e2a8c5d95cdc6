"""Owns what templates are given: each value with its words and where it leads, computed once here.

A `to` is a path of the site, turned into a link by the template's `url` filter; empty, it leads
nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.base.dates import date_in_words
from generator.library import address
from generator.library.library import Claim, Library
from generator.model.record import Field
from generator.model.value import UNKNOWN, WITHHELD_WORDS, Value, as_list
from generator.records.privacy import WITHHELD

UNKNOWN_WORD = "Unknown"
"""How a page says that a value is unknown."""

SHORT = 3
"""So many values are named in a line that must stay short."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word on a page and where it leads; `term` is its id where it is a term."""

    text: str
    to: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A label and what stands under it."""

    label: str
    pieces: tuple[Piece, ...]
    kind: str = "line"
    name: str = ""

    @property
    def short(self) -> str:
        """Return the first words, and how many more there are."""
        words = [piece.text for piece in self.pieces]
        return ", ".join(words[:SHORT]) + (
            f" and {len(words) - SHORT} more" if len(words) > SHORT else ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry of a list of records.

    `title` is its key term, `lead` its own words, `badges` its other terms, `details` the rest;
    `sources` are the numbers of the sources it cites, with the anchor of each.
    """

    claim: Claim
    title: Piece | None
    lead: str
    badges: tuple[Detail, ...]
    details: tuple[Detail, ...]
    sources: tuple[Piece, ...]
    strength: int | None
    strength_words: str
    to: str
    heading: str

    @property
    def words(self) -> str:
        """Return the entry's other values in one quiet line, what is unknown left out."""
        found = [
            p.text for d in (*self.badges, *self.details) if d.kind != "text" for p in d.pieces
        ]
        return ", ".join(word for word in found if word != UNKNOWN_WORD)

    @property
    def said(self) -> str:
        """Return a source's other values in one line, each with its label where it needs one."""
        parts: list[str] = []
        for detail in (*self.badges, *self.details):
            if detail.kind in {"url", "slug"}:
                continue
            words = ", ".join(piece.text for piece in detail.pieces)
            parts.append(f"{detail.label}: {words}" if parts else words)
        return " · ".join(parts)

    @property
    def row(self) -> tuple[Piece, ...]:
        """Return the entry as a row: its key or first value, then the others."""
        head = (self.title,) if self.title else self.details[0].pieces if self.details else ()
        rest = self.details if self.title else self.details[1:]
        lead = (Piece(self.lead),) if self.lead else ()
        found = (*head, *lead, *(p for d in (*rest, *self.badges) for p in d.pieces))
        return found or (Piece(UNKNOWN_WORD),)


def pieces(library: Library, field: Field, value: Value | None) -> tuple[Piece, ...]:
    """Return the words of a field's value or values, terms by their label."""
    return tuple(_piece(library, field, item) for item in as_list(value))


def _piece(library: Library, field: Field, item: Value) -> Piece:
    if isinstance(item, dict):
        return Piece(_record_words(library, field, item))
    if not isinstance(item, str) or item == UNKNOWN:
        return Piece(UNKNOWN_WORD)
    if item == WITHHELD and (field.private or field.personal):
        return Piece(WITHHELD_WORDS)
    if field.kind in _PIECES:
        return _PIECES[field.kind](library, field, item)
    return Piece(item)


def _term(library: Library, field: Field, id_: str) -> Piece:
    term = library.model.vocabularies[field.vocabulary].terms.get(id_)
    return Piece(term.label if term else id_, address.of_value(library, field, id_), id_)


def _case(library: Library, _field: Field, id_: str) -> Piece:
    if id_ not in library.cases:
        return Piece(id_)
    return Piece(library.title(id_), address.case(library, id_))


_PIECES: Mapping[str, Callable[[Library, Field, str], Piece]] = {
    "term": _term,
    "case": _case,
    "url": lambda _library, _field, text: Piece(text, text),
    "date": lambda _library, _field, text: Piece(date_in_words(text)),
}
"""How the kinds of value read that are more than their own words."""


def _record_words(library: Library, field: Field, entry_view: Mapping[str, Value]) -> str:
    """Return a single record in a few words: a period as '2014 – 2017', others joined by commas."""
    members = [member for member in field.fields.values() if member.name in entry_view]
    words = [", ".join(p.text for p in pieces(library, m, entry_view[m.name])) for m in members]
    if all(member.kind == "date" for member in field.fields.values()):
        return " – ".join(words) if len(words) > 1 else f"from {words[0]}" if words else ""
    return ", ".join(words)


def entry_views(library: Library, claims: Iterable[Claim]) -> tuple[EntryView, ...]:
    """Return entries as pages show them."""
    return tuple(entry_view(library, claim) for claim in claims)


def entry_view(library: Library, claim: Claim) -> EntryView:
    """Return one entry as pages show it."""
    field = library.model.fields[claim.field]
    key, lead = field.fields.get(field.key), field.lead_field
    badges: list[Detail] = []
    details: list[Detail] = []
    for member in _rest(field):
        found = pieces(library, member, claim.values.get(member.name))
        if found:
            detail = Detail(member.label, found, member.kind, member.name)
            (badges if member.layout == "mark" else details).append(detail)
    titles = pieces(library, key, claim.values.get(key.name)) if key else ()
    said = pieces(library, lead, claim.values.get(lead.name)) if lead else ()
    levels = library.model.strength.levels if library.model.strength else ()
    return EntryView(
        claim=claim,
        title=titles[0] if titles else None,
        lead="; ".join(piece.text for piece in said),
        badges=tuple(badges),
        details=tuple(details),
        sources=tuple(_sources(library, claim, field)),
        strength=claim.strength,
        strength_words="" if claim.strength is None else levels[claim.strength],
        to=address.claim(library, claim),
        heading=field.heading,
    )


def _rest(field: Field) -> Iterator[Field]:
    for member in field.fields.values():
        if (
            member.shown
            and not member.lead
            and member.name != field.key
            and member.kind != "source"
        ):
            yield member


def _sources(library: Library, claim: Claim, field: Field) -> Iterator[Piece]:
    strength = library.model.strength
    if strength is None:
        return
    listed_sources = library.claims[claim.case].get(strength.sources, ())
    numbers = {source.values.get("id"): source for source in listed_sources}
    for member in field.fields.values():
        if member.kind == "source":
            for id_ in as_list(claim.values.get(member.name)):
                if source := numbers.get(id_):
                    yield Piece(str(source.index + 1), f"#{source.anchor}")
