"""`NameMatcher`: finds names in a text, however they are spelled, marked up or broken over lines.

Authors do not try to hide names from this program; they write them in many ways. So names and
texts are brought to one bare form before they are compared: letters and digits in one case, without
accents, in words with single spaces between them.

    Ministère de la Santé      ministere de la sante
    C.A.R.E                    c a r e
    Sal**va**dor               sal va dor

Marks inside a word divide it, as the last two lines show. So a name is also recognised by its
letters run together, over as many words of the text as they take. Two rules keep false alarms few:

- a match starts and ends with a word of the text: `WHO` is not in `those whose`;
- a name of fewer than SHORTEST_IN_PIECES letters must be divided as it is written.

The initials of an organisation's name are found too, where three or more stand in capitals.

Some scripts put no spaces between words (Thai, Khmer), or prefixes before them (Arabic). In these a
name is found wherever its letters stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from unicodedata import name as character_name
from unicodedata import normalize
from urllib.parse import unquote

from generator.base.names import fold, visible
from generator.records.privacy.acronyms import acronyms_in, initials
from generator.records.privacy.bare_words import bare

_PARENTHESIS = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_TAG_NAME = re.compile(r"</?[A-Za-z]+")
_WHOLE_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")

SHORTEST_IN_ADDRESS = 4
"""A name of fewer letters is found in an address only where it stands as a word."""

SHORTEST_IN_PIECES = 5
"""A name of fewer letters is found in a text only if its words are divided as in the name."""

LONGEST_IN_PIECES = 200
"""A name of more letters is found only as it stands: the time for a text grows with this number."""

SHORTEST_SURNAME = 4
"""A surname of fewer letters is too often a word."""

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatcher:
    """Names that must not be mentioned; as many as there are, a text is read once for all.

    `spellings` are all names: the bare form with the spelling that a message quotes. They are
    searched in two ways: `joined` holds those of scripts with spaces, by their letters run
    together, each with its bare form and its spelling; `plain` holds the others. `surnames` are
    spellings by bare form, and count only where they start with a capital. `acronyms` are initials,
    in small letters.
    """

    spellings: tuple[tuple[str, str], ...]
    joined: Mapping[str, tuple[str, str]]
    plain: tuple[tuple[str, str], ...]
    surnames: Mapping[str, str]
    acronyms: frozenset[str]

    @classmethod
    def for_names(
        cls, names: Iterable[str], people: Iterable[str] = (), spared: Collection[str] = ()
    ) -> NameMatcher:
        """Return a matcher of names, with what each is called in short.

        Of `people` the last word alone counts too, and of the others their initials, if they are
        not among those `spared`.
        """
        organisations, persons = tuple(names), tuple(people)
        spellings: dict[str, str] = {}
        for name in (*organisations, *persons):
            for spelling in _variants(name):
                if letters := bare(spelling):
                    spellings.setdefault(letters, spelling)
        joined: dict[str, tuple[str, str]] = {}
        plain: list[tuple[str, str]] = []
        for words, spelling in spellings.items():
            letters = words.replace(" ", "")
            if _has_spaces(words) and len(letters) <= LONGEST_IN_PIECES and letters not in joined:
                joined[letters] = (words, spelling)
            else:
                plain.append((words, spelling))
        surnames = {bare(last): last for last in map(_surname, persons) if last}
        return cls(
            spellings=tuple(spellings.items()),
            joined=joined,
            plain=tuple(plain),
            surnames=surnames,
            acronyms=frozenset().union(*map(initials, organisations)) - {*spared},
        )

    def __bool__(self) -> bool:
        """Tell whether there is any name."""
        return bool(self.spellings)

    def first_in(self, text: str) -> str:
        """Return the first of the names that stands in a text, or nothing."""
        return next(self.all_in(text), "")

    def all_in(self, text: str) -> Iterator[str]:
        """Yield the names that stand in a text, in its order, some more than once.

        Mark-up inside a name does not hide it, nor do other separators between its letters.
        """
        decoded = visible(unescape(unquote(text)))
        # With the tags' attributes: a name in a title= or href= is published too.
        with_tags = bare(_TAG_NAME.sub(" ", decoded))
        yield from self._in_bare(with_tags)
        # And without them: in `Anon <b class='x'>Partner</b>` the attribute divides the name.
        if "<" in decoded and (without_tags := bare(_WHOLE_TAG.sub("", decoded))) != with_tags:
            yield from self._in_bare(without_tags)
        for word in _WORD.findall(normalize("NFC", decoded)) if self.surnames else ():
            if not word[0].islower() and (surname := self.surnames.get(bare(word))):
                yield surname
        for acronym in acronyms_in(decoded) if self.acronyms else ():
            if acronym.certain and acronym.letters in self.acronyms:
                yield acronym.typed

    def _in_bare(self, text: str) -> Iterator[str]:
        """Yield the names in a text in its bare form.

        From each word on, words are joined until they are longer than any name. Each step is one
        look-up, so the time does not depend on how many names there are.
        """
        words = text.split() if self.joined else []
        longest = max(map(len, self.joined), default=0)
        for start, word in enumerate(words):
            letters, end = word, start + 1
            while len(letters) <= longest:
                name, spelling = self.joined.get(letters, ("", ""))
                if spelling and (
                    len(letters) >= SHORTEST_IN_PIECES or name == " ".join(words[start:end])
                ):
                    yield spelling
                if end == len(words):
                    break
                letters += words[end]
                end += 1
        together = text.replace(" ", "") if self.plain else ""
        for name, spelling in self.plain:
            spaced = _has_spaces(name)
            if f" {name} " in f" {text} " if spaced else name.replace(" ", "") in together:
                yield spelling

    def first_in_address(self, text: str) -> str:
        """Return the first of the names that stands in an address, run together or not.

        An address may hold a name inside a longer word: `https://acmecloud.example`.
        """
        letters = bare(unquote(text)).replace(" ", "")
        for words, spelling in self.spellings:
            name = words.replace(" ", "")
            if len(name) >= SHORTEST_IN_ADDRESS and name in letters:
                return spelling
        return self.first_in(text)

    def by_line(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the number, from 0, of each line that holds or starts a name, with the name.

        A name that only a longer stretch of the text holds is given to the first line.
        """
        anywhere = self.first_in(text)
        if not anywhere:  # most texts: they are read once, not line by line
            return
        located = False
        for index, (line, following) in enumerate(pairwise([*text.split("\n"), ""])):
            name = self.first_in(line) or self._across(line, following)
            if name:
                located = True
                yield index, name
        if not located:
            yield 0, anywhere

    def line_of(self, name: str, text: str) -> int:
        """Return the number, from 0, of the line that holds a name, or its first word, else 0."""
        at = text.find(name)
        if at >= 0:
            return text.count("\n", 0, at)
        first = bare(name).split(" ")[0]
        lines = enumerate(text.split("\n"))
        return next((i for i, line in lines if first in bare(line).split()), 0)

    def _across(self, line: str, following: str) -> str:
        """Return the name that starts in a line and ends in the next."""
        name = self.first_in(f"{line} {following}")
        return name if name != self.first_in(following) else ""


