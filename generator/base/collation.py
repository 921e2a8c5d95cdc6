"""Collation: the one order of titles, terms and names, in every language and on any machine.

Letters count first: case, accents and punctuation do not, so `Évaluation` stands among the E.
A number that stands alone counts by its value: `2 partners` comes before `10 partners`. Where all
that is the same, the texts themselves decide. docs/decisions/0021 says why it is our own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.base.likeness import PLAIN_LETTERS
from generator.base.names import fold

DIGITS = "0–9"
"""The initial of a text that begins with a number."""

_NUMBER = re.compile(
    r"(?<![^\W_])(?<!\d[.,])"  # no part of a word, and no decimals
    r"(?:\d{1,3}(?:[,'’\u00a0\u202f\u066c]\d{3})+|\d+)(?![^\W_])"
)
"""A number that stands alone, its thousands divided or not; decimals after it stay as they are."""

_ACCENTS = re.compile(
    "(?<![\u0400-\u052f])[\u0300-\u036f]+"  # of Latin and Greek letters
    "|\u0301|(?<=\u0435)\u0308"  # the stress of Cyrillic, and its ё; й and ї are letters
    "|[\u064b-\u0655\u0670\u0591-\u05c7]"  # the points of Arabic and Hebrew
)

_MOST_DIGITS = 99


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> str:
    """Return the key by which a text is sorted among others: keys are compared as they are.

    No two texts share a key, so that the order never depends on where a list came from.
    """
    return f"{_letters(_NUMBER.sub(_by_value, text))}\0{text}"


def initial(text: str) -> str:
    """Return the letter under which a text stands in a list from A to Z, as a capital.

    It is `DIGITS` for a number, and empty where there is no letter and no digit.
    """
    first = _letters(text)[:1].upper()
    return DIGITS if first.isdecimal() else first


def _letters(text: str) -> str:
    """Return a folded text without accents; what separates words is a single space."""
    folded = fold(text)
    if folded.isascii():
        return folded
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", folded)).translate(PLAIN_LETTERS)
    return unicodedata.normalize("NFC", plain)


def _by_value(match: re.Match[str]) -> str:
    """Return a number so that its text sorts by its value: how many digits it has comes first."""
    digits = "".join(str(unicodedata.decimal(c)) for c in match[0] if c.isdecimal())
    digits = digits.lstrip("0") or "0"
    return f"{min(len(digits), _MOST_DIGITS):02}{digits}"
