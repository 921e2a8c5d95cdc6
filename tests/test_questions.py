"""Questions: answered once, noted for whoever asks, and the only way to the records."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator
from generator.library import questions
from generator.library.library import Library
from generator.library.questions import QUESTIONS, Recorder, question

ROOT = Path(generator.__file__).parent
DATA = {"_collection", "_resolved"}
"""What only questions may read."""


class Shelf:
    """A library of numbers, which counts how often it is looked at."""

    def __init__(self, **numbers: int) -> None:
        """Start with nobody asking."""
        self.numbers = numbers
        self.recorder = Recorder()
        self.looks = 0


@question
def number_on_shelf(shelf: Shelf, name: str) -> int:
    """Return a number."""
    shelf.looks += 1
    return shelf.numbers[name]


@question
def evenness_on_shelf(shelf: Shelf, name: str) -> bool:
    """Return whether a number is even."""
    return number_on_shelf(shelf, name) % 2 == 0


OURS = {name: QUESTIONS.pop(name) for name in ("number_on_shelf", "evenness_on_shelf")}


@pytest.fixture(autouse=True)
def ours() -> Iterator[None]:
    """Let our own questions be among all, while a test of this file runs."""
    QUESTIONS.update(OURS)
    yield
    for name in OURS:
        del QUESTIONS[name]


def kept(shelf: Shelf, *names: str) -> tuple[questions.KeptAnswers, dict[str, set[int]]]:
    """Ask whether numbers are even; return what is kept, and what each asking noted."""
    noted = {}
    for name in names:
        with shelf.recorder.serving() as asked:
            evenness_on_shelf(shelf, name)
        noted[name] = asked
    return questions.KeptAnswers([shelf.recorder.take().packed()]), noted


def changed(shelf: Shelf, answers: questions.KeptAnswers) -> set[str]:
    """Return the questions whose answers are others on another shelf."""
    found, _ = questions.changed_answers(shelf, answers, lambda _key: True)
    return {" ".join(key) for key in found.values()}


def test_an_answer_is_given_once_and_noted_each_time() -> None:
    """Whoever asks depends on the question, also where the answer was there already."""
    shelf = Shelf(one=1)
    _, first = kept(shelf, "one")
    _, second = kept(shelf, "one")
    assert shelf.looks == 1
    assert first == second == {"one": {questions.number_of(("evenness_on_shelf", "one"))}}


def test_a_change_stops_where_an_answer_stays_the_same() -> None:
    """From 1 to 3 the number changes, and nothing that was made of it; from 1 to 2 both."""
    answers, _ = kept(Shelf(one=1, two=2), "one", "two")
    assert changed(Shelf(one=1, two=2), answers) == set()
    assert changed(Shelf(one=3, two=2), answers) == {"number_on_shelf one"}
    assert changed(Shelf(one=2, two=2), answers) == {
        "number_on_shelf one",
        "evenness_on_shelf one",
    }


def test_what_is_gone_has_changed() -> None:
    """A question about something that is not there any more has no answer, and no error."""
    answers, _ = kept(Shelf(one=1), "one")
    assert changed(Shelf(), answers) == {"number_on_shelf one", "evenness_on_shelf one"}


def test_questions_that_may_not_change_are_not_asked_again() -> None:
    """An edit that is known to touch nothing costs nothing."""
    answers, _ = kept(Shelf(one=1), "one")
    shelf = Shelf(one=2)
    assert questions.changed_answers(shelf, answers, lambda _key: False)[0] == {}
    assert shelf.looks == 0


def test_a_question_reads_records_or_asks_others() -> None:
    """One that did both would not be asked again where only the records have changed.

    What is about one case may read it after it has asked for its version.
    """
    for name, ask in QUESTIONS.items():
        source = inspect.getsource(inspect.unwrap(ask))
        body = ast.parse(source.strip() if source[0] != " " else f"if 1:\n{source}")
        own = {
            node.attr
            for node in ast.walk(body)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        }
        asks = own & {each for each in QUESTIONS if hasattr(Library, each)}
        if own & DATA and asks:
            assert "version" in asks, f"{name} reads records and asks {sorted(asks)}"


@pytest.mark.parametrize("package", ["analysis", "exports", "pages"])
def test_no_page_reads_what_it_did_not_ask_for(package: str) -> None:
    """Pages, numbers and data files reach the records by questions alone."""
    for file in sorted((ROOT / package).rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not read & DATA, f"{file.name} reads {sorted(read & DATA)}"
