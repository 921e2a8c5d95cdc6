"""What it takes: time by phase, who paid, who answered; each number a distinct counted case."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.base.problem import errors
from rows import made, section, table
from small import library, snapshot

PAGE = "what-it-takes.html"

LAND = """\
staff_time:
  - {phase: building, fte: 0.1-0.5}
  - {phase: building, fte: over-1}
  - {phase: scoping, fte: unknown}
time_paid_by: flexible-funds
accountability: {owner: Governance adviser, senior_level: country-director}
we_operate_there: 'no'
"""
WATER = """\
staff_time:
  - {phase: building, fte: 0.1-0.5}
  - managing
time_paid_by: unknown
accountability: {owner: A post}
"""
AIR = "staff_time: unknown\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give the site of four cases that count, an example and a translation."""
    root = library(
        tmp_path_factory.mktemp("effort"),
        land=snapshot("Land", LAND),
        water=snapshot("Water", WATER),
        air=snapshot("Air", AIR),
        fire=snapshot("Fire"),
        dream=snapshot("Dream", f"record_type: indicative-example\n{LAND}"),
        terre=snapshot("Terre", f"language: fr\ntranslation_of: land\n{LAND}"),
    )
    return made(root)


def test_time_by_phase(files: Mapping[str, bytes]) -> None:
    """A case counts once in a cell, in each row once as unknown or not said; examples never."""
    assert table(files[PAGE], "Staff time") == {
        "Scoping": [0, 0, 0, 0, 1, 3],
        "Building": [0, 2, 0, 1, 0, 2],
        "Managing": [0, 0, 0, 0, 1, 3],
        "Reviewing": [0, 0, 0, 0, 0, 4],
        "Sustaining": [0, 0, 0, 0, 0, 4],
    }
    text = words(section(files[PAGE], "time"))
    assert "Told in 2 of 4 case studies" in text
    assert "Unknown in 1" in text
    assert "Nothing said in 1" in text


def test_who_paid_and_who_answered(files: Mapping[str, bytes]) -> None:
    """Each facet has its numbers, its links, and how often nobody says."""
    paid = words(section(files[PAGE], "on-time-paid-by"))
    assert "Told in 1 of 4 case studies" in paid
    assert "Unknown in 1" in paid
    assert "Nothing said in 2" in paid
    assert "Flexible funds 1 of 4" in paid
    answered = words(section(files[PAGE], "on-senior-level"))
    assert "Country director 1 of 4" in answered
    text = built.read(PAGE, files[PAGE]).text
    assert "[Country director](senior-level/country-director.html)" in text
    assert "[No](we-operate-there/no.html)" in text


def test_what_nobody_tells_is_said(files: Mapping[str, bytes]) -> None:
    """An empty part asks, and does not say that there was nothing."""
    before = words(section(files[PAGE], "on-prior-relationship"))
    assert "Told in 0 of 4 case studies" in before
    assert "No case study tells this yet. There may still have been some." in before


def test_readers_find_it(files: Mapping[str, bytes]) -> None:
    """What we learn leads there, and its facets are filters and columns like any other."""
    learn = "learn/index.html"
    assert f"[What it takes](../{PAGE})" in built.read(learn, files[learn]).text
    assert "time_paid_by" in files["data/cases.csv"].decode().splitlines()[0]
    assert "prior_relationship" in files["data/partners.csv"].decode().splitlines()[0]


@pytest.mark.parametrize(
    ("declared", "messages"),
    [
        ("effort: {time: steps, amount: x}", ["'steps' in 'across' is not a list of records"]),
        (
            "effort: {time: mitigations, amount: sky, facets: [moon]}",
            ["'moon' in 'across' is not a facet", "'sky' in 'across' is not in mitigations"],
        ),
    ],
)
def test_what_a_model_gets_wrong(tmp_path: Path, declared: str, messages: list[str]) -> None:
    """A declaration that names no list, member or facet is refused in its author's words."""
    shutil.copytree(built.SITES / "postmortems", tmp_path / "site")
    file = tmp_path / "site" / "content" / "record.yml"
    file.write_text(f"{file.read_text('utf-8')}\nacross:\n  {declared}\n", "utf-8")
    _, problems = built.complaints(tmp_path / "site", tmp_path / "cache")
    assert [problem.message for problem in errors(problems)] == messages


def test_a_model_without_it_has_no_trace(tmp_path: Path) -> None:
    """Where nothing is declared there is no page, and no link to one."""
    other = built.build(built.SITES / "postmortems", tmp_path)
    assert PAGE not in other
    assert [path for path, text in other.items() if PAGE.encode() in text] == []
