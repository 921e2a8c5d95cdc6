"""Owns `DataFile`, what every format gives back."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A data file: its path in the site, what it holds in words, its rows where it has rows."""

    path: str
    what: str
    content: bytes
    rows: int | None = None


def json_bytes(value: object) -> bytes:
    """Return a value as readable JSON, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
