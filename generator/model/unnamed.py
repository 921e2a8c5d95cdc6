"""Entries without a name: a kind of partner, such as the media, and no organisation.

An entry whose field with the role `unnamed` says yes names nobody. The field with the role
`entry-kind` tells what kind it is, and the one with the role `description` may say more. What an
author writes as its name is read as that description: it never becomes a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from generator import yaml_nodes
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
    names = {field.key, *key.former_names}
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
        elif any(other.value == described.name for other, _ in kept):
            message = f"'{k.value}' and '{described.name}' both describe who has no name"
            reading.findings.add(k.position, "duplicate-key", message, "keep one of the two")
        else:
            kept.append((k._replace(value=described.name), value))
    if described and not written:
        for k, value in kept:
            if k.value == described.name and (problem := _listed_name(value, field, reading)):
                reading.findings.add(value.position, "named-after-all", *problem)
    return node._replace(pairs=tuple(kept))


def _says_yes(node: yaml_nodes.Mapping, flag: Field, reading: Reading) -> bool:
    names = {flag.name, *flag.former_names}
    answers = reading.vocabularies[flag.vocabulary]
    return any(
        key.value in names
        and isinstance(value, yaml_nodes.Scalar)
        and answers.resolve(value.value.strip()) == YES
        for key, value in node.pairs
    )


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
    answers = reading.vocabularies[consent.vocabulary]
    for key, answer in node.pairs:
        refused = isinstance(answer, yaml_nodes.Scalar) and answers.resolve(answer.value) == NO
        if key.value == consent.name and refused:
            message = f"'{consent.name}: no' hides a name, and '{flag.name}: yes' has none"
            return message, "take one of the two out"
    return None


def _listed_name(value: yaml_nodes.Node, field: Field, reading: Reading) -> tuple[str, str] | None:
    """Return message and hint for a description that is the name of a listed term."""
    key, flag = field.fields[field.key], field.member_with_role(UNNAMED)
    vocabulary = reading.vocabularies[key.vocabulary]
    if flag and isinstance(value, yaml_nodes.Scalar) and vocabulary.resolve(value.value.strip()):
        message = f"{quote_for_author(value.value)} is a name: {vocabulary.path} lists it"
        return message, f"take '{flag.name}: yes' out, or describe it in other words"
    return None
