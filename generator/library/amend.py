"""A collection after an edit: amended where the edited cases touch it, not collected anew.

Only an edit that concerns no other record can be amended: `stands_alone` tells. Whatever else
changes (a file comes or goes, a pointer, a visibility, a new term) needs `collect`, which looks at
all records. An amended collection is the one that `collect` would return.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.base.collation import sort_key
from generator.base.lazy import LazyMapping
from generator.library.claims import ClaimReader
from generator.library.collect import (
    case_periods,
    edition_date,
    newest_date,
    relations,
    title,
    updated,
)
from generator.library.collection import (
    AnswerCounts,
    Collection,
    Index,
    Mention,
    Relation,
    distinct_cases,
)
from generator.library.index import CaseTerms, IndexBuilder, TermReader
from generator.library.near_misses import changes_identity, stays_unlike
from generator.library.published import published_case
from generator.library.questions import Key
from generator.model.record import Model
from generator.model.value import texts
from generator.records.case import Case
from generator.records.filled import filled
from generator.records.privacy import is_fully_public


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit may have changed: cases with their pages, fields, facets, terms by facet.

    `ordered` tells that the order of titles is another, `filled` that a case fills in other fields.
    """

    ids: frozenset[str]
    pages: frozenset[str]
    fields: frozenset[str]
    facets: frozenset[str]
    terms: frozenset[tuple[str, str]]
    ordered: bool
    filled: bool

    def may_change(self, key: Key) -> bool:
        """Return whether the answer to a question about the records may be another now."""
        may_change = MAY_CHANGE.get(key[0])
        return may_change(self, key[1:]) if may_change else True


def _of_field(touched: Touched, arguments: Sequence[str]) -> bool:
    return touched.ordered or arguments[0] in touched.fields


def _of_order(touched: Touched, _arguments: Sequence[str]) -> bool:
    return touched.ordered


def _of_none(_touched: Touched, _arguments: Sequence[str]) -> bool:
    return False


MAY_CHANGE: Mapping[str, Callable[[Touched, Sequence[str]], bool]] = {
    "targets": lambda touched, arguments: arguments[0] in touched.pages,
    "version": lambda touched, arguments: arguments[0] in touched.ids,
    "mentions": lambda touched, arguments: tuple(arguments) in touched.terms,
    "mentions_on_page": lambda touched, arguments: tuple(arguments[:2]) in touched.terms,
    "count": lambda touched, arguments: tuple(arguments) in touched.terms,
    "cases_naming": lambda touched, arguments: tuple(arguments) in touched.terms,
    "examples_naming": lambda touched, arguments: tuple(arguments) in touched.terms,
    "named": lambda touched, arguments: tuple(arguments) in touched.terms,
    "used_terms": lambda touched, arguments: arguments[0] in touched.facets,
    "counts": lambda touched, arguments: arguments[0] in touched.facets,
    "answer_counts": lambda touched, arguments: arguments[0] in touched.facets,
    "values_of_all": _of_field,
    "claims_of_all": _of_field,
    "_filled": lambda touched, _arguments: touched.filled,
    "_counted": _of_order,
    "listed": _of_order,
    "_examples": _of_order,
    "_ids": _of_order,
    # An edit that adds a term, or takes one away, is not amended.
    "_fluid_terms": _of_none,
    "vocabulary_term": _of_none,
    "vocabulary_ids": _of_none,
}
"""By question about the records: whether an edit may change its answer. All others always may."""


def stands_alone(old: Case, new: Case, collection: Collection, declared: Model) -> bool:
    """Return whether an edit of a published case concerns no other record.

    `old` and `new` are its outlines; `declared` is the model as its files have it.
    """
    model = collection.model
    roles = ("id", "former-ids", "translation", "visibility")
    paths = [field.path for role in roles if (field := model.role(role))]
    paths += [field.path for field in model.of_kind("case")]
    paths += [(model.type_field,)] if model.type_field else []
    return (
        (old.id, old.path, old.new_terms) == (new.id, new.path, new.new_terms)
        and old.id not in collection.originals
        and old.id not in collection.translations
        and all(texts(old.values, path) == texts(new.values, path) for path in paths)
        and is_fully_public(new.values, declared)
        and published_case(new, declared, collection.withheld_ids) is new
        and _looks_like_no_other(old, new, collection)
    )


