"""`data/record.schema.json`: the JSON Schema by which an editor helps to write a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.base.site import Site
from generator.exports.data_file import Content, DataFile, Part, json_bytes
from generator.library.library import Library
from generator.model.kind import Schema
from generator.model.kinds import object_schema, required_keys
from generator.model.record import Model
from generator.model.vocabulary import Term, Vocabulary


def record_schema(model: Model) -> dict[str, object]:
    """Return the JSON Schema of a record, as permissive as the reader where it can be.

    A term may be written by its id, its label or a synonym; an editor offers the ids first.
    """
    words = {name: _with_words(vocabulary) for name, vocabulary in model.vocabularies.items()}
    schema = object_schema(model.fields, words)
    kinds = list(model.types.kinds.values())
    always = tuple(need for need in kinds[0].needs if all(need in kind.needs for kind in kinds))
    rules = [
        {
            "if": _is_kind(model, kind.id, default=kind is kinds[0]),
            "then": _needs(model, kind.needs),
        }
        for kind in kinds
        if model.type_field
    ]
    names = {_enumerated(words[name]): f"vocabulary:{name}" for name in words}
    definitions = _Definitions(names)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.name,
        **definitions.of_object(schema),
        **_needs(model, always),
        **({"allOf": rules} if rules else {}),
        "$defs": definitions.by_name,
    }


def _enumerated(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad)


class _Definitions:
    """What a schema says more than once, each under a name: vocabularies, and entries of lists.

    An editor shows the names, and the file is a fraction of what it would be.
    """

    def __init__(self, names: Mapping[tuple[str, ...], str]) -> None:
        self.by_name: dict[str, object] = {}
        self._names = names

    def of_object(self, schema: Schema, path: str = "") -> Schema:
        """Return the schema of a mapping in which repeated parts are references."""
        properties = schema["properties"]
        if not isinstance(properties, dict):
            raise TypeError(schema)
        return {
            **schema,
            "properties": {
                name: self._of_field(value, f"{path}.{name}" if path else name)
                for name, value in properties.items()
            },
        }

    def _of_field(self, schema: Schema, path: str) -> Schema:
        """Return the schema of a field; a value that may stand alone or in a list is named once."""
        allowed = schema["anyOf"]
        if not isinstance(allowed, list):
            raise TypeError(schema)
        first, *others = allowed
        if first.get("type") != "array":
            return {**schema, "anyOf": [self._of_value(value, path) for value in allowed]}
        value = self._of_value(others[0], path)
        if "$ref" not in value and len(str(value)) > _WORTH_A_NAME:
            self.by_name[path] = value
            value = _reference(path)
        listed = {"type": "array", "items": {"anyOf": [value, *first["items"]["anyOf"][1:]]}}
        return {**schema, "anyOf": [listed, value, *others[1:]]}

    def _of_value(self, schema: Schema, path: str) -> Schema:
        words = schema.get("enum")
        if isinstance(words, list) and (name := self._names.get(tuple(words[:-1]))):
            self.by_name.setdefault(name, {"enum": words})
            return _reference(name)
        if "properties" in schema:
            return self.of_object(schema, path)
        if isinstance(either := schema.get("anyOf"), list):
            return {**schema, "anyOf": [self._of_value(each, path) for each in either]}
        return schema


_WORTH_A_NAME = 200
"""A value whose schema has more characters is named, not repeated."""


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _with_words(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary with labels and synonyms as further terms, after the ids."""
    broad = vocabulary.broad
    terms = dict(vocabulary.terms)
    for term in map(vocabulary.with_labels, vocabulary.terms.values()):
        if term.id not in broad:
            for word in (term.label, *term.synonyms, *term.labels.values()):
                terms.setdefault(word, Term(id=word, label=word))
    return replace(vocabulary, terms=terms)


def _is_kind(model: Model, kind: str, *, default: bool) -> dict[str, object]:
    says_so: dict[str, object] = {
        "properties": {model.type_field: {"const": kind}},
        "required": [model.type_field],
    }
    absent: dict[str, object] = {"not": {"required": [model.type_field]}}
    return {"anyOf": [says_so, absent]} if default else says_so


def _needs(model: Model, needs: tuple[str, ...]) -> dict[str, object]:
    """Return the schema of required fields; of two that replace each other one is enough."""
    fields = [field for field in model.fields.values() if field.need in needs]
    always = [field for field in fields if field.alternative or not field.applies_unless]
    others = (model.fields.get(field.alternative) for field in always)
    pairs = zip(always, others, strict=True)
    return required_keys(tuple(filter(None, pair)) for pair in pairs)


def schema_file(library: Library, _site: Site) -> Iterator[DataFile]:
    """Yield the JSON Schema of a record."""
    yield DataFile(
        path="data/record.schema.json",
        what=library.locale.gettext(
            "JSON Schema of a record, for editors that check while you write"
        ),
        parts=(Part("schema", lambda: Content(json_bytes(record_schema(library.model)))),),
        has_rows=False,
        for_programs=True,
    )
