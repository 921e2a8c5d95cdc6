"""The kind `number`: exact digits with a unit, and what to write where something else was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from generator import yaml_nodes
from generator.base.locale import Locale
from generator.base.numbers import (
    MOST_DIGITS,
    Doubt,
    Figure,
    cleaned,
    in_digits,
    multiplied,
    read_number,
)
from generator.base.problem import Severity
from generator.model.kind import Kind, Reading, Schema
from generator.model.value import Value
from generator.model.vocabulary import Vocabulary
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.model.record import Field

_SAME_UNITS = ({"%", "percent", "per cent", "pct"}, {"km2", "km²"}, {"m2", "m²"}, {"m3", "m³"})
_LONG = 200
"""In a longer text no number is looked for."""

_TOO_MANY = f"a number has at most {MOST_DIGITS} digits"
_BOUNDS = re.compile(r"[<>≤≥]|\d ?\+")
_FIRST = re.compile(r"[+-]? ?\d(?:[\d.,'_]|(?<=\d) (?=\d{3}(?!\d)))*")
_BELOW_ZERO = re.compile(r"\((.+)\)")
_ONLY_DIGITS = re.compile(r"-?[1-9][0-9 ']*(?:\.[0-9]+)?")
_LEADING = re.compile(r"([+-]? ?)0+(?=\d)", re.ASCII)
_PLAIN = r"\d+(\.\d*)?|\.\d+|\d{1,3}(\.\d{3}){2,}"
_GROUPED = rf"^[+-]?({_PLAIN}|\d{{1,3}}([ ,'_\u00a0\u2009\u202f]\d{{2,3}})+(\.\d+)?)$"
"""What an editor should let pass as text: digits in groups."""


class Number(Kind):
    """A whole or decimal number, kept in the digits that were typed; its unit is the field's."""

    single = "a number"
    several = "one or more numbers"
    expected = "a number"

    def text(self, node: yaml_nodes.Scalar, field: Field, reading: Reading) -> Value | None:
        """Return the number in digits with a decimal point, as exact as it was typed."""
        typed = without_unit(node.value.strip(), field.unit)
        figure = read_number(typed)
        if figure and figure.doubt is Doubt.OPEN and len(figure.values) > 1:
            message = f"{quote_for_author(node.value)} may be {' or '.join(figure.values)}"
            self.refuse(node.position, field, reading, message, _remedy(typed, figure, field))
            return None
        if figure is None or figure.doubt is Doubt.OPEN:
            self.refuse_word(node, field, reading, _remedy(typed, figure, field))
            return None
        self._warn(node, figure, reading)
        value = figure.values[0]
        if problem := _out_of_bounds(value, field):
            self.refuse(node.position, field, reading, problem, "correct it, or write unknown")
            return None
        return value

    def _warn(self, node: yaml_nodes.Scalar, figure: Figure, reading: Reading) -> None:
        """Say how a number is read that elsewhere is read in another way."""
        if figure.doubt is Doubt.NONE:
            return
        value, other = figure.values
        quoted, real = quote_for_author(node.value.strip()), figure.doubt is Doubt.REAL
        message = f"{quoted} is read as {value}"
        hint = f"if you mean {other}, write that"
        if real:
            message += ": a point stands before decimals, and does not divide thousands"
            hint = f"write {other} if that is meant; else write {value}0, which is the same number"
        severity = Severity.WARNING if real else Severity.NOTE
        reading.findings.add(node.position, "doubtful-number", message, hint, severity)

    def schema(self, field: Field, vocabularies: Mapping[str, Vocabulary]) -> Schema:
        """Return a number within its bounds, and text with divided thousands, as people type it."""
        del vocabularies
        bounds = {"minimum": field.min, "maximum": field.max}
        number = {key: bound for key, bound in bounds.items() if bound is not None}
        return {"anyOf": [{"type": "number", **number}, {"type": "string", "pattern": _GROUPED}]}


def without_unit(typed: str, unit: str) -> str:
    """Return what was typed without the field's own unit before or after it."""
    if not unit or len(typed) > _LONG:
        return typed
    folded = typed.casefold()
    for word in sorted(_spellings(unit), key=len, reverse=True):
        if folded.endswith(word) and _stands_alone(folded[: -len(word)][-1:], word[:1]):
            return typed[: -len(word)].strip()
        if folded.startswith(word) and _stands_alone(folded[len(word) :][:1], word[-1:]):
            return typed[len(word) :].strip()
    return typed


