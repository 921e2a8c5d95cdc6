"""Gaps in what is known: what no case covers, cites nothing, is old, missing or unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.analysis.crosstab import crosstab, has_groups
from generator.analysis.synthesis import citable_claims_by_case
from generator.analysis.tally import Age, age, missing_fields
from generator.library.library import LONG, Library
from generator.library.questions import kept_question
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN, first, texts
from generator.model.vocabulary import Term, Vocabulary
from generator.records.checks.conditions import applies

STALE = 24
"""In months: a record that was not updated for so long is stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredGroup:
    """Terms of one group that no counted case names; `whole` where it names none of the group.

    `group` is None for terms in no group.
    """

    group: Term | None
    whole: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredTerms:
    """The terms of a facet that no counted case names, by group; whole groups come first.

    `groups` is empty if the vocabulary is too long to list; `number` of `total` is known anyway.
    """

    facet: Facet
    groups: tuple[UncoveredGroup, ...]
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class EmptyCells:
    """The cells of the map of evidence without a case: columns by row, `number` of `total`.

    `by_group` tells that the cells are of groups, and of terms in no group.
    """

    by_group: bool
    rows: tuple[tuple[Term, tuple[Term, ...]], ...]
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class AgedCase:
    """A case with the age of its record."""

    case: str
    age: Age


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCounts:
    """A question of a scored field, and how many of the cases that it fits answer it."""

    field: Field
    question: Term
    answered: int
    unknown: int
    silent: int

    @property
    def total(self) -> int:
        """Return the number of counted cases to which the question applies."""
        return self.answered + self.unknown + self.silent


def uncovered_terms(library: Library) -> Iterator[UncoveredTerms]:
    """Yield each facet with terms that no counted case names; facets of names have no gaps."""
    model = library.model
    for facet in model.facets.values():
        owner = library.owner(facet)
        names = owner.directory and facet.path == (owner.name, owner.key)
        if names or facet.path == (model.type_field,):
            continue
        vocabulary = model.vocabulary_of(facet)
        used = frozenset(library.used_terms(facet.name))
        unused = [id_ for id_ in vocabulary.fine if id_ not in used]
        if unused:
            yield UncoveredTerms(
                facet=facet,
                groups=_by_group(vocabulary, unused, used) if len(vocabulary.terms) <= LONG else (),
                number=len(unused),
                total=len(vocabulary.fine),
            )


def _by_group(
    vocabulary: Vocabulary, unused: Iterable[str], used: frozenset[str]
) -> tuple[UncoveredGroup, ...]:
    by_top: dict[str, list[Term]] = {}
    for id_ in unused:
        by_top.setdefault(vocabulary.group_of(id_), []).append(vocabulary.terms[id_])
    groups = [
        UncoveredGroup(
            group=vocabulary.terms.get(top),
            whole=bool(top) and top not in used,
            terms=tuple(terms),
        )
        for top, terms in by_top.items()
    ]
    return tuple(sorted(groups, key=lambda each: (not each.whole, each.group is None)))


def empty_cells(library: Library, *, by_group: bool = False) -> EmptyCells | None:
    """Return the cells of the map of evidence that no counted case fills; None without a map.

    With `by_group` the cells are of groups, and of terms in no group; None where there are none.
    """
    rule, model = library.model.across.evidence_map, library.model
    if rule is None:
        return None
    pair = (model.facets[rule.rows], model.facets[rule.columns])
    if by_group and not has_groups(library, *pair):
        return None
    filled = crosstab(library, *pair, by_group=by_group)
    rows, columns = (
        [v.terms[id_] for id_ in (v.tops if by_group else v.fine)]
        for v in (model.vocabulary_of(facet) for facet in pair)
    )
    by_row = [(row, tuple(c for c in columns if (row.id, c.id) not in filled)) for row in rows]
    return EmptyCells(
        by_group=by_group,
        rows=tuple((row, columns_) for row, columns_ in by_row if columns_),
        number=sum(len(columns_) for _, columns_ in by_row),
        total=len(rows) * len(columns),
    )


def by_strength(library: Library) -> list[tuple[str, int]]:
    """Return the words of each level of strength, the weakest first, with its number of claims."""
    number = Counter(
        c.strength for claims in citable_claims_by_case(library).values() for c in claims
    )
    levels = library.model.strength.levels if library.model.strength else ()
    return [(words, number[level]) for level, words in enumerate(levels)]


def overdue_cases(library: Library) -> list[AgedCase]:
    """Return the counted cases whose review was due before the as-of date."""
    return [aged for aged in _aged(library) if aged.age.overdue]


def stale_cases(library: Library) -> list[AgedCase]:
    """Return the counted cases not updated for `STALE` months, the oldest first."""
    old = [aged for aged in _aged(library) if (aged.age.months or 0) >= STALE]
    return sorted(old, key=lambda aged: -(aged.age.months or 0))


def undated_cases(library: Library) -> list[str]:
    """Return the counted cases that do not say when they were updated."""
    return [id_ for id_, updated in library.updated() if not updated]


def _aged(library: Library) -> Iterator[AgedCase]:
    field = library.model.role("review-due")
    dues = dict(library.values_of_all(field.path[0])) if field else {}
    for id_, updated in library.updated():
        due = first({field.path[0]: dues[id_] or ""}, field.path) if field else ""
        yield AgedCase(id_, age(updated, due, library.as_of))


def incomplete_cases(library: Library) -> list[tuple[str, int]]:
    """Return the counted cases that lack fields a full record needs, with how many, most first."""
    missing: dict[str, int] = {}
    for values, ids in library.filled():
        missing |= dict.fromkeys(ids, sum(1 for _ in missing_fields(values, library.model)))
    return sorted(
        ((id_, missing[id_]) for id_ in library.counted if missing[id_]), key=lambda pair: -pair[1]
    )


def question_counts(library: Library) -> Iterator[QuestionCounts]:
    """Yield the questions of every scored field, in the order of the model."""
    for field in library.model.fields.values():
        if field.score and field.key:
            terms = library.model.vocabularies[field.fields[field.key].vocabulary].terms.values()
            for term, numbers in zip(terms, _answer_numbers(library, field.name), strict=True):
                answered, unknown, silent = numbers
                yield QuestionCounts(
                    field=field, question=term, answered=answered, unknown=unknown, silent=silent
                )


@kept_question(tuple[tuple[int, int, int], ...])  # it looks at all that all cases fill in
def _answer_numbers(library: Library, scored: str) -> tuple[tuple[int, int, int], ...]:
    """Return how many cases answer each question of a scored field, do not know, are silent."""
    field = library.model.fields[scored]
    cases = {  # by id, whether it says `unknown` instead of all answers
        id_: values.get(field.name) == UNKNOWN
        for values, ids in library.filled()
        if applies(field, values)
        for id_ in ids
    }
    answers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in library.claims_of_all(field.name):
        if field.score:
            answers[claim.term][claim.case] += texts(claim.values, (field.score.of,))
    numbers = []
    for term in library.model.vocabularies[field.fields[field.key].vocabulary].terms:
        given = answers[term]
        tally = Counter(_answer(given.get(i, []), unknown) for i, unknown in cases.items())
        numbers.append((tally["answered"], tally["unknown"], tally["silent"]))
    return tuple(numbers)


def _answer(answers: list[str], all_unknown: bool) -> str:  # noqa: FBT001
    """Return whether a case answers a question, says that it is unknown, or is silent."""
    if any(text != UNKNOWN for text in answers):
        return "answered"
    return "unknown" if answers or all_unknown else "silent"
