"""Owns what stood in a YAML text at the place where it could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

Place = tuple[int, int]
"""Line and column, both from 0."""

Event: TypeAlias = Any
"""An event or mark of libyaml: their published types call every mark optional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What an author is told, and the place that it is about."""

    place: Place
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorContext:
    """What stood in the text at the error: the last event before it, the brackets still open."""

    lines: list[str]
    first_line: int
    at: Place
    began: Place
    last: Event
    open: list[Place]

    def line(self, place: Place) -> str:
        """Return the line of a place."""
        return self.lines[place[0]] if place[0] < len(self.lines) else ""

    def rest(self, place: Place) -> str:
        """Return its line from that place on."""
        return self.line(place)[place[1] :]

    def character(self, place: Place) -> str:
        """Return the character that stands there, or nothing at a line's end."""
        return self.rest(place)[:1]


def error_context(text: str, error: yaml.MarkedYAMLError, first_line: int) -> ErrorContext:
    """Read `text` once more up to the error, to learn what came before it."""
    at = place_of(error.problem_mark)
    last: Event = None
    inside: list[tuple[bool, Place]] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if place_of(event.start_mark) > at:
                break
            last = event
            if isinstance(event, yaml.CollectionStartEvent):
                inside.append((bool(event.flow_style), place_of(event.start_mark)))
            elif isinstance(event, yaml.CollectionEndEvent):
                inside.pop()
    except yaml.YAMLError:
        pass
    return ErrorContext(
        lines=text.split("\n"),
        first_line=first_line,
        at=at,
        began=place_of(error.context_mark or error.problem_mark),
        last=last,
        open=[place for in_brackets, place in inside if in_brackets],
    )


def place_of(mark: Event) -> Place:
    """Return where a mark of libyaml stands; the beginning where there is none."""
    return (mark.line, mark.column) if mark else (0, 0)


def closes_bracket(event: Event) -> bool:
    """Tell a closing bracket from the end of a block, which takes no room."""
    ends = isinstance(event, yaml.CollectionEndEvent)
    return ends and bool(event.start_mark.index < event.end_mark.index)
