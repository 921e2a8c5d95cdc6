"""Other forms in which people say a name: cut short, run together, divided, without its place.

Federación Nacional de Mujeres Campesinas     FENAMUC, FNM, FeNaMuCa
Asociación Sin Techo                          SinTecho
GreenHarvest                                  Green Harvest
Oromia Coffee Farmers Union                   Coffee Farmers Union
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.records.privacy.bare_words import bare

_CAMEL = re.compile(r"[^\W\d_]+?(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])|[^\W\d_]+")

SHORTEST_IN_SYLLABLES = 4
"""Fewer letters are initials, or by chance."""

FEWEST_WORDS = 3
"""So many words of a name have a part in what is short for it."""

MOST_LEFT_OUT = 2
"""So many words of a name are left out of what is short for it, most often its country."""

SYLLABLE = 4
"""At most so many letters of a word stand in what is short for a name."""

SHORTEST_JOINED = 6
"""Words run together, or one divided, have so many letters; fewer may be another word."""

SHORTEST_WITHIN = 7
"""A word found within a longer one, as in an address, has so many letters."""

MOST_JOINED = 3
"""So many words are run together: `Delacruz`."""


def camel_words(word: str) -> list[str]:
    """Return the words that capitals divide: `GreenHarvest` is two; most words are one."""
    return _CAMEL.findall(word)


@cache
def is_short_for(letters: str, words: tuple[str, ...]) -> bool:
    """Tell whether letters are the beginnings of most of some bare words, in their order.

    One letter of each, or more where there are four letters in all: FENAMUC.
    """
    longest = SYLLABLE if len(letters) >= SHORTEST_IN_SYLLABLES else 1
    needed = max(FEWEST_WORDS, len(words) - MOST_LEFT_OUT)
    # For each number of words that have a part: how many letters may be read so far.
    read: list[set[int]] = [{0}, *(set() for _ in words)]
    for word in words:
        for used in range(len(words) - 1, -1, -1):
            for start in read[used]:
                for length in range(1, longest + 1):
                    if letters.startswith(word[:length], start) and length <= len(word):
                        read[used + 1].add(start + length)
    return len(letters) >= FEWEST_WORDS and any(len(letters) in ends for ends in read[needed:])


def run_together(words: Sequence[str]) -> Iterator[str]:
    """Yield in bare form what neighbours among the words of a name are if no space divides them."""
    letters = [bare(word) for word in words if word not in {"s", "S"}]  # Women's
    for length in range(2, MOST_JOINED + 1):
        for start in range(len(letters) - length + 1):
            joined = "".join(letters[start : start + length])
            if len(joined) >= SHORTEST_JOINED:
                yield joined
