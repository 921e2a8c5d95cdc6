"""Owns how `record.yml` becomes a `Model`: every mistake in it is found, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import nodes
from generator.model.kinds import KINDS
from generator.model.record import (
    CARD_KEYS,
    CHECK_KEYS,
    FIELD_KEYS,
    MODEL_KEYS,
    ROLES,
    SCORE_KEYS,
    SECTION_KEYS,
    STRENGTH_KEYS,
    TYPE_KEYS,
    TYPES_KEYS,
    Check,
    Condition,
    Facet,
    Field,
    Model,
    Path,
    RecordType,
    Score,
    Section,
    Strength,
)
from generator.model.shape import Declaration, Findings, plain, suggestion, words
from generator.model.vocabulary import Vocabulary
from generator.names import slug

RESERVED = frozenset({"assets", "data", "matrix", "cases", "pages", "index", "404"})
"""Names of the site's own folders, which no facet may take."""


def vocabularies_named(node: nodes.Node) -> tuple[str, ...]:
    """Return the vocabularies that a model's fields ask for, so that their files can be read."""
    names: dict[str, None] = {}

    def look(at: nodes.Node) -> None:
        if isinstance(at, nodes.Mapping):
            for key, value in at.pairs:
                if key.value == "vocabulary" and isinstance(value, nodes.Scalar):
                    names.setdefault(value.value)
                look(value)

    look(node)
    return tuple(names)


def model(
    node: nodes.Node, vocabularies: Mapping[str, Vocabulary], findings: Findings
) -> Model | None:
    """Return the model that a file declares; None where a mistake in it was noted."""
    before = len(findings.problems)
    top = Declaration(node, MODEL_KEYS, findings, "the record model")
    reader = _Reader(vocabularies, findings)
    fields = dict(reader.fields(top, ()))
    types, type_field = reader.types(top)
    sections = tuple(reader.sections(top))
    nothing = nodes.Mapping(pairs=(), mark=node.mark)
    card = Declaration(top.values.get("card", nothing), CARD_KEYS, findings, "'card'")
    found = Model(
        name=top.text("name"),
        plural=top.text("plural"),
        folder=top.text("folder", "cases"),
        fields=fields,
        facets={facet.name: facet for facet in reader.facets},
        vocabularies=vocabularies,
        types=types,
        type_field=type_field,
        strength=reader.strength(top),
        sections=sections,
        card_above=card.texts("above"),
        card_below=card.texts("below"),
        occurs_with=top.texts("occurs_with"),
        checks=tuple(reader.checks(top)),
    )
    _Consistency(found, reader, top).check()
    return found if len(findings.problems) == before else None


