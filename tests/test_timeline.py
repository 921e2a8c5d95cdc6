"""The timeline: dates as the files say them, bars that fit them, what is not known apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.base.dates import date_in_words
from plainly import Plainly
from postmortems import MODEL, declared
from rows import made, tree
from small import library, snapshot

PATH = "timeline.html"
SVG = "{http://www.w3.org/2000/svg}"
Row = tuple[str, str, str]


def rows(content: bytes) -> list[Row]:
    """Return the title, the beginning and the end in each row of the table."""
    return [
        (words(row.find("./th/a")), words(start), words(end))
        for row in tree(content).findall(".//tbody/tr")
        for start, end in [row.findall("./td")]
    ]


def bars(content: bytes) -> list[tuple[float, float, bool]]:
    """Return where each bar begins, how wide it is, and whether it is empty."""
    return [
        (
            float(bar.get("x").strip("%")),
            float(bar.get("width").strip("%")),
            bar.get("class") == "open",
        )
        for bar in tree(content).findall(f".//tbody//{SVG}rect")
    ]


def told(title: str, period: str) -> str:
    """Return a case with a period."""
    return snapshot(title, f"period: {period}\n" if period else "")


def test_the_dates_are_those_of_the_files(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """Each counted case with a beginning stands once, the earliest first, and the others apart."""
    page = shipped_files[PATH]
    expected, silent = [], 0
    for front in plain.counted().values():
        period = front.get("period")
        if isinstance(period, dict) and period.get("start", "unknown") != "unknown":
            end = {"": "no end given", "unknown": "unknown"}.get(
                period.get("end", ""), date_in_words(period.get("end", ""))
            )
            expected.append(
                (period["start"], (front["title"], date_in_words(period["start"]), end))
            )
        else:
            silent += period is None
    assert sorted(rows(page)) == sorted(row for _, row in expected)
    assert [row[1][-4:] for row in rows(page)] == sorted(start[:4] for start, _ in expected)
    assert f"Nothing said in {silent}" in built.read(PATH, page).text


def test_a_bar_runs_as_far_as_its_dates_allow(tmp_path: Path) -> None:
    """A year is a whole one; an end that is unknown is not drawn; one not given is drawn empty."""
    root = library(
        tmp_path,
        a=told("Both", "{start: 2010, end: 2014}"),
        b=told("Open", "{start: 2015}"),
        c=told("Lost", "{start: 2012, end: unknown}"),
        d=told("Months", "{start: 2012-07, end: 2012-09}"),
        e=told("Unknown", "unknown"),
        f=told("Silent", ""),
    )
    for file in (root / "content/cases").iterdir():  # nothing lies ahead of the day of the test
        file.write_text(file.read_text("utf-8").replace("2026-11-22", "2019-06-01"), "utf-8")
    page = made(root, as_of="2019-06-30")[PATH]
    assert rows(page) == [
        ("Both", "2010", "2014"),
        ("Lost", "2012", "unknown"),
        ("Months", "July 2012", "September 2012"),
        ("Open", "2015", "no end given"),
    ]
    both, lost, months, still = bars(page)
    assert (both, lost, still) == ((0, 50, False), (20, 10, False), (50, 50, True))
    assert months[0] == pytest.approx(25, abs=0.1)
    assert months[1] == pytest.approx(2.5, abs=0.1)
    text = built.read(PATH, page).text
    assert "known for 4 of 6 case studies" in text
    assert "2 with an end\n1 with no end given\n1 with an end unknown\n" in text
    assert "## Beginning unknown 1\n" in text
    assert "## Nothing said 1\n" in text


def test_without_a_known_beginning_there_is_no_bar(tmp_path: Path) -> None:
    """A library whose cases say nothing of time still has the page, and says so."""
    page = made(library(tmp_path, a=told("Silent", "")))[PATH]
    assert rows(page) == []
    assert "known for 0 of 1 case study." in built.read(PATH, page).text


def test_a_model_without_a_period_has_no_such_page(tmp_path: Path) -> None:
    """Where the model names no period, there is neither the page nor a link to it."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    pages = b"".join(content for path, content in files.items() if path.endswith(".html"))
    assert PATH not in files
    assert PATH.encode() not in pages


def test_only_a_period_is_drawn() -> None:
    """A field that is not one record of two dates is refused, with what a period is."""
    _, problems = declared(MODEL + "across: {timeline: began}\n")
    assert [(problem.message, problem.hint) for problem in problems] == [
        (
            "'began' in 'across' is not a period",
            "it is one record of two dates: the beginning and the end",
        )
    ]
