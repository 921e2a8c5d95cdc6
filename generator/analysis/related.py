"""Related cases: which other cases belong to a case, and the reason for each.

First come those that an author named, in either direction. Then come the cases that share the most
terms: a term that n cases name weighs 1 / (n - 1), so a rare term tells more than a common one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.analysis.tally import distinct_cases
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN, as_list, first

MOST = 5
"""The most related cases that a page names."""

CANDIDATES = 60
"""A term that more cases name is passed over: it tells too little. For one case at most so many
others are weighed, those that share the rarest terms. This bounds the work for a large library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another case, and why it is related to this one.

    `named` tells that this case names it, `names` that it names this one. `relation` is the word
    that the naming case has for it, or empty. `shared` are at most three of the rarest terms that
    both name.
    """

    case: str
    named: bool
    names: bool
    relation: str
    shared: tuple[tuple[Facet, str], ...]


_Rare = tuple[int, str, str]
"""A term: the number of cases that name it, its facet, its id."""


def related(library: Library) -> dict[str, tuple[Related, ...]]:
    """Return the related cases of every case: those that an author named, then the closest."""
    relating = RelatedIndex(library)
    return {id_: relating.of(id_) for id_ in library.cases}


class RelatedIndex:
    """An index of a library from which the related cases of any one case are looked up."""

    def __init__(self, library: Library) -> None:
        """Index who names which term, and which case names which."""
        self._library = library
        self._cases = {
            (facet.name, term): distinct_cases(mentions)
            for facet in library.model.facets.values()
            if facet.path != (library.model.type_field,)
            for term, mentions in library.index[facet.name].items()
        }
        self._terms: dict[str, list[_Rare]] = defaultdict(list)
        for (facet_name, term), ids in self._cases.items():
            for id_ in ids if 1 < len(ids) <= CANDIDATES else ():
                self._terms[id_].append((len(ids), facet_name, term))
        self._mine, self._theirs = _named_cases(library)

    def of(self, id_: str) -> tuple[Related, ...]:
        """Return the related cases of a case: those that an author named, then the closest."""
        shared = _shared_terms(id_, sorted(self._terms.get(id_, ())), self._cases)
        mine, theirs = self._mine.get(id_, {}), self._theirs.get(id_, {})
        return tuple(_related(self._library, shared, mine, theirs))


def _shared_terms(
    id_: str, terms: list[_Rare], cases: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[str, list[_Rare]]:
    """Return the terms shared with each of at most `CANDIDATES` other cases, rarest first."""
    shared: dict[str, list[_Rare]] = {}
    for rare in terms:
        for other in cases[rare[1:]]:
            if other in shared:
                shared[other].append(rare)
            elif other != id_ and len(shared) < CANDIDATES:
                shared[other] = [rare]
    return shared


def _related(
    library: Library,
    shared: dict[str, list[_Rare]],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
) -> list[Related]:
    named = dict.fromkeys((*mine, *theirs))
    chosen = [*named, *_closest(shared, named, max(MOST - len(named), 0))]
    return [
        Related(
            case=other,
            named=other in mine,
            names=other in theirs,
            relation=mine.get(other) or ("" if other in mine else theirs.get(other, "")),
            shared=tuple(_rarest(shared.get(other, []), library)),
        )
        for other in chosen
    ]


def _closest(
    shared: Mapping[str, list[_Rare]], excluded: Mapping[str, None], most: int
) -> list[str]:
    """Return the `most` cases that share the most, a rare term weighing more than a common one."""
    ranked = [
        (-sum([1 / (number - 1) for number, _, _ in rare]), other)
        for other, rare in shared.items()
        if most and other not in excluded
    ]
    return [other for _, other in sorted(ranked)[:most]]


def _rarest(shared: list[_Rare], library: Library) -> list[tuple[Facet, str]]:
    """Return the three rarest shared terms; a group is left out if a narrower term is there."""
    facets = library.model.facets
    above = {
        (facet, up)
        for _, facet, term in shared
        for up in library.model.vocabulary_of(facets[facet]).ancestors(term)
    }
    return [(facets[f], term) for _, f, term in shared if (f, term) not in above][:3]


_Relations = dict[str, dict[str, str]]
"""By case, the cases that it names or that name it, each with the word for the relation."""


def _named_cases(library: Library) -> tuple[_Relations, _Relations]:
    """Return by case those that it names as related, and those that name it, with the word."""
    field = library.model.role("related")
    word = relation_field(field)
    mine: _Relations = defaultdict(dict)
    theirs: _Relations = defaultdict(dict)
    for id_, case in library.cases.items() if field else ():
        for entry in as_list(case.values.get(field.name)) if field else ():
            target = first(entry, (field.key,)) if isinstance(entry, dict) and field else ""
            if target in library.cases and isinstance(entry, dict):
                text = first(entry, (word.name,)) if word else ""
                mine[id_][target] = theirs[target][id_] = "" if text == UNKNOWN else text
    return mine, theirs


def relation_field(field: Field | None) -> Field | None:
    """Return the field of a pointer to another case that says how the two belong together."""
    members = field.fields.values() if field else ()
    return next((member for member in members if member.kind == "term"), None)
