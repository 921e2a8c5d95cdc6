"""The checks of all records together, as a list.

A check is a function that yields a `Problem` for each mistake that one record alone does not show.
It gets `AllRecords`.

To add a check, write the function and enter it in `CHECKS`:

    def empty_library(records: AllRecords, model: Model) -> Iterator[Problem]:
        if len(records.outlines) == 1 and not records.unparsed_ids:
            (case,) = records.outlines
            yield case.problem("", "alone", f"this is the only {model.name}", "write another")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base.names import file_key, fold
from generator.base.problem import Problem, Severity
from generator.library.alike_names import AlikeNames
from generator.library.date_checks import odd_dates
from generator.library.near_misses import near_misses
from generator.model.declaration import suggestion
from generator.model.record import Field, Model
from generator.model.scalars import shared_page
from generator.model.value import UNKNOWN, first, located, texts
from generator.model.vocabulary import Vocabulary
from generator.records.case import Case
from generator.records.privacy import INTERNAL, hidden_entries, is_fully_public, visibility
from generator.records.privacy.hidden_names import hidden_names, names_in_values, visible_text


@dataclass(frozen=True, slots=True)
class AllRecords:
    """The outlines of all cases in the order of their paths, internal ones included.

    `unparsed_ids` are those of files that could not be parsed: such records exist, so a link to one
    is no mistake. `whole` adds its words to an outline. `day` is the one by which dates are judged,
    empty where none is known.
    """

    outlines: Sequence[Case]
    unparsed_ids: frozenset[str]
    whole: Callable[[Case], Case]
    day: str = ""


CrossRecordCheck = Callable[[AllRecords, Model], Iterator[Problem]]

MOST_SUGGESTIONS = 10
"""After this many links that lead nowhere, looking for the nearest name takes too long."""


def cross_record_problems(
    cases: Iterable[Case],
    model: Model,
    unparsed_ids: Iterable[str],
    whole: Callable[[Case], Case],
    day: str = "",
) -> tuple[Problem, ...]:
    """Return what every check in `CHECKS` finds wrong with all cases, internal ones included.

    `cases` are outlines, to which `whole` adds their words. `unparsed_ids` are the ids of records
    that exist but could not be parsed. `day` is the one by which dates are judged.
    """
    ordered = sorted(cases, key=lambda case: case.path)
    records = AllRecords(ordered, frozenset(unparsed_ids), whole, day)
    return tuple(problem for check in CHECKS for problem in check(records, model))


def duplicate_ids(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem for each case whose id an earlier case has, in any capitals."""
    field = model.role("id")
    place = field.name if field else ""
    hint = "rename one of the two files, or give it another id:"
    cases_by_key: dict[str, Case] = {}
    for case in records.outlines:
        holder = cases_by_key.setdefault(file_key(case.id), case)
        if holder is not case:
            message = f"the id '{case.id}' is taken by {holder.path}"
            yield case.problem(place, "duplicate-id", message, hint)


