"""The record model as data: fields, facets, types, sections and checks, with what each key means.

Each attribute made by `yaml_key` is a key of `record.yml`, and its meaning is printed in the
manual. To add a key, add the attribute and use it. The other attributes are computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.base.names import fold
from generator.model.across import Across
from generator.model.declaration import Plain, yaml_key
from generator.model.value import YES
from generator.model.vocabulary import Vocabulary

ALWAYS = "always"
"""The need that every record must meet, whether its type lists it or not."""

Path = tuple[str, ...]
"""The names of the fields that lead to a value, outermost first: `("partners", "sector")`."""

Condition = Mapping[str, tuple[str, ...]]
"""Values by dotted path: it holds if each path has one of its values."""

TEXTS = ("line", "text", "term")
"""The kinds of value that can hold a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How the answers of a field are summed up."""

    of: str = yaml_key("the field that holds the answer; 'yes' counts", needed=True)
    noun: str = yaml_key("what one question is called", needed=True)
    plural: str = yaml_key("what several questions are called", needed=True)
    never_disqualifies: str = yaml_key("the question whose 'no' is not held against a record")


# Slots would leave no room for cached properties.
@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `heading` falls back on the label, `noun` on the label in small letters.

    `group_noun` falls back on the noun.

    `names_entry` says that it is the key of the record that holds it. Such a one is not needed
    where the field `unneeded_if` beside it says yes.
    """

    name: str
    path: Path
    names_entry: bool = False
    unneeded_if: str = ""
    kind: str = yaml_key("the kind of value, such as line, text, date, term or record", needed=True)
    label: str = yaml_key("the field's name as it reads on a page", needed=True)
    former_names: tuple[str, ...] = yaml_key(
        "names that the field had before: records may still use them", "texts"
    )
    heading: str = yaml_key("the heading over the field on a record's page, if not the label")
    noun: str = yaml_key("what one value is called in a sentence, as in 'success factor'")
    group_noun: str = yaml_key(
        "what a group of its terms is called in a sentence, as in 'region', if not the noun",
        only=("term", "record"),
    )
    help: str = yaml_key("what to write, for the person who fills it in", needed=True)
    example: Plain = yaml_key("a value as an author would write it", "any")
    vocabulary: str = yaml_key("the vocabulary of a term field", only=("term",))
    need: str = yaml_key(
        "the need it answers: always, or one that a kind lists; without it, it is optional"
    )
    alternative: str = yaml_key(
        "another field that satisfies the need in this one's place", word="or"
    )
    besides: str = yaml_key(
        "a value of the key field that does not satisfy the need", lists_only=True
    )
    many: bool = yaml_key("whether there may be several values", "flag")
    unit: str = yaml_key(
        "what a number counts, as it reads after the number: USD, households", only=("number",)
    )
    unit_one: str = yaml_key(
        "the unit after the number 1, where it is another word: household", only=("number",)
    )
    min: Decimal | None = yaml_key("the least number", "number", only=("number",))
    max: Decimal | None = yaml_key(
        "the most characters that a text may have; of a number, the greatest",
        "number",
        only=("line", "text", "number"),
    )
    summed: bool = yaml_key(
        "no: a sum of the numbers means nothing, as of percentages",
        "flag",
        default=True,
        only=("number",),
    )
    precision: str = yaml_key("day, where a date needs its day", choices=("day",), only=("date",))
    facet: bool = yaml_key(
        "whether it gets an index page, a page for each term, and a filter", "flag"
    )
    role: str = yaml_key("what the site itself uses the field for, such as title or updated")
    section: str = yaml_key("the section of the page in which it is shown", top_only=True)
    layout: str = yaml_key(
        "how entries are shown: claims, table, answers or sources; mark, for a word among others",
        choices=("claims", "table", "answers", "sources", "mark"),
    )
    shown: bool = yaml_key("no: it is not shown on the page", "flag", default=True)
    key: str = yaml_key("of a record: the field that a bare value fills", only=("record",))
    value: str = yaml_key("of a record: the field that 'key: value' fills", only=("record",))
    lead: bool = yaml_key("whether it is the text of an entry, shown without its label", "flag")
    private: bool = yaml_key(
        "the name of an organisation that an anonymised record does not print", "flag", only=TEXTS
    )
    personal: bool = yaml_key(
        "the name of a person, which an anonymised record does not print", "flag", only=TEXTS
    )
    source_link: bool = yaml_key(
        "an address that an anonymised record does not print", "flag", only=("url",)
    )
    applies_unless: Condition = yaml_key(
        "values of other fields for which this one does not apply", "condition"
    )
    directory: bool = yaml_key(
        "whether the facet is shown as a directory: a row for each, A to Z", "flag"
    )
    score: Score | None = yaml_key(
        "how answers are summed up in a sentence", "mapping", part=Score, lists_only=True
    )
    export: str = yaml_key("the CSV file that gets a row for each entry", lists_only=True)
    fields: Mapping[str, Field] = yaml_key(
        "of a record: its own fields", "mapping", only=("record",)
    )

    @cached_property
    def dotted(self) -> str:
        """The path as authors and messages write it: `partners.sector`."""
        return ".".join(self.path)

    @cached_property
    def entries(self) -> bool:
        """Whether the field holds a list of records."""
        return self.kind == "record" and self.many

    @cached_property
    def lead_field(self) -> Field | None:
        """The field that holds an entry's own words, if it has one."""
        return next((member for member in self.fields.values() if member.lead), None)

    def member_with_role(self, role: str) -> Field | None:
        """Return the field of a record that the site uses for something, if it has one."""
        return self._members_by_role.get(role)

    @cached_property
    def _members_by_role(self) -> Mapping[str, Field]:
        return {m.role: m for m in reversed([*self.fields.values()]) if m.role}

    @cached_property
    def details(self) -> tuple[Field, ...]:
        """The fields of an entry that are shown beside its key, its own words and its sources."""
        return tuple(
            member
            for name, member in self.fields.items()
            if member.shown and name != self.key and not member.lead and member.kind != "source"
        )

    def walk(self) -> Iterator[Field]:
        """Yield the field and all fields inside it, outermost first."""
        return iter(self._with_members)

    @cached_property
    def _with_members(self) -> tuple[Field, ...]:
        return (self, *(below for member in self.fields.values() for below in member.walk()))

    @cached_property
    def pointers(self) -> tuple[Field, ...]:
        """The fields of an entry that cite sources."""
        return tuple(member for member in self.fields.values() if member.kind == "source")

    @cached_property
    def hides(self) -> bool:
        """Whether the field, or one inside it, holds names that may have to be hidden."""
        return any(member.private or member.personal for member in self.walk())

    @cached_property
    def needs(self) -> frozenset[str]:
        """The needs that the field and those inside it answer."""
        return frozenset(member.need for member in self.walk() if member.need)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A field by whose terms records are indexed: `path` leads to it from a top field, `owner`.

    A facet was found under the addresses of its `former_names`.
    """

    name: str
    address: str
    label: str
    noun: str
    group_noun: str
    vocabulary: str
    path: Path
    owner: str
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """A kind of record: the needs that it must meet, and whether it is counted."""

    id: str
    needs: tuple[str, ...] = yaml_key(
        "the needs that such a record must meet", "texts", needed=True
    )
    counts: bool = yaml_key("no: such records are shown but never counted", "flag", default=True)
    unknown_name: str = yaml_key(
        "what a page says where such a record does not know a private name, if not 'Not named'"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTypes:
    """The kinds of record by id. A model that declares none has one, with an empty id."""

    field: str = yaml_key("the field that says which kind a record is", needed=True)
    kinds: Mapping[str, RecordType] = yaml_key(
        "each kind, the first being the default", "mapping", needed=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Which fields the strength of a claim's evidence is computed from."""

    sources: str = yaml_key("the field that lists the sources", needed=True)
    id: str = yaml_key(
        "the source's field by which claims point to it; 'id' when left out", default="id"
    )
    kind: str = yaml_key("the source's field that says what sort of source it is", needed=True)
    independent: str = yaml_key("the source's field that is 'yes' for an outsider's", needed=True)
    rivals: str = yaml_key("the claim's field in which other explanations are addressed")
    date: str = yaml_key("the source's field that says when it was published")
    accessed: str = yaml_key("the source's field that says when it was read")
    levels: tuple[str, ...] = yaml_key(
        "five sentences, for the strengths 0 to 4", "texts", needed=True
    )
    words: tuple[str, ...] = yaml_key(
        "the same five in a word or two each, as they stand beside a claim", "texts"
    )
    usual: str = yaml_key(
        "the one of `words` that most claims have: a page says it once, and not beside each"
    )

    @property
    def usual_level(self) -> int | None:
        """Return the strength that has no word beside a claim; None where each has one."""
        return self.words.index(self.usual) if self.usual in self.words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of a record's page."""

    id: str = yaml_key("the word by which fields name the section", needed=True)
    title: str = yaml_key("the heading", needed=True)
    place: str = yaml_key(
        "where it stands: main, panel (the facts, beside or after that), or end (after the facts)",
        default="main",
        choices=("panel", "main", "end"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFields:
    """The fields that a card shows besides title and summary."""

    above: tuple[str, ...] = yaml_key("the fields in the line above the title", "texts")
    below: tuple[str, ...] = yaml_key("the fields in the line below the summary", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule between fields: either `order`, or values that `at` may not hold `when` others do.

    In a sound model `order` has two paths or none.
    """

    order: tuple[str, ...] = yaml_key("two dates, of which the first may not be later", "texts")
    code: str = yaml_key("the problem's code", default="out-of-order")
    severity: str = yaml_key(
        "how much it matters: error, or warning", default="error", choices=("error", "warning")
    )
    when: Condition = yaml_key("the values for which the check applies", "condition")
    unless_all: Condition = yaml_key(
        "values that, where all entries have them, lift the check", "condition"
    )
    at: tuple[str, ...] = yaml_key("the fields that the check looks at", "texts")
    refuses: tuple[str, ...] = yaml_key(
        "the values that those fields may not hold; without it, the first is reported", "texts"
    )
    message: str = yaml_key("what is wrong; {value} stands for the value")
    hint: str = yaml_key("what to do about it")


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything that is declared about records: fields, facets, types, vocabularies, checks."""

    name: str = yaml_key("what one record is called", needed=True)
    plural: str = yaml_key("what several records are called", needed=True)
    folder: str = yaml_key(
        "the folder of the record files below content/, and of their pages", default="cases"
    )
    types: RecordTypes = yaml_key(
        "the kinds of record, and which needs each must meet", "mapping", part=RecordTypes
    )
    strength: Strength | None = yaml_key(
        "how the strength of a claim's evidence is computed", "mapping", part=Strength
    )
    sections: tuple[Section, ...] = yaml_key(
        "the headings of a record's page, in their order", "list", part=Section
    )
    card: CardFields = yaml_key(
        "the fields that a card shows, wherever a record is listed",
        "mapping",
        part=CardFields,
        default=CardFields,
    )
    across: Across = yaml_key(
        "the fields from which pages across all records are made",
        "mapping",
        part=Across,
        default=Across,
    )
    occurs_with: tuple[str, ...] = yaml_key(
        "the facets that a term's page sets beside the term", "texts"
    )
    headings: tuple[str, ...] = yaml_key(
        "the headings that a blank record suggests for its text", "texts"
    )
    fields: Mapping[str, Field] = yaml_key(
        "the fields, in the order in which they are shown", "mapping", needed=True
    )
    checks: tuple[Check, ...] = yaml_key("what must hold between fields", "list", part=Check)
    facets: Mapping[str, Facet]
    vocabularies: Mapping[str, Vocabulary]
    we: str = ""
    """What the texts call the organisation whose library it is, if they name it."""

    @property
    def type_field(self) -> str:
        """The name of the field that says which kind a record is, or an empty string."""
        return self.types.field

    def role(self, name: str) -> Field | None:
        """Return the field that the site uses for something, if the model has one."""
        return self._fields_by_role.get(name)

    @cached_property
    def _fields_by_role(self) -> Mapping[str, Field]:
        return {f.role: f for f in reversed([*self.fields.values()])}

    def walk(self) -> Iterator[Field]:
        """Yield all fields, those inside records included."""
        return iter(self._all_fields)

    @cached_property
    def _all_fields(self) -> tuple[Field, ...]:
        return tuple(member for top in self.fields.values() for member in top.walk())

    @cached_property
    def deciding_texts(self) -> Mapping[Path, frozenset[str]]:
        """The texts by path that decide whether a field applies, or answers its need."""
        deciding: dict[Path, frozenset[str]] = defaultdict(frozenset)
        for f in self.walk():
            for path, accepted in f.applies_unless.items():
                deciding[tuple(path.split("."))] |= frozenset(accepted)
            if f.besides:
                deciding[*f.path, f.key] |= {f.besides}
            if f.unneeded_if:
                deciding[*f.path[:-1], f.unneeded_if] |= {YES}
        return dict(deciding)

    def of_kind(self, kind: str) -> tuple[Field, ...]:
        """Return all fields of a kind, those inside records included."""
        return self._fields_by_use.get(("kind", kind), ())

    def of_vocabulary(self, name: str) -> tuple[Field, ...]:
        """Return all fields that hold terms of a vocabulary, those inside records included."""
        return self._fields_by_use.get(("vocabulary", name), ())

    @cached_property
    def _fields_by_use(self) -> Mapping[tuple[str, str], tuple[Field, ...]]:
        fields: dict[tuple[str, str], tuple[Field, ...]] = {}
        for f in self.walk():
            for use in (("kind", f.kind), ("vocabulary", f.vocabulary)):
                fields[use] = (*fields.get(use, ()), f)
        return fields

    def at(self, path: str | Path) -> Field | None:
        """Return the field at a path, dotted or not."""
        names: Sequence[str] = path.split(".") if isinstance(path, str) else path
        member = self.fields.get(names[0])
        for name in names[1:]:
            member = member.fields.get(name) if member else None
        return member

    def type_of(self, id_: str) -> RecordType:
        """Return the kind of record with that id; the first kind where there is none."""
        kinds = self.types.kinds
        return kinds.get(id_) or next(iter(kinds.values()))

    def needs_of(self, id_: str) -> frozenset[str]:
        """Return the needs that a record of that kind must meet."""
        return frozenset(self.type_of(id_).needs)

    @cached_property
    def complete(self) -> tuple[tuple[Field, bool, tuple[Field, ...]], ...]:
        """What completeness looks at: each field, if it is needed, what its entries need.

        Needs of kinds that are not counted do not matter; a field without a need is left out.
        """
        needs = {need for kind in self.types.kinds.values() if kind.counts for need in kind.needs}
        parts = (
            (f, f.need in needs, tuple(m for m in f.fields.values() if m.need in needs))
            for f in self.fields.values()
        )
        return tuple(part for part in parts if any(part[1:]))

    @cached_property
    def public_words(self) -> frozenset[str]:
        """The spellings, folded, of all terms that name nobody, and each of their words."""
        naming = {field.vocabulary for field in self.walk() if field.private or field.personal}
        return frozenset(
            word
            for name, vocabulary in self.vocabularies.items()
            if name not in naming
            for term in map(vocabulary.with_labels, vocabulary.terms.values())
            for spelling in (term.id, term.label, *term.synonyms, *term.labels.values())
            for word in (fold(spelling), *fold(spelling).split())
        )

    def vocabulary_of(self, facet: Facet) -> Vocabulary:
        """Return the vocabulary whose terms a facet indexes."""
        return self.vocabularies[facet.vocabulary]