def _spellings(unit: str) -> set[str]:
    own = unit.casefold()
    return next((same for same in _SAME_UNITS if own in same), {own})


def _stands_alone(beside: str, edge: str) -> bool:
    """Tell whether a unit is not the end of a longer word."""
    return not (beside.isalpha() and edge.isalpha())


def _remedy(typed: str, figure: Figure | None, field: Field) -> str:
    """Return how to write what is not a number, or may be two."""
    if figure:
        return f"write {' or '.join(figure.values)}: a point, not a comma, stands before decimals"
    text = cleaned(typed[:_LONG])
    remedies = (_converted(text), _in_a_list(text, field), _bare(text, field))
    return next((remedy for remedy in remedies if remedy), "") or _of_words(text, field)


def _converted(text: str) -> str:
    values, sure = multiplied(text)
    if any(_digit_count(value) > MOST_DIGITS for value in values):
        return _TOO_MANY
    doubt = "" if sure else ", if that is what it means"
    return f"write {' or '.join(values)}{doubt}" if values else ""


def _in_a_list(text: str, field: Field) -> str:
    several = field.many and _all_numbers(text)
    return f"write [{', '.join(re.split('[;,] +', text))}]" if several else ""


def _digit_count(text: str) -> int:
    return sum(map(str.isdigit, text))


def _bare(text: str, field: Field) -> str:
    """Return the remedy for digits in a form that no number has, such as `(500)` or `007`."""
    if _digit_count(text) > MOST_DIGITS:
        return _TOO_MANY
    match = _BELOW_ZERO.fullmatch(text)
    if match and (inner := read_number(match[1])) and inner.doubt is not Doubt.OPEN:
        below = f"-{inner.values[0]}"
        number = inner.values[0] if _out_of_bounds(below, field) else f"{below} if it is below zero"
        return f"write {number}"
    if _LEADING.match(text) and (inner := read_number(_LEADING.sub(r"\1", text, count=1))):
        return f"write {inner.values[0]}; a code, which is no number, belongs in another field"
    if _ONLY_DIGITS.fullmatch(text):
        return f"write {re.sub(r'[^0-9.-]', '', text)}, if it is one number"
    return ""


def _all_numbers(text: str) -> bool:
    parts = re.split("[;,] +", text)
    return len(parts) > 1 and all(read_number(part) for part in parts)


def _of_words(text: str, field: Field) -> str:
    """Return how to write a number among words: alone, where it is one number in the right unit."""
    number = _FIRST.search(text)
    if number is None:
        return "write it in digits, such as 1087154 or 12.5"
    if _BOUNDS.search(text):
        return "write one number, and say in the text that it is at least or at most so much"
    rest = text[number.end() :]
    if any(map(str.isdigit, rest)):
        return "write one number, and say in the text how sure it is"
    words = rest.split()
    values, _ = multiplied(f"{number[0]} {words[0]}") if words else ((), True)
    figure = read_number(number[0])
    values = values or (figure.values if figure else ())
    if not values:
        return "write it in digits, such as 1087154 or 12.5"
    unit = f" in {field.unit}" if field.unit else ""
    return f"if it is one number{unit}, write {' or '.join(values)} alone; the rest is for the text"


def _out_of_bounds(value: str, field: Field) -> str:
    number, unit = Decimal(value), f" {field.unit}" if field.unit else ""
    if field.min is not None and number < field.min:
        return f"'{field.name}' is {value}{unit}; it is at least {in_digits(field.min)}"
    if field.max is not None and number > field.max:
        return f"'{field.name}' is {value}{unit}; it is at most {in_digits(field.max)}"
    return ""


def in_its_bounds(field: Field, words: str, locale: Locale) -> str:
    """Return 'a number' with the unit and the bounds of a field, in words."""
    _ = locale.gettext
    if field.unit:
        words = _("%(numbers)s of %(unit)s", numbers=words, unit=field.unit)
    least, most = (
        in_digits(bound) if bound is not None else "" for bound in (field.min, field.max)
    )
    if least and most:
        between = _("from %(least)s to %(most)s", least=least, most=most)
        return locale.concatenated(words, " ", between)
    if least:
        return locale.joined_by_commas([words, _("at least %(least)s", least=least)])
    return locale.joined_by_commas([words, _("at most %(most)s", most=most)]) if most else words
