"""Owns `data/record.schema.json`, by which an editor can help while somebody writes a record."""

from __future__ import annotations

from collections.abc import Iterator

from generator.formats.format import DataFile, json_bytes
from generator.library import Library
from generator.model.kinds import object_schema
from generator.model.record import Model
from generator.site import Site


def record_schema(model: Model) -> dict[str, object]:
    """Return the JSON Schema of a record, as permissive as the reader where it can be.

    Terms are given by id only: labels and synonyms are read too, but an editor should offer ids.
    """
    made = object_schema(model.fields, model.vocabularies)
    kinds = list(model.types.values())
    always = tuple(need for need in kinds[0].needs if all(need in kind.needs for kind in kinds))
    rules = [
        {"if": _is(model, kind.id, default=kind is kinds[0]), "then": _needs(model, kind.needs)}
        for kind in kinds
        if model.type_field
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.name,
        **made,
        **_needs(model, always),
        **({"allOf": rules} if rules else {}),
    }


def _is(model: Model, kind: str, *, default: bool) -> dict[str, object]:
    of_kind: dict[str, object] = {
        "properties": {model.type_field: {"const": kind}},
        "required": [model.type_field],
    }
    absent: dict[str, object] = {"not": {"required": [model.type_field]}}
    return {"anyOf": [of_kind, absent]} if default else of_kind


def _needs(model: Model, needs: tuple[str, ...]) -> dict[str, object]:
    """Return what must be there: fields, and of those that stand for each other one."""
    fields = [field for field in model.fields.values() if field.need in needs]
    free = [field for field in fields if field.applies_unless]
    sure = [field.name for field in fields if not field.alternative and field not in free]
    either: list[dict[str, object]] = [
        {"anyOf": [{"required": [field.name]}, {"required": [field.alternative]}]}
        for field in fields
        if field.alternative
    ]
    if len(either) > 1:
        return {"required": sure, "allOf": either}
    return {"required": sure, **(either[0] if either else {})}


def schema(library: Library, _site: Site) -> Iterator[DataFile]:
    """Yield the JSON Schema of a record."""
    yield DataFile(
        path="data/record.schema.json",
        what="JSON Schema of a record, for editors that check while you write",
        content=json_bytes(record_schema(library.model)),
    )
