"""Owns what must not be published: who may read a record, which names and sources are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.record import Field, Model
from generator.model.value import NO, UNKNOWN, WITHHELD, Value, as_list

PUBLIC = "public"
ANONYMISED = "anonymised"
INTERNAL = "internal"

__all__ = [
    "ANONYMISED",
    "INTERNAL",
    "PUBLIC",
    "WITHHELD",
    "hidden_entries",
    "is_fully_public",
    "redacted",
    "visibility",
]


def visibility(values: Mapping[str, Value], model: Model) -> str:
    """Return who may read a record: public, internal or anonymised.

    Whatever else a record says, unknown included, keeps it internal; saying nothing does not.
    """
    field = model.role("visibility")
    said = values.get(field.name, PUBLIC) if field else PUBLIC
    return said if isinstance(said, str) and said in {PUBLIC, ANONYMISED} else INTERNAL


def is_fully_public(values: Mapping[str, Value], model: Model) -> bool:
    """Return whether a published record is public, and nothing of it was withheld."""
    return visibility(values, model) == PUBLIC and not _withheld(list(values.values()))


def _withheld(value: Value) -> bool:
    inner = list(value.values()) if isinstance(value, dict) else value
    return any(map(_withheld, inner)) if isinstance(inner, list) else inner == WITHHELD


def hidden_entries(values: Mapping[str, Value], model: Model) -> Iterator[tuple[str, str]]:
    """Yield the place and value of every name that a published page may not print."""
    anonymous = visibility(values, model) == ANONYMISED
    for place, name, _ in _hidden(values, model.fields, "", "", anonymous=anonymous):
        yield place, name


def _hidden(
    values: Mapping[str, Value],
    fields: Mapping[str, Field],
    where: str,
    spared: str,
    *,
    anonymous: bool,
) -> Iterator[tuple[str, str, Field]]:
    """Yield place, name and field; the name `spared` belongs to no partner and is never hidden."""
    withheld = anonymous or _without_consent(values, fields)
    for field in fields.values():
        value = values.get(field.name)
        if value is None or not field.hides:
            continue
        place = f"{where}.{field.name}" if where else field.name
        secret = (field.private and withheld) or (field.personal and anonymous)
        for index, item in enumerate(as_list(value)):
            here = f"{place}.{index}" if isinstance(value, list) else place
            if isinstance(item, dict):
                yield from _hidden(item, field.fields, here, field.besides, anonymous=withheld)
            elif secret and isinstance(item, str) and item not in {UNKNOWN, WITHHELD, spared}:
                yield here, item, field


def _without_consent(values: Mapping[str, Value], fields: Mapping[str, Field]) -> bool:
    return any(
        field.role == "consent" and values.get(field.name) == NO for field in fields.values()
    )


def redacted(values: Mapping[str, Value], model: Model) -> Mapping[str, Value]:
    """Return the values as they may be published: hidden names and their sources' addresses out.

    Values of which nothing is hidden are returned as they are, and not copied.
    """
    hidden = list(hidden_entries(values, model))
    anonymous = visibility(values, model) == ANONYMISED
    if not (hidden or anonymous):
        return values
    made = {key: _copied(value) for key, value in values.items()}
    for place, _ in hidden:
        holder, last = _holder(made, place)
        if isinstance(holder, list):
            holder[int(last)] = WITHHELD
        elif isinstance(holder, dict):
            holder[last] = WITHHELD
    return _unlinked(made, model.fields) if anonymous else made


def _unlinked(values: Mapping[str, Value], fields: Mapping[str, Field]) -> dict[str, Value]:
    """Return the values of a record without the addresses of its sources."""
    return {
        name: _each(value, fields[name])
        for name, value in values.items()
        if not fields[name].source_link
    }


def _each(value: Value, field: Field) -> Value:
    if isinstance(value, list):
        return [_each(item, field) for item in value]
    return _unlinked(value, field.fields) if isinstance(value, dict) else value


def _copied(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _holder(values: dict[str, Value], place: str) -> tuple[Value, str]:
    """Return the record or list that holds the value at a place, and its key there."""
    *above, last = place.split(".")
    at: Value = values
    for part in above:
        if isinstance(at, list):
            at = at[int(part)]
        elif isinstance(at, dict):
            at = at[part]
    return at, last
