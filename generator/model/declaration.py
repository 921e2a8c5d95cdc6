"""Declarations (`record.yml`, a vocabulary): each key stated once, on the dataclass it fills.

An attribute made by `yaml_key` says what authors may write there, what it means and what it is when
left out. The reader, the messages about a wrong key and the manual's tables are made from that.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any, Generic, TypeVar

from generator import yaml_nodes
from generator.base.likeness import (
    LONGEST,
    loosely_folded,
    meaningful,
    typing_errors,
)
from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.yaml_nodes.suggested_fixes import quote_for_author

T = TypeVar("T")
PartT = TypeVar("PartT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key that a declaration may hold.

    `want` is an entry of `WANTS`, and `part` the dataclass of a nested mapping or of each item of
    a list. The last three are for keys of a field: the kinds of field that may have it, whether
    only a field outside any record may, and whether only a list of records outside any may.
    """

    meaning: str
    want: str
    word: str = ""
    """The key as authors type it, where that is not the attribute's name."""
    default: Any = None
    needed: bool = False
    choices: tuple[str, ...] = ()
    part: type[Any] | None = None
    only: tuple[str, ...] = ()
    top_only: bool = False
    lists_only: bool = False

    def absent(self) -> object:
        """Return what the attribute is where the key was left out or refused."""
        if self.default is not None:
            return self.default() if callable(self.default) else self.default
        return None if self.part and self.want == "mapping" else WANTS[self.want].empty()


def yaml_key(meaning: str, want: str = "text", **rest: Any) -> Any:  # noqa: ANN401 - as `field` is
    """Return a dataclass field that a key of a declaration fills, with attributes of `Key`."""
    declared = Key(meaning=meaning, want=want, **rest)
    if declared.needed:
        return field(metadata={"key": declared})
    return field(default_factory=declared.absent, metadata={"key": declared})


@cache
def keys_of(cls: type[Any]) -> Mapping[str, Key]:
    """Return the keys of a class, by the word that authors type, in the order of the class."""
    keys = ((item.name, item.metadata["key"]) for item in fields(cls) if "key" in item.metadata)
    return {declared.word or name: declared for name, declared in keys}


def nearest(typed: str, words: Iterable[str]) -> str:
    """Return the one of some words that was probably meant, or an empty string.

    It is the one that slips of the fingers turn into what was typed, else the only one that shares
    its words with it, else, of long names, one that looks much like it. Case does not matter, nor
    whether words are joined by `_` or `-`.
    """
    key = loosely_folded(typed[:LONGEST])
    keys = {word: loosely_folded(word) for word in words}
    slips = {word: typing_errors(key, folded, _SHORTEST_NAME) for word, folded in keys.items()}
    likely = {word: number for word, number in slips.items() if number is not None}
    if likely:
        return min(likely, key=lambda word: likely[word])
    return _sharing_words(key, keys) or _much_alike(key, keys)


_SHORTEST_NAME = 3
"""A letter too many or too few in a key of so many letters is noticed."""


def _sharing_words(key: str, keys: Mapping[str, str]) -> str:
    """Return the only word of which all parts are in what was typed, or the other way round."""
    typed = meaningful(key)
    parts = {word: meaningful(folded) for word, folded in keys.items()} if typed else {}
    same = [word for word, stems in parts.items() if stems == typed]
    near = same or [w for w, stems in parts.items() if stems and (stems < typed or typed < stems)]
    return near[0] if len(near) == 1 else ""


def _much_alike(key: str, keys: Mapping[str, str]) -> str:
    """Return the name most like a long one, with the same first letter and figures."""
    if len(key) < _LONG_NAME:
        return ""
    digits = [c for c in key if c.isdigit()]
    alike = {
        folded: word
        for word, folded in keys.items()
        if folded[:1] == key[:1] and [c for c in folded if c.isdigit()] == digits
    }
    matches = difflib.get_close_matches(key, alike, 1, _MUCH_ALIKE)
    return alike[matches[0]] if matches else ""


_LONG_NAME = 10
"""So many characters of a file's name or a place on a page are hardly alike by chance."""

_MUCH_ALIKE = 0.8
"""The lowest ratio of `difflib.SequenceMatcher` at which long names are taken for one."""


