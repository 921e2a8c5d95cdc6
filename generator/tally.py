"""Owns the numbers and judgements the pages print: counts, scores, what is missing, how old a record is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.case import Case
from generator.checks import applies, satisfied
from generator.library import Claim, Library, Mention
from generator.model.record import Facet, Field, Model
from generator.model.value import Value, first, listed


def distinct(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the cases of some mentions, each once, in order."""
    return tuple(dict.fromkeys(mention.case for mention in mentions))


def counts(library: Library, facet: Facet) -> dict[str, int]:
    """Return for each term of a facet the number of counted cases that name it; 0 is left out."""
    return {term: len(distinct(found)) for term, found in library.index[facet.name].items()}


@dataclass(frozen=True, slots=True)
class Together:
    """The terms of a facet that occur in the cases of another term: in `cases` of them, most first."""

    facet: Facet
    terms: tuple[tuple[str, int], ...]


def together(library: Library, facet: Facet, term: str, *, most: int = 5) -> tuple[Together, ...]:
    """Return what a term occurs with, in the same cases, facet by facet."""
    cases = set(distinct(library.index[facet.name].get(term, ())))
    names = library.model.occurs_with or tuple(library.model.facets)
    found = []
    for name in names:
        other = library.model.facets[name]
        shared = {
            id_: len(cases.intersection(distinct(mentions)))
            for id_, mentions in library.index[name].items()
            if not (name == facet.name and id_ == term) and not _above(library, other, id_)
        }
        ranked = sorted((-n, library.term(other, id_).label, id_) for id_, n in shared.items() if n)
        if ranked:
            found.append(Together(other, tuple((id_, -n) for n, _, id_ in ranked[:most])))
    return tuple(found)


def _above(library: Library, facet: Facet, id_: str) -> bool:
    return id_ in library.model.vocabularies[facet.vocabulary].broad


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How the answers of a scored field sum up: `unasked` are the questions nobody answered."""

    yes: int
    partly: int
    no: int
    unknown: int
    unasked: tuple[str, ...]
    total: int
    sentence: str
    excused: bool


def answered(field: Field, claims: Iterable[Claim], model: Model) -> Answered | None:
    """Return the sum of a scored field's answers, out of all questions of its vocabulary."""
    if field.score is None:
        return None
    questions = model.vocabularies[field.fields[field.key].vocabulary].terms
    answers = {claim.term: str(claim.values.get(field.score.of, "")) for claim in claims}
    tally = Counter(answers.values())
    total = len(questions)
    noun = field.score.noun if total == 1 else field.score.plural
    sentence = f"{_number(tally['yes'])} of {_number(total)} {noun}"
    if tally["partly"]:
        sentence += f", {_number(tally['partly'])} in part"
    if tally["unknown"]:
        sentence += f", {_number(tally['unknown'])} unknown"
    return Answered(
        yes=tally["yes"],
        partly=tally["partly"],
        no=tally["no"],
        unknown=tally["unknown"],
        unasked=tuple(id_ for id_ in questions if id_ not in answers),
        total=total,
        sentence=sentence,
        excused=answers.get(field.score.never_disqualifies) == "no",
    )


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def missing(case: Case, model: Model) -> tuple[Field, ...]:
    """Return the fields that a full record needs and this one does not have yet."""
    wanted = model.every_need
    return tuple(
        field
        for field in model.fields.values()
        if field.need in wanted
        and applies(field, case.values)
        and not satisfied(field, case.values)
        and not (field.alternative and satisfied(model.fields[field.alternative], case.values))
    )


@dataclass(frozen=True, slots=True)
class Age:
    """How old a record is, in whole months before the as-of date, and whether its review is due."""

    months: int | None
    overdue: bool


def age(updated: str, review_due: str, as_of: str) -> Age:
    """Return the age of a record; a date without its day is taken as the last of its days."""
    months = None
    if updated[:1].isdigit() and as_of:
        one, other = _day(updated), _day(as_of)
        months = (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)
        months = max(months, 0)
    overdue = bool(review_due[:1].isdigit() and as_of and _day(review_due) < _day(as_of))
    return Age(months, overdue)


def _day(text: str) -> date:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day)
    month = month or 12
    after = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date(year, month, 28)
    return date.fromordinal(after.toordinal() - 1) if year < 9999 else after


def text_of(values: Mapping[str, Value], field: Field | None) -> str:
    """Return the first text in a field, or an empty string."""
    return first(values, (field.name,)) if field else ""


def amount(case: Case, field: Field) -> int:
    """Return how many values or entries a case has in a field."""
    return len(listed(case.values.get(field.name)))
