"""`ProblemReport`: the problems of one check, and what a form of them has to know besides."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.problem import Problem

if TYPE_CHECKING:
    from generator.records.explain import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReport:
    """What a check found.

    `problems` are sorted, worst first; their paths are seen from `root`. `top` is the folder of the
    repository, or `root` where there is none. `files` are the records that were checked, seen from
    `root`. With `strict` a warning counts as an error. `ascii_only` says that standard output has
    no other characters. `explain` finds the place of a problem in its file. `width` and `colours`
    are those of the terminal.
    """

    problems: tuple[Problem, ...]
    root: Path
    top: Path
    files: tuple[str, ...] = ()
    strict: bool = False
    ascii_only: bool = False
    explain: Callable[[Problem], Explanation | None] = lambda _problem: None
    width: int = 100
    colours: bool = False

    def path(self, path: str) -> str:
        """Return a path as seen from the folder of the repository; an absolute one outside it."""
        whole = os.path.normpath(self.root / path)
        below = os.path.relpath(whole, self.top)
        outside = below == os.pardir or below.startswith(os.pardir + os.sep)
        return Path(whole if outside else below).as_posix()

    def shown_path(self, path: str) -> str:
        """Return such a path as a program takes it: without what no report can hold."""
        return writable(self.path(path)).replace("\n", "\ufffd")

    def fingerprints(self) -> Iterator[tuple[Problem, str]]:
        """Yield each problem with a digest that stays when its line moves, and is no other's.

        It is made of the file, the code and the message. Equal ones are numbered in their order.
        """
        seen: Counter[tuple[str, str, str]] = Counter()
        for problem in self.problems:
            message = _LINE_NUMBER.sub("", problem.message)
            key = (self.path(problem.path), problem.code, message)
            text = "\0".join((*key, str(seen[key])))
            seen[key] += 1
            yield problem, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_LINE_NUMBER = re.compile(r"(?<=\bline )\d+")
"""A message may name another line, which moves as its own does."""


def with_hint(problem: Problem) -> str:
    """Return the message of a problem, and its hint on a line of its own, as a program takes it."""
    text = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return writable(text)


_UNWRITABLE = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
    "|[\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of surrogate pairs, what is no character, and what turns a line."""


def writable(text: str) -> str:
    """Return a text with U+FFFD in the place of what readers of JSON or XML refuse, or misread.

    A half of a surrogate pair may be typed as an escape, or stand in the name of a file. JSON can
    write it, and many readers refuse the whole report for it.
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n"))
