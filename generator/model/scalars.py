"""The kinds of value that are one scalar: lines, names, dates, addresses, languages, terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import yaml_nodes
from generator.base.names import fold, reason_no_page_name, slug
from generator.base.position import Position
from generator.base.problem import Severity
from generator.base.web_address import UNREACHABLE, Unreachable, completed, unreachable
from generator.model.declaration import with_article
from generator.model.kind import Kind, Reading, Schema, means_unknown, remedy
from generator.model.typed_dates import means_going_on, possible_dates
from generator.model.value import UNKNOWN, WITHHELD, Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


class Line(Kind):
    """Text on one line."""

    single = "one line of text"
    several = "one or more lines of text"
    expected = "a line of text"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the line; a value over several lines is refused."""
        if "\n" in node.value.strip():
            self.refuse(node.position, field, reading, f"'{field.name}' runs over several lines")
            return None
        return super().text(node, field, reading)


class Slug(Kind):
    """A name that can stand in an address."""

    single = "a short name"
    several = "one or more short names"
    expected = "a short name"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the name as it stands in an address."""
        name, quoted = slug(node.value), quote_for_author(node.value)
        if reason := reason_no_page_name(name):
            message = f"{quoted} cannot be part of an address: {reason}"
        elif name == UNKNOWN:
            message = f"{quoted} cannot be a name here: it means that nobody knows"
        else:
            return name
        self.refuse(node.position, field, reading, message)
        return None


class Source(Slug):
    """The id of a source of the same record; checked once the whole record is read."""

    single = "the id of a source"
    several = "the ids of one or more sources"
    expected = "the id of a source"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the id; what can only be a citation or an address is refused as it was typed."""
        if _is_no_name(node.value):
            hint = "write the 'id' of an entry in the list of sources, and the rest in that entry"
            self.refuse_word(node, field, reading, hint)
            return None
        return super().text(node, field, reading)


class Reference(Slug):
    """The id of another record, its file's name too; checked where all records are known."""

    single = "the address of another record"
    several = "the addresses of one or more other records"
    expected = "the address of another record"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the other record's id."""
        if _is_no_name(node.value):
            hint = (
                "write the name of the other file, without .md; a web address is no record's name"
            )
            self.refuse_word(node, field, reading, hint)
            return None
        name = node.value.strip().removesuffix(".md")
        node = yaml_nodes.Scalar(value=name, position=node.position, plain=node.plain)
        return super().text(node, field, reading)


_NO_NAME = re.compile(r"[,;]|^(?:[a-z]+:)?//|^www\.", re.IGNORECASE)


def _is_no_name(typed: str) -> bool:
    """Tell whether text can only be an address, a citation or a word for nothing, not a name."""
    return means_unknown(typed) or _NO_NAME.search(typed.strip()) is not None


