"""Owns the short forms of an entry: a bare term, and a term with what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.model.declaration import nearest
from generator.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.model.record import Field


def items(
    node: yaml_nodes.Node, of: Field, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[yaml_nodes.Node]:
    """Yield the entries of a field that may hold many: of a list, of a mapping, or the one."""
    for item in node.items if isinstance(node, yaml_nodes.Sequence) else (node,):
        if isinstance(item, yaml_nodes.Mapping) and _by_term(item, of, vocabularies):
            yield from (_entry(key, value, of) for key, value in item.pairs)
        else:
            yield item


def spelled_out(
    node: yaml_nodes.Node, of: Field, vocabularies: Mapping[str, Vocabulary]
) -> yaml_nodes.Node:
    """Return the record that is meant: of a bare value, the one whose key field it fills."""
    if isinstance(node, yaml_nodes.Scalar) and of.key:
        return yaml_nodes.Mapping(pairs=((_named(of.key, node), node),), position=node.position)
    if (
        isinstance(node, yaml_nodes.Mapping)
        and len(node.pairs) == 1
        and _by_term(node, of, vocabularies)
    ):
        return _entry(*node.pairs[0], of)
    return node


def _by_term(node: yaml_nodes.Mapping, of: Field, vocabularies: Mapping[str, Vocabulary]) -> bool:
    """Tell whether the keys are terms: `funding: yes` for `{challenge: funding, met: yes}`."""
    member = of.fields.get(of.key)
    names = [key.value for key, _ in node.pairs]
    if not names or member is None or any(name in of.fields for name in names):
        return False
    if not _rest(of) and not all(isinstance(value, yaml_nodes.Mapping) for _, value in node.pairs):
        return False
    vocabulary = vocabularies.get(member.vocabulary)
    if vocabulary is None:
        return False
    if any(vocabulary.resolve(name) for name in names):
        return True
    return not any(nearest(name, of.fields) for name in names[:_FEW])


_FEW = 10


def _rest(of: Field) -> str:
    """Return the field that takes what stands after a term and a colon."""
    return of.value or (of.lead_field.name if of.lead_field else "")


def _entry(key: yaml_nodes.Scalar, value: yaml_nodes.Node, of: Field) -> yaml_nodes.Node:
    pairs: list[tuple[yaml_nodes.Scalar, yaml_nodes.Node]] = [(_named(of.key, key), key)]
    if isinstance(value, yaml_nodes.Mapping):
        pairs += value.pairs
    elif not (isinstance(value, yaml_nodes.Scalar) and not value.value.strip()):
        pairs.append((_named(_rest(of), value), value))
    return yaml_nodes.Mapping(pairs=tuple(pairs), position=key.position)


def _named(name: str, at: yaml_nodes.Node) -> yaml_nodes.Scalar:
    return yaml_nodes.Scalar(value=name, position=at.position, plain=True)
