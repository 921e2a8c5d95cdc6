"""What a record fills in: all that decides which of its fields are missing, and no more."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.record import Field, Model, Path
from generator.model.value import UNKNOWN, Value
from generator.records.outline import SOME_WORDS

_Texts = Mapping[Path, frozenset[str]]
"""By path the texts that decide something."""


def filled(values: Mapping[str, Value], model: Model) -> dict[str, Value]:
    """Return values with `SOME_WORDS` in the place of each text that decides nothing.

    Of the equal items of a list that are left, there is one. Whether a field applies, and whether
    one is missing, can be told from this as from the values.
    """
    return _members(values, model.fields, model.deciding_texts)


def _members(
    values: Mapping[str, Value], fields: Mapping[str, Field], deciding: _Texts
) -> dict[str, Value]:
    return {name: _filled(value, fields[name], deciding) for name, value in values.items()}


def _filled(value: Value, field: Field, deciding: _Texts) -> Value:
    if isinstance(value, list):
        different: list[Value] = []
        for item in value:
            if (one := _filled(item, field, deciding)) not in different:
                different.append(one)
        return different
    if isinstance(value, dict):
        return _members(value, field.fields, deciding)
    decides = value == UNKNOWN or value in deciding.get(field.path, ())
    return value if decides else SOME_WORDS
