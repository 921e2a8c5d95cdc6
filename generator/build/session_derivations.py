"""What is derived from each case alone, as a preview keeps it for its next build.

It is reused for a case that is the very same object, under the very same model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.library.derived import Derived, derive, page_anchors
from generator.library.index import TermReader
from generator.library.published import (
    PublishedTerms,
    model_with_terms,
    published_case,
    published_terms,
)
from generator.model.record import Model
from generator.records.case import Case


class SessionDerivations:
    """What the last build derived from each case; a build replaces it by its own.

    Each library needs its own: the one that is published, the one with internal records.
    """

    def __init__(self) -> None:
        """Start without an earlier build."""
        self._model: Model | None = None
        self._withheld_ids: frozenset[str] = frozenset()
        self._published: dict[str, tuple[Case, Case]] = {}
        self._terms: PublishedTerms | None = None
        self._term_reader: TermReader | None = None
        self._derived: dict[str, tuple[Case, Derived]] = {}

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published."""
        if model is not self._model:
            self._model, self._terms = model, None
            self._published = {}
        if withheld_ids != self._withheld_ids:
            self._withheld_ids, self._published = withheld_ids, {}
        pairs: list[tuple[Case, Case]] = []
        for case in cases:
            before = self._published.get(case.path)
            if before is None or before[0] is not case:
                before = case, published_case(case, model, withheld_ids)
            pairs.append(before)
        self._published = {pair[0].path: pair for pair in pairs}
        return [published for _, published in pairs]

    def with_terms(self, published: Sequence[Case], model: Model) -> Model:
        """Return the model with the new terms of published records."""
        terms = published_terms(published, model)
        if self._term_reader is None or terms != self._terms:
            self._terms, self._derived = terms, {}
            self._term_reader = TermReader(model_with_terms(model, terms))
        return self._term_reader.model

    def derive_each(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each case with what is derived from it, under the model from `with_terms`."""
        reader = self._term_reader
        if reader is None or reader.model is not model:
            reader = TermReader(model)
        anchors = page_anchors(model)
        entries: dict[str, tuple[Case, Derived]] = {}
        for case in cases:
            entry = self._derived.get(case.path)
            if entry is None or entry[0] is not case:
                entry = case, derive(case, model, anchors, reader)
            entries[case.path] = entry
            yield entry
        self._derived = entries
