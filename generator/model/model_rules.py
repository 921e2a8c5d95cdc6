"""What the parts of a model say of each other: facets, types, strength, sections, checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.base.names import reason_no_page_name, slug
from generator.model.declaration import Declaration, nearest_or_all
from generator.model.field_rules import check_terms
from generator.model.record import ALWAYS, Check, Model, RecordTypes, Strength
from generator.model.value import YES
from generator.yaml_nodes.suggested_fixes import quote_for_author

RESERVED = frozenset(
    {"assets", "contribute", "data", "feed", "glossary", "index", "matrix", "media", "pages"}
    | {"pagefind", "search", "sitemap", "404"}
    | {"challenges", "evidence-map", "gaps", "responses", "situations"}
    | {"about", "compare", "download", "findings", "learn", "prepare", "successes"}
    | {"my-cases", "news", "places", "report", "timeline", "what-it-takes", "write"}
)
"""Names of the site's own folders and pages, which no facet and no folder of records may take."""


def check_model(model: Model, top: Declaration[Model]) -> None:
    """Report what is wrong between the parts of a model."""
    rules = _ModelRules(model, top)
    rules.title()
    rules.folder()
    rules.facets()
    rules.sections()
    rules.names("card", "above", model.card.above, model.fields)
    rules.names("card", "below", model.card.below, model.fields)
    rules.names("", "occurs_with", model.occurs_with, model.facets)
    if "types" in top.parts:
        rules.types(model.types)
    if model.strength:
        rules.strength(model.strength)
    for number, check in enumerate(model.checks):
        rules.check(check, f"checks.{number}")


