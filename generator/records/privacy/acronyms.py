"""Acronyms: the initials of a name, and the words of a text that may be some.

    Association des Femmes Juristes      afj, adfj

They are found as `AFJ`, `A.F.J.`, `AFJ's` and `AFJs`; in small letters where they spell no ordinary
word. Scripts without capitals have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.records.privacy.bare_words import bare
from generator.records.privacy.name_forms import camel_words
from generator.records.privacy.name_words import (
    KNOWN_ACRONYMS,
    ORDINARY_SHORT_WORDS,
    SMALL_WORDS,
    word_set,
)

_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:(?:[ ]?[.·&/-][ ]?|[ ])[^\W\d_](?![^\W\d_]))+(?![^\W_])"
)
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BEGINNINGS = word_set(
    """
    bl br ch cl cr dr dw fl fr gl gn gr kl kn kr ph pl pr ps qu rh sc sh sk sl sm sn sp st sw th
    tr ts tw vl wh wr zw ll
    """
)
_ENDS = word_set(
    """
    bb bs ch ck cs ct dd ds ff fs ft gg gh gn gs hn hr ht ks lb ld lf lg lk ll lm ln lp ls lt ms
    mp nd ng nk nn ns nt nz ph pp ps pt rb rc rd rf rg rk rl rm rn rp rs rt sh sk sp ss st th ts
    tt wl wn ws xt zz
    """
)
_VOWELS = "aeiouy"

SURE = 3
"""So many initials are seldom those of another; in capitals they name who is meant."""

PAIR = 2
"""So many consonants at the start or the end of a word must be a pair that can be spoken."""

LONGEST = 10
"""Of a name with more words nobody says the initials."""


class Acronym(NamedTuple):
    """A word that may be an acronym: where it starts, as typed, its letters, if in capitals."""

    start: int
    typed: str
    letters: str
    capitals: bool

    @property
    def certain(self) -> bool:
        """Whether three letters or more stand in capitals, and are no acronym that all know."""
        return self.capitals and len(self.letters) >= SURE and self.letters not in KNOWN_ACRONYMS

    @property
    def possible(self) -> bool:
        """Whether it may be an acronym at all: in small letters if it spells no ordinary word."""
        if self.capitals:
            return len(self.letters) >= SURE or self.letters not in KNOWN_ACRONYMS
        return len(self.letters) >= SURE and not is_ordinary(self.letters)


def initials(name: str) -> frozenset[str]:
    """Return what a name's initials may be, in small letters: with its small words and without.

    A name that is an acronym itself is its own initials: people write `B.R.A.C.` too.
    """
    typed = _WORD.findall(_PARENTHESIS.sub(" ", name))
    words = _with_capitals(typed)
    forms = (
        words,
        [word for word in words if len(word) > 1],  # d'Eau, Women's
        [word for word in words if word not in SMALL_WORDS],
        _with_capitals([part for word in typed for part in camel_words(word)]),  # HelpAge
    )
    own = {word.lower() for word in typed[:1] if word.isupper() and len(typed) == 1}
    return frozenset(
        "".join(word[0] for word in form) for form in forms if 1 < len(form) <= LONGEST
    ) | {letters for letters in own if SURE <= len(letters) <= LONGEST}


def _with_capitals(words: list[str]) -> list[str]:
    """Return words in bare form, those of scripts without capitals left out."""
    letters = [bare(word) for word in words]
    return [word for word in letters if word and word[0].upper() != word[0]]


def acronyms_in(text: str) -> Iterator[Acronym]:
    """Yield each word of a text that may be an acronym, and each row of single letters."""
    for match in _WORD.finditer(text):
        word = match[0]
        if word[-1] == "s" and word[:-1].isupper():  # AFJs
            word = word[:-1]
        if 1 < len(word) <= LONGEST:
            capitals = sum(map(str.isupper, word)) > 1
            yield Acronym(match.start(), word, bare(word).replace(" ", ""), capitals)
    for match in _DOTTED.finditer(text):
        if len(match[0]) <= 4 * LONGEST:
            letters = "".join(_WORD.findall(match[0]))
            capitals = sum(map(str.isupper, letters)) > 1
            if letters.isupper() or "." in match[0]:
                yield Acronym(match.start(), match[0], bare(letters).replace(" ", ""), capitals)


def is_ordinary(letters: str) -> bool:
    """Tell whether letters may spell a word: a short one is listed, a longer one can be spoken."""
    if len(letters) <= SURE:
        return letters in ORDINARY_SHORT_WORDS
    spoken = [letter in _VOWELS for letter in letters]
    if True not in spoken:
        return False
    first, last = spoken.index(True), spoken[::-1].index(True)
    begins = first < PAIR or (first <= SURE and letters[:2] in _BEGINNINGS)
    ends = last < PAIR or (last <= SURE and letters[-last:][:2] in _ENDS)
    return begins and ends
