"""Owns the record model: the fields of a record as data, with all that is declared about them.

To add a key, add a line in `keys`, an attribute here, its use. Slots would bar what is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.across import Across
from generator.model.declaration import Plain
from generator.model.vocabulary import Vocabulary

Path = tuple[str, ...]
"""Where a value stands in a record: `("partners", "sector")`."""

Condition = Mapping[str, tuple[str, ...]]
"""Values by dotted path: it holds if each path has one of its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How the answers of a field are summed up."""

    of: str
    noun: str
    plural: str
    never_disqualifies: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field, as declared. The keys of `FIELD_KEYS` say what each attribute means.

    `alternative` is the key `or`; `noun` and `heading` fall back on the label.
    """

    name: str
    path: Path
    kind: str
    label: str
    help: str
    heading: str = ""
    noun: str = ""
    example: Plain = ""
    vocabulary: str = ""
    need: str = ""
    alternative: str = ""
    besides: str = ""
    many: bool = False
    max: int = 0
    precision: str = ""
    facet: bool = False
    role: str = ""
    section: str = ""
    layout: str = ""
    shown: bool = True
    key: str = ""
    value: str = ""
    lead: bool = False
    private: bool = False
    personal: bool = False
    source_link: bool = False
    applies_unless: Condition = field(default_factory=dict)
    score: Score | None = None
    directory: bool = False
    export: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)

    @cached_property
    def dotted(self) -> str:
        """Return the path as authors and messages write it."""
        return ".".join(self.path)

    @cached_property
    def entries(self) -> bool:
        """Return whether the field holds a list of records."""
        return self.kind == "record" and self.many

    @cached_property
    def lead_field(self) -> Field | None:
        """Return the field that holds an entry's own words, if it has one."""
        return next((member for member in self.fields.values() if member.lead), None)

    def walk(self) -> Iterator[Field]:
        """Yield the field and all fields inside it, outermost first."""
        return iter(self._inside)

    @cached_property
    def _inside(self) -> tuple[Field, ...]:
        return (self, *(below for member in self.fields.values() for below in member.walk()))

    @cached_property
    def pointers(self) -> tuple[Field, ...]:
        """Return the fields of an entry that cite sources."""
        return tuple(member for member in self.fields.values() if member.kind == "source")

    @cached_property
    def hides(self) -> bool:
        """Return whether the field, or one inside it, holds names that may have to be hidden."""
        return any(member.private or member.personal for member in self.walk())

    @cached_property
    def needs(self) -> frozenset[str]:
        """Return the needs that the field and those inside it answer."""
        return frozenset(member.need for member in self.walk() if member.need)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A field by whose terms records are indexed: `path` leads to it from a top field, `owner`."""

    name: str
    address: str
    label: str
    noun: str
    vocabulary: str
    path: Path
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """A kind of record: the needs that it must meet, and whether it is counted."""

    id: str
    needs: tuple[str, ...]
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Which fields the strength of a claim's evidence is computed from."""

    sources: str
    id: str
    kind: str
    independent: str
    rivals: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of a record's page."""

    id: str
    title: str
    place: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule between fields: either `order`, or values that `at` may not hold `when` others do."""

    order: tuple[str, str] | None = None
    code: str = "out-of-order"
    severity: str = "error"
    when: Condition = field(default_factory=dict)
    unless_all: Condition = field(default_factory=dict)
    at: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything that is declared about records: fields, facets, kinds, vocabularies, checks."""

    name: str
    plural: str
    folder: str
    fields: Mapping[str, Field]
    facets: Mapping[str, Facet]
    vocabularies: Mapping[str, Vocabulary]
    types: Mapping[str, RecordType]
    type_field: str = ""
    strength: Strength | None = None
    sections: tuple[Section, ...] = ()
    card_above: tuple[str, ...] = ()
    card_below: tuple[str, ...] = ()
    occurs_with: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    across: Across = field(default_factory=Across)

    def role(self, name: str) -> Field | None:
        """Return the field that the site uses for something, if the model has one."""
        return self._roles.get(name)

    @cached_property
    def _roles(self) -> Mapping[str, Field]:
        return {f.role: f for f in reversed([*self.fields.values()])}

    def walk(self) -> Iterator[Field]:
        """Yield all fields, those inside records included."""
        return iter(self._every)

    @cached_property
    def _every(self) -> tuple[Field, ...]:
        return tuple(made for top in self.fields.values() for made in top.walk())

    def of_kind(self, kind: str) -> tuple[Field, ...]:
        """Return all fields of a kind, those inside records included."""
        return self._fields.get(("kind", kind), ())

    def at(self, path: str | Path) -> Field | None:
        """Return the field at a path, dotted or not."""
        parts: Sequence[str] = path.split(".") if isinstance(path, str) else path
        found = self.fields.get(parts[0])
        for part in parts[1:]:
            found = found.fields.get(part) if found else None
        return found

    def type_of(self, id_: str) -> RecordType:
        """Return the kind of record with that id; the first kind where there is none."""
        return self.types.get(id_) or next(iter(self.types.values()))

    def needs_of(self, id_: str) -> frozenset[str]:
        """Return the needs that a record of that kind must meet."""
        return frozenset(self.type_of(id_).needs)

    def of_vocabulary(self, name: str) -> tuple[Field, ...]:
        """Return all fields that hold terms of a vocabulary, those inside records included."""
        return self._fields.get(("vocabulary", name), ())

    @cached_property
    def _fields(self) -> Mapping[tuple[str, str], tuple[Field, ...]]:
        found: dict[tuple[str, str], tuple[Field, ...]] = {}
        for f in self.walk():
            for key in (("kind", f.kind), ("vocabulary", f.vocabulary)):
                found[key] = (*found.get(key, ()), f)
        return found

    @cached_property
    def complete(self) -> tuple[tuple[Field, bool, tuple[Field, ...]], ...]:
        """Return what completeness looks at: each field, if it is needed, what its entries need."""
        needs = {need for kind in self.types.values() if kind.counts for need in kind.needs}
        every = (
            (f, f.need in needs, tuple(m for m in f.fields.values() if m.need in needs))
            for f in self.fields.values()
        )
        return tuple(one for one in every if any(one[1:]))

    def vocabulary_of(self, facet: Facet) -> Vocabulary:
        """Return the vocabulary whose terms a facet indexes."""
        return self.vocabularies[facet.vocabulary]
