"""Likeness of words: spellings that count as one, typing errors, and the words of a phrase.

What is like what decides what is suggested to an author. A wrong suggestion is worse than none, so
likeness of letters counts only where it can hardly be chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from generator.base.names import fold

LONGEST = 100
"""Nobody misspells a word of more characters than this; the rest is not compared."""

SHORTEST = 4
"""A shorter word looks like too many others: it is compared letter by letter."""

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670]")
PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
    }
)
"""Letters that are none with an accent to Unicode, and the plain ones that people take for them."""
_SAME = {"et": "and", "und": "and", "y": "and", "e": "and", "st": "saint", "ste": "saint"}
_SAME |= {"sainte": "saint"}


@lru_cache(maxsize=20_000)
def loosely_folded(text: str) -> str:
    """Return the key of a spelling where accents, `&` and `the` do not matter either.

    Single letters in a row are one word, so that `D.R. Congo` is `DR Congo`. For a look-up after
    the exact one, and only where all spellings with the key mean the same.
    """
    bare = _ACCENTS.sub("", normalize("NFD", fold(text.replace("&", " and "))))
    plain = bare.translate(PLAIN_LETTERS)
    words: list[str] = []
    open_row = False
    for word in plain.split():
        single = len(word) == 1 and word.isalpha()
        if single and open_row:
            words[-1] += word
        else:
            words.append(word)
        open_row = single
    known = [_SAME.get(word, word) for word in words if word != "the"]
    return " ".join(known or words)


def spellings_turned(text: str) -> Iterable[str]:
    """Yield a spelling, and those that put last words first: `Gambia, The`, `Iran (Republic of)`.

    Of an addition in brackets at the end, the words before it alone are not one.
    """
    yield text
    if match := _TURNED.fullmatch(text):
        yield f"{match['last']} {match['first']}"


_TURNED = re.compile(r"(?P<first>[^,()]+?)\s*(?:,|\()\s*(?P<last>[^,()]+?)\s*\)?")


def typing_errors(typed: str, word: str, shortest: int = SHORTEST) -> int | None:
    """Return how many slips of the fingers make one spelling the other; None where none is likely.

    Both are keys of `loosely_folded`. Each word of a phrase is compared with the word in its place:
    one slip in up to six letters, two in a longer word. The first letter must be right, or changed
    for the second. Figures, and words of fewer letters than `shortest`, must be the same, and no
    opposite is taken for a slip.
    """
    if typed == word:
        return 0
    ours, theirs = typed.split(), word.split()
    if len(ours) != len(theirs):
        joined, other = "".join(ours), "".join(theirs)
        return 1 if joined == other and len(joined) > SHORTEST else None
    slips = 0
    for a, b in zip(ours, theirs, strict=True):
        more = 0 if a == b else _slips(a, b, shortest)
        if more is None or (slips := slips + more) > _MOST_SLIPS:
            return None
    return slips


_MOST_SLIPS = 2


_LONG_WORD = 7
_VERY_LONG_WORD = 9


def _slips(a: str, b: str, shortest: int) -> int | None:
    length = min(len(a), len(b))
    if length < shortest or _digits(a) != _digits(b) or _are_opposite(a, b):
        return None
    if length < SHORTEST and len(a) == len(b):  # `two` is hardly a slip of `too`
        return None
    if a[0] != b[0] and a[:2] != b[1::-1]:
        return None
    limit = _MOST_SLIPS if length >= _LONG_WORD else 1
    slips = _edits(a, b, limit)
    # Two letters changed for others make another word: started, stalled.
    changed = _changed_letters(a, b) > 1 and length < _VERY_LONG_WORD
    return None if slips > limit or (slips > 1 and changed) else slips


def is_certain_slip(typed: str, word: str) -> bool:
    """Tell whether a typing error, of those that `typing_errors` knows, can hardly be another name.

    Short names are like many others, so only neighbours in the wrong order, or one letter twice or
    once too few, count there; another letter counts in longer ones, and two slips in long ones.
    """
    for a, b in zip(typed.split(), word.split(), strict=False):
        length = min(len(a), len(b))
        swapped = len(a) == len(b) and sorted(a) == sorted(b)
        if a == b or swapped or _undoubled(a) == _undoubled(b):
            continue
        if length < _FAIRLY_LONG_WORD or (length < _LONG_WORD and len(a) == len(b)):
            return False
        # Two letters more or fewer make another name: Griekenland is not Greenland.
        if abs(len(a) - len(b)) > 1 or (length < _VERY_LONG_WORD and _edits(a, b, 1) > 1):
            return False
    return True


_FAIRLY_LONG_WORD = 6


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or word[i - 1] != c)


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def _changed_letters(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True)) if len(a) == len(b) else 0


_OPPOSITE_STARTS = (("inter", "intra"), ("micro", "macro"), ("hyper", "hypo"), ("pre", "pro"))
_OPPOSITE_ENDS = (("er", "ee"), ("ful", "less"), ("or", "ee"))


def _are_opposite(a: str, b: str) -> bool:
    """Tell whether two words differ in a syllable that turns the meaning round."""
    for one, other in (*_OPPOSITE_STARTS, *(pair[::-1] for pair in _OPPOSITE_STARTS)):
        if a.startswith(one) and b.startswith(other) and a[len(one) :] == b[len(other) :]:
            return True
    for one, other in (*_OPPOSITE_ENDS, *(pair[::-1] for pair in _OPPOSITE_ENDS)):
        if a.endswith(one) and b.endswith(other) and a[: -len(one)] == b[: -len(other)]:
            return True
    return False


def _edits(a: str, b: str, most: int) -> int:
    """Return the edits (Damerau-Levenshtein, optimal string alignment), or more than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


