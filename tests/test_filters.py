"""The filters and tests of the templates."""

from __future__ import annotations

from generator.pages.filters import having, joined_words, says_unknown
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


def test_pieces_that_say_unknown() -> None:
    """They say that a value is unknown, and nothing else."""
    both = (UNKNOWN, Piece("Sand"))
    assert [says_unknown(each) for each in (both, DATE.pieces, WORDS.pieces)] == [
        False,
        True,
        False,
    ]
    assert not says_unknown(())


def test_values_that_have_something() -> None:
    """An attribute that is empty counts as none."""
    assert having([RESULT, WORDS], "name") == []
    assert having((RESULT, WORDS, Detail("", ())), "pieces") == [RESULT, WORDS]
