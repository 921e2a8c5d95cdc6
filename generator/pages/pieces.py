"""Values as pages show them: words, each with the page that it leads to.

A `to` is a path of the site; the `url` filter of the templates makes a link of it. An empty one
leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.base.numbers import number_in_words
from generator.library import address
from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Facet, Field, Model
from generator.model.value import UNKNOWN, Value, as_list
from generator.records.privacy import WITHHELD


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on a page and where it leads; `term` is the id of the term that it names, if any.

    `is_unknown` tells that it says no more than that a value is unknown.
    """

    text: str
    to: str = ""
    term: str = ""
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled value: `kind` and `name` are those of its field."""

    label: str
    pieces: tuple[Piece, ...]
    kind: str = "line"
    name: str = ""


def unknown_piece(library: Library) -> Piece:
    """Return the piece that says that a value is unknown."""
    return Piece(library.locale.gettext("Unknown"), is_unknown=True)


def piece(library: Library, field: Field, item: Value) -> Piece:
    """Return the piece of one value of a field: text, a term, or a single record."""
    if isinstance(item, dict):
        return Piece(_record_words(library, field, item))
    if not isinstance(item, str) or item == UNKNOWN:
        return unknown_piece(library)
    if item == WITHHELD and (field.private or field.personal):
        return Piece(library.locale.gettext("Name withheld"))
    if field.kind in _PIECES:
        return _PIECES[field.kind](library, field, item)
    return Piece(item)


def pieces(library: Library, field: Field, value: Value | None) -> tuple[Piece, ...]:
    """Return the pieces of a field's value or values, terms by their label."""
    return tuple(piece(library, field, item) for item in as_list(value))


def field_words(library: Library, field: Field, value: Value | None) -> str:
    """Return a field's value or values as one text."""
    return str(library.locale.gettext("; ")).join(p.text for p in pieces(library, field, value))


def answer_in(library: Library, text: str, number: int) -> str:
    """Return an answer, and in how many cases it stands: `yes in 2`."""
    locale = library.locale
    return locale.gettext("%(answer)s in %(num)s", answer=locale.lower(text), num=number)


def labelled(library: Library, label: str, parts: Sequence[str]) -> str:
    """Return a list after its label, which a colon follows unless it is a question."""
    colon = "" if label.endswith(("?", "؟", "？")) else library.locale.gettext(":")  # noqa: RUF001
    listed = library.locale.joined_by_commas(parts)
    return library.locale.concatenated(label, colon, " ", listed)


def term_piece(library: Library, facet: Facet, id_: str) -> Piece:
    """Return a term of a facet, with the link to its page."""
    return Piece(library.term(facet, id_).label, address.term(library, facet, id_), id_)


def amount_words(field: Field, value: str, language: str) -> str:
    """Return a number with its unit, as a language writes it: `1,087,154 USD`."""
    unit = field.unit_one if field.unit_one and abs(Decimal(value)) == 1 else field.unit
    number = number_in_words(value, language)
    return f"{number}\u00a0{unit}" if unit else number


def case_piece(library: Library, id_: str) -> Piece:
    """Return the title of a case, with the link to its page."""
    return Piece(library.title(id_), address.case(library, id_))


def records_title(model: Model) -> str:
    """Return what records are called, as the title of the list of all of them."""
    return model.plural[:1].upper() + model.plural[1:]


@question
def _value_term(library: Library, path: str, id_: str) -> Piece:
    """Return the piece of a term in the field at a path."""
    field = library.model.at(path)
    if field is None:
        return Piece(id_)
    term = library.model.vocabularies[field.vocabulary].terms.get(id_)
    return Piece(term.label if term else id_, address.value_address(library, field, id_), id_)


_PIECES: Mapping[str, Callable[[Library, Field, str], Piece]] = {
    "term": lambda library, field, id_: _value_term(library, field.dotted, id_),
    "case": lambda library, _field, id_: case_piece(library, id_),
    "url": lambda _library, _field, text: Piece(text, text),
    "date": lambda library, _field, text: Piece(library.locale.date(text)),
    "number": lambda library, field, text: Piece(amount_words(field, text, library.language)),
}
"""By kind of value: how it reads, where that is more than the text itself."""


def _record_words(library: Library, field: Field, record: Mapping[str, Value]) -> str:
    """Return a single record in a few words: a period as '2014 – 2017', others joined by commas."""
    members = [member for member in field.fields.values() if member.name in record]
    locale = library.locale
    texts = [locale.comma.join(p.text for p in pieces(library, m, record[m.name])) for m in members]
    if all(member.kind == "date" for member in field.fields.values()):
        if len(texts) == 1:
            return locale.gettext("from %(date)s", date=texts[0])
        return " – ".join(texts)
    return locale.comma.join(texts)
