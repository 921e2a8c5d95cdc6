"""Owns `Library`, everything that may be published, indexed in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.case import Case
from generator.markup import Body
from generator.model.record import Facet, Field, Model
from generator.model.value import Value, first
from generator.model.vocabulary import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One entry of a list of records, such as a success factor of a case.

    `term` is the entry's key term, or empty; `anchor` its own id on the page of the case;
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
    """A case that names a term: `entry` numbers the entry it stands in, None outside a list."""

    case: str
    entry: int | None


Index = Mapping[str, Mapping[str, tuple[Mention, ...]]]
"""By facet and term, the cases that name it, in the order of their titles."""


@dataclass(frozen=True, slots=True)
class Stated:
    """How many of the counted cases name a term of a facet, say unknown, or say nothing."""

    known: int
    unknown: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A page of text that stands beside the records; `name` is its path without the ending."""

    name: str
    path: str
    title: str
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All that may be published.

    `cases` are in the order of their titles. `counted` are those that numbers are made of;
    `examples` are shown but never counted; a translation is neither, and stands under its
    original. `index` covers the counted cases, `imagined` the examples. `unpublished` are ids that
    exist but are withheld from this build. `moved` gives the present id for each former one.
    """

    model: Model
    cases: Mapping[str, Case]
    counted: tuple[str, ...]
    examples: tuple[str, ...]
    translations: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, Mapping[str, tuple[Claim, ...]]]
    index: Index
    imagined: Index
    stated: Mapping[str, Stated]
    pages: Mapping[str, PlainPage]
    unpublished: frozenset[str]
    moved: Mapping[str, str]
    as_of: str

    def value(self, case: Case, role: str) -> Value | None:
        """Return what a case says in the field with a role."""
        field = self.model.role(role)
        return case.values.get(field.name) if field else None

    def text(self, case: Case, role: str) -> str:
        """Return the text a case holds in the field with a role, or an empty string."""
        field = self.model.role(role)
        return first(case.values, field.path) if field else ""

    def term(self, facet: Facet, id_: str) -> Term:
        """Return a term of a facet's vocabulary."""
        return self.model.vocabularies[facet.vocabulary].terms[id_]

    def all_claims(self, case: str) -> Iterator[Claim]:
        """Yield the claims of a case, field by field."""
        for claims in self.claims[case].values():
            yield from claims

    def owner(self, facet: Facet) -> Field:
        """Return the top-level field in which a facet's terms stand."""
        return self.model.fields[facet.owner]
