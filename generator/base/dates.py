"""Dates as records write them (year, month or day): in words, and their last possible day."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date
from functools import lru_cache

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def date_in_words(text: str) -> str:
    """Return a date in words: '2026', 'November 2026', '22 November 2026'; other text as it is."""
    if last_day(text) is None:
        return text
    year, *rest = text.split("-")
    month = f"{_MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


@lru_cache(maxsize=10_000)  # a library has few dates, and asks for each often
def last_day(text: str) -> date | None:
    """Return the last day of a year, a month or a day; None for other text.

    So '2026' is 31 December 2026, and '2026-02' is 28 February 2026.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 12), int(match[3] or 0)
    try:
        if day or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            return date(year, month, day)
        if (year, month) == (MAXYEAR, 12):
            return date.max
        after = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(after.toordinal() - 1)
    except ValueError:
        return None
