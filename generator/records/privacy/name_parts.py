"""`NameParts`: finds what may give away a hidden name without being it.

Parts of it that stand alone (`Femmes Juristes`), its words with other endings, and its initials
where they may mean something else. What certainly names it is found by `NameMatcher`.

A word counts if it stands with a capital in the name and in the text, and tells more than that
there is an association or a ministry: the words of `name_words` and of the model's terms do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from generator.base.names import fold, visible
from generator.records.privacy.acronyms import SURE, Acronym, acronyms_in, initials
from generator.records.privacy.bare_words import bare, name_stem
from generator.records.privacy.name_forms import (
    SHORTEST_JOINED,
    SHORTEST_WITHIN,
    camel_words,
    is_short_for,
    run_together,
)
from generator.records.privacy.name_words import (
    COMMON_WORDS,
    KIND_WORDS,
    KNOWN_ACRONYMS,
    ORDINARY_SHORT_WORDS,
    SMALL_WORDS,
)
from generator.records.privacy.titles import TITLE_WORDS

_COMMON_STEMS = frozenset(map(name_stem, COMMON_WORDS))
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_SENTENCE = re.compile(r"[.!?:;|#>*•\n-]")
_CLOSE = re.compile(r"[ \n*_'’&-]{1,3}")
_DIVISION = re.compile(r"[-\u2010\u2011][ ]?\n?[ ]{0,4}|[ ]|['’]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>]{1,500}|(?<!\w)[@#][\w.-]{3,100}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,6}(?![\w-])(?:/[^\s<>]{0,300})?"
)
"""What stands in small letters and names somebody all the same."""

SHORTEST = 4
"""A word of an organisation's name that has fewer letters is too often another word."""

LEAST_SPOKEN = 3
"""Of a name of fewer words the initials are all that is short for it."""

LONGEST = 12
"""A name of more words is looked for as typed alone, and by its parts."""


