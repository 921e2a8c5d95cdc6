"""Owns what is worked out from each case alone, and what a preview keeps of it for its next build.

What was kept is used for a case that is the very same object, under the very same model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.library.derived import Derived, derive, page_anchors
from generator.library.index import TermReader
from generator.library.published import Terms, published_case, terms_of, with_terms
from generator.model.record import Model
from generator.records.case import Case


class SessionDerivations:
    """What an earlier build worked out from each case, and then what this one does.

    Each library needs its own: that of a public build, that with internal records.
    """

    def __init__(self) -> None:
        """Begin without an earlier build."""
        self._model: Model | None = None
        self._withheld_ids: frozenset[str] = frozenset()
        self._shown: dict[str, tuple[Case, Case]] = {}
        self._terms: Terms | None = None
        self._naming: TermReader | None = None
        self._own: dict[str, tuple[Case, Derived]] = {}

    def published(
        self, cases: Sequence[Case], model: Model, withheld_ids: frozenset[str]
    ) -> list[Case]:
        """Return the cases as they may be published."""
        if model is not self._model:
            self._model, self._terms = model, None
            self._shown = {}
        if withheld_ids != self._withheld_ids:
            self._withheld_ids, self._shown = withheld_ids, {}
        made: list[tuple[Case, Case]] = []
        for case in cases:
            before = self._shown.get(case.path)
            same = before is not None and before[0] is case
            made.append(
                before if before and same else (case, published_case(case, model, withheld_ids))
            )
        self._shown = {case.path: (case, shown) for case, shown in made}
        return [shown for _, shown in made]

    def with_terms(self, shown: Sequence[Case], model: Model) -> Model:
        """Return the model with the terms that published records coined."""
        terms = terms_of(shown, model)
        if self._naming is None or terms != self._terms:
            self._terms, self._own = terms, {}
            self._naming = TermReader(with_terms(model, terms))
        return self._naming.model

    def own(self, cases: Sequence[Case], model: Model) -> Iterator[tuple[Case, Derived]]:
        """Yield each case with what is worked out from it, under the model from `with_terms`."""
        naming = self._naming if self._naming and self._naming.model is model else TermReader(model)
        anchors = page_anchors(model)
        kept: dict[str, tuple[Case, Derived]] = {}
        for case in cases:
            before = self._own.get(case.path)
            if before is not None and before[0] is case:
                found = before[1]
            else:
                found = derive(case, model, anchors, naming)
            kept[case.path] = case, found
            yield case, found
        self._own = kept
