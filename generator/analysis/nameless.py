"""Entries without a name: how many there are in a list, and of what kinds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.library.library import Library
from generator.model.record import Field
from generator.model.unnamed import KIND_OF_ENTRY, UNNAMED, is_unnamed
from generator.model.value import UNKNOWN, texts


@dataclass(frozen=True, slots=True)
class Nameless:
    """The entries of counted cases that have no name; `kinds` are terms, those of most first.

    `unknown` is how many of them have no known kind either.
    """

    number: int
    kinds: tuple[tuple[str, int], ...]
    unknown: int


def nameless(library: Library, field: Field) -> Nameless:
    """Return how many entries of a list have no name. An entry of each case counts, each time."""
    kind = field.member_with_role(KIND_OF_ENTRY)
    if kind is None or field.member_with_role(UNNAMED) is None:
        return Nameless(0, (), 0)
    entries = [c.values for c in library.claims_of_all(field.name) if is_unnamed(c.values, field)]
    of_each = [set(texts(entry, (kind.name,))) - {UNKNOWN} for entry in entries]
    numbers = Counter(id_ for ids in of_each for id_ in ids)
    order = list(library.model.vocabularies[kind.vocabulary].terms)
    kinds = sorted(numbers.items(), key=lambda pair: (-pair[1], order.index(pair[0])))
    return Nameless(len(entries), tuple(kinds), sum(1 for ids in of_each if not ids))
