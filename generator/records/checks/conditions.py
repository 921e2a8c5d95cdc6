"""Owns when a declared condition holds for a record."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.record import Condition, Model
from generator.model.value import Value, as_list, holders, texts


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Return whether each path of a condition has one of the values asked for."""
    return all(
        any(text in wanted for text in texts(values, path.split(".")))
        for path, wanted in condition.items()
    )


def holds_for_all(condition: Condition, values: Mapping[str, Value], model: Model) -> bool:
    """Return whether every entry says one of the values asked for, at each path of a condition.

    An entry that the declaration sets apart with `besides` is not asked; where there is no entry,
    or one that says nothing, the condition does not hold.
    """
    return all(
        _for_all(path.split("."), wanted, values, model) for path, wanted in condition.items()
    )


def _for_all(
    path: list[str], wanted: tuple[str, ...], values: Mapping[str, Value], model: Model
) -> bool:
    *above, last = path
    owner = model.at(tuple(above)) if above else None
    if owner and any(isinstance(item, str) for item in texts(values, above)):
        return False
    said = [
        entry.get(last)
        for _, entry in holders(values, above)
        if not (owner and owner.besides and entry.get(owner.key) == owner.besides)
    ]
    return bool(said) and all(
        value is not None and all(item in wanted for item in as_list(value)) for value in said
    )
