"""Slips in a record that are mended without asking: each has one remedy, and that is certain.

A mend is a function from a value's place to an edit, or None where it has nothing to say or is not
sure. To add one, write such a function and put it into `MENDS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator import yaml_nodes
from generator.model.declaration import ProblemCollector
from generator.model.kind import Reading
from generator.model.kinds import KINDS
from generator.model.record import Model
from generator.model.scalars import terms_in_one
from generator.model.typed_dates import possible_dates
from generator.model.value import NO, YES
from generator.records.rewriting.edits import Edit, in_yaml
from generator.records.rewriting.places import FieldPlace, field_places, text_of
from generator.records.rewriting.present_names import names_edits, present_term
from generator.yaml_nodes.source_nodes import BLOCK_TEXT, SourceTree
from generator.yaml_nodes.suggested_fixes import quote_for_author, without_curly_quotes

Mend = Callable[[FieldPlace, SourceTree, Model], "Edit | None"]

_YEAR = re.compile(r"\d{4}")
_SHORTEST = len("2026-11")
_DAY = len("2026-11-22")

_ANSWERS = {
    **dict.fromkeys(("y", "yes", "true", "on", "✓", "✔", "☑"), YES),
    **dict.fromkeys(("n", "no", "false", "off", "✗", "✘"), NO),
}
"""Ways to answer that every program but a reader of YAML takes for yes or no."""


def mending_edits(tree: SourceTree, model: Model) -> Iterator[Edit]:
    """Yield the edits that mend a record: names first, then each value by the first mend of it."""
    named = list(names_edits(tree, model))
    yield from named
    starts = {edit.start for edit in named}
    for place in field_places(tree.root, model):
        part = place.part
        if place.is_name or part.start in starts or not isinstance(part.node, yaml_nodes.Scalar):
            continue
        if part.style in BLOCK_TEXT and part.style:
            continue
        edits = (mend(place, tree, model) for mend in MENDS)
        if edit := next((edit for edit in edits if edit), None):
            yield edit


def _is_refused(place: FieldPlace, model: Model) -> bool:
    """Tell whether the reader of records refuses a value."""
    node = place.part.node
    reading = Reading(ProblemCollector(""), model.vocabularies)
    return KINDS[place.field.kind].read(node, place.field, reading, "") is None


def _answer(place: FieldPlace, tree: SourceTree, model: Model) -> Edit | None:
    """Mend `true` for `yes`, where the terms are answers and none of them is called so."""
    del tree
    typed = text_of(place.part).strip()
    answer = _ANSWERS.get(typed.casefold(), "")
    if not answer or not present_term(answer, place.field, model):
        return None
    if model.vocabularies[place.field.vocabulary].resolve(typed):
        return None
    return _one(place, answer, "")


def _quoted_term(place: FieldPlace, tree: SourceTree, model: Model) -> Edit | None:
    """Mend the quotes of a word processor around a term."""
    del tree
    bare = without_curly_quotes(text_of(place.part).strip())
    id_ = present_term(bare, place.field, model) if bare else ""
    return _one(place, id_, "") if id_ else None


def _day(place: FieldPlace, tree: SourceTree, model: Model) -> Edit | None:
    """Mend a date in another form, where it can be one day, or one month, alone."""
    del tree
    typed = text_of(place.part).strip()
    if place.field.kind != "date" or not _is_refused(place, model):
        return None
    dates = possible_dates(typed)
    if len(dates) != 1 or len(dates[0]) < _SHORTEST or not _YEAR.search(typed):
        return None
    if place.field.precision == "day" and len(dates[0]) < _DAY:
        return None
    return _one(place, dates[0], "")


def _listed_terms(place: FieldPlace, tree: SourceTree, model: Model) -> Edit | None:
    """Mend terms that stand in one text, divided by commas, where there may be several."""
    part, field = place.part, place.field
    vocabulary = model.vocabularies.get(field.vocabulary)
    many = place.holder.many if place.holder else field.many
    typed = text_of(part).strip()
    if vocabulary is None or not many or vocabulary.resolve(typed):
        return None
    ids = [present_term(word, field, model) for word in terms_in_one(typed, vocabulary)]
    if not ids or not all(ids):
        return None
    inside = place.inside
    words = ", ".join(map(in_yaml, ids))
    note = f"{quote_for_author(typed)} is a list now: {words}"
    if inside is None or not isinstance(inside.node, yaml_nodes.Sequence):
        return Edit(part.start, part.end, f"[{words}]", note)
    if inside.flow:
        return Edit(part.start, part.end, words, note)
    before = tree.text[tree.line_start(part.start) : part.start]
    if before.strip(" ") != "-":
        return None
    return Edit(part.start, part.end, f"\n{before}".join(map(in_yaml, ids)), note)


def _one(place: FieldPlace, word: str, why: str) -> Edit:
    note = f"{quote_for_author(text_of(place.part).strip())} is now '{word}'{why}"
    return Edit(place.part.start, place.part.end, in_yaml(word), note)


MENDS: tuple[Mend, ...] = (_answer, _quoted_term, _day, _listed_terms)
"""All mends of a value, in the order in which they are tried."""
