"""`Library`: everything that may be published, indexed in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.names import slug
from generator.model.record import Facet, Field, Model, Path
from generator.model.value import UNKNOWN, Value, first
from generator.model.vocabulary import Term, Vocabulary
from generator.records.case import Case
from generator.records.plain_page import PlainPage

LONG = 80
"""A vocabulary with more terms than this is shown without those that no case names."""

PAGE_ANCHORS = frozenset({"main", "story", "related", "about"})
"""Anchors that the page of every case has; a field of that name takes another."""


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
    `strength` runs from 0 to 4, and is None where the model computes none.
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


Index = Mapping[str, Mapping[str, tuple[Mention, ...]]]
"""By facet and term, the cases that name it, in the order of their titles."""


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many of the counted cases name a term of a facet, say unknown, or leave it out."""

    known: int
    unknown: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All that may be published.

    - `cases` by id, in the order of their titles. `counted` are those that numbers are made of;
      `examples` are shown but never counted. A translation is neither, and is shown with its
      original: `translations` holds the ids by original, `originals` the id by translation.
    - `claims` by case, then by field.
    - `index` finds the counted cases that name a term, `example_index` the examples. `terms` is the
      other direction: the terms by case, then by facet, groups included. `answer_counts` are by
      facet.
    - `pages` are the plain pages by name.
    - `withheld_ids` are ids that exist but are withheld from this build, or could not be parsed.
    - `current_ids` has the present id for each former one.
    - `facet_by_path` finds a facet by the path of its term. `addresses` are the file names of
      terms, by vocabulary and term.
    - `as_of` is the ISO date that ages are counted from; empty where no record has a date.
    """

    model: Model
    cases: Mapping[str, Case]
    counted: tuple[str, ...]
    examples: tuple[str, ...]
    translations: Mapping[str, tuple[str, ...]]
    originals: Mapping[str, str]
    claims: Mapping[str, Mapping[str, tuple[Claim, ...]]]
    index: Index
    example_index: Index
    terms: Mapping[str, Mapping[str, tuple[str, ...]]]
    answer_counts: Mapping[str, AnswerCounts]
    pages: Mapping[str, PlainPage]
    withheld_ids: frozenset[str]
    current_ids: Mapping[str, str]
    facet_by_path: Mapping[Path, Facet]
    addresses: Mapping[str, Mapping[str, str]]
    as_of: str

    def value(self, case: Case, role: str) -> Value | None:
        """Return what a case says in the field with a role."""
        field = self.model.role(role)
        return case.values.get(field.name) if field else None

    def text(self, case: Case, role: str) -> str:
        """Return the text of a case in the field with a role; empty if there is none or unknown."""
        field = self.model.role(role)
        text = first(case.values, field.path) if field else ""
        return "" if text == UNKNOWN else text

    def title(self, id_: str) -> str:
        """Return the title of a case, or its id where it has none."""
        return self.text(self.cases[id_], "title") or id_

    def is_example(self, id_: str) -> bool:
        """Return whether a case, or the one it translates, is of a kind that is not counted."""
        model = self.model
        case = self.cases[self.originals.get(id_, id_)]
        kind = first(case.values, (model.type_field,)) if model.type_field else ""
        return not model.type_of(kind).counts

    def is_counted(self, id_: str) -> bool:
        """Return whether numbers include a case."""
        return id_ not in self.originals and not self.is_example(id_)

    def term(self, facet: Facet, id_: str) -> Term:
        """Return a term of a facet's vocabulary."""
        return self.model.vocabularies[facet.vocabulary].terms[id_]

    def named(self, facet: Facet, id_: str) -> bool:
        """Return whether a case or an example names a term, so that it has a page."""
        return id_ in self.index[facet.name] or id_ in self.example_index[facet.name]

    def is_in_glossary(self, vocabulary: Vocabulary, id_: str) -> bool:
        """Return whether the glossary lists a term: all do, but of long and open vocabularies."""
        facets = [f for f in self.model.facets.values() if f.vocabulary == vocabulary.name]
        hides = len(vocabulary.terms) > LONG or (vocabulary.open and bool(facets))
        return not hides or any(self.named(facet, id_) for facet in facets)

    def all_claims(self, case: str) -> Iterator[Claim]:
        """Yield the claims of a case, field by field."""
        for claims in self.claims[case].values():
            yield from claims

    def owner(self, facet: Facet) -> Field:
        """Return the top-level field in which a facet's terms stand."""
        return self.model.fields[facet.owner]
