"""Owns `Kind`, what every kind of value can do, and `Reading`, what reading a record gathers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Severity
from generator.model.declaration import ProblemCollector, suggestion
from generator.model.value import Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field

Schema = dict[str, object]

PROMPT = "..."
"""What stands in a blank record where its author must write something."""

PROMPTS = frozenset({PROMPT, "…"})

NOBODY_KNOWS = frozenset(
    {"n/a", "n.a.", "na", "null", "none", "nil", "~", "-", "--", "?", "??", "tbd", "tbc", "unknow"}
    | {"unkown", "unknwon", "not known", "not available", "don't know", "unclear"}
)
"""Words that authors write where 'unknown' is meant, or nothing."""

MOST_SUGGESTIONS = 100
"""After this many problems in one file nobody reads on, and looking for near words takes long."""


@dataclass(slots=True)
class Reading:
    """What reading one record gathers besides its values.

    `unread` holds the places of values that were written and refused.
    """

    findings: ProblemCollector
    vocabularies: Mapping[str, Vocabulary]
    marks: dict[str, Position] = field(default_factory=dict)
    new_terms: dict[str, dict[str, str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    @property
    def suggesting(self) -> bool:
        """Return whether it is still worth looking for the word that was meant."""
        return self.findings.noted < MOST_SUGGESTIONS

    def suggestion(self, typed: str, known: Iterable[str], otherwise: str) -> str:
        """Return the hint for a word that is not known."""
        return suggestion(typed, known, otherwise) if self.suggesting else otherwise


class Kind:
    """A kind of value: text of any length.

    `one` and `some` say in words what a field takes; `reads` is what a message asks for.
    """

    one = "text"
    some = "one or more texts"
    reads = "text"

    def read(self, node: yaml_nodes.Node, of: Field, into: Reading, where: str) -> Value | None:
        """Return the value of a node, or None after noting why there is none."""
        del where
        if not isinstance(node, yaml_nodes.Scalar):
            message = f"'{of.name}' wants {self.reads}, not {shape(node)}"
            self.refuse(node.position, of, into, message)
        elif node.value.strip() in PROMPTS:
            message = f"'{of.name}' still holds its prompt"
            into.findings.add(node.position, "unfilled-prompt", message, of.help)
        else:
            return self.text(node, of, into)
        return None

    def text(self, node: yaml_nodes.Scalar, of: Field, into: Reading) -> Value | None:
        """Return the value of a scalar, or None after noting why there is none."""
        typed = node.value.strip()
        if of.max and len(typed) > of.max:
            message = f"'{of.name}' has {len(typed)} characters; at most {of.max} fit"
            self.refuse(node.position, of, into, message, "keep the point, leave out the rest")
        if node.comment:
            message = f"{quote_for_author(node.comment)} is read as a comment and left out"
            hint = "if it is text, put the whole value in quotes; else give it a line of its own"
            into.findings.add(node.position, "text-after-hash", message, hint, Severity.WARNING)
        return typed

    def refuse(
        self, position: Position, of: Field, into: Reading, message: str, hint: str = ""
    ) -> None:
        """Note that a value cannot be read."""
        into.findings.add(position, f"bad-{of.kind}", message, hint or _for_example(of))

    def schema(self, of: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the JSON Schema of one value."""
        del vocabularies
        return {"type": "string", **({"maxLength": of.max} if of.max else {})}


def means_unknown(typed: str) -> bool:
    """Tell whether a word says that nobody knows, in other words than `unknown`."""
    return typed.strip().casefold() in NOBODY_KNOWS


def remedy(typed: str, otherwise: str) -> str:
    """Return the hint for a value that was not understood."""
    return "write unknown, or leave the line out" if means_unknown(typed) else otherwise


def shape(node: yaml_nodes.Node) -> str:
    """Return what a message calls a node of the wrong shape."""
    if isinstance(node, yaml_nodes.Scalar):
        return quote_for_author(node.value)
    return "a list" if isinstance(node, yaml_nodes.Sequence) else "a mapping of keys to values"


def _for_example(of: Field) -> str:
    return (
        f"for example {of.name}: {of.example}" if isinstance(of.example, str) and of.example else ""
    )
