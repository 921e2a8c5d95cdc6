"""Problems in SARIF 2.1.0, the form of OASIS that code scanning and editors read."""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import PurePath
from urllib.parse import quote

from generator import __version__
from generator.base.problem import Problem, Severity
from generator.cli.problem_formats.report import ProblemReport, with_hint

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

MOST_RESULTS = 25_000
"""Code scanning of GitHub refuses a log with more results, and shows 5,000 of them."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(report: ProblemReport) -> str:
    """Return a log of one run, with the worst `MOST_RESULTS`; each code of a problem is a rule."""
    kept = tuple(islice(report.fingerprints(), MOST_RESULTS))
    codes = list(dict.fromkeys(problem.code for problem, _ in kept))
    numbers = {code: number for number, code in enumerate(codes)}
    rules = [{"id": c, "shortDescription": {"text": c.replace("-", " ")}} for c in codes]
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": numbers[problem.code],
            "level": _LEVELS[problem.severity],
            "message": {"text": with_hint(problem)},
            "locations": [{"physicalLocation": _location(problem, report)}],
            "partialFingerprints": {"casebookProblem/v1": fingerprint},
        }
        for problem, fingerprint in kept
    ]
    driver = {"name": "casebook", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _location(problem: Problem, report: ProblemReport) -> dict[str, object]:
    return {
        "artifactLocation": _artifact(report.path(problem.path)),
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }


def _artifact(path: str) -> dict[str, str]:
    """Return the address of a file, relative to the repository where it stands in it."""
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": "%SRCROOT%"}
