"""What `casebook import` prints: each record that would be made, its problems at their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.base.problem import Severity
from generator.cli.import_records import Action, ImportPlan, PlannedRecord
from generator.cli.terminal import count

_VERBS = {
    Action.NEW: "a new record",
    Action.UPDATE: "imported before; changed, and made anew",
    Action.UNCHANGED: "imported before; nothing changed",
    Action.LEFT: "not written until its errors are mended",
}


def plan_lines(plan: ImportPlan) -> Iterator[str]:
    """Yield the lines about a plan: files that are refused, then each record.

    Of many rows without a word to say, only the number is told: errors would be lost among them.
    """
    for file in plan.refused:
        yield f"{file.origin}: error: {file.message}"
        yield f"    hint: {file.hint}"
    reports = [(record, list(_record_lines(record))) for record in plan.records]
    plain = Counter(_sort(record) for record, lines in reports if _is_plain(record, lines))
    many = {sort: number for sort, number in plain.items() if number > _MOST_ROWS}
    for record, lines in reports:
        if _sort(record) not in many or not _is_plain(record, lines):
            yield from lines
    for (origin, action), number in many.items():
        yield f"{origin}: {number:,} other rows: {_VERBS[action]}"


def _sort(record: PlannedRecord) -> tuple[str, Action]:
    return record.origin, record.action


def _is_plain(record: PlannedRecord, lines: list[str]) -> bool:
    """Tell whether there is no more to say of a row than what becomes of it."""
    return record.draft.is_row and record.action in _PLAIN and len(lines) == 1


_MOST_ROWS = 10
"""So many rows without a problem are told one by one."""

_PLAIN = frozenset({Action.NEW, Action.UNCHANGED})


def _record_lines(record: PlannedRecord) -> Iterator[str]:
    row = f": {record.draft.place}" if record.draft.place else ""
    if record.action is Action.REFUSED:
        yield f"{record.origin}{row}: error: {record.reason}; it stays as it is"
        yield "    hint: change the title, or move that file away"
        return
    if record.draft.values or record.action is not Action.LEFT:
        yield f"{record.origin}{row} -> {record.path}: {_VERBS[record.action]}"
    for problem in record.problems:
        where = f": {problem.place}" if problem.place else ""
        mistake = problem.problem
        yield f"{record.origin}{where}: {mistake.severity}: {mistake.message}"
        if mistake.hint:
            yield f"    hint: {mistake.hint}"
    for note in record.draft.notes:
        yield f"{record.origin}: note: {note}"
    for words in record.draft.unplaced:
        start = " ".join(words.text.split())
        start = start if len(start) <= _MOST else f"{start[:_MOST].rstrip()} …"
        yield f"{record.origin}: {words.place}: note: not placed: {start}"


def _is_record(record: PlannedRecord) -> bool:
    """Tell whether anything was filled in, other than entries that belong to no record."""
    return bool(record.draft.values or record.draft.sections)


_MOST = 60
"""So many characters of words that have no place are shown; all of them are in the file."""


def import_summary(plan: ImportPlan) -> str:
    """Return how many records there are, and how many problems of each severity."""
    records = [r for r in plan.records if r.action is not Action.REFUSED and _is_record(r)]
    severities = [p.problem.severity for record in records for p in record.problems]
    parts = [count(len(records), "record", "records")]
    actions = [record.action for record in records]
    parts += [
        f"{number} {words}"
        for action, words in (
            (Action.UPDATE, "changed"),
            (Action.UNCHANGED, "unchanged"),
            (Action.LEFT, "left out for errors"),
        )
        if (number := actions.count(action))
    ]
    parts += [
        count(number, severity.value, f"{severity.value}s")
        for severity in Severity
        if (number := severities.count(severity))
    ]
    if unplaced := sum(len(record.draft.unplaced) for record in records):
        parts.append(f"{count(unplaced, 'piece', 'pieces')} not placed")
    return ", ".join(parts)


def has_errors(plan: ImportPlan) -> bool:
    """Return whether anything is refused or wrong with a record."""
    return bool(plan.refused) or any(
        record.action is Action.REFUSED
        or any(p.problem.severity is Severity.ERROR for p in record.problems)
        for record in plan.records
    )
