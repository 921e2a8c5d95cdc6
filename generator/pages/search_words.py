"""The words of a case as an index keeps them: in which parts each stands, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict

from generator.base.search_fold import is_paired, search_tokens
from generator.library.library import Library
from generator.library.questions import question
from generator.pages.search_entries import PARTS, search_entries

PackedWords = tuple[tuple[int, str], ...]
"""The words of a case by code, with a space between two; codes and words are in order.

A code is the parts in which the words stand, a bit each, times four, plus their weight.
"""

BODIES = "bodies"
"""The second argument of `case_words` where the text of the case is read too; else empty."""

_LONGEST = 40
"""A longer word is an address or a slip: nobody types it."""

_HEAVY = (2, 4, 8)
"""From so many times on a word weighs 1, 2, 3 in its case."""


@question
def case_words(library: Library, id_: str, bodies: str) -> PackedWords:
    """Return the words of a case, perhaps with those of its text."""
    masks: defaultdict[str, int] = defaultdict(int)
    times: Counter[str] = Counter()
    for entry in search_entries(library, id_, bodies=bodies == BODIES):
        bit = 1 << PARTS.index(entry.part)
        tokens = search_tokens(entry.text)
        times.update(tokens)
        for token in set(tokens):
            masks[token] |= bit
    by_code: defaultdict[int, list[str]] = defaultdict(list)
    for token, mask in masks.items():
        if (len(token) > 1 or is_paired(token)) and len(token) <= _LONGEST:
            weight = sum(times[token] >= many for many in _HEAVY)
            by_code[mask << 2 | weight].append(token)
    return tuple((code, " ".join(sorted(words))) for code, words in sorted(by_code.items()))
