"""Owns how `record.yml` becomes a `Model`: every mistake in it is found, with its place."""

from __future__ import annotations

from collections.abc import Mapping

from generator import yaml_nodes
from generator.model import across_rules, field_rules, model_rules
from generator.model.across import across
from generator.model.declaration import Declaration, ProblemCollector
from generator.model.keys import MODEL_KEYS
from generator.model.parts import Parts
from generator.model.record import Model
from generator.model.vocabulary import Vocabulary


def vocabularies_named(node: yaml_nodes.Node) -> tuple[str, ...]:
    """Return the vocabularies that a model's fields ask for, so that their files can be read."""
    names: dict[str, None] = {}

    def look(at: yaml_nodes.Node) -> None:
        if isinstance(at, yaml_nodes.Mapping):
            for key, value in at.pairs:
                if (
                    key.value == "vocabulary"
                    and isinstance(value, yaml_nodes.Scalar)
                    and value.value
                ):
                    names.setdefault(value.value)
                look(value)

    look(node)
    return tuple(names)


def load_model(
    node: yaml_nodes.Node, vocabularies: Mapping[str, Vocabulary], findings: ProblemCollector
) -> Model | None:
    """Return the model that a file declares; None where a mistake in it was noted.

    What one part says of another is looked at once every part can be read by itself.
    """
    before = len(findings.problems)
    parts = Parts(Declaration(node, MODEL_KEYS, findings, "the record model"), findings)
    found = _assembled(parts, vocabularies)
    readable = len(findings.problems) == before
    field_rules.check_fields(found, parts)
    if readable:
        model_rules.check_model(found, parts)
        across_rules.check_across(found, parts.top, findings)
    return found if len(findings.problems) == before else None


def _assembled(parts: Parts, vocabularies: Mapping[str, Vocabulary]) -> Model:
    top, fields = parts.top, parts.fields()
    types, type_field = parts.types()
    above, below = parts.card()
    return Model(
        name=top.text("name"),
        plural=top.text("plural"),
        folder=top.text("folder", "cases"),
        fields=fields,
        facets={facet.name: facet for facet in parts.facets},
        vocabularies=vocabularies,
        types=types,
        type_field=type_field,
        strength=parts.strength(),
        sections=tuple(parts.sections()),
        card_above=above,
        card_below=below,
        occurs_with=top.texts("occurs_with"),
        headings=top.texts("headings"),
        checks=tuple(parts.checks()),
        across=across(top, parts.findings),
    )
