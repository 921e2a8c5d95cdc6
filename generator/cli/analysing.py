"""Analyses of a table of memberships or of the library, as `casebook analyse` makes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.analysis.findings import finding
from generator.analysis.qca.analysis import MOST_CONDITIONS, Analysis, analyse
from generator.analysis.qca.memberships import Memberships
from generator.analysis.qca.read_table import (
    MembershipTable,
    read_table,
    table_memberships,
    unknown_columns,
)
from generator.base.problem import Problem, errors
from generator.base.site import FindingSetting, Site
from generator.build.check import check_site
from generator.model.declaration import suggestion
from generator.records.decode import decode


class NoAnalysisError(Exception):
    """Nothing can be analysed; `option` is the word of the command that has to change."""

    def __init__(self, option: str, message: str) -> None:
        """Take the option, and what is wrong with it and the remedy."""
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """The options of the command; `expected` are conditions, `~` before one expected absent."""

    outcome: str
    conditions: tuple[str, ...]
    expected: tuple[str, ...]
    negate: bool
    cut: float


def analysis_of_file(
    file: Path, path: str, asked: QuestionAsked
) -> tuple[tuple[Analysis, ...], tuple[Problem, ...]]:
    """Return the analysis of a file of comma separated values, or what is wrong with the file.

    Raise NoAnalysisError where an option names no column, or the file cannot be read.
    """
    if not asked.outcome:
        raise NoAnalysisError("--outcome", "name the column of the outcome")
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NoAnalysisError("TABLE", f"'{path}' cannot be read: {reason}") from error
    text, problems = decode(content, path)
    if text is None:
        return (), problems
    table, problems = read_table(text, path)
    if table is None:
        return (), problems
    names = _checked_names(table, asked)
    data, problems = table_memberships(table, asked.outcome, names)
    if data is None:
        return (), problems
    return (_analysis(data, asked),), ()


def analyses_of_library(
    site: Site, asked: QuestionAsked
) -> tuple[tuple[Analysis, ...], tuple[Problem, ...]]:
    """Return an analysis for each finding of the settings, or of the one that was asked for.

    What is wrong is a problem of the configuration, or the errors of the library. Raise
    NoAnalysisError where nothing is named to be compared.
    """
    settings = _settings(site, asked)
    checked = check_site(replace(site, findings=settings))
    if asked.outcome and checked.misconfigured and checked.problems:
        problem = checked.problems[0]
        raise NoAnalysisError("--outcome", "; ".join(filter(None, (problem.message, problem.hint))))
    if checked.library is None or errors(checked.problems):
        return (), errors(checked.problems)
    data = (finding(checked.library, setting).data for setting in settings)
    return tuple(_analysis(each, asked) for each in data), ()


def _settings(site: Site, asked: QuestionAsked) -> tuple[FindingSetting, ...]:
    """Return what is to be compared."""
    if not asked.outcome:
        if not site.findings:
            message = "the configuration names no findings; name a TABLE, or facet=term,term"
            raise NoAnalysisError("--outcome", message)
        return site.findings
    facet, equals, terms = asked.outcome.partition("=")
    names = tuple(filter(None, (term.strip() for term in terms.split(","))))
    if not equals or not names:
        message = f"'{asked.outcome}' names no term of a facet; write facet=term,term"
        raise NoAnalysisError("--outcome", message)
    if not asked.conditions:
        raise NoAnalysisError("--conditions", "name facets, such as success_factors")
    return (FindingSetting(facet.strip(), names, asked.conditions),)


def _analysis(data: Memberships, asked: QuestionAsked) -> Analysis:
    expected = _expected(asked, data.conditions)
    return analyse(data.negated() if asked.negate else data, cut=asked.cut, expected=expected)


def _checked_names(table: MembershipTable, asked: QuestionAsked) -> tuple[str, ...]:
    """Return the conditions asked for, all of which are columns; or all that there are."""
    columns = table.header[1:]
    for option, names in (("--outcome", (asked.outcome,)), ("--conditions", asked.conditions)):
        for name in unknown_columns(table, names):
            known = f"the columns are {', '.join(columns)}"
            message = f"there is no column '{name}'; {suggestion(name, columns, known)}"
            raise NoAnalysisError(option, message)
    names = asked.conditions or tuple(name for name in columns if name != asked.outcome)
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise NoAnalysisError("--conditions", f"'{twice[0]}' is named twice")
    if asked.outcome in names:
        message = f"'{asked.outcome}' is the outcome; name other columns"
        raise NoAnalysisError("--conditions", message)
    if not 1 <= len(names) <= MOST_CONDITIONS:
        message = f"{len(names)} conditions; name between 1 and {MOST_CONDITIONS}"
        raise NoAnalysisError("--conditions", message)
    return names


def _expected(asked: QuestionAsked, conditions: tuple[str, ...]) -> dict[str, bool]:
    """Return with which conditions the outcome is expected, and without which."""
    if not asked.expected:
        return dict.fromkeys(conditions, not asked.negate)
    expected = {name.removeprefix("~"): not name.startswith("~") for name in asked.expected}
    for name in expected:
        if name not in conditions:
            known = f"the conditions are {', '.join(conditions)}"
            message = f"'{name}' is no condition; {suggestion(name, conditions, known)}"
            raise NoAnalysisError("--expect", message)
    return expected
