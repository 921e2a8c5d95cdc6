"""Many records, one in twenty of them broken: each mistake is told, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from built import checked
from generator.base.problem import Problem
from generator.cli.main import main
from generator.cli.problem_formats.explained import MOST_SHOWN
from small import library, snapshot

NUMBER = int(os.environ.get("CASEBOOK_VOLUME", "660"))
"""So many records; CASEBOOK_VOLUME=10000 tries the size that a large organisation has."""

EVERY = 20
MOST = 6
"""So many times as long takes the check of four times as many records, at most."""
BODY = "Compare [another](case:record-{other:05}).\n\nIn 2019 it reached 1,087,154 people."

Break = tuple[Callable[[str], str], int, int, str]
"""What turns a sound file into a broken one; the line, column and code of its one problem."""


def _swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


BREAKS: tuple[Break, ...] = (
    (_swap("Laos", "Atlantis"), 5, 12, "unknown-term"),
    (_swap("title: ", "# title: "), 1, 1, "missing-field"),
    (_swap("2026-11-22", "2026-02-30"), 4, 10, "bad-date"),
    (_swap("partners: UNICEF", 'partners: "UNICEF'), 7, 11, "unclosed-quote"),
    (_swap("case:record-", "case:nowhere-"), 11, 19, "broken-link"),
    (_swap("focus:", "colour: red\nfocus:"), 6, 1, "unknown-key"),
    (_swap("In 2019", "Ask +856 20 5555 1234"), 13, 5, "contact-data"),
    (_swap("Compare", "Compar\udce9"), 11, 7, "encoding"),
    (_swap("focus:", "title: Once more\nfocus:"), 6, 1, "duplicate-key"),
    (_swap("---\n", ""), 1, 1, "no-front-matter"),
)


def write(root: Path, number: int) -> list[tuple[str, int, int, str]]:
    """Write a library with so many records; return where its problems are, in order."""
    library(root)
    expected = []
    for n in range(number):
        text = snapshot(f"Record {n}", body=BODY.format(other=(n + 1) % number))
        path = f"content/cases/record-{n:05}.md"
        if n % EVERY == EVERY - 1:
            broken, line, column, code = BREAKS[n // EVERY % len(BREAKS)]
            text = broken(text)
            expected.append((path, line, column, code))
        (root / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    return expected


def seconds(root: Path) -> tuple[float, tuple[Problem, ...]]:
    """Return how long the processors worked on checking a library, and what was found."""
    before = os.times()
    found = checked(root, root / "cache").problems
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), found


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, str]]:
    """Return where problems are, and of what kind."""
    return [(p.path, p.line, p.column, p.code) for p in problems]


def test_every_mistake_among_thousands_is_told_in_linear_time(tmp_path: Path) -> None:
    """Four times as many records, and as many broken links, take about four times as long.

    Another program may slow one attempt; what is not linear slows each.
    """
    growth = []
    for attempt in range(3):
        root = tmp_path / f"{attempt}"
        few, many = write(root / "few", NUMBER // 4), write(root / "many", NUMBER)
        short, found = seconds(root / "few")
        assert places(found) == few
        long, found = seconds(root / "many")
        assert places(found) == many
        assert len(many) == NUMBER // EVERY
        growth.append(long / short)
        if growth[-1] < MOST:
            return
    pytest.fail(f"the time grew by {growth}")


def test_very_many_problems_stay_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are printed as anybody reads, then how many more there are, then the sum."""
    monkeypatch.chdir(tmp_path)
    number = MOST_SHOWN + 50
    broken = snapshot("Broken").replace("Laos", "Atlantis")
    library(tmp_path, **{f"record-{n:05}": broken for n in range(number)})
    result = CliRunner().invoke(main, ["check"], prog_name="casebook")
    lines = result.stderr.splitlines()
    told = [line for line in lines if line.startswith("content/")]
    assert told == sorted(told)
    assert len(told) == MOST_SHOWN
    assert lines[-2:] == [
        "… and 50 more",
        f"{number} records read: {number} errors in {number} files",
    ]