def duplicate_former_ids(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem for each former id that is also an id, or a former id of an earlier case."""
    field = model.role("former-ids")
    if field is None:
        return
    cases_by_key = {file_key(case.id): case for case in records.outlines}
    for case in records.outlines:
        for place, old in located(case.values, field.path):
            holder = cases_by_key.setdefault(file_key(old), case) if old != UNKNOWN else case
            if holder is not case or file_key(old) == file_key(case.id):
                message = f"the former address '{old}' belongs to {holder.path}"
                yield case.problem(place, "duplicate-id", message, "take it out here, or there")


def dead_references(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem for each field of kind `case` that names no other record."""
    ids = {case.id for case in records.outlines} | records.unparsed_ids
    ids_by_former = _ids_by_former_id(records.outlines, model)
    dead = 0
    for case in records.outlines:
        for field in model.of_kind("case"):
            for place, target in located(case.values, field.path):
                if target == case.id:
                    message = f"'{field.name}' names this record itself"
                    yield case.problem(place, "self-reference", message, "name another record")
                elif target not in ids and target != UNKNOWN:
                    dead += 1
                    candidates = ids if dead < MOST_SUGGESTIONS else ()
                    hint = _reference_hint(target, candidates, ids_by_former)
                    message = f"there is no {model.name} '{target}'"
                    yield case.problem(place, "unknown-case", message, hint)


def _reference_hint(target: str, ids: Iterable[str], ids_by_former: Mapping[str, str]) -> str:
    if target in ids_by_former:
        return f"its address is now '{ids_by_former[target]}'"
    alike = [id_ for id_ in ids if id_[:1] == target[:1]]  # few mistype the first letter
    return suggestion(target, alike, "write the name of the other file, without .md")


def _ids_by_former_id(cases: Sequence[Case], model: Model) -> Mapping[str, str]:
    field = model.role("former-ids")
    path = field.path if field else None
    return {old: case.id for case in cases if path for old in texts(case.values, path)}


def translation_chains(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem for each translation of a translation."""
    field = model.role("translation")
    if field is None:
        return
    originals = {case.id: first(case.values, field.path) for case in records.outlines}
    for case in records.outlines:
        target = originals[case.id]
        original = originals.get(target, "")
        if target != case.id and original not in {"", UNKNOWN}:
            message = f"'{target}' is itself a translation"
            hint = f"name the original: {original}"
            yield case.problem(field.name, "translation-chain", message, hint)


def names_exposed_by_translation(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem where a translation prints a name that its original hides, or the reverse."""
    field = model.role("translation")
    if field is None:
        return
    by_id = {case.id: case for case in records.outlines}
    for case in records.outlines:
        original = by_id.get(first(case.values, field.path))
        if original and original is not case:
            one, other = records.whole(original), records.whole(case)
            yield from _exposed_names(one, other, model)
            yield from _exposed_names(other, one, model)


def _exposed_names(hiding: Case, printing: Case, model: Model) -> Iterator[Problem]:
    """Yield a problem for each name that one case hides and another prints; both are published."""
    if INTERNAL in {visibility(hiding.values, model), visibility(printing.values, model)}:
        return
    names = hidden_names(hiding, model)
    if not names:
        return
    also_hidden = frozenset(place for place, _ in hidden_entries(printing.values, model))
    names_by_place = dict(names_in_values(printing, model, names, also_hidden))
    if not names_by_place and (name := names.first_in(visible_text(printing))):
        names_by_place = {"": name}
    for place, name in names_by_place.items():
        message = f"'{name}' must not be named here: {hiding.path} hides it"
        yield printing.problem(place, "hidden-name", message, "hide it in both, or in neither")


def new_terms(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a note for each new term of an open vocabulary, at the first case that names it.

    Yield an error instead where the new term would share the page of another, and a warning where
    it is nearly another, as one name typed in two ways is. A name that is hidden is passed over: it
    gets no page, and a note would ask its author to define it in public.
    """
    fields = [field for field in model.walk() if _takes_new_terms(field, model)]
    known = {
        field.vocabulary: _KnownTerms(model.vocabularies[field.vocabulary], _noun(field, model))
        for field in fields
    }
    for case in records.outlines:
        if not case.new_terms:
            continue
        hidden_places = {place for place, _ in hidden_entries(case.values, model)}
        for field in fields:
            new_labels = case.new_terms.get(field.vocabulary, {})
            for place, id_ in located(case.values, field.path):
                if id_ not in new_labels or place in hidden_places:
                    continue
                label, terms = new_labels[id_], known[field.vocabulary]
                earlier = terms.labels.get(id_)
                if earlier is None:
                    # No problem of one file may quote another of which something may be withheld.
                    path = case.path if is_fully_public(case.values, model) else ""
                    near = terms.add(id_, label, path)
                    yield _new_term(case, place, label, terms, near)
                elif fold(earlier) != fold(label):
                    path = model.vocabularies[field.vocabulary].path
                    words = shared_page(label, earlier, id_, path)
                    yield case.problem(place, "same-page", *words)


def _takes_new_terms(field: Field, model: Model) -> bool:
    """Tell whether authors may write terms of their own in a field."""
    return field.kind == "term" and model.vocabularies[field.vocabulary].open


class _KnownTerms:
    """The terms of an open vocabulary, those of its file and those that records named so far.

    `labels` are by address. `noun` is what messages call one of them.
    """

    def __init__(self, vocabulary: Vocabulary, noun: str) -> None:
        self.path = vocabulary.path
        self.noun = noun
        self.labels = {term.address: term.label for term in vocabulary.terms.values()}
        self._alike = AlikeNames()
        for term in vocabulary.terms.values():
            for spelling in (term.label, *term.synonyms):
                self._alike.add(spelling, (term.label, vocabulary.path))

    def add(self, id_: str, label: str, path: str) -> tuple[str, str] | None:
        """Add a term that a record is the first to name; `path` is empty if it is not for all.

        Return the label of a term that it is nearly, and the file that names that one.
        """
        self.labels[id_] = label
        return self._alike.add(label, (label, path) if path else None)


def _noun(field: Field, model: Model) -> str:
    """Return what one term of a field is called: of a key field, what an entry is: a partner."""
    holders = (holder for holder in model.walk() if holder.path == field.path[:-1])
    return next((holder.noun for holder in holders if holder.key == field.name), field.noun)


def _new_term(
    case: Case, place: str, label: str, known: _KnownTerms, near: tuple[str, str] | None
) -> Problem:
    """Return a note that a term is new, or a warning that it is nearly one that is known.

    `near` is the label of that one, and the file that names it.
    """
    if near is None:
        hint = f"add it to {known.path} with a sentence on what it is"
        message = f"new {known.noun}: '{label}'"
        return case.problem(place, "undefined-term", message, hint, Severity.NOTE)
    other, path = near
    where = "the same record" if path == case.path else path
    message = f"'{label}' is nearly '{other}' in {where}"
    hint = f"if they are one, write both the same way; if they are two, add both to {known.path}"
    if path == known.path:
        hint = f"if they are one, write '{other}'; if they are two, add '{label}' to {path}"
    return case.problem(place, "similar-term", message, hint, Severity.WARNING)


def dates_by_day(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a problem for each date that cannot have come yet, or is far from all others."""
    yield from odd_dates(records.outlines, model, records.day)


def looking_alike(records: AllRecords, model: Model) -> Iterator[Problem]:
    """Yield a note for each record that looks like another: one partnership told twice."""
    yield from near_misses(records.outlines, model)


CHECKS: tuple[CrossRecordCheck, ...] = (
    duplicate_ids,
    duplicate_former_ids,
    dead_references,
    translation_chains,
    names_exposed_by_translation,
    new_terms,
    dates_by_day,
    looking_alike,
)
