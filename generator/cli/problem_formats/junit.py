"""Problems as a JUnit report, which every CI shows: one test for each file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from generator.base.problem import Problem, Severity
from generator.cli.problem_formats.report import ProblemReport, writable

_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def as_junit(report: ProblemReport) -> str:
    """Return one suite with a test for each record and each file with a problem, in ASCII.

    A test fails by an error, and with `strict` by a warning; other problems are its output.
    """
    problems_by_file: dict[str, list[Problem]] = {path: [] for path in sorted(report.files)}
    for problem in report.problems:
        problems_by_file.setdefault(problem.path, []).append(problem)
    tests = [_test(report, path, problems) for path, problems in problems_by_file.items()]
    failures = sum("<failure " in test for test in tests)
    counts = f'tests="{len(tests)}" failures="{failures}" errors="0" skipped="0"'
    body = f'<testsuite name="casebook check" {counts}>\n{"".join(tests)}</testsuite>\n'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{body}</testsuites>\n'
    return xml.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _test(report: ProblemReport, path: str, problems: Sequence[Problem]) -> str:
    """Return the test of one file. It has one failure at most: some readers know only one."""
    folder, _, name = report.path(path).rpartition("/")
    failing = {Severity.ERROR, Severity.WARNING} if report.strict else {Severity.ERROR}
    groups = defaultdict(list)
    for problem in problems:
        groups[problem.severity in failing].append(problem)
    inner = ""
    if failures := groups[True]:
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        message, code = _xml(failures[0].message + more), _xml(failures[0].code)
        inner += f'<failure message="{message}" type="{code}">{_all(failures, report)}</failure>\n'
    if groups[False]:
        inner += f"<system-out>{_all(groups[False], report)}</system-out>\n"
    named = f'classname="{_xml(folder or ".")}" name="{_xml(name)}" time="0"'
    return f"<testcase {named}>\n{inner}</testcase>\n" if inner else f"<testcase {named}/>\n"


def _all(problems: Sequence[Problem], report: ProblemReport) -> str:
    lines = (str(problem).removeprefix(problem.path) for problem in problems)
    paths = (report.path(problem.path) for problem in problems)
    return _xml("\n".join(f"{path}{line}" for path, line in zip(paths, lines, strict=True)))


def _xml(text: str) -> str:
    """Return a text as XML has it in an attribute or an element."""
    return "".join(_WRITTEN.get(c, c) for c in writable(text))
