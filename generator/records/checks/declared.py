"""The checks that a model declares under `checks` in `record.yml`, each made into a function.

A declared check has one of two forms: `order` says which of two dates comes first, and `when` with
`at` says which values may not stand together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator.base.problem import Problem, Severity
from generator.model.record import Check, Model
from generator.model.value import UNKNOWN, Value, holders, located, texts
from generator.records.case import Case, CaseSource
from generator.records.checks.conditions import holds, holds_for_all


def declared_checks(
    model: Model,
) -> tuple[Callable[[Case, Model, CaseSource], Iterator[Problem]], ...]:
    """Return one check of a record for each that the model declares, in their order."""
    return tuple(partial(_broken_rule, check) for check in model.checks)


def _broken_rule(check: Check, case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each place where a case breaks a declared check."""
    del source
    if check.order:
        yield from _out_of_order(check, check.order, case)
    elif holds(check.when, case.values) and not (
        check.unless_all and holds_for_all(check.unless_all, case.values, model)
    ):
        yield from _refused_values(check, case)


def _refused_values(check: Check, case: Case) -> Iterator[Problem]:
    """Yield a problem for each value that the check refuses.

    Without `refuses` there is one problem, at the first value that made the condition hold.
    """
    for path in check.at:
        reported = check.refuses or check.when.get(path, ())
        for place, text in located(case.values, path.split(".")):
            if reported and text not in reported:
                continue
            message = check.message.replace("{value}", text)
            hint = check.hint.replace("{value}", text)
            yield case.problem(place, check.code, message, hint, Severity(check.severity))
            if not check.refuses:
                return


def _out_of_order(check: Check, order: tuple[str, ...], case: Case) -> Iterator[Problem]:
    """Yield a problem for each later date that is before the earlier one of the same entry.

    Two dates belong together if the longest common start of their paths leads to one entry:
    `steps.at` is compared with `steps.until` of the same step, never with that of another.
    """
    early, late = (tuple(path.split(".")) for path in order)
    shared = 0
    while shared < min(len(early), len(late)) - 1 and early[shared] == late[shared]:
        shared += 1
    for where, entry in holders(case.values, early[:shared]):
        begin = _latest(entry, early[shared:])
        for place, end in located(entry, late[shared:], where):
            if is_later(begin, end):
                message = f"'{order[1]}' is {end}, which is before '{order[0]}', {begin}"
                hint = check.hint or "check both dates"
                yield case.problem(place, check.code, message, hint, Severity(check.severity))


def _latest(entry: Mapping[str, Value], path: tuple[str, ...]) -> str:
    return max((text for text in texts(entry, path) if text != UNKNOWN), default="")


def is_later(date: str, than: str) -> bool:
    """Return whether a date is certainly later than another; a bare year is any day of it."""
    if not (date and than) or UNKNOWN in {date, than}:
        return False
    precision = min(len(date), len(than))
    return date[:precision] > than[:precision]
