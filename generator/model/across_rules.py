"""Owns what `across:` says of the rest of a model: each field, facet and term that it names."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.across import Answers, EvidenceMap
from generator.model.declaration import Declaration, ProblemCollector, suggestion
from generator.model.field_rules import note_terms
from generator.model.hints import known_keys as known_words
from generator.model.record import Field, Model
from generator.yaml_nodes.suggested_fixes import quote_for_author

MOST_SITUATED = 3
"""How many facets make a situation."""
TWO = 2
"""How many dates make a period."""


def check_across(model: Model, top: Declaration, findings: ProblemCollector) -> None:
    """Note each field, facet or term that `across:` names and the model has not."""
    _Rules(model, top, findings).check()


class _Rules:
    """The rules of `across:`."""

    def __init__(self, model: Model, top: Declaration, findings: ProblemCollector) -> None:
        self.model, self.findings, self.position = model, findings, top.position("across")

    def refuse(self, message: str, hint: str = "") -> None:
        self.findings.add(self.position, "bad-model", message, hint)

    def known(self, names: Iterable[str], words: Iterable[str], what: str) -> bool:
        """Note each name that is not known; tell whether all are."""
        all_words, sound = list(words), True
        for name in names:
            if name and name not in all_words:
                hint = suggestion(name, all_words, known_words(all_words))
                self.refuse(f"{quote_for_author(name)} in 'across' is not {what}", hint)
                sound = False
        return sound

    def check(self) -> None:
        model, made = self.model, self.model.across
        self.known((*made.situations, made.places), model.facets, "a facet")
        if made.timeline and self.known((made.timeline,), model.fields, "a field"):
            self.period(model.fields[made.timeline])
        if made.situations and len(made.situations) != MOST_SITUATED:
            self.refuse(f"'situations' names {len(made.situations)} facets, not {MOST_SITUATED}")
        for answers in (made.responses, made.challenges):
            if answers:
                self.answers(answers)
        if made.evidence_map:
            self.evidence_map(made.evidence_map)

    def answers(self, made: Answers) -> None:
        fields = self.model.fields
        self.known((made.of,), [n for n, f in fields.items() if f.entries], "a list of records")
        members = fields[made.of].fields if made.of in fields else {}
        self.known((made.response, made.worked, made.met), members, f"in {made.of}")
        self.known(made.beside, self.model.facets, "a facet")
        key = fields[made.of].key if made.of in fields else ""
        for name in (key, made.worked, made.met):
            if name in members and members[name].vocabulary not in self.model.vocabularies:
                self.refuse(f"'{made.of}.{name}' in 'across' is not a term")
        if made.of in fields and not key:
            self.refuse(f"the entries of '{made.of}' in 'across' have no key", "give it a 'key'")

    def period(self, made: Field) -> None:
        dates = [member for member in made.fields.values() if member.kind == "date"]
        if made.many or len(dates) != TWO:
            hint = "it is one record of two dates: the beginning and the end"
            self.refuse(f"'{made.name}' in 'across' is not a period", hint)

    def evidence_map(self, made: EvidenceMap) -> None:
        model = self.model
        if not self.known((made.rows, made.columns), model.facets, "a facet"):
            return
        owner = model.fields[model.facets[made.columns].owner]
        if model.strength is None or not _cites(owner):
            hint = "name a facet of a list of records with a field of kind source"
            message = f"the entries that hold '{made.columns}' have no strength of evidence"
            self.refuse(message, hint if model.strength else "declare 'strength'")
        for condition in (made.success, made.undecided):
            for name, words in condition.items():
                path = f"{owner.name}.{name}"
                note_terms(model, path, words, self.findings, self.position)


def _cites(owner: Field) -> bool:
    return owner.entries and any(member.kind == "source" for member in owner.fields.values())
