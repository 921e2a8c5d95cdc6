"""What is made again after an edit: byte for byte what a build without a cache makes."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from edited_library import (
    Garden,
    Options,
    answers_of,
    build,
    built,
    differing,
    memory,
    same_as_clean,
    write_library,
    write_long_library,
)
from edits import EDITS, LONG_EDITS, OPTIONS
from generator.library.amend import MAY_CHANGE
from generator.library.questions import QUESTIONS
from generator.output.cannot_write import CannotWrite
from trouble import FUZZ

SETTLED = 2.2
"""In seconds: a file that was written longer ago is known by its times."""


def planted(root: Path, name: str) -> Garden:
    """Return a library that was built, with chances of its own."""
    garden = Garden(root, random.Random(name if FUZZ == 1 else None))  # noqa: S311
    build(root)
    assert garden.file(".casebook-cache/last-build").is_file()
    return garden


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    """Return a library that was built just now: files are too new to be known by their times."""
    return planted(write_library(tmp_path / "root"), "fresh")


@pytest.fixture
def settled(tmp_path: Path) -> Garden:
    """Return a library that was built, and written some time before: files are known by times."""
    root = write_library(tmp_path / "root")
    time.sleep(SETTLED)
    return planted(root, "settled")


def groups(chance: random.Random, names: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    """Return the names in some order, so many at a time."""
    left = chance.sample(names, len(names))
    taken: list[list[str]] = []
    while left:
        size = chance.choice(sizes)
        taken.append(left[:size])
        del left[:size]
    return taken


def test_a_build_asks_every_question(garden: Garden) -> None:
    """The library's pages and data files ask each question there is, of the records or others.

    `MAY_CHANGE` tells only of those about the records.
    """
    answers = answers_of(memory(garden.root).load()).values()
    assert {answer.key[0] for answer in answers} == set(QUESTIONS)
    # Of answers that were made of others nobody asks whether an edit may change them.
    assert MAY_CHANGE.keys() <= {answer.key[0] for answer in answers if not answer.asked}


def test_each_edit_is_seen(settled: Garden) -> None:
    """After each kind of edit, in some order, all files are those of a clean build."""
    sizes = (1, 2, 3) if FUZZ == 1 else (1,)
    for _ in range(FUZZ):
        for names in groups(settled.chance, list(EDITS), sizes):
            for name in names:
                EDITS[name](settled)
            same_as_clean(settled.root, {}, names)


def test_edits_at_random_are_seen(garden: Garden) -> None:
    """Edits in any order, several at once, with other options: always as a clean build."""
    done: list[str] = []
    for _ in range(12 * FUZZ):
        names = garden.chance.choices(list(EDITS), k=garden.chance.choice([1, 1, 2, 4, 8]))
        options: Options = garden.chance.choice(OPTIONS)
        done += [*names, str(options)]
        for name in names:
            EDITS[name](garden)
        same_as_clean(garden.root, options, done)


def test_lists_that_become_too_long_are_seen(tmp_path: Path) -> None:
    """Where a record more or less lets lists go over several pages, all files are right."""
    garden = planted(write_long_library(tmp_path / "root"), "long")
    assert not garden.file("site/gardens/index/2.html").exists()
    done: list[str] = []
    several = False
    for _ in range(FUZZ):
        for name, edit in LONG_EDITS.items():
            done.append(name)
            edit(garden)
            same_as_clean(garden.root, {}, done)
            several |= garden.file("site/gardens/index/2.html").is_file()
    assert several
    assert set(done) == set(LONG_EDITS)


def test_gaps_are_made_again_for_what_a_record_fills_in(garden: Garden) -> None:
    """Not for its words: those that the page shows are asked for apart."""
    hill = garden.record("hill")
    reasons = []
    for name, value in (("title", "The hill, once more"), ("countries", "unknown")):
        garden.state(hill, name, value)
        reasons.append(build(garden.root).remade["gaps.html"].reasons)
    assert "which fields records fill in" not in reasons[0]
    assert "which fields records fill in" in reasons[1]


def test_an_edit_while_a_build_runs_is_seen(garden: Garden) -> None:
    """A text that is changed after the files were looked at, and then changed back, is seen."""
    file = garden.record("hill")
    first = f"{file.read_text('utf-8')}\nFirst.\n"
    file.write_text(first, "utf-8")

    def edit(_stage: str, _number: int) -> None:
        file.write_text(first.replace("First", "Second"), "utf-8")

    build(garden.root, progress=edit)
    assert b"Second." in garden.file("site/gardens/hill.html").read_bytes()
    file.write_text(first, "utf-8")
    same_as_clean(garden.root, {}, ["changed back"])


def test_what_is_lost_while_a_build_runs_is_told_of(tmp_path: Path) -> None:
    """Where a text is needed whose row is gone and whose file is gone too, the old site stays."""
    garden = planted(write_long_library(tmp_path / "root"), "lost")
    before = built(garden.root)
    for file in garden.records():
        garden.append(file, "\nWords.\n")
    texts = {file: file.read_text("utf-8") for file in garden.records()}

    def lose(stage: str, _number: int) -> None:
        if stage == "making pages:":
            with closing(sqlite3.connect(garden.file(".casebook-cache/cases.sqlite"))) as rows:
                rows.execute("DELETE FROM cases")
                rows.commit()
            for file in garden.records():
                file.unlink()

    with pytest.raises(CannotWrite, match="was changed while the site was made of it"):
        build(garden.root, progress=lose)
    assert differing(built(garden.root), before) == []
    for file, text in texts.items():
        file.write_text(f"{text}\nOther words.\n", "utf-8")
    same_as_clean(garden.root, {}, ["lost"])


def test_a_heading_like_a_section_of_the_page_takes_its_links(tmp_path: Path) -> None:
    """A link leads to a heading named as a section is, and to the section once that is gone."""
    root = write_library(tmp_path / "root")
    garden = Garden(root, random.Random(1))  # noqa: S311
    garden.append(garden.record("plot-2"), "\n## About\n\nWords.\n")
    garden.append(garden.file("content/about.md"), "\n[There](gardens/plot-2.md#about).\n")
    time.sleep(SETTLED)
    build(root)
    assert b'plot-2.html#text-about"' in built(root)["about.html"]
    garden.change(garden.record("plot-2"), "## About", "About")
    same_as_clean(root, {}, ["heading taken out"])
    assert b'plot-2.html#about"' in built(root)["about.html"]


@pytest.mark.parametrize("edited", [False, True])
def test_a_day_that_is_none_is_told_of_again(
    settled: Garden, monkeypatch: pytest.MonkeyPatch, *, edited: bool
) -> None:
    """A wrong SOURCE_DATE_EPOCH prevents a build after one that was dated by the records."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    if edited:
        settled.append(settled.record("plot-1"), "\nWords.\n")
    same_as_clean(settled.root, {}, ["SOURCE_DATE_EPOCH"])
    assert [each.code for each in build(settled.root).problems] == ["no-day"]
