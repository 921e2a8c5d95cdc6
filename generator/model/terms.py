"""Owns the kind of value that names a term, and what to do about a word that names none."""

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

    one = "a term"
    some = "one or more terms"
    reads = "a term"

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the term's id; in an open vocabulary a new word coins a term."""
        typed = node.value.strip()
        vocabulary = into.vocabularies[of.vocabulary]
        found = vocabulary.resolve(typed)
        if found in vocabulary.broad:
            below = ", ".join(term.id for term in vocabulary.narrower(found))
            message = f"{quote_for_author(typed)} is a group of terms; name the one that fits"
            self.refuse(node.position, of, into, message, f"choose from {below}")
            return None
        if found is not None:
            return found
        hint = _several(typed, of, vocabulary) or remedy(typed, "")
        if vocabulary.open and not hint:
            return self._coin(typed, node.position, of, into)
        if not hint:
            hint = vocabulary.hint(typed) if into.suggesting else vocabulary.where
        into.findings.add(node.position, "unknown-term", _no_term(typed, of), hint)
        return None

    def _coin(self, typed: str, position: Position, of: Field, into: Reading) -> Value | None:
        name = slug(typed)
        if "\n" in typed:
            self.refuse(position, of, into, f"'{of.name}' runs over several lines")
            return None
        if reason := reason_no_page_name(name):
            self.refuse(position, of, into, f"{quote_for_author(typed)} cannot be a term: {reason}")
            return None
        if name in {UNKNOWN, WITHHELD}:
            return UNKNOWN
        into.new_terms.setdefault(of.vocabulary, {}).setdefault(name, typed)
        return name

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the ids that may be written; in an open vocabulary, any text."""
        vocabulary = vocabularies[of.vocabulary]
        ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
        closed: Schema = {"enum": [*ids, UNKNOWN]}
        return {"anyOf": [closed, {"type": "string"}]} if vocabulary.open else closed


_BETWEEN = re.compile(r"\s*[,;/،、]\s*")


def _several(typed: str, of: Field, vocabulary: Vocabulary) -> str:
    """Return the remedy for several terms in one text, or nothing if it is not that."""
    parts = [part for part in _BETWEEN.split(typed) if part]
    if len(parts) < 2 or not all(vocabulary.resolve(part) for part in parts):  # noqa: PLR2004
        return ""
    if len(of.path) > 1 and not of.many:
        return "make an entry of each"
    return f"write [{', '.join(parts)}]" if of.many else "choose the one that fits best"


def _no_term(typed: str, of: Field) -> str:
    """Return that a word is no term, in the field's own noun where it has one."""
    if of.noun != of.label.casefold() or fold(of.label) == of.name:
        return f"{quote_for_author(typed)} is not {with_article(of.noun)}"
    return f"{quote_for_author(typed)} is not a term of '{of.name}'"
