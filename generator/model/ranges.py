"""Ranges of numbers as terms have them: `under-0.1`, `0.1 to 0.5`, `Over 1`, `5+`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from generator.base.likeness import meaningful

_NUMBER = r"(\d{1,15}(?:[.,]\d{1,15})?)(?![\d.,]*\d)"
_TO = r"\s*(?:-|–|—|\.\.|to|and|à|et|a|hasta|até|bis)\s*"
_FORMS = (
    (rf"(?:under|below|less than|fewer than|moins de|menos de|<)\s*{_NUMBER}", "under"),
    (rf"(?:up to|at most|jusqu'à|hasta|até|bis|≤|<=)\s*{_NUMBER}", "up to"),
    (rf"(?:over|above|more than|plus de|más de|mais de|>)\s*{_NUMBER}", "over"),
    (rf"(?:at least|from|au moins|al menos|≥|>=)\s*{_NUMBER}", "from"),
    (rf"{_NUMBER}\s*(?:\+|(?:or|and) (?:more|over|above)|et plus|y más|ou mais)", "from"),
    (rf"{_NUMBER}{_TO}{_NUMBER}", "between"),
)
_RANGES = tuple((re.compile(rf"{form}(?P<rest>\D*)"), kind) for form, kind in _FORMS)
_ALONE = re.compile(rf"(?:about|around|environ|approx\.?|c\.|ca\.?|~|≈)?\s*{_NUMBER}(?P<rest>\D*)")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; an end that is open does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def holds(self, number: float) -> bool:
        """Tell whether a number lies in the range."""
        above = number > self.low if self.low_open else number >= self.low
        return above and (number < self.high if self.high_open else number <= self.high)


def read_range(text: str) -> Range | None:
    """Return the range that words name, None where they name none."""
    return _read(text)[0]


def typed_range(text: str, units: Iterable[str]) -> Range | None:
    """Return the number or range that somebody typed; of other words only `units` may follow."""
    typed = text.strip().casefold()
    numbers, rest = _read(typed)
    if numbers is None and (match := _ALONE.fullmatch(typed)):
        numbers, rest = Range(_value(match[1]), _value(match[1])), match["rest"]
    return numbers if meaningful(rest) <= frozenset(units) and "%" not in rest else None


def _read(text: str) -> tuple[Range | None, str]:
    spaced = re.sub(r"(?<=[a-z])-(?=\d)|(?<=[a-z])-(?=[a-z])", " ", text.strip().casefold())
    for pattern, kind in _RANGES:
        if match := pattern.fullmatch(spaced):
            first = _value(match[1])
            if kind == "between":
                return Range(first, _value(match[2])), match["rest"]
            if kind in {"under", "up to"}:
                return Range(-inf, first, high_open=kind == "under"), match["rest"]
            return Range(first, inf, low_open=kind == "over"), match["rest"]
    return None, ""


def _value(typed: str) -> float:
    """Return a number typed with a decimal point or comma, or a comma between thousands."""
    return float(typed.replace(",", "" if _THOUSANDS.fullmatch(typed) else "."))
