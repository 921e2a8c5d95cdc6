"""Owns how a name is found in a text, however it is spelled, marked up or broken over lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from generator.names import fold

_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f]+")
_PARENTHESIS = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_TAG = re.compile(r"</?[A-Za-z]+")

SHORTEST_IN_ADDRESS = 4
"""A name of fewer letters is looked for in an address only where it stands as a word."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names that must not be mentioned; as many as there are, a text is read once for all."""

    spellings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Return the names, with what each is called in short, as they are sought."""
        found: dict[str, str] = {}
        for name in names:
            for spelling in _variants(name):
                if folded := _bare(spelling):
                    found.setdefault(folded, spelling)
        return cls(tuple(found.items()))

    def __bool__(self) -> bool:
        """Tell whether there is any name."""
        return bool(self.spellings)

    def within(self, text: str) -> str:
        """Return the first of the names that stands in a text, or nothing."""
        folded = f" {_bare(_TAG.sub(' ', unescape(unquote(text))))} "
        for wanted, name in self.spellings:
            if (f" {wanted} " if _spaced(wanted) else wanted) in folded:
                return name
        return ""

    def within_address(self, text: str) -> str:
        """Return the first of the names that stands in an address, run together or not."""
        squeezed = _bare(unquote(text)).replace(" ", "")
        for wanted, name in self.spellings:
            letters = wanted.replace(" ", "")
            if len(letters) >= SHORTEST_IN_ADDRESS and letters in squeezed:
                return name
        return self.within(text)

    def by_line(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the number, from 0, of each line that holds or begins a name, with the name."""
        anywhere = self.within(text)
        if not anywhere:
            return
        found = False
        for index, (line, following) in enumerate(pairwise([*text.split("\n"), ""])):
            name = self.within(line) or self._across(line, following)
            if name:
                found = True
                yield index, name
        if not found:
            yield 0, anywhere

    def _across(self, line: str, following: str) -> str:
        """Return the name that begins in a line and ends in the next."""
        name = self.within(f"{line} {following}")
        return name if name != self.within(following) else ""


def _variants(name: str) -> Iterator[str]:
    """Yield a name, and the two that stand in `Ministry of Health (MoH)`."""
    yield name
    match = _PARENTHESIS.fullmatch(name)
    if match is None:
        return
    words = fold(match[1]).split()
    if len(words) > 1:
        yield match[1]
    if _stands_for(match[2].strip(), words):
        yield match[2].strip()


def _stands_for(short: str, words: list[str]) -> bool:
    """Tell whether a word is made of the first letters of others, in their order."""
    letters = iter(word[0] for word in words)
    return len(short) > 1 and short.isalpha() and all(c in letters for c in short.casefold())


def _bare(text: str) -> str:
    """Return the letters and digits of a text in one case, without accents, in words."""
    decomposed = _MARKS.sub("", unicodedata.normalize("NFD", fold(text)))
    kept = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in decomposed)
    return " ".join("".join(kept).split())


def _spaced(name: str) -> bool:
    """Tell whether words of a name's script stand between spaces and take no prefixes."""
    return name.isascii() or all(
        unicodedata.name(c, "").startswith("LATIN ") for c in name if c.isalpha()
    )
