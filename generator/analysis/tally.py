"""Numbers that many pages print: counts of cases, scores, missing fields, ages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.base.collation import sort_key
from generator.base.dates import last_day
from generator.base.locale import ENGLISH, Locale
from generator.library.collection import Claim, Mention
from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Facet, Field, Model, Score
from generator.model.value import Value, as_list
from generator.model.vocabulary import Vocabulary
from generator.records.checks.conditions import applies, satisfied


def term_counts(library: Library, cases: Iterable[str], facet: Facet) -> Counter[str]:
    """Return for each term of a facet how many of the given cases name it; 0 is left out."""
    terms = [library.terms(case).get(facet.name, ()) for case in cases]
    return Counter(chain.from_iterable(terms))


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """Co-occurrence: the terms of a facet in the cases of another term, the most frequent first.

    Each term has the number of cases that name both. Groups, and terms in no group, stand first;
    `below` has, by group, those of its terms that occur.
    """

    facet: Facet
    terms: tuple[tuple[str, int], ...]
    below: Mapping[str, tuple[tuple[str, int], ...]]


def co_occurring_terms(
    library: Library, facet: Facet, term: str, *, most: int = 5
) -> tuple[CoOccurrence, ...]:
    """Return the terms that occur with a term in the same counted cases, by facet.

    They are the most frequent: at most `most` of a facet, and as many below each of them.
    Of its own facet, what stands above or below it is left out: it occurs with that always.
    """
    named = [library.terms(case) for case in library.cases_naming(facet.name, term)]
    together = []
    for name in library.model.occurs_with or tuple(library.model.facets):
        other = library.model.facets[name]
        numbers = Counter(chain.from_iterable([terms.get(name, ()) for terms in named]))
        vocabulary = library.model.vocabulary_of(other)
        if name == facet.name:
            own = {term, *vocabulary.ancestors(term)}
            numbers = Counter(
                {
                    id_: number
                    for id_, number in numbers.items()
                    if id_ not in own and term not in vocabulary.ancestors(id_)
                }
            )
        # A term whose group was left out has none that could stand above it.
        tops = [id_ for id_ in numbers if vocabulary.terms[id_].broader not in numbers]
        ranked = _ranked(vocabulary, numbers, tops)[:most]
        if ranked:
            below = {
                id_: _ranked(vocabulary, numbers, vocabulary.fine_below(id_))[:most]
                for id_, _ in ranked
                if id_ in vocabulary.broad
            }
            together.append(CoOccurrence(other, ranked, below))
    return tuple(together)


def _ranked(
    vocabulary: Vocabulary, numbers: Mapping[str, int], ids: Iterable[str]
) -> tuple[tuple[str, int], ...]:
    """Return those of some terms that have a number, the greatest first, then by label."""
    ranked = sorted(
        (-numbers[id_], sort_key(vocabulary.terms[id_].label), id_) for id_ in ids if id_ in numbers
    )
    return tuple((id_, -number) for number, _, id_ in ranked)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSummary:
    """The sums of the answers of a scored field; `unasked` are the questions without an answer.

    `excused` tells that the answer is no to the question whose no never disqualifies.
    """

    yes: int
    partly: int
    no: int
    unknown: int
    unasked: tuple[str, ...]
    total: int
    sentence: str
    excused: bool


def answer_summary(
    field: Field, claims: Iterable[Claim], model: Model, locale: Locale = ENGLISH
) -> AnswerSummary | None:
    """Return the sums of a scored field's answers, out of all questions of its vocabulary.

    None if the field has no score, or no question is answered.
    """
    if field.score is None:
        return None
    questions = model.vocabularies[field.fields[field.key].vocabulary].terms
    answers = {c.term: str(c.values.get(field.score.of, "")) for c in claims if c.term in questions}
    if not answers:
        return None
    tally = Counter(answers.values())
    total, unasked = len(questions), tuple(id_ for id_ in questions if id_ not in answers)
    return AnswerSummary(
        yes=tally["yes"],
        partly=tally["partly"],
        no=tally["no"],
        unknown=tally["unknown"],
        unasked=unasked,
        total=total,
        sentence=_sentence(field.score, tally, total, len(unasked), locale),
        excused=answers.get(field.score.never_disqualifies) == "no",
    )


def _sentence(
    score: Score, tally: Mapping[str, int], total: int, unasked: int, locale: Locale
) -> str:
    """Return the sums in words: three of four questions, one unknown."""
    _ = locale.gettext
    number = _number if locale.words_language.startswith("en") else locale.number
    noun = locale.noun(total, score.noun, score.plural)
    yes, all_ = number(tally["yes"]), number(total)
    parts = [_("%(yes)s of %(total)s %(noun)s", yes=yes, total=all_, noun=noun)]
    if tally["partly"]:
        parts.append(_("%(number)s in part", number=number(tally["partly"])))
    if tally["unknown"]:
        parts.append(_("%(number)s unknown", number=number(tally["unknown"])))
    if unasked:
        parts.append(_("%(number)s unanswered", number=number(unasked)))
    return locale.joined_by_commas(parts)


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def missing_fields(values: Mapping[str, Value], model: Model) -> Iterator[Field]:
    """Yield the fields that a full record needs and one with these values does not have yet.

    A field of an entry is among them if one of the entries leaves it out.
    """
    for field, needed, members in model.complete:
        if needed and not satisfied(field, values) and applies(field, values):
            alternative = model.fields.get(field.alternative)
            if not (alternative and satisfied(alternative, values)):
                yield field
        if members:
            entries = [e for e in as_list(values.get(field.name)) if isinstance(e, dict)]
            yield from (m for m in members if any(not satisfied(m, entry) for entry in entries))


def missing_paths(library: Library, id_: str) -> tuple[str, ...]:
    """Return the paths, with dots, of the fields that a case still needs to be a full record."""
    return tuple(f.dotted for f in missing_fields(library.outline(id_).values, library.model))


def answer_summaries(library: Library, id_: str) -> Mapping[str, AnswerSummary]:
    """Return by scored field the sums of the answers of a case; only fields with an answer."""
    model = library.model
    every = library.all_claims(id_)
    sums = [
        (
            field.name,
            answer_summary(
                field, [c for c in every if c.field == field.name], model, library.locale
            ),
        )
        for field in model.fields.values()
        if field.score
    ]
    return {name: summary for name, summary in sums if summary}


@dataclass(frozen=True, slots=True)
class Age:
    """How old a record is, in whole months before the as-of date, and whether its review is due."""

    months: int | None
    overdue: bool


def age(updated: str, review_due: str, as_of: str) -> Age:
    """Return the age of a record; a date without its day is taken as the last of its days."""
    today, last, due = last_day(as_of), last_day(updated), last_day(review_due)
    months = None
    if last and today:
        months = (today.year - last.year) * 12 + today.month - last.month
        months -= today.day < last.day
        months = max(months, 0)
    return Age(months, overdue=bool(today and due and due < today))


@question
def _terms_in_entries(
    library: Library, facet: str
) -> Mapping[str, tuple[tuple[int | None, str], ...]]:
    """Return by counted case what its entries say in a facet: the entry's number, and a term."""
    named: dict[str, list[tuple[int | None, str]]] = {}
    for term in library.used_terms(facet):
        for mention in _own_mentions(library, library.model.facets[facet], term):
            named.setdefault(mention.case, []).append((mention.entry, term))
    return {case: tuple(pairs) for case, pairs in named.items()}


def _own_mentions(library: Library, facet: Facet, term: str) -> Iterable[Mention]:
    """Return the mentions of a term that are none of a narrower one."""
    mentions = library.mentions(facet.name, term)
    narrower = library.model.vocabularies[facet.vocabulary].narrower(term)
    if not narrower:
        return mentions
    of_narrower = {m for each in narrower for m in library.mentions(facet.name, each.id)}
    return [mention for mention in mentions if mention not in of_narrower]


@question
def cases_by_answer(
    library: Library, field: str, member: str, term: str
) -> Mapping[str, tuple[str, ...]]:
    """Return what entries with a key term say in another facet, each with its counted cases.

    A group's entries are those of the terms below it.
    """
    facets = library.facet_by_path
    named = _terms_in_entries(library, facets[field, member].name)
    cases: dict[str, dict[str, None]] = {}
    for mention in library.mentions(facets[field, library.model.fields[field].key].name, term):
        for entry, text in named.get(mention.case, ()):
            if entry == mention.entry:
                cases.setdefault(text, {})[mention.case] = None
    return {text: tuple(ids) for text, ids in cases.items()}
