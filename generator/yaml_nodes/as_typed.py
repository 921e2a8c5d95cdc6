"""What people type where YAML wants a `- `, a `: ` or a line without `#`: found line by line.

libyaml takes such lines for text, or stops at a line further down. So the lines themselves are
looked at: the one where it stopped, and those above that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.yaml_nodes import diagnoses
from generator.yaml_nodes.diagnoses import Diagnosis
from generator.yaml_nodes.error_context import ErrorContext, YamlPosition

SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are none to YAML, as part of a set of characters."""

COLONS = "\uff1a\ufe55\ua789\u2236"
"""Characters that look like a colon and are none."""

BULLETS = "\u2022\u00b7\u25aa\u25e6\u25cf\u25cb\u25a0\u2010-\u2015\u2212\u2023\u2043*"

_KEY = r"[A-Za-z_][\w-]*"
_LOWER_KEY = "[a-z_][a-z0-9_-]*"
_FIELD = re.compile(rf"(?P<indent> *){_KEY}[ \t]*:(?:[ \t]|$)")
_FIRST_FIELD = re.compile(rf"(?P<indent> *)- +{_KEY}[ \t]*:(?:[ \t]|$)")
_COMMENTED = re.compile(rf"(?P<indent> *)#(?P<space> *)(?P<dash>- +)?(?P<key>{_KEY}):(?P<value>.*)")
_LONGEST = 400
_MOST_LINES = 500
"""No further up is looked for the line that an entry belongs to."""

_SLIPS: tuple[tuple[re.Pattern[str], Diagnosis], ...] = (
    (re.compile(rf" *-[{SPACES}][{SPACES} ]*"), diagnoses.ODD_SPACE_AFTER_DASH),
    (re.compile(r" *-(?=[^\W\d]|['\"\[{])"), diagnoses.NO_SPACE_AFTER_DASH),
    (re.compile(rf" *[{BULLETS}][ \t{SPACES}]+(?={_KEY}:(?:\s|$))"), diagnoses.BULLET_BEFORE_FIELD),
)
_MARKS = r"[*_`~|]{1,3}"
_MARKED_KEY = re.compile(
    rf" *(?P<item>- +)?(?:\| ?|{_MARKS})(?P<key>{_KEY})(?: ?{_MARKS})?(?: ?:| \|)(?:{_MARKS})?"
    r"(?:[ \t]+(?P<value>.*?))?(?: \|)?[ \t]*"
)
"""A field as programs that know Markdown write it: `**title:** x` or `| title | x |`."""

_EQUALS = re.compile(rf"(?P<head> *(?:- +)*{_LOWER_KEY})[ \t]*(?P<mark>:?=>?|->|→)[ \t]*(?=\S)")
_WITHOUT_SPACE = re.compile(rf" *(?:- +)*{_LOWER_KEY}:(?![\s/])")
_ITEM_FIELD = re.compile(rf"[-{BULLETS}][ \t{SPACES}]+(?={_KEY}:(?:\s|$))")
_LIKE_COLON = re.compile(rf" *(?:- +)*{_LOWER_KEY}[ \t]*(?P<colon>[{COLONS}])")


def slip_in(line: str) -> tuple[Diagnosis, int] | None:
    """Return what is unmistakably wrong at the start of a line, and its column from 0."""
    for pattern, diagnosis in _SLIPS:
        if pattern.match(line):
            return diagnosis, len(line) - len(line.lstrip(" "))
    match = _LIKE_COLON.match(line)
    return (diagnoses.LIKE_COLON, match.start("colon")) if match else None


def marked_key(line: str) -> bool:
    """Tell whether a line is a field whose name has marks of Markdown around it."""
    return len(line) <= _LONGEST and bool(_MARKED_KEY.fullmatch(line))


def equals_sign(line: str) -> str:
    """Return the sign that stands in the place of the colon of a field; else nothing."""
    match = _EQUALS.match(line)
    return match["mark"] if match else ""


def is_like_field(line: str) -> bool:
    """Tell whether a line is a field with `=` for its colon, or without the space after it."""
    return bool(_EQUALS.match(line) or _WITHOUT_SPACE.match(line))


