"""Which terms of a vocabulary somebody may have meant by a word that is none.

First by typing errors, then by the words of labels, synonyms and definitions; numbers by value.
Several terms that fit are all named, and where many fit or none is likely, none is: a suggestion
that is taken without a look must not make a record say something false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from math import log
from re import split

from generator.base.likeness import (
    LONGEST,
    is_certain_slip,
    is_negative,
    loosely_folded,
    meaningful,
    typing_errors,
)
from generator.base.names import fold
from generator.model.ranges import Range, read_range, typed_range

MOST = 3
"""At most so many terms are suggested."""

SHORTEST_TYPED = 4
"""What is shorter is like too many words, so only the same letters count."""

ENOUGH = 0.45
"""So much of the meaning of what was typed must stand in a term: rare words have more of it."""

CLOSE = 0.75
"""A term is named beside the best one if so much of that one's share stands in it."""

IN_A_DEFINITION = 0.6
"""How much a word counts that stands in the definition alone."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One term as it may be meant: by its spellings, or by words of its definition."""

    id: str
    spellings: tuple[str, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that belong together: a spelling, or a clause of a definition."""

    stems: frozenset[str]
    is_negative: bool
    weight: float


class MeantTerms:
    """Finds the terms meant, among some wordings in their order.

    With `names`, a word of a name suggests it only where all that was typed stands in the name.
    `subject` are words that say nothing about one term, since all terms are about them.
    """

    def __init__(self, wordings: Sequence[Wording], *, names: bool, subject: str) -> None:
        self._wordings = wordings
        self._names = names
        self._subject = meaningful(subject)

    def by(self, typed: str) -> tuple[list[str], bool]:
        """Return the ids of the terms that were probably meant, the likeliest first.

        And whether that is sure: by numbers or letters it is, by words another may fit as well.
        """
        typed = typed[:LONGEST]
        if number := self._number(typed):
            meant = [id_ for id_, range_ in self._ranges.items() if _holds(range_, number)]
            return meant[:MOST], bool(meant)
        if self._ranges and any(c.isdigit() for c in typed):
            return [], False
        meant = self._by_letters(typed)
        if not self._names:
            return (meant, True) if meant else (self._by_words(typed), False)
        return self._names_meant(typed, meant), True

    def _names_meant(self, typed: str, meant: list[str]) -> list[str]:
        """Return the names meant, where some are by letters: those that typed words may be, too.

        One word alone, of a name of several, suggests no name: `equatorial` may be anything.
        """
        if fold(typed) in self._exact:
            return meant
        more = [id_ for id_ in self._by_words(typed) if id_ not in meant]
        if not meant and len(more) == 1 and len(meaningful(typed)) == 1:
            return []
        return (meant + more)[:MOST]

    def _number(self, typed: str) -> Range | None:
        return typed_range(typed, self._units) if self._ranges else None

    @cached_property
    def _ranges(self) -> dict[str, Range]:
        """The ranges of numbers that terms name, by id; none unless two do."""
        ranges: dict[str, Range] = {}
        for wording in self._wordings:
            named = (read_range(spelling) for spelling in wording.spellings)
            if range_ := next((r for r in named if r), None):
                ranges[wording.id] = range_
        return ranges if len(ranges) > 1 else {}

    @cached_property
    def _units(self) -> frozenset[str]:
        phrases = (meaningful(s) for wording in self._wordings for s in wording.spellings)
        return self._subject.union(*phrases)

    def _by_letters(self, typed: str) -> list[str]:
        """Return the terms with a spelling of which what was typed is a slip of the fingers.

        Among names one must be a slip for certain; then those that may be are named beside it.
        """
        if fold(typed) in self._exact:
            return self._exact[fold(typed)][:MOST]
        key = loosely_folded(typed)
        slips: dict[str, int] = {}
        certain = not self._names
        for spelling, id_ in self._keys if len(key) >= SHORTEST_TYPED else ():
            number = typing_errors(key, spelling)
            if number is not None:
                slips[id_] = min(number, slips.get(id_, number))
                certain = certain or is_certain_slip(key, spelling)
        same = [id_ for id_, number in slips.items() if not number]
        likely = same or sorted(slips, key=lambda id_: slips[id_])
        return likely[:MOST] if certain and not self._is_common(typed) else []

    def _is_common(self, typed: str) -> bool:
        """Tell whether somebody typed a word that stands in many names: it is no slip."""
        words = meaningful(typed) if self._names else ()
        return any(self._spread[word] > MOST for word in words) and len(words) == 1

    @cached_property
    def _exact(self) -> dict[str, list[str]]:
        """The terms of each spelling, be it in a language that the site does not have."""
        exact: dict[str, list[str]] = {}
        for wording in self._wordings:
            for spelling in wording.spellings:
                exact.setdefault(fold(spelling), []).append(wording.id)
        return exact

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """Each spelling with its term, without codes, which are like any short word."""
        return [
            (loosely_folded(spelling), wording.id)
            for wording in self._wordings
            for spelling in wording.spellings
            if len(spelling) >= SHORTEST_TYPED
        ]

    def _by_words(self, typed: str) -> list[str]:
        """Return the terms in which most of the meaning of what was typed stands."""
        stems = meaningful(typed) - self._subject
        weights = {word: log(1 + len(self._phrases) / (1 + self._spread[word])) for word in stems}
        whole = sum(weights.values())
        negative = is_negative(typed)
        shares: dict[str, float] = {}
        for id_, phrases in self._phrases.items():
            share = self._share(phrases, weights, negative=negative)
            if whole and share / whole >= ENOUGH:
                shares[id_] = share
        best = max(shares.values(), default=0.0)
        close = [id_ for id_, share in shares.items() if share >= CLOSE * best]
        # More than that have the word in common, and it does not tell them apart.
        return [] if len(close) > MOST else sorted(close, key=lambda id_: -shares[id_])

    def _share(
        self, phrases: Sequence[_Phrase], weights: dict[str, float], *, negative: bool
    ) -> float:
        """Return how much of some words stands in the phrases of a term that mean the like."""
        if self._names:
            fits = any(self._is_core(weights.keys(), phrase.stems) for phrase in phrases)
            return sum(weights.values()) if fits else 0
        parts: dict[str, float] = {}
        for phrase in phrases:
            if phrase.is_negative is negative:
                for word in phrase.stems & weights.keys():
                    parts[word] = max(parts.get(word, 0), phrase.weight)
        # One word of a definition may be there by chance, or to say what the term is not.
        certain = len(parts) > 1 or 1 in parts.values()
        return sum(weights[word] * part for word, part in parts.items()) if certain else 0

    def _is_core(self, words: AbstractSet[str], name: frozenset[str]) -> bool:
        """Tell whether words of a name are what it is about: `Korea` of South Korea, not `South`.

        That is, they are several, or one that stands in fewer names than each of the others.
        """
        if not words <= name:
            return False
        spread = max((self._spread[word] for word in words), default=0)
        rare = spread < MOST and all(self._spread[other] > spread for other in name - words)
        return len(words) > 1 or rare

    @cached_property
    def _phrases(self) -> dict[str, tuple[_Phrase, ...]]:
        return {w.id: tuple(_phrases(w, definition=not self._names)) for w in self._wordings}

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many terms each word stands."""
        return Counter(
            word
            for phrases in self._phrases.values()
            for word in frozenset[str]().union(*(phrase.stems for phrase in phrases))
        )


def _phrases(wording: Wording, *, definition: bool) -> Iterator[_Phrase]:
    for spelling in wording.spellings:
        yield _Phrase(meaningful(spelling), is_negative(spelling), 1)
    for clause in split(r"[.;:,]\s", wording.definition) if definition else ():
        yield _Phrase(meaningful(clause), is_negative(clause), IN_A_DEFINITION)


def _holds(range_: Range, number: Range) -> bool:
    """Tell whether a range holds a number, or both ends of a range that was typed."""
    ends = (number.low, number.high)
    return all(range_.holds(end) or end in (range_.low, range_.high) for end in ends) and any(
        range_.holds(end) for end in ends
    )
