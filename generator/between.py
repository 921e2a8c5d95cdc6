"""Owns the checks that need every file: ids that clash, links between records, terms without a definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.case import Case
from generator.model.record import Field, Model
from generator.model.shape import suggestion
from generator.model.value import UNKNOWN, every, field_path, first, located
from generator.names import fold, same
from generator.problem import Problem, Severity


def between(cases: Sequence[Case], model: Model) -> tuple[Problem, ...]:
    """Return what is wrong between the cases, all of them, internal ones included."""
    ordered = sorted(cases, key=lambda case: case.path)
    return tuple(
        chain(
            _same_ids(ordered, model),
            _former_ids(ordered, model),
            _references(ordered, model),
            _coined(ordered, model),
        )
    )


def _at(case: Case, place: str, code: str, message: str, hint: str = "") -> Problem:
    line, column = case.mark(place)
    return Problem(path=case.path, line=line, column=column, code=code, message=message, hint=hint)


def _same_ids(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("id")
    place = field.name if field else ""
    seen: dict[str, Case] = {}
    for case in cases:
        other = seen.setdefault(same(case.id), case)
        if other is not case:
            message = f"the id '{case.id}' is taken by {other.path}"
            yield _at(
                case,
                place,
                "duplicate-id",
                message,
                "rename one of the two files, or give it another id:",
            )


def _former_ids(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("former-ids")
    if field is None:
        return
    owners = {same(case.id): case for case in cases}
    for case in cases:
        for place, old in located(case.values, field.path):
            holder = owners.setdefault(same(old), case)
            if holder is not case or same(old) == same(case.id):
                message = f"the former address '{old}' belongs to {holder.path}"
                yield _at(case, place, "duplicate-id", message, "take it out here, or there")


def _references(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    ids = {case.id for case in cases}
    pointing = {field.path: field for field in model.walk() if field.kind == "case"}
    for case in cases:
        for place, target in every(dict(case.values)):
            field = pointing.get(field_path(place))
            if field is None or target == UNKNOWN:
                continue
            if target == case.id:
                message = f"'{field.name}' names this record itself"
                yield _at(case, place, "self-reference", message, "name another record")
            elif target not in ids:
                hint = suggestion(target, ids, "write the name of the other file, without .md")
                yield _at(case, place, "unknown-case", f"there is no {model.name} '{target}'", hint)
    yield from _chains(cases, model)


def _chains(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("translation")
    originals = {case.id: first(case.values, field.path) for case in cases if field}
    for case in cases:
        target = originals.get(case.id, "")
        if field and target and originals.get(target) and target != case.id:
            message = f"'{target}' is itself a translation"
            hint = f"name the original: {originals[target]}"
            yield _at(case, field.name, "translation-chain", message, hint)


def _coined(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for case in cases:
        for field in model.walk():
            labels = case.coined.get(field.vocabulary, {})
            for place, id_ in located(case.values, field.path) if labels else ():
                if id_ in labels:
                    yield from _one_coined(case, place, field, id_, labels, model, seen)


def _one_coined(
    case: Case,
    place: str,
    field: Field,
    id_: str,
    labels: Mapping[str, str],
    model: Model,
    seen: dict[tuple[str, str], str],
) -> Iterator[Problem]:
    vocabulary = model.vocabularies[field.vocabulary]
    label = labels[id_]
    holder = next((t.label for t in vocabulary.terms.values() if t.address == id_), None)
    first_label = holder or seen.setdefault((field.vocabulary, id_), label)
    if fold(first_label) != fold(label):
        message = f"'{label}' and '{first_label}' would share the page {id_}.html"
        hint = f"write both the same way, or give each an entry in {vocabulary.path}"
        yield _at(case, place, "same-page", message, hint)
    elif first_label is label:
        line, column = case.mark(place)
        yield Problem(
            path=case.path,
            line=line,
            column=column,
            severity=Severity.NOTE,
            code="undefined-term",
            message=f"'{label}' is new in '{field.name}'",
            hint=f"add it to {vocabulary.path} with a sentence on what it is",
        )
