"""Obstacles and challenges: which cases met each, what was tried, and whether it worked.

Every number is one of distinct counted cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.base.collation import sort_key
from generator.library.collection import AnswerCounts, Claim
from generator.library.library import Library
from generator.library.questions import kept_question, question
from generator.model.across import Answers
from generator.model.record import Field
from generator.model.value import UNKNOWN, Value, as_list, texts

Cases = tuple[str, ...]
"""Ids of cases, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """What was done about an obstacle, in the counted cases whose entries name it.

    `cases` are all of them. `tried` are the entries that give a response, or say whether it worked;
    those that worked come first. The result of an unknown response is none. `answered` are the
    cases of these, `unanswered` the others. `worked` has for each result the cases whose entries
    give it; `unjudged` are the cases with a response whose entry does not say whether it worked.
    `advised` are the entries that give advice, which nobody tried there, and `advising` their
    cases: neither is among what was tried for that.
    """

    cases: Cases
    tried: tuple[Claim, ...]
    answered: Cases
    unanswered: Cases
    worked: Mapping[str, Cases]
    unjudged: Cases
    advised: tuple[Claim, ...]
    advising: Cases


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A term that cases name as an obstacle, and what was done about it."""

    term: str
    responses: Responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A known challenge; each counted case is in `met` by its answer, in `unknown` or in `silent`.

    If a case gives several answers, the first in the order of the vocabulary counts.
    """

    term: str
    met: Mapping[str, Cases]
    unknown: Cases
    silent: Cases
    responses: Responses


def obstacles(library: Library, rule: Answers) -> tuple[Obstacle, ...]:
    """Return the obstacles that counted cases name, those of the most cases first."""
    return _obstacles_by(library, rule, lambda term: term)


def obstacle_groups(library: Library, rule: Answers) -> tuple[Obstacle, ...]:
    """Return the topmost groups of the obstacles, and those in none; empty if there is no group."""
    vocabulary = library.model.vocabularies[obstacle_field(library, rule).vocabulary]
    if not vocabulary.broad:
        return ()
    return _obstacles_by(library, rule, lambda term: vocabulary.group_of(term) or term)


def _obstacles_by(
    library: Library, rule: Answers, row_of: Callable[[str], str]
) -> tuple[Obstacle, ...]:
    by_term: dict[str, list[Claim]] = defaultdict(list)
    for claim in _claims_with_term(library, rule):
        by_term[row_of(claim.term)].append(claim)
    terms = library.model.vocabularies[obstacle_field(library, rule).vocabulary].terms
    obstacles = [Obstacle(id_, responses(library, rule, claims)) for id_, claims in by_term.items()]
    obstacles.sort(key=lambda o: (-len(o.responses.cases), sort_key(terms[o.term].label), o.term))
    return tuple(obstacles)


@kept_question(tuple[tuple[str, tuple[str, ...]], ...])  # each page with an obstacle asks it
def _cases_with_response(library: Library) -> tuple[tuple[str, Cases], ...]:
    """Return the obstacles about which something was tried, each with the cases that did it."""
    rule = library.model.across.responses
    if rule is None:
        return ()
    every = ((each.term, each.responses.answered) for each in obstacles(library, rule))
    return tuple((term, cases) for term, cases in every if cases)


@question
def cases_with_response(library: Library, term: str) -> Cases:
    """Return the counted cases that tried something about an obstacle; of a group, about any in it.

    One that only says whether it worked is among them.
    """
    rule = library.model.across.responses
    if rule is None:
        return ()
    vocabulary = library.model.vocabularies[obstacle_field(library, rule).vocabulary]
    among = {term, *vocabulary.fine_below(term)}
    every = (cases for id_, cases in _cases_with_response(library) if id_ in among)
    return tuple(dict.fromkeys(chain.from_iterable(every)))


def all_responses(library: Library, rule: Answers) -> Responses:
    """Return what was done about all obstacles together."""
    return responses(library, rule, _claims_with_term(library, rule))


def answer_counts(library: Library, rule: Answers) -> AnswerCounts:
    """Return how many counted cases name one, say only that it is unknown, or say nothing."""
    naming = {claim.case for claim in _claims_with_term(library, rule)}
    filled = {id_ for id_, value in library.values_of_all(rule.of) if value is not None}
    silent = library.number_counted - len(filled)
    return AnswerCounts(len(naming), len(filled - naming), silent)


