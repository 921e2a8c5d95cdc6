"""Values as read from a record, and how to find those at a path.

A *path* names fields: `("partners", "sector")`. A *location* names one value, with the numbers of
entries: `partners.0.sector`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

UNKNOWN = "unknown"
"""The value that is allowed everywhere, satisfies any need and is never counted as a term."""

WITHHELD = "withheld"
"""The value that replaces a name which may not be published."""

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
    """Tell whether a field was looked into and nobody knows its value."""
    return value == UNKNOWN or (isinstance(value, list) and value == [UNKNOWN])


def located(
    values: Mapping[str, Value], path: Sequence[str], above: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield each text at a path after its location, in the order of the record.

    `unknown` is yielded where it stands for a whole record on the way, too. `above` is the location
    of `values`.
    """
    value = values.get(path[0])
    if value is None:
        return
    location = f"{above}.{path[0]}" if above else path[0]
    many = isinstance(value, list)
    for index, item in enumerate(as_list(value)):
        inner = f"{location}.{index}" if many else location
        if isinstance(item, dict):
            if len(path) > 1:
                yield from located(item, path[1:], inner)
        elif isinstance(item, str) and (len(path) == 1 or item == UNKNOWN):
            yield inner, item


def holders(
    values: Mapping[str, Value], path: Sequence[str], above: str = ""
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Yield each record at a path after its location, an empty path being the whole record."""
    if not path:
        yield above, values
        return
    value = values.get(path[0])
    location = f"{above}.{path[0]}" if above else path[0]
    for index, item in enumerate(as_list(value)):
        if isinstance(item, dict):
            inner = f"{location}.{index}" if isinstance(value, list) else location
            yield from holders(item, path[1:], inner)


def texts(values: Mapping[str, Value], path: Sequence[str]) -> list[str]:
    """Return each text at a path, in the order of the record: `located` without the locations."""
    # A function of its own: most calls need no locations, and building them takes most of the time.
    value = values.get(path[0])
    if value is None:
        return []
    matches: list[str] = []
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            matches += texts(item, path[1:]) if len(path) > 1 else ()
        elif isinstance(item, str) and (len(path) == 1 or item == UNKNOWN):
            matches.append(item)
    return matches


def first(values: Mapping[str, Value], path: Sequence[str]) -> str:
    """Return the first text at a path, or an empty string."""
    value = values.get(path[0])
    if isinstance(value, str):
        return value if len(path) == 1 or value == UNKNOWN else ""
    return next(iter(texts(values, path)), "")


def every_text(values: Value, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a record after its location, in the order of the record."""
    if isinstance(values, str):
        yield above, values
        return
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    for name, value in pairs:
        yield from every_text(value, f"{above}.{name}" if above else str(name))


def field_path(location: str) -> tuple[str, ...]:
    """Return the path of the field at a location: `("partners", "sector")`."""
    return tuple(part for part in location.split(".") if not part.isdigit())
