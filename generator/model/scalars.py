"""Owns the kinds of single value but terms; to add one, put a class of it into `kinds.KINDS`.

Each kind reads a text as its author meant it, says in words what it takes, and says what a JSON
Schema should allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import yaml_nodes
from generator.base.names import reason_no_page_name, slug
from generator.model.kind import Kind, Reading, Schema, means_unknown, remedy
from generator.model.value import UNKNOWN, Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


class Line(Kind):
    """Text on one line."""

    one = "one line of text"
    some = "one or more lines of text"
    reads = "a line of text"

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the line; a value over several lines is refused."""
        if "\n" in node.value.strip():
            self.refuse(node.position, of, into, f"'{of.name}' runs over several lines")
            return None
        return super().text(node, of, into)


class Slug(Kind):
    """A name that can stand in an address."""

    one = "a short name"
    some = "one or more short names"
    reads = "a short name"

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the name as it stands in an address."""
        name = slug(node.value)
        if reason := reason_no_page_name(name):
            message = f"{quote_for_author(node.value)} cannot be part of an address: {reason}"
            self.refuse(node.position, of, into, message)
            return None
        if name == UNKNOWN:
            message = (
                f"{quote_for_author(node.value)} cannot be a name here: it means that nobody knows"
            )
            self.refuse(node.position, of, into, message)
            return None
        return name


class Source(Slug):
    """The id of a source of the same record; checked once the whole record is read."""

    one = "the id of a source"
    some = "the ids of one or more sources"
    reads = "the id of a source"

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the id; what can only be a citation or an address is refused as it was typed."""
        hint = "write the 'id' of an entry in the list of sources, and the rest in that entry"
        if _no_name(node.value):
            self.refuse(
                node.position, of, into, _not(node.value, self.reads), remedy(node.value, hint)
            )
            return None
        return super().text(node, of, into)


class Reference(Slug):
    """The id of another record, its file's name too; checked where all records are known."""

    one = "the address of another record"
    some = "the addresses of one or more other records"
    reads = "the address of another record"

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the other record's id."""
        hint = "write the name of the other file, without .md; a web address is no record's name"
        if _no_name(node.value):
            self.refuse(
                node.position, of, into, _not(node.value, self.reads), remedy(node.value, hint)
            )
            return None
        name = node.value.strip().removesuffix(".md")
        return super().text(
            yaml_nodes.Scalar(value=name, position=node.position, plain=node.plain), of, into
        )


_NO_NAME = re.compile(r"[,;]|^(?:[a-z]+:)?//|^www\.", re.IGNORECASE)


def _no_name(typed: str) -> bool:
    """Tell of an address, a citation, and a word for nothing where a name is asked."""
    return means_unknown(typed) or _NO_NAME.search(typed.strip()) is not None


def _not(typed: str, wanted: str) -> str:
    return f"{quote_for_author(typed)} is not {wanted}"


class Date(Kind):
    """A year, a month or a day."""

    one = "a date"
    some = "one or more dates"
    reads = "a date"
    _form = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the date in the precision in which it was written."""
        typed = node.value.strip()
        match = self._form.fullmatch(typed)
        if match and _exists(match) and (of.precision != "day" or match[3]):
            return typed
        wanted = "write a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"
        if of.precision == "day":
            wanted = "write a day, such as 2026-11-22"
        what = "a day" if match and _exists(match) else "a date"
        self.refuse(
            node.position,
            of,
            into,
            f"{quote_for_author(typed)} is not {what}",
            remedy(typed, wanted),
        )
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

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the address; only http and https with a host are taken."""
        typed = node.value.strip()
        if not _is_address(typed):
            hint = "write it in full, such as https://example.org/report"
            hint = remedy(typed, hint)
            self.refuse(
                node.position, of, into, f"{quote_for_author(typed)} is not a web address", hint
            )
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

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the tag as written."""
        typed = node.value.strip()
        if not self._form.fullmatch(typed):
            hint = remedy(typed, "write a language tag, such as en, fr, pt-BR or km")
            self.refuse(
                node.position, of, into, f"{quote_for_author(typed)} is not a language tag", hint
            )
            return None
        return typed


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
