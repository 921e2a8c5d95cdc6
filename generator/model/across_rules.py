"""What `across:` says of the rest of a model: each field, facet and term that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.across import Answers, Effort, EvidenceMap, Meeting, MeetingQuestion
from generator.model.declaration import Declaration, nearest_or_all
from generator.model.field_rules import check_terms
from generator.model.record import Field, Model
from generator.yaml_nodes.suggested_fixes import quote_for_author

MOST_SITUATED = 3
"""How many facets make a situation."""
TWO = 2
"""How many dates make a period."""


def check_across(model: Model, top: Declaration[Model]) -> None:
    """Report each field, facet or term that `across:` names and the model has not."""
    across, rules = model.across, _AcrossRules(model, top)
    rules.names((*across.situations, across.places), model.facets, "a facet")
    rules.names(across.lessons, model.fields, "a field")
    if across.timeline and rules.names((across.timeline,), model.fields, "a field"):
        rules.period(model.fields[across.timeline])
    if across.situations and across.meeting is None:
        hint = "name the questions in 'meeting', where the old addresses can lead"
        rules.refuse("'situations' is there without 'meeting'", hint)
    if across.meeting:
        rules.meeting(across.meeting)
    if across.situations and len(across.situations) != MOST_SITUATED:
        rules.refuse(f"'situations' names {len(across.situations)} facets, not {MOST_SITUATED}")
    for answers in (across.responses, across.challenges):
        if answers:
            rules.answers(answers)
    if across.effort:
        rules.effort(across.effort)
    if across.evidence_map:
        rules.evidence_map(across.evidence_map)


@dataclass(frozen=True, slots=True)
class _AcrossRules:
    """The rules of `across:`; every problem stands where its value begins."""

    model: Model
    top: Declaration[Model]

    def refuse(self, message: str, hint: str = "") -> None:
        self.top.findings.add(self.top.position("across"), "bad-model", message, hint)

    def names(self, names: Iterable[str], words: Iterable[str], what: str) -> bool:
        """Refuse each name that is none of some words; tell whether all are."""
        all_words, sound = list(words), True
        for name in names:
            if name and name not in all_words:
                hint = nearest_or_all(name, all_words)
                self.refuse(f"{quote_for_author(name)} in 'across' is not {what}", hint)
                sound = False
        return sound

    def answers(self, answers: Answers) -> None:
        fields = self.model.fields
        self.names((answers.of,), [n for n, f in fields.items() if f.entries], "a list of records")
        members = fields[answers.of].fields if answers.of in fields else {}
        named = (answers.response, answers.worked, answers.advised, answers.met)
        self.names(named, members, f"in {answers.of}")
        self.names(answers.beside, self.model.facets, "a facet")
        key = fields[answers.of].key if answers.of in fields else ""
        if answers.advised in {answers.response, answers.worked}:
            message = f"'{answers.advised}' in 'across' is both advice and what was done"
            self.refuse(message, "name a field of its own for advice, or leave 'advised' out")
        for name in (key, answers.worked, answers.met):
            if name in members and members[name].vocabulary not in self.model.vocabularies:
                self.refuse(f"'{answers.of}.{name}' in 'across' is not a term")
        if answers.of in fields and not key:
            self.refuse(f"the entries of '{answers.of}' in 'across' have no key", "give it a 'key'")

    def effort(self, effort: Effort) -> None:
        fields = self.model.fields
        self.names(effort.facets, self.model.facets, "a facet")
        lists = [name for name, field in fields.items() if field.entries]
        if not self.names((effort.time,), lists, "a list of records"):
            return
        members, key = fields[effort.time].fields, fields[effort.time].key
        if not key:
            message = f"the entries of '{effort.time}' in 'across' have no key"
            self.refuse(message, "give it a 'key'")
        if self.names((effort.amount,), members, f"in {effort.time}"):
            for name in (key, effort.amount):
                if name in members and members[name].vocabulary not in self.model.vocabularies:
                    self.refuse(f"'{effort.time}.{name}' in 'across' is not a term")

    def meeting(self, meeting: Meeting) -> None:
        if not meeting.questions:
            hint = "name at least one: {facet: sector, ask: Who will you meet?}"
            self.refuse("'meeting' in 'across' has no questions", hint)
        for each in meeting.questions:
            self.question(each)
        records = [name for name, field in self.model.fields.items() if field.kind == "record"]
        self.names((meeting.began,), records, "a record")

    def question(self, asked: MeetingQuestion) -> None:
        facets = self.model.facets
        sound = self.names((asked.facet, asked.finer), facets, "a facet")
        if sound and asked.finer and facets[asked.finer].owner != facets[asked.facet].owner:
            hint = "name a facet of the same list of records, or leave 'finer' out"
            self.refuse(
                f"'{asked.finer}' in 'across' is of another list than '{asked.facet}'", hint
            )
        if asked.phrase and "{term}" not in asked.phrase:
            hint = "such as: with {term} partners"
            self.refuse(f"{quote_for_author(asked.phrase)} in 'across' has no '{{term}}'", hint)

    def period(self, field: Field) -> None:
        dates = [member for member in field.fields.values() if member.kind == "date"]
        if field.many or len(dates) != TWO:
            hint = "it is one record of two dates: the beginning and the end"
            self.refuse(f"'{field.name}' in 'across' is not a period", hint)

    def evidence_map(self, axes: EvidenceMap) -> None:
        model = self.model
        if not self.names((axes.rows, axes.columns), model.facets, "a facet"):
            return
        owner = model.fields[model.facets[axes.columns].owner]
        if model.strength is None or not (owner.entries and owner.pointers):
            hint = "name a facet of a list of records with a field of kind source"
            message = f"the entries that hold '{axes.columns}' have no strength of evidence"
            self.refuse(message, hint if model.strength else "declare 'strength'")
        for condition in (axes.success, axes.undecided):
            for name, words in condition.items():
                path, position = f"{owner.name}.{name}", self.top.position("across")
                check_terms(model, path, words, self.top.findings, position)
