"""Owns the kinds of value that a field may hold; to add one, write a class and put it into `KINDS`.

Each kind reads a node as its author meant it and says what a JSON Schema should allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import nodes
from generator.model.shape import Findings, suggestion
from generator.model.value import UNKNOWN, Value
from generator.model.vocabulary import Term, Vocabulary
from generator.names import fold, refusal, slug

if TYPE_CHECKING:
    from generator.model.record import Field

Schema = dict[str, object]

PROMPTS = frozenset({"...", "…"})
"""What stands in a blank record where its author must write something."""


@dataclass(slots=True)
class Reading:
    """What reading one record gathers besides its values: `unread` holds the places of values refused."""

    findings: Findings
    vocabularies: Mapping[str, Vocabulary]
    marks: dict[str, nodes.Mark] = field(default_factory=dict)
    coined: dict[str, dict[str, str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


class Kind:
    """A kind of value; `reads` is what it wants, in a message to an author."""

    reads = "text"

    def read(self, node: nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
        """Return the value of a node, or None after noting why there is none."""
        if isinstance(node, nodes.Scalar) and node.value.strip() in PROMPTS:
            self.refuse(node.mark, of, into, f"'{of.name}' still holds its prompt", of.help)
            return None
        if isinstance(node, nodes.Scalar):
            return self.text(node, of, into)
        self.refuse(node.mark, of, into, f"'{of.name}' wants {self.reads}, not {_shape(node)}")
        return None

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the value of a scalar, or None after noting why there is none."""
        typed = node.value.strip()
        if of.max and len(typed) > of.max:
            message = f"'{of.name}' has {len(typed)} characters; at most {of.max} fit"
            self.refuse(node.mark, of, into, message, "keep the point, leave out the rest")
        return typed

    def refuse(
        self, mark: nodes.Mark, of: Field, into: Reading, message: str, hint: str = ""
    ) -> None:
        """Note that a value cannot be read."""
        into.findings.add(mark, f"bad-{of.kind}", message, hint or _for_example(of))

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the JSON Schema of one value."""
        return {"type": "string", **({"maxLength": of.max} if of.max else {})}


class Line(Kind):
    """Text on one line."""

    reads = "a line of text"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the line; a value over several lines is refused."""
        if "\n" in node.value.strip():
            self.refuse(node.mark, of, into, f"'{of.name}' runs over several lines")
            return None
        return super().text(node, of, into)


class Slug(Kind):
    """A name that can stand in an address."""

    reads = "a short name"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the name as it stands in an address."""
        name = slug(node.value)
        if reason := refusal(name):
            self.refuse(
                node.mark, of, into, f"'{node.value}' cannot be part of an address: {reason}"
            )
            return None
        return name


class Date(Kind):
    """A year, a month or a day."""

    reads = "a date"
    _form = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the date in the precision in which it was written."""
        typed = node.value.strip()
        wanted = "write a day, such as 2026-11-22"
        if of.precision != "day":
            wanted = "write a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"
        match = self._form.fullmatch(typed)
        if not match or (of.precision == "day" and not match[3]) or not _exists(match):
            self.refuse(node.mark, of, into, f"'{typed}' is not a date", wanted)
            return None
        return typed

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return a pattern, and numbers for editors that read a bare year as one."""
        text: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        return {"anyOf": [text, {"type": "integer", "minimum": 1000, "maximum": 9999}]}


class Url(Kind):
    """An address on the web."""

    reads = "a web address"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the address; only http and https with a host are taken."""
        typed = node.value.strip()
        try:
            parts = urlsplit(typed)
            sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
            sound = sound and not parts.username and not re.search(r"[\s<>\"\\^`{|}]", typed)
        except ValueError:
            sound = False
        if not sound:
            hint = "write it in full, such as https://example.org/report"
            self.refuse(node.mark, of, into, f"'{typed}' is not a web address", hint)
            return None
        return typed

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the pattern of an address."""
        return {"type": "string", "pattern": "^(https?://|unknown$)"}


class Language(Kind):
    """A language tag."""

    reads = "a language tag"
    _form = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the tag as written."""
        typed = node.value.strip()
        if not self._form.fullmatch(typed):
            hint = "write a language tag, such as en, fr, pt-BR or km"
            self.refuse(node.mark, of, into, f"'{typed}' is not a language tag", hint)
            return None
        return typed


