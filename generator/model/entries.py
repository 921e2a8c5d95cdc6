"""How an entry of a list is written: its short forms, and hints for what is no entry.

With `key: challenge` and a lead or value field, an author writes `- funding` for
`- challenge: funding`, `- funding: It ran out.` for an entry with a text, and a mapping of several
terms for a list of entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.model.former_names import field_meant, is_called_so
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_as_yaml

if TYPE_CHECKING:
    from generator.model.record import Field


def items(
    node: yaml_nodes.Node, field: Field, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[yaml_nodes.Node]:
    """Yield the entries of a field that may hold many: of a list, of a mapping, or the one."""
    for item in node.items if isinstance(node, yaml_nodes.Sequence) else (node,):
        if isinstance(item, yaml_nodes.Mapping) and is_keyed_by_term(item, field, vocabularies):
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
        and is_keyed_by_term(node, field, vocabularies)
    ):
        return _entry(*node.pairs[0], field)
    return node


def is_keyed_by_term(
    node: yaml_nodes.Mapping, field: Field, vocabularies: Mapping[str, Vocabulary]
) -> bool:
    """Tell whether the keys are terms: `funding: yes` for `{challenge: funding, met: yes}`."""
    member = field.fields.get(field.key)
    names = [key.value for key, _ in node.pairs]
    if not names or member is None or any(is_called_so(name, field.fields) for name in names):
        return False
    records = all(isinstance(value, yaml_nodes.Mapping) for _, value in node.pairs)
    if not field_of_value(field) and not records:
        return False
    vocabulary = vocabularies.get(member.vocabulary)
    if vocabulary is None:
        return False
    if any(vocabulary.resolve(name) for name in names):
        return True
    # None is a term: the author misspelled either terms or the fields of an entry. They are read
    # as terms, whose message then lists the terms, unless one looks like a field.
    return not any(field_meant(name, field.fields) for name in names[:_FEW])


_FEW = 10
"""Only so many keys are compared with the fields, since comparing is slow."""


def field_of_value(field: Field) -> str:
    """Return the member that takes what follows a term and a colon, or an empty string."""
    return field.value or (field.lead_field.name if field.lead_field else "")


def _entry(term: yaml_nodes.Scalar, value: yaml_nodes.Node, field: Field) -> yaml_nodes.Node:
    """Return the entry that `term: value` stands for."""
    pairs: list[tuple[yaml_nodes.Scalar, yaml_nodes.Node]] = [(_key_node(field.key, term), term)]
    if isinstance(value, yaml_nodes.Mapping):
        pairs += value.pairs
    elif not (isinstance(value, yaml_nodes.Scalar) and not value.value.strip()):
        pairs.append((_key_node(field_of_value(field), value), value))
    return yaml_nodes.Mapping(pairs=tuple(pairs), position=term.position)


def _key_node(name: str, value: yaml_nodes.Node) -> yaml_nodes.Scalar:
    """Return a key that nobody typed, at the position of its value."""
    return yaml_nodes.Scalar(value=name, position=value.position, plain=True)


_FEWER = 6
"""At most so many keys are named beside an example."""

_ENOUGH = 2
"""An example shows so many fields, and all that an entry must have."""

_PLAIN = re.compile(r"\w(?:[\w .()'-]*[\w.)])?")


def keys_and_example(field: Field) -> str:
    """Return the hint for what is no record: its keys, and how one is written on one line."""
    keys = f"its keys are {', '.join(field.fields)}; " if len(field.fields) <= _FEWER else ""
    return f"{keys}for example {_example_line(field)}"


def _example_line(field: Field) -> str:
    members = [m for m in field.fields.values() if isinstance(m.example, str) and m.example]
    needed = [member for member in members if member.need == "always"]
    optional = [member for member in members if member not in needed]
    chosen = [*needed, *optional[: max(_ENOUGH - len(needed), 0)]]
    inner = ", ".join(f"{m.name}: {_inside_braces(str(m.example))}" for m in chosen)
    return f"{field.name}: [{{{inner}}}]" if field.many else f"{field.name}: {{{inner}}}"


def _inside_braces(text: str) -> str:
    """Return text as YAML that may stand inside `{}` or `[]`."""
    return text if _PLAIN.fullmatch(text) else quote_as_yaml(text)


def where_it_belongs(key: str, fields: Mapping[str, Field]) -> str:
    """Return the hint for a key that belongs inside one of the fields, or nothing."""
    holders = [field for field in fields.values() if is_called_so(key, field.fields)]
    if not holders:
        return ""
    if len(holders) == 1:
        inside = "to an entry of" if holders[0].many else "inside"
        return f"it belongs {inside} '{holders[0].name}': indent it below that"
    names = ", ".join(field.name for field in holders)
    return f"it belongs inside one of {names}: indent it below that"