class Likeness(NamedTuple):
    """What may give a name away: where it starts in the text, as typed, if it may be initials."""

    start: int
    typed: str
    short: bool


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    stem: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """What hidden names share with no other text; all words are stems.

    `initials` are letters. `own` are the words that tell who is meant: those of organisations and,
    apart, of `people`; `known` are both. `pairs` are words that follow each other, `wholes` all
    words of one name, `members` every word of any. Not stems are `spoken`, the words of each
    organisation, and `joined`, neighbours run together.
    """

    initials: frozenset[str]
    spoken: tuple[tuple[str, ...], ...]
    joined: frozenset[str]
    own: frozenset[str]
    people: frozenset[str]
    known: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    wholes: frozenset[tuple[str, ...]]
    members: frozenset[str]

    @classmethod
    def of_names(
        cls,
        names: Iterable[str],
        people: Iterable[str],
        *,
        public_words: Collection[str] = (),
        spared: Collection[str] = (),
    ) -> NameParts:
        """Return the parts of names.

        `public_words` are folded words and phrases, of which none tells who it is.
        `spared` are the initials of somebody who is not hidden.
        """
        organisations, persons = tuple(names), tuple(people)
        content = [_content(name) for name in organisations]
        stems = [tuple(name_stem(bare(word)) for word in words) for words in content]
        followed = [
            (name_stem(one), name_stem(two))
            for words in content
            for one, two in pairwise(map(bare, words))
            if not {one, two} & KIND_WORDS and f"{one} {two}" not in public_words
        ]
        named = [_content(name) for name in persons]
        own = frozenset(
            name_stem(bare(word))
            for words in content
            for word in words
            if _tells_who(word, public_words)
        )
        own_names = frozenset(
            name_stem(bare(word)) for words in named for word in words if _is_own_name(word)
        )
        return cls(
            initials=frozenset().union(*map(initials, (*organisations, *map(" ".join, named))))
            - {*spared},
            spoken=tuple(
                words
                for name in content
                if LEAST_SPOKEN <= len(words := tuple(map(bare, name))) <= LONGEST
            ),
            joined=frozenset(
                joined
                for name in (*organisations, *persons)
                for joined in run_together(_WORD.findall(normalize("NFC", visible(name))))
            ),
            own=own,
            people=own_names,
            known=own | own_names,
            pairs=frozenset(followed),
            wholes=frozenset(words for words in stems if 1 < len(words) <= LONGEST),
            members=frozenset(word for words in stems for word in words)
            | frozenset(name_stem(bare(word)) for words in named for word in words),
        )

    def find(self, text: str, written_small: Callable[[str], bool]) -> Iterator[Likeness]:
        """Yield what may give a name away in a text, in its order, initials last.

        `written_small` tells whether the record also writes a word in small letters: then a capital
        at the start of a sentence says nothing. Starts are in the text without invisible
        characters, on the same lines.
        """
        readable = _readable(text)
        tokens = _tokens(readable)
        after = 0
        for index in range(len(tokens)):
            last = self._last(readable, tokens, index, written_small) if index >= after else -1
            if last >= 0:
                first, last = self._extended(readable, tokens, index, last, after)
                after = last + 1
                start = tokens[first].start
                yield Likeness(start, readable[start : tokens[last].end], short=False)
        for match in _ADDRESS.finditer(readable):
            for likeness in self.find_in_address(match[0]):
                yield likeness._replace(start=likeness.start + match.start())
        for acronym in acronyms_in(readable):
            if self._may_be_short(acronym):
                yield Likeness(acronym.start, acronym.typed, short=True)

    def _may_be_short(self, acronym: Acronym) -> bool:
        """Tell whether a word may be short for a hidden name, some of whose words are left out."""
        if acronym.letters in self.initials:
            return acronym.possible
        return (
            acronym.capitals
            and acronym.typed[-1].isupper()
            and len(acronym.letters) >= SURE
            and acronym.letters not in KNOWN_ACRONYMS
            and any(is_short_for(acronym.letters, words) for words in self.spoken)
        )

    def find_in_address(self, text: str) -> Iterator[Likeness]:
        """Yield what may give a name away in an address or a file's name, in any capitals."""
        readable = _readable(unquote(text))
        for token in _tokens(readable):
            if len(token.word) >= SHORTEST and self._is_in(token):
                yield Likeness(token.start, token.word, short=False)
        for acronym in acronyms_in(readable):
            if (
                len(acronym.letters) >= SURE
                and acronym.letters in self.initials
                and acronym.possible
            ):
                yield Likeness(acronym.start, acronym.typed, short=True)

    def _is_in(self, token: _Token) -> bool:
        """Tell whether a word of an address is one of a name, or is made of one: `zedtrust`."""
        letters = bare(token.word)
        return token.stem in self.known or any(
            word in letters for word in (*self.known, *self.joined) if len(word) >= SHORTEST_WITHIN
        )

    def _run_together(
        self,
        text: str,
        tokens: list[_Token],
        index: int,
        written_small: Callable[[str], bool],
    ) -> int:
        """Return the index of the last word of a name that is divided or run together, or -1."""
        token = tokens[index]
        if not token.capital or written_small(token.word):
            return -1
        if bare(token.word) in self.joined:
            return index
        parts = camel_words(token.word)
        if parts[1:] and any(
            name_stem(bare(part)) in self.known for part in parts if len(part) >= SHORTEST
        ):
            return index
        if index + 1 < len(tokens):
            other = tokens[index + 1]
            gap = text[token.end : other.start]
            joined = bare(token.word + other.word).replace(" ", "")
            divided = _DIVISION.fullmatch(gap) and (gap != " " or other.capital)
            if divided and len(joined) >= SHORTEST_JOINED:
                return index + 1 if name_stem(joined) in self.known else -1
        return -1

    def _last(
        self,
        text: str,
        tokens: list[_Token],
        index: int,
        written_small: Callable[[str], bool],
    ) -> int:
        """Return the index of the last word of a part that starts at a word, or -1."""
        token = tokens[index]
        if token.stem not in self.members:
            return self._run_together(text, tokens, index, written_small)
        if token.capital and token.stem in self.people:
            return index
        if token.capital and token.stem in self.own:
            begins = index == 0 or _SENTENCE.search(text[tokens[index - 1].end : token.start])
            if not (begins and written_small(token.word)):
                return index
        following = _following(tokens, index)
        if following[1:]:
            second = tokens[following[1]]
            both = token.capital and second.capital
            tell = not self.own.isdisjoint({token.stem, second.stem})  # also in small letters
            if (both or tell) and (token.stem, second.stem) in self.pairs:
                return following[1]
        stems = tuple(tokens[i].stem for i in following)
        for length in range(2, len(stems) + 1):
            if stems[:length] in self.wholes:
                return following[length - 1]
        return self._run_together(text, tokens, index, written_small)

    def _extended(
        self, text: str, tokens: list[_Token], first: int, last: int, after: int
    ) -> tuple[int, int]:
        """Return a stretch of words with those of the name around it, but no small word outside."""
        begin, end = first, last
        while begin > after and self._belongs(text, tokens[begin - 1], tokens[begin]):
            begin -= 1
            first = begin if tokens[begin].stem in self.members else first
        while end + 1 < len(tokens) and self._belongs(
            text, tokens[end], tokens[end + 1], back=False
        ):
            end += 1
            last = end if tokens[end].stem in self.members else last
        return first, last

    def _belongs(self, text: str, left: _Token, right: _Token, *, back: bool = True) -> bool:
        """Tell whether neighbours stand in one name: the outer one is a word of it, or small."""
        outer = left if back else right
        known = outer.stem in self.members and outer.capital
        close = _CLOSE.fullmatch(text[left.end : right.start]) is not None
        return close and (known or bare(outer.word) in SMALL_WORDS)


def _content(name: str) -> list[str]:
    """Return the words of a name without titles and small words."""
    words = _WORD.findall(normalize("NFC", visible(name)))
    return [word for word in words if bare(word) not in SMALL_WORDS | TITLE_WORDS]


def _tells_who(word: str, public_words: Collection[str]) -> bool:
    """Tell whether a word of an organisation's name says which organisation it is."""
    if len(word) < SHORTEST or not word[0].isupper():
        return False
    common = bare(word) in KNOWN_ACRONYMS or name_stem(bare(word)) in _COMMON_STEMS
    return not common and fold(word) not in public_words


def _is_own_name(word: str) -> bool:
    """Tell whether a word of a person's name is one by itself."""
    return len(word) > 1 and word[0].isupper() and bare(word) not in ORDINARY_SHORT_WORDS


def _readable(text: str) -> str:
    """Return a text as a reader sees it, with as many lines."""
    decoded = unescape(text) if "&" in text else text
    return normalize("NFC", visible(_TAG.sub(" ", decoded) if "<" in decoded else decoded))


def _tokens(text: str) -> list[_Token]:
    stems: dict[str, str] = {}
    tokens = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in stems:
            stems[word] = name_stem(bare(word))
        tokens.append(_Token(word, match.start(), match.end(), stems[word]))
    return tokens


def _following(tokens: list[_Token], index: int) -> list[int]:
    """Return the indices of a word and of those that follow it, small words left out."""
    indices: list[int] = []
    for i in range(index, min(index + 3 * LONGEST, len(tokens))):
        if bare(tokens[i].word) not in SMALL_WORDS:
            indices.append(i)
            if len(indices) == LONGEST:
                break
    return indices
