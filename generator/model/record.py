"""Owns the record model: the fields of a record as data, read from `record.yml`.

To add a field, declare it there. To add a key that declarations may hold, add a line to one of
the tables of keys below and use it where the value matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.shape import Key, Plain
from generator.model.vocabulary import Vocabulary

MODEL_KEYS = {
    "name": Key("text", "what one record is called", needed=True),
    "plural": Key("text", "what several records are called", needed=True),
    "folder": Key("text", "the folder of the record files below content/, and of their pages"),
    "types": Key("mapping", "the kinds of record, and which needs each must meet"),
    "strength": Key("mapping", "how the strength of a claim's evidence is computed"),
    "sections": Key("list", "the headings of a record's page, in their order"),
    "card": Key("mapping", "the fields that a card shows, wherever a record is listed"),
    "occurs_with": Key("texts", "the facets that a term's page sets beside the term"),
    "fields": Key("mapping", "the fields, in the order in which they are shown", needed=True),
    "checks": Key("list", "what must hold between fields"),
}
CARD_KEYS = {
    "above": Key("texts", "the fields in the line above the title"),
    "below": Key("texts", "the fields in the line below the summary"),
}
TYPES_KEYS = {
    "field": Key("text", "the field that says which kind a record is", needed=True),
    "kinds": Key("mapping", "each kind, the first being the default", needed=True),
}
TYPE_KEYS = {
    "needs": Key("texts", "the needs that such a record must meet", needed=True),
    "counts": Key("flag", "no: such records are shown but never counted"),
}
STRENGTH_KEYS = {
    "sources": Key("text", "the field that lists the sources", needed=True),
    "kind": Key("text", "the source's field that says what sort of source it is", needed=True),
    "independent": Key("text", "the source's field that is 'yes' for an outsider's", needed=True),
    "rivals": Key("text", "the claim's field in which other explanations are addressed"),
    "levels": Key("list", "five sentences, for the strengths 0 to 4", needed=True),
}
SECTION_KEYS = {
    "id": Key("text", "the word by which fields name the section", needed=True),
    "title": Key("text", "the heading", needed=True),
    "place": Key("text", "panel (beside the text), main, or end (after the text)"),
}
FIELD_KEYS = {
    "kind": Key("text", "the kind of value, such as line, text, date, term or record", needed=True),
    "label": Key("text", "the field's name as it reads on a page", needed=True),
    "heading": Key("text", "the heading over the field on a record's page, if not the label"),
    "noun": Key("text", "what one value is called in a sentence, as in 'success factor'"),
    "help": Key("text", "what to write, for the person who fills it in", needed=True),
    "example": Key("any", "a value as an author would write it"),
    "vocabulary": Key("text", "the vocabulary of a term field"),
    "need": Key("text", "which need the field answers; without it, it is optional"),
    "or": Key("text", "another field that satisfies the need in this one's place"),
    "besides": Key("text", "a value of the key field that does not satisfy the need"),
    "many": Key("flag", "whether there may be several values"),
    "max": Key("number", "the most characters that a text may have"),
    "precision": Key("text", "day, where a date needs its day"),
    "facet": Key("flag", "whether it gets an index page, a page for each term, and a filter"),
    "role": Key("text", "what the site itself uses the field for, such as title or updated"),
    "section": Key("text", "the section of the page in which it is shown"),
    "layout": Key(
        "text",
        "how entries are shown: claims, table, answers or sources; mark, for a word among others",
    ),
    "shown": Key("flag", "no: it is not shown on the page"),
    "key": Key("text", "of a record: the field that a bare value fills"),
    "value": Key("text", "of a record: the field that 'key: value' fills"),
    "lead": Key("flag", "whether it is the text of an entry, shown without its label"),
    "private": Key("flag", "the name of an organisation that an anonymised record does not print"),
    "personal": Key("flag", "the name of a person, which an anonymised record does not print"),
    "source_link": Key("flag", "an address that an anonymised record does not print"),
    "applies_unless": Key("mapping", "values of other fields for which this one does not apply"),
    "directory": Key("flag", "whether the facet is shown as a directory: a row for each, A to Z"),
    "score": Key("mapping", "how answers are summed up in a sentence"),
    "export": Key("text", "the CSV file that gets a row for each entry"),
    "fields": Key("mapping", "of a record: its own fields"),
}
SCORE_KEYS = {
    "of": Key("text", "the field that holds the answer; 'yes' counts", needed=True),
    "noun": Key("text", "what one question is called", needed=True),
    "plural": Key("text", "what several questions are called", needed=True),
    "never_disqualifies": Key("text", "the question whose 'no' is not held against the record"),
}
CHECK_KEYS = {
    "order": Key("texts", "two dates, of which the first may not be later"),
    "code": Key("text", "the problem's code"),
    "severity": Key("text", "error or warning"),
    "when": Key("mapping", "the values for which the check applies"),
    "unless_all": Key("mapping", "values that, where all entries have them, lift the check"),
    "at": Key("texts", "the fields that the check looks at"),
    "refuses": Key("texts", "the values that those fields may not hold"),
    "message": Key("text", "what is wrong; {value} stands for the value"),
    "hint": Key("text", "what to do about it"),
}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, as declared. The keys of `FIELD_KEYS` say what each attribute means."""

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

    @property
    def dotted(self) -> str:
        """Return the path as authors and messages write it."""
        return ".".join(self.path)

    @property
    def entries(self) -> bool:
        """Return whether the field holds a list of records."""
        return self.kind == "record" and self.many

    @property
    def lead_field(self) -> Field | None:
        """Return the field that holds an entry's own words, if it has one."""
        return next((member for member in self.fields.values() if member.lead), None)

    def walk(self) -> Iterator[Field]:
        """Yield the field and all fields inside it, outermost first."""
        yield self
        for member in self.fields.values():
            yield from member.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A field by whose terms records are indexed.

    `path` leads to the term; `owner` is the top-level field, whose entries hold the term when the
    path is longer than one.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
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
    checks: tuple[Check, ...] = ()

    def role(self, name: str) -> Field | None:
        """Return the field that the site uses for something, if the model has one."""
        return next((f for f in self.fields.values() if f.role == name), None)

    def walk(self) -> Iterator[Field]:
        """Yield all fields, those inside records included."""
        for top in self.fields.values():
            yield from top.walk()

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

    @property
    def every_need(self) -> frozenset[str]:
        """Return the needs of the fullest kind, against which completeness is reckoned."""
        return frozenset(
            {need for kind in self.types.values() if kind.counts for need in kind.needs}
        )

    def vocabulary_of(self, facet: Facet) -> Vocabulary:
        """Return the vocabulary whose terms a facet indexes."""
        return self.vocabularies[facet.vocabulary]


ROLES = {
    "title": "the record's name",
    "summary": "the few words under the name, on cards too",
    "id": "the name of the page, where it is not the file's",
    "former-ids": "names the page had before",
    "type": "which kind of record it is",
    "language": "the language of the record's own words",
    "translation": "the record that this one translates",
    "authors": "who wrote the record",
    "reviewed": "who checked it, and when",
    "visibility": "who may read the record: public, internal or anonymised",
    "licence": "the licence of the record, where it is not the site's",
    "updated": "the day on which the record was last known to be true",
    "review-due": "the day after which it should be read again",
    "related": "other records that its author wants beside it",
    "period": "when what it tells of began and ended",
    "consent": "whether a named organisation agreed to be named",
}
"""What the site itself uses fields for, by the word that `role:` takes."""
