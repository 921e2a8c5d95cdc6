"""Cases and vocabularies as they may be published: without hidden names and dead pointers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model.kinds import new_terms_in
from generator.model.record import Field, Model
from generator.model.value import Value, as_list, texts
from generator.model.vocabulary import Vocabulary
from generator.records.case import Case
from generator.records.privacy import redacted


def published_case(case: Case, model: Model, withheld_ids: frozenset[str]) -> Case:
    """Return a case without the names it must hide and without pointers to withheld records.

    A case that needs no change is returned itself, not copied.
    """
    values = redacted(case.values, model)
    if any(_points_to(withheld_ids, values, field) for field in model.of_kind("case")):
        values = _without_pointers(values, model.fields, withheld_ids)
    new_terms = {
        name: _still_named(labels, name, values, model) for name, labels in case.new_terms.items()
    }
    if values is case.values and new_terms == case.new_terms:
        return case
    return replace(case, values=values, new_terms=new_terms)


def _points_to(withheld_ids: frozenset[str], values: Mapping[str, Value], field: Field) -> bool:
    return bool(withheld_ids) and not withheld_ids.isdisjoint(texts(values, field.path))


def _still_named(
    labels: Mapping[str, str], vocabulary: str, values: Mapping[str, Value], model: Model
) -> dict[str, str]:
    """Return the labels of those new terms of a vocabulary that values still name."""
    fields = model.of_vocabulary(vocabulary)
    named = {text for field in fields for text in texts(values, field.path)}
    return {id_: label for id_, label in labels.items() if id_ in named}


def _without_pointers(
    values: Mapping[str, Value], fields: Mapping[str, Field], withheld_ids: frozenset[str]
) -> dict[str, Value]:
    """Return the values without pointers to withheld records, at any depth.

    What holds nothing else goes with them: an entry whose key pointed there, a list left empty.
    """
    remaining: dict[str, Value] = {}
    for name, value in values.items():
        items = [
            rest
            for item in as_list(value)
            if (rest := _item_without_pointers(item, fields[name], withheld_ids))
        ]
        if items:
            remaining[name] = items if isinstance(value, list) else items[0]
    return remaining


def _item_without_pointers(item: Value, field: Field, withheld_ids: frozenset[str]) -> Value | None:
    if not isinstance(item, dict):
        return None if field.kind == "case" and item in withheld_ids else item
    rest = _without_pointers(item, field.fields, withheld_ids)
    return None if field.key in item and field.key not in rest else rest


@dataclass(frozen=True, slots=True)
class PublishedTerms:
    """What published records change in the vocabularies of a model.

    `new_terms` are the labels of terms that only records have, by vocabulary and id. `named` are,
    for each vocabulary of names that may be hidden, the declared terms that a record still names.
    """

    new_terms: Mapping[str, Mapping[str, str]]
    named: Mapping[str, frozenset[str]]


def fluid_vocabularies(model: Model) -> frozenset[str]:
    """Return the vocabularies whose terms depend on the records: open ones, those of hidden names.

    All others are as their files have them, whatever `published_terms` are.
    """
    opened = {name for name, vocabulary in model.vocabularies.items() if vocabulary.open}
    return frozenset(opened | (_private_vocabularies(model) & model.vocabularies.keys()))


def _private_vocabularies(model: Model) -> set[str]:
    return {field.vocabulary for field in model.walk() if field.private or field.personal}


def published_terms(cases: Sequence[Case], model: Model) -> PublishedTerms:
    """Return the new terms of published records, and the names that they still name.

    Of two labels for one new term, that of the first file counts.
    """
    new_terms: dict[str, dict[str, str]] = defaultdict(dict)
    for case in sorted(cases, key=lambda case: case.path):
        for name, labels in case.new_terms.items():
            for id_, label in labels.items():
                new_terms[name].setdefault(id_, label)
    private = sorted(_private_vocabularies(model) & model.vocabularies.keys())
    named = {name: _named_terms(cases, name, model) for name in private}
    return PublishedTerms(new_terms, named)


def _named_terms(cases: Sequence[Case], vocabulary: str, model: Model) -> frozenset[str]:
    """Return the declared terms of a vocabulary that cases name."""
    paths = [field.path for field in model.of_vocabulary(vocabulary)]
    named = {text for case in cases for path in paths for text in texts(case.values, path)}
    return frozenset(named & model.vocabularies[vocabulary].terms.keys())


def model_with_terms(model: Model, terms: PublishedTerms) -> Model:
    """Return the model with the new terms of published records.

    Of a vocabulary of names that may be hidden, only the terms that published records name stay:
    the glossary would print the others.
    """
    vocabularies = {
        name: _reduced(vocabulary, terms.named[name]) if name in terms.named else vocabulary
        for name, vocabulary in model.vocabularies.items()
    }
    return replace(
        model,
        vocabularies={
            name: vocabulary.extended(new_terms_in(terms.new_terms.get(name, {})))
            for name, vocabulary in vocabularies.items()
        },
    )


def _reduced(vocabulary: Vocabulary, named: frozenset[str]) -> Vocabulary:
    """Return a vocabulary with no other terms than those named and the groups above them."""
    ids = named.union(group for id_ in named for group in vocabulary.ancestors(id_))
    return replace(
        vocabulary,
        terms={id_: term for id_, term in vocabulary.terms.items() if id_ in ids},
        spellings={word: id_ for word, id_ in vocabulary.spellings.items() if id_ in ids},
    )
