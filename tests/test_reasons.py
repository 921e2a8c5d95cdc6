"""What `casebook build --timings` says of why pages were made again, after edits of every sort."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from edited_library import Garden, answers_of, build, memory, write_library
from edits import EDITS
from generator.build.reasons import WORDS, in_words
from generator.library.questions import QUESTIONS
from trouble import run

RECORD = "the record hill"
SHELL = "what every page shows: the menu, the numbers of records, the newest date"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that was built."""
    root = write_library(tmp_path_factory.mktemp("reasons") / "root")
    build(root)
    return root


def reasons_after(
    root: Path, place: Path, edit: str, old: str = "", new: str = ""
) -> dict[str, str]:
    """Edit a record of a copy, or as `EDITS` does; return the reasons by kind of page."""
    garden = Garden(shutil.copytree(root, place), random.Random(9))  # noqa: S311
    if edit in EDITS:
        EDITS[edit](garden)
    else:
        garden.change(garden.record(edit), old, new)
    *_, table = run(garden.root, "build", "--timings").stderr.split("\n\n")
    head, *lines = (re.split(r"  +", line) for line in table.splitlines())
    assert head == ["made again", "pages", "because of"]
    return {name: reasons for name, _, reasons in lines}


def test_every_question_has_words(root: Path) -> None:
    """A changed answer reads as words for a person, its arguments among them."""
    assert WORDS.keys() == QUESTIONS.keys()
    for answer in answers_of(memory(root).load()).values():
        (words,) = in_words([answer.key])
        assert not re.search(r"[{}_]", words.replace("/", "")) or "_" in "".join(answer.key[1:])


def test_a_record_is_named_once() -> None:
    """What follows from a record that has changed is no reason besides; the cause comes first."""
    keys = [("related", "x"), ("card", "x"), ("card", "y"), ("outline", "x"), ("version", "x")]
    assert in_words(keys) == ("the record x", "the card of y")


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        pytest.param("without a tree;", "without trees;", {"case.html"}, id="word"),
        pytest.param("How it began", "How it all began", {"case.html"}, id="heading"),
        pytest.param("motto: Water", "motto: Rain", {"case.html"}, id="line"),
        pytest.param(
            "And never stopped.",
            "And it never stopped.",
            {"case.html", "term.html", "home.html", "report.html", "gaps.html", "meeting.html"},
            id="claim",
        ),
    ],
)
def test_words_of_a_record(root: Path, tmp_path: Path, old: str, new: str, kinds: set[str]) -> None:
    """Where only the words of a record are others, it is named, and nothing else."""
    reasons = reasons_after(root, tmp_path / "root", "hill", old, new)
    assert reasons.keys() == kinds
    assert set(reasons.values()) == {RECORD}


def test_a_term_that_is_dropped(root: Path, tmp_path: Path) -> None:
    """The lists that it stood in say which, and how the record looks there."""
    reasons = reasons_after(root, tmp_path / "root", "hill", "[sandy, clay]", "[sandy]")
    assert reasons["facet.html"] == "how many records name each term of soil"
    assert reasons["cases.html"].startswith("the card of hill; ")
    assert reasons["news.html"] == "the card of hill"
    assert "which records name clay (soil)" in reasons["term.html"]
    assert not [words for words in reasons.values() if "_" in words]


def test_a_title(root: Path, tmp_path: Path) -> None:
    """Another title is seen on cards; where it moves a record, the order is named as well."""
    reasons = reasons_after(root, tmp_path / "one", "title that keeps its place")
    assert reasons["case.html"].startswith("the record twin")
    reasons = reasons_after(root, tmp_path / "other", "title that moves")
    assert reasons["cases.html"] == (
        "the card of plot-2; which records are counted, and their order"
    )


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ("label that moves", "record.yml, or a vocabulary"),
        ("label of a field", "record.yml, or a vocabulary"),
        ("template", "a template"),
        ("settings", "a setting"),
        ("inherited", "a setting"),
        (
            "newest day of all",
            "what every page shows: the menu, the numbers of records, the newest date",
        ),
        ("more", "what every page shows: the menu, the numbers of records, the newest date"),
    ],
)
def test_what_every_page_depends_on(root: Path, tmp_path: Path, edit: str, reason: str) -> None:
    """One line says that all pages were made again, and what is to blame, without what follows."""
    assert reasons_after(root, tmp_path / "root", edit) == {"every page": reason}


def test_a_plain_page_and_a_partner(root: Path, tmp_path: Path) -> None:
    """Pages and terms are named as records are."""
    assert reasons_after(root, tmp_path / "one", "page") == dict.fromkeys(
        ("index.html", "plain.html"), "the page about"
    )
    reasons = reasons_after(root, tmp_path / "other", "capitals of a new partner")
    assert reasons["case.html"] == "the term old-barn; the record plot-1"
