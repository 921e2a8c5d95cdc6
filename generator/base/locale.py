"""`Locale`: the words of casebook's own in one language, and how it writes dates and numbers.

The words are data: a gettext catalogue for each language in `catalogues/`, and the messages
themselves are the English. Where a language has no catalogue, or lacks a message, the English one
is used, and says so where it is printed: `EnglishText` carries `lang="en"` into HTML. Dates, lists
and numbers come from CLDR, by Babel. An English site needs neither, and loads none of it.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from markupsafe import Markup, escape

from generator.base.dates import date_in_words, last_day

if TYPE_CHECKING:
    import babel

CATALOGUES = Path(__file__).parent / "catalogues"
"""The folder of the catalogues: `fr.po`, `pt_BR.po`, `sr_Latn.po`."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left."""

_SCRIPTS = {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"}
"""Scripts that run from right to left, by their ISO 15924 codes."""

_CAPITAL_NOUNS = frozenset({"de", "gsw", "lb", "nds"})
"""Languages that write nouns with a capital, so that a label keeps its own in a sentence."""

_DOTTED = frozenset({"az", "tr"})
"""Languages with a dotted and a dotless i."""

_COMMAS = dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), "، ") | dict.fromkeys(
    ("ja", "zh"), "、"
)
"""What divides a list where it is not a comma and a space."""

_OPEN = '<span lang="en" dir="ltr">'
_CLOSE = "</span >"
"""What stands around English on a page in another language, while the page is made.

The space tells this end from that of any other span: `merged` joins neighbours by it.
"""

_BETWEEN = re.compile(rf"{_CLOSE}(\s*){_OPEN}")

_FIRST_LETTER = re.compile(r"(?<![^>])[^<]")
"""The first character of HTML that stands in no tag."""

LEAST_GROUPED = 1000
"""In a smaller number no sign stands between digits."""

Value = str | int | Decimal
"""What stands for a placeholder of a message."""


class EnglishText(str):  # noqa: SLOT000 - a subclass of str can have no slots of its own
    """A message in English on a page in another language; `html` marks each part's language."""

    html: str

    def __new__(cls, text: str, html: str) -> Self:
        """Keep both forms of the message."""
        new = super().__new__(cls, text)
        new.html = html
        return new

    def __html__(self) -> str:
        """Return the HTML, as templates print it."""
        return self.html


class _NoMessage(gettext.NullTranslations):
    """The end of the search for a message: it is in no catalogue."""

    def gettext(self, message: str) -> str:
        del message
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        del msgid1, msgid2, n
        return ""


