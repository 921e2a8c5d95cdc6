"""Files by which editors know the fields of records: snippets for VS Code, types for Obsidian.

In comes the model. Out come texts by their paths in the folder of a library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.model.record import Field, Model
from generator.model.scaffold import PROMPT, short_record

SNIPPETS: Final = ".vscode/casebook.code-snippets"
EXTENSIONS: Final = ".vscode/extensions.json"
TYPES: Final = ".obsidian/types.json"

OBSIDIAN: Final[Mapping[str, str]] = {"date": "date", "number": "number"}
"""The types of Obsidian for kinds of value; all others are text."""


def editor_files(model: Model) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file."""
    yield SNIPPETS, _json(dict(_snippets(model)))
    yield EXTENSIONS, _json({"recommendations": ["redhat.vscode-yaml"]})
    yield TYPES, _json({"types": property_types(model)})


def property_types(model: Model) -> dict[str, str]:
    """Return Obsidian's type of each field; it has none for a record inside a record."""
    return {f.name: _property_type(f) for f in model.fields.values() if f.kind != "record"}


def _property_type(field: Field) -> str:
    if field.many:
        return "multitext"
    day = field.kind != "date" or field.precision == "day"
    return OBSIDIAN.get(field.kind, "text") if day else "text"


def _snippets(model: Model) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield a snippet for each kind of record, and one for an entry of each list of records."""
    for kind in model.types.kinds.values():
        body = short_record(model, PROMPT, kind.id, PROMPT, {}).split("\n")
        name = f"new {kind.id or model.name}"
        yield name, _snippet(name.replace(" ", "-"), f"A {name} to fill in", body)
    for field in model.fields.values():
        if field.kind == "record" and field.many:
            members = [f"{member.name}: {PROMPT}" for member in field.fields.values()]
            lines = [f"  - {members[0]}", *(f"    {member}" for member in members[1:])]
            yield field.name, _snippet(field.name, field.help, [f"{field.name}:", *lines])


def _snippet(prefix: str, about: str, lines: list[str]) -> dict[str, object]:
    numbers = iter(range(1, 1_000))
    body = [_with_stops(line, numbers) for line in lines]
    return {"scope": "markdown,yaml", "prefix": prefix, "description": about, "body": body}


def _with_stops(line: str, numbers: Iterator[int]) -> str:
    """Return a line in which each prompt is a place to write; no other sign means anything."""
    plain = re.sub(r"([\\$}])", r"\\\1", line)
    if line.lstrip().startswith("#"):
        return plain
    return re.sub(re.escape(PROMPT), lambda _: f"${{{next(numbers)}:{PROMPT}}}", plain)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
