"""E-mail addresses and telephone numbers in a text, told apart from all its other numbers.

Case studies are full of figures, years, laws and references, and an author who is warned of them
stops reading. So a number is a telephone number only if something says so:

1. Lines without an `@` or six digits are skipped: most lines of a text.
2. What is certainly something else is masked: web addresses, DOIs, ISBNs, dates, decimals.
3. Each group of digits that is left is a candidate, unless a word before it says what it counts
   (`grant`, `decree`, `USD`).
4. A candidate with a label (`Tel.`, `WhatsApp`) needs few digits. One without must have a form in
   `_FORMS`: a country code, a leading zero, an area in parentheses, or groups of known lengths.
   Groups of three are refused where they read as a figure: `1 087 154`.

Digits of any script count. No pattern takes a time that grows with the square of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}(?:[ ]?@[ ]?|%40|&\#0{0,5}64;|&\#x0{0,5}40;|&commat;"
    r"|[ ]?[(\[](?:at|@)[)\]][ ]?)"
    r"(?:[\w-]{1,63}(?:\.|[ ]?[(\[](?:dot|\.)[)\]][ ]?)){1,8}[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_MAIL_SIGN = re.compile(r"@|[(\[]at[)\]]|%40|&(?:#|commat)", re.IGNORECASE)
_SIGNS = ("@", "%40", "&#", "&c", "at)", "at]")
"""In small letters. One of them is in every text that `_MAIL_SIGN` matches: a quick first test."""
_SIX_DIGITS = re.compile(r"[0-9](?:[ ().\-/]{0,3}[0-9]){5}")
"""A part of every number that may be reported, since LABELLED is the fewest digits."""
_HINT = re.compile(rf"{_SIX_DIGITS.pattern}|{_MAIL_SIGN.pattern}", re.IGNORECASE)

_MASKED = re.compile(
    r"""(?x)
      (?: https?:// | www\. ) [^\s<>]+
    | \b 10\.\d{4,9}/ [^\s<>]+                                       # a DOI
    | \b 97[89] [ -]? (?:\d[ -]?){9} \d \b                           # an ISBN
    | \b (?:isbn|issn|orcid|pmid|isni|oclc|doi)\b [^\d\n]{0,12} \d [\dx \t-]*
    | (?<!\d)(?<!\d[./-]) (?: \d{4} ([./-]) (?:0?[1-9]|1[0-2]) (?: \1 (?:0?[1-9]|[12]\d|3[01]) )?
        | (?:0?[1-9]|[12]\d|3[01]) ([./ -]) (?:0?[1-9]|1[0-2]) \2 (?:1[5-9]|20)\d\d
        | (?:0?[1-9]|1[0-2]) ([./-]) (?:1[5-9]|20)\d\d ) (?![./-]?\d)  # a day or a month
    | (?<![\d.+(])(?<!\d[ ]) \d{1,3}\.\d+ (?![\d.]) (?![ ]\d{3,4}(?!\d))  # a decimal
    | (?<![\d.+]) \d{1,3} (?:\.\d{1,3}){3} (?![\d.])                 # an address of a computer
    """,
    re.IGNORECASE,
)
_LABEL = (
    r"(?: \b (?: tel | t[eé]l[eé]?(?:ph|f)on[eo]? | telephone | phone | mobile | cell(?:ular)?"
    r" | celular | m[oó]vil | m[oó]bil | portable | whatsapp | viber | fax | hotline | ph | тел"
    r" | điện[ ]thoại | đt ) (?:\.|\b) | 电话 | 電話 | 手机 | 전화 | هاتف | تلفون | فون | फ़ोन"
    r" | โทร | ໂທ | ទូរស័ព្ទ | ስልክ )"
    r" (?: [ ]? (?: number | no | nr | n° | num[eé]ro ) \b \.? )?"
)
_CANDIDATE = re.compile(
    rf"""(?x)
    (?P<label> {_LABEL} [ \t]{{0,3}} (?P<colon>[:=]?) [ \t]{{0,3}} )?
    (?<![\w.,/+-]) (?P<number> \+? [ ]? \(? \+? \d (?: [ ().\-/]{{0,3}} \d )* )
    (?! [\d\w] | [.,]\d )
    """,
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\b(?:grant|award|contract|agreement|project|decree|decision|law|act|resolution|circular"
    r"|order|ordinance|regulation|directive|permit|licen[cs]e|invoice|account|ref|reference|isbn"
    r"|no|nr|nos|n[uú]m|d[eé]cret|loi|decreto|ley|usd|eur|gbp|chf|lak|khr|vnd|thb|kes|inr|us)|№|[$€£¥#]"
    r"|n°)s?[ .:#]{0,3}(?:(?:no|nr|n°)[ .:]{0,3})?$",
    re.IGNORECASE,
)
"""A word before a number that makes it the number of a paper, or a sum of money."""

_GROUPS = re.compile(r"\d+")
_FIGURE = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_CHAT = re.compile(r"\b(?:wa\.me|t\.me|api\.whatsapp\.com)/[^\s<>]*\d{7}", re.IGNORECASE)

FEWEST, MOST = 8, 15
"""How many digits a whole telephone number has, at least and at most."""

LABELLED = 6
"""The fewest digits of a telephone number that has a label."""

BARE = 10
"""How many digits a mobile number has in India and its neighbours: often written without gaps."""

SHAPES = frozenset(
    {(3, 3, 4), (3, 4, 4), (2, 4, 4), (2, 5, 4), (1, 3, 3, 4), (3, 7), (2, 3, 4)}
    | {(2, 3, 2, 2), (3, 3, 2, 2), (3, 2, 2, 2), (2, 2, 2, 2), (2, 2, 2, 2, 2), (1, 2, 2, 2, 2)}
)
"""How many digits the groups of a national number without a leading zero have.

No figure is grouped so: its groups have three digits, but for the first.
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """An address or number as typed. `kind` names it in words; line and column start at 1."""

    line: int
    column: int
    kind: str
    text: str


def find_contacts(text: str) -> Iterator[Contact]:
    """Yield each e-mail address and telephone number of a text, line by line.

    In a line the addresses come first.
    """
    plain = _with_plain_characters(text)
    small = plain.lower()
    # This is run over every file of every build. The search jumps from hint to hint in the whole
    # text, and only the lines around a hint are looked at closely.
    hints = _HINT if any(sign in small for sign in _SIGNS) else _SIX_DIGITS
    line_number, end = 1, -1
    while hint := hints.search(plain, end + 1):
        start = plain.rfind("\n", 0, hint.start()) + 1
        line_number += plain.count("\n", max(end, 0), start)
        end = plain.find("\n", hint.end())
        end = end if end >= 0 else len(plain)
        yield from _contacts_in_line(text[start:end], plain[start:end], line_number)


def _contacts_in_line(line: str, plain: str, number: int) -> Iterator[Contact]:
    if _MAIL_SIGN.search(plain):
        for match in _MAIL.finditer(plain):
            typed = line[match.start() : match.end()]
            yield Contact(number, match.start() + 1, "an e-mail address", typed)
    for start, end in _telephone_numbers(plain):
        yield Contact(number, start + 1, "a telephone number", line[start:end])


def _telephone_numbers(line: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each telephone number in a line."""
    for match in _CHAT.finditer(line):
        yield match.span()
    # A mask is as long as what it covers, so that positions stay right.
    masked = _MASKED.sub(lambda match: "x" * len(match[0]), line)
    for match in _CANDIDATE.finditer(masked):
        number = match["number"]
        if _is_telephone(
            number.strip(), label=match["label"] or "", firm=_has_firm_label(match)
        ) and not _numbers_something_else(match):
            start = match.start("number") + len(number) - len(number.lstrip())
            yield start, match.end("number")


def _numbers_something_else(match: re.Match[str]) -> bool:
    """Tell whether a word before a number says what it is: `grant 0123-456-7890`, `USD 100-200`.

    A `+` is stronger than any word.
    """
    start = match.start("number")
    bare = not match["label"] and not match["number"].startswith("+")
    return bare and _OTHER.search(match.string[max(start - 30, 0) : start]) is not None


def _is_telephone(number: str, *, label: str, firm: bool) -> bool:
    """Tell whether a number is one by its label, or by one of the forms."""
    groups = tuple(_GROUPS.findall(number))
    digits = "".join(groups)
    if len(digits) > MOST:
        return False
    if label and len(digits) >= LABELLED and (firm or _can_follow_weak_label(number, groups)):
        return True
    return any(form(number, groups, digits) for form in _FORMS)


def _has_firm_label(match: re.Match[str]) -> bool:
    """Tell `Tel. 212 345` and `phone: 5551234`, which are labelled, from `mobile 120 000 users`."""
    return bool(match["colon"]) or (match["label"] or "").rstrip().endswith(".")


def _can_follow_weak_label(number: str, groups: tuple[str, ...]) -> bool:
    """Tell whether a number after a mere word such as `phone` is no count of phones."""
    return not (_is_figure(number, groups) or number.endswith("000") or len(number) <= LABELLED)


def _is_figure(number: str, groups: tuple[str, ...]) -> bool:
    """Tell whether a number reads as a figure, a range of figures, or years."""
    parts = [part.strip() for part in re.split(r"[-/]", number.lstrip("+ "))]
    figures = all(_FIGURE.fullmatch(part) and not part.startswith("0") for part in parts)
    return figures or all(_YEAR.fullmatch(group) for group in groups)


def _international(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether a country code starts it: `+856 20 5555 1234`, but not `+1 200 000`."""
    plus = number.lstrip("( ").startswith("+")
    zeros = re.match(r"\(?00[1-9]", number) is not None and number.count("/") == 0
    rest = digits if plus else digits.removeprefix("00")
    if not (plus or zeros) or len(rest) < FEWEST:
        return False
    return not (_is_figure(number, groups) and (len(rest) <= FEWEST or digits.endswith("000")))


def _with_trunk_zero(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether a zero starts it: `020 5555 1234`, `(021) 212 345`, `0712345678`."""
    if not digits.startswith("0") or digits.startswith("00") or number.count("/") > 1:
        return False
    lengths = tuple(map(len, groups))
    if len(digits) == FEWEST:
        return len(groups) > 1 and len(groups[0]) in {2, 3} and not _dated(groups)
    fits = FEWEST < len(digits) <= FEWEST + 4 and lengths != (5, 4)
    return fits and not _dated(groups) and not ("/" in number and groups[2:])


def _with_area(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether an area in parentheses starts it: `(555) 123-4567`, `(11) 98765-4321`."""
    area = re.match(r"\((\d{2,4})\) ?(.+)", number)
    if not area or _YEAR.fullmatch(area[1]) or not FEWEST <= len(digits) <= FEWEST + 4:
        return False
    return not _is_figure(area[2], groups[1:]) or not digits.endswith("000")


def _grouped(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether its groups have known lengths: `555-123-4567`, `70 12 34 56`."""
    lengths = tuple(map(len, groups))
    separators = set(_GROUPS.sub("", number))
    if lengths == (3, 3, 3):  # with spaces or points it is a figure
        return separators == {"-"}
    if lengths == (5, 5):  # `98765 43210`, but not the range `12000-15000`
        return separators == {" "} and not digits.endswith("00")
    if lengths not in SHAPES or not separators <= set(" .-") or _dated(groups):
        return False
    # Signs that change from gap to gap are no accident only in the best known forms.
    return len(separators) == 1 or lengths in {(3, 3, 4), (2, 4, 4), (2, 5, 4), (1, 3, 3, 4)}


def _bare(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether it is a mobile number without gaps: `9876543210`, but not `7000000000`."""
    return (
        number == digits
        and len(digits) == BARE
        and digits[0] in "6789"
        and not digits.endswith("000")
        and len(groups) == 1
    )


_FORMS: tuple[Callable[[str, tuple[str, ...], str], bool], ...] = (
    _international,
    _with_trunk_zero,
    _with_area,
    _grouped,
    _bare,
)
"""Each form takes a number as typed, its groups of digits, and all its digits."""


def _dated(groups: tuple[str, ...]) -> bool:
    """Tell whether the first or the last group is a year: `12 06 2015`."""
    return any(_YEAR.fullmatch(group) for group in (groups[0], groups[-1]))


_SAME_WIDTH = {
    **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\uff20\ufe6b", "@"),
    **dict.fromkeys("\uff0b\ufe62", "+"),
    "\uff0e": ".",
    "\uff08": "(",
    "\uff09": ")",
}
_ODD = re.compile(r"[^\x00-\x08\n-\x7f]")


def _with_plain_characters(text: str) -> str:
    """Return a text with digits, spaces and signs in their ASCII form, none of them moved."""
    if text.isascii() and "\t" not in text:
        return text
    for odd in set(_ODD.findall(text)):
        text = text.replace(odd, _SAME_WIDTH.get(odd) or str(unicodedata.decimal(odd, odd)))
    return text
