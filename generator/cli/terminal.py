"""What is printed at a terminal: problems, summaries, numbers, progress."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.problem import Problem, Severity
from generator.cli.problem_formats.explained import plain_lines

if TYPE_CHECKING:
    from generator.base.progress import Progress
    from generator.build.assemble import Assembly

MANY = 200
"""A stage with so many things to do may take over a second: its start is printed."""


class Commands(click.Group):
    """Commands that end with a sentence and exit code 2 where the system refuses to go on."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as click has it
        r"""Run a command so that whatever it prints can be printed.

        A terminal or a pipe may have an encoding without some character of a title: `\u0ea5` is
        printed in its place, as Python does on the standard error stream.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command; a refusal of the system is printed as a sentence."""
        try:
            return super().invoke(ctx)
        except (OSError, BrokenExecutor, MemoryError) as error:
            if isinstance(error, BrokenPipeError):
                raise  # nobody reads the output any more: click ends quietly
            with suppress(OSError):
                click.echo(_refusal(error), err=True)
            ctx.exit(2)


def _refusal(error: Exception) -> str:
    """Return what the system refused, and the remedy."""
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
    """Print problems in the order given, each with its hint; notes only with `notes`."""
    printed = [p for p in problems if notes or p.severity is not Severity.NOTE]
    click.echo(plain_lines(printed), err=True, nl=False)


def has_warning(problems: Iterable[Problem]) -> bool:
    """Return whether there is a warning among the problems."""
    return any(problem.severity is Severity.WARNING for problem in problems)


def problem_summary(problems: Sequence[Problem]) -> str:
    """Return how many problems of each severity there are, and in how many files."""
    if not problems:
        return "no problems"
    numbers = [(s.value, sum(p.severity is s for p in problems)) for s in Severity]
    parts = [count(number, name, f"{name}s") for name, number in numbers if number]
    files = count(len({problem.path for problem in problems}), "file", "files")
    return f"{', '.join(parts)} in {files}"


def build_summary(
    assembly: Assembly, output: Path, seconds: float, *, internal: bool = False
) -> str:
    """Return what a build made and where, in how many seconds, and how to look at it."""
    where = shown_path(output)
    cases = count(assembly.cases, "case", "cases")
    if assembly.examples:
        cases += f" and {count(assembly.examples, 'example', 'examples')}"
    pages = count(assembly.pages, "page", "pages")
    problems = f"; {problem_summary(assembly.problems)}" if assembly.problems else ""
    if any(problem.severity is Severity.NOTE for problem in assembly.problems):
        problems += " (casebook check prints the notes)"
    summary = f"{cases}, {pages} in {where}/, {seconds:.1f} s{problems}"
    if internal:
        return (
            f"{summary}\nto look at it: casebook serve --internal, or open {where}/index.html\n"
            f"{where}/ holds internal records: do not publish it"
        )
    return f"{summary}\nto look at it: casebook serve (or make serve), or open {where}/index.html"


def prints_unicode() -> bool:
    """Tell whether the standard output has a character for everything that may be printed."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def is_terminal() -> bool:
    """Tell whether what is printed for a person goes to a terminal."""
    return sys.stderr.isatty()


def shows_colours() -> bool:
    """Tell whether it may have colours: at a terminal that knows them, unless NO_COLOR is set."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return is_terminal() and not plain


def terminal_width() -> int:
    """Return how many columns the terminal has."""
    return shutil.get_terminal_size((100, 24)).columns


def count(number: int, noun: str, plural: str) -> str:
    """Return a number with its noun, such as `1 page` or `1,024 pages`."""
    return f"{number:,} {noun if number == 1 else plural}"


def shown_path(path: Path) -> str:
    """Return a path relative to the current folder, or absolute if it lies elsewhere."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def progress_reporter() -> Progress:
    """Return what prints the start of each long stage at a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _stage, _number: None
    start = time.monotonic()

    def report(stage: str, number: int) -> None:
        if number >= MANY or (number and time.monotonic() - start > 1):
            click.echo(f"{stage} {number:,} …", err=True)

    return report