def field_or_item(line: str) -> str:
    """Return the field behind a bullet in the first column, where an item may be meant or not."""
    match = _ITEM_FIELD.match(line)
    return line[match.end() :].strip() if match else ""


def mended(line: str) -> str:
    """Return a line with such a slip as it should have been typed, without its indentation."""
    for pattern, _ in _SLIPS:
        if match := pattern.match(line):
            return f"- {line[match.end() :].strip()}"
    if match := _LIKE_COLON.match(line):
        return f"{line[: match.start('colon')].strip()}: {line[match.end() :].strip()}"
    if match := _MARKED_KEY.fullmatch(line):
        return f"{match['item'] or ''}{match['key']}: {match['value'] or ''}".rstrip()
    if match := _EQUALS.match(line):
        return f"{match['head'].strip()}: {line[match.end() :].strip()}"
    return f"- {line.strip()}"


def slip_near(context: ErrorContext) -> tuple[Diagnosis, YamlPosition] | None:
    """Return what was mistyped at an error, or in the lines that the line of the error belongs to.

    Those are the line itself, the nearest line above, the first line of its list entry or record,
    and a line above it that still stands behind a `#`.
    """
    for position in (context.error, context.content_above(context.error)):
        if position and (slip := slip_in(context.line(position))):
            is_item = slip[0] is diagnoses.BULLET_BEFORE_FIELD and not slip[1]
            diagnosis = diagnoses.BULLET_OR_FIELD if is_item else slip[0]
            return diagnosis, YamlPosition(position.line, slip[1])
    lines, number = context.lines, min(context.error.line, len(context.lines) - 1)
    above = half_uncommented(lines, number)
    if above is None and (before := context.content_above(context.error)):
        above = half_uncommented(lines, before.line)
    if above is not None:
        return diagnoses.HALF_UNCOMMENTED, YamlPosition(above, lines[above].index("#"))
    missing = _without_dash(lines, number)
    if missing is not None:
        return diagnoses.MISSING_DASH, YamlPosition(missing, _indent(lines[missing]))
    return None


def half_uncommented(lines: Sequence[str], number: int) -> int | None:
    """Return the number of the commented line that a line belongs to, counted from 0.

    Only lines of its own depth, deeper ones and comments may stand between the two.
    """
    depth = _indent(lines[number])
    for above in range(number - 1, max(number - _MOST_LINES, -1), -1):
        line = lines[above]
        if match := _COMMENTED.match(line):
            is_key = not match["space"] or bool(match["dash"]) or not match["value"].strip()
            if is_key and _depth_of_comment(match) < depth:
                return above
        elif line.strip() and not line.lstrip().startswith("#") and _indent(line) < depth:
            return None
    return None


def _depth_of_comment(match: re.Match[str]) -> int:
    """Return where the text of a comment would start without its `#`, or one space after it."""
    spaces = len(match["space"])
    return len(match["indent"]) + (spaces if spaces != 1 else 0)


def _without_dash(lines: Sequence[str], number: int) -> int | None:
    """Return the number of a line that lacks the dash that its neighbours in the list have."""
    line = lines[number]
    depth = _indent(line)
    if _FIRST_FIELD.match(line):
        return _first_of_record(lines, number, depth)
    if not _FIELD.match(line):
        return None
    for above in range(number - 1, max(number - _MOST_LINES, -1), -1):
        if lines[above].strip() and _indent(lines[above]) <= depth:
            is_entry = _FIRST_FIELD.match(lines[above]) and _indent(lines[above]) == depth
            # a name that the entry has not yet goes on with it: the line is indented too little
            names = {_name(line) for line in lines[above:number]}
            return number if is_entry and _name(line) in names else None
    return None


def _name(line: str) -> str:
    """Return the name of the field on a line, after the dash of an entry."""
    return line.lstrip(" -").partition(":")[0].rstrip()


def _first_of_record(lines: Sequence[str], number: int, depth: int) -> int | None:
    """Return the first of the fields that stand above an entry in the column of its dash."""
    first = None
    for above in range(number - 1, max(number - _MOST_LINES, -1), -1):
        line = lines[above]
        if not line.strip() or _indent(line) > depth:
            continue
        if _indent(line) < depth or not _FIELD.match(line):
            break
        first = above
    return first if depth else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
