"""How the search folds a text and divides it into words: `templates/assets/fold.js` does the same.

A browser compares what a reader types with words that a build wrote, so both follow one table of
examples, `tests/data/fold.json`. Marks are letters here: a regular expression takes them for none,
and would cut Khmer and Hindi at every vowel sign. Writing without spaces is divided into
overlapping pairs of characters, since no list of words is small enough for a phone.
"""

# ruff: noqa: RUF001 - letters of many scripts

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize

_ACCENTS: Final = (
    *range(0x300, 0x370),  # of Latin, Greek and Cyrillic letters
    *range(0x64B, 0x660),  # the points of Arabic
    0x670,
    0x640,
)
_INVISIBLE: Final = (0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF)
"""What may stand inside a word and is not seen: soft hyphens, joiners, marks of direction."""

_LETTERS: Final = {
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ø": "o",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ς": "σ",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
}
"""Letters that do not decompose, or that are written in several ways."""

_REMOVED: Final = dict.fromkeys((*_ACCENTS, *_INVISIBLE))
_REPLACED: Final = str.maketrans(_LETTERS)

_PAIRED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff"  # Kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Scripts that put no spaces between words, as ranges of a regular expression."""

_RUNS: Final = re.compile(f"[{_PAIRED}]+|[^{_PAIRED}]+")
_IS_PAIRED: Final = re.compile(f"[{_PAIRED}]")
_ASCII_WORD: Final = re.compile("[a-z0-9]+")


class _Separators(dict[int, int]):
    """A table for `str.translate`: all but letters, marks and digits becomes a space."""

    def __missing__(self, code: int) -> int:
        self[code] = code if category(chr(code))[0] in "LMN" else ord(" ")
        return self[code]


_SEPARATORS = _Separators()


def search_folded(text: str) -> str:
    """Return a text as it is compared: lower case, without accents, one form for each letter."""
    if text.isascii():
        return text.lower()
    # Taken apart, a sign such as the one for a trade mark gives capitals.
    apart = normalize("NFKD", text.lower()).lower()
    return normalize("NFC", apart.translate(_REMOVED)).translate(_REPLACED)


def search_tokens(text: str) -> list[str]:
    """Return the words of a text as the search knows them, folded, in their order.

    A run of a script without spaces gives its overlapping pairs of characters; a run of one
    character gives that character.
    """
    folded = search_folded(text)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    words = folded.translate(_SEPARATORS).split()
    if not _IS_PAIRED.search(folded):
        return words
    tokens: list[str] = []
    for word in words:
        if not _IS_PAIRED.search(word):
            tokens.append(word)
            continue
        for run in _RUNS.findall(word):
            pairs = len(run) > 1 and is_paired(run)
            tokens += [run[n : n + 2] for n in range(len(run) - 1)] if pairs else [run]
    return tokens


def is_paired(token: str) -> bool:
    """Return whether a token is of a script that puts no spaces between words."""
    return _IS_PAIRED.match(token) is not None