def _surname(name: str) -> str:
    """Return the last word of a person's name; nothing where it is too short to be told apart."""
    last = (_WORD.findall(name) or [""])[-1]
    return last if len(last) >= SHORTEST_SURNAME else ""


def _variants(name: str) -> Iterator[str]:
    """Yield a name; of `Ministry of Health (MoH)` also both parts.

    What stands before the parenthesis counts if it has more than one word: of `Government (Peru)`
    it would be any government. What stands in it counts if it is short for the rest: in
    `Oxfam (UK)` it is a place. And both count where the first is short for the second.
    """
    yield name
    spelled_out = normalize("NFC", name.lower()).translate(_SPELLED_OUT)
    if spelled_out != name.lower():  # Müller, Mueller
        yield spelled_out
    match = _PARENTHESIS.fullmatch(name)
    if match is None:
        return
    words = fold(match[1]).split()
    if len(words) > 1:
        yield match[1]
    if _is_short_for(match[2].strip(), words):
        yield match[2].strip()
    if len(words) == 1 and _is_short_for(match[1].strip(), fold(match[2]).split()):
        yield from (match[1].strip(), match[2].strip())


def _is_short_for(short: str, words: list[str]) -> bool:
    """Tell whether a word is made of the first letters of others, in their order."""
    initials = iter(word[0] for word in words)
    return len(short) > 1 and short.isalpha() and all(c in initials for c in short.casefold())


def _has_spaces(name: str) -> bool:
    """Tell whether words of a name's script stand between spaces and take no prefixes."""
    return name.isascii() or all(
        character_name(c, "").startswith("LATIN ") for c in name if c.isalpha()
    )
