"""What is derived from each case by itself, before the library is indexed.

While an author writes, one case changes at a time, and what the others give stays the same. So
`collect_library` asks a `Derivation` for it: this module has the plain one. A preview brings one
that remembers its last answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from generator.library.claims import claims_of_case
from generator.library.index import CaseTerms, TermReader
from generator.library.library import PAGE_ANCHORS, Claim, anchor
from generator.library.published import model_with_terms, published_case, published_terms
from generator.model.record import Model
from generator.records.case import Case


class Derived(NamedTuple):
    """What is derived from one case: its claims by field, and the terms that it names."""

    claims: Mapping[str, tuple[Claim, ...]]
    terms: CaseTerms


class Derivation(Protocol):
    """The three steps from cases to what is derived from each, asked for in this order.

    An implementation may remember earlier answers. They must be those of `StatelessDerivation`.
    """

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published, in their order.

        `withheld_ids` are records that no case may point to.
        """

    def with_terms(self, published: Sequence[Case], model: Model) -> Model:
        """Return the model with the new terms of published cases, and without hidden ones."""

    def derive_each(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each published case with what is derived from it, under the model of `with_terms`.

        The order is that of `cases`.
        """


class StatelessDerivation:
    """Derives everything each time: what a build of its own needs."""

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published."""
        return [published_case(case, model, withheld_ids) for case in cases]

    def with_terms(self, published: Sequence[Case], model: Model) -> Model:
        """Return the model with the new terms of published cases, and without hidden ones."""
        return model_with_terms(model, published_terms(published, model))

    def derive_each(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each published case with what is derived from it."""
        reader, anchors = TermReader(model), page_anchors(model)
        for case in cases:
            yield case, derive(case, model, anchors, reader)


def page_anchors(model: Model) -> frozenset[str]:
    """Return the anchors that the page of every case has."""
    return PAGE_ANCHORS.union(anchor(field) for field in model.fields.values())


def derive(case: Case, model: Model, anchors: frozenset[str], reader: TermReader) -> Derived:
    """Return what is derived from one published case; `anchors` are those of `page_anchors`."""
    return Derived(claims_of_case(case, model, anchors), reader.read(case))
