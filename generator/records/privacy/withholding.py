"""Who may read a record, which of its names and sources are hidden, and the values without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.record import Field, Model
from generator.model.value import NO, UNKNOWN, WITHHELD, Value, as_list

PUBLIC = "public"
ANONYMISED = "anonymised"
INTERNAL = "internal"


def visibility(values: Mapping[str, Value], model: Model) -> str:
    """Return who may read a record: PUBLIC, ANONYMISED or INTERNAL.

    Any other word, `unknown` included, keeps the record internal. A field left out does not: what
    it then means is a setting of the site, which `parse` has filled in.
    """
    field = model.role("visibility")
    value = values.get(field.name, PUBLIC) if field else PUBLIC
    return value if isinstance(value, str) and value in {PUBLIC, ANONYMISED} else INTERNAL


def is_fully_public(values: Mapping[str, Value], model: Model) -> bool:
    """Return whether a published record is public, and nothing of it was withheld."""
    return visibility(values, model) == PUBLIC and not _holds_withheld(list(values.values()))


def _holds_withheld(value: Value) -> bool:
    inner = list(value.values()) if isinstance(value, dict) else value
    return any(map(_holds_withheld, inner)) if isinstance(inner, list) else inner == WITHHELD


def hidden_entries(values: Mapping[str, Value], model: Model) -> Iterator[tuple[str, str]]:
    """Yield the place (`partners.0.name`) and value of every name that no page may print."""
    anonymous = visibility(values, model) == ANONYMISED
    return _hidden(values, model.fields, "", "", anonymous=anonymous)


def _hidden(
    values: Mapping[str, Value],
    fields: Mapping[str, Field],
    where: str,
    besides: str,
    *,
    anonymous: bool,
) -> Iterator[tuple[str, str]]:
    """Yield the place and value of each hidden name in a record, and in the records inside it.

    Two kinds of field hold names. One that is `private` names an organisation: it is hidden in an
    anonymised record, and in an entry whose consent field says no. One that is `personal` names a
    person: it is hidden in an anonymised record alone.

    The walk starts at the whole record, where `where` is empty, and calls itself for each entry.
    Hiding is inherited downwards: records inside an entry without consent are treated as if the
    whole record were anonymised. It never reaches the entries beside it.

    `besides` is the term that the declaration sets apart: the organisation that publishes. It is no
    partner who could refuse, so its name stays.
    """
    withheld = anonymous or _consent_refused(values, fields)
    for field in fields.values():
        value = values.get(field.name)
        if value is None or not field.hides:  # most fields hide nothing at any depth
            continue
        place = f"{where}.{field.name}" if where else field.name
        hides_here = (field.private and withheld) or (field.personal and anonymous)
        for index, item in enumerate(as_list(value)):
            here = f"{place}.{index}" if isinstance(value, list) else place
            if isinstance(item, dict):
                yield from _hidden(item, field.fields, here, field.besides, anonymous=withheld)
            elif hides_here and isinstance(item, str) and item not in {UNKNOWN, WITHHELD, besides}:
                yield here, item


def _consent_refused(values: Mapping[str, Value], fields: Mapping[str, Field]) -> bool:
    return NO in values.values() and any(  # few records say 'no' at all
        field.role == "consent" and values.get(field.name) == NO for field in fields.values()
    )


def redacted(values: Mapping[str, Value], model: Model) -> Mapping[str, Value]:
    """Return the values as they may be published: hidden names and their sources' addresses out.

    A hidden name becomes WITHHELD. Values of which nothing is hidden are returned as they are, and
    not copied; the values handed in never change. What `allowed` holds is for the checks alone: it
    may be a part of a hidden name.
    """
    allowed = model.role("allowed")
    if allowed and allowed.name in values:
        values = {name: value for name, value in values.items() if name != allowed.name}
    hidden = list(hidden_entries(values, model))
    anonymous = visibility(values, model) == ANONYMISED
    if not (hidden or anonymous):
        return values
    copy = {key: _copy(value) for key, value in values.items()}
    for place, _ in hidden:
        holder, key = _holder(copy, place)
        if isinstance(holder, list):
            holder[int(key)] = WITHHELD
        elif isinstance(holder, dict):
            holder[key] = WITHHELD
    return _without_source_links(copy, model.fields) if anonymous else copy


def _without_source_links(
    values: Mapping[str, Value], fields: Mapping[str, Field]
) -> dict[str, Value]:
    """Return the values of a record without the addresses of its sources, at any depth."""
    return {
        name: _unlinked(value, fields[name])
        for name, value in values.items()
        if not fields[name].source_link
    }


def _unlinked(value: Value, field: Field) -> Value:
    if isinstance(value, list):
        return [_unlinked(item, field) for item in value]
    return _without_source_links(value, field.fields) if isinstance(value, dict) else value


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _holder(values: dict[str, Value], place: str) -> tuple[Value, str]:
    """Return the record or list that holds the value at a place, and its key there."""
    *above, last = place.split(".")
    holder: Value = values
    for part in above:
        if isinstance(holder, list):
            holder = holder[int(part)]
        elif isinstance(holder, dict):
            holder = holder[part]
    return holder, last
