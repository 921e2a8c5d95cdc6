"""The record cache: parsed cases in a SQLite file, each part of a row signed.

The key of a row is a digest of all that parsing depends on: the file's path and text, the model,
the program. A row has two parts, the outline of the case with its problems, and all its words; both
are MessagePack: data, never code. So a build that needs the words of one case reads those of one.

The file is untrusted input, since a cache travels. The MAC of a part is verified before it is
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
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from msgspec import MsgspecError, Struct, msgpack

from generator.base.problem import Problem
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.model.record import Model
from generator.records.case import Case
from generator.store.kept_outline import KeptOutline, kept_outline
from generator.store.signing import SIZE, load_key, sign, verify

NAME = "cases.sqlite"
BATCH = 16_000_000
"""Rows are written to disk when they have so many bytes together."""
_LONGEST = 2**26
"""SQLite refuses a value of more bytes: no record is as long."""

OUTLINE, WORDS = "outline", "words"
_TABLE = "CREATE TABLE cases (key text primary key, outline blob, words blob)"


def record_key(path: str, text: str, configuration: str) -> str:
    """Return the key of one file, which starts with that of the configuration."""
    content = f"{configuration}\0{path}\0{text}".encode("utf-8", "surrogatepass")
    return configuration + hashlib.sha256(content).hexdigest()


def configuration_digest(
    model: Model, defaults: Mapping[str, str], markdown: MarkdownSettings = DEFAULT_MARKDOWN
) -> str:
    """Return the digest of what the parsing of any file depends on: program, model, settings."""
    settings = [program_digest(), model, sorted(defaults.items()), markdown]
    return hashlib.sha256(msgpack.encode(settings)).hexdigest()[:32]


@cache
def program_digest() -> str:
    """Return the digest of this program's source and catalogues, and of its libraries' versions."""
    libraries = (
        "babel",
        "comrak-ext",
        "jinja2",
        "markdown",
        "markupsafe",
        "msgspec",
        "nh3",
        "pillow",
        "pyyaml",
        "rjsmin",
    )
    digest = hashlib.sha256(json.dumps([version(name) for name in libraries]).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.p[oy]")):  # the words of pages, too
        digest.update(file.read_bytes())
    return digest.hexdigest()


Outlined = tuple[Case, tuple[Problem, ...]]
"""The outline of a case, and the problems of its file."""

CachedCases = dict[str, tuple[Case, tuple[Problem, ...], Case | None]]
"""Outlines with the problems of their files, by key; with all words where no row may be kept."""


class Row(NamedTuple):
    """A case as it is kept: its outline with the problems of its file, and all its words."""

    outline: bytes
    words: bytes


class RecordCache:
    """Cases of earlier builds and of this one; a part that is damaged or not signed is absent.

    Use it as a context manager while files are read: at the end it writes what is new and deletes
    what was not used. What cannot be written stays in memory. Worker processes read it; only the
    first process writes.
    """

    def __init__(self, folder: Path, memory: CachedCases | None = None) -> None:
        """Take the folder of all caches; without a secret nothing is read from it or written.

        `memory` holds the outlines that a preview has already; it is brought up to date.
        """
        self._memory = memory
        self._file = folder / NAME
        self._secret = load_key()
        self._connections: dict[int, sqlite3.Connection | None] = {}
        self._used: set[str] = set()
        self._new: dict[str, Row] = {}
        self._unwritten: dict[str, Row] = {}
        self._waiting = 0

    def __enter__(self) -> Self:
        """Start with nothing used and nothing new."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what this build used, nothing else; after an exception leave the file as it is."""
        if self._memory is not None:
            for unused in self._memory.keys() - self._used:
                del self._memory[unused]
        self.close()
        if kind is None:
            self._write(last=True)

    def add_rows(self) -> None:
        """Write the new rows, and delete none: other cases are in use that nobody looked at."""
        self._write(last=False)

    def close(self) -> None:
        """Close this process's connection; the next look-up opens another."""
        if connection := self._connections.pop(os.getpid(), None):
            connection.close()

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
        if self._secret is None:  # nobody could believe them
            self._unwritten |= new
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._write_rows(new, last=last)
            except sqlite3.OperationalError:
                raise  # another build is writing, or the disk is full: the file is sound
            except sqlite3.DatabaseError:  # damaged, or not ours: start again
                for file in self._files():
                    file.unlink(missing_ok=True)
                self._write_rows(new, last=last)
        except (sqlite3.Error, OSError):
            self._unwritten |= new

    def _files(self) -> list[Path]:
        """Return the database file and those that SQLite puts beside it."""
        ends = ("", "-journal", "-wal", "-shm")
        return [self._file.with_name(NAME + end) for end in ends]

    def _write_rows(self, new: Mapping[str, Row], *, last: bool) -> None:
        with closing(self._open()) as connection:
            connection.execute("pragma synchronous = off")  # a torn row fails its MAC
            connection.execute("pragma secure_delete = on")  # a record may be withheld from now on
            connection.execute("begin immediate")
            connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            rows = (
                (key, self._signed(key, OUTLINE, row.outline), self._signed(key, WORDS, row.words))
                for key, row in new.items()
            )
            connection.executemany("insert or replace into cases values (?, ?, ?)", rows)
            if last:
                keys = {key for (key,) in connection.execute("select key from cases")}
                unused = [(key,) for key in keys - self._used]
                connection.executemany("delete from cases where key = ?", unused)
            connection.execute("commit")

    def _signed(self, key: str, part: str, content: bytes) -> bytes:
        return sign(self._secret or b"", key.encode(), part.encode(), content) + content

    def outline(self, key: str) -> Outlined | None:
        """Return the outline and the problems under a key; None if absent, damaged or unsigned."""
        if self._memory and key in self._memory:
            self._used.add(key)
            return self._memory[key][:2]
        row = self._unwritten.get(key)
        content = row.outline if row else self._read(key, OUTLINE)
        kept = _decoded(content, _Outline)
        if kept is None:
            return None
        self._used.add(key)
        outlined = kept.outline.case(), kept.problems
        if self._memory is not None:
            self._memory[key] = (*outlined, None)
        return outlined

    def held(self, key: str) -> Case | None:
        """Return the case with all its words that a preview holds in memory, of which no row is."""
        return (self._memory or {}).get(key, (None, (), None))[2]

    def hold(self, key: str, outline: Case, problems: tuple[Problem, ...], whole: Case) -> None:
        """Hold a case, of which no row may be kept, in the memory of a preview, if it is one."""
        self._used.add(key)
        if self._memory is not None:
            self._memory[key] = outline, problems, whole

    def use(self, key: str) -> None:
        """Keep a row that a worker process has found."""
        self._used.add(key)

    def words(self, key: str, outline: Case) -> Case | None:
        """Return a case with all its words; None if they are absent, damaged or not signed."""
        row = self._unwritten.get(key) or self._new.get(key)
        content = row.words if row else self._read(key, WORDS)
        kept = _decoded(content, _Words)
        return kept.added_to(outline) if kept else None

    def _read(self, key: str, part: str) -> bytes:
        """Return one part of a row once its MAC is verified; empty if it is not."""
        query = f"select {part} from cases where key = ?"  # noqa: S608 - a name of ours
        connection = self._connection()
        if connection is None or self._secret is None:
            return b""
        try:
            (stored,) = connection.execute(query, (key,)).fetchone() or (b"",)
        except sqlite3.Error:
            return b""
        if not isinstance(stored, bytes):  # a stranger's row may hold values of any type
            return b""
        mac, content = stored[:SIZE], stored[SIZE:]
        sound = verify(self._secret, mac, key.encode(), part.encode(), content)
        return content if sound else b""

    def put(self, key: str, outline: Case, problems: tuple[Problem, ...], row: Row) -> None:
        """Keep a case; `row` is from `record_row`."""
        self._used.add(key)
        if self._memory is not None:
            self._memory[key] = outline, problems, None
        self._new[key] = row
        self._waiting += len(row.outline) + len(row.words)
        if self._waiting > BATCH:
            self._write(last=False)


class _Outline(Struct, frozen=True, array_like=True):
    """The first part of a row."""

    outline: KeptOutline
    problems: tuple[Problem, ...]


class _Words(Struct, frozen=True, array_like=True):
    """The second part of a row."""

    values: dict[str, Any]
    packed: bytes

    def added_to(self, outline: Case) -> Case:
        body = replace(outline.body, packed=self.packed)
        return replace(outline, values=self.values, body=body)


_Part = TypeVar("_Part", bound=Struct)


def _decoded(content: bytes, part: type[_Part]) -> _Part | None:
    try:
        return msgpack.decode(content, type=part) if content else None
    except MsgspecError:
        return None


def record_row(case: Case, outline: Case, problems: tuple[Problem, ...]) -> Row:
    """Return a case and the problems of its file in the form in which they are kept."""
    words = _Words(values=dict(case.values), packed=case.body.packed)
    return Row(msgpack.encode(_Outline(kept_outline(outline), problems)), msgpack.encode(words))
