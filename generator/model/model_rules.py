"""Owns what the parts of a model say of each other: facets, kinds, strength, sections, checks."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.names import reason_no_page_name, slug
from generator.model.declaration import suggestion
from generator.model.field_rules import note_terms
from generator.model.hints import known_keys as known_words
from generator.model.keys import ALWAYS
from generator.model.parts import Parts
from generator.model.record import Check, Field, Model
from generator.model.value import YES
from generator.yaml_nodes.suggested_fixes import quote_for_author

RESERVED = frozenset(
    {"assets", "contribute", "data", "feed", "glossary", "index", "matrix", "media", "pages"}
    | {"pagefind", "search", "sitemap", "404"}
    | {"challenges", "evidence-map", "gaps", "responses", "situations"}
    | {"news", "places", "report", "timeline"}
)
"""Names of the site's own folders and pages, which no facet and no folder of records may take."""


def check_model(model: Model, parts: Parts) -> None:
    """Note what is wrong between the parts of a model."""
    rules = _Rules(model, parts)
    rules.title()
    rules.folder()
    rules.facets()
    rules.types()
    rules.sections()
    rules.card()
    if model.strength:
        rules.strength()
    for index, made in enumerate(model.checks):
        rules.check(made, f"checks.{index}")


class _Rules:
    """The rules of a whole model."""

    def __init__(self, model: Model, parts: Parts) -> None:
        self.model, self.parts = model, parts

    def refuse(self, part: str, key: str, message: str, hint: str = "") -> None:
        holder = self.parts.at.get(part, self.parts.top)
        self.parts.findings.add(holder.position(key), "bad-model", message, hint)

    def named(self, part: str, key: str, names: Iterable[str], known: Iterable[str]) -> bool:
        """Note each name that is not known; tell whether all are."""
        words, sound = list(known), True
        for name in names:
            if name not in words:
                hint = suggestion(name, words, known_words(words))
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
            self.refuse(field.dotted, "need", message, hint)

    def folder(self) -> None:
        folder = self.model.folder
        if slug(folder) != folder or reason_no_page_name(folder) or folder in RESERVED:
            hint = "use one plain name in small letters, such as cases"
            self.refuse(
                "", "folder", f"{quote_for_author(folder)} cannot be the folder of records", hint
            )

    def facets(self) -> None:
        holders = {self.model.folder: f"the pages of {self.model.plural}"}
        holders |= dict.fromkeys(RESERVED, "the site's own pages")
        for facet in self.parts.facets:
            holder = holders.get(facet.address)
            made = next(f for f in self.model.walk() if f.facet and _path(f) == facet.path)
            if holder:
                message = f"the pages of facet '{facet.name}' would be in {facet.address}/"
                hint = "give the field another name"
                self.refuse(made.dotted, "facet", f"{message}, which belongs to {holder}", hint)
            elif reason := reason_no_page_name(facet.address):
                message = f"'{facet.name}' cannot name the folder of a facet: {reason}"
                self.refuse(made.dotted, "facet", message, "give the field another name")
            holders.setdefault(facet.address, f"facet '{made.dotted}'")
        self.named("", "occurs_with", self.model.occurs_with, self.model.facets)

    def types(self) -> None:
        model = self.model
        if "types" not in self.parts.at or not self.named(
            "types", "field", [model.type_field], model.fields
        ):
            return
        field = model.fields[model.type_field]
        vocabulary = model.vocabularies.get(field.vocabulary)
        if vocabulary is None or field.many or field.role != "type":
            hint = "it is one term, and has the role type"
            message = f"'{field.name}' cannot tell the kinds of record apart"
            self.refuse("types", "field", message, hint)
            return
        self.named("types", "kinds", model.types, vocabulary.terms)
        for term in vocabulary.terms:
            if term not in model.types and term not in vocabulary.broad:
                hint = f"{vocabulary.path} has it: add it under 'kinds:', or take it out there"
                self.refuse("types", "kinds", f"'{term}' is not among the kinds", hint)
        answered = {made.need for made in model.walk()} | {ALWAYS}
        for kind in model.types.values():
            for need in kind.needs:
                if need not in answered:
                    message = (
                        f"no field answers the need {quote_for_author(need)} of kind '{kind.id}'"
                    )
                    self.refuse("types", "kinds", message, "take it out, or give it to a field")
        if not any(kind.counts for kind in model.types.values()):
            self.refuse("types", "kinds", "no kind of record is counted", "take out 'counts: no'")

    def sections(self) -> None:
        seen: set[str] = set()
        for index, section in enumerate(self.model.sections):
            if section.id in seen:
                message = f"two sections have the id '{section.id}'"
                self.refuse(f"sections.{index}", "id", message, "give one of them another id")
            elif slug(section.id) != section.id:
                hint = "use small letters, digits and hyphens"
                message = f"{quote_for_author(section.id)} cannot be the id of a section"
                self.refuse(f"sections.{index}", "id", message, hint)
            seen.add(section.id)

    def card(self) -> None:
        self.named("card", "above", self.model.card_above, self.model.fields)
        self.named("card", "below", self.model.card_below, self.model.fields)

    def strength(self) -> None:
        made = self.model.strength
        if made is None or not self.named("strength", "sources", [made.sources], self.model.fields):
            return
        sources = self.model.fields[made.sources]
        if not sources.entries:
            self.refuse("strength", "sources", f"'{made.sources}' is not a list of records")
            return
        members = {"id": made.id, "kind": made.kind, "independent": made.independent}
        for key, name in members.items():
            if self.named("strength", key, [name], sources.fields) and sources.fields[name].many:
                self.refuse("strength", key, f"'{sources.name}.{name}' must hold a single value")
        independent = sources.fields.get(made.independent)
        terms = self.model.vocabularies.get(independent.vocabulary) if independent else None
        if independent and (terms is None or YES not in terms.terms):
            message = f"'{independent.dotted}' must be a term of a vocabulary with '{YES}'"
            self.refuse("strength", "independent", message)
        if made.rivals:
            holders = [f for f in self.model.fields.values() if f.kind == "record"]
            known = {member for field in holders for member in field.fields}
            self.named("strength", "rivals", [made.rivals], sorted(known))

    def check(self, made: Check, part: str) -> None:
        keys = self.parts.at[part]
        if "order" in keys.values:
            self._order(made, part)
        elif not (made.at and made.message):
            hint = "it has either 'order', or 'at' and 'message'"
            self.refuse(part, "code", "a check says too little", hint)
        for path in made.at:
            note_terms(self.model, path, made.refuses, self.parts.findings, keys.position("at"))
        for key, wanted in (("when", made.when), ("unless_all", made.unless_all)):
            for path, words in wanted.items():
                note_terms(self.model, path, words, self.parts.findings, keys.position(key))

    def _order(self, made: Check, part: str) -> None:
        if made.order is None:
            message = "'order' does not name two dates"
            self.refuse(part, "order", message, "write [the earlier one, the later one]")
            return
        for path in made.order:
            found = self.model.at(path)
            if found is None:
                note_terms(
                    self.model, path, (), self.parts.findings, self.parts.at[part].position("order")
                )
            elif found.kind != "date":
                self.refuse(part, "order", f"'{path}' in 'order' is not a date")


def _path(made: Field) -> tuple[str, ...]:
    return (*made.path, made.key) if made.kind == "record" else made.path
