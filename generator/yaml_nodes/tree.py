"""Owns how libyaml's events become nodes, within bounds of depth and number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.yaml_nodes.characters import SHOW, replace_illegible
from generator.yaml_nodes.error_context import Event
from generator.yaml_nodes.nodes import Mapping, Node, Scalar, Sequence
from generator.yaml_nodes.suggested_fixes import in_quotes, quote_for_author

DEEPEST: Final = 64
MOST_NODES: Final = 100_000
MOST_PROBLEMS: Final = 100

Pairs: TypeAlias = dict[str, tuple[Scalar, Node]]

_HASH = re.compile(r"[ \t]+#[^\s#]")
_REMARK = re.compile(r" (# \w.*)")
_BLANKS = (" ", "\t")
_ITEM = re.compile(r" *-[ \t]")


class OversizedError(Exception):
    """There are more than `MOST_NODES` values by `position`, each alias counted in full."""

    def __init__(self, position: Position) -> None:
        super().__init__(position)
        self.position = position


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    size: int
    height: int


_BLOCKS = frozenset("|>")
_WARNINGS = frozenset({"text-after-hash"})
_SECOND = ("'---' begins a second document", "keep one document in a file: delete this line")
_KEY_NOT_TEXT = ("a field name cannot be a list or a record", "if it is text, put it in quotes")
_NO_KEY = ("no field name stands before the ':'", "write 'field: value'")
_UNUSED = "{} is read as a mark for later use, and nothing uses it"


class Builder:
    """Builds the nodes of one file; several texts of that file may be given one after another.

    Anchors and the count of values hold for the file, and `problems` gathers what did not keep
    a text from being read. Where libyaml stops, `read` raises what libyaml raised.
    """

    def __init__(self, path: str, *, tags: bool) -> None:
        self.path, self.tags = path, tags
        self.problems: list[Problem] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.unused: dict[str, Position] = {}
        self.total = self.deepest = self.offset = 0
        self.text = ""
        self.next: Callable[[], Event] = lambda: None

    def read(self, text: str, first_line: int) -> Node | None:
        """Return the node of the first document of `text`, or none where it is empty."""
        self.text, self.offset, node = text, first_line, None
        self.anchors = {name: found for name, found in self.anchors.items() if found}
        loader = yaml.CSafeLoader(text)
        self.next = loader.get_event
        while event := self.next():
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.report(self.position(event), "second-document", _SECOND)
                break
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, 1, -1)
        return None if isinstance(node, Scalar) and node.plain and not node.value else node

    def report(self, position: Position, code: str, words: tuple[str, str]) -> None:
        """Add a problem, its message and its hint, unless there are more than anybody reads."""
        if len(self.problems) < MOST_PROBLEMS:
            severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
            self.problems.append(
                Problem(
                    path=self.path,
                    line=position.line,
                    column=position.column,
                    severity=severity,
                    code=code,
                    message=words[0],
                    hint=words[1],
                )
            )

    def report_unused(self) -> None:
        """Report texts whose first word was taken for an anchor: `&Co` in `name: &Co limited`."""
        lines = self.text.split("\n")
        for position in self.unused.values():
            line = lines[position.line - self.offset]
            word = line[position.column - 1 :].split(" ")[0]
            self.report(
                position, "unused-anchor", (_UNUSED.format(quote_for_author(word)), in_quotes(line))
            )

    def position(self, event: Event) -> Position:
        """Return where an event begins in the file."""
        start = event.start_mark
        return Position(self.offset + start.line, start.column + 1)

    def node(self, event: Event, depth: int, column: int) -> Node:
        """Return the node that begins with `event`; `column` is where its block begins."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag is not None and not self.tags:
            raise yaml.MarkedYAMLError(problem="a tag", problem_mark=event.start_mark)
        if event.anchor is not None:
            return self.anchored(event, depth, column)
        return self.content(event, depth, column)

    def content(self, event: Event, depth: int, column: int) -> Node:
        """Return the node itself, one more of those that may be."""
        self.total += 1
        if self.total > MOST_NODES:
            raise OversizedError(self.position(event))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, column)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        self.deepest = max(self.deepest, depth)
        inner = column if event.flow_style else event.start_mark.column
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth + 1, inner)
        return self.mapping(event, depth + 1, inner)

    def sequence(self, event: Event, depth: int, column: int) -> Sequence:
        """Return a list, up to the event that ends it."""
        items = []
        while not isinstance(following := self.next(), yaml.SequenceEndEvent):
            items.append(self.node(following, depth, column))
        return Sequence(items=tuple(items), position=self.position(event))

    def mapping(self, event: Event, depth: int, column: int) -> Mapping:
        """Return a record, up to the event that ends it."""
        pairs: Pairs = {}
        while not isinstance(following := self.next(), yaml.MappingEndEvent):
            key = self.key(following, self.node(following, depth, column))
            value = self.node(self.next(), depth, column)
            if key is not None:
                self.add(pairs, key, value)
        return Mapping(pairs=tuple(pairs.values()), position=self.position(event))

    def key(self, event: Event, node: Node) -> Scalar | None:
        """Return a key as keys are compared: without the spaces, of whatever kind, around it."""
        if not isinstance(node, Scalar):
            self.report(self.position(event), "key-not-text", _KEY_NOT_TEXT)
            return None
        position = self.position(event) if isinstance(event, yaml.AliasEvent) else node.position
        bare = node.value.strip() if node.plain else node.value
        if not bare:
            self.report(position, "no-key", _NO_KEY)
            return None
        if not node.value.startswith(bare):
            message = f"the spaces before {quote_for_author(bare)} are not ordinary spaces"
            self.report(position, "odd-space", (message, "delete them and type spaces"))
        return Scalar(bare, position, node.plain)

    def add(self, pairs: Pairs, key: Scalar, value: Node) -> None:
        """Add a field; of two with one name the first stays and the second is a problem."""
        first = pairs.setdefault(key.value, (key, value))[0]
        if first is not key:
            hint = f"line {first.position.line} has it already: keep one of the two"
            self.report(
                key.position,
                "duplicate-key",
                (f"{quote_for_author(key.value)} is written a second time", hint),
            )

    def alias(self, event: Event, depth: int) -> Node:
        """Return what an alias repeats, counted in full."""
        found = self.anchors.get(event.anchor)
        self.unused.pop(event.anchor, None)
        if found is None:
            words = "self alias" if event.anchor in self.anchors else "undefined alias"
            raise yaml.MarkedYAMLError(problem=words, problem_mark=event.start_mark)
        self.total += found.size
        if self.total > MOST_NODES:
            raise OversizedError(self.position(event))
        if depth - 1 + found.height > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        self.deepest = max(self.deepest, depth - 1 + found.height)
        return found.node

    def anchored(self, event: Event, depth: int, column: int) -> Node:
        """Return a node that aliases may repeat, and remember its size and height."""
        name, before, outer = str(event.anchor), self.total, self.deepest
        self.anchors[name] = None
        if isinstance(event, yaml.ScalarEvent):
            self.unused[name] = self.position(event)
        self.deepest = depth - 1
        node = self.content(event, depth, column)
        height = self.deepest - depth + 1
        self.anchors[name] = _Anchored(node, self.total - before, height)
        self.deepest = max(outer, self.deepest)
        return node

    def scalar(self, event: Event, column: int) -> Scalar:
        """Return the text of an event, and speak up where it is likely not what was meant."""
        value, start, end, plain = event.value, event.start_mark, event.end_mark, not event.style
        position = Position(self.offset + start.line, start.column + 1)
        if start.line < end.line and event.style not in _BLOCKS:
            self.check_lines(event, column)
        followed = plain and self.text.startswith(_BLANKS, end.index)
        if followed and _HASH.match(self.text, end.index):
            self.report(position, "text-after-hash", self.hash_words(end.index))
        if not value.isprintable():
            value, problems = replace_illegible(value.translate(SHOW), path=self.path)
            for problem in problems[:1]:
                self.report(position, problem.code, (problem.message, problem.hint))
        after = _REMARK.match(self.text, end.index) if followed and value else None
        return Scalar(value, position, plain, after[1] if after else "")

    def check_lines(self, event: Event, column: int) -> None:
        """Refuse text of several lines that swallowed what is no part of it.

        That is a line in quotes that stands no further in than the field, which means that the
        quote was never closed, and a line without quotes that begins like a list item.
        """
        lines = self.text[event.start_mark.index : event.end_mark.index].split("\n")[1:]
        for below, line in enumerate(lines, 1):
            indent = len(line) - len(line.lstrip(" "))
            if event.style and line and indent <= column:
                raise yaml.MarkedYAMLError(problem="quoted scalar", problem_mark=event.start_mark)
            if not event.style and _ITEM.match(line):
                place = yaml.Mark("", 0, event.start_mark.line + below, indent, None, 0)
                raise yaml.MarkedYAMLError(problem="item in text", problem_mark=place)

    def hash_words(self, index: int) -> tuple[str, str]:
        """Return message and hint for what follows a `#` that may be text."""
        end = self.text.find("\n", index)
        rest = self.text[index : end if end >= 0 else None].strip()
        message = f"{quote_for_author(rest)} is read as a remark and left out"
        return (
            message,
            "if it is text, put the whole value in quotes; if not, type a space after '#'",
        )
