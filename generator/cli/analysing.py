"""An analysis of a table of memberships, as `casebook analyse` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.analysis.qca.analysis import MOST_CONDITIONS, Analysis, analyse
from generator.analysis.qca.read_table import (
    Table,
    read_table,
    table_memberships,
    unknown_columns,
)
from generator.base.problem import Problem
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
) -> tuple[Analysis | None, tuple[Problem, ...]]:
    """Return the analysis of a file of comma separated values, or what is wrong with the file.

    Raise NoAnalysisError where an option names no column, or the file cannot be read.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NoAnalysisError("TABLE", f"'{path}' cannot be read: {reason}") from error
    text, problems = decode(content, path)
    if text is None:
        return None, problems
    table, problems = read_table(text, path)
    if table is None:
        return None, problems
    names = _checked_names(table, asked)
    data, problems = table_memberships(table, asked.outcome, names)
    if data is None:
        return None, problems
    expected = _expected(asked, data.conditions)
    return analyse(data.negated() if asked.negate else data, cut=asked.cut, expected=expected), ()


def _checked_names(table: Table, asked: QuestionAsked) -> tuple[str, ...]:
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
