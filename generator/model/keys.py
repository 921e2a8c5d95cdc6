"""Owns the tables of keys: what `record.yml` may hold, and what each key means.

The reference of the model is printed from these tables, so what a key needs to be understood
stands in its meaning, conventions included.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.declaration import Key
from generator.model.value import NO

ALWAYS = "always"
"""The need that every kind of record must meet, whether it lists it or not."""

MODEL_KEYS = {
    "name": Key("text", "what one record is called", needed=True),
    "plural": Key("text", "what several records are called", needed=True),
    "folder": Key("text", "the folder of the record files below content/, and of their pages"),
    "types": Key("mapping", "the kinds of record, and which needs each must meet"),
    "strength": Key("mapping", "how the strength of a claim's evidence is computed"),
    "sections": Key("list", "the headings of a record's page, in their order"),
    "card": Key("mapping", "the fields that a card shows, wherever a record is listed"),
    "across": Key("mapping", "the fields from which pages across all records are made"),
    "occurs_with": Key("texts", "the facets that a term's page sets beside the term"),
    "headings": Key("texts", "the headings that a blank record suggests for its text"),
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
    "id": Key("text", "the source's field by which claims point to it; 'id' when left out"),
    "kind": Key("text", "the source's field that says what sort of source it is", needed=True),
    "independent": Key("text", "the source's field that is 'yes' for an outsider's", needed=True),
    "rivals": Key("text", "the claim's field in which other explanations are addressed"),
    "levels": Key("texts", "five sentences, for the strengths 0 to 4", needed=True),
}
SECTION_KEYS = {
    "id": Key("text", "the word by which fields name the section", needed=True),
    "title": Key("text", "the heading", needed=True),
    "place": Key(
        "text",
        "where it stands: panel (beside the text), main, or end (after the text)",
        choices=("panel", "main", "end"),
    ),
}
FIELD_KEYS = {
    "kind": Key("text", "the kind of value, such as line, text, date, term or record", needed=True),
    "label": Key("text", "the field's name as it reads on a page", needed=True),
    "heading": Key("text", "the heading over the field on a record's page, if not the label"),
    "noun": Key("text", "what one value is called in a sentence, as in 'success factor'"),
    "help": Key("text", "what to write, for the person who fills it in", needed=True),
    "example": Key("any", "a value as an author would write it"),
    "vocabulary": Key("text", "the vocabulary of a term field"),
    "need": Key(
        "text", "the need it answers: always, or one that a kind lists; without it, it is optional"
    ),
    "or": Key("text", "another field that satisfies the need in this one's place"),
    "besides": Key("text", "a value of the key field that does not satisfy the need"),
    "many": Key("flag", "whether there may be several values"),
    "max": Key("number", "the most characters that a text may have"),
    "precision": Key("text", "day, where a date needs its day", choices=("day",)),
    "facet": Key("flag", "whether it gets an index page, a page for each term, and a filter"),
    "role": Key("text", "what the site itself uses the field for, such as title or updated"),
    "section": Key("text", "the section of the page in which it is shown"),
    "layout": Key(
        "text",
        "how entries are shown: claims, table, answers or sources; mark, for a word among others",
        choices=("claims", "table", "answers", "sources", "mark"),
    ),
    "shown": Key("flag", "no: it is not shown on the page"),
    "key": Key("text", "of a record: the field that a bare value fills"),
    "value": Key("text", "of a record: the field that 'key: value' fills"),
    "lead": Key("flag", "whether it is the text of an entry, shown without its label"),
    "private": Key("flag", "the name of an organisation that an anonymised record does not print"),
    "personal": Key("flag", "the name of a person, which an anonymised record does not print"),
    "source_link": Key("flag", "an address that an anonymised record does not print"),
    "applies_unless": Key("condition", "values of other fields for which this one does not apply"),
    "directory": Key("flag", "whether the facet is shown as a directory: a row for each, A to Z"),
    "score": Key("mapping", "how answers are summed up in a sentence"),
    "export": Key("text", "the CSV file that gets a row for each entry"),
    "fields": Key("mapping", "of a record: its own fields"),
}
SCORE_KEYS = {
    "of": Key("text", "the field that holds the answer; 'yes' counts", needed=True),
    "noun": Key("text", "what one question is called", needed=True),
    "plural": Key("text", "what several questions are called", needed=True),
    "never_disqualifies": Key("text", "the question whose 'no' is not held against a record"),
}
CHECK_KEYS = {
    "order": Key("texts", "two dates, of which the first may not be later"),
    "code": Key("text", "the problem's code"),
    "severity": Key("text", "how much it matters: error, or warning", choices=("error", "warning")),
    "when": Key("condition", "the values for which the check applies"),
    "unless_all": Key("condition", "values that, where all entries have them, lift the check"),
    "at": Key("texts", "the fields that the check looks at"),
    "refuses": Key(
        "texts", "the values that those fields may not hold; without it, the first is told of"
    ),
    "message": Key("text", "what is wrong; {value} stands for the value"),
    "hint": Key("text", "what to do about it"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """What the site uses a field for, and which fields can be used so.

    All roles but those `within` a record are for fields outside any; `many` tells whether the
    field may hold several values, `term` which term its vocabulary must have.
    """

    meaning: str
    kinds: tuple[str, ...]
    many: bool = field(default=False, kw_only=True)
    within: bool = field(default=False, kw_only=True)
    term: str = field(default="", kw_only=True)


ROLES = {
    "title": Role("the record's name", ("line",)),
    "summary": Role("the few words under the name, on cards too", ("text", "line")),
    "id": Role("the name of the page, where it is not the file's", ("slug",)),
    "former-ids": Role("names the page had before", ("slug",), many=True),
    "type": Role("which kind of record it is", ("term",)),
    "language": Role("the language of the record's own words", ("language",)),
    "translation": Role("the record that this one translates", ("case",)),
    "authors": Role("who wrote the record", ("record", "line"), many=True),
    "reviewed": Role("who checked it, and when", ("record", "date"), many=True),
    "visibility": Role(
        "who may read it: only the terms public and anonymised are ever published",
        ("term",),
        term="public",
    ),
    "licence": Role("the licence of the record, where it is not the site's", ("line", "term")),
    "updated": Role("the day on which the record was last known to be true", ("date",)),
    "review-due": Role("the day after which it should be read again", ("date",)),
    "related": Role("other records that its author wants beside it", ("record",), many=True),
    "period": Role("when what it tells of began and ended", ("record", "date")),
    "consent": Role(
        "inside a record: whether who is named agreed to it; its term no hides the name",
        ("term",),
        within=True,
        term=NO,
    ),
}
"""What the site itself uses fields for, by the word that `role:` takes."""
