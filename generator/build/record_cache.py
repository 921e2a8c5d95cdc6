"""Owns the cache of parsed cases: data, never code, sealed, and keyed by all that it depends on."""

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

from generator import markdown as markup
from generator.base.problem import Problem, Severity
from generator.build.signing import load_key, sign, verify
from generator.model.record import Model
from generator.records.case import Case

NAME = "cases.sqlite"
BATCH = 16_000_000
"""Rows of so many characters together are written before there are more."""
_LONGEST = 2**26
"""A value of more bytes is not read: no record becomes as long."""

_TABLE = "CREATE TABLE results (key text primary key, result text, seal blob)"


def record_key(path: str, text: str, under: str) -> str:
    """Return the key of one file's result under a configuration."""
    return hashlib.sha256(f"{under}\0{path}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def configuration_digest(model: Model, defaults: Mapping[str, str]) -> str:
    """Return a digest of all that the reading of any file depends on."""
    content = json.dumps([program_digest(), asdict(model), dict(defaults)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return a digest of this program and of the libraries that it makes pages with."""
    libraries = ("jinja2", "markdown", "markupsafe", "nh3", "pyyaml")
    digest = hashlib.sha256(json.dumps([version(name) for name in libraries]).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


CachedCases = dict[str, tuple[Case, tuple[Problem, ...]]]
"""Cases with their problems, by key."""


class RecordCache:
    """Results of earlier builds; what is not whole, or not sealed by this user, is not there."""

    def __init__(self, folder: Path, memory: CachedCases | None = None) -> None:
        """Name the folder; without a secret of one's own nothing is believed and nothing kept.

        In `memory` stands what this process has at hand already; it is brought up to date.
        """
        self._memory = {} if memory is None else memory
        self._file = folder / NAME
        self._secret = load_key()
        self._bases: dict[int, sqlite3.Connection | None] = {}
        self._used: set[str] = set()
        self._new: dict[str, str] = {}
        self._waiting = 0

    def __enter__(self) -> Self:
        """Begin with nothing used and nothing new."""
        return self

    @property
    def at_hand(self) -> bool:
        """Return whether this process has these records at hand already."""
        return bool(self._memory)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what this build used, and nothing else."""
        for gone in self._memory.keys() - self._used:
            del self._memory[gone]
        if base := self._bases.get(os.getpid()):
            base.close()
        if kind is None:
            self._write(last=True)

    def _base(self) -> sqlite3.Connection | None:
        """Return this process's own connection: one that was copied with its process is unsafe."""
        process = os.getpid()
        if process not in self._bases:
            self._bases[process] = None
            with suppress(sqlite3.Error, OSError):
                if self._secret and self._file.exists():
                    self._bases[process] = self._opened()
        return self._bases[process]

    def _opened(self) -> sqlite3.Connection:
        """Return the file as a data base of ours; sqlite3.Error where it holds anything else."""
        for file in self._files():
            if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
                file.unlink()  # a link would be written through, a pipe waited for
        with ExitStack() as stack:
            base = sqlite3.connect(self._file, timeout=2, isolation_level=None)
            stack.callback(base.close)
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            base.execute("pragma trusted_schema = off")
            made = base.execute("select sql from sqlite_master where sql is not null").fetchall()
            if made not in ([], [(_TABLE,)]):
                raise sqlite3.DatabaseError("another form")
            stack.pop_all()
        return base

    def _write(self, *, last: bool) -> None:
        """Add the new rows; at the last, take out those that were not used."""
        new, self._new, self._waiting = self._new, {}, 0
        with suppress(sqlite3.Error, OSError):
            if self._secret:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                try:
                    self._bring(new, last=last)
                except sqlite3.OperationalError:
                    pass  # another build is writing, or the disk is full: the file is not to blame
                except sqlite3.DatabaseError:
                    for file in self._files():
                        file.unlink(missing_ok=True)
                    self._bring(new, last=last)

    def _files(self) -> list[Path]:
        """Return the data base and what SQLite puts beside it."""
        ends = ("", "-journal", "-wal", "-shm")
        return [self._file.with_name(NAME + end) for end in ends]

    def _bring(self, new: Mapping[str, str], *, last: bool) -> None:
        with closing(self._opened()) as base:
            base.execute("pragma synchronous = off")  # a torn row does not bear its seal
            base.execute("pragma secure_delete = on")  # a record may be withheld from now on
            base.execute("begin immediate")
            base.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            rows = ((k, text, self._seal(k, text)) for k, text in new.items())
            base.executemany("insert or replace into results values (?, ?, ?)", rows)
            if last:
                kept = {found for (found,) in base.execute("select key from results")}
                gone = [(one,) for one in kept - self._used]
                base.executemany("delete from results where key = ?", gone)
            base.execute("commit")

    def _seal(self, wanted: str, text: str) -> bytes:
        return sign(self._secret or b"", wanted.encode(), text.encode("utf-8", "surrogatepass"))

    def get(self, wanted: str) -> tuple[Case, tuple[Problem, ...]] | None:
        """Return what was kept under a key; None where it is not there or not whole."""
        if wanted in self._memory:
            self._used.add(wanted)
            return self._memory[wanted]
        base = self._base()
        if base is None or self._secret is None:
            return None
        query = "select result, seal from results where key = ?"
        try:
            text, found = base.execute(query, (wanted,)).fetchone() or ("", b"")
            content = text.encode("utf-8", "surrogatepass")
            if not verify(self._secret, found, wanted.encode(), content):
                return None
            case = _from_json(json.loads(text))
        except (
            sqlite3.Error,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            RecursionError,
        ):
            return None
        self._used.add(wanted)
        self._memory[wanted] = case
        return case

    def put(self, wanted: str, case: Case, problems: tuple[Problem, ...], record_row: str) -> None:
        """Keep a result; `row` is its form if it was not kept before, and empty if it was."""
        self._used.add(wanted)
        self._memory[wanted] = case, problems
        if record_row:
            self._new[wanted] = record_row
            self._waiting += len(record_row)
        if self._waiting > BATCH:
            self._write(last=False)


def record_row(case: Case, problems: tuple[Problem, ...]) -> str:
    """Return the form in which a result is kept."""
    return json.dumps(_to_json(case, problems), ensure_ascii=False)


def _to_json(case: Case, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "id": case.id,
        "path": case.path,
        "values": case.values,
        "marks": case.marks,
        "coined": case.new_terms,
        "body": markup.to_json(case.body),
        "problems": [asdict(problem) for problem in problems],
    }


def _from_json(kept: dict[str, Any]) -> tuple[Case, tuple[Problem, ...]]:
    case = Case(
        id=kept["id"],
        path=kept["path"],
        values=kept["values"],
        marks=kept["marks"],
        new_terms=kept["coined"],
        body=markup.from_json(kept["body"]),
    )
    problems = [{**p, "severity": Severity(p["severity"])} for p in kept["problems"]]
    return case, tuple(Problem(**problem) for problem in problems)
