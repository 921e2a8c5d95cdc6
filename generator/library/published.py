"""Owns what of a record and of the vocabularies may be published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model.kinds import new_terms_in
from generator.model.record import Field, Model
from generator.model.value import Value, as_list, texts
from generator.model.vocabulary import Vocabulary
from generator.records import privacy
from generator.records.case import Case


def published_case(case: Case, model: Model, withheld_ids: frozenset[str]) -> Case:
    """Return a case without the names it must hide and without pointers to withheld records."""
    values = privacy.redacted(case.values, model)
    if any(_points(values, field, withheld_ids) for field in model.of_kind("case")):
        values = _without(values, model.fields, withheld_ids)
    new_terms = {name: _said(ids, name, values, model) for name, ids in case.new_terms.items()}
    if values is case.values and new_terms == case.new_terms:
        return case
    return replace(case, values=values, new_terms=new_terms)


def _points(values: Mapping[str, Value], field: Field, gone: frozenset[str]) -> bool:
    return bool(gone) and not gone.isdisjoint(texts(values, field.path))


def _said(
    labels: Mapping[str, str], vocabulary: str, values: Mapping[str, Value], model: Model
) -> dict[str, str]:
    """Return the labels of those new terms of a vocabulary that values still name."""
    fields = model.of_vocabulary(vocabulary)
    said = {text for field in fields for text in texts(values, field.path)}
    return {id_: label for id_, label in labels.items() if id_ in said}


def _without(
    values: Mapping[str, Value], fields: Mapping[str, Field], gone: frozenset[str]
) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, value in values.items():
        kept = [left for item in as_list(value) if (left := _left(item, fields[name], gone))]
        if kept:
            made[name] = kept if isinstance(value, list) else kept[0]
    return made


def _left(item: Value, field: Field, gone: frozenset[str]) -> Value | None:
    """Return what is left of a value; a record whose key is gone goes with it."""
    if not isinstance(item, dict):
        return None if field.kind == "case" and item in gone else item
    left = _without(item, field.fields, gone)
    return None if field.key in item and field.key not in left else left


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that published records add to a model, and those of hidden ones that they name.

    `coined` are the labels of new terms, by vocabulary and id. `named` are, by vocabulary of names
    that may be hidden, the terms that a record names all the same.
    """

    new_terms: Mapping[str, Mapping[str, str]]
    named: Mapping[str, frozenset[str]]


def terms_of(cases: Sequence[Case], model: Model) -> Terms:
    """Return the terms that published records add to a model."""
    new_terms: dict[str, dict[str, str]] = defaultdict(dict)
    for case in sorted(cases, key=lambda case: case.path):
        for name, labels in case.new_terms.items():
            for id_, label in labels.items():
                new_terms[name].setdefault(id_, label)
    private = {field.vocabulary for field in model.walk() if field.private or field.personal}
    named = {name: _named(cases, name, model) for name in private if name in model.vocabularies}
    return Terms(new_terms, named)


def _named(cases: Sequence[Case], vocabulary: str, model: Model) -> frozenset[str]:
    """Return the declared terms of a vocabulary that cases name."""
    paths = [field.path for field in model.of_vocabulary(vocabulary)]
    named = {text for case in cases for path in paths for text in texts(case.values, path)}
    return frozenset(named & model.vocabularies[vocabulary].terms.keys())


def with_terms(model: Model, terms: Terms) -> Model:
    """Return the model with the terms that published records coined.

    Of a vocabulary of names that may be hidden, only the terms that published records name stay.
    """
    vocabularies = {
        name: _only(vocabulary, terms.named[name]) if name in terms.named else vocabulary
        for name, vocabulary in model.vocabularies.items()
    }
    return replace(
        model,
        vocabularies={
            name: vocabulary.extended(new_terms_in(terms.new_terms.get(name, {})))
            for name, vocabulary in vocabularies.items()
        },
    )


def _only(vocabulary: Vocabulary, named: frozenset[str]) -> Vocabulary:
    kept = set(named)
    kept |= {above for id_ in kept for above in vocabulary.ancestors(id_)}
    return replace(
        vocabulary,
        terms={id_: term for id_, term in vocabulary.terms.items() if id_ in kept},
        spellings={word: id_ for word, id_ in vocabulary.spellings.items() if id_ in kept},
    )
