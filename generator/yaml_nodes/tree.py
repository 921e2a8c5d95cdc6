"""The tree of nodes, built from libyaml's events within limits of depth and number.

Events and not `yaml.compose`: with the C loader that calls itself for each level, and a hundred
thousand nested brackets crash the interpreter, which no `except` can catch. The events come one by
one without any depth, so that `Builder` can stop at `DEEPEST`. It also sees what a finished tree
no longer tells: where a plain text ended and whether a `#` followed, and which anchors nobody used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

import yaml

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes import diagnoses
from generator.yaml_nodes.as_typed import (
    BULLETS,
    COLONS,
    half_uncommented,
    is_like_field,
    slip_in,
)
from generator.yaml_nodes.characters import SHOW, replace_illegible, unhidden
from generator.yaml_nodes.diagnoses import Diagnosis
from generator.yaml_nodes.error_context import Event
from generator.yaml_nodes.lenient import JsonPairs
from generator.yaml_nodes.nodes import DEEPEST, MOST_NODES, Mapping, Node, Scalar, Sequence
from generator.yaml_nodes.suggested_fixes import (
    CURLY,
    line_in_quotes,
    quote_for_author,
    without_curly_quotes,
)

MOST_PROBLEMS: Final = 100
"""So many problems of one file are collected; nobody reads more."""

Pairs: TypeAlias = dict[str, tuple[Scalar, Node]]
"""Fields in their order, by key: the key's node and the value's."""

_HASH_BEFORE_TEXT = re.compile(r"[ \t]+#[^\s#]")
_COMMENT = re.compile(r" (# \w.*)")
_ITEM = re.compile(r" *-[ \t]")
_HASH_AFTER_CLOSING = re.compile(r"#[ \t]*[^\s#]|[ \t]+#[^\s#]")
_ODD_START = re.compile(rf"[{BULLETS}]|.{{,100}}[{COLONS}]")
_LIKE_AMOUNT = re.compile(r"[|>][-+]?\d")
_MOST_COMMENTS = 50
_COMMENTED_ENTRY = re.compile(r" *# *- ")
_LONGEST = 400
_BLANKS = (" ", "\t")
_AFTER_QUOTE = (*_BLANKS, "#")
_QUOTES = ("'", '"')
_BLOCK_STYLES = frozenset("|>")

_Alias, _Scalar = yaml.AliasEvent, yaml.ScalarEvent
_SequenceStart, _SequenceEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent
_MappingEnd = yaml.MappingEndEvent
"""Looked up once here: each node asks for some of them."""

_new = tuple.__new__
"""Makes a named tuple in half the time of a call of its class; a file has hundreds of scalars."""


class OversizedError(Exception):
    """There are more than `MOST_NODES` nodes by `position`, each alias counted in full."""

    def __init__(self, position: Position) -> None:
        super().__init__(position)
        self.position = position


@lru_cache(maxsize=1_000)  # the keys of records are few
def _is_ordinary(key: str, plain: bool) -> bool:  # noqa: FBT001 - quicker than by its name
    """Tell whether nothing is odd about a key, typed without quotes or in them."""
    odd = plain and (key != key.strip() or key[:1] in CURLY)
    return bool(key) and key.isprintable() and not odd


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A node with an anchor, its number of nodes and its number of levels."""

    node: Node
    size: int
    height: int


