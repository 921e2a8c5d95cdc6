"""Owns how a declaration (`record.yml`, a vocabulary) is read key by key, each with a meaning."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.yaml_nodes.suggested_fixes import quote_for_author


@dataclass(frozen=True, slots=True)
class Key:
    """One key that a declaration may hold: what is read there, and what it means."""

    want: str
    meaning: str
    needed: bool = field(default=False, kw_only=True)
    choices: tuple[str, ...] = field(default=(), kw_only=True)


def nearest(typed: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word that looks most like what was typed, or an empty string."""
    folded = {word.casefold().replace("_", "-"): word for word in known}
    wanted = typed[:_LONGEST_WORD].casefold().replace("_", "-")
    match = difflib.get_close_matches(wanted, folded, 1, likeness)
    return folded[match[0]] if match else ""


_LONGEST_WORD = 100
"""Nobody misspells a word of more characters than this."""


def suggestion(typed: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for a word that is not known: the nearest one, or `otherwise`."""
    word = nearest(typed, known)
    return f"did you mean '{word}'?" if word else otherwise


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"{'an' if noun[:1].casefold() in set('aeiou') else 'a'} {noun}"


MOST_PROBLEMS = 200
"""So many problems of one file are told, and that there are more."""


@dataclass(slots=True)
class ProblemCollector:
    """Collects the problems of one file while it is read."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    noted: int = 0
    """How many were found, those included that are too many to be told."""

    def add(
        self,
        position: Position,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a place in the file; of very many, no more than anybody reads."""
        self.noted += 1
        if self.noted == MOST_PROBLEMS:
            code, message = "too-many", f"there are more than {MOST_PROBLEMS} problems in this file"
            hint, severity = "mend these first; the rest are not told here", Severity.ERROR
        if self.noted > MOST_PROBLEMS:
            return
        self.problems.append(
            Problem(
                path=self.path,
                line=position.line,
                column=position.column,
                severity=severity,
                code=code,
                message=message,
                hint=hint,
            )
        )


Plain = str | list["Plain"] | dict[str, "Plain"]


def plain_value(node: yaml_nodes.Node) -> Plain:
    """Return the node as strings, lists and dictionaries, its marks left behind."""
    if isinstance(node, yaml_nodes.Scalar):
        return node.value
    if isinstance(node, yaml_nodes.Sequence):
        return [plain_value(item) for item in node.items]
    return {key.value: plain_value(value) for key, value in node.pairs}


class Declaration:
    """A mapping of a declaration, checked against the keys it may hold.

    Every accessor gives a usable default where the key is absent or was refused, so that reading
    goes on and all problems are found at once.
    """

    def __init__(
        self, node: yaml_nodes.Node, keys: Mapping[str, Key], findings: ProblemCollector, what: str
    ) -> None:
        self.node, self.keys, self.findings, self.what = node, keys, findings, what
        self.values: dict[str, yaml_nodes.Node] = {}
        self.refused: set[str] = set()
        self.marks: dict[str, Position] = {}
        if not isinstance(node, yaml_nodes.Mapping):
            findings.add(node.position, "wrong-shape", f"{what} is not a mapping of keys to values")
            return
        for key, value in node.pairs:
            self._take(key, value)
        for name, key_ in keys.items():
            if key_.needed and name not in self.values and name not in self.refused:
                findings.add(node.position, "missing-key", f"{what} has no '{name}'", key_.meaning)

    def _take(self, key: yaml_nodes.Scalar, value: yaml_nodes.Node) -> None:
        known = self.keys.get(key.value)
        if known is None:
            hint = suggestion(key.value, self.keys, f"known keys: {', '.join(self.keys)}")
            self.findings.add(
                key.position,
                "unknown-key",
                f"{self.what} has an unknown key {quote_for_author(key.value)}",
                hint,
            )
        elif not _fits(value, known.want):
            message = f"'{key.value}' of {self.what} is not {_WANTED[known.want]}"
            self.findings.add(value.position, "wrong-shape", message, known.meaning)
            self.refused.add(key.value)
        elif (
            known.choices
            and isinstance(value, yaml_nodes.Scalar)
            and value.value not in known.choices
        ):
            message = f"'{key.value}' of {self.what} cannot be {quote_for_author(value.value)}"
            hint = suggestion(value.value, known.choices, f"use {_either(known.choices)}")
            self.findings.add(value.position, "wrong-choice", message, hint)
            self.refused.add(key.value)
        else:
            self.values[key.value] = value
            self.marks[key.value] = value.position

    def position(self, key: str) -> Position:
        """Return the place of a key's value, or of the whole declaration."""
        return self.marks.get(key, self.node.position)

    def text(self, key: str, default: str = "") -> str:
        """Return one value as text."""
        node = self.values.get(key)
        return node.value if isinstance(node, yaml_nodes.Scalar) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a value written as true or false (yes and no will do)."""
        return self.text(key, str(default)).casefold() in {"true", "yes"}

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        return int(self.text(key, str(default)))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of words; a single word is a list of one."""
        return words(self.values.get(key))

    def mapping(self, key: str) -> tuple[tuple[yaml_nodes.Scalar, yaml_nodes.Node], ...]:
        """Return the pairs of a nested mapping, in their order."""
        node = self.values.get(key)
        return node.pairs if isinstance(node, yaml_nodes.Mapping) else ()

    def items(self, key: str) -> tuple[yaml_nodes.Node, ...]:
        """Return the items of a nested list, in their order."""
        node = self.values.get(key)
        return node.items if isinstance(node, yaml_nodes.Sequence) else ()


def words(node: yaml_nodes.Node | None) -> tuple[str, ...]:
    """Return a scalar or a list of scalars as a tuple of strings."""
    if isinstance(node, yaml_nodes.Scalar):
        return (node.value,) if node.value else ()
    if isinstance(node, yaml_nodes.Sequence):
        return tuple(item.value for item in node.items if isinstance(item, yaml_nodes.Scalar))
    return ()


_WANTED = {
    "text": "text",
    "flag": "true or false",
    "number": "a whole number",
    "texts": "a word or a list of words",
    "mapping": "a mapping of keys to values",
    "condition": "a mapping of fields to the words they may hold",
    "words": "a mapping of keys to words",
    "list": "a list",
    "any": "a value",
}


_LONGEST_NUMBER = 9
_FLAGS = frozenset({"true", "false", "yes", "no"})


def _fits(node: yaml_nodes.Node, want: str) -> bool:
    test = _TESTS.get(want)
    return test is None or test(node)


def _is_text(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Scalar) and bool(node.value.strip())


def _is_flag(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Scalar) and node.value.casefold() in _FLAGS


def _is_number(node: yaml_nodes.Node) -> bool:
    typed = node.value if isinstance(node, yaml_nodes.Scalar) else ""
    return typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER


def _is_texts(node: yaml_nodes.Node) -> bool:
    listed = isinstance(node, yaml_nodes.Sequence) and all(map(_is_text, node.items))
    return listed or (isinstance(node, yaml_nodes.Scalar) and (node.plain or _is_text(node)))


def _is_condition(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Mapping) and all(words(value) for _, value in node.pairs)


def _is_words(node: yaml_nodes.Node) -> bool:
    return isinstance(node, yaml_nodes.Mapping) and all(_is_text(value) for _, value in node.pairs)


_TESTS: dict[str, Callable[[yaml_nodes.Node], bool]] = {
    "text": _is_text,
    "flag": _is_flag,
    "number": _is_number,
    "texts": _is_texts,
    "condition": _is_condition,
    "words": _is_words,
    "mapping": lambda node: isinstance(node, yaml_nodes.Mapping),
    "list": lambda node: isinstance(node, yaml_nodes.Sequence),
}


def _either(choices: tuple[str, ...]) -> str:
    """Return the choices as a person lists them: `a, b or c`."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last
