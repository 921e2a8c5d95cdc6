"""The list of kinds of value, and how a mapping becomes the values of a record's fields.

To add a kind, write a class like those of `scalars`, and put it into `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.model.declaration import FEW
from generator.model.entries import items, keys_and_example, spelled_out, where_it_belongs
from generator.model.former_names import (
    field_called,
    field_meant,
    is_called_so,
    note_former_name,
    with_former_names,
    written_twice,
)
from generator.model.kind import Kind, Reading, Schema, shape
from generator.model.number import Number
from generator.model.scalars import (
    Date,
    Language,
    Line,
    Reference,
    Slug,
    Source,
    TermKind,
    Url,
)
from generator.model.typed_dates import possible_periods
from generator.model.unnamed import with_description
from generator.model.value import UNKNOWN, Value
from generator.model.vocabulary import Term, Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


class Record(Kind):
    """A record of fields; a bare value fills its key field."""

    single = "a record of fields"
    several = "a list of records"
    expected = "a record"

    def read(
        self, node: yaml_nodes.Node, field: Field, reading: Reading, location: str
    ) -> Value | None:
        """Return the record's values; unknown keys are reported with a suggestion."""
        findings, node = reading.findings, spelled_out(node, field, reading.vocabularies)
        if not isinstance(node, yaml_nodes.Mapping):
            message = f"'{field.name}' wants a record, not {shape(node)}"
            hint = _period_meant(node, field) or keys_and_example(field)
            findings.add(node.position, "bad-record", message, hint)
            return None
        if stranger := _first_key_of_no_entry(node, field):
            message = f"'{field.name}' has no field {quote_for_author(stranger.value)}"
            findings.add(stranger.position, "unknown-key", message, keys_and_example(field))
            return None
        before = findings.noted
        node = with_description(node, field, reading)
        values = read_values(node, field.fields, reading, location, f"'{field.name}'")
        return values if values or findings.noted > before else None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return an object, or, where a key field is declared, a bare value too."""
        record = object_schema(field.fields, vocabularies)
        record |= required_keys((m,) for m in field.fields.values() if m.need == "always")
        if not field.key:
            return record
        bare = field.fields[field.key]
        return {"anyOf": [KINDS[bare.kind].schema(bare, vocabularies), record]}


def _period_meant(node: yaml_nodes.Node, field: Field) -> str:
    """Return the hint for a text such as `2011-2013` where a record of dates is asked."""
    dates = [member.name for member in field.fields.values() if member.kind == "date"][:2]
    if not isinstance(node, yaml_nodes.Scalar) or not dates or field.many:
        return ""
    pairs = [pair for pair in possible_periods(node.value) if len(dates) > 1 or not pair[1]]
    written = [
        ", ".join(f"{name}: {day}" for name, day in zip(dates, pair, strict=False) if day)
        for pair in pairs
    ]
    asked = ", whichever is meant" if len(written) > 1 else ""
    choice = " or ".join(f"{field.name}: {{{inner}}}" for inner in written)
    return f"write {choice}{asked}" if written else ""


def _first_key_of_no_entry(node: yaml_nodes.Mapping, field: Field) -> yaml_nodes.Scalar | None:
    """Return the first key of an entry in which no key is known, nor like a known one.

    Such a mapping is no entry of the field at all, so it gets one problem, not one for each key.
    """
    names = [key.value for key, _ in node.pairs[: FEW + 1]]
    if not names or len(names) > FEW or any(is_called_so(name, field.fields) for name in names):
        return None
    if any(
        field_meant(name, field.fields) or where_it_belongs(name, field.fields) for name in names
    ):
        return None
    return node.pairs[0][0]


KINDS: dict[str, Kind] = {
    "line": Line(),
    "text": Kind(),
    "slug": Slug(),
    "date": Date(),
    "number": Number(),
    "url": Url(),
    "language": Language(),
    "term": TermKind(),
    "case": Reference(),
    "source": Source(),
    "record": Record(),
}
"""Every kind of value, by the word that `kind:` takes."""


MOST_ENTRIES = 2_000
"""A list holds no more: whoever has more has a table, not a record."""

_BULLET = re.compile(r"(?:[*\u2022\u00b7\u25aa\u25e6\u25cf\u25cb\u25a0\u2013\u2014]|\d{1,2}[.)])\s")


def read_values(
    node: yaml_nodes.Mapping,
    fields: Mapping[str, Field],
    reading: Reading,
    location: str,
    owner: str,
) -> dict[str, Value]:
    """Return the values of a mapping by field, in the order of `fields`.

    A field without a readable value is absent.

    `location` is that of the mapping, empty for a whole record; `owner` is what messages call it.
    """
    values: dict[str, Value] = {}
    written: dict[str, str] = {}  # each field, as its author called it
    for key, child in node.pairs:
        field = fields.get(key.value) or field_called(key.value, fields)
        if field is None:
            _report_unknown_key(key, fields, reading, location, owner)
        elif field.name in written:
            message, hint = written_twice(key, field, written[field.name])
            reading.findings.add(key.position, "duplicate-key", message, hint)
        else:
            written[field.name] = key.value
            if key.value != field.name:
                note_former_name(key, field, reading.findings)
            inner = _inner_location(location, field.name)
            reading.positions[inner] = child.position
            before = reading.findings.noted
            value = read_value(child, field, reading, inner)
            if value is not None:
                values[field.name] = value
            elif reading.findings.noted > before:
                reading.refused_places.add(inner)
    # In the order of the model: that in which an author wrote them shows nowhere.
    return {name: values[name] for name in fields if name in values}


def read_value(
    node: yaml_nodes.Node, field: Field, reading: Reading, location: str
) -> Value | None:
    """Return the value or values of a field; None where nothing, or nothing readable, stands."""
    if field.many:
        return _many(node, field, reading, location)
    if isinstance(node, yaml_nodes.Sequence) and node.items:
        if len(node.items) > 1:
            message = f"'{field.name}' holds one value, not {len(node.items)}"
            hint = "keep the one that fits best; one text in brackets stands in quotes"
            reading.findings.add(node.items[1].position, "one-value", message, hint)
        node = node.items[0]
    if is_blank_node(node):
        return None
    return (
        UNKNOWN if is_unknown_node(node) else KINDS[field.kind].read(node, field, reading, location)
    )


def _many(node: yaml_nodes.Node, field: Field, reading: Reading, location: str) -> Value | None:
    """Return the values of a list, each text once, but numbers; blank items are left out.

    A single value is a list of one, and a mapping by term a list of entries (`entries.items`).
    """
    if is_unknown_node(
        node
    ):  # of the whole field, which is not the same as a list with one unknown
        return UNKNOWN
    findings, kind = reading.findings, KINDS[field.kind]
    values: list[Value] = []
    texts: set[str] = set()  # those among `values`, since looking through a long list is quadratic
    for count, item in enumerate(items(node, field, reading.vocabularies)):
        if count == MOST_ENTRIES:
            # Nothing is returned: half a list would look like the author's whole answer.
            message = f"'{field.name}' has more than {MOST_ENTRIES:,} entries"
            findings.add(item.position, "too-many", message, "divide the file, or take some out")
            return None
        if is_blank_node(item):
            continue
        if field.kind != "text" and _is_bullet(item):
            # To YAML, lines that start with another bullet than `-` are one long scalar. A text
            # may start so; in any other field a list was meant.
            message = f"{shape(item)} does not start like a list item"
            findings.add(item.position, "no-list", message, "start each list item with '- '")
            reading.refused_places.add(location)
            continue
        # Numbered by what is kept, not by what was written: later checks and the page look up the
        # position of the n-th value. An item that is not kept leaves its number to the next one.
        inner = _inner_location(location, str(len(values)))
        reading.positions[inner] = item.position
        before = findings.noted
        # With a key, `unknown` is an entry whose key is unknown, which the kind itself builds.
        unknown = is_unknown_node(item) and not field.key
        value = UNKNOWN if unknown else kind.read(item, field, reading, inner)
        if value is None and findings.noted > before:
            # The list is kept without this item, but nobody is told that something is missing.
            reading.refused_places.add(location)
        if value is None or (isinstance(value, str) and value in texts):
            continue
        if isinstance(value, str) and field.kind != "number":  # 5 twice is 10
            texts.add(value)
        values.append(value)
    return values or None


def _report_unknown_key(
    key: yaml_nodes.Scalar,
    fields: Mapping[str, Field],
    reading: Reading,
    location: str,
    owner: str,
) -> None:
    """Report a key that is no field; the field that was meant counts as written, but refused."""
    near = field_meant(key.value, fields) if reading.suggesting else ""
    hint = f"did you mean '{near}'?" if near else "'casebook fields' lists all fields"
    if indented := where_it_belongs(key.value, fields):
        near, hint = "", indented
    elif not near and len(fields) <= FEW:
        hint = f"the keys are {', '.join(fields)}"
    message = f"{owner} has no field {quote_for_author(key.value)}"
    reading.findings.add(key.position, "unknown-key", message, hint)
    if near:
        reading.refused_places.add(_inner_location(location, near))


def _is_bullet(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Scalar) and node.plain and bool(_BULLET.match(node.value))


@lru_cache(maxsize=10_000)
def _inner_location(location: str, name: str) -> str:
    """Return the location of a part: one string object for all records, which saves memory."""
    return f"{location}.{name}" if location else name


def is_blank_node(node: yaml_nodes.Node) -> bool:
    """Tell whether nothing stands in the place of a value."""
    if isinstance(node, yaml_nodes.Scalar):
        return not node.value.strip()
    return not (node.items if isinstance(node, yaml_nodes.Sequence) else node.pairs)


def is_unknown_node(node: yaml_nodes.Node) -> bool:
    """Tell whether a value is the word that says that nobody knows."""
    if not isinstance(node, yaml_nodes.Scalar):
        return False
    word = node.value.strip()
    return len(word) == len(UNKNOWN) and word.casefold() == UNKNOWN


def object_schema(fields: Mapping[str, Field], vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """Return the JSON Schema of a mapping of those fields."""
    return {
        "type": "object",
        "properties": {
            name: field_schema(field, vocabularies)
            if name == field.name
            else _former_schema(field, vocabularies)
            for name, field in with_former_names(fields.values()).items()
        },
        "additionalProperties": False,
    }


def required_keys(needed: Iterable[tuple[Field, ...]]) -> Schema:
    """Return the rule of a JSON Schema that one of each group of fields must be there.

    A field may be there under a former name.
    """
    groups = [[name for f in group for name in (f.name, *f.former_names)] for group in needed]
    required = [group[0] for group in groups if len(group) == 1]
    either: list[Schema] = [
        {"anyOf": [{"required": [name]} for name in group]} for group in groups if len(group) > 1
    ]
    if len(either) > 1:
        return {"required": required, "allOf": either}
    return {"required": required, **(either[0] if either else {})}


def _former_schema(field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """Return the JSON Schema of a field under a former name, which an editor strikes through."""
    schema = field_schema(field, vocabularies)
    return {**schema, "description": f"Now called {field.name}.", "deprecated": True}


def field_schema(field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """Return the JSON Schema of a field: one value, or a list of them where there may be many."""
    value = KINDS[field.kind].schema(field, vocabularies)
    unit = f" In {field.unit}." if field.unit else ""
    about: Schema = {"title": field.label, "description": f"{field.help}{unit}"}
    allowed: list[Schema] = [value, {"const": UNKNOWN}]
    if field.many:
        allowed.insert(0, {"type": "array", "items": {"anyOf": [value, {"const": UNKNOWN}]}})
        if field.kind == "record" and field.key:
            allowed.append({"type": "object"})
    return {**about, "anyOf": allowed}


def new_terms_in(new_terms: Mapping[str, str]) -> list[Term]:
    """Return the terms that records add to an open vocabulary, by id and first spelling."""
    return [Term(id=id_, label=label, is_new=True) for id_, label in new_terms.items()]
