"""Why YAML cannot be read. To add a diagnosis: its row in `diagnoses`, its cause in `_CAUSES`.

libyaml says what it expected, not what the author did. So its words choose a cause: a function
that looks at the text around the error and returns the diagnosis and the position that fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import yaml

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes import diagnoses
from generator.yaml_nodes import suggested_fixes as fixes
from generator.yaml_nodes.as_typed import equals_sign, field_or_item, marked_key, mended, slip_near
from generator.yaml_nodes.characters import unhidden
from generator.yaml_nodes.diagnoses import Diagnosis
from generator.yaml_nodes.error_context import (
    ErrorContext,
    YamlPosition,
    closes_bracket,
    content_column,
    error_context,
    yaml_position,
)

Cause: TypeAlias = tuple[Diagnosis, YamlPosition]
"""What is wrong, and where."""

_NAMED_FIELD = re.compile(r"\s+[\w-]+:(\s|$)")
_SEVERAL_QUOTES = re.compile(r"""(?:,[ \t]*(?:"[^"]*"|'[^']*'))+,?[ \t]*""")
_ITEM = re.compile(r" *-(\s|$)")
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_BYTE_ORDER_MARK = "\ufeff"
_LONGEST = 400
_WORD_END = re.compile(r"[\s,\[\]{}]")


def explain(text: str, error: yaml.MarkedYAMLError, *, path: str, first_line: int) -> Problem:
    """Return in an author's words why `text` cannot be read; `first_line` is its first line.

    `error` is what libyaml raised for it, or what `tree` raised in the same form.
    """
    words = f"{error.context} / {error.problem}"
    context = error_context(text, error, first_line)
    phrase, cause = next(row for row in _CAUSES if row[0] in words)
    slip = slip_near(context) if phrase in _OF_STRUCTURE and not context.open_brackets else None
    diagnosis, position = slip or cause(context)
    return diagnosis.problem(
        path,
        Position(first_line + position.line, position.column + 1),
        **placeholder_values(context, position),
    )


def placeholder_values(context: ErrorContext, position: YamlPosition) -> dict[str, str]:
    """Return what each placeholder of a diagnosis stands for, about the line of `position`."""
    line, rest = context.line(position), context.rest(position)
    above = context.content_above(position) or YamlPosition(0, 0)
    in_quotes = fixes.line_in_quotes(line)
    return {
        "line": fixes.quote_for_author(line),
        "rest": fixes.quote_for_author(rest),
        "word": fixes.quote_for_author(_WORD_END.split(rest, maxsplit=1)[0]),
        "two_characters": fixes.quote_for_author(rest[:2]),
        "character": rest[:1],
        "half": fixes.quote_for_author(rest[:6]),
        "closing_bracket": "}" if rest[:1] == "{" else "]",
        "item": fixes.bare_item(line) or fixes.bare_item(context.line(above)),
        "above": str(context.first_line + above.line),
        "above_column": str(above.column + 1),
        "line_in_quotes": in_quotes,
        "value_in_quotes": (
            fixes.item_in_quotes(line, position.column) if context.open_brackets else in_quotes
        ),
        "quote_closed": fixes.quote_closed(line, position.column),
        "mended": unhidden(line) if line[:1] == _BYTE_ORDER_MARK else mended(line[:_LONGEST]),
        "key": fixes.quote_for_author(unhidden(line).partition(":")[0]),
        "mark": equals_sign(line),
        "field": field_or_item(line[:_LONGEST]),
        "without_comma": fixes.without_comma(line[:_LONGEST]),
        "in_brackets": fixes.in_brackets(line[:_LONGEST]),
        "colon_spaced": fixes.colon_spaced(line),
    }


def _at_error(diagnosis: Diagnosis) -> Callable[[ErrorContext], Cause]:
    return lambda context: (diagnosis, context.error)


def _at_start(diagnosis: Diagnosis) -> Callable[[ErrorContext], Cause]:
    return lambda context: (diagnosis, context.start)


def _first_character(context: ErrorContext) -> Cause:
    """Diagnose a character that no value may start with, at the error."""
    if context.character(context.error) == "\t":
        return diagnoses.TAB, context.error
    return _needs_quotes(context, context.error)


