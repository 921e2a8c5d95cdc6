"""A SQLite file of tables and views, written whole or not at all.

Its bytes depend on the version of SQLite, so it is no part of a site.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol


class TableToWrite(Protocol):
    """A table: see `exports.database.DatabaseTable`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def columns(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def rows(self) -> Iterable[Sequence[str | int | float | None]]: ...  # noqa: D102
    @property
    def keys(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def refers(self) -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]: ...  # noqa: D102


def write_sqlite(file: Path, tables: Iterable[TableToWrite], views: Mapping[str, str]) -> None:
    """Write a database into a file that is not there yet; raise sqlite3.Error or OSError.

    All rows are checked against the foreign keys at the end.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("BEGIN")
        for table in tables:
            database.execute("".join(_create(table)))
            database.executemany(_insert(table), table.rows)
        for name, query in views.items():
            database.execute(f"CREATE VIEW {_quoted(name)} AS {query}")
        database.execute("COMMIT")
        if broken := database.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(f"a row of '{broken[0]}' names none of '{broken[2]}'")


def _create(table: TableToWrite) -> Iterator[str]:
    """Yield the parts of the statement that makes a table; values keep the type they have."""
    parts = [_quoted(name) for name in table.columns]
    if table.keys:
        parts.append(f"PRIMARY KEY ({_names(table.keys)})")
    parts += [
        f"FOREIGN KEY ({_names(own)}) REFERENCES {_quoted(other)} ({_names(theirs)})"
        for own, other, theirs in table.refers
    ]
    yield f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)})"


def _insert(table: TableToWrite) -> str:
    """Return the statement that takes the values of a row; the name of the table is quoted."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {_quoted(table.name)} VALUES ({marks})"  # noqa: S608


def _names(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