def responses(library: Library, rule: Answers, claims: Iterable[Claim]) -> Responses:
    """Return what was done, as the given entries tell it."""
    field = library.model.fields[rule.of]
    entries, worked = tuple(claims), field.fields[rule.worked]
    results = tuple(library.model.vocabularies[worked.vocabulary].terms)
    judged = [_first_answer(claim, worked, results) for claim in entries]
    tried = [
        (n, c)
        for n, c in zip(judged, entries, strict=True)
        if has_response(c, rule) or (n < len(results) and not _is_unknown_response(c, rule))
    ]
    answered = _cases(claim for _, claim in tried)
    has_answer = frozenset(answered)
    return Responses(
        cases=(cases := _cases(entries)),
        tried=tuple(claim for _, claim in sorted(tried, key=lambda pair: pair[0])),
        answered=answered,
        unanswered=tuple(id_ for id_ in cases if id_ not in has_answer),
        worked={
            result: _cases(c for _, c in tried if result in texts(c.values, (rule.worked,)))
            for result in results
        },
        unjudged=_cases(claim for n, claim in tried if n == len(results)),
        advised=(advised := tuple(c for c in entries if says_in_words(c, rule.advised))),
        advising=_cases(advised),
    )


def challenges(library: Library, rule: Answers) -> tuple[Challenge, ...]:
    """Return every challenge of the vocabulary in its order, those that nobody met too."""
    vocabulary = library.model.vocabularies[obstacle_field(library, rule).vocabulary]
    entries: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in library.claims_of_all(rule.of):
        entries[claim.term][claim.case].append(claim)
    return tuple(
        _challenge(library, rule, t, entries[t])
        for t in vocabulary.terms
        if t not in vocabulary.broad
    )


def _challenge(
    library: Library, rule: Answers, term: str, entries_of: Mapping[str, list[Claim]]
) -> Challenge:
    answer = library.model.fields[rule.of].fields[rule.met]
    answers = tuple(library.model.vocabularies[answer.vocabulary].terms)
    met: dict[str, list[str]] = {id_: [] for id_ in answers}
    unknown: list[str] = []
    silent: list[str] = []
    naming: list[Claim] = []
    for case, value in library.values_of_all(rule.of):
        entries = entries_of.get(case, [])
        naming += entries
        first = min((_first_answer(c, answer, answers) for c in entries), default=len(answers))
        if first < len(answers):
            met[answers[first]].append(case)
        else:
            (unknown if entries or _says_unknown(library, rule, value) else silent).append(case)
    return Challenge(
        term=term,
        met={id_: tuple(cases) for id_, cases in met.items()},
        unknown=tuple(unknown),
        silent=tuple(silent),
        responses=responses(library, rule, naming),
    )


def obstacle_field(library: Library, rule: Answers) -> Field:
    """Return the field of an entry that names the obstacle."""
    field = library.model.fields[rule.of]
    return field.fields[field.key]


def has_response(claim: Claim, rule: Answers) -> bool:
    """Return whether an entry says in words what was done."""
    return says_in_words(claim, rule.response)


def _is_unknown_response(claim: Claim, rule: Answers) -> bool:
    """Return whether an entry says that it is unknown what was done."""
    return bool(rule.response) and UNKNOWN in texts(claim.values, (rule.response,))


def says_in_words(claim: Claim, member: str) -> bool:
    """Return whether an entry says something in a field; no field says nothing."""
    return bool(member) and any(text != UNKNOWN for text in texts(claim.values, (member,)))


def _claims_with_term(library: Library, rule: Answers) -> Iterator[Claim]:
    """Yield the claims of counted cases that name an obstacle, in the order of titles."""
    return (claim for claim in library.claims_of_all(rule.of) if claim.term)


def _cases(claims: Iterable[Claim]) -> Cases:
    return tuple(dict.fromkeys(claim.case for claim in claims))


def _first_answer(claim: Claim, field: Field, order: tuple[str, ...]) -> int:
    """Return the index of an entry's first answer in `order`; its length if there is none."""
    answers = texts(claim.values, (field.name,))
    return min((order.index(text) for text in answers if text in order), default=len(order))


def _says_unknown(library: Library, rule: Answers, value: Value | None) -> bool:
    """Return whether a case says `unknown` instead of entries, or in place of an obstacle."""
    terms = [
        entry.get(obstacle_field(library, rule).name) if isinstance(entry, dict) else entry
        for entry in as_list(value)
    ]
    return UNKNOWN in terms
