"""The filters and tests of the templates."""

from __future__ import annotations

import pytest

from generator.pages.filters import having, joined_words, known, says_unknown, unknown_labels
from generator.pages.pieces import Detail, Piece

UNKNOWN = Piece("Inconnu", is_unknown=True)
RESULT = Detail("Did it work?", (Piece("Partly", "worked/partly.html", "partly"),), "term")
RESULTS = Detail("Levels", (Piece("Policy", term="policy"), Piece("Practice", term="practice")))
DATE = Detail("When", (UNKNOWN,), "date")
WORDS = Detail("Response", (Piece("It was partly done."),), "text")
ENTRY = (RESULT, DATE, WORDS, RESULTS)


def test_words_of_pieces() -> None:
    """They are joined by a comma, or by what is asked for; no piece gives no words."""
    assert joined_words(RESULTS.pieces) == "Policy, Practice"
    assert joined_words(RESULTS.pieces, "; ") == "Policy; Practice"
    assert joined_words(()) == ""


@pytest.mark.parametrize(
    ("term", "details"),
    [
        ("", (RESULT, WORDS, RESULTS)),
        ("partly", (WORDS, RESULTS)),
        ("policy", (RESULT, WORDS, RESULTS)),
        ("none", (RESULT, WORDS, RESULTS)),
    ],
)
def test_known_details(term: str, details: tuple[Detail, ...]) -> None:
    """What is unknown is left out, and what says a term and nothing else, in the same order."""
    assert known(ENTRY, term) == list(details)


def test_labels_of_what_is_unknown() -> None:
    """A detail is unknown where all that it says is that it is."""
    both = Detail("Both", (UNKNOWN, Piece("Sand")))
    assert unknown_labels((*ENTRY, both, DATE)) == ["When", "When"]
    assert [says_unknown(detail.pieces) for detail in (both, DATE, WORDS)] == [False, True, False]
    assert not says_unknown(())


def test_values_that_have_something() -> None:
    """An attribute that is empty counts as none."""
    assert having([RESULT, WORDS], "name") == []
    assert having((RESULT, WORDS, Detail("", ())), "pieces") == [RESULT, WORDS]