class Locale:
    """How one language says what casebook says; `language` is the BCP 47 tag of a site.

    A placeholder of a message is written `%(name)s`. A whole number stands there as the language
    writes it.
    """

    def __init__(self, language: str = "en") -> None:
        """Take the tag; what belongs to it is looked up when it is asked for."""
        self.language = language or "en"
        subtags = self.language.lower().split("-")
        self.primary = subtags[0]
        self.is_english = self.primary == "en"
        scripts = [tag for tag in subtags[1:] if len(tag) == 4 and tag.isalpha()]  # noqa: PLR2004 - a script
        self.is_right_to_left = scripts[0] in _SCRIPTS if scripts else self.primary in RIGHT_TO_LEFT
        self._messages: dict[str, tuple[str, bool]] = {}

    @property
    def direction(self) -> str:
        """Return the direction in which the language is written: `ltr` or `rtl`."""
        return "rtl" if self.is_right_to_left else "ltr"

    # ---- words -----------------------------------------------------------------------------------

    @cached_property
    def catalogue(self) -> Path | None:
        """The file of the language's words; None where there is none yet, and for English."""
        subtags = self.language.split("-")
        script = subtags[1].title() if len(subtags) > 1 and len(subtags[1]) == 4 else ""  # noqa: PLR2004
        region = next((tag.upper() for tag in subtags[1:] if len(tag) == 2), "")  # noqa: PLR2004
        # Words in one script are none for readers of another.
        base = f"{self.primary}_{script}" if script else self.primary
        for name in (f"{base}_{region}", base):
            file = CATALOGUES / f"{name}.po"
            if file.is_file():
                return file
        return None

    @property
    def lacks_words(self) -> bool:
        """Return whether the words of the interface are English for want of a catalogue."""
        return not self.is_english and self.catalogue is None

    @property
    def words_language(self) -> str:
        """Return the language that the words of the interface are in."""
        return "en" if self.lacks_words else self.language

    @cached_property
    def _translations(self) -> gettext.NullTranslations:
        if self.catalogue is None:
            return _NoMessage()
        # A catalogue is compiled when it is used: no second form of it can be out of date.
        from babel.messages.mofile import write_mo  # noqa: PLC0415 - English sites need none of it
        from babel.messages.pofile import read_po  # noqa: PLC0415

        compiled = io.BytesIO()
        with self.catalogue.open("rb") as file:
            write_mo(compiled, read_po(file))
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        translations.add_fallback(_NoMessage())
        return translations

    def find(self, message: str) -> tuple[str, bool]:
        """Return a message in the language's own words if it has them, and whether it has."""
        known = self._messages.get(message)
        if known is None:
            own = message if self.is_english else self._translations.gettext(message)
            known = self._messages[message] = (own or message, bool(own))
        return known

    def find_number(self, one: str, many: str, number: int) -> tuple[str, bool]:
        """Return the form of a message for a number, and whether it is in the language itself."""
        if self.is_english:
            return (one if number == 1 else many), True
        own = self._translations.ngettext(one, many, number)
        return own or (one if number == 1 else many), bool(own)

    def gettext(self, message: str, /, **values: Value) -> str:
        """Return a message in words."""
        return self._filled(*self.find(message), values)

    def ngettext(self, one: str, many: str, num: int, /, **values: Value) -> str:
        """Return the form of a message for a number, which is its placeholder `num`."""
        return self._filled(*self.find_number(one, many, num), {"num": num, **values})

    def _filled(self, text: str, own: bool, values: dict[str, Value]) -> str:  # noqa: FBT001
        if own:
            return text % {name: self._plain(v) for name, v in values.items()} if values else text
        plain = text % {name: str(value) for name, value in values.items()} if values else text
        return EnglishText(plain, self._filled_html(str(escape(text)), values, own=False))

    def _plain(self, value: Value) -> str:
        return value if isinstance(value, str) else self.number(value)

    def html(self, message: str, /, **values: Value) -> str:
        """Return a message that is HTML, its values as HTML."""
        text, own = self._messages.get(message) or self.find(message)
        return self._filled_html(text, values, own=own)

    def number_html(self, one: str, many: str, num: int, /, **values: Value) -> str:
        """Return the form for a number of a message that is HTML, its values as HTML."""
        text, own = self.find_number(one, many, num)
        return self._filled_html(text, {"num": num, **values}, own=own)

    def _filled_html(self, text: str, values: dict[str, Value], *, own: bool) -> str:
        """Return a message that is HTML with its values as HTML; English says that it is.

        A value has a language and a direction of its own where these can differ from the message's.
        """
        if own and not self.is_right_to_left:
            if not values:
                return text
            # Pages are made of thousands of messages: this is written to be fast.
            for name, value in values.items():
                if type(value) is int and value < LEAST_GROUPED:
                    values[name] = str(value)
                elif type(value) is not Markup:
                    values[name] = self._html(value)
            return text % values
        if values:
            language = "" if own else f' lang="{escape(self.language)}"'
            text %= {name: self._isolated(v, language) for name, v in values.items()}
        return text if own else f"{_OPEN}{text}{_CLOSE}"

    def _html(self, value: Value) -> str:
        return escape(value) if isinstance(value, str) else self.number(value)

    def _isolated(self, value: Value, language: str) -> str:
        if not isinstance(value, str):
            return f"{value:,}" if language else self.number(value)
        html = self._html(value)
        if not html or html.startswith(_OPEN):
            return html
        return f"<bdi{language}>{html}</bdi>"

    def concatenated(self, *texts: str) -> str:
        """Return texts one after the other; what is English among them still says so as HTML."""
        plain = "".join(texts)
        if any(isinstance(text, EnglishText) for text in texts):
            return EnglishText(plain, "".join(map(self._html, texts)))
        return plain

    def joined_by_commas(self, texts: Sequence[str]) -> str:
        """Return texts as a list without a last "and"."""
        parts = [part for text in texts for part in (self.comma, text)]
        return self.concatenated(*parts[1:])

    def merged(self, html: str) -> str:
        """Return a page whose English sentences that follow each other are one element.

        Else a page from right to left would show the second sentence to the left of the first.
        """
        return _BETWEEN.sub(r"\1", html).replace(_CLOSE, "</span>") if _CLOSE in html else html

    # ---- nouns -----------------------------------------------------------------------------------

    def counted(self, num: int, one: str, many: str) -> str:
        """Return a number and what is counted: `one` and `many` are the site's own words."""
        return f"{self.number(num)} {self.noun(num, one, many)}"

    def noun(self, num: int, one: str, many: str) -> str:
        """Return the form of a noun for a number, of the two that a model has."""
        return one if self._plural_form(num) == self._plural_form(1) else many

    def _plural_form(self, num: int) -> str:
        if self.is_english or self._cldr is None:
            return "one" if num == 1 else "other"
        return self._cldr.plural_form(num)

    def lower(self, text: str) -> str:
        """Return a label as it stands inside a sentence."""
        if self.primary in _CAPITAL_NOUNS:
            return text
        if self.primary in _DOTTED:
            text = text.replace("İ", "i").replace("I", "\N{LATIN SMALL LETTER DOTLESS I}")
        return text.lower()

    def capital(self, text: str) -> str:
        """Return a text with a capital at its beginning."""
        if isinstance(text, EnglishText):
            html = _FIRST_LETTER.sub(lambda match: match[0].upper(), text.html, count=1)
            return EnglishText(self.capital(str(text)), html)
        first = "İ" if self.primary in _DOTTED and text[:1] == "i" else text[:1].upper()
        return first + text[1:]

    # ---- dates, numbers, lists -------------------------------------------------------------------

    @cached_property
    def _cldr(self) -> babel.Locale | None:
        """What CLDR knows of the language; None where it does not know it."""
        from babel import Locale as Cldr  # noqa: PLC0415 - English sites need none of it
        from babel import UnknownLocaleError  # noqa: PLC0415

        for tag in (self.language, self.primary):
            try:
                return Cldr.parse(tag, sep="-")
            except (UnknownLocaleError, ValueError):
                continue
        return None

    def date(self, text: str) -> str:
        """Return a date in words, as far as it is given: a year, a month or a day.

        Any other text is returned as it is.
        """
        last = last_day(text)
        if self.is_english or last is None or self._cldr is None:
            return date_in_words(text)
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415

        parts = text.count("-")
        moment = date(last.year, last.month, last.day if parts == 2 else 1)  # noqa: PLR2004
        if parts == 2:  # noqa: PLR2004 - a day
            return format_date(moment, "long", self._cldr)
        return format_skeleton("yMMMM" if parts else "y", moment, locale=self._cldr)

    def date_in_sentence(self, text: str) -> str:
        """Return a date for a message: in the language that the message has."""
        if not self.lacks_words or not text:
            return self.date(text)
        words = date_in_words(text)
        return EnglishText(words, f"{_OPEN}{escape(words)}{_CLOSE}")

    def number(self, value: int | Decimal) -> str:
        """Return a number with the signs that the language puts between its digits."""
        if self.is_english or self._cldr is None:
            return f"{value:,}"
        if isinstance(value, int) and abs(value) < LEAST_GROUPED:
            return str(value)
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(value, locale=self._cldr, decimal_quantization=False)

    @property
    def comma(self) -> str:
        """Return what stands between the parts of a list that has no last "and"."""
        return _COMMAS.get(self.primary, ", ")

    def joined(self, texts: Sequence[str]) -> str:
        """Return texts as a list in a message: `a, b and c`."""
        return self._joined(texts, str, in_message=True)

    def joined_html(self, texts: Iterable[str], *, in_message: bool = True) -> str:
        """Return texts as a list, as HTML; markup among them stays.

        In a message the list has the language of the message.
        """
        parts = [self._html(text) for text in texts]
        return self._joined(parts, _escaped, in_message=in_message)

    def _joined(self, texts: Sequence[str], sign: Callable[[str], str], *, in_message: bool) -> str:
        if len(texts) < 2:  # noqa: PLR2004 - no list
            return "".join(texts)
        *others, last = texts
        if self.is_english or self._cldr is None or (in_message and self.lacks_words):
            return f"{', '.join(others)} and {last}"
        if len(texts) == 2:  # noqa: PLR2004 - a pair has a form of its own
            return sign(self._cldr.list_patterns["standard"]["2"]).format(*texts)
        start, end = (sign(self._cldr.list_patterns["standard"][at]) for at in ("start", "end"))
        middle = sign(self._cldr.list_patterns["standard"]["middle"])
        listed = others[-1]
        for text in reversed(others[1:-1]):
            listed = middle.format(text, listed)
        return end.format(start.format(others[0], listed) if len(others) > 1 else others[0], last)


def _escaped(text: str) -> str:
    return str(escape(text))


ENGLISH = Locale()
"""The locale of a site that names no language."""
