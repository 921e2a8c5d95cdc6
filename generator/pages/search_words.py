"""The words of a case as an index keeps them: in which parts each stands, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from generator.base.search_fold import is_paired, search_tokens
from generator.library.library import Library
from generator.library.questions import question
from generator.pages.search_entries import PARTS, search_entries

PackedWords = tuple[tuple[int, str], ...]
"""The words of a case by code, with a space between two; codes and words are in order.

A code is the parts in which the words stand, a bit each, times four, plus their weight.
"""

BODIES = "bodies"
"""The second argument of `case_words` where the text of the case is read too; else empty."""

_LONGEST = 40
"""A longer word is an address or a slip: nobody types it."""

_HEAVY = (2, 4, 8)
"""From so many times on a word weighs 1, 2, 3 in its case."""

_WEIGHTS = tuple(sum(times >= many for many in _HEAVY) for times in range(_HEAVY[-1] + 1))
"""The weight of a word by how often it stands in its case."""

_MOST_TERMS = 10_000
"""The words of so many terms are held, since many cases name the same."""


@question
def case_words(library: Library, id_: str, bodies: str) -> PackedWords:
    """Return the words of a case, perhaps with those of its text."""
    by_part: defaultdict[str, list[str]] = defaultdict(list)
    for entry in search_entries(library, id_, bodies=bodies == BODIES):
        by_part[entry.part] += search_tokens(entry.text)
    by_part["terms"] = list(chain.from_iterable(_tokens_of_terms(library, id_)))
    masks: dict[str, int] = {}
    times: Counter[str] = Counter()
    for part, tokens in by_part.items():
        bit = 1 << PARTS.index(part)
        times.update(tokens)
        for token in set(tokens):
            if 1 < len(token) <= _LONGEST or is_paired(token):
                masks[token] = masks.get(token, 0) | bit
    by_code: defaultdict[int, list[str]] = defaultdict(list)
    for token, mask in masks.items():
        many = times[token]
        weight = _WEIGHTS[many] if many < len(_WEIGHTS) else _WEIGHTS[-1]
        by_code[mask << 2 | weight].append(token)
    return tuple((code, " ".join(sorted(words))) for code, words in sorted(by_code.items()))


def _tokens_of_terms(library: Library, id_: str) -> Iterator[Sequence[str]]:
    """Yield the words of each term that a case names, the groups of terms among them."""
    for name, ids in library.terms(id_).items():
        vocabulary = library.model.vocabulary_of(library.model.facets[name])
        for term in map(vocabulary.with_labels, map(vocabulary.terms.__getitem__, ids)):
            yield _tokens_of_term(term.label, term.synonyms, tuple(term.labels.values()))


@lru_cache(_MOST_TERMS)
def _tokens_of_term(
    label: str, synonyms: tuple[str, ...], labels: tuple[str, ...]
) -> Sequence[str]:
    """Return the words of a term's labels and synonyms."""
    return tuple(search_tokens("\n".join(dict.fromkeys((label, *synonyms, *labels)))))
