"""The outline of a case: all that can be counted or pointed to, without its texts.

Whatever looks at all cases at once looks at outlines: numbers cannot depend on words, and ten
thousand outlines fit into memory where ten thousand texts would not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from generator.model.record import Field, Model, Path
from generator.model.value import UNKNOWN, WITHHELD, Value
from generator.records.case import Case

SOME_WORDS: Final = "…"
"""Stands in an outline for a text: that there is one can be counted, what it says cannot."""

_SHORT: Final = 40
"""A text of more characters is hardly ever met twice."""

_WORDS: Final = frozenset({"line", "text", "url"})
"""The kinds of value that are words, and no more."""


class Outliner:
    """Makes the outlines of cases under one model."""

    def __init__(self, model: Model) -> None:
        """Look up once which texts stay."""
        self._fields = model.fields
        self._kept_paths = _kept_texts(model)

    def outline(self, case: Case) -> Case:
        """Return a case without the words of its body, `SOME_WORDS` in the place of each text.

        Texts stay that are more than words: those in a field to which the site gives a role, such
        as the title, by which cases are ordered; keys of entries, ids of sources, what the
        conditions of the model ask for, and what a card shows.
        """
        return replace(
            case,
            values=self._blanked(case.values, self._fields),
            body=replace(case.body, packed=b"", headings=()),
        )

    def _blanked(
        self, values: Mapping[str, Value], fields: Mapping[str, Field]
    ) -> dict[str, Value]:
        return {name: self._blank(value, fields[name]) for name, value in values.items()}

    def _blank(self, value: Value, field: Field) -> Value:
        if isinstance(value, list):
            return [self._blank(item, field) for item in value]
        if isinstance(value, dict):
            return self._blanked(value, field.fields)
        if (
            field.kind in _WORDS
            and value not in (UNKNOWN, WITHHELD)
            and field.path not in self._kept_paths
        ):
            return SOME_WORDS
        return value


class TextPool:
    """Makes equal short texts of many outlines one object: names of fields, ids of terms, dates.

    What comes from another process has an object for each text, which would take a third of the
    memory of all outlines. A pool is needed only while they are read.
    """

    def __init__(self) -> None:
        """Start without texts."""
        self._texts: dict[str, str] = {}

    def pooled(self, outline: Case) -> Case:
        """Return an equal outline whose short texts are those of earlier ones."""
        return replace(outline, values=self._pooled(outline.values))

    def _pooled(self, value: Any) -> Any:  # noqa: ANN401 - what it is given
        if isinstance(value, str):
            return self._texts.setdefault(value, value) if len(value) <= _SHORT else value
        if isinstance(value, list):
            return [self._pooled(item) for item in value]
        return {self._pooled(name): self._pooled(item) for name, item in value.items()}


def _kept_texts(model: Model) -> frozenset[Path]:
    """Return the paths of texts that are more than words."""
    kept = {field.path for field in model.walk() if field.role}
    kept |= {(*field.path, field.key) for field in model.walk() if field.key}
    if model.strength:
        kept.add((model.strength.sources, model.strength.id))
    kept |= {(name,) for name in (*model.card.above, *model.card.below)}
    return frozenset(kept | model.deciding_texts.keys())
