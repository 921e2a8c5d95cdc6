"""Why a page is made again, in words for whoever reads `casebook build --timings`.

A question whose answer has changed is a reason. Questions that tell the same to a reader have the
same words, and causes come before what follows from them. To add a question, add its words to
`WORDS` where it belongs in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from generator.library.questions import Key

NEW: Final = "new, renamed, or leads elsewhere"
LOST: Final = "its file is gone or damaged"
FIRST: Final = "there is no earlier build to compare with"

_RECORD: Final = "the record {0}"
_FIELD: Final = "'{0}' of all records"
_NAMING: Final = "which records name {1} ({0})"
_TERM: Final = "the term {1}"
_TRYING: Final = "which records tried something about an obstacle"
_RELATED: Final = "which records name each other as related"

WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("version", "outline", "_entries", "claims", "all_claims", "terms"), _RECORD),
    "page": "the page {0}",
    "_page_names": "which plain pages there are",
    "targets": "where the links on {0} lead",
    "vocabulary_term": _TERM,
    "_value_term": _TERM,
    "vocabulary_ids": "which terms {0} has",
    "_fluid_terms": "the order of terms that only records have",
    "_title": "the title of {0}",
    "card": "the card of {0}",
    "case_words": "the words of {0}",
    **dict.fromkeys(("cases_naming", "mentions", "mentions_on_page", "_rare_term"), _NAMING),
    "examples_naming": "which examples name {1} ({0})",
    "named": "whether a record names {1} ({0})",
    **dict.fromkeys(("counts", "_only_place"), "how many records name each term of {0}"),
    "count": "how many records name {1} ({0})",
    "used_terms": "which terms of {0} records name",
    "answer_counts": "how many records say nothing of {0}",
    "_answer_numbers": "how many records answer each question of {0}",
    **dict.fromkeys(("values_of_all", "claims_of_all", "periods", "periods_on_page"), _FIELD),
    "successes": "what records reached",
    "cases_by_answer": "what records say of {2} ({0}, {1})",
    "_terms_in_entries": "what entries say of {0}",
    **dict.fromkeys(("cases_with_response", "_cases_with_response"), _TRYING),
    "amounts": "the numbers of {0} ({1})",
    "amount_ranking": "which records give which number ({0})",
    "amount_summary": "what the numbers of records come to ({0})",
    "_originals": "which records are translations",
    "_current_ids": "former addresses of records",
    "related": "which records are related to {0}",
    **dict.fromkeys(("relations", "_all_named"), _RELATED),
    "_named_by": "which records name {0} as related",
    "updated": "when records were updated",
    **dict.fromkeys(("_counted", "listed"), "which records are counted, and their order"),
    "_examples": "which examples there are, and their order",
    "_ids": "which records there are, and their order",
    "numbered_cases": "which records are counted",
    "is_long": "whether lists are divided",
    "newest_records": "which records are the newest",
    "_filled": "which fields records fill in",
}
"""What has changed, by question; a number in braces stands for an argument of the question."""

_RANKS: Final = {name: rank for rank, name in enumerate(WORDS)}
_FOLLOWS: Final = frozenset({"_title", "card", "related", "_named_by"})
"""What follows from the record that it is about, and is no reason besides."""


def in_words(keys: Iterable[Key]) -> tuple[str, ...]:
    """Return the reasons that changed answers are, by the keys of their questions, each once."""
    ranked = sorted(keys, key=lambda key: (_RANKS[key[0]], key))
    edited = {key[1] for key in ranked if WORDS[key[0]] is _RECORD}
    causes = (key for key in ranked if key[0] not in _FOLLOWS or key[1] not in edited)
    return tuple(dict.fromkeys(WORDS[name].format(*arguments) for name, *arguments in causes))


MODEL: Final = "record.yml, or a vocabulary"
SETTINGS: Final = "a setting"
TEMPLATES: Final = "a template"
SHELL: Final = "what every page shows: the menu, the numbers of records, the newest date"
"""The reason that may follow from each of the others."""


def changed_settings(now: Mapping[str, str], last: Mapping[str, str]) -> tuple[str, ...]:
    """Return the reasons for making all pages again, from the digests of what all depend on."""
    if not last:
        return (FIRST,)
    changed = [reason for reason, digest in now.items() if last.get(reason) != digest]
    return tuple(reason for reason in changed if reason != SHELL) or (SHELL,)
