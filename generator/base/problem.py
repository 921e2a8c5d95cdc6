"""`Problem`: a mistake in a file, in words for its author; and the order of problems."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a problem is: errors stop a build, warnings only a strict one, notes none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file, for the person who wrote the file.

    `path` is relative to the configuration file, with `/`; `line` and `column` count from 1.
    `code` is a stable name in kebab-case; `message` says what is wrong, quoting what was typed;
    `hint` gives the remedy, or is empty.
    """

    path: str
    line: int = 1
    column: int = 1
    severity: Severity = Severity.ERROR
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Give the problem as a person reads it in a terminal, the hint on a line of its own."""
        where = f"{self.path}:{self.line}:{self.column}"
        first = f"{where}: {self.severity}: {self.message}"
        return f"{first}\n    hint: {self.hint}" if self.hint else first


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the distinct problems, worst first, then by path, line, column and code."""
    return tuple(
        sorted(
            set(problems),
            key=lambda p: (_RANK[p.severity], p.path, p.line, p.column, p.code, p.message),
        )
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those problems that stop a build."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def as_json(problems: Iterable[Problem], *, ascii_only: bool = False) -> str:
    """Return the problems as a JSON list of objects, in the order given, ending in a newline.

    With `ascii_only` all other characters are escaped as JSON has it.
    """
    return json.dumps([asdict(p) for p in problems], ensure_ascii=ascii_only, indent=1) + "\n"
