"""The sentences that a page hands to its script: as text, and in which language they are.

A script cannot choose among the forms that a language has for a number, so no sentence needs one:
`14 of 26`. What the script puts in stands in braces.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.base.locale import Locale


def script_words(locale: Locale, words: Mapping[str, str]) -> dict[str, str]:
    """Return sentences by the name that the script knows them by, with the signs of the language.

    Where a language has no words they are English, and `language` says so of all that is printed.
    """
    signs = {
        "language": locale.words_language,
        "colon": locale.gettext(":"),
        "comma": locale.comma,
    }
    return {name: str(text) for name, text in {**signs, **words}.items()}
