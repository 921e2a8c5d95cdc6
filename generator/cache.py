"""Owns the cache of parsed cases: data, never code, keyed by all that a result depends on."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator import markup
from generator.case import Case
from generator.model.record import Model
from generator.problem import Problem, Severity

NAME = "cases.sqlite"


def key(path: str, text: str, under: str) -> str:
    """Return the key of one file's result under a configuration."""
    return hashlib.sha256(f"{under}\0{path}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def configuration(model: Model, defaults: Mapping[str, str]) -> str:
    """Return a digest of all that the reading of any file depends on."""
    libraries = [version(name) for name in ("markdown", "nh3", "pyyaml")]
    content = json.dumps([_code(), libraries, asdict(model), dict(defaults)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _code() -> str:
    """Return a digest of this program: a repository's code changes more often than its version."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Cache:
    """Results of earlier builds; whatever cannot be read is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder; without one that can be used, nothing is kept."""
        self._file = folder / NAME
        self._kept: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Read what was kept."""
        with suppress(sqlite3.Error, OSError), closing(self._connect(write=False)) as base:
            self._kept = dict(base.execute("select key, result from results"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what this build used, and nothing else."""
        if kind is None and self._used != self._kept:
            with suppress(sqlite3.Error, OSError):
                self._write()

    def _connect(self, *, write: bool) -> sqlite3.Connection:
        if not write and not self._file.is_file():
            raise FileNotFoundError(self._file)
        return sqlite3.connect(self._file, timeout=2)

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._replace()
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)
            self._replace()

    def _replace(self) -> None:
        with closing(self._connect(write=True)) as base, base:
            base.execute("create table if not exists results (key text primary key, result text)")
            base.execute("delete from results")
            base.executemany("insert into results values (?, ?)", self._used.items())

    def get(self, wanted: str) -> tuple[Case, tuple[Problem, ...]] | None:
        """Return what was kept under a key; None where it is not there or not whole."""
        text = self._kept.get(wanted)
        if not isinstance(text, str):
            return None
        try:
            found = _from_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            return None
        self._used[wanted] = text
        return found

    def put(self, wanted: str, case: Case, problems: tuple[Problem, ...]) -> None:
        """Keep a result."""
        self._used[wanted] = json.dumps(_to_json(case, problems), ensure_ascii=False)


def _to_json(case: Case, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "id": case.id,
        "path": case.path,
        "values": case.values,
        "marks": case.marks,
        "coined": case.coined,
        "body": markup.to_json(case.body),
        "problems": [asdict(problem) for problem in problems],
    }


def _from_json(kept: dict[str, Any]) -> tuple[Case, tuple[Problem, ...]]:
    case = Case(
        id=kept["id"],
        path=kept["path"],
        values=kept["values"],
        marks={place: (mark[0], mark[1]) for place, mark in kept["marks"].items()},
        coined=kept["coined"],
        body=markup.from_json(kept["body"]),
    )
    problems = [{**p, "severity": Severity(p["severity"])} for p in kept["problems"]]
    return case, tuple(Problem(**problem) for problem in problems)
