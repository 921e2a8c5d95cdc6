"""Owns `DataFile`, what every format gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A data file: its path in the site, what it holds in words, its rows where it has rows."""

    path: str
    what: str
    content: bytes
    rows: int | None = None


def lined_json(content: Mapping[str, object]) -> bytes:
    """Return a JSON object with a line for each of its values, and for each item of its lists.

    At ten thousand records it is written in a tenth of the time that indenting takes, and two
    editions can still be compared line by line.
    """
    lines = (f"{_compact(key)}: {_lined(value)}" for key, value in content.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _lined(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_bytes(value: object) -> bytes:
    """Return a value as readable JSON, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
