"""Owns what an author is told of lines, lists and brackets that are not where they should be."""

from __future__ import annotations

import re

import yaml

from generator.yaml_nodes.error_context import (
    Diagnosis,
    ErrorContext,
    Place,
    closes_bracket,
    place_of,
)
from generator.yaml_nodes.quotes import first_character, needs_quotes, unclosed
from generator.yaml_nodes.suggested_fixes import (
    in_quotes,
    not_a_field,
    quote_for_author,
    unnamed_item,
)


def dash(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a list on the line of its field."""
    line = scene.line(scene.at)
    return Diagnosis(
        place=scene.at,
        code="list-on-field-line",
        message=f"a list cannot begin on the line of its field: {quote_for_author(line)}",
        hint=f"begin the list on the next line; if it is text, {in_quotes(line)}",
    )


def colon(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a `: ` inside a value."""
    line, at = scene.line(scene.at), scene.at
    if re.search(r":\s", line[: at[1]]):
        return Diagnosis(
            place=at,
            code="colon-in-value",
            message=f"a value without quotes holds a second ': ': {quote_for_author(line)}",
            hint="put the value in quotes" if scene.open else in_quotes(line),
        )
    if hint := _below_item(scene, at[0]):
        message = f"{quote_for_author(line)} stands below an item that has no name"
        place = (at[0], _content(line))
        return Diagnosis(place=place, code="unnamed-item", message=message, hint=hint)
    above = place_of(scene.last.start_mark) if isinstance(scene.last, yaml.ScalarEvent) else at
    if above[0] < at[0] and above[1] == _content(line) == _content(scene.line(above)):
        return _without_colon(scene, above)
    return Diagnosis(
        place=(at[0], _content(line)),
        code="indentation",
        message=f"{quote_for_author(line)} is indented as if it went on with the value above it",
        hint="begin a field in the column of the fields above; put text that holds ': ' in quotes",
    )


def no_colon(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a line among fields that is none."""
    return _without_colon(scene, scene.began)


def _without_colon(scene: ErrorContext, place: Place) -> Diagnosis:
    code, message, hint = not_a_field(scene.line(place))
    return Diagnosis(place=place, code=code, message=message, hint=hint)


def in_brackets(scene: ErrorContext) -> Diagnosis:
    """Return the answer for what went wrong inside brackets."""
    if _after_quote(scene):
        return _text_after_quote(scene)
    if scene.character(scene.at) == ",":
        message = "nothing stands before this comma"
        hint = "delete the comma, or write what is missing"
        return Diagnosis(place=scene.at, code="empty-item", message=message, hint=hint)
    place = scene.open[-1] if scene.open else scene.began
    bracket = scene.character(place)
    return Diagnosis(
        place=place,
        code="unclosed-bracket",
        message=f"the '{bracket}' that opens here is not closed, or a comma is missing after it",
        hint=f"close it with '{'}' if bracket == '{' else ']'}'; if it is text, put it in quotes",
    )


def _after_quote(scene: ErrorContext) -> bool:
    return isinstance(scene.last, yaml.ScalarEvent) and scene.last.style in {"'", '"'}


def _text_after_quote(scene: ErrorContext) -> Diagnosis:
    start, end = place_of(scene.last.start_mark), place_of(scene.last.end_mark)
    if start[0] < end[0]:
        return unclosed(scene, start)
    if end[0] < scene.at[0]:
        return indentation(scene)
    comma = "put a comma between them, or one pair of quotes around both"
    return Diagnosis(
        place=scene.at,
        code="text-after-quote",
        message=f"text follows after the closing quote: {quote_for_author(scene.rest(scene.at))}",
        hint=comma if scene.open else in_quotes(scene.line(start)),
    )


def misplaced(scene: ErrorContext) -> Diagnosis:
    """Return the answer for what stands where a field or item should begin."""
    last, line = scene.last, scene.line(scene.at)
    if _after_quote(scene):
        return _text_after_quote(scene)
    if isinstance(last, yaml.AliasEvent) and place_of(last.start_mark)[0] == scene.at[0]:
        return needs_quotes(scene, place_of(last.start_mark))
    if closes_bracket(last) and last.end_mark.line == scene.at[0]:
        message = (
            f"text follows after the closing bracket: {quote_for_author(scene.rest(scene.at))}"
        )
        return Diagnosis(
            place=scene.at, code="text-after-bracket", message=message, hint=in_quotes(line)
        )
    if scene.character(scene.at) == ":":
        message = "no field name stands before this ':'"
        return Diagnosis(
            place=scene.at, code="no-key", message=message, hint="write 'field: value'"
        )
    return (
        first_character(scene) if scene.character(scene.at) in list("]},") else indentation(scene)
    )


def outside(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a line after the end of the fields."""
    lines = [line for line in scene.lines[: scene.at[0]] if line.strip()]
    if lines and not lines[-1].startswith(("...", "%")) and _content(lines[-1]) > scene.at[1]:
        return indentation(scene)
    return Diagnosis(
        place=scene.at,
        code="outside",
        message=f"{quote_for_author(scene.line(scene.at))} is neither a field nor a list",
        hint="write 'field: value', and delete a line that begins with '...' or '%'",
    )


def indentation(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a line that begins in the wrong column."""
    line = scene.line(scene.at)
    if hint := _below_item(scene, scene.at[0]):
        message = f"{quote_for_author(line)} stands below an item that has no name"
        return Diagnosis(place=scene.at, code="unnamed-item", message=message, hint=hint)
    message = f"{quote_for_author(line)} does not line up with the lines above it"
    hint = "leave nothing after the ':' of the field, and begin every item in the same column"
    above = next((i for i in reversed(range(scene.at[0])) if scene.lines[i].strip()), None)
    if above is not None and not re.match(r" *-(\s|$)", line):
        column = _content(scene.lines[above]) + 1
        hint = f"line {scene.first_line + above} begins in column {column}: begin here there too"
    return Diagnosis(place=scene.at, code="indentation", message=message, hint=hint)


def _below_item(scene: ErrorContext, number: int) -> str:
    """Return the hint where the line above is a bare item and this line reads like its field."""
    above = next((line for line in reversed(scene.lines[:number]) if line.strip()), "")
    field = (
        re.match(r"\s+[\w-]+:(\s|$)", scene.lines[number]) if number < len(scene.lines) else None
    )
    return unnamed_item(above) if field else ""


def _content(line: str) -> int:
    """Return the column, from 0, of what follows the spaces and list marks of `line`."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0
