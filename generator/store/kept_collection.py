"""A collection as it is kept for the next build: decoded only as far as somebody looks at it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import Any

from msgspec import Struct, msgpack

from generator.base.lazy import LazyMapping
from generator.library.amend import Touched
from generator.library.collect import lazy_claims
from generator.library.collection import AnswerCounts, Collection, Index, Mention, Relation
from generator.library.index import TermReader
from generator.library.published import (
    PublishedTerms,
    fluid_vocabularies,
    model_with_terms,
    published_case,
)
from generator.model.record import Model
from generator.records.case import Case
from generator.records.plain_page import PlainPage
from generator.store.kept_outline import KeptOutline, kept_outline

FEW = 200
"""Of so many cases the terms are read one by one."""

_Mentions = dict[str, bytes]
"""By term the numbers of cases and entries, four bytes each; 0 stands for no entry."""


class KeptCollection(Struct, frozen=True, array_like=True):
    """The fields of a collection.

    `order` are the cases in the order of their titles. All other lists about cases, and the numbers
    of cases in the index, are in the order of `ids`.
    """

    order: list[str]
    ids: list[str]
    paths: list[str]
    versions: list[str]
    sort_keys: list[str]
    dates: list[str]
    updated: list[str]
    periods: dict[str, Any]
    relations: dict[str, tuple[Relation, ...]]
    outlines: list[bytes]
    counted: list[str]
    examples: list[str]
    translations: dict[str, tuple[str, ...]]
    originals: dict[str, str]
    index: dict[str, _Mentions]
    example_index: dict[str, _Mentions]
    answer_counts: dict[str, AnswerCounts]
    term_counts: dict[str, dict[str, int]]
    withheld_ids: list[str]
    current_ids: dict[str, str]
    as_of: str
    new_terms: dict[str, dict[str, str]]
    named_terms: dict[str, list[str]]

    def collection(
        self, model: Model, pages: Iterable[PlainPage], whole: Callable[[Case], Case]
    ) -> Collection:
        """Return the collection under the model as its files have it.

        `pages` are the plain pages. `whole` adds its words to the outline of a case.
        """
        terms_told = PublishedTerms(
            self.new_terms, {name: frozenset(ids) for name, ids in self.named_terms.items()}
        )
        declared, fluid = model, fluid_vocabularies(model)
        model = model_with_terms(model, terms_told)
        numbers = {id_: number for number, id_ in enumerate(self.ids)}
        outlines = LazyMapping(self.order, lambda id_: _outline(self.outlines[numbers[id_]]))
        return Collection(
            model=model,
            # A record with names to hide is parsed from its file, which says them.
            whole=lambda id_: published_case(whole(outlines[id_]), declared, frozenset()),
            outlines=outlines,
            versions=dict(zip(self.ids, self.versions, strict=True)),
            paths=dict(zip(self.ids, self.paths, strict=True)),
            sort_keys=dict(zip(self.ids, self.sort_keys, strict=True)),
            dates=dict(zip(self.ids, self.dates, strict=True)),
            updated=dict(zip(self.ids, self.updated, strict=True)),
            periods=self.periods,
            relations=self.relations,
            counted=tuple(self.counted),
            examples=tuple(self.examples),
            translations=self.translations,
            originals=self.originals,
            claims=lazy_claims(outlines, model),
            index=_unpacked(self.index, self.ids),
            example_index=_unpacked(self.example_index, self.ids),
            terms=LazyMapping(self.order, _CaseTerms(self, outlines, TermReader(model)).terms),
            answer_counts=self.answer_counts,
            term_counts=self.term_counts,
            pages={page.name: page for page in sorted(pages, key=lambda page: page.name)},
            withheld_ids=frozenset(self.withheld_ids),
            current_ids=self.current_ids,
            as_of=self.as_of,
            fluid=fluid,
            terms_told=terms_told,
        )


def kept_collection(
    collection: Collection, before: KeptCollection | None = None, touched: Touched | None = None
) -> KeptCollection:
    """Return a collection in the form in which it is kept.

    What an edit has not touched is taken as it was kept `before`.
    """
    ids = before.ids if before else list(collection.outlines)
    terms_told = collection.terms_told
    kept = dict(zip(before.ids, before.outlines, strict=True)) if before else {}
    for id_ in touched.ids if touched else ids:
        kept[id_] = msgpack.encode(kept_outline(collection.outlines[id_]))
    packer = _Packer({id_: number for number, id_ in enumerate(ids)}, touched)
    return KeptCollection(
        order=list(collection.outlines),
        ids=ids,
        paths=[collection.paths[id_] for id_ in ids],
        versions=[collection.versions[id_] for id_ in ids],
        sort_keys=[collection.sort_keys[id_] for id_ in ids],
        dates=[collection.dates[id_] for id_ in ids],
        updated=[collection.updated[id_] for id_ in ids],
        periods=dict(collection.periods),
        relations=dict(collection.relations),
        outlines=[kept[id_] for id_ in ids],
        counted=list(collection.counted),
        examples=list(collection.examples),
        translations=dict(collection.translations),
        originals=dict(collection.originals),
        index=packer.packed(collection.index, before.index if before else {}),
        example_index=packer.packed(
            collection.example_index, before.example_index if before else {}
        ),
        answer_counts=dict(collection.answer_counts),
        term_counts={name: dict(counts) for name, counts in collection.term_counts.items()},
        withheld_ids=sorted(collection.withheld_ids),
        current_ids=dict(collection.current_ids),
        as_of=collection.as_of,
        new_terms={name: dict(labels) for name, labels in terms_told.new_terms.items()},
        named_terms={name: sorted(ids) for name, ids in terms_told.named.items()},
    )


class _CaseTerms:
    """The terms that cases name: of a few read from their outlines, of many taken from the index.

    An outline takes a hundred times as long, the index as long for all cases as for one.
    """

    def __init__(
        self, kept: KeptCollection, outlines: Mapping[str, Case], reader: TermReader
    ) -> None:
        self._kept = kept
        self._outlines = outlines
        self._reader = reader
        self._indexed = frozenset([*kept.counted, *kept.examples])
        self._asked = 0

    def terms(self, id_: str) -> Mapping[str, tuple[str, ...]]:
        """Return the terms of a case by facet, as `TermReader.read` does; none if not indexed."""
        if id_ not in self._indexed:
            return {}
        self._asked += 1
        if self._asked <= FEW:
            return self._reader.read(self._outlines[id_]).terms
        by_facet = self._by_case.get(id_, {})
        return {facet: tuple(terms) for facet, terms in by_facet.items()}

    @cached_property
    def _by_case(self) -> Mapping[str, Mapping[str, Iterable[str]]]:
        """The index the other way round: facets and terms are in the order of the model."""
        by_number: dict[int, dict[str, list[str]]] = {}
        for facet in self._kept.index:
            for index in (self._kept.index, self._kept.example_index):
                for term, mentions in index[facet].items():
                    for number in dict.fromkeys(array("I", mentions)[::2]):
                        by_number.setdefault(number, {}).setdefault(facet, []).append(term)
        return {self._kept.ids[number]: terms for number, terms in by_number.items()}


class _Packer:
    """Packs the index of a collection, but for what an edit has not touched."""

    def __init__(self, numbers: Mapping[str, int], touched: Touched | None) -> None:
        self._numbers = numbers
        self._touched = touched

    def packed(self, index: Index, before: Mapping[str, _Mentions]) -> dict[str, _Mentions]:
        touched = self._touched
        return {
            facet: before[facet]
            if touched and facet not in touched.facets
            else {
                term: before[facet][term]
                if touched and (facet, term) not in touched.terms
                else self._mentions(by_term[term])
                for term in by_term
            }
            for facet, by_term in index.items()
        }

    def _mentions(self, mentions: Iterable[Mention]) -> bytes:
        numbers = array("I")
        for mention in mentions:
            numbers.append(self._numbers[mention.case])
            numbers.append(0 if mention.entry is None else mention.entry + 1)
        return numbers.tobytes()


def _outline(content: bytes) -> Case:
    return msgpack.decode(content, type=KeptOutline).case()


def _unpacked(index: Mapping[str, _Mentions], ids: list[str]) -> Index:
    return {
        facet: LazyMapping(by_term, partial(_mentions, by_term, ids))
        for facet, by_term in index.items()
    }


def _mentions(by_term: _Mentions, ids: list[str], term: str) -> tuple[Mention, ...]:
    pairs = iter(array("I", by_term[term]))
    return tuple(
        Mention(ids[number], entry - 1 if entry else None)
        for number, entry in zip(pairs, pairs, strict=True)
    )
