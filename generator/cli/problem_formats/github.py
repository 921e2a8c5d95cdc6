"""Problems as GitHub Actions shows them: on their lines, and in a table of the run.

Annotations are workflow commands. Of each severity GitHub shows the first ten of a step, and fifty
of a job, so the worst stand first. The table is added to the file that the variable
`GITHUB_STEP_SUMMARY` names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.base.problem import Problem, Severity
from generator.cli.problem_formats.report import ProblemReport, with_hint, writable

MOST_ROWS = 100
"""The table has so many rows at most. GitHub refuses a summary of more than a megabyte."""

MOST_CHARACTERS = 400
"""So many characters of a path or a message stand in the table."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(report: ProblemReport) -> str:
    """Return the problems as annotations, a line each, in their order.

    A message cannot end its line, so that no words of an author's become a command.
    """
    return "".join(
        f"::{_LEVELS[p.severity]} file={_property(report.shown_path(p.path))},line={p.line},"
        f"col={p.column},title={_property(p.code)}::{_escaped(with_hint(p))}\n"
        for p in report.problems
    )


def add_step_summary(report: ProblemReport) -> None:
    """Add the table to the summary of the step, where the runner asks for one."""
    file = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if file and report.problems:
        with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary:
            summary.write(step_summary(report))


def step_summary(report: ProblemReport) -> str:
    """Return the problems as a Markdown table, in their order; too many are only counted."""
    rows = "\n".join(_rows(report))
    rest = len(report.problems) - MOST_ROWS
    more = f"\n… and {rest:,} more\n" if rest > 0 else ""
    return f"### casebook check\n\n| where | what |\n|---|---|\n{rows}\n{more}\n"


def _rows(report: ProblemReport) -> Iterator[str]:
    for problem in report.problems[:MOST_ROWS]:
        where = f"{_plain(report.shown_path(problem.path))}:{problem.line}"
        yield f"| {where} | {problem.severity}: {_what(problem)} |"


def _what(problem: Problem) -> str:
    hint = f"<br>{_plain(problem.hint)}" if problem.hint else ""
    return f"{_plain(problem.message)}{hint}"


_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is: each sign of ASCII is written as its number."""
    words = " ".join(writable(text).split())
    cut = words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]}…"
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", cut)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
