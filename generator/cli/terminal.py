"""Owns the words of the command line: how problems, numbers and progress are told at a terminal."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from generator.base.problem import Problem, Severity
from generator.build.assemble import Assembly
from generator.build.check import Progress

MANY = 200
"""A stage with so many things to do may take over a second: it is told as it begins."""

MOST_SHOWN = 200
"""So many problems are printed at most; the rest are counted."""


class Commands(click.Group):
    """Commands that end with a sentence and exit code 2 where the system refuses to go on."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (OSError, BrokenExecutor, MemoryError) as error:
            if isinstance(error, BrokenPipeError):
                raise  # nobody reads what is printed, and click ends quietly
            with suppress(OSError):
                click.echo(_refusal(error), err=True)
            ctx.exit(2)


def _refusal(error: Exception) -> str:
    """Return what the system refused and the remedy."""
    if not isinstance(error, OSError):
        message, hint = "a part of the work was ended by the system", "free some memory"
    else:
        message = (error.strerror or str(error)).lower()
        hint = "see that it is there and that you may use it"
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            hint = "free some space on the disk"
        elif error.errno in {errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM}:
            hint = "end some other programs"
        if isinstance(error.filename, str):
            message = f"'{shown_path(Path(error.filename))}' cannot be used: {message}"
    return f"{message}\n    hint: {hint}, then try again"


def print_problems(problems: Sequence[Problem], *, notes: bool) -> None:
    """Print problems for a person, the worst first; without `notes`, those are passed over."""
    chosen = [p for p in problems if notes or p.severity is not Severity.NOTE]
    for problem in chosen[:MOST_SHOWN]:
        click.echo(str(problem), err=True)
    if len(chosen) > MOST_SHOWN:
        click.echo(f"… and {len(chosen) - MOST_SHOWN} more", err=True)


def warned(problems: Iterable[Problem]) -> bool:
    """Return whether a warning stands among the problems."""
    return any(problem.severity is Severity.WARNING for problem in problems)


def problem_summary(problems: Sequence[Problem]) -> str:
    """Return how many problems of each severity there are, and in how many files."""
    if not problems:
        return "no problems"
    numbers = [(s, sum(p.severity is s for p in problems)) for s in Severity]
    files = count(len({problem.path for problem in problems}), "file")
    return f"{', '.join(count(n, s.value) for s, n in numbers if n)} in {files}"


def remaining(problems: Sequence[Problem]) -> str:
    """Return the summary as the end of a sentence, empty where there is nothing to say."""
    return f"; {problem_summary(problems)}" if problems else ""


def built(made: Assembly, output: Path, seconds: float) -> str:
    """Return what a build made and where, in how many seconds, and how to look at it."""
    where = shown_path(output)
    examples = f" and {count(made.examples, 'example')}" if made.examples else ""
    return (
        f"{count(made.cases, 'case')}{examples}, {count(made.pages, 'page')} in {where}/, "
        f"{seconds:.1f} s{remaining(made.problems)}\n"
        f"to look at it: casebook serve (or make serve), or open {where}/index.html"
    )


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def shown_path(path: Path) -> str:
    """Return a path as it is shortest from here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def progress() -> Progress | None:
    """Return what tells a person at a terminal which stage is on; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def tell_stage(stage: str, number: int) -> None:
        if number >= MANY or (number and time.monotonic() - started > 1):
            click.echo(f"{stage} {number:,} …", err=True)

    return tell_stage
