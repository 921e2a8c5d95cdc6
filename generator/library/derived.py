"""Owns what is worked out from each case alone, before the library is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from generator.library.claims import claims_of_case
from generator.library.index import CaseTerms, TermReader
from generator.library.library import PAGE_ANCHORS, Claim, anchor
from generator.library.published import published_case, terms_of, with_terms
from generator.model.record import Model
from generator.records.case import Case

Derived = tuple[Mapping[str, tuple[Claim, ...]], CaseTerms]
"""The claims of a case, and what it names."""


class Derivation(Protocol):
    """How to work out what each case alone tells; a preview remembers it for its next build."""

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published."""

    def with_terms(self, shown: Sequence[Case], model: Model) -> Model:
        """Return the model with the terms that published records coined."""

    def own(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each case with what is worked out from it, under the model from `with_terms`."""


class WithoutMemory:
    """Works everything out, and remembers nothing."""

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published."""
        return [published_case(case, model, withheld_ids) for case in cases]

    def with_terms(self, shown: Sequence[Case], model: Model) -> Model:
        """Return the model with the terms that published records coined."""
        return with_terms(model, terms_of(shown, model))

    def own(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each case with what is worked out from it, under the model from `with_terms`."""
        naming, anchors = TermReader(model), page_anchors(model)
        for case in cases:
            yield case, derive(case, model, anchors, naming)


def page_anchors(model: Model) -> frozenset[str]:
    """Return the anchors that the page of every case has."""
    return PAGE_ANCHORS.union(anchor(field) for field in model.fields.values())


def derive(case: Case, model: Model, anchors: frozenset[str], naming: TermReader) -> Derived:
    """Return the claims of a case, and what it names."""
    return claims_of_case(case, model, anchors), naming.of(case)
