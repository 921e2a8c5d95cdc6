"""Owns how a date reads on a page: as precise as it was written, and no more."""

from __future__ import annotations

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def spoken(text: str) -> str:
    """Return a date in words: '2026', 'November 2026', '22 November 2026'; other text as it is."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts):
        return text
    month = f"{_MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month}{parts[0]}"
