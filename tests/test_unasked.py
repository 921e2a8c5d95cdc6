"""Removing any one question from the recorder leaves something old: each is there for a reason."""

from __future__ import annotations

import pytest

from generator.library.questions import QUESTIONS
from unasked import SHOWN, Edited, Trials, search


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Trials:
    """Return libraries that are edited; what was made of them serves for all tests."""
    return Trials(tmp_path_factory.mktemp("trials"))


def test_every_question_is_shown() -> None:
    """A new question needs an edit that shows it: `python tests/unasked.py --search` finds one."""
    assert set(SHOWN) == set(QUESTIONS)


@pytest.mark.parametrize("question", sorted(SHOWN))
def test_a_question_that_nobody_noted_leaves_something_old(trials: Trials, question: str) -> None:
    """Without the note of a question an edit is not seen, and yet most of the site is right.

    With the note each of these edits is seen: `test_again` compares with a clean build after each.
    """
    stale = trials.stale(SHOWN[question], question)
    files = trials.edited(SHOWN[question])[1]
    assert stale
    assert len(stale) < len(files) / 2


def test_with_all_notes_nothing_is_old(trials: Trials) -> None:
    """What the trials compare differs by the missing note alone."""
    for edited in (Edited("relation"), SHOWN["_counted"]):
        assert trials.stale(edited) == []


def test_the_search_finds_what_is_listed(trials: Trials) -> None:
    """The notes of one build tell which questions an edit shows."""
    found = {
        question: edited
        for question, edited, _ in search({"relations", "_named_by"}, trials, [Edited("relation")])
    }
    assert found == dict.fromkeys(("relations", "_named_by"), Edited("relation"))
