"""Names that are nearly alike, found by keys: one organisation as several people type it.

Alike are names that differ in accents, `&`, the order of their words, an acronym in brackets, one
slip of the fingers in one word, or one word cut short (`Min. of Health`). A name with a word more
is another name: the Ministry of Public Health may stand beside the Ministry of Health.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.likeness import is_function_word, loosely_folded, typing_errors

LONGEST = 200
"""Longer names are compared as wholes alone."""

MOST_COMPARED = 50
"""So many names with all words but one in common are compared letter by letter; more are a list."""

SHORTEST = 4
"""A shorter word that differs is another; one of so many letters may have two of them swapped."""

Source = tuple[str, str]
"""The label of a name, and the file that names it."""

_ACRONYM = re.compile(r"\s*[(\[]\s*([^\W\d_][\w.&-]{1,11})\s*[)\]]\s*")
_POSSESSIVE = re.compile(r"['’]s?\b")


class AlikeNames:
    """Names by keys that alike ones share; the first that was added is found."""

    def __init__(self) -> None:
        self._whole: dict[str, Source] = {}
        self._partial: dict[tuple[str, str], list[tuple[str, Source]]] = {}

    def add(self, name: str, source: Source | None) -> Source | None:
        """Add a name, and return the source of one added before that is alike, if there is one.

        `source` is what is returned for names that are alike this one; without one it is not added.
        """
        words = _words(name)
        whole, partial = [*_whole_keys(name, words)], [*_partial_keys(name, words)]
        alike = next((self._whole[key] for key in whole if key in self._whole), None)
        for key, word in partial if alike is None else ():
            for seen, other in self._partial.get(key, ()):
                if _is_one_word(word, seen):
                    alike = alike or other
        if source is None:
            return alike
        for name_key in whole:
            self._whole.setdefault(name_key, source)
        for key, word in partial:
            names = self._partial.setdefault(key, [])
            if len(names) < MOST_COMPARED:
                names.append((word, source))
        return alike


def _words(name: str) -> list[str]:
    """Return the words of a name that carry meaning; `Min.` keeps its full stop."""
    marked = re.sub(r"(?<=\w{2})\.(?=\s|$)", "\ue000", _POSSESSIVE.sub("", name[:LONGEST]))
    words = loosely_folded(marked.replace("\ue000", "qzq ")).split()
    kept = [f"{word[:-3]}." if word.endswith("qzq") else word for word in words]
    return [word for word in kept if not is_function_word(word)] or kept


def _whole_keys(name: str, words: list[str]) -> Iterator[str]:
    """Yield the keys of a name as a whole, and of its acronym and of what stands before that."""
    yield from _orders(words)
    if (match := _ACRONYM.search(name[:LONGEST])) and _is_acronym(match[1]):
        yield from _orders(_words(f"{name[: match.start()]} {name[match.end() :]}"))
        yield f"acronym {match[1].replace('.', '').casefold()}"
    elif _is_acronym(name):
        yield f"acronym {name.replace('.', '').casefold()}"


def _orders(words: list[str]) -> Iterator[str]:
    plain = [word.rstrip(".") for word in words]
    if plain:
        yield " ".join(sorted(plain))
        yield "".join(plain)


def _is_acronym(text: str) -> bool:
    return " " not in text and sum(c.isupper() for c in text) > 1 and text[:1].isupper()


def _partial_keys(name: str, words: list[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield for each word that may be one with another: a key of the rest of the name, and it."""
    plain = [word.rstrip(".") for word in words] if len(name) <= LONGEST else []
    for index, word in enumerate(words):
        if (len(word) >= SHORTEST or word[-1] == ".") and not word[-1].isdigit():
            others = " ".join(plain[:index] + plain[index + 1 :])
            yield (others, word[:1]), word


def _is_one_word(word: str, other: str) -> bool:
    """Tell whether two words are one: a slip of the fingers, or one of them cut short."""
    if "." in (word[-1], other[-1]):
        short, long = sorted((word, other), key=len)
        if short[-1] == "." and long.startswith(short[:-1]):
            return True
    if min(len(word), len(other)) <= SHORTEST:
        return sorted(word) == sorted(other)
    if abs(len(word) - len(other)) > 1:
        return False
    slips = typing_errors(word.rstrip("."), other.rstrip("."))
    return slips is not None and slips <= 1
