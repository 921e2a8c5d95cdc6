"""Entries without a name: a kind of partner, such as the media, and no organisation.

An entry whose field with the role `unnamed` says yes names nobody. The field with the role
`entry-kind` tells what kind it is, and the one with the role `description` may say more. What an
author writes as its name is read as that description: it never becomes a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from generator import yaml_nodes
from generator.model.former_names import all_names
from generator.model.value import NO, UNKNOWN, YES, Value
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.kind import Reading
    from generator.model.record import Field

UNNAMED: Final = "unnamed"
KIND_OF_ENTRY: Final = "entry-kind"
DESCRIPTION: Final = "description"
"""The roles of the fields that tell of an entry without a name."""


def is_unnamed(entry: Mapping[str, Value], field: Field) -> bool:
    """Tell whether an entry of a list of records says that it has no name."""
    flag = field.member_with_role(UNNAMED)
    return flag is not None and entry.get(flag.name) == YES


def with_description(
    node: yaml_nodes.Mapping, field: Field, reading: Reading
) -> yaml_nodes.Mapping:
    """Return an entry as written; where it has no name, with its name as its description.

    A name that is one after all is reported: that of a listed organisation, and one that is hidden.
    """
    flag, key = field.member_with_role(UNNAMED), field.fields.get(field.key)
    if flag is None or key is None or not _says_yes(node, flag, reading):
        return node
    described = field.member_with_role(DESCRIPTION)
    names, describing = all_names(key), all_names(described) if described else frozenset()
    kept = [(k, value) for k, value in node.pairs if k.value not in names]
    written = [(k, value) for k, value in node.pairs if k.value in names and not _is_blank(value)]
    for k, value in written:
        if problem := _why_no_description(node, value, field, reading):
            reading.findings.add(value.position, "named-after-all", *problem)
        elif described is None:
            message = (
                f"{quote_for_author(k.value)} is written, and '{flag.name}' says that there is none"
            )
            reading.findings.add(
                value.position, "named-after-all", message, "take one of the two out"
            )
        elif other := next((o.value for o, _ in kept if o.value in describing), ""):
            message = f"'{k.value}' and '{other}' both describe who has no name"
            reading.findings.add(k.position, "duplicate-key", message, "keep one of the two")
        else:
            kept.append((k._replace(value=described.name), value))
    if not written:
        for k, value in kept:
            if k.value in describing and (problem := _listed_name(value, field, reading)):
                reading.findings.add(value.position, "named-after-all", *problem)
    return node._replace(pairs=tuple(kept))


def _says_yes(node: yaml_nodes.Mapping, flag: Field, reading: Reading) -> bool:
    return _answers(node, flag, YES, reading)


def _answers(node: yaml_nodes.Mapping, field: Field, answer: str, reading: Reading) -> bool:
    """Tell whether an entry as written has a term in a field, under any of the field's names."""
    terms, names = reading.vocabularies[field.vocabulary], all_names(field)
    return any(
        key.value in names and terms.resolve(_single_text(value)) == answer
        for key, value in node.pairs
    )


def _single_text(node: yaml_nodes.Node) -> str:
    """Return the text of a value, or of the first in a list: it is read so where one is asked."""
    if isinstance(node, yaml_nodes.Sequence) and node.items:
        node = node.items[0]
    return node.value.strip() if isinstance(node, yaml_nodes.Scalar) else ""


def _is_blank(node: yaml_nodes.Node) -> bool:
    typed = node.value.strip() if isinstance(node, yaml_nodes.Scalar) else "…"
    return not typed or typed.casefold() == UNKNOWN


def _why_no_description(
    node: yaml_nodes.Mapping, value: yaml_nodes.Node, field: Field, reading: Reading
) -> tuple[str, str] | None:
    """Return message and hint for a name that cannot be a description."""
    if problem := _listed_name(value, field, reading):
        return problem
    consent, flag = field.member_with_role("consent"), field.member_with_role(UNNAMED)
    if consent is None or flag is None:
        return None
    if _answers(node, consent, NO, reading):
        message = f"'{consent.name}: no' hides a name, and '{flag.name}: yes' has none"
        return message, "take one of the two out"
    return None


def _listed_name(value: yaml_nodes.Node, field: Field, reading: Reading) -> tuple[str, str] | None:
    """Return message and hint for a description that is the name of a listed term."""
    key, flag = field.fields[field.key], field.member_with_role(UNNAMED)
    vocabulary = reading.vocabularies[key.vocabulary]
    text = _single_text(value)
    if flag and text and vocabulary.resolve(text):
        message = f"{quote_for_author(text)} is a name: {vocabulary.path} lists it"
        return message, f"take '{flag.name}: yes' out, or describe it in other words"
    return None
