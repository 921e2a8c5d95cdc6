"""Filters and tests of the templates: what a template asks of values in a word.

To add one: write a function of the value that stands before the `|` or the `is`, and its entry in
`FILTERS` or `TESTS`. What computes something belongs in `analysis`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.base.locale import Locale
from generator.pages.pieces import Detail, Piece

MOST_WORDS = 3
"""How many values a line names that must stay short."""


def brief(text: str, limit: int = 155) -> str:
    """Return text cut after a word, to about that many characters, with a sign of more."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"


def joined_words(pieces: Iterable[Piece], separator: str = ", ") -> str:
    """Return the texts of pieces, joined."""
    return separator.join([piece.text for piece in pieces])


def having(values: Iterable[object], name: str) -> list[object]:
    """Return those values of which an attribute is true."""
    return [value for value in values if getattr(value, name)]


def says_unknown(pieces: Sequence[Piece]) -> bool:
    """Return whether pieces say that a value is unknown, and nothing else."""
    return len(pieces) == 1 and pieces[0].is_unknown


_TAGS = re.compile(r"</?(?:bdi|span)\b[^>]*>")
"""The elements by which a message tells the language and the direction of its parts."""


def without_marks(text: str) -> str:
    """Return a text for an attribute or a title, which can hold no elements."""
    if type(text) is Markup:
        return Markup(_TAGS.sub("", text)) if "<" in text else text  # noqa: S704 - it is HTML
    return str(text)


def _short(locale: Locale, detail: Detail) -> str:
    """Return the first values of a detail, and how many more there are."""
    texts = [piece.text for piece in detail.pieces]
    first, more = locale.comma.join(texts[:MOST_WORDS]), len(texts) - MOST_WORDS
    return (
        locale.gettext("%(words)s and %(num)s more", words=first, num=more) if more > 0 else first
    )


def _size(locale: Locale, size: int) -> str:
    """Return a size in the largest unit of which there is one, such as `123.5 MB`."""
    if size >= 999_500_000:  # noqa: PLR2004 - what is rounded to one GB is one
        return locale.gettext("%(num)s GB", num=round(Decimal(size) / 10**9, 1))
    if size >= 999_500:  # noqa: PLR2004
        return locale.gettext("%(num)s MB", num=round(Decimal(size) / 10**6, 1))
    if size >= 1000:  # noqa: PLR2004
        return locale.gettext("%(num)s KB", num=round(size / 1000))
    return locale.ngettext("%(num)s byte", "%(num)s bytes", size)


def locale_filters(locale: Locale) -> Mapping[str, Callable[..., Any]]:
    """Return the filters that depend on the language of the site, by name."""
    return {
        "capital": locale.capital,
        "listed": lambda texts, in_message=True: Markup(  # noqa: S704 - each is escaped
            locale.joined_html(texts, in_message=in_message)
        ),
        "lower": locale.lower,
        "number": locale.number,
        "short": partial(_short, locale),
        "size": partial(_size, locale),
        "words": lambda pieces, separator=locale.comma: joined_words(pieces, separator),
    }


FILTERS: Mapping[str, Callable[..., Any]] = {
    "brief": brief,
    "plain": without_marks,
    "having": having,
}
"""The filters by the name that templates know them by; links are filters of `Renderer`,
and `locale_filters` adds those of a language."""

TESTS: Mapping[str, Callable[..., bool]] = {"unknown": says_unknown}
"""The tests by the name that templates know them by."""