class TermKind(Kind):
    """A term of the field's vocabulary, by id, label or synonym."""

    reads = "a term"

    def text(self, node: nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the term's id; in an open vocabulary a new word coins a term."""
        typed = node.value.strip()
        vocabulary = into.vocabularies[of.vocabulary]
        found = vocabulary.resolve(typed)
        if found in vocabulary.broad:
            below = ", ".join(term.id for term in vocabulary.narrower(found))
            message = f"'{typed}' is a group of terms; name the one that fits"
            self.refuse(node.mark, of, into, message, f"choose from {below}")
            return None
        if found is None and vocabulary.open:
            return self._coin(typed, node.mark, of, into)
        if found is None:
            message = f"'{typed}' is not {_a(of.noun or of.label)}"
            into.findings.add(node.mark, "unknown-term", message, vocabulary.hint(typed))
        return found

    def _coin(self, typed: str, mark: nodes.Mark, of: Field, into: Reading) -> Value | None:
        name = slug(typed)
        if reason := refusal(name):
            self.refuse(mark, of, into, f"'{typed}' cannot be a term: {reason}")
            return None
        into.coined.setdefault(of.vocabulary, {}).setdefault(name, typed)
        return name

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the ids that may be written; in an open vocabulary, any text."""
        vocabulary = vocabularies[of.vocabulary]
        ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
        closed: Schema = {"enum": [*ids, UNKNOWN]}
        return {"anyOf": [closed, {"type": "string"}]} if vocabulary.open else closed


class Reference(Slug):
    """The id of another record, or of a source of the same record; checked where all are known."""

    reads = "an id"


class Record(Kind):
    """A record of fields; a bare value fills its key field."""

    reads = "a record"

    def read(self, node: nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
        """Return the record's values; unknown keys are noted with a suggestion."""
        if isinstance(node, nodes.Scalar) and of.key:
            node = nodes.Mapping(pairs=((_key(of.key, node), node),), mark=node.mark)
        if not isinstance(node, nodes.Mapping):
            hint = f"its keys are {', '.join(of.fields)}"
            message = f"'{of.name}' wants a record, not {_shape(node)}"
            into.findings.add(node.mark, "bad-record", message, hint)
            return None
        return values(node, of.fields, into, where, f"'{of.name}'")

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return an object, or, where a key field is declared, a bare value too."""
        made: Schema = object_schema(of.fields, vocabularies)
        made["required"] = [m.name for m in of.fields.values() if m.need == "always"]
        if not of.key:
            return made
        return {
            "anyOf": [KINDS[of.fields[of.key].kind].schema(of.fields[of.key], vocabularies), made]
        }


KINDS: dict[str, Kind] = {
    "line": Line(),
    "text": Kind(),
    "slug": Slug(),
    "date": Date(),
    "url": Url(),
    "language": Language(),
    "term": TermKind(),
    "case": Reference(),
    "source": Reference(),
    "record": Record(),
}
"""Every kind of value, by the word that `kind:` takes."""


def values(
    node: nodes.Mapping, fields: Mapping[str, Field], into: Reading, where: str, what: str
) -> dict[str, Value]:
    """Return the values of a mapping by field; a field without a readable value is absent."""
    found: dict[str, Value] = {}
    for key, child in node.pairs:
        of = fields.get(key.value)
        if of is None:
            hint = suggestion(key.value, fields, f"the keys are {', '.join(fields)}")
            message = f"{what} has no field '{key.value}'"
            into.findings.add(key.mark, "unknown-key", message, hint)
            continue
        place = f"{where}.{of.name}" if where else of.name
        into.marks[place] = child.mark
        value = read(child, of, into, place)
        if value is not None:
            found[of.name] = value
        elif not _blank(child):
            into.unread.add(place)
    return found


def read(node: nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
    """Return the value or values of a field; None where nothing, or nothing readable, stands."""
    if _blank(node):
        return None
    if _unknown(node):
        return UNKNOWN
    kind = KINDS[of.kind]
    if not of.many:
        return kind.read(_only(node, of, into), of, into, where)
    found: list[Value] = []
    for item in _items(node, of, into):
        place = f"{where}.{len(found)}"
        into.marks[place] = item.mark
        if _blank(item):
            continue
        value = UNKNOWN if _unknown(item) and not of.key else kind.read(item, of, into, place)
        if value is not None and (of.kind == "record" or value not in found):
            found.append(value)
    return found or None


def _blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Scalar) and not node.value.strip()


def _unknown(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Scalar) and node.value.strip().casefold() == UNKNOWN


def _only(node: nodes.Node, of: Field, into: Reading) -> nodes.Node:
    if not isinstance(node, nodes.Sequence) or not node.items:
        return node
    if len(node.items) > 1:
        message = f"'{of.name}' holds one value, not {len(node.items)}"
        into.findings.add(node.items[1].mark, "one-value", message, "keep the one that fits best")
    return node.items[0]


def _items(node: nodes.Node, of: Field, into: Reading) -> list[nodes.Node]:
    if isinstance(node, nodes.Sequence):
        return [entry for item in node.items for entry in _keyed(item, of, into)]
    return _keyed(node, of, into)


def _keyed(node: nodes.Node, of: Field, into: Reading) -> list[nodes.Node]:
    """Return the entries of a mapping whose keys are terms: `funding: yes` for `{challenge: funding, met: yes}`."""
    if not (isinstance(node, nodes.Mapping) and of.key and node.pairs):
        return [node]
    member = of.fields[of.key]
    names = [key.value for key, _ in node.pairs]
    if any(name in of.fields for name in names) or not member.vocabulary:
        return [node]
    vocabulary = into.vocabularies[member.vocabulary]
    if not any(vocabulary.resolve(name) for name in names):
        return [node]
    return [_entry(key, value, of) for key, value in node.pairs]


def _entry(key: nodes.Scalar, value: nodes.Node, of: Field) -> nodes.Node:
    pairs: list[tuple[nodes.Scalar, nodes.Node]] = [(_key(of.key, key), key)]
    if isinstance(value, nodes.Mapping):
        pairs += value.pairs
    elif not _blank(value):
        lead = of.lead_field
        pairs.append((_key(of.value or (lead.name if lead else of.key), value), value))
    return nodes.Mapping(pairs=tuple(pairs), mark=key.mark)


def _key(name: str, at: nodes.Node) -> nodes.Scalar:
    return nodes.Scalar(value=name, mark=at.mark, plain=True)


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


def coined_terms(coined: Mapping[str, str]) -> list[Term]:
    """Return the terms that records coined, by id and the first spelling seen."""
    return [Term(id=id_, label=label, coined=True) for id_, label in coined.items()]


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _shape(node: nodes.Node) -> str:
    if isinstance(node, nodes.Scalar):
        return f"'{node.value}'"
    return "a list" if isinstance(node, nodes.Sequence) else "a mapping of keys to values"


def _a(noun: str) -> str:
    return f"an {noun}" if fold(noun)[:1] in "aeiou" else f"a {noun}"


def _for_example(of: Field) -> str:
    return (
        f"for example {of.name}: {of.example}" if isinstance(of.example, str) and of.example else ""
    )