def suggestion(typed: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for a word that is none of `words`: the nearest one, or `otherwise`."""
    word = nearest(typed, words)
    return f"did you mean '{word}'?" if word else otherwise


def nearest_or_all(typed: str, words: Iterable[str]) -> str:
    """Return the hint for a name that is none of `words`: the nearest one, or which there are.

    Of very many the first are named, and how many more there are.
    """
    names = list(words)
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return suggestion(typed, names, f"known: {', '.join(names[:FEW])}{more}" if names else "")


FEW = 12
"""At most so many words are named in a hint."""


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"{'an' if noun[:1].casefold() in set('aeiou') else 'a'} {noun}"


MOST_PROBLEMS = 200
"""At most so many problems of one file are reported; the last one says that there are more."""


@dataclass(slots=True)
class ProblemCollector:
    """Collects the problems of one file while it is read."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    noted: int = 0
    """How many there are, those included that are too many to be reported."""

    def add(
        self,
        position: Position,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at a position in the file; after `MOST_PROBLEMS` it is only counted."""
        self.noted += 1
        if self.noted == MOST_PROBLEMS:
            code, message = "too-many", f"there are more than {MOST_PROBLEMS} problems in this file"
            hint, severity = "fix these first; the rest are not listed", Severity.ERROR
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
"""A YAML value in which every scalar is text."""


def plain_value(node: yaml_nodes.Node) -> Plain:
    """Return a node as strings, lists and dictionaries, without positions."""
    if isinstance(node, yaml_nodes.Scalar):
        return node.value
    if isinstance(node, yaml_nodes.Sequence):
        return [plain_value(item) for item in node.items]
    return {key.value: plain_value(value) for key, value in node.pairs}


class Declaration(Generic[T]):
    """A YAML mapping, checked against the keys of the dataclass that it declares.

    Building it adds a problem for each unknown, missing or wrong key. `values` are the nodes that
    passed, `refused` the keys that did not. `read` gives a usable default for whatever is absent,
    so that reading goes on and all problems are reported at once. `parts` are the declarations
    inside this one that were read, by where they stand: `card`, `sections.0`.
    """

    def __init__(
        self, node: yaml_nodes.Node, cls: type[T], findings: ProblemCollector, name: str
    ) -> None:
        self.node, self.findings, self.name = node, findings, name
        self.cls: Any = cls
        self.keys = keys_of(cls)  # type: ignore[arg-type]  # to mypy no class is hashable
        self.values: dict[str, yaml_nodes.Node] = {}
        self.refused: set[str] = set()
        self.parts: dict[str, Declaration[Any]] = {}
        if not isinstance(node, yaml_nodes.Mapping):
            message = f"{name} is not a mapping of keys to values"
            findings.add(node.position, "wrong-shape", message)
            return
        for key, value in node.pairs:
            self._take(key, value)
        for word, declared in self.keys.items():
            if declared.needed and word not in self.values and word not in self.refused:
                message = f"{name} has no '{word}'"
                findings.add(node.position, "missing-key", message, declared.meaning)

    def _take(self, key: yaml_nodes.Scalar, value: yaml_nodes.Node) -> None:
        """Keep the value of one key, or refuse it with a problem at its position."""
        word, declared = key.value, self.keys.get(key.value)
        if declared is None:
            hint = suggestion(word, self.keys, f"known keys: {', '.join(self.keys)}")
            message = f"{self.name} has an unknown key {quote_for_author(word)}"
            self.findings.add(key.position, "unknown-key", message, hint)
            return
        typed = value.value if isinstance(value, yaml_nodes.Scalar) else ""
        if not WANTS[declared.want].fits(value):
            code, hint = "wrong-shape", declared.meaning
            message = f"'{word}' of {self.name} is not {WANTS[declared.want].phrase}"
        elif declared.choices and typed not in declared.choices:
            code = "wrong-choice"
            hint = suggestion(typed, declared.choices, f"use {_either(declared.choices)}")
            message = f"'{word}' of {self.name} cannot be {quote_for_author(typed)}"
        else:
            self.values[word] = value
            return
        self.findings.add(value.position, code, message, hint)
        self.refused.add(word)

    def position(self, word: str) -> Position:
        """Return the position of a key's value, or of the whole declaration."""
        return self.values.get(word, self.node).position

    def part(
        self, place: str, node: yaml_nodes.Node, cls: type[PartT], name: str
    ) -> Declaration[PartT]:
        """Return a declaration inside this one, and remember it in `parts`."""
        part = Declaration(node, cls, self.findings, name)
        self.parts[place] = part
        return part

    def read(self, **rest: object) -> T:
        """Return what is declared; `rest` gives attributes that come from elsewhere."""
        values = {
            item.name: self._value(key.word or item.name, key)
            for item in fields(self.cls)
            if item.name not in rest and (key := item.metadata.get("key"))
        }
        declared: T = self.cls(**values, **rest)
        return declared

    def _value(self, word: str, declared: Key) -> object:
        node, cls = self.values.get(word), declared.part
        if node is None:
            return declared.absent()
        if cls is None:
            return WANTS[declared.want].read(node)
        if isinstance(node, yaml_nodes.Sequence):
            item_name = with_article(cls.__name__.casefold())
            parts = (self.part(f"{word}.{n}", i, cls, item_name) for n, i in enumerate(node.items))
            return tuple(part.read() for part in parts)
        return self.part(word, node, cls, f"'{word}'").read()

    def text(self, word: str) -> str:
        """Return one value as text, or an empty string."""
        node = self.values.get(word)
        return node.value if isinstance(node, yaml_nodes.Scalar) else ""

    def pairs(self, word: str) -> tuple[tuple[yaml_nodes.Scalar, yaml_nodes.Node], ...]:
        """Return the pairs of a nested mapping, in their order."""
        node = self.values.get(word)
        return node.pairs if isinstance(node, yaml_nodes.Mapping) else ()


def words(node: yaml_nodes.Node | None) -> tuple[str, ...]:
    """Return a scalar or a list of scalars as a tuple of strings."""
    if isinstance(node, yaml_nodes.Scalar):
        return (node.value,) if node.value else ()
    if isinstance(node, yaml_nodes.Sequence):
        return tuple(item.value for item in node.items if isinstance(item, yaml_nodes.Scalar))
    return ()


_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def _text(node: yaml_nodes.Node) -> str:
    return node.value if isinstance(node, yaml_nodes.Scalar) else ""


def _is_text(node: yaml_nodes.Node) -> bool:
    return bool(_text(node).strip())


def _is_number(node: yaml_nodes.Node) -> bool:
    return bool(_NUMBER.fullmatch(_text(node)))


def _is_texts(node: yaml_nodes.Node) -> bool:
    listed = isinstance(node, yaml_nodes.Sequence) and all(map(_is_text, node.items))
    return listed or (isinstance(node, yaml_nodes.Scalar) and (node.plain or _is_text(node)))


def _values(node: yaml_nodes.Node) -> dict[str, yaml_nodes.Node]:
    pairs = node.pairs if isinstance(node, yaml_nodes.Mapping) else ()
    return {name.value: value for name, value in pairs}


def _is_mapping_of(fits: Callable[[yaml_nodes.Node], object]) -> Callable[[yaml_nodes.Node], bool]:
    return lambda node: (
        isinstance(node, yaml_nodes.Mapping) and all(fits(value) for _, value in node.pairs)
    )


@dataclass(frozen=True, slots=True)
class Want:
    """What a key asks for: the words of a message, the test, the reading, the value if absent."""

    phrase: str
    fits: Callable[[yaml_nodes.Node], bool]
    read: Callable[[yaml_nodes.Node], object]
    empty: Callable[[], object]


WANTS = {
    "text": Want("text", _is_text, _text, str),
    "flag": Want(
        "true or false",
        lambda node: _text(node).casefold() in _FLAGS,
        lambda node: _FLAGS[_text(node).casefold()],
        bool,
    ),
    "number": Want(
        "a number in digits, such as 300 or 0.5",
        _is_number,
        lambda node: Decimal(_text(node)),
        lambda: None,
    ),
    "texts": Want("a word or a list of words", _is_texts, words, tuple),
    "condition": Want(
        "a mapping of fields to the words they may hold",
        _is_mapping_of(words),
        lambda node: {name: words(value) for name, value in _values(node).items()},
        dict,
    ),
    "words": Want(
        "a mapping of keys to words",
        _is_mapping_of(_is_text),
        lambda node: {name: _text(value) for name, value in _values(node).items()},
        dict,
    ),
    "mapping": Want(
        "a mapping of keys to values",
        lambda node: isinstance(node, yaml_nodes.Mapping),
        plain_value,
        dict,
    ),
    "list": Want("a list", lambda node: isinstance(node, yaml_nodes.Sequence), plain_value, tuple),
    "any": Want("a value", lambda _: True, plain_value, str),
}
"""What a key may ask for, by the word that the manual's tables print."""


def _either(choices: tuple[str, ...]) -> str:
    """Return the choices as a person lists them: `a, b or c`."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last
