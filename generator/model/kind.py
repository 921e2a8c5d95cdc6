"""`Kind`, the base class of the kinds of value, and `Reading`, what reading a record gathers.

A kind reads a YAML node as its author meant it, says in words what a field of the kind takes, and
says what a JSON Schema should allow. `kinds.KINDS` lists them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Severity
from generator.model.declaration import ProblemCollector
from generator.model.value import Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field

Schema = dict[str, object]

PROMPT = "..."
"""The placeholder in a blank record, where its author must write something."""

PROMPTS = frozenset({PROMPT, "…"})

_NOBODY_KNOWS = """
n/a|n.a.|na|null|none|nil|~|-|--|—|–|?|??|???|tbd|tbc|tba|unknow|unkown|unknwon|unknown?|not known
not available|not sure|unsure|unclear|don't know|dont know|do not know|i don't know|no idea|no data
inconnu|inconnue|inconnus|inconnues|ne sait pas|je ne sais pas|non connu|pas connu|à compléter
à préciser|à confirmer|à définir|desconocido|desconocida|no sé|no se sabe|por confirmar
por completar|por definir|desconhecido|desconhecida|não sei|a confirmar|a definir|a completar
unbekannt|to be confirmed|to be determined|to be completed|to be decided|to be announced
غير معروف
"""
NOBODY_KNOWS = frozenset(_NOBODY_KNOWS.strip().replace("\n", "|").split("|"))
"""Words that authors write where 'unknown' is meant, or nothing."""

_PLACEHOLDERS = """
tbc|tbd|tba|n/a|n.a.|todo|to do|fixme|xx|xxx|xxxx|?|??|???|-|--|—|–|test|lorem|insert text here
to be confirmed|to be completed|to be determined|to be decided|to be added|to come|coming soon
à compléter|a compléter|à completer|a completer|à préciser|à confirmer|à définir|à venir|à remplir
por completar|por confirmar|por definir|a completar|a confirmar|a definir|a preencher
placeholder|text here|write here|your text here|قيد الإعداد
"""
PLACEHOLDERS = frozenset(_PLACEHOLDERS.strip().replace("\n", "|").split("|"))
"""Words that stand alone where somebody meant to write a text later."""

_LONGEST = max(map(len, PLACEHOLDERS))
"""A longer text is none of them: in letters of one case it has at least as many."""

_SIGNS = " .…!:;*_[]()<>"
_OPENING = re.compile(r"[\[<{(]")
_FILLING = re.compile(
    r"\blorem ipsum\b"
    r"|[\[<{(](?:insert |(?:à compléter|à préciser|tb[cd]|todo|xxx+)\s*[\])>}])",
    re.IGNORECASE,
)

MOST_SUGGESTIONS = 100
"""After this many problems in one file nobody reads on, and comparing words takes long."""


@dataclass(slots=True)
class Reading:
    """What reading one record needs, and what it gathers besides the values.

    A location is a dotted path with the numbers of entries: `partners.0.sector`.
    """

    findings: ProblemCollector
    vocabularies: Mapping[str, Vocabulary]
    positions: dict[str, Position] = field(default_factory=dict)
    """The position of each value, by location."""
    new_terms: dict[str, dict[str, str]] = field(default_factory=dict)
    """By vocabulary: the ids of terms that no file lists, with the words that the record uses."""
    refused_places: set[str] = field(default_factory=set)
    """The locations of values that were refused, so that none is reported as missing as well."""

    @property
    def suggesting(self) -> bool:
        """Whether it is still worth looking for the word that was meant."""
        return self.findings.noted < MOST_SUGGESTIONS


class Kind:
    """A kind of value; this one is text of any length.

    `single` and `several` say what a field takes, as the reference prints it; `expected` is what a
    message asks for.
    """

    single = "text"
    several = "one or more texts"
    expected = "text"

    def read(
        self, node: yaml_nodes.Node, field: Field, reading: Reading, location: str
    ) -> Value | None:
        """Return the value of a node, or None after reporting why there is none."""
        del location
        if not isinstance(node, yaml_nodes.Scalar):
            message = f"'{field.name}' wants {self.expected}, not {shape(node)}"
            self.refuse(node.position, field, reading, message)
        elif node.value.strip() in PROMPTS:
            message = f"'{field.name}' is not filled in: it says '{node.value.strip()}'"
            all_terms = f" All terms: casebook fields {field.dotted}" if field.vocabulary else ""
            hint = f"{field.help}{all_terms}"
            reading.findings.add(node.position, "unfilled-prompt", message, hint)
        else:
            return self.text(node, field, reading)
        return None

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the value of a scalar, or None after reporting why there is none."""
        typed = node.value.strip()
        if field.max and len(typed) > field.max:
            message = f"'{field.name}' has {len(typed):,} characters; at most {field.max} fit"
            self.refuse(
                node.position, field, reading, message, "keep the point, leave out the rest"
            )
        if is_placeholder(typed):
            message = f"{quote_for_author(typed)} is no text yet"
            hint = f"write '{field.name}' now, write unknown if nobody knows, or leave it out"
            reading.findings.add(node.position, "placeholder", message, hint, Severity.WARNING)
        if node.comment:
            message = f"{quote_for_author(node.comment)} is read as a comment and left out"
            hint = "if it is text, put the whole value in quotes; else give it a line of its own"
            reading.findings.add(node.position, "text-after-hash", message, hint, Severity.WARNING)
        return typed

    def refuse(
        self, position: Position, field: Field, reading: Reading, message: str, hint: str = ""
    ) -> None:
        """Report that a value cannot be read; without a hint, the field's example is one."""
        reading.findings.add(position, f"bad-{field.kind}", message, hint or _for_example(field))

    def refuse_word(
        self, node: yaml_nodes.Scalar, field: Field, reading: Reading, hint: str, expected: str = ""
    ) -> None:
        """Report that a word is not what is expected; `hint` says how that is written."""
        message = f"{quote_for_author(node.value)} is not {expected or self.expected}"
        self.refuse(node.position, field, reading, message, remedy(node.value, hint))

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return the JSON Schema of one value."""
        del vocabularies
        return {"type": "string", **({"maxLength": int(field.max)} if field.max else {})}


def is_placeholder(typed: str) -> bool:
    """Tell whether a text only keeps a place: `TBC`, `à compléter`, `lorem ipsum`, `[insert …]`."""
    bare = typed.strip()
    words = [word for word in (bare.strip(_SIGNS) or bare, bare) if len(word) <= _LONGEST]
    alone = any(word.casefold() in PLACEHOLDERS for word in words)
    may_be_filling = _OPENING.search(typed) or "orem" in typed.casefold()  # cheap, and rarely so
    return alone or (bool(may_be_filling) and _FILLING.search(typed) is not None)


def means_unknown(typed: str) -> bool:
    """Tell whether a word says that nobody knows, in other words than `unknown`."""
    word = typed.strip().casefold().replace("\u2019", "'")
    return word in NOBODY_KNOWS or word.strip(" .!") in NOBODY_KNOWS


def remedy(typed: str, otherwise: str) -> str:
    """Return the hint for a value that was not understood."""
    return "write unknown, or leave the line out" if means_unknown(typed) else otherwise


def shape(node: yaml_nodes.Node) -> str:
    """Return what a message calls a node, where a scalar or another shape is expected."""
    if isinstance(node, yaml_nodes.Scalar):
        return quote_for_author(node.value)
    return "a list" if isinstance(node, yaml_nodes.Sequence) else "a mapping of keys to values"


def _for_example(field: Field) -> str:
    example = field.example if isinstance(field.example, str) else ""
    return f"for example {field.name}: {example}" if example else ""