class Builder:
    """Builds the nodes of one file; several texts of that file may be read one after another.

    Anchors and the number of nodes count for the whole file. `problems` collects mistakes after
    which the text could still be read. Where libyaml stops, `read` raises what libyaml raised;
    for mistakes that only this class can see it raises the same class with words of its own.
    """

    def __init__(self, path: str, *, tags: bool, json: JsonPairs) -> None:
        self.path, self.tags, self.json, self.has_pairs = path, tags, json, bool(json)
        self.problems: list[Problem] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None: its node is not finished yet
        self.unused: dict[str, Position] = {}
        self.total = self.deepest = self.first_line = 0
        self.text = ""
        self.root_mark: Event = None
        self.next: Callable[[], Event] = lambda: None

    def read(self, text: str, first_line: int) -> Node | None:
        """Return the root node of the first document of `text`, or None where it is empty."""
        self.text, self.first_line, node = text, first_line, None
        self.anchors = {name: anchor for name, anchor in self.anchors.items() if anchor}
        loader = yaml.CSafeLoader(text)
        self.next = loader.get_event
        while event := self.next():
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.report(self.position(event), diagnoses.SECOND_DOCUMENT)
                break
            if isinstance(event, yaml.NodeEvent):
                self.root_mark = event.start_mark
                node = self.node(event, 1, -1)
        return None if isinstance(node, Scalar) and node.plain and not node.value else node

    def read_fields(self, text: str, first_line: int) -> tuple[tuple[Scalar, Node], ...]:
        """Return the fields of `text`; raise where it is anything else."""
        node = self.read(text, first_line)
        if node is None or isinstance(node, Mapping):
            return node.pairs if node else ()
        # not the node's own position: that of an alias is where its anchor is
        raise yaml.MarkedYAMLError(problem="not a field", problem_mark=self.root_mark)

    def report(self, position: Position, diagnosis: Diagnosis, **values: str) -> None:
        """Add a problem; `values` are what the placeholders of the diagnosis stand for."""
        self.add_problem(diagnosis.problem(self.path, position, **values))

    def add_problem(self, problem: Problem) -> None:
        """Add a problem, unless there are more than anybody reads."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def report_unused_anchors(self) -> None:
        """Report texts whose first word was taken for an anchor: `&Co` in `name: &Co limited`."""
        lines = self.text.split("\n")
        for position in self.unused.values():
            line = lines[position.line - self.first_line]
            self.report(
                position,
                diagnoses.UNUSED_ANCHOR,
                word=quote_for_author(line[position.column - 1 :].split(" ")[0]),
                line_in_quotes=line_in_quotes(line),
            )

    def position(self, event: Event) -> Position:
        """Return where an event starts in the file."""
        start = event.start_mark
        return Position(self.first_line + start.line, start.column + 1)

    def node(self, event: Event, depth: int, column: int) -> Node:
        """Return the node that starts with `event`.

        `depth` is the level that it would be on, 1 for the root. `column` is where the block
        around it starts, from 0; -1 for the root.
        """
        if type(event) is _Alias:
            return self.alias(event, depth)
        if type(event) is _Scalar and event.tag is None and event.anchor is None:
            return self.scalar(event, column)  # nearly all are, and it is the shorter way
        if event.tag is not None and not self.tags:
            raise yaml.MarkedYAMLError(problem="a tag", problem_mark=event.start_mark)
        if event.anchor is not None:
            return self.anchored(event, depth, column)
        return self.content(event, depth, column)

    def content(self, event: Event, depth: int, column: int) -> Node:
        """Return the node itself, without alias, tag or anchor, and count it."""
        if type(event) is _Scalar:
            return self.scalar(event, column)
        self.total += 1
        if self.total > MOST_NODES:
            raise OversizedError(self.position(event))
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        self.deepest = max(self.deepest, depth)
        inner = column if event.flow_style else event.start_mark.column
        if type(event) is _SequenceStart:
            return self.sequence(event, depth + 1, inner)
        return self.mapping(event, depth + 1, inner)

    def sequence(self, event: Event, depth: int, column: int) -> Sequence:
        """Return a list, up to the event that ends it."""
        items, following, node = [], self.next, self.node
        while type(item := following()) is not _SequenceEnd:
            items.append(node(item, depth, column))
        self.check_closing(event, item)
        return Sequence(items=tuple(items), position=self.position(event))

    def mapping(self, event: Event, depth: int, column: int) -> Mapping:
        """Return a mapping, up to the event that ends it."""
        pairs: Pairs = {}
        start, in_list = event.start_mark, False
        if not event.flow_style:
            in_list = "-" in self.text[start.index - start.column : start.index]
            self.check_above(start)
        following, node = self.next, self.node
        while type(field := following()) is not _MappingEnd:
            key = self.key(field, node(field, depth, column))
            value = node(following(), depth, column)
            if key is not None and pairs.setdefault(key.value, (key, value))[0] is not key:
                self.report_second(pairs, key, in_list=in_list)
        self.check_closing(event, field)
        return Mapping(pairs=tuple(pairs.values()), position=self.position(event))

    def key(self, event: Event, node: Node) -> Scalar | None:
        """Return a key as keys are compared: without spaces of any kind around it."""
        if not isinstance(node, Scalar):
            self.report(self.position(event), diagnoses.KEY_NOT_TEXT)
            return None
        is_alias = type(event) is _Alias
        if _is_ordinary(node.value, node.plain) and not (node.comment or is_alias):
            return node
        bare = node.value.strip() if node.plain else node.value
        odd = bare[:1] in CURLY and node.plain
        hidden = not bare.isprintable()
        position = self.position(event) if is_alias else node.position
        if not bare:
            self.report(position, diagnoses.NO_KEY)
            return None
        if hidden and (typed := unhidden(bare)) != bare:
            quoted = quote_for_author(typed)
            self.report(position, diagnoses.INVISIBLE, key=quoted, mended=f"{typed[:_LONGEST]}:")
            bare = typed
        elif not node.value.startswith(bare):
            self.report(position, diagnoses.ODD_SPACE, key=quote_for_author(bare))
        if odd and (inner := without_curly_quotes(bare)):
            self.report(
                position, diagnoses.CURLY_KEY, key=quote_for_author(bare), mended=inner[:_LONGEST]
            )
            bare = inner
        elif odd:
            raise yaml.MarkedYAMLError(problem="curly quote", problem_mark=event.start_mark)
        return Scalar(bare, position, node.plain)

    def add(self, pairs: Pairs, key: Scalar, value: Node) -> None:
        """Add a field; of two with one name the first stays and the second is a problem."""
        if pairs.setdefault(key.value, (key, value))[0] is not key:
            self.report_second(pairs, key)

    def report_second(self, pairs: Pairs, key: Scalar, *, in_list: bool = False) -> None:
        """Report a key that is there already."""
        first = pairs[key.value][0]
        starts_entry = in_list and next(iter(pairs.values()))[0] is first
        self.report(
            key.position,
            diagnoses.DUPLICATE_IN_ITEM if starts_entry else diagnoses.DUPLICATE_KEY,
            key=quote_for_author(key.value),
            first=str(first.position.line),
            entry=f"write: - {key.value[:_LONGEST]}: …",
        )

    def alias(self, event: Event, depth: int) -> Node:
        """Return the very node that an alias repeats; its size and height count in full.

        So nine lines of `[*a, *a, …]`, each repeating the line above, are refused at once: nothing
        is copied here, but whoever walks through the tree would visit a billion nodes.
        """
        anchor = self.anchors.get(event.anchor)
        self.unused.pop(event.anchor, None)
        if anchor is None:
            words = "self alias" if event.anchor in self.anchors else "undefined alias"
            raise yaml.MarkedYAMLError(problem=words, problem_mark=event.start_mark)
        self.total += anchor.size
        if self.total > MOST_NODES:
            raise OversizedError(self.position(event))
        if depth - 1 + anchor.height > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        self.deepest = max(self.deepest, depth - 1 + anchor.height)
        return anchor.node

    def anchored(self, event: Event, depth: int, column: int) -> Node:
        """Return a node that aliases may repeat, and remember its size and height."""
        name, total_before, deepest_before = str(event.anchor), self.total, self.deepest
        self.anchors[name] = None
        if isinstance(event, yaml.ScalarEvent):
            self.unused[name] = self.position(event)
        self.deepest = depth - 1  # so that afterwards it is the deepest level of this node alone
        node = self.content(event, depth, column)
        height = self.deepest - depth + 1
        self.anchors[name] = _Anchored(node, self.total - total_before, height)
        self.deepest = max(deepest_before, self.deepest)
        return node

    def scalar(self, event: Event, column: int) -> Scalar:
        """Return the text of an event, counted; report where it is likely not what was meant."""
        self.total += 1
        if self.total > MOST_NODES:
            raise OversizedError(self.position(event))
        value, style, start, end = event.value, event.style, event.start_mark, event.end_mark
        position = _new(Position, (self.first_line + start.line, start.column + 1))
        text, index, comment = self.text, end.index, ""
        if style in _BLOCK_STYLES:
            self.check_block(event)
        elif start.line < end.line:
            self.check_lines(event, column)
        if not style and (value[:1] == "-" or (not value.isascii() and _ODD_START.match(value))):
            self.check_start(start)
        if not style and text.startswith(_BLANKS, index):
            comment = self.after(value, position, index)
        elif style in _QUOTES and text.startswith(_AFTER_QUOTE, index):
            self.after_closing(position, index)
        if self.has_pairs:
            value = self.json.show(value)
        if not value.isprintable():
            value, problems = replace_illegible(value.translate(SHOW), path=self.path)
            for problem in problems[:1]:  # an escape such as "\0": no line of the text holds it
                self.add_problem(replace(problem, line=position.line, column=position.column))
        return _new(Scalar, (value, position, not style, comment))

    def after(self, value: str, position: Position, end: int) -> str:
        """Return the comment behind a text without quotes; report one that was hardly meant."""
        if _HASH_BEFORE_TEXT.match(self.text, end):
            rest = self.text[end:].partition("\n")[0].strip()
            self.report(position, diagnoses.TEXT_AFTER_HASH, rest=quote_for_author(rest))
        comment = _COMMENT.match(self.text, end) if value else None
        return comment[1] if comment else ""

    def check_closing(self, start: Event, end: Event) -> None:
        """Report text after a closing bracket that is taken for a comment."""
        if start.flow_style and self.text.startswith(_AFTER_QUOTE, end.end_mark.index):
            self.after_closing(self.position(start), end.end_mark.index)

    def after_closing(self, position: Position, end: int) -> None:
        """Report a `#` that stands close behind a quote or a bracket, or close before text."""
        if _HASH_AFTER_CLOSING.match(self.text, end):
            rest = self.text[end:].partition("\n")[0].strip()
            word = "quotes" if self.text[end - 1] in _QUOTES else "brackets"
            diagnosis = diagnoses.HASH_AFTER_CLOSING
            self.report(position, diagnosis, rest=quote_for_author(rest), word=word)

    def check_above(self, start: Event) -> None:
        """Refuse a record below the first line of its entry, if that line is a comment still."""
        above: list[str] = []
        end = start.index - start.column - 1
        if self.text[end + 1 : start.index].strip():
            return
        while end > 0 and len(above) < _MOST_COMMENTS:
            line_start = self.text.rfind("\n", 0, end) + 1
            line = self.text[line_start:end]
            if not line.lstrip(" ").startswith("#"):
                return
            above.insert(0, line)
            if _COMMENTED_ENTRY.match(line):
                lines = [*above, f"{' ' * start.column}x"]
                if half_uncommented(lines, len(above)) is not None:
                    raise yaml.MarkedYAMLError(problem="typed so", problem_mark=start)
                return
            end = line_start - 1

    def check_start(self, start: Event) -> None:
        """Refuse a text that starts a line, and starts it like a list item or a field mistyped."""
        line = self.text[start.index - start.column :].partition("\n")[0][:_LONGEST]
        if not line[: start.column].strip(" -") and slip_in(line):
            raise yaml.MarkedYAMLError(problem="typed so", problem_mark=start)

    def check_block(self, event: Event) -> None:
        """Refuse `>5` with nothing below it: YAML takes the amount for the start of a long text."""
        start = event.start_mark.index
        if not event.value and _LIKE_AMOUNT.match(self.text, start):
            raise yaml.MarkedYAMLError(problem="block scalar", problem_mark=event.start_mark)

    def check_lines(self, event: Event, column: int) -> None:
        """Refuse a text of several lines that swallowed what is no part of it.

        YAML lets a text go on over lines of almost any indentation, so that it swallows the fields
        below a quote that was never closed, up to the next quote. Refused are a line in quotes
        that is indented no further than the field, and a line without quotes that starts like a
        list item.
        """
        first, *lines = self.text[event.start_mark.index : event.end_mark.index].split("\n")
        start = event.start_mark
        alone = not self.text[start.index - start.column : start.index].strip(" -")
        if not event.style and alone and is_like_field(first) and any(map(is_like_field, lines)):
            raise yaml.MarkedYAMLError(problem="not a field", problem_mark=event.start_mark)
        for below, line in enumerate(lines, 1):
            indent = len(line) - len(line.lstrip(" "))
            if event.style and line and indent <= column:
                raise yaml.MarkedYAMLError(problem="quoted scalar", problem_mark=event.start_mark)
            if not event.style and _ITEM.match(line):
                mark = yaml.Mark("", 0, event.start_mark.line + below, indent, None, 0)
                raise yaml.MarkedYAMLError(problem="item in text", problem_mark=mark)
