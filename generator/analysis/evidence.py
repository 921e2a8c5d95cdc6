"""The strength of the evidence for what cases say about two terms at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.crosstab import Pair, crosstab
from generator.library.collection import Claim, Mention, distinct_cases
from generator.library.library import Library
from generator.model.across import EvidenceMap
from generator.model.value import UNKNOWN, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence for a pair of terms: its counted cases, and their claims.

    `strongest` is the greatest strength among the claims, from 0 to 4. `only_success` tells that
    there are claims with a known result, and all of them tell of success.
    """

    cases: tuple[str, ...]
    claims: tuple[Claim, ...]
    strongest: int
    only_success: bool


def evidence(
    library: Library, rule: EvidenceMap, *, by_group: bool = False
) -> dict[Pair, Evidence]:
    """Return the evidence for each pair of terms that a case names, claims in order of titles.

    With `by_group` the pairs are of groups, and of terms in no group.
    """
    facets = library.model.facets
    rows, columns = facets[rule.rows], facets[rule.columns]
    claims_at = {(c.case, c.index): c for c in library.claims_of_all(columns.owner)}
    evidence_of = {}
    for pair, mentions in crosstab(library, rows, columns, by_group=by_group).items():
        claims = tuple(_claims(claims_at, mentions))
        evidence_of[pair] = Evidence(
            cases=distinct_cases(mentions),
            claims=claims,
            strongest=max((claim.strength or 0 for claim in claims), default=0),
            only_success=_only_success(claims, rule),
        )
    return evidence_of


def _claims(
    claims_at: Mapping[tuple[str, int], Claim], mentions: Iterable[Mention]
) -> Iterator[Claim]:
    for mention in mentions:
        if mention.entry is not None and (claim := claims_at.get((mention.case, mention.entry))):
            yield claim


def _only_success(claims: Iterable[Claim], rule: EvidenceMap) -> bool:
    results = [
        word in good
        for claim in claims
        for name, good in rule.success.items()
        for word in texts(claim.values, (name,))
        if word not in (UNKNOWN, *rule.undecided.get(name, ()))
    ]
    return bool(results) and all(results)