_STOP_WORDS = """
a an and are as at be been between both but by can do does for from had has have how in into is
it its more most of on one or other our out so some such than that their them there they this
to up use used was we were what when where which who with you your among about
au aux avec ce ces dans de des du en entre est et la le les leur leurs ou par pour qui que se
sont sur un une al como con del el ellos es las lo los o para por su sus una unos y ao aos com
da das dos e em na nas nos os pela pelo uma
"""
"""Words that carry no meaning of their own, in the languages of the shipped vocabularies."""

_NEGATIVE_WORDS = """
no not non never without lack lacks lacking absence absent loss lost weak poor low bad little
few less nobody nothing none missing insufficient fail failed fails failure cannot against
pas sans manque aucun aucune jamais perte faible sin falta ningun nunca sem nao ohne kein
"""
"""Words that turn the meaning of a phrase round."""

_NEGATIVE = frozenset(_NEGATIVE_WORDS.split())
_FUNCTION_WORDS = frozenset(_STOP_WORDS.split())
_MEANINGLESS = _NEGATIVE | _FUNCTION_WORDS

_ENDINGS = ("ships", "ship", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "e")
_SHORTEST_STEM = 4


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without the commonest endings: trust for trusted, fund for funding.

    What is left is no word, only a key: agenc for agency and agencies would do as well.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    while word[-1:] in {"a", "e", "o"} and len(word) > _SHORTEST_STEM:
        word = word[:-1]  # as the Romance languages have them for man, woman and many
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word


def meaningful(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that carry meaning; negations are not among them."""
    words = loosely_folded(text).split()
    kept = (w for w in words if len(w) > 2 or not w.isascii())  # noqa: PLR2004
    return frozenset(stem(w) for w in kept if w not in _MEANINGLESS)


def is_function_word(word: str) -> bool:
    """Tell whether a folded word carries no meaning of its own: of, the, de."""
    return word in _FUNCTION_WORDS


def is_negative(text: str) -> bool:
    """Tell whether a word of a text turns its meaning round: no, without, lack, weak."""
    return not _NEGATIVE.isdisjoint(loosely_folded(text).split())
