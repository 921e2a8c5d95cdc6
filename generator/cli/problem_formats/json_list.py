"""Problems as a JSON list, with paths seen from the folder of the configuration."""

from __future__ import annotations

from generator.base.problem import as_json
from generator.cli.problem_formats.report import ProblemReport


def as_json_list(report: ProblemReport) -> str:
    """Return a list of objects with the seven attributes of a problem."""
    return as_json(report.problems, ascii_only=report.ascii_only)
