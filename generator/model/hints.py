"""Owns the hints for entries of records: an example line, and where a misplaced key belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.yaml_nodes.suggested_fixes import quote_as_yaml

if TYPE_CHECKING:
    from generator.model.record import Field

FEW = 12
"""So many keys are named in a hint, and not more."""

FEWER = 6
"""So many are named beside an example."""

ENOUGH = 2
"""An example shows so many fields, and all that an entry must have."""

_PLAIN = re.compile(r"\w(?:[\w .()'-]*[\w.)])?")


def known_keys(words: Iterable[str]) -> str:
    """Return the words that may stand somewhere; of very many the first, and how many more."""
    names = list(words)
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return f"known: {', '.join(names[:FEW])}{more}" if names else ""


def example_line(of: Field) -> str:
    """Return the field of kind record as an author could write it on one line."""
    shown = [m for m in of.fields.values() if isinstance(m.example, str) and m.example]
    must = [member for member in shown if member.need == "always"]
    rest = [member for member in shown if member not in must]
    chosen = [*must, *rest[: max(ENOUGH - len(must), 0)]]
    inner = ", ".join(f"{m.name}: {_flow(str(m.example))}" for m in chosen)
    return f"{of.name}: [{{{inner}}}]" if of.many else f"{of.name}: {{{inner}}}"


def keys_and_example(of: Field) -> str:
    """Return the hint for what is no record: its keys, and how one is written."""
    keys = f"its keys are {', '.join(of.fields)}; " if len(of.fields) <= FEWER else ""
    return f"{keys}for example {example_line(of)}"


def deeper(key: str, fields: Mapping[str, Field]) -> str:
    """Return the hint for a key that belongs inside one of the fields, or nothing."""
    holders = [of for of in fields.values() if key in of.fields]
    if not holders:
        return ""
    if len(holders) == 1:
        inside = "to an entry of" if holders[0].many else "inside"
        return f"it belongs {inside} '{holders[0].name}': indent it below that"
    names = ", ".join(of.name for of in holders)
    return f"it belongs inside one of {names}: indent it below that"


def _flow(text: str) -> str:
    """Return text as it may stand between brackets."""
    return text if _PLAIN.fullmatch(text) else quote_as_yaml(text)
