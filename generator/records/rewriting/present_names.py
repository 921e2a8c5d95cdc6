"""The names that a record should use today: terms by their id, fields by their present name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.base.names import fold
from generator.model.former_names import field_called
from generator.model.record import Field, Model
from generator.records.rewriting.edits import Edit, in_yaml
from generator.records.rewriting.places import FieldPlace, field_places, text_of
from generator.yaml_nodes.source_nodes import SourceNode, SourceTree
from generator.yaml_nodes.suggested_fixes import quote_for_author


def present_key(key: SourceNode, fields: Mapping[str, Field], written: SourceNode) -> str:
    """Return the present name of a field that a mapping writes; empty where it is no field.

    A name of which the mapping has the present one too is left: one of the two must go.
    """
    typed = text_of(key)
    field = field_called(typed, fields)
    if field is None:
        return ""
    same = [
        other
        for other, _ in written.pairs
        if other is not key and field_called(text_of(other), fields) is field
    ]
    return typed if same else field.name


def present_term(typed: str, field: Field, model: Model) -> str:
    """Return the id of the one term that a word stands for; empty where it stands for none."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    if vocabulary is None:
        return ""
    id_ = vocabulary.resolve(typed.strip()) or ""
    return "" if id_ in vocabulary.broad else id_


def names_edits(tree: SourceTree, model: Model) -> Iterator[Edit]:
    """Yield the edits by which a record uses the names of today."""
    places = list(field_places(tree.root, model))
    keys = set(tree.root.keys())
    named = Counter(_term_key(place, model) for place in places if place.part in keys)
    for place in places:
        typed = text_of(place.part)
        if place.part in keys and not place.is_name and named[_term_key(place, model)] > 1:
            continue  # two keys of one mapping for one term: one of the two must go
        if "\n" in tree.text[place.part.start : place.part.end]:
            continue
        name = _present_name(place, typed, model)
        if name and name != typed:
            what = _what(place, typed, name, model)
            note = f"{quote_for_author(typed)} is now '{name}'{what}"
            yield Edit(place.part.start, place.part.end, in_yaml(name), note)


def _term_key(place: FieldPlace, model: Model) -> tuple[SourceNode | None, str]:
    """Return the collection and the term of a place, where the term is a key of it."""
    return place.inside, present_term(text_of(place.part), place.field, model)


def _present_name(place: FieldPlace, typed: str, model: Model) -> str:
    if place.is_name and place.inside:
        named = {place.field.name: place.field}
        return present_key(place.part, named, place.inside)
    return present_term(typed, place.field, model)


def _what(place: FieldPlace, typed: str, name: str, model: Model) -> str:
    """Return why a name is another one now, where that is not plain to see."""
    if place.is_name:
        return ", the present name of the field"
    term = model.vocabularies[place.field.vocabulary].terms[name]
    return ", the id of the term" if fold(term.label) == fold(typed) else f" ({term.label})"
