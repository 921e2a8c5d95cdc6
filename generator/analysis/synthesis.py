"""The claims of all counted cases together: by term, by strength, the best evidenced."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.record import Field
from generator.model.value import UNKNOWN


def claim_fields(library: Library) -> tuple[Field, ...]:
    """Return the lists of claims that the model shows as such, in its order."""
    fields = library.model.fields.values()
    return tuple(field for field in fields if field.layout == "claims" and field.shown)


def claims_of(library: Library, field: Field) -> tuple[Claim, ...]:
    """Return what all counted cases claim in a field, case by case in the order of their titles."""
    return library.claims_of_all(field.name)


def citable_claims_by_case(library: Library) -> dict[str, list[Claim]]:
    """Return by counted case the claims that can cite sources, in the order of titles."""
    by_case: dict[str, list[Claim]] = {id_: [] for id_ in library.counted}
    for field in library.model.fields.values():
        if field.pointers:
            for claim in library.claims_of_all(field.name):
                if claim.strength is not None:
                    by_case[claim.case].append(claim)
    return {id_: claims for id_, claims in by_case.items() if claims}


def citable_claims(library: Library) -> tuple[Claim, ...]:
    """Return all claims of counted cases that can cite a source."""
    return tuple(chain.from_iterable(citable_claims_by_case(library).values()))


def claims_by_term(claims: Iterable[Claim]) -> Mapping[str, tuple[Claim, ...]]:
    """Return claims by their key term; those whose term is unknown are left out."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.term:
            groups[claim.term].append(claim)
    return {term: tuple(group) for term, group in groups.items()}


def cases_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the cases of some claims, each once, in order."""
    return tuple(dict.fromkeys(claim.case for claim in claims))


def strength_counts(library: Library, claims: Iterable[Claim]) -> tuple[int, ...]:
    """Return the number of claims of each strength, from 0 up; empty without a measure."""
    tally = Counter(claim.strength for claim in claims)
    levels = library.model.strength.levels if library.model.strength else ()
    return tuple(tally[level] for level in range(len(levels)))


def has_own_words(library: Library, claim: Claim) -> bool:
    """Return whether an entry says something in words of its own."""
    lead = library.model.fields[claim.field].lead_field
    return lead is not None and claim.values.get(lead.name, UNKNOWN) != UNKNOWN


def best_claim(library: Library, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim with the strongest evidence among those that have words of their own.

    Of equally strong ones it is the first; None if no claim has words.
    """
    with_words = [claim for claim in claims if has_own_words(library, claim)]
    return max(with_words, key=lambda claim: claim.strength or 0, default=None)
