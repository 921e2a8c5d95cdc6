"""Related cases: which other cases belong to a case, and the reason for each.

First come those that an author named, in either direction. Then come the cases that share the most
terms: a term that n cases name weighs 1 / (n - 1), so a rare term tells more than a common one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from generator.library.collect import relations
from generator.library.collection import Relation
from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Facet

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


@question
def related(library: Library, id_: str) -> tuple[Related, ...]:
    """Return the related cases of a case: those that an author named, then the closest."""
    mine = dict(relations(library.outline(id_), library.model))
    theirs = dict(_named_by(library, id_))
    return tuple(_related(library, _shared_terms(library, id_), mine, theirs))


@question
def _rare_term(library: Library, facet: str, term: str) -> tuple[str, ...]:
    """Return the counted cases that name a term; none where it is one's alone, or common."""
    cases = library.cases_naming(facet, term)
    return cases if 1 < len(cases) <= CANDIDATES else ()


def _rare_terms(library: Library, id_: str) -> list[tuple[_Rare, tuple[str, ...]]]:
    """Return the rare terms of a counted case, the rarest first, each with the cases naming it."""
    if not library.is_counted(id_):
        return []
    kind = library.model.type_field
    rare_terms = [
        ((len(cases), facet, term), cases)
        for facet, terms in library.terms(id_).items()
        if library.model.facets[facet].path != (kind,)
        for term in terms
        if (cases := _rare_term(library, facet, term))
    ]
    return sorted(rare_terms, key=itemgetter(0))


def _shared_terms(library: Library, id_: str) -> dict[str, list[_Rare]]:
    """Return the terms shared with each of at most `CANDIDATES` other cases, rarest first."""
    shared: dict[str, list[_Rare]] = {}
    for rare, cases in _rare_terms(library, id_):
        for other in cases:
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


@question
def _all_named(library: Library) -> Mapping[str, list[Relation]]:
    """Return by case those that name it as related, in the order of titles."""
    named: dict[str, list[Relation]] = defaultdict(list)
    every = library.relations()
    for id_ in library.ids if every else ():
        for target, word in every.get(id_, ()):
            named[target].append((id_, word))
    return named


@question
def _named_by(library: Library, id_: str) -> tuple[Relation, ...]:
    """Return the cases that name a case as related."""
    return tuple(_all_named(library).get(id_, ()))
