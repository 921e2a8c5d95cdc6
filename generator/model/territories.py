"""The names of countries and regions in the languages of CLDR, by Babel.

Few records need them, and loading them takes longer than reading a record: so they are loaded when
somebody asks for a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType


@cache
def territory_names(language: str) -> Mapping[str, str]:
    """Return the names in a language by code, empty where CLDR does not know the language.

    A code is that of ISO 3166-1 in two capitals, or three digits of UN M49: `LA`, `035`.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - most runs need none of it

    try:
        return MappingProxyType(dict(Locale.parse(language, sep="-").territories))
    except (UnknownLocaleError, ValueError):
        return MappingProxyType({})
