"""The index of a library: the terms that a case names, and by facet and term the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.library.collection import AnswerCounts, Index, Mention
from generator.model.record import Facet, Model
from generator.model.value import UNKNOWN, located
from generator.records.case import Case

_Mentions = tuple[tuple[tuple[str, ...], Mention], ...]
"""Each mention with its term and the groups above that term."""


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """The terms that one case names, by facet; a facet of which it says nothing is left out.

    `mentions` are in the order of the file. `terms` are all terms mentioned and the groups above
    them, in the order of the vocabulary. `known` is False where the case says only `unknown`.
    """

    mentions: Mapping[str, _Mentions]
    terms: Mapping[str, tuple[str, ...]]
    known: Mapping[str, bool]


class TermReader:
    """Reads the terms that cases name, under one model."""

    def __init__(self, model: Model) -> None:
        """Look up once which groups are above each term, and in which order terms are."""
        self.model = model
        lineages = {
            name: {id_: (id_, *vocabulary.ancestors(id_)) for id_ in vocabulary.terms}
            for name, vocabulary in model.vocabularies.items()
        }
        ranks = {
            name: {id_: rank for rank, id_ in enumerate(vocabulary.terms)}
            for name, vocabulary in model.vocabularies.items()
        }
        self._facets = tuple(
            (facet, lineages[facet.vocabulary], ranks[facet.vocabulary])
            for facet in model.facets.values()
        )

    def read(self, case: Case) -> CaseTerms:
        """Return the terms that a case names; who names a term names the groups above it too."""
        mentions: dict[str, _Mentions] = {}
        terms: dict[str, tuple[str, ...]] = {}
        known: dict[str, bool] = {}
        for facet, lineages, rank in self._facets:
            if facet.owner not in case.values:  # most facets of most cases
                continue
            located_texts = list(located(case.values, facet.path))
            if not located_texts:
                continue
            known[facet.name] = any(text != UNKNOWN for _, text in located_texts)
            if in_facet := _mentions(case.id, located_texts, facet, lineages):
                mentions[facet.name] = in_facet
                named = {term for lineage, _ in in_facet for term in lineage}
                terms[facet.name] = tuple(sorted(named, key=rank.__getitem__))
        return CaseTerms(mentions, terms, known)


def _mentions(
    case: str,
    located_texts: Iterable[tuple[str, str]],
    facet: Facet,
    lineages: Mapping[str, tuple[str, ...]],
) -> _Mentions:
    """Return the mentions of terms in the texts of a facet, each text with its place.

    The mentions of one entry are one object: `IndexBuilder.add` tells them by identity.
    """
    mention, mentions = Mention(case, None), []
    for place, text in located_texts:
        if lineage := lineages.get(text):
            entry = _entry_number(place, facet)
            if entry != mention.entry:
                mention = Mention(case, entry)
            mentions.append((lineage, mention))
    return tuple(mentions)


def _entry_number(place: str, facet: Facet) -> int | None:
    """Return the number of the list entry that a place is in; None outside a list of records."""
    if len(facet.path) == 1:
        return None
    number = place.split(".")[1] if "." in place else ""
    return int(number) if number.isdigit() else None


class IndexBuilder:
    """Builds an index from cases added in their order, and counts how many answer each facet."""

    def __init__(self, model: Model) -> None:
        """Start with no case."""
        self._model = model
        self._mentions: dict[str, dict[str, list[Mention]]] = {name: {} for name in model.facets}
        self._known = dict.fromkeys(model.facets, 0)
        self._answered = dict.fromkeys(model.facets, 0)
        self._cases = 0

    def add(self, case_terms: CaseTerms) -> None:
        """Add the terms of one more case; an entry that names a group twice is one mention."""
        self._cases += 1
        for facet, known in case_terms.known.items():
            self._answered[facet] += 1
            self._known[facet] += known
        for facet, pairs in case_terms.mentions.items():
            by_term = self._mentions[facet]
            for lineage, mention in pairs:
                for term in lineage:
                    mentions = by_term.get(term)
                    if mentions is None:
                        by_term[term] = [mention]
                    elif mentions[-1] is not mention:
                        mentions.append(mention)

    def index(self) -> Index:
        """Return the mentions by facet and term, terms in the order of the vocabulary."""
        return {
            facet.name: {
                term: tuple(self._mentions[facet.name][term])
                for term in self._model.vocabulary_of(facet).terms
                if term in self._mentions[facet.name]
            }
            for facet in self._model.facets.values()
        }

    def answer_counts(self) -> dict[str, AnswerCounts]:
        """Return for each facet how many cases name a term, say that none is known, or nothing."""
        return {
            facet: AnswerCounts(
                known=self._known[facet],
                unknown=self._answered[facet] - self._known[facet],
                silent=self._cases - self._answered[facet],
            )
            for facet in self._model.facets
        }