def _needs_quotes(context: ErrorContext, position: YamlPosition) -> Cause:
    if marked_key(context.line(position)):
        return diagnoses.MARKED_KEY, YamlPosition(position.line, 0)
    if field_or_item(context.line(position)):
        return diagnoses.BULLET_OR_FIELD, position
    bullet = fixes.has_bullet(context.rest(position))
    return diagnoses.NO_LIST if bullet else diagnoses.NEEDS_QUOTES, position


def _block_marker(context: ErrorContext) -> Cause:
    """Diagnose text right after `|` or `>`; a row of a table starts so too."""
    if marked_key(context.line(context.start)):
        return diagnoses.MARKED_KEY, YamlPosition(context.start.line, 0)
    return diagnoses.BLOCK_MARKER, context.start


def _backslash(context: ErrorContext) -> Cause:
    """Diagnose a backslash between double quotes; libyaml stops a few characters after it."""
    line, (number, column) = context.line(context.error), context.error
    position = YamlPosition(number, max(line.rfind("\\", 0, column + 1), 0))
    if _HALF_CHARACTER.match(context.rest(position)):
        return diagnoses.HALF_CHARACTER, position
    if number == context.start.line and not context.open_brackets:
        return diagnoses.BACKSLASH, position
    return diagnoses.BACKSLASH_IN_LONG_TEXT, position


def _colon(context: ErrorContext) -> Cause:
    """Diagnose a `: ` in a value, or in a line that is indented too far to be a field."""
    error, line = context.error, context.line(context.error)
    if re.search(r":\s", line[: error.column]):
        in_brackets = bool(context.open_brackets)
        return diagnoses.COLON_IN_BRACKETS if in_brackets else diagnoses.COLON_IN_VALUE, error
    content = YamlPosition(error.line, content_column(line))
    if _below_bare_item(context):
        return diagnoses.UNNAMED_ITEM, content
    last = context.last_event
    above = yaml_position(last.start_mark) if isinstance(last, yaml.ScalarEvent) else error
    columns = {above.column, content.column, content_column(context.line(above))}
    if above.line < error.line and len(columns) == 1:
        # the line above lacks a colon, so that libyaml took it and this one for a text of two lines
        return _not_a_field(context, above)
    return diagnoses.CONTINUES_VALUE, content


def _not_a_field(context: ErrorContext, position: YamlPosition) -> Cause:
    """Diagnose a line among fields that is no field."""
    line = context.line(position)
    if fixes.colon_spaced(line):
        return diagnoses.NO_SPACE_AFTER_COLON, position
    if marked_key(line):
        return diagnoses.MARKED_KEY, position
    if equals_sign(line):
        return diagnoses.EQUALS_SIGN, position
    if fixes.has_bullet(line):
        return diagnoses.BULLET, position
    return diagnoses.BARE_ITEM if fixes.bare_item(line) else diagnoses.NO_COLON, position


def _in_brackets(context: ErrorContext) -> Cause:
    """Diagnose whatever libyaml does not expect inside brackets."""
    if _is_after_quote(context):
        return _text_after_quote(context)
    if context.character(context.error) == ",":
        return diagnoses.EMPTY_ITEM, context.error
    innermost = context.open_brackets[-1] if context.open_brackets else context.start
    return diagnoses.UNCLOSED_BRACKET, innermost


def _is_after_quote(context: ErrorContext) -> bool:
    last = context.last_event
    return isinstance(last, yaml.ScalarEvent) and last.style in {"'", '"'}


def _text_after_quote(context: ErrorContext) -> Cause:
    """Diagnose text after a closing quote; one of several lines was more likely never closed."""
    start = yaml_position(context.last_event.start_mark)
    end = yaml_position(context.last_event.end_mark)
    if start.line < end.line:
        return diagnoses.UNCLOSED_QUOTE, start
    if end.line < context.error.line:
        return _indentation(context)
    if context.open_brackets:
        return diagnoses.QUOTE_IN_BRACKETS, context.error
    rest = context.rest(context.error)
    if re.fullmatch(r"[,;][ \t]*(?:#.*)?", rest):
        return diagnoses.COMMA_AFTER_QUOTE, context.error
    several = _SEVERAL_QUOTES.fullmatch(rest)
    return diagnoses.SEVERAL_QUOTES if several else diagnoses.TEXT_AFTER_QUOTE, context.error