_TIME_OF_DAY = re.compile(
    r"(?<=\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[Zz]|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
"""The time that a form in a browser writes after a day: it is left out."""


class Date(Kind):
    """A year, a month or a day."""

    single = "a date"
    several = "one or more dates"
    expected = "a date"
    _form = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the date in the precision in which it was written."""
        typed = _TIME_OF_DAY.sub("", node.value.strip())
        match = self._form.fullmatch(typed)
        exists = match is not None and _is_in_calendar(match)
        if match and exists and (field.precision != "day" or match[3]):
            return typed
        hint = _date_remedy(typed, field)
        self.refuse_word(node, field, reading, hint, "a day" if exists else "a date")
        return None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return a pattern, and numbers for editors that read a bare year as one."""
        del vocabularies
        if field.precision == "day":
            return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        text: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        return {"anyOf": [text, {"type": "integer", "minimum": 1000, "maximum": 9999}]}


def _date_remedy(typed: str, field: Field) -> str:
    """Return how a date is written: the one that was meant, if that can be told."""
    if not field.need and means_going_on(typed):
        return f"leave '{field.name}' out while it goes on"
    dates = possible_dates(typed)
    if field.precision == "day" and dates and len(dates[0]) < _LENGTH_OF_A_DAY:
        return f"add the day: {dates[0]}-01, if it was the first" if "-" in dates[0] else _A_DAY
    if dates:
        asked = ", whichever is meant" if len(dates) > 1 else ""
        return f"write {' or '.join(dates)}{asked}"
    return _A_DAY if field.precision == "day" else _A_DATE


_LENGTH_OF_A_DAY = len("2026-11-22")
_A_DAY = "write a day, such as 2026-11-22"
_A_DATE = "write a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"


def _is_in_calendar(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


class Url(Kind):
    """An address on the web."""

    single = "a web address"
    several = "one or more web addresses"
    expected = "a web address"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the address; only http and https with a host are taken."""
        typed = node.value.strip()
        hidden = unreachable(typed)
        if not _is_address(typed):
            self.refuse_word(node, field, reading, _address_remedy(typed, hidden))
            return None
        if hidden:
            message = f"{quote_for_author(typed)} {hidden.reason}"
            findings, severity = reading.findings, Severity.WARNING
            findings.add(node.position, UNREACHABLE, message, hidden.remedy, severity)
        return typed

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the pattern of an address."""
        del field, vocabularies
        return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}


def _address_remedy(typed: str, hidden: Unreachable | None) -> str:
    """Return the hint for what is no web address, as far as it is clear what was meant."""
    if hidden:
        return f"it {hidden.reason}: {hidden.remedy}"
    whole = completed(typed)
    return (
        f"write {whole if _is_address(whole) else 'it in full, such as https://example.org/report'}"
    )


def _is_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    return sound and not re.search(r"[\s<>\"\\^`{|}]", typed)


class Language(Kind):
    """A language tag."""

    single = "a language tag"
    several = "one or more language tags"
    expected = "a language tag"
    _form = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the tag as written."""
        typed = node.value.strip()
        if self._form.fullmatch(typed):
            return typed
        hint = "write a language tag, such as en, fr, pt-BR or km"
        self.refuse_word(node, field, reading, hint)
        return None


class TermKind(Kind):
    """A term of the field's vocabulary, by id, label or synonym."""

    single = "a term"
    several = "one or more terms"
    expected = "a term"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the term's id; in an open vocabulary, an unknown word becomes a new term."""
        typed = node.value.strip()
        vocabulary = reading.vocabularies[field.vocabulary]
        term = vocabulary.resolve(typed)
        if term in vocabulary.broad:
            message = f"{quote_for_author(typed)} is a group of terms; name the one that fits"
            self.refuse(node.position, field, reading, message, vocabulary.group_hint(term))
            return None
        if term is not None:
            return term
        hint = _split_remedy(typed, field, vocabulary) or remedy(typed, "")
        if vocabulary.open and not hint:
            return self._new_term(typed, node.position, field, reading)
        if not hint:
            hint = vocabulary.hint(typed) if reading.suggesting else vocabulary.where
        reading.findings.add(node.position, "unknown-term", _no_term(typed, field), hint)
        return None

    def _new_term(
        self, typed: str, position: Position, field: Field, reading: Reading
    ) -> Value | None:
        """Return the id of a new term, and remember it with its first spelling."""
        name = _term_id(typed)
        if "\n" in typed:
            message = f"'{field.name}' runs over several lines"
        elif reason := reason_no_page_name(name):
            message = f"{quote_for_author(typed)} cannot be a term: {reason}"
        elif name in {UNKNOWN, WITHHELD}:
            return UNKNOWN
        else:
            earlier = reading.new_terms.setdefault(field.vocabulary, {}).setdefault(name, typed)
            if fold(earlier) == fold(typed):
                return name
            path = reading.vocabularies[field.vocabulary].path
            message, hint = shared_page(typed, earlier, name, path)
            reading.findings.add(position, "same-page", message, hint)
            return None
        self.refuse(position, field, reading, message)
        return None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the ids that may be written; in an open vocabulary, any text."""
        vocabulary = vocabularies[field.vocabulary]
        ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
        closed: Schema = {"enum": [*ids, UNKNOWN]}
        return {"anyOf": [closed, {"type": "string"}]} if vocabulary.open else closed


def _term_id(typed: str) -> str:
    """Return the id of a new term: a slug, with a tail where no file can have it, as `con`."""
    name = slug(typed)
    longer = f"{name}-term"
    is_reserved = name and reason_no_page_name(name) and not reason_no_page_name(longer)
    return longer if is_reserved else name


def shared_page(label: str, earlier: str, name: str, path: str) -> tuple[str, str]:
    """Return message and hint for a new term whose page is another's; `path` lists the terms."""
    message = f"'{label}' and '{earlier}' would share the page {name}.html"
    return message, f"write both the same way, or give each an entry in {path}"


_SEPARATOR = re.compile(r"[,;/،、]|(?<=\s)(?:and|et|y|e|und|&|\+)(?=\s)")


def terms_in_one(typed: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of a text that lists several terms and nothing else; none if it does not."""
    parts = [part.strip() for part in _SEPARATOR.split(typed) if part.strip()]
    return parts if len(parts) > 1 and all(map(vocabulary.resolve, parts)) else []


def _split_remedy(typed: str, field: Field, vocabulary: Vocabulary) -> str:
    """Return the remedy for several terms in one text, or nothing if it is not that."""
    parts = terms_in_one(typed, vocabulary)
    if not parts:
        return ""
    if field.names_entry and not field.many:
        return "make an entry of each"
    return f"write [{', '.join(parts)}]" if field.many else "choose the one that fits best"


def _no_term(typed: str, field: Field) -> str:
    """Return that a word is no term, in the field's own noun where it has one."""
    if field.noun != field.label.casefold() or fold(field.label) == field.name:
        return f"{quote_for_author(typed)} is not {with_article(field.noun)}"
    return f"{quote_for_author(typed)} is not a term of '{field.name}'"
