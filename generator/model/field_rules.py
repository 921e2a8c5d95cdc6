"""What the keys of one field say of each other, of its neighbours and of its vocabulary.

Where a key may stand at all is said where it is declared, in `record.Field`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.base.names import slug
from generator.base.numbers import in_digits
from generator.base.position import Position
from generator.model.declaration import Declaration, ProblemCollector, nearest_or_all, suggestion
from generator.model.former_names import present_path
from generator.model.kind import Reading
from generator.model.kinds import KINDS, read_value
from generator.model.record import ALWAYS, Condition, Field, Model
from generator.model.roles import check_role, check_roles_are_unique
from generator.model.value import UNKNOWN, YES
from generator.yaml_nodes.suggested_fixes import quote_for_author

TABLE_OF_RECORDS = "cases"
"""The CSV file that holds a row for each record, whatever the records are called."""


def check_fields(model: Model, top: Declaration[Model]) -> None:
    """Report what is wrong with each field, those inside records included."""
    for field in model.walk():
        declared = top.parts[f"fields.{field.dotted}"]
        _FieldRules(model, top.findings, declared, field).check()
    check_roles_are_unique(model, top)


_MEMBER = "a field of this record"
"""What the word must be where it names a field inside the one that is declared."""


@dataclass(frozen=True, slots=True)
class _FieldRules:
    """The rules of one field; `declared` is what stands in the file, with its positions."""

    model: Model
    findings: ProblemCollector
    declared: Declaration[Field]
    field: Field

    def check(self) -> None:
        before = len(self.findings.problems)
        self._places_of_keys()
        self._former_names()
        self._kind()
        self._bounds()
        self._members()
        self._lists()
        self._need()
        self._layout()
        self._score()
        check_role(self.field, self.model, self.refuse)
        self._condition("applies_unless", self.field.applies_unless)
        sound = len(self.findings.problems) == before and not self.declared.refused
        if sound and self.field.kind and "example" in self.declared.values:
            self._example()

    def refuse(self, key: str, message: str, hint: str = "") -> None:
        what = f"field '{self.field.dotted}': {message}"
        self.findings.add(self.declared.position(key), "bad-field", what, hint)

    def is_one_of(self, key: str, word: str, words: Iterable[str], what: str = "") -> bool:
        """Tell whether a word was given that is one of some; refuse it where it is not.

        `what` says in the message what each of them is.
        """
        all_words = list(words)
        if not word or word in all_words:
            return bool(word)
        hint = nearest_or_all(word, all_words)
        self.refuse(key, f"{quote_for_author(word)} is not {what or f'a known {key}'}", hint)
        return False

    def _condition(self, key: str, condition: Condition) -> None:
        for path, words in condition.items():
            check_terms(self.model, path, words, self.findings, self.declared.position(key))

    def _places_of_keys(self) -> None:
        """Refuse each key that means nothing for this kind of field, or in this place."""
        kind, inside = self.field.kind, len(self.field.path) > 1
        for word, key in self.declared.keys.items():
            if word not in self.declared.values:
                continue
            kinds = ("record",) if key.lists_only else key.only
            if kind in KINDS and kinds and kind not in kinds:
                hint = f"it is for fields of kind {' or '.join(kinds)}; this one is {kind}"
                self.refuse(word, f"'{word}' means nothing here", hint)
            if inside and (key.top_only or key.lists_only):
                self.refuse(word, f"'{word}' means nothing inside a record")
            if key.lists_only and kind == "record" and not self.field.many:
                self.refuse(word, f"'{word}' needs a list of records", "add 'many: yes'")

    def _kind(self) -> None:
        kind, vocabulary = self.field.kind, self.field.vocabulary
        if kind and not self.is_one_of("kind", kind, KINDS):
            return
        if kind == "term" and not vocabulary and "vocabulary" not in self.declared.refused:
            self.refuse("kind", "a term needs a vocabulary", "add 'vocabulary: name of a file'")
        elif kind == "term" and vocabulary and vocabulary not in self.model.vocabularies:
            message = f"the vocabulary {quote_for_author(vocabulary)} could not be read"
            self.refuse("vocabulary", message, "the message about its file says why")
        elif kind == "source" and self.model.strength is None:
            hint = "say under 'strength:' which field lists the sources"
            self.refuse("kind", "there are no sources to point to", hint)

    def _former_names(self) -> None:
        """Refuse a former name that a record could mean another field by."""
        for name in self.field.former_names:
            others = [f for f in self._neighbours().values() if f.name != self.field.name]
            also = next((f.name for f in others if name in f.former_names), "")
            quoted = quote_for_author(name)
            if not name.isidentifier():
                hint = "letters, digits and underscores only, not starting with a digit"
                self.refuse("former_names", f"{quoted} cannot have been a field's name", hint)
            elif name in self._neighbours():
                message = f"the former name {quoted} is the name of a field"
                self.refuse("former_names", message, "take it out of 'former_names'")
            elif also:
                message = f"the former name {quoted} is also one of '{also}'"
                self.refuse("former_names", message, "keep it with one of the two")

    def _bounds(self) -> None:
        """Refuse bounds that no value meets: characters are counted, and come whole."""
        field, most = self.field, self.field.max
        if field.kind == "number":
            if field.min is not None and most is not None and field.min > most:
                self.refuse("min", "'min' is more than 'max'", "exchange the two")
        elif most is not None and (most < 1 or most != int(most)):
            message = f"a text cannot have at most {in_digits(most)} characters"
            self.refuse("max", message, "write a whole number, such as 300")
        if field.unit_one and not field.unit:
            self.refuse("unit_one", "'unit_one' needs a 'unit' for all other numbers")

    def _members(self) -> None:
        field, members = self.field, self.field.fields
        if field.kind != "record":
            return
        if not members and "fields" not in self.declared.refused:
            self.refuse("fields", "a record needs fields of its own")
        for key, word in (("key", field.key), ("value", field.value)):
            known = self.is_one_of(key, word, members, _MEMBER)
            member = members[word] if known else None
            if member and (member.many or member.kind == "record"):
                self.refuse(key, f"'{word}' must hold a single value")
        if field.key and field.key == field.value:
            self.refuse("value", "'key' and 'value' are the same field")
        leads = [member.name for member in members.values() if member.lead]
        if len(leads) > 1:
            self.refuse("fields", f"only one of {', '.join(leads)} can be the lead")

    def _lists(self) -> None:
        field = self.field
        inside = len(field.path) > 1
        if field.lead and not inside:
            self.refuse("lead", "'lead' means nothing outside a record")
        if field.section and not inside:
            self.is_one_of("section", field.section, [s.id for s in self.model.sections])
        if field.directory and not field.facet:
            self.refuse("directory", "only a facet can be a directory", "add 'facet: yes'")
        if field.export and (
            slug(field.export) != field.export or field.export == TABLE_OF_RECORDS
        ):
            hint = f"use small letters, digits and hyphens, and not '{TABLE_OF_RECORDS}'"
            self.refuse("export", f"{quote_for_author(field.export)} cannot name a CSV file", hint)
        key = field.fields.get(field.key)
        vocabulary = self.model.vocabularies.get(key.vocabulary) if key else None
        if field.besides and vocabulary is None:
            self.refuse("besides", "'besides' needs a key that is a term")
        elif vocabulary:
            we = (slug(self.model.we),) if self.model.we and vocabulary.open else ()
            self.is_one_of("besides", field.besides, (*vocabulary.terms, *we), "a term of the key")

    def _need(self) -> None:
        kinds = self.model.types.kinds.values()
        needs = dict.fromkeys([ALWAYS, *(need for kind in kinds for need in kind.needs)])
        self.is_one_of("need", self.field.need, needs)
        other = self.field.alternative
        if other == self.field.name:
            self.refuse("or", "'or' names the field itself", "name another field")
        elif (
            self.is_one_of("or", other, self._neighbours(), "a field beside it")
            and not self.field.need
        ):
            self.refuse("or", "'or' means nothing without a need", "add 'need:'")

    def _neighbours(self) -> Mapping[str, Field]:
        """Return the fields among which this one stands, itself included."""
        above = self.field.path[:-1]
        holder = self.model.at(above) if above else None
        return holder.fields if holder else self.model.fields

    def _layout(self) -> None:
        field, layout = self.field, self.field.layout
        inside = len(field.path) > 1
        if layout == "mark" and not (inside and field.kind == "term"):
            self.refuse("layout", "'mark' is for a term inside a record")
        elif layout and layout != "mark" and (inside or not field.entries):
            hint = "leave it out, or make it a record with 'many: yes'"
            self.refuse("layout", f"'{layout}' is for a list of records", hint)

    def _score(self) -> None:
        score, members = self.field.score, self.field.fields
        if score is None or not score.of:
            return
        key = members.get(self.field.key)
        questions = self.model.vocabularies.get(key.vocabulary) if key else None
        if questions is None:
            self.refuse("score", "a score needs a key that is a term, which names the question")
        else:
            self.is_one_of("score", score.never_disqualifies, questions.terms, "a term of the key")
        if self.is_one_of("score", score.of, members, _MEMBER):
            answers = self.model.vocabularies.get(members[score.of].vocabulary)
            if answers is None or YES not in answers.terms or members[score.of].many:
                message = f"'{score.of}' must be one term of a vocabulary with '{YES}'"
                self.refuse("score", message)

    def _example(self) -> None:
        """Read the example as if an author had written it, and refuse it with the first problem."""
        if self.field.kind == "record":
            self.refuse("example", "a record's example is that of its fields", "move it there")
            return
        trial = ProblemCollector(self.findings.path)
        reading = Reading(trial, self.model.vocabularies)
        node = self.declared.values["example"]
        value = read_value(node, self.field, reading, self.field.dotted)
        if trial.problems:
            first = trial.problems[0]
            self.refuse("example", f"the example is refused: {first.message}", first.hint)
        elif value is None:
            self.refuse("example", "the example is empty", "write a value, or leave it out")


def check_terms(
    model: Model, path: str, words: tuple[str, ...], findings: ProblemCollector, position: Position
) -> None:
    """Report a path that leads to no field, and words that the field there can never hold."""
    field = model.at(path)
    if field is None:
        present = present_path(path, model.fields)
        hint = suggestion(present, [other.dotted for other in model.walk()])
        findings.add(position, "unknown-field", f"there is no field {quote_for_author(path)}", hint)
        return
    vocabulary = model.vocabularies.get(field.vocabulary)
    for word in words if vocabulary else ():
        if vocabulary and word not in vocabulary.terms and word != UNKNOWN:
            hint = suggestion(word, vocabulary.terms, vocabulary.where)
            message = f"{quote_for_author(word)} is not the id of a term of '{path}'"
            findings.add(position, "unknown-term", message, hint)
