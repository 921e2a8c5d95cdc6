"""Owns what the keys of one field say of each other, of its neighbours and of its vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.base.names import slug
from generator.base.position import Position
from generator.model import role_rules
from generator.model.declaration import Declaration, ProblemCollector, suggestion
from generator.model.hints import known_keys as known_words
from generator.model.keys import ALWAYS
from generator.model.kind import Reading
from generator.model.kinds import KINDS, read_value
from generator.model.parts import Parts
from generator.model.record import Condition, Field, Model
from generator.model.value import UNKNOWN, YES
from generator.yaml_nodes.suggested_fixes import quote_for_author

ONLY = {
    "vocabulary": ("term",),
    "max": ("line", "text"),
    "precision": ("date",),
    "source_link": ("url",),
    "private": ("line", "text", "term"),
    "personal": ("line", "text", "term"),
    "fields": ("record",),
    "key": ("record",),
    "value": ("record",),
    "besides": ("record",),
    "score": ("record",),
    "export": ("record",),
}
"""The keys that mean something for some kinds of field alone."""

TOP_ONLY = ("section", "besides", "score", "export")
LISTS = ("score", "export", "besides")
TABLE_OF_RECORDS = "cases"
"""The CSV file that holds a row for each record, whatever the records are called."""


def check_fields(model: Model, parts: Parts) -> None:
    """Note what is wrong with each field, those inside records included."""
    for made in model.walk():
        _Rules(model, parts.findings, parts.at[made.dotted], made).check(_beside(made, model))
    role_rules.check_taken(model, parts)


def _beside(made: Field, model: Model) -> Mapping[str, Field]:
    holder = model.at(made.path[:-1]) if len(made.path) > 1 else None
    return holder.fields if holder else model.fields


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one field; `at` is where it was declared."""

    model: Model
    findings: ProblemCollector
    at: Declaration
    made: Field

    def check(self, beside: Mapping[str, Field]) -> None:
        before = len(self.findings.problems)
        self._kind()
        self._members()
        self._lists()
        self._need(beside)
        self._layout()
        self._score()
        role_rules.check_role(self.made, self.model, self.refuse)
        self.terms("applies_unless", self.made.applies_unless)
        sound = len(self.findings.problems) == before and not self.at.refused
        if sound and self.made.kind and "example" in self.at.values:
            self._example()

    def refuse(self, key: str, message: str, hint: str = "") -> None:
        what = f"field '{self.made.dotted}': {message}"
        self.findings.add(self.at.position(key), "bad-field", what, hint)

    def known(self, key: str, word: str, known: Iterable[str]) -> bool:
        """Note a word that is none of those known; tell whether it is one."""
        words = list(known)
        if not word or word in words:
            return bool(word)
        hint = suggestion(word, words, known_words(words))
        self.refuse(key, f"{quote_for_author(word)} is not a known {key}", hint)
        return False

    def terms(self, key: str, wanted: Condition) -> None:
        for path, words in wanted.items():
            note_terms(self.model, path, words, self.findings, self.at.position(key))

    def _kind(self) -> None:
        made = self.made
        if made.kind and not self.known("kind", made.kind, KINDS):
            return
        for key, kinds in ONLY.items():
            if made.kind and key in self.at.values and made.kind not in kinds:
                hint = f"it is for fields of kind {' or '.join(kinds)}; this one is {made.kind}"
                self.refuse(key, f"'{key}' means nothing here", hint)
        if made.kind == "term" and not made.vocabulary and "vocabulary" not in self.at.refused:
            self.refuse("kind", "a term needs a vocabulary", "add 'vocabulary: name of a file'")
        elif made.kind == "term" and made.vocabulary:
            if made.vocabulary not in self.model.vocabularies:
                hint = "the message about its file says why"
                message = f"the vocabulary {quote_for_author(made.vocabulary)} could not be read"
                self.refuse("vocabulary", message, hint)
        elif made.kind == "source" and self.model.strength is None:
            hint = "say under 'strength:' which field lists the sources"
            self.refuse("kind", "there are no sources to point to", hint)

    def _members(self) -> None:
        made = self.made
        if made.kind != "record":
            return
        if not made.fields and "fields" not in self.at.refused:
            self.refuse("fields", "a record needs fields of its own")
        for key, word in (("key", made.key), ("value", made.value)):
            if self.known(key, word, made.fields):
                member = made.fields[word]
                if member.many or member.kind == "record":
                    self.refuse(key, f"'{word}' must hold a single value")
        if made.key and made.key == made.value:
            self.refuse("value", "'key' and 'value' are the same field")
        leads = [member.name for member in made.fields.values() if member.lead]
        if len(leads) > 1:
            self.refuse("fields", f"only one of {', '.join(leads)} can be the lead")

    def _lists(self) -> None:
        made = self.made
        within = len(made.path) > 1
        for key in TOP_ONLY:
            if within and key in self.at.values:
                self.refuse(key, f"'{key}' means nothing inside a record")
        for key in LISTS:
            if key in self.at.values and made.kind == "record" and not made.many:
                self.refuse(key, f"'{key}' needs a list of records", "add 'many: yes'")
        if made.lead and not within:
            self.refuse("lead", "'lead' means nothing outside a record")
        if made.section and not within:
            self.known("section", made.section, [s.id for s in self.model.sections])
        if made.directory and not made.facet:
            self.refuse("directory", "only a facet can be a directory", "add 'facet: yes'")
        if made.export and (slug(made.export) != made.export or made.export == TABLE_OF_RECORDS):
            hint = f"use small letters, digits and hyphens, and not '{TABLE_OF_RECORDS}'"
            self.refuse("export", f"{quote_for_author(made.export)} cannot name a CSV file", hint)
        if made.besides:
            self._besides()

    def _besides(self) -> None:
        key = self.made.fields.get(self.made.key)
        vocabulary = self.model.vocabularies.get(key.vocabulary) if key else None
        if vocabulary is None:
            self.refuse("besides", "'besides' needs a key that is a term")
        else:
            self.known("besides", self.made.besides, vocabulary.terms)

    def _need(self, beside: Mapping[str, Field]) -> None:
        needs = [ALWAYS, *(need for kind in self.model.types.values() for need in kind.needs)]
        self.known("need", self.made.need, dict.fromkeys(needs))
        other = self.made.alternative
        if other == self.made.name:
            self.refuse("or", "'or' names the field itself", "name another field")
        elif self.known("or", other, beside) and not self.made.need:
            self.refuse("or", "'or' means nothing without a need", "add 'need:'")

    def _layout(self) -> None:
        made = self.made
        if made.layout == "mark" and (len(made.path) == 1 or made.kind != "term"):
            self.refuse("layout", "'mark' is for a term inside a record")
        elif made.layout and made.layout != "mark" and not (len(made.path) == 1 and made.entries):
            hint = "leave it out, or make it a record with 'many: yes'"
            self.refuse("layout", f"'{made.layout}' is for a list of records", hint)

    def _score(self) -> None:
        score, key = self.made.score, self.made.fields.get(self.made.key)
        if score is None or not score.of:
            return
        questions = self.model.vocabularies.get(key.vocabulary) if key else None
        if questions is None:
            self.refuse("score", "a score needs a key that is a term, which names the question")
        elif score.never_disqualifies:
            self.known("score", score.never_disqualifies, questions.terms)
        if self.known("score", score.of, self.made.fields):
            self.answers_yes("score", self.made.fields[score.of])

    def answers_yes(self, key: str, member: Field) -> None:
        vocabulary = self.model.vocabularies.get(member.vocabulary)
        if vocabulary is None or YES not in vocabulary.terms or member.many:
            self.refuse(key, f"'{member.name}' must be one term of a vocabulary with '{YES}'")

    def _example(self) -> None:
        if self.made.kind == "record":
            self.refuse("example", "a record's example is that of its fields", "move it there")
            return
        tried = ProblemCollector(self.findings.path)
        into = Reading(tried, self.model.vocabularies)
        found = read_value(self.at.values["example"], self.made, into, self.made.dotted)
        if tried.problems:
            first = tried.problems[0]
            self.refuse("example", f"the example is refused: {first.message}", first.hint)
        elif found is None:
            self.refuse("example", "the example is empty", "write a value, or leave it out")


def note_terms(
    model: Model, path: str, words: tuple[str, ...], findings: ProblemCollector, position: Position
) -> None:
    """Note a path that leads to no field, and words that the field there can never hold."""
    found = model.at(path)
    if found is None:
        hint = suggestion(path, [made.dotted for made in model.walk()])
        findings.add(position, "unknown-field", f"there is no field {quote_for_author(path)}", hint)
        return
    vocabulary = model.vocabularies.get(found.vocabulary)
    for word in words if vocabulary else ():
        if vocabulary and word not in vocabulary.terms and word != UNKNOWN:
            hint = suggestion(word, vocabulary.terms, vocabulary.where)
            message = f"{quote_for_author(word)} is not the id of a term of '{path}'"
            findings.add(position, "unknown-term", message, hint)
