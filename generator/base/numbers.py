"""Numbers as people type them, exactly: the digits read, and a number as a language writes it.

A number is kept as text, in digits with a decimal point: `1087154`, `-3.50`. So 1.10 stays 1.10,
and nothing is ever a binary fraction.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum

from generator.base.names import visible

MOST_DIGITS = 30
"""A number has no more digits: whoever types more has pasted something else."""

EXACT = Context(prec=1000)
"""Sums of a hundred thousand such numbers lose no digit in it."""

_LONGEST = 100
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2012\u2013\ufe63\uff0d", "-"),
        **dict.fromkeys("\ufe62\uff0b", "+"),
        **dict.fromkeys("\u2018\u2019\u02bc\u066c\uff07", "'"),
        "\u066b": ".",
        "\uff0e": ".",
        "\uff0c": ",",
    }
)


class Doubt(Enum):
    """How a reading may be wrong: not at all, hardly, perhaps, or so that nobody can tell."""

    NONE = 0
    SMALL = 1
    REAL = 2
    OPEN = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was typed: what it may be, the likeliest first, and how doubtful that is."""

    values: tuple[str, ...]
    doubt: Doubt = Doubt.NONE


def cleaned(typed: str) -> str:
    """Return what was typed with plain digits, signs and blanks, and nothing invisible."""
    text = visible(typed.strip()).translate(_SIGNS)
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return " " if character.isspace() else character


_WHOLE = r"(?:0|[1-9]\d*)"
_SPACED = re.compile(r"([1-9]\d{0,2}(?:([ '_])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?", re.ASCII)
_COMMAS = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(\d+))?", re.ASCII)
_POINTS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?", re.ASCII)
_POINT = re.compile(rf"(?=\.?\d)({_WHOLE})?(?:\.(\d*))?", re.ASCII)
_COMMA = re.compile(rf"({_WHOLE}),(\d+)", re.ASCII)
_SIGN = re.compile(r"([+-]) ?(?=[\d.])")
_THOUSANDS = 3


def read_number(typed: str) -> Figure | None:
    """Return the number that was typed, or None: groups of thousands are read in every usual form.

    `12,500` may be a French 12.5, and `12.500` a German 12500: there both values are returned.
    """
    if len(typed) > _LONGEST:
        return None
    text = cleaned(typed)
    sign = _SIGN.match(text)
    figure = _unsigned(text[sign.end() :] if sign else text)
    if figure is None or any(_digits(value) > MOST_DIGITS for value in figure.values):
        return None
    if sign and sign[1] == "-":
        return Figure(tuple(map(_negative, figure.values)), figure.doubt)
    return figure


def _unsigned(text: str) -> Figure | None:
    for form, figure in _FORMS:
        if match := form.fullmatch(text):
            return figure(match)
    return None


def _with_commas(match: re.Match[str]) -> Figure:
    """Return a number whose thousands commas divide; a single one may stand before decimals."""
    value = _joined(match[1], match[2])
    if match[2] or match[1].count(",") > 1:
        return Figure((value,))
    return Figure((value, match[1].replace(",", ".")), Doubt.SMALL)


def _with_points(match: re.Match[str]) -> Figure:
    """Return a number whose thousands points divide; a single one stands before decimals."""
    value = _joined(match[1], match[2])
    if match[2] or match[1].count(".") > 1:
        return Figure((value,))
    return Figure((match[1], value), Doubt.REAL)


def _with_a_comma(match: re.Match[str]) -> Figure:
    decimal, digits = _joined(match[1], match[2]), match[1] + match[2]
    return Figure((decimal,) if match[1] == "0" else (decimal, digits), Doubt.OPEN)


def _spaced(match: re.Match[str]) -> Figure:
    """Return a number whose thousands blanks divide; `1 087,154` may have a comma too many."""
    value = _joined(match[1], match[4])
    if match[3] == "," and len(match[4]) == _THOUSANDS:
        return Figure((value, _joined(match[1] + match[4])), Doubt.OPEN)
    return Figure((value,))


_FORMS = (
    (_SPACED, _spaced),
    (_COMMAS, _with_commas),
    (_POINTS, _with_points),
    (_POINT, lambda match: Figure((_joined(match[1] or "0", match[2]),))),
    (_COMMA, _with_a_comma),
)
"""The forms in which people write numbers, and how each is read; the first that fits counts."""


def _joined(whole: str, decimals: str | None = None) -> str:
    """Return digits without what divides them, and the decimals after a point."""
    digits = re.sub(r"\D", "", whole)
    return f"{digits}.{decimals}" if decimals else digits


def _negative(value: str) -> str:
    return f"-{value}" if Decimal(value) else value


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)


