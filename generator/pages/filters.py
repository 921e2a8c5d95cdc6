"""Filters and tests of the templates: what a template asks of values in a word.

To add one: write a function of the value that stands before the `|` or the `is`, and its entry in
`FILTERS` or `TESTS`. What computes something belongs in `analysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from generator.pages.pieces import UNKNOWN_WORD, Detail, Piece


def brief(text: str, limit: int = 155) -> str:
    """Return text cut after a word, to about that many characters, with a sign of more."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"


def joined_words(pieces: Iterable[Piece], separator: str = ", ") -> str:
    """Return the texts of pieces, joined."""
    return separator.join([piece.text for piece in pieces])


def known(details: Iterable[Detail], term: str = "") -> list[Detail]:
    """Return the details that have a known value, without those that say `term` and no more."""
    return [
        detail
        for detail in details
        if len(detail.pieces) != 1
        or (detail.pieces[0].text != UNKNOWN_WORD and not (term and detail.pieces[0].term == term))
    ]


def unknown_labels(details: Iterable[Detail]) -> list[str]:
    """Return the labels of the details of which it is known that they are unknown."""
    return [detail.label for detail in details if says_unknown(detail.pieces)]


def having(values: Iterable[object], name: str) -> list[object]:
    """Return those values of which an attribute is true."""
    return [value for value in values if getattr(value, name)]


def says_unknown(pieces: Sequence[Piece]) -> bool:
    """Return whether pieces say that a value is unknown, and nothing else."""
    return len(pieces) == 1 and pieces[0].text == UNKNOWN_WORD


FILTERS: Mapping[str, Callable[..., Any]] = {
    "brief": brief,
    "having": having,
    "known": known,
    "unknown_labels": unknown_labels,
    "words": joined_words,
}
"""The filters by the name that templates know them by; links are filters of `Renderer`."""

TESTS: Mapping[str, Callable[..., bool]] = {"unknown": says_unknown}
"""The tests by the name that templates know them by."""
