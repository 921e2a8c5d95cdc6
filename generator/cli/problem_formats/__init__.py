"""The forms in which `casebook check` prints problems; to add one, write an entry in `FORMATS`.

A form is a function from a `ProblemReport` to text. It goes to standard output, for a program; what
is for a person goes to standard error, with a summary after it. Nothing here reads or writes a
file, but for `add_step_summary`, which GitHub's runner asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.cli.problem_formats.explained import as_explained, as_lines
from generator.cli.problem_formats.github import add_step_summary, as_github
from generator.cli.problem_formats.gitlab import as_gitlab
from generator.cli.problem_formats.json_list import as_json_list
from generator.cli.problem_formats.junit import as_junit
from generator.cli.problem_formats.report import ProblemReport
from generator.cli.problem_formats.sarif import as_sarif

__all__ = ["FORMATS", "ProblemFormat", "ProblemReport"]


@dataclass(frozen=True, slots=True)
class ProblemFormat:
    """How problems are printed: `text_of` makes the text, and `also` does what else is wanted."""

    text_of: Callable[[ProblemReport], str]
    for_person: bool = False
    also: Callable[[ProblemReport], None] | None = None


FORMATS: dict[str, ProblemFormat] = {
    "text": ProblemFormat(as_lines, for_person=True),
    "long": ProblemFormat(as_explained, for_person=True),
    "json": ProblemFormat(as_json_list),
    "github": ProblemFormat(as_github, also=add_step_summary),
    "gitlab": ProblemFormat(as_gitlab),
    "sarif": ProblemFormat(as_sarif),
    "junit": ProblemFormat(as_junit),
}
"""Every form by the word that `--format` takes."""
