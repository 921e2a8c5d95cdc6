"""Owns the index: by facet and term the cases that name it, and by case its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.library.library import AnswerCounts, Index, Mention
from generator.model.record import Facet, Model
from generator.model.value import UNKNOWN, located
from generator.records.case import Case

_Mentions = tuple[tuple[tuple[str, ...], Mention], ...]


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """What one case names, by facet; a facet of which it says nothing is left out.

    `mentions` are in the order of the file, each with its term and the groups above it; `terms` are
    all of these, in the order of the vocabulary; `known` tells of anything but unknown.
    """

    mentions: Mapping[str, _Mentions]
    terms: Mapping[str, tuple[str, ...]]
    known: Mapping[str, bool]


class TermReader:
    """What cases name, under one model."""

    def __init__(self, model: Model) -> None:
        """Look up once what stands above each term, and in which order terms are."""
        self.model = model
        lines = {
            name: {id_: (id_, *vocabulary.ancestors(id_)) for id_ in vocabulary.terms}
            for name, vocabulary in model.vocabularies.items()
        }
        ranks = {
            name: {id_: rank for rank, id_ in enumerate(vocabulary.terms)}
            for name, vocabulary in model.vocabularies.items()
        }
        self._facets = tuple(
            (facet, lines[facet.vocabulary], ranks[facet.vocabulary])
            for facet in model.facets.values()
        )

    def of(self, case: Case) -> CaseTerms:
        """Return what a case names; a group is named by whoever names a term below it."""
        mentions: dict[str, _Mentions] = {}
        terms: dict[str, tuple[str, ...]] = {}
        known: dict[str, bool] = {}
        for facet, lines, rank in self._facets:
            said = list(located(case.values, facet.path))
            if not said:
                continue
            known[facet.name] = any(text != UNKNOWN for _, text in said)
            if found := _mentions(case.id, said, facet, lines):
                mentions[facet.name] = found
                every = {term for line, _ in found for term in line}
                terms[facet.name] = tuple(sorted(every, key=rank.__getitem__))
        return CaseTerms(mentions, terms, known)


def _mentions(
    case: str, said: Iterable[tuple[str, str]], facet: Facet, lines: Mapping[str, tuple[str, ...]]
) -> _Mentions:
    """Return the mentions in what a case says in a facet; those of one entry are the same one."""
    mention, found = Mention(case, None), []
    for place, text in said:
        if line := lines.get(text):
            entry = _entry(place, facet)
            if entry != mention.entry:
                mention = Mention(case, entry)
            found.append((line, mention))
    return tuple(found)


def _entry(place: str, facet: Facet) -> int | None:
    """Return which entry of a list of records a place is in, if it is in one."""
    if len(facet.path) == 1:
        return None
    number = place.split(".")[1] if "." in place else ""
    return int(number) if number.isdigit() else None


class IndexBuilder:
    """An index that cases are added to, in their order, and how many of them say something."""

    def __init__(self, model: Model) -> None:
        """Begin with no case."""
        self._model = model
        self._found: dict[str, dict[str, list[Mention]]] = {name: {} for name in model.facets}
        self._known = dict.fromkeys(model.facets, 0)
        self._said = dict.fromkeys(model.facets, 0)
        self._cases = 0

    def add(self, named: CaseTerms) -> None:
        """Add what one more case names; mentions of one entry count once."""
        self._cases += 1
        for facet, known in named.known.items():
            self._said[facet] += 1
            self._known[facet] += known
        for facet, pairs in named.mentions.items():
            found = self._found[facet]
            for line, mention in pairs:
                for term in line:
                    mentions = found.get(term)
                    if mentions is None:
                        found[term] = [mention]
                    elif mentions[-1] is not mention:
                        mentions.append(mention)

    def index(self) -> Index:
        """Return who names which term, in the order of the vocabulary."""
        return {
            facet.name: {
                term: tuple(self._found[facet.name][term])
                for term in self._model.vocabulary_of(facet).terms
                if term in self._found[facet.name]
            }
            for facet in self._model.facets.values()
        }

    def answer_counts(self) -> dict[str, AnswerCounts]:
        """Return for each facet how many cases name a term, say that none is known, or nothing."""
        return {
            facet: AnswerCounts(known=known, unknown=said - known, silent=self._cases - said)
            for (facet, known), said in zip(self._known.items(), self._said.values(), strict=True)
        }
