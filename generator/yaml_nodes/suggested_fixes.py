"""Quotes an author's line in a message, and prints it as it should be, in a hint."""

from __future__ import annotations

import re

_LONGEST = 60
_LONGEST_CORRECTED = 400
CURLY = "\u201c\u201d\u201e\u201f\u2018\u201a\u201b\xab\u2039\u300c\u300e"
"""Quotes that programs put in the place of straight ones, as they open a text."""

_CURLY_ENDS = "\u201d\u201c\u201f\u2019\u2018\xbb\u203a\u300d\u300f"
_VALUE = re.compile(
    rf"(?P<head> *(?:- +)*(?:[^{CURLY}" + r"\s'\"#\[{&*!|>%@`,?-].*?:[ \t]+)?)"
    r"(?P<value>.*?)(?P<tail>[ \t]+#(?: .*)?)?[ \t]*$"
)
_COLON_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*[\w-]+\s*:(?=\S|\xa0)")
_WEB_ADDRESS = re.compile(r"[\s-]*[a-z]+://", re.IGNORECASE)
_STRAIGHT = ("'", '"')
_OPENING = (*_STRAIGHT, "[", "{")
_BULLET = re.compile(r"\s*(?:[•·▪◦●○■\u2013\u2014*]|\d{1,2}[.)])\s")
_BARE_ITEM = re.compile(r"\s*(?:- +)++(?P<value>[^\s:#\[{][^:#]*)")


def quote_for_author(text: str) -> str:
    """Return `text` in quotes on one line, cut off with `…` after 60 characters."""
    whole = " ".join(text[: 4 * _LONGEST].split())
    return f"'{whole}'" if len(whole) <= _LONGEST else f"'{whole[: _LONGEST - 1]}…'"


def quote_as_yaml(value: str) -> str:
    """Return `value` as YAML in the kind of quotes that needs no backslash."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def line_in_quotes(line: str) -> str:
    """Return a hint that prints `line` with its value in quotes, if it is not too long."""
    match = _VALUE.match(line) if len(line) < _LONGEST_CORRECTED else None
    if not match or not match["value"]:
        return "put the whole value in quotes"
    value = without_curly_quotes(match["value"]) or _without_quotes(match["value"])
    return f"write: {match['head'].lstrip()}{quote_as_yaml(value)}{match['tail'] or ''}"


def item_in_quotes(line: str, column: int) -> str:
    """Return a hint with only the list item at `column` (from 0) of `line` put in quotes."""
    item = re.split(r"[,\]}]", line[column : column + _LONGEST_CORRECTED], maxsplit=1)[0]
    return f"put it in quotes: {quote_as_yaml(item.strip())}"


def quote_closed(line: str, column: int) -> str:
    """Return a hint that prints `line` with the quote that opens at `column` (from 0) closed."""
    if len(line) > _LONGEST_CORRECTED:
        return "close it where the value ends"
    return f"close it: {(line[:column] + quote_as_yaml(line[column + 1 :].rstrip())).strip()}"


def colon_spaced(line: str) -> str:
    """Return a hint that prints `line` with a space after its first colon, or nothing.

    Nothing where the colon has its space already, or belongs to a web address.
    """
    match = _COLON_WITHOUT_SPACE.match(line)
    if not match or _WEB_ADDRESS.match(line):
        return ""
    fixed = f"{line[: match.end()].strip()} {_as_value(line[match.end() :].strip())}"
    return f"write: {fixed[:_LONGEST_CORRECTED]}"


def without_comma(line: str) -> str:
    """Return `line` without the comma, or the semicolon, at its end."""
    return line.strip().rstrip(",; \t")


def in_brackets(line: str) -> str:
    """Return `line` with its value as a list in brackets."""
    match = _VALUE.match(line)
    return f"{match['head'].lstrip()}[{match['value'].rstrip(', ')}]" if match else line.strip()


def _as_value(text: str) -> str:
    """Return text as the value of a field: a dash alone is a slip, other marks need quotes."""
    text = re.sub(r"^-[ \t]+", "", text)
    odd = re.match(r"[@`%*&!|>,?]|-(?:\s|$)", text) or re.search(r":(?:\s|$)", text)
    half_quoted = text[:1] in _STRAIGHT and not re.fullmatch(r"\"[^\"]*\"|'[^']*'", text)
    return quote_as_yaml(text) if half_quoted or (odd and text[:1] not in _OPENING) else text


def has_bullet(line: str) -> bool:
    """Return whether a line starts with a bullet or a number instead of a dash."""
    return bool(_BULLET.match(line))


def bare_item(line: str) -> str:
    """Return the text of a list item that is neither a field nor in brackets, or nothing."""
    match = _BARE_ITEM.fullmatch(line.rstrip())
    return match["value"][:_LONGEST] if match else ""


def without_curly_quotes(value: str) -> str:
    """Return the text between curly quotes that enclose all of a value; else nothing."""
    if len(value) < 3 or value[0] not in CURLY or value[-1] not in _CURLY_ENDS + "\"'":  # noqa: PLR2004
        return ""
    inner = value[1:-1]
    single = value[-1] in "'\u2018\u2019"  # is an apostrophe too
    return "" if value[0] in inner or (not single and value[-1] in inner) else inner.strip()


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
