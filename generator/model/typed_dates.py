"""Dates in the forms that people type, and the form in which a record wants them.

Nothing is converted in silence: the author is offered what is meant, or both dates that may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from unicodedata import normalize

from generator.base.likeness import loosely_folded

LONGEST = 60
"""What is longer is a sentence with a date in it, not a date."""

_MONTHS = (
    "january jan janvier janv enero ene janeiro januar janner gennaio gen januari",
    "february feb fevrier fev fevr febrero fevereiro februar febbraio februari",
    "march mar mars marzo marco marz maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei",
    "june jun juin junio junho juni giugno giu",
    "july jul juillet juil julio julho juli luglio lug",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre set setembro settembre",
    "october oct octobre octubre out outubro oktober okt ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec decembre diciembre dic dezembro dez dezember dicembre",
)
"""The names of the months, without accents, in English, French, Spanish, Portuguese and others."""

_MONTHS_IN_A_YEAR = len(_MONTHS)
_MONTH_BY_NAME = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_FILLERS = """
of the de del du d le la el den der am on in
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado
domingo segunda terca quarta quinta sexta feira
"""
_SKIPPED = frozenset(_FILLERS.split())
_PARTS = """
q1 q2 q3 q4 t1 t2 t3 t4 1q 2q 3q 4q h1 h2 s1 s2 quarter trimestre half semestre first second third
fourth 1st 2nd 3rd 4th mid mi middle early late beginning start end debut fin finales principios
mediados inicio meados spring summer autumn fall winter printemps ete automne hiver primavera
verano otono invierno since from depuis desde seit about around circa ca c approx approximately
environ vers hacia cerca year fy annee ano in until up to
"""
_ABOUT_A_YEAR = frozenset(_PARTS.split()) | _SKIPPED
_AROUND = " \t\n,;:'\"\u2018\u2019\u201a\u201c\u201d\u201e\xab\xbb\u2039\u203a()[]*_`"
"""What programs and people put around a date: quotes, brackets, marks, a comma at its end."""

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o|a|º|ª|\.)?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_TIME = re.compile(r"[t\s]\s*\d{1,2}:\d{2}.*", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,4})(?:\s*[-/. ]\s*(\d{1,4}))?\.?")
_IN_ONE = re.compile(r"(\d{1,2})([^\W\d_]{3,})(\d{4})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")

_GOING_ON = """
present|now|today|ongoing|on going|current|currently|continuing|continues|to date|till date|open
to present|still going on|still running|in progress|not ended|never
en cours|actuel|actuellement|a ce jour|aujourd hui|present|toujours en cours
en curso|actual|actualidad|presente|hasta la fecha|hoy|vigente|em curso|atual|ate hoje|laufend|heute
"""
_WORDS_FOR_GOING_ON = frozenset(_GOING_ON.strip().replace("\n", "|").split("|"))


def means_going_on(typed: str) -> bool:
    """Tell whether words stand where a date of the end would, and say that there is none yet."""
    return len(typed) < LONGEST and loosely_folded(typed) in _WORDS_FOR_GOING_ON


def possible_dates(typed: str) -> list[str]:
    """Return the dates that may be meant, as `2026-11-22`, `2026-11` or `2026`; none if none is.

    Two where the day and the month could change places: 03/04/2021.
    """
    text = _plain(typed)
    if len(text) > LONGEST:
        return []
    text = _TIME.sub("", text)
    if match := _RUN_TOGETHER.fullmatch(text):
        return _existing([_iso(*map(int, match.groups()))])
    if match := _NUMBERS.fullmatch(text):
        return _existing(_of_numbers(*match.groups()))
    if _YEAR.fullmatch(text):
        return [text]
    return _existing(_of_words(_IN_ONE.sub(r"\1 \2 \3", text)))


def _plain(typed: str) -> str:
    """Return what was typed with its figures as 0 to 9, whatever their script and width."""
    figures = (str(int(c)) if c.isdecimal() else c for c in normalize("NFKC", typed[: 2 * LONGEST]))
    text = re.sub(r"\\?[-\u2010-\u2015\u2212]", "-", "".join(figures))
    return text.strip(_AROUND).casefold()


def _of_numbers(one: str, two: str, three: str | None) -> Iterator[str]:
    if three is None:
        year, month = (one, two) if len(one) > 2 else (two, one)  # noqa: PLR2004
        if _YEAR.fullmatch(year) and len(month) <= 2:  # noqa: PLR2004
            yield _iso(int(year), int(month))
    elif _YEAR.fullmatch(one) and len(three) <= 2:  # noqa: PLR2004
        yield _iso(int(one), int(two), int(three))
        if int(two) > _MONTHS_IN_A_YEAR:
            yield _iso(int(one), int(three), int(two))
    elif len(one) <= 2 and (_YEAR.fullmatch(three) or len(three) == 2):  # noqa: PLR2004
        year_ = int(three) if len(three) > 2 else 2000 + int(three)  # noqa: PLR2004
        yield _iso(year_, int(two), int(one))
        yield _iso(year_, int(one), int(two))


def _of_words(text: str) -> Iterator[str]:
    """Yield the date of words such as `Sunday, 22nd of Nov. 2026`, `mayo de 2026`, `Q3 2020`."""
    words = [w for w in loosely_folded(re.sub(r"[~≈]", " ", text)).split() if w not in _SKIPPED]
    years = [word for word in words if _YEAR.fullmatch(word)]
    months = [_MONTH_BY_NAME[word] for word in words if word in _MONTH_BY_NAME]
    rest = [w for w in words if w not in _MONTH_BY_NAME and w not in years]
    if len(years) != 1 or len(months) > 1:
        return
    days = [int(match[1]) for word in rest if (match := _ORDINAL.fullmatch(word))]
    if months and len(days) == len(rest) <= 1:
        yield _iso(int(years[0]), months[0], *days)
    elif not months and all(word in _ABOUT_A_YEAR for word in rest):
        yield years[0]


def _iso(year: int, month: int, *day: int) -> str:
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, *day))])


def _existing(dates: Iterator[str] | list[str]) -> list[str]:
    """Return the dates that are in the calendar, each once."""
    return [iso for iso in dict.fromkeys(dates) if _exists(iso)]


def _exists(iso: str) -> bool:
    parts = [int(part) for part in iso.split("-")]
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return False
    return True


_BETWEEN = re.compile(
    r"\s*(?:\s-+\s|-+>|→|\bto\b|\bau\b|\bà\b|\ba\b|\bal\b|\baté\b|\bhasta\b|\bbis\b|\buntil\b"
    r"|\btill\b|\bjusqu'(?:à|en|au)\b|;)\s*"
)
_TWO_YEARS = re.compile(r"(\d{4})\s*(?:-|/)\s*(\d{4}|\d{2})?")
_OPENING = re.compile(r"(?:from|since|between|depuis|de|du|entre|desde|von|seit)\s+")

_ENDING = re.compile(r"(?:until|till|to|jusqu|hasta|até|bis|before|avant|antes)\b")
_PAIRED = {"be", "en"}
"""How the words begin after which `and` stands between two dates: between, entre."""


def possible_periods(typed: str) -> list[tuple[str, str]]:
    """Return the start and the end that may be meant by a text such as `2011-2013`.

    The end is empty where it goes on: `since 2011`, `2011 to present`. Two where `2011-12` is a
    month, or two years.
    """
    text = _plain(typed)
    if len(text) > LONGEST:
        return []
    if match := _TWO_YEARS.fullmatch(text):
        return list(_of_two_years(match[1], match[2] or ""))
    if _ENDING.match(text):
        return []  # only the end is known
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
        text = re.sub(r"\s(?:and|et|y|e|und)\s", " - ", text) if opening[0][:2] in _PAIRED else text
    start, *rest = _BETWEEN.split(text, maxsplit=1)
    starts = [start] if _is_date(start) else possible_dates(start)
    if not rest:
        return [(one, "") for one in starts]
    ends = [rest[0]] if _is_date(rest[0]) else possible_dates(rest[0])
    if means_going_on(rest[0]) or not rest[0]:
        ends = [""]
    return [(one, other) for one, other in product(starts, ends) if not other or one <= other]


def _of_two_years(first: str, second: str) -> Iterator[tuple[str, str]]:
    if len(second) != 2:  # noqa: PLR2004
        yield from [(first, second)] if not second or first <= second else []
        return
    if first < f"{first[:2]}{second}":
        yield first, f"{first[:2]}{second}"
    if _exists(f"{first}-01-01") and 1 <= int(second) <= 12:  # noqa: PLR2004
        yield f"{first}-{second}", ""


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text) is not None and _exists(text)
