"""Owns the list of kinds of value, and how a mapping becomes the values of a record's fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.model.declaration import nearest
from generator.model.entries import items, spelled_out
from generator.model.hints import FEW, deeper, keys_and_example
from generator.model.kind import Kind, Reading, Schema, shape
from generator.model.scalars import Date, Language, Line, Reference, Slug, Source, Url
from generator.model.terms import TermKind
from generator.model.value import UNKNOWN, Value
from generator.model.vocabulary import Term, Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


class Record(Kind):
    """A record of fields; a bare value fills its key field."""

    one = "a record of fields"
    some = "a list of records"
    reads = "a record"

    def read(self, node: yaml_nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
        """Return the record's values; unknown keys are noted with a suggestion."""
        node = spelled_out(node, of, into.vocabularies)
        if not isinstance(node, yaml_nodes.Mapping):
            message = f"'{of.name}' wants a record, not {shape(node)}"
            into.findings.add(node.position, "bad-record", message, keys_and_example(of))
            return None
        if stranger := _stranger(node, of):
            message = f"'{of.name}' has no field {quote_for_author(stranger.value)}"
            into.findings.add(stranger.position, "unknown-key", message, keys_and_example(of))
            return None
        before = into.findings.noted
        found = read_values(node, of.fields, into, where, f"'{of.name}'")
        return found if found or into.findings.noted > before else None

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return an object, or, where a key field is declared, a bare value too."""
        made = object_schema(of.fields, vocabularies)
        made["required"] = [m.name for m in of.fields.values() if m.need == "always"]
        if not of.key:
            return made
        bare = of.fields[of.key]
        return {"anyOf": [KINDS[bare.kind].schema(bare, vocabularies), made]}


def _stranger(node: yaml_nodes.Mapping, of: Field) -> yaml_nodes.Scalar | None:
    """Return the first key of an entry in which no key is known, nor like a known one."""
    names = [key.value for key, _ in node.pairs[: FEW + 1]]
    if not names or len(names) > FEW or any(name in of.fields for name in names):
        return None
    if any(nearest(name, of.fields) for name in names):
        return None
    return None if any(deeper(name, of.fields) for name in names) else node.pairs[0][0]


KINDS: dict[str, Kind] = {
    "line": Line(),
    "text": Kind(),
    "slug": Slug(),
    "date": Date(),
    "url": Url(),
    "language": Language(),
    "term": TermKind(),
    "case": Reference(),
    "source": Source(),
    "record": Record(),
}
"""Every kind of value, by the word that `kind:` takes."""


KEY_LIKENESS = 0.65
"""A key is suggested if it is so much like the one typed: `related` is not, for `helped`."""

MOST_ENTRIES = 2_000
"""A list holds no more: whoever has more has a table, not a record."""

_BULLET = re.compile(r"(?:[*\u2022\u00b7\u25aa\u25e6\u25cf\u25cb\u25a0\u2013\u2014]|\d{1,2}[.)])\s")


def read_values(
    node: yaml_nodes.Mapping, fields: Mapping[str, Field], into: Reading, where: str, what: str
) -> dict[str, Value]:
    """Return the values of a mapping by field; a field without a readable value is absent."""
    found: dict[str, Value] = {}
    seen: set[str] = set()
    for key, child in node.pairs:
        of = fields.get(key.value)
        if of is None:
            _unknown_key(key, fields, into, where, what)
        elif of.name in seen:
            hint = "keep one of the two"
            message = f"{quote_for_author(key.value)} is written a second time"
            into.findings.add(key.position, "duplicate-key", message, hint)
        else:
            seen.add(of.name)
            place = _within(where, of.name)
            into.marks[place] = child.position
            before = into.findings.noted
            value = read_value(child, of, into, place)
            if value is not None:
                found[of.name] = value
            elif into.findings.noted > before:
                into.unread.add(place)
    return found


def read_value(node: yaml_nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
    """Return the value or values of a field; None where nothing, or nothing readable, stands."""
    if of.many:
        return _many(node, of, into, where)
    if isinstance(node, yaml_nodes.Sequence) and node.items:
        if len(node.items) > 1:
            message = f"'{of.name}' holds one value, not {len(node.items)}"
            hint = "keep the one that fits best; one text in brackets stands in quotes"
            into.findings.add(node.items[1].position, "one-value", message, hint)
        node = node.items[0]
    if _blank(node):
        return None
    return UNKNOWN if _unknown(node) else KINDS[of.kind].read(node, of, into, where)


def _many(node: yaml_nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
    if _unknown(node):
        return UNKNOWN
    found: list[Value] = []
    known: set[str] = set()
    for count, item in enumerate(items(node, of, into.vocabularies)):
        if count == MOST_ENTRIES:
            message = f"'{of.name}' has more than {MOST_ENTRIES:,} entries"
            into.findings.add(
                item.position, "too-many", message, "divide the file, or take some out"
            )
            return None
        if _blank(item):
            continue
        if of.kind != "text" and _is_bullet(item):
            message = f"{shape(item)} does not start like a list item"
            into.findings.add(item.position, "no-list", message, "begin each item with '- '")
            into.unread.add(where)
            continue
        place = _within(where, str(len(found)))
        into.marks[place] = item.position
        bare = _unknown(item) and not of.key
        before = into.findings.noted
        value = UNKNOWN if bare else KINDS[of.kind].read(item, of, into, place)
        if value is None and into.findings.noted > before:
            into.unread.add(where)
        if value is None or (isinstance(value, str) and value in known):
            continue
        if isinstance(value, str):
            known.add(value)
        found.append(value)
    return found or None


def _unknown_key(
    key: yaml_nodes.Scalar, fields: Mapping[str, Field], into: Reading, where: str, what: str
) -> None:
    """Note a key that is no field; the field that was meant counts as written, but not readable."""
    near = nearest(key.value, fields, KEY_LIKENESS) if into.suggesting else ""
    hint = f"did you mean '{near}'?" if near else "'casebook fields' lists all fields"
    if below := deeper(key.value, fields):
        near, hint = "", below
    elif not near and len(fields) <= FEW:
        hint = f"the keys are {', '.join(fields)}"
    into.findings.add(
        key.position, "unknown-key", f"{what} has no field {quote_for_author(key.value)}", hint
    )
    if near:
        into.unread.add(_within(where, near))


def _is_bullet(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Scalar) and node.plain and bool(_BULLET.match(node.value))


@lru_cache(maxsize=10_000)
def _within(where: str, name: str) -> str:
    """Return the place of a part; thousands of records with the same places share the texts."""
    return f"{where}.{name}" if where else name


def _blank(node: yaml_nodes.Node) -> bool:
    if isinstance(node, yaml_nodes.Scalar):
        return not node.value.strip()
    return not (node.items if isinstance(node, yaml_nodes.Sequence) else node.pairs)


def _unknown(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Scalar) and node.value.strip().casefold() == UNKNOWN


def object_schema(fields: Mapping[str, Field], vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """Return the JSON Schema of a mapping of those fields."""
    return {
        "type": "object",
        "properties": {name: field_schema(of, vocabularies) for name, of in fields.items()},
        "additionalProperties": False,
    }


def field_schema(of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """Return the JSON Schema of a field: one value, or a list of them where there may be many."""
    one = KINDS[of.kind].schema(of, vocabularies)
    about: Schema = {"title": of.label, "description": of.help}
    allowed: list[Schema] = [one, {"const": UNKNOWN}]
    if of.many:
        allowed.insert(0, {"type": "array", "items": {"anyOf": [one, {"const": UNKNOWN}]}})
        if of.kind == "record" and of.key:
            allowed.append({"type": "object"})
    return {**about, "anyOf": allowed}


def new_terms_in(new_terms: Mapping[str, str]) -> list[Term]:
    """Return the terms that records add to an open vocabulary, by id and first spelling."""
    return [Term(id=id_, label=label, is_new=True) for id_, label in new_terms.items()]
