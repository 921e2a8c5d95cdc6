"""Owns how the parts of `record.yml` are read one by one, each remembered with its place."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import slug
from generator.model.declaration import Declaration, Key, ProblemCollector, plain_value, words
from generator.model.keys import (
    ALWAYS,
    CARD_KEYS,
    CHECK_KEYS,
    FIELD_KEYS,
    SCORE_KEYS,
    SECTION_KEYS,
    STRENGTH_KEYS,
    TYPE_KEYS,
    TYPES_KEYS,
)
from generator.model.record import (
    Check,
    Condition,
    Facet,
    Field,
    Path,
    RecordType,
    Score,
    Section,
    Strength,
)
from generator.yaml_nodes.suggested_fixes import quote_for_author

LEVELS = 5
"""The strengths of a claim run from 0 to 4."""


class Parts:
    """The parts of a model, read as they are asked for; `at` holds where each was declared.

    Fields stand in `at` under their dotted path, all else under what it is called.
    """

    def __init__(self, top: Declaration, findings: ProblemCollector) -> None:
        self.top, self.findings = top, findings
        self.facets: list[Facet] = []
        self.at: dict[str, Declaration] = {}

    def fields(self) -> dict[str, Field]:
        """Return the fields by name."""
        return dict(self._fields(self.top, ()))

    def _fields(self, holder: Declaration, above: Path) -> Iterator[tuple[str, Field]]:
        for name, node in holder.mapping("fields"):
            if not name.value.isidentifier():
                hint = "letters, digits and underscores only, not beginning with a digit"
                message = f"{quote_for_author(name.value)} cannot be a field's name"
                self.findings.add(name.position, "bad-field-name", message, hint)
                continue
            path = (*above, name.value)
            dotted = ".".join(path)
            declared = Declaration(node, FIELD_KEYS, self.findings, f"field '{dotted}'")
            self.at[dotted] = declared
            yield name.value, self._field(name.value, path, declared)

    def _field(self, name: str, path: Path, declared: Declaration) -> Field:
        text, flag = declared.text, declared.flag
        label = text("label", name)
        made = Field(
            name=name,
            path=path,
            kind=text("kind"),
            label=label,
            heading=text("heading", label),
            noun=text("noun", label.casefold()),
            help=text("help"),
            example=plain_value(declared.values["example"]) if "example" in declared.values else "",
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
            fields=dict(self._fields(declared, path)),
        )
        if made.facet:
            self._facet(made)
        return made

    def _facet(self, made: Field) -> None:
        member = made.fields.get(made.key) if made.kind == "record" else made
        if member is None or member.kind != "term":
            message = f"field '{made.dotted}' cannot be a facet: it names no term"
            hint = "a facet is a field of kind term, or a record whose key is one"
            self.findings.add(self.at[made.dotted].position("facet"), "bad-facet", message, hint)
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

    def _part(self, key: str, keys: dict[str, Key]) -> Declaration | None:
        if key not in self.top.values:
            return None
        self.at[key] = Declaration(self.top.values[key], keys, self.findings, f"'{key}'")
        return self.at[key]

    def types(self) -> tuple[dict[str, RecordType], str]:
        """Return the kinds of record and the field that tells them apart."""
        declared = self._part("types", TYPES_KEYS)
        if declared is None:
            return {"": RecordType(id="", needs=(ALWAYS,))}, ""
        found = {}
        for name, node in declared.mapping("kinds"):
            keys = Declaration(
                node, TYPE_KEYS, self.findings, f"kind {quote_for_author(name.value)}"
            )
            needs = tuple(dict.fromkeys((ALWAYS, *keys.texts("needs"))))
            counts = keys.flag("counts", default=True)
            found[name.value] = RecordType(id=name.value, needs=needs, counts=counts)
        if not found and "kinds" in declared.values:
            message, hint = "'kinds' of 'types' is empty", "name a kind, or leave 'types' out"
            self.findings.add(declared.position("kinds"), "wrong-shape", message, hint)
        return found or {"": RecordType(id="", needs=(ALWAYS,))}, declared.text("field")

    def strength(self) -> Strength | None:
        """Return how the strength of a claim is computed."""
        keys = self._part("strength", STRENGTH_KEYS)
        if keys is None:
            return None
        levels = keys.texts("levels")
        if len(levels) != LEVELS and "levels" in keys.values:
            message = f"'levels' has {len(levels)} sentences, not {LEVELS}"
            hint = "write one sentence for each strength from 0 to 4"
            self.findings.add(keys.position("levels"), "wrong-shape", message, hint)
        return Strength(
            sources=keys.text("sources"),
            id=keys.text("id", "id"),
            kind=keys.text("kind"),
            independent=keys.text("independent"),
            rivals=keys.text("rivals"),
            levels=levels,
        )

    def card(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the fields above and below a card's title."""
        keys = self._part("card", CARD_KEYS)
        return (keys.texts("above"), keys.texts("below")) if keys else ((), ())

    def sections(self) -> Iterator[Section]:
        """Yield the headings of a record's page."""
        for index, node in enumerate(self.top.items("sections")):
            keys = Declaration(node, SECTION_KEYS, self.findings, "a section")
            self.at[f"sections.{index}"] = keys
            yield Section(
                id=keys.text("id"), title=keys.text("title"), place=keys.text("place", "main")
            )

    def checks(self) -> Iterator[Check]:
        """Yield the rules between fields."""
        for index, node in enumerate(self.top.items("checks")):
            keys = Declaration(node, CHECK_KEYS, self.findings, "a check")
            self.at[f"checks.{index}"] = keys
            order = keys.texts("order")
            yield Check(
                order=(order[0], order[1]) if len(order) == 2 else None,  # noqa: PLR2004 - a pair
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
