"""Reads `record.yml`: a `Model`, or a problem at the place of every mistake in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator import yaml_nodes
from generator.base.names import slug
from generator.base.problem import Problem
from generator.model import across_rules, field_rules, model_rules
from generator.model.declaration import Declaration, ProblemCollector
from generator.model.organisation import Organisation, might_name
from generator.model.record import ALWAYS, Facet, Field, Model, Path, RecordType, RecordTypes
from generator.model.unnamed import UNNAMED
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

LEVELS = 5
"""The strengths of a claim run from 0 to 4."""


def declared_node(
    text: str, path: str, organisation: Organisation
) -> tuple[yaml_nodes.Node | None, tuple[Problem, ...]]:
    """Return the node of a model or a vocabulary, the organisation named in it, and its problems.

    There is no node where the text is empty, or no YAML.
    """
    composed = yaml_nodes.compose(text, path=path)
    if composed.node is None and not composed.problems:
        return None, (Problem(path=path, code="empty-file", message="the file is empty"),)
    node, naming = composed.node, ProblemCollector(path)
    if node is not None and might_name(text):
        node = organisation.named_in(node, naming)
    return node, (*composed.problems, *naming.problems)


def vocabularies_named(node: yaml_nodes.Node) -> tuple[str, ...]:
    """Return the vocabularies that a model's fields ask for, so that their files can be read."""
    names: dict[str, None] = {}

    def collect(node: yaml_nodes.Node) -> None:
        for key, value in node.pairs if isinstance(node, yaml_nodes.Mapping) else ():
            if key.value == "vocabulary" and isinstance(value, yaml_nodes.Scalar) and value.value:
                names.setdefault(value.value)
            collect(value)

    collect(node)
    return tuple(names)


def load_model(
    node: yaml_nodes.Node,
    vocabularies: Mapping[str, Vocabulary],
    findings: ProblemCollector,
    organisation: Organisation | None = None,
) -> Model | None:
    """Return the model that a file declares; None where a mistake in it was reported.

    `organisation` is the one that the texts of the model name.
    What one part says of another is checked only once every part can be read by itself.
    """
    before = len(findings.problems)
    top = Declaration(node, Model, findings, "the record model")
    fields = dict(_fields(top, top, (), vocabularies))
    facets = {facet.name: facet for facet in _facets(fields, top)}
    model = top.read(
        types=_types(top),
        fields=fields,
        facets=facets,
        vocabularies=vocabularies,
        we=organisation.words if organisation else "",
    )
    _check_levels(model, top)
    readable = len(findings.problems) == before
    field_rules.check_fields(model, top)
    if readable:
        model_rules.check_model(model, top)
        across_rules.check_across(model, top)
    return model if len(findings.problems) == before else None


def _fields(
    holder: Declaration[Model] | Declaration[Field],
    top: Declaration[Model],
    above: Path,
    vocabularies: Mapping[str, Vocabulary],
) -> Iterator[tuple[str, Field]]:
    """Yield the fields of the model, or of a field of kind record, by name.

    The declaration of each is kept in `top.parts`, as `fields.` and its dotted path.
    """
    for name, node in holder.pairs("fields"):
        if not name.value.isidentifier():
            hint = "letters, digits and underscores only, not starting with a digit"
            message = f"{quote_for_author(name.value)} cannot be a field's name"
            top.findings.add(name.position, "bad-field-name", message, hint)
            continue
        path = (*above, name.value)
        dotted = ".".join(path)
        declared = top.part(f"fields.{dotted}", node, Field, f"field '{dotted}'")
        label = declared.text("label") or name.value
        noun = declared.text("noun") or label.casefold()
        members = dict(_fields(declared, top, path, vocabularies))
        key = members.get(declared.text("key"))
        flag = next((member.name for member in members.values() if member.role == UNNAMED), "")
        if key and flag:
            members[key.name] = replace(key, unneeded_if=flag)
        yield (
            name.value,
            declared.read(
                name=name.value,
                path=path,
                label=label,
                heading=declared.text("heading") or label,
                noun=noun,
                group_noun=declared.text("group_noun") or noun,
                names_entry=bool(above) and holder.text("key") == name.value,
                besides=_besides(declared, members, vocabularies),
                fields=members,
            ),
        )


def _besides(
    declared: Declaration[Field],
    members: Mapping[str, Field],
    vocabularies: Mapping[str, Vocabulary],
) -> str:
    """Return the id of the term that is set apart; one that is not listed has that of its name."""
    typed, key = declared.text("besides"), members.get(declared.text("key"))
    vocabulary = vocabularies.get(key.vocabulary) if key and typed else None
    if vocabulary is None:
        return typed
    return vocabulary.resolve(typed) or slug(typed)


def _facets(fields: Mapping[str, Field], top: Declaration[Model]) -> Iterator[Facet]:
    """Yield the facets among some fields, those inside a record before its own."""
    for field in fields.values():
        yield from _facets(field.fields, top)
        if not field.facet:
            continue
        member = field.fields.get(field.key) if field.kind == "record" else field
        if member is None or member.kind != "term":
            message = f"field '{field.dotted}' cannot be a facet: it names no term"
            hint = "a facet is a field of kind term, or a record whose key is one"
            position = top.parts[f"fields.{field.dotted}"].position("facet")
            top.findings.add(position, "bad-facet", message, hint)
            continue
        yield Facet(
            name=field.name,
            address=slug(field.name),
            label=field.label,
            noun=field.noun,
            group_noun=field.group_noun,
            vocabulary=member.vocabulary,
            path=member.path,
            owner=field.path[0],
            former_names=field.former_names,
        )


def _types(top: Declaration[Model]) -> RecordTypes:
    """Return the kinds of record; where none can be read, one that needs only what is always so."""
    default = {"": RecordType(id="", needs=(ALWAYS,))}
    if "types" not in top.values:
        return RecordTypes(field="", kinds=default)
    declared = top.part("types", top.values["types"], RecordTypes, "'types'")
    kinds = {}
    for name, node in declared.pairs("kinds"):
        what = f"kind {quote_for_author(name.value)}"
        kind = declared.part(name.value, node, RecordType, what).read(id=name.value)
        needs = tuple(dict.fromkeys((ALWAYS, *kind.needs)))
        kinds[name.value] = replace(kind, needs=needs)
    if not kinds and "kinds" in declared.values:
        message, hint = "'kinds' of 'types' is empty", "name a kind, or leave 'types' out"
        top.findings.add(declared.position("kinds"), "wrong-shape", message, hint)
    return declared.read(kinds=kinds or default)


def _check_levels(model: Model, top: Declaration[Model]) -> None:
    declared, strength = top.parts.get("strength"), model.strength
    if strength is None or declared is None:
        return
    for key, texts, what in (
        ("levels", strength.levels, "sentence"),
        ("words", strength.words, "text"),
    ):
        if key in declared.values and len(texts) != LEVELS:
            message = f"'{key}' has {len(texts)} {what}s, not {LEVELS}"
            hint = f"write one {what} for each strength from 0 to 4"
            top.findings.add(declared.position(key), "wrong-shape", message, hint)
    if strength.usual and strength.usual not in strength.words:
        message = f"'{strength.usual}' in 'usual' is none of 'words'"
        hint = (
            f"write one of: {', '.join(strength.words)}" if strength.words else "write 'words' too"
        )
        top.findings.add(declared.position("usual"), "wrong-shape", message, hint)
