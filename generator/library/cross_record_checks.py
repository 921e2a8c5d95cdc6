"""Owns the checks that need every file: ids that clash, links between records, new terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from generator.base.names import file_key, fold, slug
from generator.base.problem import Problem, Severity
from generator.model.declaration import suggestion
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, first, located, texts
from generator.records.case import Case
from generator.records.privacy import INTERNAL, hidden_entries, visibility
from generator.records.privacy.hidden import hidden_names, named_in_values, texts_as_shown

MOST_SUGGESTIONS = 10
"""After this many links that lead nowhere, looking for the nearest name takes too long."""


def cross_record_problems(
    cases: Sequence[Case], model: Model, unread: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return what is wrong between the cases, all of them, internal ones included.

    `unread` are the ids of records that exist but could not be read: a link to one is no mistake.
    """
    ordered = sorted(cases, key=lambda case: case.path)
    return tuple(
        chain(
            _same_ids(ordered, model),
            _former_ids(ordered, model),
            _references(ordered, model, unread),
            _chains(ordered, model),
            _betrayed(ordered, model),
            _coined(ordered, model),
        )
    )


def _at(case: Case, place: str, code: str, message: str, hint: str = "") -> Problem:
    line, column = case.position(place)
    return Problem(path=case.path, line=line, column=column, code=code, message=message, hint=hint)


def _same_ids(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("id")
    place = field.name if field else ""
    hint = "rename one of the two files, or give it another id:"
    seen: dict[str, Case] = {}
    for case in cases:
        other = seen.setdefault(file_key(case.id), case)
        if other is not case:
            message = f"the id '{case.id}' is taken by {other.path}"
            yield _at(case, place, "duplicate-id", message, hint)


def _former_ids(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("former-ids")
    if field is None:
        return
    owners = {file_key(case.id): case for case in cases}
    for case in cases:
        for place, old in located(case.values, field.path):
            holder = owners.setdefault(file_key(old), case) if old != UNKNOWN else case
            if holder is not case or file_key(old) == file_key(case.id):
                message = f"the former address '{old}' belongs to {holder.path}"
                yield _at(case, place, "duplicate-id", message, "take it out here, or there")


def _references(cases: Sequence[Case], model: Model, unread: Collection[str]) -> Iterator[Problem]:
    ids = {case.id for case in cases} | set(unread)
    moved = dict(_moved(cases, model))
    pointing = model.of_kind("case")
    wrong = 0
    for case in cases:
        for field in pointing:
            for place, target in located(case.values, field.path):
                if target == case.id:
                    message = f"'{field.name}' names this record itself"
                    yield _at(case, place, "self-reference", message, "name another record")
                elif target not in ids and target != UNKNOWN:
                    wrong += 1
                    hint = _meant(target, ids if wrong < MOST_SUGGESTIONS else (), moved)
                    message = f"there is no {model.name} '{target}'"
                    yield _at(case, place, "unknown-case", message, hint)


def _meant(target: str, ids: Iterable[str], moved: Mapping[str, str]) -> str:
    if target in moved:
        return f"its address is now '{moved[target]}'"
    alike = [id_ for id_ in ids if id_[:1] == target[:1]]
    return suggestion(target, alike, "write the name of the other file, without .md")


def _moved(cases: Sequence[Case], model: Model) -> Iterator[tuple[str, str]]:
    """Yield each former id with the present one."""
    field = model.role("former-ids")
    for case in cases if field else ():
        yield from ((old, case.id) for old in (texts(case.values, field.path) if field else ()))


def _chains(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    field = model.role("translation")
    if field is None:
        return
    originals = {case.id: first(case.values, field.path) for case in cases}
    for case in cases:
        target = originals[case.id]
        further = originals.get(target, "")
        if target != case.id and further not in {"", UNKNOWN}:
            message = f"'{target}' is itself a translation"
            hint = f"name the original: {further}"
            yield _at(case, field.name, "translation-chain", message, hint)


def _betrayed(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    """Yield each name that a record hides and its translation, or its original, says."""
    field = model.role("translation")
    if field is None:
        return
    by_id = {case.id: case for case in cases}
    for case in cases:
        original = by_id.get(first(case.values, field.path))
        if original and original is not case:
            yield from _said(original, case, model)
            yield from _said(case, original, model)


def _said(hiding: Case, saying: Case, model: Model) -> Iterator[Problem]:
    if INTERNAL in {visibility(hiding.values, model), visibility(saying.values, model)}:
        return
    names = hidden_names(hiding, model)
    if not names:
        return
    own = frozenset(place for place, _ in hidden_entries(saying.values, model))
    places = dict(named_in_values(saying, model, names, own))
    if not places and (name := names.within(texts_as_shown(saying))):
        places = {"": name}
    for place, name in places.items():
        message = f"'{name}' must not be named here: {hiding.path} hides it"
        yield _at(saying, place, "hidden-name", message, "hide it in both, or in neither")


def _coined(cases: Sequence[Case], model: Model) -> Iterator[Problem]:
    """Yield a note for each new term, and a problem for each that would take another's page."""
    open_ = [field for field in model.walk() if _vocabulary(field, model)]
    labels: dict[tuple[str, str], str] = {
        (name, term.address): term.label
        for name, vocabulary in model.vocabularies.items()
        if vocabulary.open
        for term in vocabulary.terms.values()
    }
    for case in cases:
        hidden = dict(hidden_entries(case.values, model)) if case.new_terms else {}
        for field in open_ if case.new_terms else ():
            own = case.new_terms.get(field.vocabulary, {})
            for place, id_ in located(case.values, field.path):
                if id_ not in own or place in hidden:
                    continue
                held = labels.get((field.vocabulary, id_))
                labels.setdefault((field.vocabulary, id_), own[id_])
                if problem := _one_coined(case, place, (own[id_], held), field, model):
                    yield problem


def _vocabulary(field: Field, model: Model) -> bool:
    """Tell whether a field may hold terms of the author's own."""
    return field.kind == "term" and model.vocabularies[field.vocabulary].open


def _one_coined(
    case: Case, place: str, spellings: tuple[str, str | None], field: Field, model: Model
) -> Problem | None:
    label, held = spellings
    path = model.vocabularies[field.vocabulary].path
    if held is None:
        line, column = case.position(place)
        return Problem(
            path=case.path,
            line=line,
            column=column,
            severity=Severity.NOTE,
            code="undefined-term",
            message=f"'{label}' is new in '{field.name}'",
            hint=f"add it to {path} with a sentence on what it is",
        )
    if fold(held) != fold(label):
        message = f"'{label}' and '{held}' would share the page {slug(label)}.html"
        hint = f"write both the same way, or give each an entry in {path}"
        return _at(case, place, "same-page", message, hint)
    return None
