"""Owns how an author's line is quoted back, and how it looks once it is put right."""

from __future__ import annotations

import re

_LONGEST = 60
_LONGEST_CORRECTED = 400
_VALUE = re.compile(
    r"(?P<head> *(?:- +)*(?:[^\s'\"#\[{&*!|>%@`,?-].*?:[ \t]+)?)"
    r"(?P<value>.*?)(?P<tail>[ \t]+#(?: .*)?)?[ \t]*$"
)
_GLUED = re.compile(r"\s*(?:- +)*[\w-]+\s*:(?=\S|\xa0)")
_ADDRESS = re.compile(r"[\s-]*[a-z]+://", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•·▪◦●○■\u2013\u2014*]|\d{1,2}[.)])\s")
_BARE_ITEM = re.compile(r"\s*(?:- +)+(?P<value>[^\s:#\[{][^:#]*?)\s*$")
_DASHES = "begin each item of a list with '- '"


def quote_for_author(text: str) -> str:
    """Return `text` in quotes on one line, its end left out where it is long."""
    whole = " ".join(text[: 4 * _LONGEST].split())
    return f"'{whole}'" if len(whole) <= _LONGEST else f"'{whole[: _LONGEST - 1]}…'"


def quote_as_yaml(value: str) -> str:
    """Return `value` as YAML in the kind of quotes that needs no backslash."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def in_quotes(line: str) -> str:
    """Return a hint that prints `line` with its value in quotes, if it is not too long."""
    match = _VALUE.match(line) if len(line) < _LONGEST_CORRECTED else None
    if not match or not match["value"]:
        return "put the whole value in quotes"
    value = _without_quotes(match["value"])
    return f"write: {match['head'].lstrip()}{quote_as_yaml(value)}{match['tail'] or ''}"


def token_in_quotes(line: str, column: int) -> str:
    """Return a hint with only the list item at `column` (from 0) of `line` put in quotes."""
    token = re.split(r"[,\]}]", line[column : column + _LONGEST_CORRECTED], maxsplit=1)[0]
    return f"put it in quotes: {quote_as_yaml(token.strip())}"


def closed(line: str, column: int) -> str:
    """Return a hint that prints `line` with the quote that opens at `column` (from 0) closed."""
    if len(line) > _LONGEST_CORRECTED:
        return "close it where the value ends"
    return f"close it: {(line[:column] + quote_as_yaml(line[column + 1 :].rstrip())).strip()}"


def not_a_field(line: str) -> tuple[str, str, str]:
    """Return code, message and hint for a `line` among fields that is not one."""
    glued = _GLUED.match(line)
    if glued and not _ADDRESS.match(line):
        fixed = f"{line[: glued.end()].strip()} {line[glued.end() :].strip()}"
        message = f"an ordinary space is missing after the colon: {quote_for_author(line)}"
        return "no-space-after-colon", message, f"write: {fixed[:_LONGEST_CORRECTED]}"
    message = f"this line has no field name followed by ': ': {quote_for_author(line)}"
    if _BULLET.match(line):
        return "no-colon", message, _DASHES
    if item := _BARE_ITEM.match(line):
        return "no-colon", f"this item has no name: {quote_for_author(line)}", _named(item["value"])
    hint = "write 'field: value'; if the line goes on with the value above, indent it by two spaces"
    return "no-colon", message, hint


def bulleted(line: str) -> str:
    """Return the hint for a line that begins with a mark that is no dash, or nothing."""
    return _DASHES if _BULLET.match(line) else ""


def unnamed_item(line: str) -> str:
    """Return the hint for an item without a name that has fields below it, or nothing."""
    item = _BARE_ITEM.match(line)
    return _named(item["value"]) if item else ""


def _named(value: str) -> str:
    return (
        f"name the value: '- KEY: {value[:_LONGEST]}', with the field's own word for KEY;"
        " begin the lines below in the column of KEY"
    )


def _without_quotes(value: str) -> str:
    """Return `value` without the quotes around it, and without one that only opens."""
    mark, inner = value[0], value[1:-1]
    if mark not in "'\"":
        return value
    if (
        len(value) > 1
        and value[-1] == mark
        and not re.search(rf"{mark}(?!\w)|(?<!\w){mark}", inner)
    ):
        return inner
    return value[1:] if value.count(mark) % 2 else value
