"""Owns the index: by facet and term the cases that name it, and by case its terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.case import Case
from generator.library import Index, Mention, Stated
from generator.model.record import Facet, Model
from generator.model.value import UNKNOWN, located, texts


def index(cases: Sequence[Case], model: Model) -> Index:
    """Return who names which term; a group is named by whoever names a term below it."""
    return {facet.name: _facet_index(cases, facet, model) for facet in model.facets.values()}


def _facet_index(
    cases: Sequence[Case], facet: Facet, model: Model
) -> dict[str, tuple[Mention, ...]]:
    vocabulary, found = model.vocabulary_of(facet), _Found()
    lines = {id_: (id_, *vocabulary.ancestors(id_)) for id_ in vocabulary.terms}
    for case in cases:
        mention = Mention(case.id, None)
        for place, text in located(case.values, facet.path):
            if text in lines:
                entry = _entry(place, facet)
                if entry != mention.entry:
                    mention = Mention(case.id, entry)
                for term in lines[text]:
                    found.add(term, mention)
    return {term: tuple(found[term]) for term in vocabulary.terms if term in found}


def _entry(place: str, facet: Facet) -> int | None:
    """Return which entry of a list of records a place is in, if it is in one."""
    if len(facet.path) == 1:
        return None
    number = place.split(".")[1] if "." in place else ""
    return int(number) if number.isdigit() else None


class _Found(dict[str, list[Mention]]):
    """Mentions by term; those of one entry come one after another, and count once."""

    def add(self, term: str, mention: Mention) -> None:
        mentions = self.get(term)
        if mentions is None:
            self[term] = [mention]
        elif mentions[-1] is not mention:
            mentions.append(mention)


def terms_of(ids: Iterable[str], indices: Iterable[Index]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the terms of each case by facet, groups included: the inverse of the indices."""
    found: dict[str, dict[str, list[str]]] = {id_: {} for id_ in ids}
    for one in indices:
        for facet, terms in one.items():
            for term, mentions in terms.items():
                for case in dict.fromkeys([mention.case for mention in mentions]):
                    found[case].setdefault(facet, []).append(term)
    return {id_: {f: tuple(terms) for f, terms in by.items()} for id_, by in found.items()}


def stated(cases: Sequence[Case], facet: Facet) -> Stated:
    """Return how many cases name a term of a facet, say that none is known, or say nothing."""
    known = unknown = 0
    for case in cases:
        said = texts(case.values, facet.path)
        known += any(text != UNKNOWN for text in said)
        unknown += bool(said) and all(text == UNKNOWN for text in said)
    return Stated(known=known, unknown=unknown, silent=len(cases) - known - unknown)