def _looks_like_no_other(old: Case, new: Case, collection: Collection) -> bool:
    """Return whether an edit adds and takes away no note that two records look alike.

    Of records that are withheld, only a check of all knows.
    """
    if not changes_identity(old, new, collection.model):
        return True
    others = collection.outlines.values()
    return not collection.withheld_ids and stays_unlike(old, new, others, collection.model)


def amended(  # noqa: PLR0913 - what was asked for, beside what was edited
    collection: Collection,
    outlines: Mapping[str, Case],
    versions: Mapping[str, str],
    whole: Callable[[Case], Case],
    as_of: str,
    *,
    today: str,
) -> tuple[Collection, Touched] | None:
    """Return the collection with other outlines of some cases, and what that touches.

    Each edit must stand alone. `versions` are the digests of the edited cases, to whose outlines
    `whole` adds their words. `as_of` is the date that was asked for, empty for the newest of the
    records up to `today`. None where the edits change what terms
    there are.
    """
    # As in `collect`: positions are for messages to authors.
    outlines = {id_: replace(case, positions="") for id_, case in outlines.items()}
    model = collection.model
    keys = {**collection.sort_keys, **{i: sort_key(title(c, model)) for i, c in outlines.items()}}
    order = sorted(collection.outlines, key=lambda i: (keys[i], i, collection.paths[i]))
    moved = order != list(collection.outlines)
    dates = {**collection.dates, **{i: newest_date(case, model) for i, case in outlines.items()}}
    editor = _IndexEditor(collection, {id_: n for n, id_ in enumerate(order)}, moved=moved)
    for id_, outline in outlines.items():
        editor.edit(id_, outline)
    if not all(
        _same_terms(collection.outlines[id_], outline, collection, editor)
        for id_, outline in outlines.items()
    ):
        return None
    reader = ClaimReader(model)
    claims = {id_: reader.claims(case) for id_, case in outlines.items()}
    new = replace(
        collection,
        whole=lambda id_: whole(outlines[id_]) if id_ in outlines else collection.whole(id_),
        outlines=_overlaid(collection.outlines, outlines, order),
        versions={**collection.versions, **versions},
        sort_keys=keys,
        dates=dates,
        updated={**collection.updated, **{i: updated(c, model) for i, c in outlines.items()}},
        periods={
            **{i: period for i, period in collection.periods.items() if i not in outlines},
            **case_periods(outlines, model),
        },
        relations=_relations(collection, outlines),
        counted=editor.ordered(collection.counted),
        examples=editor.ordered(collection.examples),
        claims=_overlaid(collection.claims, claims, order),
        terms=_overlaid(collection.terms, editor.terms, order),
        index=editor.index,
        example_index=editor.example_index,
        answer_counts=editor.answer_counts,
        term_counts=editor.term_counts(),
        as_of=as_of or edition_date(dates.values(), today),
    )
    fields = frozenset(
        name
        for id_, case in outlines.items()
        for name in model.fields
        # Sources decide how strong the claims of other fields are.
        if case.values.get(name) != collection.outlines[id_].values.get(name)
        or claims[id_].get(name) != collection.claims[id_].get(name)
    )
    return new, Touched(
        ids=frozenset(outlines),
        pages=frozenset(f"{model.folder}/{id_}.html" for id_ in outlines),
        fields=fields,
        facets=frozenset(editor.facets),
        terms=frozenset(editor.touched),
        ordered=moved,
        filled=any(
            filled(case.values, model) != filled(collection.outlines[id_].values, model)
            for id_, case in outlines.items()
        ),
    )


def _relations(
    collection: Collection, outlines: Mapping[str, Case]
) -> Mapping[str, tuple[Relation, ...]]:
    """Return the relations, in the order that they had: only words for them can be others."""
    return {
        id_: relations(outlines[id_], collection.model) if id_ in outlines else related
        for id_, related in collection.relations.items()
    }


V = TypeVar("V")


def _overlaid(old: Mapping[str, V], new: Mapping[str, V], order: Sequence[str]) -> Mapping[str, V]:
    """Return a mapping in another order, some of whose values are new."""
    return LazyMapping(order, lambda id_: new[id_] if id_ in new else old[id_])


