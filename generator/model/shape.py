"""Owns how a declaration (`record.yml`, a vocabulary) is read: each key has a kind, a meaning and a place to complain."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator import nodes
from generator.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Key:
    """One key that a declaration may hold: what is read there, and what it means."""

    want: str
    meaning: str
    needed: bool = False


def nearest(typed: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like what was typed, or an empty string."""
    folded = {word.casefold().replace("_", "-"): word for word in known}
    match = difflib.get_close_matches(typed.casefold().replace("_", "-"), folded, 1, 0.6)
    return folded[match[0]] if match else ""


def suggestion(typed: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for a word that is not known: the nearest one, or `otherwise`."""
    word = nearest(typed, known)
    return f"did you mean '{word}'?" if word else otherwise


@dataclass(slots=True)
class Findings:
    """Collects the problems of one file while it is read."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        mark: nodes.Mark,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a place in the file."""
        self.problems.append(
            Problem(
                path=self.path,
                line=mark.line,
                column=mark.column,
                severity=severity,
                code=code,
                message=message,
                hint=hint,
            )
        )


Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: nodes.Node) -> Plain:
    """Return the node as strings, lists and dictionaries, its marks left behind."""
    if isinstance(node, nodes.Scalar):
        return node.value
    if isinstance(node, nodes.Sequence):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.pairs}


class Declaration:
    """A mapping of a declaration, checked against the keys it may hold.

    Every accessor gives a usable default where the key is absent or was refused, so that reading
    goes on and all problems are found at once.
    """

    def __init__(
        self, node: nodes.Node, keys: Mapping[str, Key], findings: Findings, what: str
    ) -> None:
        self.node, self.keys, self.findings, self.what = node, keys, findings, what
        self.values: dict[str, nodes.Node] = {}
        self.marks: dict[str, nodes.Mark] = {}
        if not isinstance(node, nodes.Mapping):
            findings.add(node.mark, "wrong-shape", f"{what} is not a mapping of keys to values")
            return
        for key, value in node.pairs:
            self._take(key, value)
        for name, key_ in keys.items():
            if key_.needed and name not in self.values:
                findings.add(node.mark, "missing-key", f"{what} has no '{name}'", key_.meaning)

    def _take(self, key: nodes.Scalar, value: nodes.Node) -> None:
        known = self.keys.get(key.value)
        if known is None:
            hint = suggestion(key.value, self.keys, f"known keys: {', '.join(self.keys)}")
            self.findings.add(
                key.mark, "unknown-key", f"{self.what} has an unknown key '{key.value}'", hint
            )
        elif _fits(value, known.want):
            self.values[key.value] = value
            self.marks[key.value] = value.mark
        else:
            self.findings.add(
                value.mark,
                "wrong-shape",
                f"'{key.value}' of {self.what} is not {_WANTED[known.want]}",
                known.meaning,
            )

    def mark(self, key: str) -> nodes.Mark:
        """Return the place of a key's value, or of the whole declaration."""
        return self.marks.get(key, self.node.mark)

    def text(self, key: str, default: str = "") -> str:
        """Return one value as text."""
        node = self.values.get(key)
        return node.value if isinstance(node, nodes.Scalar) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a value written as true or false (yes and no will do)."""
        return self.text(key, str(default)).casefold() in {"true", "yes"}

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        return int(self.text(key, str(default)))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of words; a single word is a list of one."""
        return words(self.values.get(key))

    def mapping(self, key: str) -> tuple[tuple[nodes.Scalar, nodes.Node], ...]:
        """Return the pairs of a nested mapping, in their order."""
        node = self.values.get(key)
        return node.pairs if isinstance(node, nodes.Mapping) else ()

    def items(self, key: str) -> tuple[nodes.Node, ...]:
        """Return the items of a nested list, in their order."""
        node = self.values.get(key)
        return node.items if isinstance(node, nodes.Sequence) else ()


def words(node: nodes.Node | None) -> tuple[str, ...]:
    """Return a scalar or a list of scalars as a tuple of strings."""
    if isinstance(node, nodes.Scalar):
        return (node.value,) if node.value else ()
    if isinstance(node, nodes.Sequence):
        return tuple(item.value for item in node.items if isinstance(item, nodes.Scalar))
    return ()


_WANTED = {
    "text": "text",
    "flag": "true or false",
    "number": "a whole number",
    "texts": "a word or a list of words",
    "mapping": "a mapping of keys to values",
    "list": "a list",
    "any": "a value",
}


def _fits(node: nodes.Node, want: str) -> bool:
    match want:
        case "text":
            return isinstance(node, nodes.Scalar) and bool(node.value.strip())
        case "flag":
            return isinstance(node, nodes.Scalar) and node.value.casefold() in _FLAGS
        case "number":
            return isinstance(node, nodes.Scalar) and node.value.isascii() and node.value.isdigit()
        case "texts":
            return isinstance(node, nodes.Scalar) or (
                isinstance(node, nodes.Sequence)
                and all(isinstance(item, nodes.Scalar) for item in node.items)
            )
        case "mapping":
            return isinstance(node, nodes.Mapping)
        case "list":
            return isinstance(node, nodes.Sequence)
        case _:
            return True


_FLAGS = frozenset({"true", "false", "yes", "no"})
