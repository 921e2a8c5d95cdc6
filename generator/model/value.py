"""Owns what a value is once it is read, and how to find the values at a path of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

UNKNOWN = "unknown"
"""The value that is allowed everywhere, satisfies any need and is never counted as a term."""

WITHHELD = "withheld"
"""The value that stands where a name was taken out before publication."""

WITHHELD_WORDS = "Name withheld"
"""How a page or a table says that it may not print a name."""

YES = "yes"
NO = "no"
"""The answers that have a meaning of their own where a declaration says so."""

Value = str | list["Value"] | dict[str, "Value"]
"""A value as read: text, a list, or a record. Dates are ISO strings of the precision typed."""


def as_list(value: Value | None) -> list[Value]:
    """Return a value as a list: nothing, one, or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def is_unknown(value: Value | None) -> bool:
    """Return whether a field was looked into and is known to be unknown."""
    return value == UNKNOWN or (isinstance(value, list) and value == [UNKNOWN])


def located(
    values: Mapping[str, Value], path: Sequence[str], where: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield each text at a path with its place (`partners.0.sector`), in the order of the file."""
    value = values.get(path[0])
    if value is None:
        return
    place = f"{where}.{path[0]}" if where else path[0]
    many = isinstance(value, list)
    for index, item in enumerate(as_list(value)):
        here = f"{place}.{index}" if many else place
        if isinstance(item, dict):
            if len(path) > 1:
                yield from located(item, path[1:], here)
        elif isinstance(item, str) and (len(path) == 1 or item == UNKNOWN):
            yield here, item


def holders(
    values: Mapping[str, Value], path: Sequence[str], where: str = ""
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Yield each record at a path with its place, an empty path being the whole record."""
    if not path:
        yield where, values
        return
    value = values.get(path[0])
    place = f"{where}.{path[0]}" if where else path[0]
    for index, item in enumerate(as_list(value)):
        if isinstance(item, dict):
            here = f"{place}.{index}" if isinstance(value, list) else place
            yield from holders(item, path[1:], here)


def texts(values: Mapping[str, Value], path: Sequence[str]) -> list[str]:
    """Return each text at a path, in the order of the file."""
    value = values.get(path[0])
    if value is None:
        return []
    found: list[str] = []
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            found += texts(item, path[1:]) if len(path) > 1 else ()
        elif isinstance(item, str) and (len(path) == 1 or item == UNKNOWN):
            found.append(item)
    return found


def first(values: Mapping[str, Value], path: Sequence[str]) -> str:
    """Return the first text at a path, or an empty string."""
    value = values.get(path[0])
    if isinstance(value, str):
        return value if len(path) == 1 or value == UNKNOWN else ""
    return next(iter(texts(values, path)), "")


def every_text(values: Value, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a record with its place, in the order of the file."""
    if isinstance(values, str):
        yield where, values
        return
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    for key, value in pairs:
        yield from every_text(value, f"{where}.{key}" if where else str(key))


def field_path(place: str) -> tuple[str, ...]:
    """Return the field's path for a place: `("partners", "sector")` for `partners.0.sector`."""
    return tuple(part for part in place.split(".") if not part.isdigit())
