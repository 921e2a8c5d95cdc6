"""`ErrorContext`: what stood in a YAML text at the place where libyaml gave up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import yaml

Event: TypeAlias = Any
"""An event or mark of libyaml: their published types call every mark optional."""


class YamlPosition(NamedTuple):
    """A place in the text that libyaml reads: line and column from 0, as libyaml counts.

    A `Position` counts from 1, and from the start of the file instead of this text.
    """

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorContext:
    """An error of libyaml and what stood in the text before it.

    `error` is where it was noticed, `start` where the construct that failed started (a quote, a
    bracket). `last_event` is the last event before the error, None if there was none.
    `open_brackets` are the brackets open at the error, the innermost last. `first_line` is the
    number in the file of the first of `lines`.
    """

    lines: list[str]
    first_line: int
    error: YamlPosition
    start: YamlPosition
    last_event: Event
    open_brackets: list[YamlPosition]

    def line(self, position: YamlPosition) -> str:
        """Return the line of a position; empty below the last line."""
        return self.lines[position.line] if position.line < len(self.lines) else ""

    def rest(self, position: YamlPosition) -> str:
        """Return the line from a position on."""
        return self.line(position)[position.column :]

    def character(self, position: YamlPosition) -> str:
        """Return the character at a position, or nothing at the end of a line."""
        return self.rest(position)[:1]

    def content_above(self, position: YamlPosition) -> YamlPosition | None:
        """Return where the content of the nearest line above that is not blank starts."""
        for number in reversed(range(min(position.line, len(self.lines)))):
            if self.lines[number].strip():
                return YamlPosition(number, content_column(self.lines[number]))
        return None


def error_context(text: str, error: yaml.MarkedYAMLError, first_line: int) -> ErrorContext:
    """Read `text` once more up to the error, to learn what came before it.

    What libyaml raises has only words and a position. The events before it tell the rest, and
    reading them again takes time only for texts that are broken.
    """
    position = yaml_position(error.problem_mark)
    last_event: Event = None
    open_collections: list[tuple[bool, YamlPosition]] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if yaml_position(event.start_mark) > position:
                break
            last_event = event
            if isinstance(event, yaml.CollectionStartEvent):
                open_collections.append((bool(event.flow_style), yaml_position(event.start_mark)))
            elif isinstance(event, yaml.CollectionEndEvent):
                open_collections.pop()
    except yaml.YAMLError:
        pass
    return ErrorContext(
        lines=text.split("\n"),
        first_line=first_line,
        error=position,
        start=yaml_position(error.context_mark or error.problem_mark),
        last_event=last_event,
        open_brackets=[start for in_brackets, start in open_collections if in_brackets],
    )


def yaml_position(mark: Event) -> YamlPosition:
    """Return the position of a mark of libyaml; the start of the text where there is no mark."""
    return YamlPosition(mark.line, mark.column) if mark else YamlPosition(0, 0)


def content_column(line: str) -> int:
    """Return the column, from 0, of what follows the spaces and dashes at the start of `line`."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0


def closes_bracket(event: Event) -> bool:
    """Return whether an event is a closing bracket: the end of a block has no characters."""
    ends = isinstance(event, yaml.CollectionEndEvent)
    return ends and bool(event.start_mark.index < event.end_mark.index)
