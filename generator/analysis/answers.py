"""Owns what records tell of obstacles and challenges: who met each, what was tried, did it work.

Every number is one of distinct counted cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.library.library import AnswerCounts, Claim, Library
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import UNKNOWN, as_list, texts

Cases = tuple[str, ...]
"""Ids of cases, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """What was done about something, in the counted cases whose entries name it.

    `cases` are all of them. `tried` are the entries that record a response, or whether it worked;
    those that worked come first. `answered` are the cases of these, `unanswered` the others.
    `worked` gives for each result the cases whose entries say it; `unjudged` are those with a
    response of which the entry does not say whether it worked.
    """

    cases: Cases
    tried: tuple[Claim, ...]
    answered: Cases
    unanswered: Cases
    worked: Mapping[str, Cases]
    unjudged: Cases


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A term that cases name as an obstacle, and what was done about it."""

    term: str
    responses: Responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A known challenge: each counted case stands once, in `met` by its answer, or in the others.

    Where a case gives several answers, the first in the order of the vocabulary stands.
    """

    term: str
    met: Mapping[str, Cases]
    unknown: Cases
    silent: Cases
    responses: Responses


def obstacles(library: Library, of: Answers) -> tuple[Obstacle, ...]:
    """Return the obstacles that counted cases name, those of the most cases first."""
    by_term: dict[str, list[Claim]] = defaultdict(list)
    for claim in _named(library, of):
        by_term[claim.term].append(claim)
    terms = library.model.vocabularies[obstacle_key(library, of).vocabulary].terms
    made = [Obstacle(id_, responses(library, of, claims)) for id_, claims in by_term.items()]
    made.sort(key=lambda o: (-len(o.responses.cases), terms[o.term].label.casefold(), o.term))
    return tuple(made)


def all_responses(library: Library, of: Answers) -> Responses:
    """Return what was done about all obstacles together."""
    return responses(library, of, _named(library, of))


def answer_counts(library: Library, of: Answers) -> AnswerCounts:
    """Return how many counted cases name one at all, say that none is known, or say nothing."""
    known = {claim.case for claim in _named(library, of)}
    said = {id_ for id_ in library.counted if of.of in library.cases[id_].values}
    return AnswerCounts(len(known), len(said - known), len(library.counted) - len(said))


def responses(library: Library, of: Answers, claims: Iterable[Claim]) -> Responses:
    """Return what was done, as some entries tell it."""
    field = library.model.fields[of.of]
    found, worked = tuple(claims), field.fields[of.worked]
    results = tuple(library.model.vocabularies[worked.vocabulary].terms)
    judged = [_first(claim, worked, results) for claim in found]
    tried = [
        (n, c)
        for n, c in zip(judged, found, strict=True)
        if n < len(results) or tells_anything(c, of)
    ]
    answered = _cases(claim for _, claim in tried)
    taken = frozenset(answered)
    return Responses(
        cases=(cases := _cases(found)),
        tried=tuple(claim for _, claim in sorted(tried, key=lambda pair: pair[0])),
        answered=answered,
        unanswered=tuple(id_ for id_ in cases if id_ not in taken),
        worked={
            result: _cases(c for c in found if result in texts(c.values, (of.worked,)))
            for result in results
        },
        unjudged=_cases(claim for n, claim in tried if n == len(results)),
    )


def challenges(library: Library, of: Answers) -> tuple[Challenge, ...]:
    """Return every challenge of the vocabulary in its order, those that nobody met too."""
    vocabulary = library.model.vocabularies[obstacle_key(library, of).vocabulary]
    return tuple(_challenge(library, of, t) for t in vocabulary.terms if t not in vocabulary.broad)


def _challenge(library: Library, of: Answers, term: str) -> Challenge:
    answer = library.model.fields[of.of].fields[of.met]
    answers = tuple(library.model.vocabularies[answer.vocabulary].terms)
    met: dict[str, list[str]] = {id_: [] for id_ in answers}
    unknown: list[str] = []
    silent: list[str] = []
    naming: list[Claim] = []
    for case in library.counted:
        own = [c for c in library.claims[case].get(of.of, ()) if c.term == term]
        naming += own
        first = min((_first(c, answer, answers) for c in own), default=len(answers))
        if first < len(answers):
            met[answers[first]].append(case)
        else:
            (unknown if own or _unknown(library, of, case) else silent).append(case)
    return Challenge(
        term=term,
        met={id_: tuple(cases) for id_, cases in met.items()},
        unknown=tuple(unknown),
        silent=tuple(silent),
        responses=responses(library, of, naming),
    )


def obstacle_key(library: Library, of: Answers) -> Field:
    """Return the field of an entry that names the obstacle."""
    field = library.model.fields[of.of]
    return field.fields[field.key]


def tells_anything(claim: Claim, of: Answers) -> bool:
    """Return whether an entry says in words what was done."""
    return any(text != UNKNOWN for text in texts(claim.values, (of.response,)))


def _named(library: Library, of: Answers) -> Iterator[Claim]:
    for id_ in library.counted:
        yield from (claim for claim in library.claims[id_].get(of.of, ()) if claim.term)


def _cases(claims: Iterable[Claim]) -> Cases:
    return tuple(dict.fromkeys(claim.case for claim in claims))


def _first(claim: Claim, field: Field, order: tuple[str, ...]) -> int:
    """Return the place of an entry's first answer in that order; its length where there is none."""
    said = texts(claim.values, (field.name,))
    return min((order.index(text) for text in said if text in order), default=len(order))


def _unknown(library: Library, of: Answers, case: str) -> bool:
    """Return whether a case says unknown in place of all entries, or of what one names."""
    value = library.cases[case].values.get(of.of)
    said = [
        entry.get(obstacle_key(library, of).name) if isinstance(entry, dict) else entry
        for entry in as_list(value)
    ]
    return UNKNOWN in said
