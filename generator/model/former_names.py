"""Former names of fields: what a record may still call a field, and how a message says the new one.

A model that renames a field keeps the old name under `former_names`. Records that use it are read
as if they had the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.base.problem import Severity
from generator.model.declaration import ProblemCollector, nearest
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


def field_called(name: str, fields: Mapping[str, Field]) -> Field | None:
    """Return the field of that name, or the one that had it before."""
    return fields.get(name) or next((f for f in fields.values() if name in f.former_names), None)


def all_names(field: Field) -> frozenset[str]:
    """Return the names by which a record may call a field."""
    return frozenset((field.name, *field.former_names))


def field_meant(typed: str, fields: Mapping[str, Field]) -> str:
    """Return the name of the field whose name, or a former one, is most like a word; or nothing."""
    named = with_former_names(fields.values())
    near = nearest(typed, named)
    return named[near].name if near else ""


def is_called_so(name: str, fields: Mapping[str, Field]) -> bool:
    """Tell whether one of some fields has a name, or had it before."""
    return field_called(name, fields) is not None


def present_path(path: str, fields: Mapping[str, Field]) -> str:
    """Return a dotted path with the present name of each field on it; as it is if one is none."""
    names: list[str] = []
    for name in path.split("."):
        field = field_called(name, fields)
        if field is None:
            return path
        names.append(field.name)
        fields = field.fields
    return ".".join(names)


def with_former_names(fields: Iterable[Field]) -> Mapping[str, Field]:
    """Return fields by each name that a record may use, the present one of each first."""
    named: dict[str, Field] = {}
    for field in fields:
        named |= dict.fromkeys((field.name, *field.former_names), field)
    return named


def note_former_name(key: yaml_nodes.Scalar, field: Field, findings: ProblemCollector) -> None:
    """Note that a record uses a former name, and what to write instead."""
    message = f"{quote_for_author(key.value)} is now called '{field.name}'"
    # A note and no warning: a strict site is built as before.
    findings.add(
        key.position, "former-name", message, f"write '{field.name}:' instead", Severity.NOTE
    )


def written_twice(key: yaml_nodes.Scalar, field: Field, earlier: str) -> tuple[str, str]:
    """Return message and hint for a field that is written under two names, or twice under one."""
    if key.value == earlier:
        return f"{quote_for_author(key.value)} is written a second time", "keep one of the two"
    message = f"{quote_for_author(key.value)} and {quote_for_author(earlier)} are the same field"
    return message, f"keep one of the two, and call it '{field.name}'"
