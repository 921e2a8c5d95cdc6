"""Owns the kinds of single value; to add one, write a class and put it into `kinds.KINDS`.

Each kind reads a text as its author meant it, says in words what it takes, and says what a JSON
Schema should allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import nodes
from generator.model.kind import Kind, Reading, Schema
from generator.model.shape import a
from generator.model.value import UNKNOWN, WITHHELD, Value
from generator.model.vocabulary import Vocabulary
from generator.names import fold, refusal, slug
from generator.nodes.corrections import shown

if TYPE_CHECKING:
    from generator.model.record import Field


class Line(Kind):
    """Text on one line."""

    one = "one line of text"
    some = "one or more lines of text"
    reads = "a line of text"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the line; a value over several lines is refused."""
        if "\n" in node.value.strip():
            self.refuse(node.mark, of, into, f"'{of.name}' runs over several lines")
            return None
        return super().text(node, of, into)


class Slug(Kind):
    """A name that can stand in an address."""

    one = "a short name"
    some = "one or more short names"
    reads = "a short name"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the name as it stands in an address."""
        name = slug(node.value)
        if reason := refusal(name):
            message = f"{shown(node.value)} cannot be part of an address: {reason}"
            self.refuse(node.mark, of, into, message)
            return None
        if name == UNKNOWN:
            message = f"{shown(node.value)} cannot be a name here: it means that nobody knows"
            self.refuse(node.mark, of, into, message)
            return None
        return name


class Source(Slug):
    """The id of a source of the same record; checked once the whole record is read."""

    one = "the id of a source"
    some = "the ids of one or more sources"
    reads = "the id of a source"


class Reference(Slug):
    """The id of another record, its file's name too; checked where all records are known."""

    one = "the address of another record"
    some = "the addresses of one or more other records"
    reads = "the address of another record"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the other record's id."""
        name = node.value.strip().removesuffix(".md")
        return super().text(nodes.Scalar(value=name, mark=node.mark, plain=node.plain), of, into)


class Date(Kind):
    """A year, a month or a day."""

    one = "a date"
    some = "one or more dates"
    reads = "a date"
    _form = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the date in the precision in which it was written."""
        typed = node.value.strip()
        match = self._form.fullmatch(typed)
        if match and _exists(match) and (of.precision != "day" or match[3]):
            return typed
        wanted = "write a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"
        if of.precision == "day":
            wanted = "write a day, such as 2026-11-22"
        what = "a day" if match and _exists(match) else "a date"
        self.refuse(node.mark, of, into, f"{shown(typed)} is not {what}", wanted)
        return None

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return a pattern, and numbers for editors that read a bare year as one."""
        del vocabularies
        if of.precision == "day":
            return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        text: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        return {"anyOf": [text, {"type": "integer", "minimum": 1000, "maximum": 9999}]}


class Url(Kind):
    """An address on the web."""

    one = "a web address"
    some = "one or more web addresses"
    reads = "a web address"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the address; only http and https with a host are taken."""
        typed = node.value.strip()
        if not _is_address(typed):
            hint = "write it in full, such as https://example.org/report"
            self.refuse(node.mark, of, into, f"{shown(typed)} is not a web address", hint)
            return None
        return typed

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the pattern of an address."""
        del of, vocabularies
        return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}


class Language(Kind):
    """A language tag."""

    one = "a language tag"
    some = "one or more language tags"
    reads = "a language tag"
    _form = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the tag as written."""
        typed = node.value.strip()
        if not self._form.fullmatch(typed):
            hint = "write a language tag, such as en, fr, pt-BR or km"
            self.refuse(node.mark, of, into, f"{shown(typed)} is not a language tag", hint)
            return None
        return typed


class TermKind(Kind):
    """A term of the field's vocabulary, by id, label or synonym."""

    one = "a term"
    some = "one or more terms"
    reads = "a term"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the term's id; in an open vocabulary a new word coins a term."""
        typed = node.value.strip()
        vocabulary = into.vocabularies[of.vocabulary]
        found = vocabulary.resolve(typed)
        if found in vocabulary.broad:
            below = ", ".join(term.id for term in vocabulary.narrower(found))
            message = f"{shown(typed)} is a group of terms; name the one that fits"
            self.refuse(node.mark, of, into, message, f"choose from {below}")
            return None
        if found is None and vocabulary.open:
            return self._coin(typed, node.mark, of, into)
        if found is None:
            hint = vocabulary.hint(typed) if into.suggesting else vocabulary.where
            into.findings.add(node.mark, "unknown-term", _no_term(typed, of), hint)
        return found

    def _coin(self, typed: str, mark: nodes.Mark, of: Field, into: Reading) -> Value | None:
        name = slug(typed)
        if "\n" in typed:
            self.refuse(mark, of, into, f"'{of.name}' runs over several lines")
            return None
        if reason := refusal(name):
            self.refuse(mark, of, into, f"{shown(typed)} cannot be a term: {reason}")
            return None
        if name in {UNKNOWN, WITHHELD}:
            return UNKNOWN
        into.coined.setdefault(of.vocabulary, {}).setdefault(name, typed)
        return name

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the ids that may be written; in an open vocabulary, any text."""
        vocabulary = vocabularies[of.vocabulary]
        ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
        closed: Schema = {"enum": [*ids, UNKNOWN]}
        return {"anyOf": [closed, {"type": "string"}]} if vocabulary.open else closed


def _no_term(typed: str, of: Field) -> str:
    """Return that a word is no term, in the field's own noun where it has one."""
    if of.noun != of.label.casefold() or fold(of.label) == of.name:
        return f"{shown(typed)} is not {a(of.noun)}"
    return f"{shown(typed)} is not a term of '{of.name}'"


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _is_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    return sound and not re.search(r"[\s<>\"\\^`{|}]", typed)
