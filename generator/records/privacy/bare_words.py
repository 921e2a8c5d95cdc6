"""Words in the bare form in which names are compared, and their stems."""

from __future__ import annotations

import re
import unicodedata

from generator.base.names import fold

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f]+")

_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u04bb\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0131\u0142\u00f8\u0111",
    "abekmhopctyxijshabezhikmnoptyxilod",
)
"""Letters of other alphabets by the Latin ones they look like in one of their two cases."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

_SPELLED_OUT = re.compile(r"([aou])e|aa|ij")
_SHORT = {"aa": "a", "ij": "y"}
_ENDINGS_IN_ORDER = """
    ach ami ens ers ost ova ove ovi ych ego emu amи
    ia ie es er en as os um om em ov ax ob oи eи
    s e a o u y i \u03c3 и ы я ю
    """
_ENDINGS = tuple(_ENDINGS_IN_ORDER.split())
"""Endings of the Germanic, Romance and Slavic languages in their bare form, the longest first."""

LONGEST = 100
"""Longer words have no ending taken off: no language has them."""

SHORTEST_STEM = 4
"""No ending is taken off that leaves fewer letters."""


def bare(text: str) -> str:
    """Return the letters and digits of a text in one case, without accents, in words.

    Marks other than accents stay: in scripts such as Thai and Khmer they are the vowels.
    """
    decomposed = _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text)))
    decomposed = decomposed.translate(_LOOKALIKES).translate(_LIGATURES)
    letters = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in decomposed)
    return " ".join("".join(letters).split())


def name_stem(word: str) -> str:
    """Return a bare word without its endings: `juristes`, `juriste` and `jurists` are one.

    Letters with two dots are the same with an `e` after them: `muller` is `mueller`.
    """
    if len(word) > LONGEST:
        return word
    shorter = _SPELLED_OUT.sub(lambda match: match[1] or _SHORT[match[0]], word)
    while ending := _ending(shorter):
        shorter = shorter[: -len(ending)]
    return shorter


def _ending(word: str) -> str:
    most = len(word) - SHORTEST_STEM
    return next((e for e in _ENDINGS if len(e) <= most and word.endswith(e)), "")
