"""The kinds of value that are one scalar, but terms: lines, names, dates, addresses, languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import yaml_nodes
from generator.base.names import reason_no_page_name, slug
from generator.model.kind import Kind, Reading, Schema, means_unknown
from generator.model.value import UNKNOWN, Value
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


class Date(Kind):
    """A year, a month or a day."""

    single = "a date"
    several = "one or more dates"
    expected = "a date"
    _form = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the date in the precision in which it was written."""
        typed = node.value.strip()
        match = self._form.fullmatch(typed)
        exists = match is not None and _is_in_calendar(match)
        if match and exists and (field.precision != "day" or match[3]):
            return typed
        hint = "write a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"
        if field.precision == "day":
            hint = "write a day, such as 2026-11-22"
        self.refuse_word(node, field, reading, hint, "a day" if exists else "a date")
        return None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return a pattern, and numbers for editors that read a bare year as one."""
        del vocabularies
        if field.precision == "day":
            return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        text: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        return {"anyOf": [text, {"type": "integer", "minimum": 1000, "maximum": 9999}]}


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
        if _is_address(typed):
            return typed
        hint = "write it in full, such as https://example.org/report"
        self.refuse_word(node, field, reading, hint)
        return None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the pattern of an address."""
        del field, vocabularies
        return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}


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
