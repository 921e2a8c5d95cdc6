"""Reading a mapping file: the columns of a table by their headings, or what is wrong with it."""

from __future__ import annotations

from typing import Any

from generator import yaml_nodes
from generator.authoring.column_mapping import ColumnMapping, column_path
from generator.base.position import Position
from generator.base.problem import Problem
from generator.model.declaration import Declaration, ProblemCollector, suggestion
from generator.model.record import Field, Model


def read_mapping(
    text: str, path: str, model: Model
) -> tuple[ColumnMapping | None, tuple[Problem, ...]]:
    """Return what a mapping file declares, and its problems by line; None where it has any."""
    composed = yaml_nodes.compose(text, path=path)
    findings = ProblemCollector(path, list(composed.problems))
    if composed.node is None:
        if not findings.problems:
            findings.add(Position(1, 1), "empty", _EMPTY, _HINT)
        return None, tuple(findings.problems)
    declared = Declaration(composed.node, ColumnMapping, findings, "the mapping")
    mapping = declared.read()
    _check_columns(declared, None, model)
    _check_row(declared)
    for number, sheet in enumerate(mapping.lists):
        part = declared.parts[f"lists.{number}"]
        holder = model.at(sheet.field)
        if holder is None or not holder.entries:
            names = [own.name for own in model.fields.values() if own.entries]
            message = f"'{sheet.field}' is no list of records"
            hint = suggestion(sheet.field, names, f"such lists: {', '.join(names)}")
            findings.add(part.position("field"), "unknown-field", message, hint)
            continue
        _check_columns(part, holder, model)
        _check_row(part)
    return (None if findings.problems else mapping), tuple(findings.problems)


_EMPTY = "the mapping is empty"
_HINT = "write 'columns:', and below it a line for each column"


def _check_row(declared: Declaration[Any]) -> None:
    typed = declared.text("row")
    if typed and not (typed.isascii() and typed.isdigit() and int(typed[:6])):
        message = f"'row' cannot be '{typed}'"
        declared.findings.add(
            declared.position("row"), "wrong-choice", message, "write the number of a row"
        )


def _check_columns(declared: Declaration[Any], holder: Field | None, model: Model) -> None:
    """Add a problem for each column that is said to hold something that is no field."""
    fields = holder.fields if holder else model.fields
    names = [own.dotted for top in fields.values() for own in top.walk()]
    names = [name.removeprefix(f"{holder.name}.") for name in names] if holder else names
    for _, value in declared.pairs("columns"):
        typed = value.value if isinstance(value, yaml_nodes.Scalar) else ""
        if not column_path(typed, model, holder):
            own = f"{holder.name} has" if holder else f"a {model.name} has"
            message = f"{own} no field '{typed}' that a column can hold"
            hint = suggestion(typed, names, "see 'casebook fields'")
            declared.findings.add(value.position, "unknown-field", message, hint)
