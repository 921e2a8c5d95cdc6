"""Owns the checks that one record can fail by itself: what is needed, what must hold between fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import privacy
from generator.case import Case
from generator.model.record import Check, Condition, Field, Model
from generator.model.value import UNKNOWN, Value, every, field_path, first, listed, located, texts
from generator.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Written:
    """The body's text and first line, and the places of values that were written but not readable."""

    body: str
    body_line: int
    unread: frozenset[str]


def of_case(case: Case, model: Model, written: Written) -> tuple[Problem, ...]:
    """Return what is wrong with a record taken by itself."""
    return tuple(
        [
            *_needs(case, model, written),
            *_sources(case, model),
            *_declared(case, model),
            *_leaks(case, model, written),
        ]
    )


def _problem(case: Case, place: str, code: str, message: str, hint: str = "") -> Problem:
    line, column = case.mark(place)
    return Problem(path=case.path, line=line, column=column, code=code, message=message, hint=hint)


def applies(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field has anything to say about a record with those values."""
    return not (field.applies_unless and holds(field.applies_unless, values))


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Return whether each path of a condition has one of the values asked for."""
    return all(
        any(text in wanted for text in texts(values, path.split(".")))
        for path, wanted in condition.items()
    )


def holds_for_all(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Return whether every value at each path, in every entry, is one of those asked for."""
    for path, wanted in condition.items():
        owner, *rest = path.split(".")
        for entry in listed(values.get(owner)):
            found = texts(entry, rest) if isinstance(entry, dict) and rest else listed(entry)
            if not found or any(text not in wanted for text in found):
                return False
    return True


def satisfied(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field says enough to answer a need, `unknown` included."""
    value = values.get(field.name)
    if value is None or not field.besides:
        return value is not None
    return value == UNKNOWN or any(
        not isinstance(entry, dict) or entry.get(field.key) != field.besides
        for entry in listed(value)
    )


def _needs(case: Case, model: Model, written: Written) -> Iterator[Problem]:
    kind = first(case.values, (model.type_field,)) if model.type_field else ""
    needs = model.needs_of(kind)
    for field in model.fields.values():
        if field.need in needs and not _answered(field, case, model, written):
            yield _missing(field, case, model, kind)
        if field.fields:
            yield from _entry_needs(field, case, needs, written)


def _answered(field: Field, case: Case, model: Model, written: Written) -> bool:
    if not applies(field, case.values) or satisfied(field, case.values):
        return True
    other = model.fields.get(field.alternative)
    if other and (satisfied(other, case.values) or other.name in written.unread):
        return True
    # A value that was written but could not be read has a problem of its own already.
    return field.name in written.unread


def _missing(field: Field, case: Case, model: Model, kind: str) -> Problem:
    name = f"'{field.name}'"
    other = model.fields.get(field.alternative)
    if other:
        names = sorted((field, other), key=lambda f: list(model.fields).index(f.name))
        name = " or ".join(f"'{f.name}'" for f in names)
    if field.besides and case.values.get(field.name) is not None:
        message = f"{name} names only '{field.besides}'; who else takes part?"
    else:
        message = f"a {kind or model.name} needs {name}"
    return _problem(case, field.name, "missing-field", message, field.help)


def _entry_needs(
    field: Field, case: Case, needs: frozenset[str], written: Written
) -> Iterator[Problem]:
    for index, entry in enumerate(listed(case.values.get(field.name))):
        place = f"{field.name}.{index}" if field.many else field.name
        if not isinstance(entry, dict):
            continue
        for member in field.fields.values():
            unread = f"{place}.{member.name}" in written.unread
            if member.need in needs and member.name not in entry and not unread:
                message = f"this entry of '{field.name}' needs '{member.name}'"
                yield _problem(case, place, "missing-field", message, member.help)


def _sources(case: Case, model: Model) -> Iterator[Problem]:
    if model.strength is None:
        return
    owner = model.strength.sources
    seen: dict[str, str] = {}
    for place, id_ in located(case.values, (owner, "id")):
        if id_ in seen:
            message = f"two sources have the id '{id_}'"
            yield _problem(case, place, "duplicate-source", message, "give one of them another")
        seen.setdefault(id_, place)
    pointing = {field.path for field in model.walk() if field.kind == "source"}
    for place, id_ in every(dict(case.values)):
        if id_ not in seen and id_ != UNKNOWN and field_path(place) in pointing:
            listed_ids = ", ".join(seen) or "none yet"
            message = f"there is no source '{id_}' in this record"
            hint = f"add it under '{owner}:'; its sources: {listed_ids}"
            yield _problem(case, place, "unknown-source", message, hint)


def _declared(case: Case, model: Model) -> Iterator[Problem]:
    for check in model.checks:
        if check.order:
            yield from _order(check.order, case)
        elif holds(check.when, case.values) and not (
            check.unless_all and holds_for_all(check.unless_all, case.values)
        ):
            yield from _refused(check, case)


def _refused(check: Check, case: Case) -> Iterator[Problem]:
    for path in check.at:
        for place, text in located(case.values, path.split(".")):
            if check.refuses and text not in check.refuses:
                continue
            line, column = case.mark(place)
            yield Problem(
                path=case.path,
                line=line,
                column=column,
                severity=Severity(check.severity),
                code=check.code,
                message=check.message.replace("{value}", text),
                hint=check.hint.replace("{value}", text),
            )
            if not check.refuses:
                return


def _order(order: tuple[str, str], case: Case) -> Iterator[Problem]:
    early, late = order
    owner, *rest = early.split(".")
    if rest and late.split(".")[0] == owner:
        entries = listed(case.values.get(owner))
        many = isinstance(case.values.get(owner), list)
        pairs = [
            (
                f"{owner}.{i}.{late.split('.')[-1]}" if many else late,
                e.get(rest[0]),
                e.get(late.split(".")[-1]),
            )
            for i, e in enumerate(entries)
            if isinstance(e, dict)
        ]
    else:
        begin = first(case.values, early.split("."))
        pairs = [(place, begin, text) for place, text in located(case.values, late.split("."))]
    for place, before, after in pairs:
        if isinstance(before, str) and isinstance(after, str) and later(before, after):
            message = f"'{late}' is {after}, which is before '{early}', {before}"
            yield _problem(case, place, "out-of-order", message, "check both dates")


def later(one: str, other: str) -> bool:
    """Return whether a date is certainly later than another; a bare year is any day of it."""
    if not (one and other) or UNKNOWN in {one, other}:
        return False
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def _leaks(case: Case, model: Model, written: Written) -> Iterator[Problem]:
    hidden = dict(privacy.hidden_entries(case.values, model))
    names = [
        spelling
        for place, id_ in hidden.items()
        for spelling in _spellings(place, id_, case, model)
    ]
    if not names:
        return
    hint = "describe it instead, for example 'a ministry'; the record does not name this one"
    quiet = {field.path for field in model.walk() if field.role in {"visibility", "consent"}}
    for place, text in every(dict(case.values)):
        if place not in hidden and field_path(place) not in quiet:
            if name := privacy.mentions(text, names):
                yield _problem(case, place, "hidden-name", f"'{name}' must not be named here", hint)
    if name := privacy.mentions(f"{case.path} {case.id}", names):
        message = f"the file's name or id holds '{name}', which must not be named"
        yield _problem(case, "", "hidden-name", message, "rename the file")
    for number, line in enumerate(written.body.split("\n"), start=written.body_line):
        if name := privacy.mentions(line, names):
            message = f"'{name}' must not be named here"
            yield Problem(
                path=case.path, line=number, code="hidden-name", message=message, hint=hint
            )


def _spellings(place: str, id_: str, case: Case, model: Model) -> tuple[str, ...]:
    field = model.at(field_path(place))
    vocabulary = model.vocabularies.get(field.vocabulary) if field else None
    term = vocabulary.terms.get(id_) if vocabulary else None
    if term is None:
        coined = case.coined.get(field.vocabulary, {}) if field else {}
        return (coined.get(id_, id_),)
    return (term.label, *term.synonyms, *term.labels.values())
