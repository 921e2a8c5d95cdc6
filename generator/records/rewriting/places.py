"""Which field each part of a record's text belongs to, as the reader of records has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import yaml_nodes
from generator.model.entries import field_of_value, is_keyed_by_term
from generator.model.former_names import field_called
from generator.model.kinds import is_blank_node, is_unknown_node
from generator.model.record import Field, Model
from generator.yaml_nodes.source_nodes import SourceNode


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """A part of a text that a field reads.

    `part` is the name of the field where `is_name`; else it is one value: a scalar, or the mapping
    of a record. `holder` is the field whose entry a bare value stands for; `inside` is the
    collection around the part.
    """

    part: SourceNode
    field: Field
    is_name: bool = False
    holder: Field | None = None
    inside: SourceNode | None = None


@dataclass(frozen=True, slots=True)
class _Walk:
    model: Model

    def mapping(self, part: SourceNode, fields: Mapping[str, Field]) -> Iterator[FieldPlace]:
        for key, value in part.pairs:
            field = field_called(text_of(key), fields)
            if field is not None:
                yield FieldPlace(part=key, field=field, is_name=True, inside=part)
                yield from self.value(value, field, part)

    def value(
        self, part: SourceNode, field: Field, inside: SourceNode, holder: Field | None = None
    ) -> Iterator[FieldPlace]:
        if is_blank_node(part.node) or is_unknown_node(part.node):
            return
        listed = isinstance(part.node, yaml_nodes.Sequence)
        if not field.many:
            one = part.items[0] if listed else part
            yield from self.single(one, field, part if listed else inside, holder)
            return
        for item in part.items if listed else (part,):
            if self.is_keyed(item, field):
                for key, value in item.pairs:
                    yield from self.entry(key, value, field, item)
            elif not is_blank_node(item.node):
                yield from self.single(item, field, part if listed else inside, holder)

    def single(
        self, part: SourceNode, field: Field, inside: SourceNode, holder: Field | None
    ) -> Iterator[FieldPlace]:
        if isinstance(part.node, yaml_nodes.Scalar):
            if field.kind == "record" and field.key:
                yield from self.value(part, field.fields[field.key], inside, field)
            elif field.kind != "record":
                yield FieldPlace(part=part, field=field, holder=holder, inside=inside)
        elif isinstance(part.node, yaml_nodes.Mapping) and field.kind == "record":
            if len(part.pairs) == 1 and self.is_keyed(part, field):
                yield from self.entry(*part.pairs[0], field, part)
            else:
                yield FieldPlace(part=part, field=field, inside=inside)
                yield from self.mapping(part, field.fields)

    def entry(
        self, key: SourceNode, value: SourceNode, field: Field, inside: SourceNode
    ) -> Iterator[FieldPlace]:
        """Yield the places of an entry that is written as a term and what follows it."""
        yield from self.value(key, field.fields[field.key], inside)
        if isinstance(value.node, yaml_nodes.Mapping):
            yield FieldPlace(part=value, field=field, inside=inside)
            yield from self.mapping(value, field.fields)
        elif not is_blank_node(value.node):
            yield from self.value(value, field.fields[field_of_value(field)], inside)

    def is_keyed(self, part: SourceNode, field: Field) -> bool:
        return is_keyed(part, field, self.model)


def field_places(root: SourceNode, model: Model) -> Iterator[FieldPlace]:
    """Yield each name and each value of a record that a field of the model reads.

    The names that no field has are left out, with all that is below them.
    """
    yield from _Walk(model).mapping(root, model.fields)


def is_keyed(part: SourceNode, field: Field, model: Model) -> bool:
    """Tell whether a mapping is written by terms: `funding: yes` for an entry about funding."""
    node = part.node
    return (
        field.kind == "record"
        and isinstance(node, yaml_nodes.Mapping)
        and is_keyed_by_term(node, field, model.vocabularies)
    )


def text_of(part: SourceNode) -> str:
    """Return what a scalar says; nothing for a collection."""
    return part.node.value if isinstance(part.node, yaml_nodes.Scalar) else ""