def _same_terms(old: Case, new: Case, collection: Collection, editor: _IndexEditor) -> bool:
    """Return whether an edit leaves the terms as they are that only records have, or keep.

    Such a term must have been named before, and what the case names no more, another names still.
    """
    model = collection.model
    facet_of = {facet.path: facet.name for facet in model.facets.values()}
    for name in collection.fluid & model.vocabularies.keys():
        terms = model.vocabularies[name].terms
        for field in model.of_vocabulary(name):
            before, after = (set(texts(case.values, field.path)) for case in (old, new))
            if before == after:
                continue
            facet = facet_of.get(field.path)
            if facet is None or not all(term in terms for term in after - before):
                return False
            left = (before - after) & terms.keys()
            if not all(editor.is_named(facet, term) for term in left):
                return False
    return True


class _IndexEditor:
    """Edits the index of a collection, case by case: that of the counted, and that of examples.

    What was not edited is shared with the old index. `touched` are the facets and terms of which a
    list of mentions is another, `facets` those of which anything is.
    """

    def __init__(self, collection: Collection, ranks: Mapping[str, int], *, moved: bool) -> None:
        self._collection = collection
        self._ranks = ranks
        self._moved = moved
        self._reader = TermReader(collection.model)
        self._counted = frozenset(collection.counted)
        self.index = dict(collection.index)
        self.example_index = dict(collection.example_index)
        self.answer_counts = dict(collection.answer_counts)
        self.terms: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self.touched: set[tuple[str, str]] = set()
        self.facets: set[str] = set()

    def ordered(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=self._ranks.__getitem__)) if self._moved else ids

    def is_named(self, facet: str, term: str) -> bool:
        return term in self.index[facet] or term in self.example_index[facet]

    def edit(self, id_: str, outline: Case) -> None:
        old, new = self._reader.read(self._collection.outlines[id_]), self._reader.read(outline)
        counted = id_ in self._counted
        self.terms[id_] = new.terms
        mine = self._mentions_of(new)
        for facet in self._collection.model.facets:
            if counted:
                self._count(facet, old.known.get(facet), new.known.get(facet))
            if self._moved or old.mentions.get(facet, ()) != new.mentions.get(facet, ()):
                terms = {term for lineage, _ in old.mentions.get(facet, ()) for term in lineage}
                self._put(facet, id_, terms, mine[facet], counted=counted)

    def term_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return the numbers of cases by facet and term."""
        counts = dict(self._collection.term_counts)
        for facet in {facet for facet, _ in self.touched}:
            old, by_term = counts[facet], self.index[facet]
            counts[facet] = {
                term: len(distinct_cases(by_term[term]))
                if (facet, term) in self.touched
                else old[term]
                for term in by_term
            }
        return counts

    def _mentions_of(self, case: CaseTerms) -> Index:
        builder = IndexBuilder(self._collection.model)
        builder.add(case)
        return builder.index()

    def _put(
        self,
        facet: str,
        id_: str,
        before: set[str],
        mine: Mapping[str, tuple[Mention, ...]],
        *,
        counted: bool,
    ) -> None:
        """Put the mentions of a case in the place of those it had before."""
        index = self.index if counted else self.example_index
        lists = dict(index[facet])
        for term in before | mine.keys():
            others = [m for m in lists.pop(term, ()) if m.case != id_]
            mentions = sorted([*others, *mine.get(term, ())], key=self._rank)
            if mentions:
                lists[term] = tuple(mentions)
            self.touched.add((facet, term))
            self.facets.add(facet)
        vocabulary = self._collection.model.vocabulary_of(self._collection.model.facets[facet])
        index[facet] = {term: lists[term] for term in vocabulary.terms if term in lists}

    def _rank(self, mention: Mention) -> int:
        return self._ranks[mention.case]

    def _count(self, facet: str, before: bool | None, after: bool | None) -> None:  # noqa: FBT001
        """Count another answer: that a term is known, that none is, or none at all."""
        if before is after:
            return
        counts = self.answer_counts[facet]
        self.answer_counts[facet] = AnswerCounts(
            known=counts.known + (after is True) - (before is True),
            unknown=counts.unknown + (after is False) - (before is False),
            silent=counts.silent + (after is None) - (before is None),
        )
        self.facets.add(facet)
