"""A table of memberships as text: one row a case, its name first, then a column for each set."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.analysis.qca.memberships import Memberships, memberships
from generator.base.problem import Problem

UNKNOWN_WORDS = frozenset({"", "-", "–", "?", "na", "n/a", "unknown"})
"""What a cell holds, in any case, where nobody knows."""

MOST_CASES = 10_000
"""A table has no more rows: whoever has more gave another file."""

Cell = tuple[int, int, str]
"""A line, a column of the table and what stands there."""


@dataclass(frozen=True, slots=True)
class MembershipTable:
    """A table that was read: the names of its columns, and the line and cells of each row."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(text: str, path: str) -> tuple[MembershipTable | None, tuple[Problem, ...]]:
    """Return the table in a text of comma, semicolon or tab separated values, or why there is none.

    The separator is the one that the first line has most of. A decimal comma needs another one.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((start, tuple(cell.strip() for cell in cells)))
            start = reader.line_num + 1
            if len(rows) > MOST_CASES + 1:
                return None, (
                    _problem(path, start, f"the table has more than {MOST_CASES:,} rows"),
                )
    except csv.Error as error:
        return None, (_problem(path, reader.line_num, f"this is no table: {error}"),)
    if len(rows) < 2:  # noqa: PLR2004 - a line of names and one case
        hint = "the first line has the names of the columns, each other line a case"
        return None, (_problem(path, 1, "the table has no case", hint),)
    table = MembershipTable(path, rows[0][1], tuple(rows[1:]))
    problems = tuple(_shape_problems(table))
    return (None if problems else table), problems


def table_memberships(
    table: MembershipTable, outcome: str, conditions: Sequence[str]
) -> tuple[Memberships | None, tuple[Problem, ...]]:
    """Return the memberships that columns of a table hold, or what is wrong with their cells.

    Without `conditions` every column but the first and the outcome is one. The columns named are
    there: see `unknown_columns`.
    """
    names = list(conditions) or [name for name in table.header[1:] if name != outcome]
    problems: list[Problem] = []
    known = []
    for line, cells in table.rows:
        by_name = {
            name: _value((line, place, cells[place - 1]), table.path, problems)
            for place, name in enumerate(table.header, 1)
            if name == outcome or name in names
        }
        known.append((cells[0], [by_name[name] for name in names], by_name[outcome]))
    if problems:
        return None, tuple(problems)
    return memberships(outcome, names, known), ()


def unknown_columns(table: MembershipTable, names: Sequence[str]) -> list[str]:
    """Return the names that no column of sets has."""
    return [name for name in names if name not in table.header[1:]]


def _shape_problems(table: MembershipTable) -> Iterator[Problem]:
    width = len(table.header)
    for place, name in enumerate(table.header, 1):
        if not name:
            yield _problem(table.path, 1, "this column has no name", column=place)
        elif name in table.header[: place - 1]:
            yield _problem(table.path, 1, f"there are two columns '{name}'", column=place)
        elif place > 1 and set(name) & set("*~+ "):
            message = f"'{name}' cannot be told from a formula"
            hint = "a name of a column has no space, *, + or ~"
            yield _problem(table.path, 1, message, hint, column=place)
    lines: dict[str, int] = {}
    for line, cells in table.rows:
        if len(cells) != width:
            yield _problem(table.path, line, f"this row has {len(cells)} cells, the first {width}")
        elif not cells[0]:
            yield _problem(table.path, line, "this case has no name")
        elif cells[0] in lines:
            yield _problem(table.path, line, f"'{cells[0]}' is in line {lines[cells[0]]} already")
        lines.setdefault(cells[0], line)


def _value(cell: Cell, path: str, problems: list[Problem]) -> float | None:
    """Return a membership, None where nobody knows it; note a problem for anything else."""
    line, column, typed = cell
    if typed.casefold() in UNKNOWN_WORDS:
        return None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        hint = "write a number from 0 to 1, or unknown"
        problems.append(_problem(path, line, f"'{typed}' is no membership", hint, column=column))
        return None
    return value


def _problem(path: str, line: int, message: str, hint: str = "", column: int = 1) -> Problem:
    return Problem(
        path=path, line=line, column=column, code="qca-table", message=message, hint=hint
    )
