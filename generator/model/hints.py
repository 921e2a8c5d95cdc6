"""Hints for entries of records: the known keys, an example line, where a misplaced key belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.yaml_nodes.suggested_fixes import quote_as_yaml

if TYPE_CHECKING:
    from generator.model.record import Field

FEW = 12
"""At most so many keys are named in a hint."""

FEWER = 6
"""At most so many are named beside an example."""

ENOUGH = 2
"""An example shows so many fields, and all that an entry must have."""

_PLAIN = re.compile(r"\w(?:[\w .()'-]*[\w.)])?")


def known_keys(words: Iterable[str]) -> str:
    """Return the words that are allowed; of very many the first, and how many more there are."""
    names = list(words)
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return f"known: {', '.join(names[:FEW])}{more}" if names else ""


def keys_and_example(field: Field) -> str:
    """Return the hint for what is no record: its keys, and how one is written on one line."""
    keys = f"its keys are {', '.join(field.fields)}; " if len(field.fields) <= FEWER else ""
    return f"{keys}for example {_example_line(field)}"


def _example_line(field: Field) -> str:
    members = [m for m in field.fields.values() if isinstance(m.example, str) and m.example]
    needed = [member for member in members if member.need == "always"]
    optional = [member for member in members if member not in needed]
    chosen = [*needed, *optional[: max(ENOUGH - len(needed), 0)]]
    inner = ", ".join(f"{m.name}: {_inside_braces(str(m.example))}" for m in chosen)
    return f"{field.name}: [{{{inner}}}]" if field.many else f"{field.name}: {{{inner}}}"


def _inside_braces(text: str) -> str:
    """Return text as YAML that may stand inside `{}` or `[]`."""
    return text if _PLAIN.fullmatch(text) else quote_as_yaml(text)


def where_it_belongs(key: str, fields: Mapping[str, Field]) -> str:
    """Return the hint for a key that belongs inside one of the fields, or nothing."""
    holders = [field for field in fields.values() if key in field.fields]
    if not holders:
        return ""
    if len(holders) == 1:
        inside = "to an entry of" if holders[0].many else "inside"
        return f"it belongs {inside} '{holders[0].name}': indent it below that"
    names = ", ".join(field.name for field in holders)
    return f"it belongs inside one of {names}: indent it below that"