_POWERS = {
    2: "hundred hundreds",
    3: "k thousand thousands mille tausend tsd miles milhares ribu nghin тыс тысяч",
    5: "lakh lakhs lac lacs",
    6: "m mm mn mio mln million millions millionen millones millon milhao milhoes milioni milione"
    " juta trieu млн миллион миллиона миллионов",
    7: "crore crores cr",
    9: "bn b billion billions milliard milliards milliarden mrd mld miliardi miliar млрд",
    12: "billon billones billionen bilhao trillion trillions tn",
}
_POWER_OF = {word: power for power, words in _POWERS.items() for word in words.split()}
_UNSURE_WORDS = frozenset({"m", "mm", "b", "billion", "billions", "billionen", "trillion", "tn"})
_MULTIPLIED = re.compile(r"([+-]? ?\d[\d.,' _]*?) ?([^\W\d_]+)\.?")
_SCIENTIFIC = re.compile(r"([+-]?\d{1,30}(?:\.\d{1,30})?)[eE]([+-]?\d{1,2})", re.ASCII)
_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


def multiplied(typed: str) -> tuple[tuple[str, ...], bool]:
    """Return what `1.5 million`, `2 lakh`, `1e6` or `3/4` is in digits, and whether that is sure.

    Of a word that means different numbers in different countries (billion, m), the value is that
    of most reports. There is none where the text is something else.
    """
    text = "" if len(typed) > _LONGEST else cleaned(typed)
    if match := _SCIENTIFIC.fullmatch(text):
        return (in_digits(Decimal(match[1]).scaleb(int(match[2]), EXACT)),), True
    if match := _FRACTION.fullmatch(text):
        return _quotient(int(match[1]), int(match[2])), True
    match = _MULTIPLIED.fullmatch(text)
    word = _without_accents(match[2].casefold()) if match else ""
    figure = read_number(match[1]) if match else None
    power = _POWER_OF.get(word)
    if figure is None or power is None:
        return (), True
    values = figure.values[:1] if figure.doubt is Doubt.OPEN else figure.values
    scaled = (Decimal(value).scaleb(power, EXACT) for value in values)
    return tuple(in_digits(value) for value in scaled), word not in _UNSURE_WORDS


def _quotient(above: int, below: int) -> tuple[str, ...]:
    """Return a fraction in digits, nothing where its decimals have no end."""
    rest = below
    for prime in (2, 5):
        while rest and rest % prime == 0:
            rest //= prime
    return (in_digits(Decimal(above) / Decimal(below)),) if rest == 1 else ()


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def in_digits(number: Decimal) -> str:
    """Return a number in digits, without an exponent and without noughts that say nothing."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


_NARROW = "\u202f"
_GROUPS = {
    **dict.fromkeys(("en", "zh", "ja", "ko", "th", "sw", "km", "lo", "my", "ne"), (",", ".")),
    **dict.fromkeys(("de", "es", "it", "pt", "nl", "id", "vi", "tr", "da", "el", "ro"), (".", ",")),
    "fr": (_NARROW, ","),
    **dict.fromkeys(("ru", "uk", "pl", "cs", "sv", "nb", "no", "fi", "bg"), ("\u00a0", ",")),
    "de-ch": ("’", "."),
    "es-mx": (",", "."),
    "pt-pt": ("\u00a0", ","),
}
"""By language: what divides thousands, and what stands before decimals."""

_BY_HUNDREDS = frozenset({"hi", "bn", "en-in", "gu", "mr", "ta", "te", "ur"})
"""Languages that divide 1,00,00,000 so."""

_FOUR_TOGETHER = frozenset({"es", "pt-pt", "pl"})
"""Languages that leave four digits undivided."""

_LONG = 4


def number_in_words(value: str, language: str) -> str:
    """Return a number as a language writes it: 1,087,154.10 in English, 1 087 154,10 in French.

    The decimals are those that were typed. Text that is no number is returned as it is.
    """
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?", value, re.ASCII)
    if match is None:
        return value
    sign, whole, decimals = match.groups()
    tag = language.lower()
    short = tag.partition("-")[0]
    if tag in _BY_HUNDREDS or short in _BY_HUNDREDS:
        group, point = ",", "."
    else:
        group, point = _GROUPS.get(tag) or _GROUPS.get(short) or (_NARROW, ".")
    undivided = len(whole) <= _LONG and not _FOUR_TOGETHER.isdisjoint({tag, short})
    parts = [whole] if undivided else _divided(whole, tag, short)
    minus = "\u2212" if sign else ""
    return f"{minus}{group.join(parts)}{point + decimals if decimals else ''}"


def _divided(whole: str, tag: str, short: str) -> list[str]:
    """Return the digits in groups of three, or in groups of two before the last three."""
    size = 2 if tag in _BY_HUNDREDS or short in _BY_HUNDREDS else _THOUSANDS
    before, last = whole[:-_THOUSANDS], whole[-_THOUSANDS:]
    first = len(before) % size
    groups = [before[n : n + size] for n in range(first, len(before), size)]
    return [part for part in (before[:first], *groups, last) if part]