class _Reader:
    """Reads the parts of a model, remembering where each field was declared."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], findings: Findings) -> None:
        self.vocabularies, self.findings = vocabularies, findings
        self.facets: list[Facet] = []
        self.marks: dict[str, Declaration] = {}

    def fields(self, holder: Declaration, above: Path) -> Iterator[tuple[str, Field]]:
        for name, node in holder.mapping("fields"):
            if not name.value.isidentifier():
                hint = "letters, digits and underscores only, not beginning with a digit"
                message = f"'{name.value}' cannot be a field's name"
                self.findings.add(name.mark, "bad-field-name", message, hint)
                continue
            path = (*above, name.value)
            declared = Declaration(node, FIELD_KEYS, self.findings, f"field '{'.'.join(path)}'")
            self.marks[".".join(path)] = declared
            yield name.value, self._field(name.value, path, declared)

    def _field(self, name: str, path: Path, declared: Declaration) -> Field:
        text, flag = declared.text, declared.flag
        made = Field(
            name=name,
            path=path,
            kind=text("kind"),
            label=text("label", name),
            heading=text("heading", text("label", name)),
            noun=text("noun", text("label", name).casefold()),
            help=text("help"),
            example=plain(declared.values["example"]) if "example" in declared.values else "",
            vocabulary=text("vocabulary"),
            need=text("need"),
            alternative=text("or"),
            besides=text("besides"),
            many=flag("many"),
            max=declared.number("max"),
            precision=text("precision"),
            facet=flag("facet"),
            role=text("role"),
            section=text("section"),
            layout=text("layout"),
            shown=flag("shown", default=True),
            key=text("key"),
            value=text("value"),
            lead=flag("lead"),
            private=flag("private"),
            personal=flag("personal"),
            source_link=flag("source_link"),
            applies_unless=condition(declared, "applies_unless"),
            score=self._score(declared),
            directory=flag("directory"),
            export=text("export"),
            fields=dict(self.fields(declared, path)),
        )
        if made.facet:
            self._facet(made)
        return made

    def _facet(self, made: Field) -> None:
        member = made.fields.get(made.key) if made.kind == "record" else made
        if member is None or not member.vocabulary:
            message = f"field '{made.dotted}' cannot be a facet: it names no term"
            hint = "a facet is a field of kind term, or a record whose key is one"
            self.findings.add(self.marks[made.dotted].mark("facet"), "bad-facet", message, hint)
            return
        self.facets.append(
            Facet(
                name=made.name,
                address=slug(made.name),
                label=made.label,
                noun=made.noun,
                vocabulary=member.vocabulary,
                path=member.path,
                owner=made.path[0],
            )
        )

    def _score(self, declared: Declaration) -> Score | None:
        if "score" not in declared.values:
            return None
        keys = Declaration(declared.values["score"], SCORE_KEYS, self.findings, "a score")
        return Score(
            of=keys.text("of"),
            noun=keys.text("noun"),
            plural=keys.text("plural"),
            never_disqualifies=keys.text("never_disqualifies"),
        )

    def types(self, top: Declaration) -> tuple[dict[str, RecordType], str]:
        if "types" not in top.values:
            return {"": RecordType(id="", needs=("always",))}, ""
        declared = Declaration(top.values["types"], TYPES_KEYS, self.findings, "'types'")
        found = {}
        for name, node in declared.mapping("kinds"):
            keys = Declaration(node, TYPE_KEYS, self.findings, f"kind '{name.value}'")
            found[name.value] = RecordType(
                id=name.value, needs=keys.texts("needs"), counts=keys.flag("counts", default=True)
            )
        return found or {"": RecordType(id="", needs=("always",))}, declared.text("field")

    def strength(self, top: Declaration) -> Strength | None:
        if "strength" not in top.values:
            return None
        keys = Declaration(top.values["strength"], STRENGTH_KEYS, self.findings, "'strength'")
        levels = keys.texts("levels")
        if len(levels) != 5:
            message = f"'levels' has {len(levels)} sentences, not five"
            self.findings.add(keys.mark("levels"), "wrong-shape", message)
        return Strength(
            sources=keys.text("sources"),
            kind=keys.text("kind"),
            independent=keys.text("independent"),
            rivals=keys.text("rivals"),
            levels=levels,
        )

    def sections(self, top: Declaration) -> Iterator[Section]:
        for node in top.items("sections"):
            keys = Declaration(node, SECTION_KEYS, self.findings, "a section")
            place = keys.text("place", "main")
            if place not in {"panel", "main", "end"}:
                message = f"'{place}' is not a place on the page"
                self.findings.add(
                    keys.mark("place"), "wrong-shape", message, "use panel, main or end"
                )
            yield Section(id=keys.text("id"), title=keys.text("title"), place=place)

    def checks(self, top: Declaration) -> Iterator[Check]:
        for node in top.items("checks"):
            keys = Declaration(node, CHECK_KEYS, self.findings, "a check")
            order = keys.texts("order")
            if "order" in keys.values and len(order) != 2:
                message = "'order' names two dates, the earlier first"
                self.findings.add(keys.mark("order"), "wrong-shape", message)
            yield Check(
                order=(order[0], order[1]) if len(order) == 2 else None,
                code=keys.text("code", "out-of-order"),
                severity=keys.text("severity", "error"),
                when=condition(keys, "when"),
                unless_all=condition(keys, "unless_all"),
                at=keys.texts("at"),
                refuses=keys.texts("refuses"),
                message=keys.text("message"),
                hint=keys.text("hint"),
            )


def condition(declared: Declaration, key: str) -> Condition:
    """Return the values by path that a nested mapping asks for."""
    return {name.value: words(value) for name, value in declared.mapping(key)}


class _Consistency:
    """Checks what one part of a model says of another."""

    def __init__(self, made: Model, reader: _Reader, top: Declaration) -> None:
        self.model, self.reader, self.top = made, reader, top
        self.findings = reader.findings

    def check(self) -> None:
        for made in self.model.walk():
            self._field(made)
        self._roles()
        self._facets()
        self._paths()
        if self.model.role("title") is None and not self.findings.problems:
            mark = self.top.mark("fields")
            hint = "give one field of kind line the key 'role: title'"
            self.findings.add(mark, "missing-key", "no field has the role title", hint)

    def _refuse(self, made: Field, key: str, message: str, hint: str = "") -> None:
        where = self.reader.marks[made.dotted].mark(key)
        self.findings.add(where, "bad-field", f"field '{made.dotted}': {message}", hint)

    def _known(self, made: Field, key: str, word: str, known: Mapping[str, object]) -> None:
        if word and word not in known:
            hint = suggestion(word, known, f"known: {', '.join(known)}")
            self._refuse(made, key, f"'{word}' is not a known {key}", hint)

    def _field(self, made: Field) -> None:
        self._known(made, "kind", made.kind, KINDS)
        if made.kind == "term" and made.vocabulary not in self.model.vocabularies:
            self._refuse(made, "vocabulary", f"there is no vocabulary '{made.vocabulary}'")
        if made.kind == "record" and not made.fields:
            self._refuse(made, "fields", "a record needs fields of its own")
        for key, word in (("key", made.key), ("value", made.value)):
            self._known(made, key, word, made.fields)
        if made.score:
            self._known(made, "score", made.score.of, made.fields)
        needs = {need: 0 for kind in self.model.types.values() for need in kind.needs}
        self._known(made, "need", made.need, needs)
        if len(made.path) == 1:
            self._known(made, "or", made.alternative, self.model.fields)
            self._known(made, "section", made.section, {s.id: 0 for s in self.model.sections})

    def _roles(self) -> None:
        taken: dict[str, str] = {}
        for made in self.model.walk():
            self._known(made, "role", made.role, ROLES)
            if made.role and taken.setdefault(made.role, made.dotted) != made.dotted:
                message = f"the role '{made.role}' is already that of '{taken[made.role]}'"
                self._refuse(made, "role", message)

    def _facets(self) -> None:
        addresses = {self.model.folder: f"the pages of {self.model.plural}"}
        addresses |= {name: "the site's own pages" for name in RESERVED}
        for facet in self.reader.facets:
            made = self.model.at(facet.path)
            holder = addresses.setdefault(facet.address, f"facet '{facet.name}'")
            if made and (holder != f"facet '{facet.name}'" or self._twice(facet)):
                message = f"its pages would be in {facet.address}/, which belongs to {holder}"
                self._refuse(made, "facet", message, "give the field another name")

    def _twice(self, facet: Facet) -> bool:
        return sum(other.name == facet.name for other in self.reader.facets) > 1

    def _paths(self) -> None:
        named = [(self.top.mark("types"), self.model.type_field)]
        if self.model.strength:
            named.append((self.top.mark("strength"), self.model.strength.sources))
        for check in self.model.checks:
            paths = (*(check.order or ()), *check.at, *check.when, *check.unless_all)
            named += [(self.top.mark("checks"), path) for path in paths]
        for made in self.model.fields.values():
            mark = self.reader.marks[made.dotted].mark("applies_unless")
            named += [(mark, path) for path in made.applies_unless]
        for mark, path in named:
            if path and self.model.at(path) is None:
                hint = suggestion(path, [made.dotted for made in self.model.walk()])
                self.findings.add(mark, "unknown-field", f"there is no field '{path}'", hint)
        for name in (*self.model.card_above, *self.model.card_below):
            if name not in self.model.fields:
                hint = suggestion(name, self.model.fields)
                self.findings.add(
                    self.top.mark("card"), "unknown-field", f"there is no field '{name}'", hint
                )
        for name in self.model.occurs_with:
            if name not in self.model.facets:
                hint = suggestion(name, self.model.facets)
                mark = self.top.mark("occurs_with")
                self.findings.add(mark, "unknown-facet", f"'{name}' is not a facet", hint)
