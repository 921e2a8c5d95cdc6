"""The record cache: parsed cases of earlier builds in a SQLite file, each row signed.

The key of a row is a digest of all that parsing depends on: the file's path and text, the model,
the program. Its value is JSON: data, never code.

The file is untrusted input, since a cache travels. The MAC of a row is verified before its JSON is
decoded. SQLite has to read the file before that, so what a stranger can do with it is kept small:
a link or pipe in its place is deleted; only our one table is accepted, so there is no view and no
trigger; functions in the schema are off; and the length of a value is limited.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator.base.problem import Problem, Severity
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.build.signing import load_key, sign, verify
from generator.markdown import from_json, to_json
from generator.model.record import Model
from generator.records.case import Case

NAME = "cases.sqlite"
BATCH = 16_000_000
"""Rows are written to disk when they have so many characters together."""
_LONGEST = 2**26
"""SQLite refuses a value of more bytes: no record is as long."""

_TABLE = "CREATE TABLE results (key text primary key, result text, seal blob)"


def record_key(path: str, text: str, configuration: str) -> str:
    """Return the key of one file; `configuration` is from `configuration_digest`."""
    content = f"{configuration}\0{path}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def configuration_digest(
    model: Model, defaults: Mapping[str, str], markdown: MarkdownSettings = DEFAULT_MARKDOWN
) -> str:
    """Return the digest of what the parsing of any file depends on: program, model, settings."""
    settings = [program_digest(), asdict(model), dict(defaults), asdict(markdown)]
    content = json.dumps(settings, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return the digest of this program's source and of the versions of its libraries."""
    libraries = ("comrak-ext", "jinja2", "markdown", "markupsafe", "nh3", "pyyaml")
    digest = hashlib.sha256(json.dumps([version(name) for name in libraries]).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


CachedCases = dict[str, tuple[Case, tuple[Problem, ...]]]
"""Cases with their problems, by key."""


class RecordCache:
    """Cases of earlier builds; a row that is damaged, or not signed by this user, reads as absent.

    Use it as a context manager: at the end it writes what is new and deletes what was not used. A
    failure to write is ignored. Worker processes read it; only the first process writes.
    """

    def __init__(self, folder: Path, memory: CachedCases | None = None) -> None:
        """Take the folder of all caches; without a secret nothing is read or written.

        `memory` holds the cases that this process has already; it is brought up to date.
        """
        self._memory = {} if memory is None else memory
        self._file = folder / NAME
        self._secret = load_key()
        self._connections: dict[int, sqlite3.Connection | None] = {}
        self._used: set[str] = set()
        self._new: dict[str, str] = {}
        self._waiting = 0

    def __enter__(self) -> Self:
        """Start with nothing used and nothing new."""
        return self

    @property
    def at_hand(self) -> bool:
        """Return whether this process has the cases in memory already."""
        return bool(self._memory)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what this build used, nothing else; after an exception leave the file as it is."""
        for unused in self._memory.keys() - self._used:
            del self._memory[unused]
        if connection := self._connections.get(os.getpid()):
            connection.close()
        if kind is None:
            self._write(last=True)

    def _connection(self) -> sqlite3.Connection | None:
        """Return this process's own connection: SQLite does not allow one across a fork."""
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = None
            with suppress(sqlite3.Error, OSError):
                if self._secret and self._file.exists():
                    self._connections[process] = self._open()
        return self._connections[process]

    def _open(self) -> sqlite3.Connection:
        """Return a connection to a file that holds our table alone; else raise sqlite3.Error."""
        for file in self._files():
            if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
                file.unlink()  # writing would follow a link, reading would wait for a pipe
        with ExitStack() as stack:
            connection = sqlite3.connect(self._file, timeout=2, isolation_level=None)
            stack.callback(connection.close)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            connection.execute("pragma trusted_schema = off")
            query = "select sql from sqlite_master where sql is not null"
            if connection.execute(query).fetchall() not in ([], [(_TABLE,)]):
                raise sqlite3.DatabaseError("another schema")
            stack.pop_all()
        return connection

    def _write(self, *, last: bool) -> None:
        """Write the new rows; the last time, delete those that were not used."""
        new, self._new, self._waiting = self._new, {}, 0
        with suppress(sqlite3.Error, OSError):
            if self._secret:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                try:
                    self._write_rows(new, last=last)
                except sqlite3.OperationalError:
                    pass  # another build is writing, or the disk is full: the file is sound
                except sqlite3.DatabaseError:  # damaged, or not ours: start again
                    for file in self._files():
                        file.unlink(missing_ok=True)
                    self._write_rows(new, last=last)

    def _files(self) -> list[Path]:
        """Return the database file and those that SQLite puts beside it."""
        ends = ("", "-journal", "-wal", "-shm")
        return [self._file.with_name(NAME + end) for end in ends]

    def _write_rows(self, new: Mapping[str, str], *, last: bool) -> None:
        with closing(self._open()) as connection:
            connection.execute("pragma synchronous = off")  # a torn row fails its MAC
            connection.execute("pragma secure_delete = on")  # a record may be withheld from now on
            connection.execute("begin immediate")
            connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            rows = ((key, text, self._mac(key, text)) for key, text in new.items())
            connection.executemany("insert or replace into results values (?, ?, ?)", rows)
            if last:
                keys = {key for (key,) in connection.execute("select key from results")}
                unused = [(key,) for key in keys - self._used]
                connection.executemany("delete from results where key = ?", unused)
            connection.execute("commit")

    def _mac(self, key: str, text: str) -> bytes:
        return sign(self._secret or b"", key.encode(), text.encode("utf-8", "surrogatepass"))

    def get(self, key: str) -> tuple[Case, tuple[Problem, ...]] | None:
        """Return the case and the problems under a key; None if absent, damaged or not signed."""
        if key in self._memory:
            self._used.add(key)
            return self._memory[key]
        connection = self._connection()
        if connection is None or self._secret is None:
            return None
        query = "select result, seal from results where key = ?"
        try:
            text, mac = connection.execute(query, (key,)).fetchone() or ("", b"")
            content = text.encode("utf-8", "surrogatepass")
            if not verify(self._secret, mac, key.encode(), content):
                return None
            case = _from_json(json.loads(text))
        except (  # a stranger's row may hold values of any type
            sqlite3.Error,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            RecursionError,
        ):
            return None
        self._used.add(key)
        self._memory[key] = case
        return case

    def put(self, key: str, case: Case, problems: tuple[Problem, ...], row: str) -> None:
        """Keep a case; `row` is from `record_row`, or empty if the file holds it already."""
        self._used.add(key)
        self._memory[key] = case, problems
        if row:
            self._new[key] = row
            self._waiting += len(row)
        if self._waiting > BATCH:
            self._write(last=False)


def record_row(case: Case, problems: tuple[Problem, ...]) -> str:
    """Return a case and its problems as JSON, the form in which they are kept."""
    return json.dumps(_to_json(case, problems), ensure_ascii=False)


def _to_json(case: Case, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "id": case.id,
        "path": case.path,
        "values": case.values,
        "marks": case.positions,
        "coined": case.new_terms,
        "body": to_json(case.body),
        "problems": [asdict(problem) for problem in problems],
    }


def _from_json(row: dict[str, Any]) -> tuple[Case, tuple[Problem, ...]]:
    case = Case(
        id=row["id"],
        path=row["path"],
        values=row["values"],
        positions=row["marks"],
        new_terms=row["coined"],
        body=from_json(row["body"]),
    )
    problems = [{**p, "severity": Severity(p["severity"])} for p in row["problems"]]
    return case, tuple(Problem(**problem) for problem in problems)
