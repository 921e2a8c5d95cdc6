"""Owns `data/record.schema.json`, by which an editor can help while somebody writes a record."""

from __future__ import annotations

from collections.abc import Iterator

from generator.formats.format import DataFile, json_bytes
from generator.library import Library
from generator.model.kinds import object_schema
from generator.model.record import Model
from generator.site import Site


def record_schema(model: Model) -> dict[str, object]:
    """Return the JSON Schema of a record's front matter, as permissive as the reader where it can be.

    Terms are given by id only: labels and synonyms are read too, but an editor should offer ids.
    """
    made = object_schema(model.fields, model.vocabularies)
    first = next(iter(model.types.values()))
    needed = [
        field.name
        for field in model.fields.values()
        if field.need and all(field.need in kind.needs for kind in model.types.values())
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.name,
        **made,
        "required": needed,
        "allOf": [
            {"if": _is(model, kind.id, default=kind is first), "then": _needs(model, kind.needs)}
            for kind in model.types.values()
            if model.type_field
        ],
    }


def _is(model: Model, kind: str, *, default: bool) -> dict[str, object]:
    of_kind: dict[str, object] = {
        "properties": {model.type_field: {"const": kind}},
        "required": [model.type_field],
    }
    absent: dict[str, object] = {"not": {"required": [model.type_field]}}
    return {"anyOf": [of_kind, absent]} if default else of_kind


def _needs(model: Model, needs: tuple[str, ...]) -> dict[str, object]:
    fields = [f for f in model.fields.values() if f.need in needs]
    either = [f for f in fields if f.alternative]
    return {
        "required": [field.name for field in fields if not field.alternative],
        "allOf": [
            {"anyOf": [{"required": [field.name]}, {"required": [field.alternative]}]}
            for field in either
        ],
    }


def schema(library: Library, _site: Site) -> Iterator[DataFile]:
    """Yield the JSON Schema of a record."""
    yield DataFile(
        path="data/record.schema.json",
        what="JSON Schema of a record, for editors that check while you write",
        content=json_bytes(record_schema(library.model)),
    )
