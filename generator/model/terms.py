"""The kind of value that is a term of a vocabulary, and the remedy for a word that names none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.base.names import fold, reason_no_page_name, slug
from generator.base.position import Position
from generator.model.declaration import with_article
from generator.model.kind import Kind, Reading, Schema, remedy
from generator.model.value import UNKNOWN, WITHHELD, Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field


class TermKind(Kind):
    """A term of the field's vocabulary, by id, label or synonym."""

    single = "a term"
    several = "one or more terms"
    expected = "a term"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the term's id; in an open vocabulary, an unknown word becomes a new term."""
        typed = node.value.strip()
        vocabulary = reading.vocabularies[field.vocabulary]
        term = vocabulary.resolve(typed)
        if term in vocabulary.broad:
            below = ", ".join(narrower.id for narrower in vocabulary.narrower(term))
            message = f"{quote_for_author(typed)} is a group of terms; name the one that fits"
            self.refuse(node.position, field, reading, message, f"choose from {below}")
            return None
        if term is not None:
            return term
        hint = _split_remedy(typed, field, vocabulary) or remedy(typed, "")
        if vocabulary.open and not hint:
            return self._new_term(typed, node.position, field, reading)
        if not hint:
            hint = vocabulary.hint(typed) if reading.suggesting else vocabulary.where
        reading.findings.add(node.position, "unknown-term", _no_term(typed, field), hint)
        return None

    def _new_term(
        self, typed: str, position: Position, field: Field, reading: Reading
    ) -> Value | None:
        """Return the id of a new term, and remember it with its first spelling."""
        name = slug(typed)
        if "\n" in typed:
            message = f"'{field.name}' runs over several lines"
        elif reason := reason_no_page_name(name):
            message = f"{quote_for_author(typed)} cannot be a term: {reason}"
        elif name in {UNKNOWN, WITHHELD}:
            return UNKNOWN
        else:
            reading.new_terms.setdefault(field.vocabulary, {}).setdefault(name, typed)
            return name
        self.refuse(position, field, reading, message)
        return None

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the ids that may be written; in an open vocabulary, any text."""
        vocabulary = vocabularies[field.vocabulary]
        ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
        closed: Schema = {"enum": [*ids, UNKNOWN]}
        return {"anyOf": [closed, {"type": "string"}]} if vocabulary.open else closed


_SEPARATOR = re.compile(r"\s*[,;/،、]\s*")


def _split_remedy(typed: str, field: Field, vocabulary: Vocabulary) -> str:
    """Return the remedy for several terms in one text, or nothing if it is not that."""
    parts = [part for part in _SEPARATOR.split(typed) if part]
    if len(parts) < 2 or not all(vocabulary.resolve(part) for part in parts):  # noqa: PLR2004
        return ""
    if len(field.path) > 1 and not field.many:
        return "make an entry of each"
    return f"write [{', '.join(parts)}]" if field.many else "choose the one that fits best"


def _no_term(typed: str, field: Field) -> str:
    """Return that a word is no term, in the field's own noun where it has one."""
    if field.noun != field.label.casefold() or fold(field.label) == field.name:
        return f"{quote_for_author(typed)} is not {with_article(field.noun)}"
    return f"{quote_for_author(typed)} is not a term of '{field.name}'"
