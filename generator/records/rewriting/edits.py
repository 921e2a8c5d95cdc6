"""Changes of a text at their places, made all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model.reference import yaml_scalar


class Edit(NamedTuple):
    """The text from `start` up to `end` becomes `text`; `note` says so to the author."""

    start: int
    end: int
    text: str
    note: str = ""


def edited(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return a stretch of a text with edits made that lie in it and do not overlap."""
    pieces, index = [], start
    for edit in sorted(edits):
        pieces += [text[index : edit.start], edit.text]
        index = edit.end
    return "".join([*pieces, text[index:end]])


def in_yaml(word: str) -> str:
    """Return a word as YAML that may stand anywhere, inside brackets too."""
    written = yaml_scalar(word)
    needs_quotes = written == word and any(c in word for c in ",[]{}")
    return f'"{word}"' if needs_quotes else written