def _misplaced(context: ErrorContext) -> Cause:
    """Diagnose whatever is not where a field or an item should start."""
    last, error = context.last_event, context.error
    if _is_after_quote(context):
        return _text_after_quote(context)
    if isinstance(last, yaml.AliasEvent):
        star = yaml_position(last.start_mark)
        if star.line == error.line:
            return _needs_quotes(context, star)
    if closes_bracket(last) and last.end_mark.line == error.line:
        comma = re.fullmatch(r"[,;][ \t]*(?:#.*)?", context.rest(error))
        return diagnoses.COMMA_AFTER_BRACKET if comma else diagnoses.TEXT_AFTER_BRACKET, error
    if context.character(error) == ":":
        return diagnoses.NO_KEY, error
    if context.character(error) in {"]", "}", ","}:
        return _first_character(context)
    return _indentation(context)


def _outside(context: ErrorContext) -> Cause:
    """Diagnose a line after the last field, or one indented less than the first field."""
    above = context.content_above(context.error)
    is_indented = above is not None and above.column > context.error.column
    if above and is_indented and not context.line(above).startswith(("...", "%")):
        return _indentation(context)
    return diagnoses.OUTSIDE, context.error


def _indentation(context: ErrorContext) -> Cause:
    """Diagnose a line that starts in the wrong column."""
    if _below_bare_item(context):
        return diagnoses.UNNAMED_ITEM, context.error
    above = context.content_above(context.error)
    line = context.line(context.error)
    if line.startswith(_BYTE_ORDER_MARK):
        return diagnoses.INVISIBLE, YamlPosition(context.error.line, 0)
    if above is None or _ITEM.match(line):
        is_field = field_or_item(line)
        return diagnoses.ITEM_OR_FIELD if is_field else diagnoses.MISALIGNED_ITEM, context.error
    if context.line(above).lstrip().startswith("#") and not _NAMED_FIELD.match(f" {line}"):
        return diagnoses.COMMENT_IN_VALUE, context.error
    return diagnoses.MISALIGNED, context.error


def _below_bare_item(context: ErrorContext) -> bool:
    """Return whether the line of the error reads like a field of the item above, which is text."""
    above = context.content_above(context.error)
    is_field = bool(_NAMED_FIELD.match(context.line(context.error)))
    return is_field and above is not None and bool(fixes.bare_item(context.line(above)))


_OF_STRUCTURE = frozenset(
    {
        "mapping values",
        "could not find expected ':'",
        "not a field",
        "item in text",
        "typed so",
        "document start",
        "",
    }
)
"""The rows of `_CAUSES` behind which what people mistype at the start of a line may stand."""

_CAUSES: tuple[tuple[str, Callable[[ErrorContext], Cause]], ...] = (
    ("tab character", _at_error(diagnoses.TAB)),
    ("cannot start any token", _first_character),
    ("unknown escape", _backslash),
    ("hexdecimal", _backslash),
    ("character escape code", _backslash),
    ("quoted scalar", _at_start(diagnoses.UNCLOSED_QUOTE)),
    ("block scalar", _block_marker),
    ("scanning an alias", lambda context: _needs_quotes(context, context.start)),
    ("scanning an anchor", lambda context: _needs_quotes(context, context.start)),
    ("directive", lambda context: _needs_quotes(context, context.start)),
    (" tag", _at_start(diagnoses.TAG)),
    ("block sequence entries", _at_error(diagnoses.LIST_ON_FIELD_LINE)),
    ("mapping keys are not", _first_character),
    ("mapping values", _colon),
    ("could not find expected ':'", lambda context: _not_a_field(context, context.start)),
    ("not a field", lambda context: _not_a_field(context, context.error)),
    ("undefined alias", _at_error(diagnoses.UNKNOWN_ALIAS)),
    ("self alias", _at_error(diagnoses.SELF_ALIAS)),
    ("too deep", _at_error(diagnoses.TOO_DEEP)),
    ("item in text", _indentation),
    ("typed so", _indentation),
    ("curly quote", _at_error(diagnoses.COLON_IN_VALUE)),
    ("document start", _outside),
    ("flow", _in_brackets),
    ("", _misplaced),
)
"""The first row counts whose phrase is in what libyaml says; 'hexdecimal' is its own spelling."""