@dataclass(frozen=True, slots=True)
class _ModelRules:
    """The rules of a whole model. A `part` is a place in `top.parts`, empty for the top itself."""

    model: Model
    top: Declaration[Model]

    def declaration(self, part: str) -> Declaration[Any]:
        return self.top.parts[part] if part else self.top

    def refuse(self, part: str, key: str, message: str, hint: str = "") -> None:
        position = self.declaration(part).position(key)
        self.top.findings.add(position, "bad-model", message, hint)

    def names(self, part: str, key: str, names: Iterable[str], words: Iterable[str]) -> bool:
        """Refuse each name that is none of some words; tell whether all are."""
        all_words, sound = list(words), True
        for name in names:
            if name not in all_words:
                hint = nearest_or_all(name, all_words)
                self.refuse(part, key, f"{quote_for_author(name)} in '{key}' is not known", hint)
                sound = False
        return sound

    def title(self) -> None:
        field = self.model.role("title")
        if field is None:
            hint = "give one field of kind line the key 'role: title'"
            self.refuse("", "fields", "no field has the role title", hint)
        elif field.need != ALWAYS or field.alternative:
            hint = f"write 'need: {ALWAYS}', without 'or'"
            message = f"every record needs '{field.name}', since it is the title"
            self.refuse(f"fields.{field.dotted}", "need", message, hint)

    def folder(self) -> None:
        folder = self.model.folder
        if slug(folder) != folder or reason_no_page_name(folder) or folder in RESERVED:
            hint = "use one plain name in small letters, such as cases"
            message = f"{quote_for_author(folder)} cannot be the folder of records"
            self.refuse("", "folder", message, hint)

    def facets(self) -> None:
        """Refuse a facet whose folder of pages belongs to something else."""
        holders = {self.model.folder: f"the pages of {self.model.plural}"}
        holders |= dict.fromkeys(RESERVED, "the site's own pages")
        for field in self.model.walk():
            if not field.facet:
                continue
            facet = self.model.facets[field.name]
            part, hint = f"fields.{field.dotted}", "give the field another name"
            if holder := holders.get(facet.address):
                message = f"the pages of facet '{facet.name}' would be in {facet.address}/"
                self.refuse(part, "facet", f"{message}, which belongs to {holder}", hint)
            elif reason := reason_no_page_name(facet.address):
                message = f"'{facet.name}' cannot name the folder of a facet: {reason}"
                self.refuse(part, "facet", message, hint)
            holders.setdefault(facet.address, f"facet '{field.dotted}'")

    def types(self, types: RecordTypes) -> None:
        model = self.model
        if not self.names("types", "field", [types.field], model.fields):
            return
        field = model.fields[types.field]
        vocabulary = model.vocabularies.get(field.vocabulary)
        if vocabulary is None or field.many or field.role != "type":
            hint = "it is one term, and has the role type"
            message = f"'{field.name}' cannot tell the kinds of record apart"
            self.refuse("types", "field", message, hint)
            return
        self.names("types", "kinds", types.kinds, vocabulary.terms)
        for term in vocabulary.terms:
            if term not in types.kinds and term not in vocabulary.broad:
                hint = f"{vocabulary.path} has it: add it under 'kinds:', or take it out there"
                self.refuse("types", "kinds", f"'{term}' is not among the kinds", hint)
        answered = {field.need for field in model.walk()} | {ALWAYS}
        for kind in types.kinds.values():
            for need in kind.needs:
                if need not in answered:
                    quoted = quote_for_author(need)
                    message = f"no field answers the need {quoted} of kind '{kind.id}'"
                    self.refuse("types", "kinds", message, "take it out, or give it to a field")
        if not any(kind.counts for kind in types.kinds.values()):
            self.refuse("types", "kinds", "no kind of record is counted", "take out 'counts: no'")

    def sections(self) -> None:
        ids: set[str] = set()
        for number, section in enumerate(self.model.sections):
            part = f"sections.{number}"
            if section.id in ids:
                message = f"two sections have the id '{section.id}'"
                self.refuse(part, "id", message, "give one of them another id")
            elif slug(section.id) != section.id:
                message = f"{quote_for_author(section.id)} cannot be the id of a section"
                self.refuse(part, "id", message, "use small letters, digits and hyphens")
            ids.add(section.id)

    def strength(self, strength: Strength) -> None:
        model = self.model
        if not self.names("strength", "sources", [strength.sources], model.fields):
            return
        sources = model.fields[strength.sources]
        if not sources.entries:
            self.refuse("strength", "sources", f"'{strength.sources}' is not a list of records")
            return
        members = {"id": strength.id, "kind": strength.kind, "independent": strength.independent}
        for key, name in members.items():
            if self.names("strength", key, [name], sources.fields) and sources.fields[name].many:
                self.refuse("strength", key, f"'{sources.name}.{name}' must hold a single value")
        for key, name in {"date": strength.date, "accessed": strength.accessed}.items():
            is_field = name and self.names("strength", key, [name], sources.fields)
            if is_field and sources.fields[name].kind != "date":
                self.refuse("strength", key, f"'{sources.name}.{name}' is no date")
        independent = sources.fields.get(strength.independent)
        answers = model.vocabularies.get(independent.vocabulary) if independent else None
        if independent and (answers is None or YES not in answers.terms):
            message = f"'{independent.dotted}' must be a term of a vocabulary with '{YES}'"
            self.refuse("strength", "independent", message)
        if strength.rivals:
            claims = [field for field in model.fields.values() if field.kind == "record"]
            known = {member for field in claims for member in field.fields}
            self.names("strength", "rivals", [strength.rivals], sorted(known))

    def check(self, check: Check, part: str) -> None:
        declared, findings = self.declaration(part), self.top.findings
        if "order" in declared.values:
            self._order(check.order, part)
        elif not (check.at and check.message):
            hint = "it has either 'order', or 'at' and 'message'"
            self.refuse(part, "code", "a check says too little", hint)
        for path in check.at:
            check_terms(self.model, path, check.refuses, findings, declared.position("at"))
        for key, condition in (("when", check.when), ("unless_all", check.unless_all)):
            for path, words in condition.items():
                check_terms(self.model, path, words, findings, declared.position(key))

    def _order(self, order: tuple[str, ...], part: str) -> None:
        if len(order) != 2:  # noqa: PLR2004 - a pair
            message = "'order' does not name two dates"
            self.refuse(part, "order", message, "write [the earlier one, the later one]")
            return
        position = self.declaration(part).position("order")
        for path in order:
            field = self.model.at(path)
            if field is None:
                check_terms(self.model, path, (), self.top.findings, position)
            elif field.kind != "date":
                self.refuse(part, "order", f"'{path}' in 'order' is not a date")
