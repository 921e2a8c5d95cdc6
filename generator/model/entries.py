"""The short forms of an entry: a bare term, and a term with what is said of it.

With `key: challenge` and a lead or value field, an author writes `- funding` for
`- challenge: funding`, `- funding: It ran out.` for an entry with a text, and a mapping of several
terms for a list of entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.model.declaration import nearest
from generator.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.model.record import Field


def items(
    node: yaml_nodes.Node, field: Field, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[yaml_nodes.Node]:
    """Yield the entries of a field that may hold many: of a list, of a mapping, or the one."""
    for item in node.items if isinstance(node, yaml_nodes.Sequence) else (node,):
        if isinstance(item, yaml_nodes.Mapping) and _is_keyed_by_term(item, field, vocabularies):
            yield from (_entry(term, value, field) for term, value in item.pairs)
        else:
            yield item


def spelled_out(
    node: yaml_nodes.Node, field: Field, vocabularies: Mapping[str, Vocabulary]
) -> yaml_nodes.Node:
    """Return the record that is meant: for a bare value, the one whose key field it fills."""
    if isinstance(node, yaml_nodes.Scalar) and field.key:
        pair = (_key_node(field.key, node), node)
        return yaml_nodes.Mapping(pairs=(pair,), position=node.position)
    if (
        isinstance(node, yaml_nodes.Mapping)
        and len(node.pairs) == 1
        and _is_keyed_by_term(node, field, vocabularies)
    ):
        return _entry(*node.pairs[0], field)
    return node


def _is_keyed_by_term(
    node: yaml_nodes.Mapping, field: Field, vocabularies: Mapping[str, Vocabulary]
) -> bool:
    """Tell whether the keys are terms: `funding: yes` for `{challenge: funding, met: yes}`."""
    member = field.fields.get(field.key)
    names = [key.value for key, _ in node.pairs]
    if not names or member is None or any(name in field.fields for name in names):
        return False
    records = all(isinstance(value, yaml_nodes.Mapping) for _, value in node.pairs)
    if not _field_of_value(field) and not records:
        return False
    vocabulary = vocabularies.get(member.vocabulary)
    if vocabulary is None:
        return False
    if any(vocabulary.resolve(name) for name in names):
        return True
    # None is a term: the author misspelled either terms or the fields of an entry. They are read
    # as terms, whose message then lists the terms, unless one looks like a field.
    return not any(nearest(name, field.fields) for name in names[:_FEW])


_FEW = 10
"""Only so many keys are compared with the fields, since comparing is slow."""


def _field_of_value(field: Field) -> str:
    """Return the member that takes what follows a term and a colon, or an empty string."""
    return field.value or (field.lead_field.name if field.lead_field else "")


def _entry(term: yaml_nodes.Scalar, value: yaml_nodes.Node, field: Field) -> yaml_nodes.Node:
    """Return the entry that `term: value` stands for."""
    pairs: list[tuple[yaml_nodes.Scalar, yaml_nodes.Node]] = [(_key_node(field.key, term), term)]
    if isinstance(value, yaml_nodes.Mapping):
        pairs += value.pairs
    elif not (isinstance(value, yaml_nodes.Scalar) and not value.value.strip()):
        pairs.append((_key_node(_field_of_value(field), value), value))
    return yaml_nodes.Mapping(pairs=tuple(pairs), position=term.position)


def _key_node(name: str, value: yaml_nodes.Node) -> yaml_nodes.Scalar:
    """Return a key that nobody typed, at the position of its value."""
    return yaml_nodes.Scalar(value=name, position=value.position, plain=True)
