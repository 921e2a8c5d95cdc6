"""Owns how a name is found in a text, however it is spelled, marked up or broken over lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from generator.base.names import fold

_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f]+")
_PARENTHESIS = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_TAG = re.compile(r"</?[A-Za-z]+")
_WHOLE_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")

SHORTEST_IN_ADDRESS = 4
"""A name of fewer letters is looked for in an address only where it stands as a word."""

SHORTEST_IN_PIECES = 5
"""A name of fewer letters is found in a text only if its words are divided as in the name."""

LONGEST_IN_PIECES = 200
"""A name of more letters is sought as it stands."""

SHORTEST_SURNAME = 4
"""A surname of fewer letters is too often a word."""

_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u04bb\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0131\u0142\u00f8\u0111",
    "abekmhopctyxijshabezhikmnoptyxilod",
)
"""Letters of other alphabets by those they look like in one of their two cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names that must not be mentioned; as many as there are, a text is read once for all.

    `pieces` are those whose words stand between spaces, by their letters run together, each with
    its words and its spelling; `others` may stand anywhere; `surnames` count where they begin
    with a capital.
    """

    spellings: tuple[tuple[str, str], ...]
    pieces: Mapping[str, tuple[str, str]]
    others: tuple[tuple[str, str], ...]
    surnames: Mapping[str, str]

    @classmethod
    def of(cls, names: Iterable[str], people: Iterable[str] = ()) -> Names:
        """Return the names, with what each is called in short, as they are sought.

        Of `people` the last word alone counts too.
        """
        found: dict[str, str] = {}
        known = tuple(people)
        for name in (*names, *known):
            for spelling in _variants(name):
                if folded := _bare(spelling):
                    found.setdefault(folded, spelling)
        pieces: dict[str, tuple[str, str]] = {}
        others: list[tuple[str, str]] = []
        for wanted, name in found.items():
            letters = wanted.replace(" ", "")
            if _spaced(wanted) and len(letters) <= LONGEST_IN_PIECES and letters not in pieces:
                pieces[letters] = (wanted, name)
            else:
                others.append((wanted, name))
        surnames = {_bare(last): last for last in map(_surname, known) if last}
        return cls(
            spellings=tuple(found.items()), pieces=pieces, others=tuple(others), surnames=surnames
        )

    def __bool__(self) -> bool:
        """Tell whether there is any name."""
        return bool(self.spellings)

    def within(self, text: str) -> str:
        """Return the first of the names that stands in a text, or nothing."""
        return next(self.each(text), "")

    def each(self, text: str) -> Iterator[str]:
        """Yield the names that stand in a text, in its order, some more than once.

        Mark-up inside a name does not hide it, nor do other separators between its letters.
        """
        written = unescape(unquote(text))
        bare = _bare(_TAG.sub(" ", written))
        yield from self._in(bare)
        if "<" in written and (without := _bare(_WHOLE_TAG.sub("", written))) != bare:
            yield from self._in(without)
        for word in _WORD.findall(written) if self.surnames else ():
            if not word[0].islower() and (surname := self.surnames.get(_bare(word))):
                yield surname

    def _in(self, bare: str) -> Iterator[str]:
        """Yield the names in a text that has words and single spaces alone."""
        words = bare.split() if self.pieces else []
        longest = max(map(len, self.pieces), default=0)
        for begin, word in enumerate(words):
            letters, end = word, begin + 1
            while len(letters) <= longest:
                wanted, name = self.pieces.get(letters, ("", ""))
                if name and (
                    len(letters) >= SHORTEST_IN_PIECES or wanted == " ".join(words[begin:end])
                ):
                    yield name
                if end == len(words):
                    break
                letters += words[end]
                end += 1
        for wanted, name in self.others:
            if (f" {wanted} " if _spaced(wanted) else wanted) in f" {bare} ":
                yield name

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

    def line_of(self, name: str, text: str) -> int:
        """Return the number, from 0, of the line that holds the first word of a name, else 0."""
        first = _bare(name).split(" ")[0]
        lines = enumerate(text.split("\n"))
        return next((i for i, line in lines if first in _bare(line).split()), 0)

    def _across(self, line: str, following: str) -> str:
        """Return the name that begins in a line and ends in the next."""
        name = self.within(f"{line} {following}")
        return name if name != self.within(following) else ""


def _surname(name: str) -> str:
    """Return the last word of a person's name, unless it is too short to be told from others."""
    last = (_WORD.findall(name) or [""])[-1]
    return last if len(last) >= SHORTEST_SURNAME else ""


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
    decomposed = _MARKS.sub("", unicodedata.normalize("NFD", fold(text))).translate(_LOOKALIKES)
    kept = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in decomposed)
    return " ".join("".join(kept).split())


def _spaced(name: str) -> bool:
    """Tell whether words of a name's script stand between spaces and take no prefixes."""
    return name.isascii() or all(
        unicodedata.name(c, "").startswith("LATIN ") for c in name if c.isalpha()
    )
