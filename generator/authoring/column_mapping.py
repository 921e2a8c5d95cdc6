"""`ColumnMapping`: which column of somebody's table holds which field, as a file declares it.

A column holds the field at a dotted path, `period.start`, or the words below a heading of the
text, `## Situation`. Of a list of records it may hold the keys alone: `partners`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.authoring.asked_fields import HEADING
from generator.model.declaration import yaml_key
from generator.model.former_names import present_path
from generator.model.record import Field, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheet:
    """A sheet that has a row for each entry of a list of records."""

    field: str = yaml_key("the field that the sheet holds, a list of records", needed=True)
    sheet: str = yaml_key("the name of the sheet", needed=True)
    row: str = yaml_key("the number of the row with the headings of the columns", default="1")
    parent: str = yaml_key(
        "the column that says to which record an entry belongs, as `number` has it", needed=True
    )
    columns: Mapping[str, str] = yaml_key(
        "for the heading of a column, the field of an entry that it holds", "words", needed=True
    )
    ignore: tuple[str, ...] = yaml_key("columns that are left out", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What `casebook import --mapping` reads: the columns of a table by their headings."""

    sheet: str = yaml_key("the name of the sheet of records, if not the first")
    row: str = yaml_key("the number of the row with the headings of the columns", default="1")
    number: str = yaml_key("the column by which entries of other sheets name a record")
    unique: str = yaml_key(
        "a column that no two records share: by it a record is found when it is imported again"
    )
    separator: str = yaml_key("what stands between several values in a cell", default=";")
    columns: Mapping[str, str] = yaml_key(
        "for the heading of a column, the field that it holds", "words", needed=True
    )
    ignore: tuple[str, ...] = yaml_key("columns that are left out", "texts")
    lists: tuple[ListSheet, ...] = yaml_key(
        "the sheets that hold lists of records", "list", part=ListSheet
    )


def column_path(typed: str, model: Model, holder: Field | None = None) -> str:
    """Return the path that a column may hold, with present names; empty where there is none.

    `holder` is the list of records whose sheet it is.
    """
    if typed.startswith(HEADING) and typed.removeprefix(HEADING).strip() and holder is None:
        return typed
    fields = holder.fields if holder else model.fields
    path = present_path(typed, fields)
    own = _at(path, fields)
    is_value = own is not None and (own.kind != "record" or bool(own.key and own.many))
    return path if is_value else ""


def column_field(path: str, model: Model, holder: Field | None = None) -> Field | None:
    """Return the field at the path of a column, None for a heading."""
    return _at(path, holder.fields if holder else model.fields)


def _at(path: str, fields: Mapping[str, Field]) -> Field | None:
    """Return the field at a path on which no other is a list."""
    names = path.split(".")
    own: Field | None = None
    for number, name in enumerate(names):
        own = fields.get(name)
        if own is None or (own.entries and number + 1 < len(names)):
            return None
        fields = own.fields
    return own
