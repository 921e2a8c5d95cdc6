"""`Collection`: everything that may be published, indexed in both directions, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.base.names import slug
from generator.library.published import PublishedTerms
from generator.model.record import Field, Model
from generator.model.value import Value
from generator.records.case import Case
from generator.records.plain_page import PlainPage

PAGE_ANCHORS = frozenset({"main", "story", "facts", "sure", "related", "about"})
"""Anchors that the page of a case has for itself; a field of that name takes another."""


def anchor(field: Field) -> str:
    """Return the anchor of a field on the page of a case."""
    name = slug(field.name)
    return f"{name}-field" if name in PAGE_ANCHORS else name


def as_entries(field: Field) -> bool:
    """Return whether the page of a case shows a field entry by entry, each with an anchor."""
    return field.shown and field.kind == "record" and bool(field.layout or field.many or field.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One entry of a list of records, such as a success factor of a case.

    `index` counts the entries of the field from 0. `term` is the entry's key term, or empty.
    `anchor` is its own id on the page of the case, empty where the field is not shown there.
    `values` are those of the case's outline, with `records.outline.SOME_WORDS` in the place of each
    text. `Library.words` has the texts.
    """

    case: str
    field: str
    index: int
    term: str
    anchor: str
    values: Mapping[str, Value]
    strength: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A case that names a term, in the entry with that number from 0, or None outside a list."""

    case: str
    entry: int | None


def distinct_cases(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the cases of some mentions, each once, in order."""
    return tuple(dict.fromkeys([mention.case for mention in mentions]))


Index = Mapping[str, Mapping[str, tuple[Mention, ...]]]
"""By facet and term, the cases that name it, in the order of their titles."""


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many of the counted cases name a term of a facet, say unknown, or leave it out."""

    known: int
    unknown: int
    silent: int


Relation = tuple[str, str]
"""A related case, and the word for the relation, which may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All that may be published.

    - `outlines` are the cases without their texts by id, in the order of their titles; `whole`
      returns a case with them, as it may be published. `versions` are digests of all they say.
      `paths` are those of their files, `sort_keys` what the titles are ordered by, `dates` the
      newest day on which each was updated or reviewed.
      `counted` are those that numbers are made of; `examples` are shown but never counted. A
      translation is neither, and is shown with its original: `translations` holds the ids by
      original, `originals` the id by translation.
    - `claims` by case, then by field, made of the outlines.
    - `relations` are the cases that a case names as related, each with the word for it, in the
      order of ids; a case that names none is left out. `updated` are the days on which cases were
      updated, as typed. `periods` are what the outlines say in the field of the timeline, if they
      say anything.
    - `index` finds the counted cases that name a term, `example_index` the examples. `terms` is the
      other direction: the terms by case, then by facet, groups included. `answer_counts` are by
      facet, `term_counts` the numbers of counted cases by facet and term.
    - `pages` are the plain pages by name.
    - `withheld_ids` are ids that exist but are withheld from this build, or could not be parsed.
    - `current_ids` has the present id for each former one.
    - `as_of` is the ISO date that ages are counted from; empty where no record has a date.
    - `fluid` names the vocabularies whose terms depend on the records; `terms_told` are what the
      records tell of them.
    """

    model: Model
    whole: Callable[[str], Case]
    outlines: Mapping[str, Case]
    versions: Mapping[str, str]
    paths: Mapping[str, str]
    sort_keys: Mapping[str, str]
    dates: Mapping[str, str]
    updated: Mapping[str, str]
    periods: Mapping[str, Value]
    relations: Mapping[str, tuple[Relation, ...]]
    counted: tuple[str, ...]
    examples: tuple[str, ...]
    translations: Mapping[str, tuple[str, ...]]
    originals: Mapping[str, str]
    claims: Mapping[str, Mapping[str, tuple[Claim, ...]]]
    index: Index
    example_index: Index
    terms: Mapping[str, Mapping[str, tuple[str, ...]]]
    answer_counts: Mapping[str, AnswerCounts]
    term_counts: Mapping[str, Mapping[str, int]]
    pages: Mapping[str, PlainPage]
    withheld_ids: frozenset[str]
    current_ids: Mapping[str, str]
    as_of: str
    fluid: frozenset[str]
    terms_told: PublishedTerms
