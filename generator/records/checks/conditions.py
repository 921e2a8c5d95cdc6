"""When a declared condition holds for a record, and when a field applies or is answered."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.record import Condition, Field, Model
from generator.model.unnamed import is_unnamed
from generator.model.value import UNKNOWN, YES, Value, as_list, holders, texts


def applies(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field has anything to say about a record with those values."""
    return not (field.applies_unless and holds(field.applies_unless, values))


def satisfied(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field says enough to answer a need, `unknown` included."""
    value = values.get(field.name)
    if value is None:
        return bool(field.unneeded_if) and values.get(field.unneeded_if) == YES
    if not field.besides:
        return True
    return value == UNKNOWN or any(
        not isinstance(entry, dict) or entry.get(field.key) != field.besides
        for entry in as_list(value)
    )


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Return whether each path of a condition has one of the values asked for."""
    return all(
        any(text in accepted for text in texts(values, path.split(".")))
        for path, accepted in condition.items()
    )


def holds_for_all(condition: Condition, values: Mapping[str, Value], model: Model) -> bool:
    """Return whether every entry says one of the values asked for, at each path of a condition.

    The entry that the declaration sets apart with `besides` is not asked, nor one without a name:
    nobody is there to be named. Where there is no entry,
    or one that says nothing, the condition does not hold.
    """
    return all(
        _all_entries_say(path.split("."), accepted, values, model)
        for path, accepted in condition.items()
    )


def _all_entries_say(
    path: list[str], accepted: tuple[str, ...], values: Mapping[str, Value], model: Model
) -> bool:
    *above, last = path
    owner = model.at(tuple(above)) if above else None
    if owner and any(isinstance(item, str) for item in texts(values, above)):
        return False  # the whole list is 'unknown': no entry can be asked
    entries = [entry for _, entry in holders(values, above)]
    asked = [entry for entry in entries if not (owner and is_unnamed(entry, owner))]
    answers = [
        entry.get(last)
        for entry in asked
        if not (owner and owner.besides and entry.get(owner.key) == owner.besides)
    ]
    return (bool(answers) or len(asked) < len(entries)) and all(
        answer is not None and all(item in accepted for item in as_list(answer))
        for answer in answers
    )
