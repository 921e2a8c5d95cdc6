"""Problems as a report of GitLab's Code Quality, which shows them in a merge request."""

from __future__ import annotations

import json

from generator.base.problem import Severity
from generator.cli.problem_formats.report import ProblemReport, with_hint

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(report: ProblemReport) -> str:
    """Return a JSON list of objects; of two with one fingerprint GitLab would show one.

    Its schema wants the description, the fingerprint, the severity and the place.
    """
    entries = [
        {
            "description": with_hint(problem),
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[problem.severity],
            "location": {
                "path": report.shown_path(problem.path),
                "lines": {"begin": problem.line},
            },
        }
        for problem, fingerprint in report.fingerprints()
    ]
    return json.dumps(entries, indent=1) + "\n"
