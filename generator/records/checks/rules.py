"""Owns what must hold inside a record: that its sources exist, and the rules the model declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from generator.base.problem import Problem, Severity
from generator.model.declaration import MOST_PROBLEMS
from generator.model.record import Check, Model
from generator.model.value import UNKNOWN, Value, field_path, holders, located, texts
from generator.records.case import Case
from generator.records.checks.conditions import holds, holds_for_all


def source_problems(case: Case, model: Model, unread: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each source's id that is taken, and for each that leads nowhere.

    Where not all sources could be read, nobody knows which ids lead nowhere.
    """
    if model.strength is None:
        return
    owner = model.strength.sources
    id_field = (owner, model.strength.id)
    partly = any(field_path(place) in {(owner,), id_field} for place in unread)
    known: set[str] = set()
    for place, id_ in located(case.values, id_field):
        if id_ in known:
            message = f"two sources have the id '{id_}'"
            yield _problem(case, place, "duplicate-source", message, "give one of them another")
        elif id_ != UNKNOWN:
            known.add(id_)
    own = ", ".join(list(known)[:_FEW]) if len(known) <= _FEW else f"see '{owner}:'"
    hint = f"add it under '{owner}:'; its sources: {own or 'none yet'}"
    for field in () if partly else model.of_kind("source"):
        for place, id_ in located(case.values, field.path):
            if id_ not in known and id_ != UNKNOWN:
                message = f"there is no source '{id_}' in this record"
                yield _problem(case, place, "unknown-source", message, hint)


_FEW = 12


def declared_checks(case: Case, model: Model) -> Iterator[Problem]:
    """Yield a problem for each rule of the model that the record breaks."""
    for check in model.checks:
        if check.order:
            yield from islice(_order(check, check.order, case), MOST_PROBLEMS)
        elif holds(check.when, case.values) and not (
            check.unless_all and holds_for_all(check.unless_all, case.values, model)
        ):
            yield from islice(_refused(check, case), MOST_PROBLEMS)


def _refused(check: Check, case: Case) -> Iterator[Problem]:
    for path in check.at:
        wanted = check.refuses or check.when.get(path, ())
        for place, text in located(case.values, path.split(".")):
            if wanted and text not in wanted:
                continue
            message = check.message.replace("{value}", text)
            hint = check.hint.replace("{value}", text)
            yield _problem(case, place, check.code, message, hint, Severity(check.severity))
            if not check.refuses:
                return


def _order(check: Check, order: tuple[str, ...], case: Case) -> Iterator[Problem]:
    """Yield a problem for each later date that is before the earlier one of the same entry."""
    early, late = (tuple(path.split(".")) for path in order)
    shared = 0
    while shared < min(len(early), len(late)) - 1 and early[shared] == late[shared]:
        shared += 1
    for where, entry in holders(case.values, early[:shared]):
        begin = _latest(entry, early[shared:])
        for place, end in located(entry, late[shared:], where):
            if later(begin, end):
                message = f"'{order[1]}' is {end}, which is before '{order[0]}', {begin}"
                hint = check.hint or "check both dates"
                yield _problem(case, place, check.code, message, hint, Severity(check.severity))


def _latest(entry: Mapping[str, Value], path: tuple[str, ...]) -> str:
    return max((text for text in texts(entry, path) if text != UNKNOWN), default="")


def later(one: str, other: str) -> bool:
    """Return whether a date is certainly later than another; a bare year is any day of it."""
    if not (one and other) or UNKNOWN in {one, other}:
        return False
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def _problem(  # noqa: PLR0913, PLR0917 - a problem has that many parts
    case: Case,
    place: str,
    code: str,
    message: str,
    hint: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    line, column = case.position(place)
    return Problem(
        path=case.path,
        line=line,
        column=column,
        severity=severity,
        code=code,
        message=message,
        hint=hint,
    )
