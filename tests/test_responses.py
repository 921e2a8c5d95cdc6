"""Obstacles and what was done: who met each, what was tried, did it work; numbers are cases."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.base.problem import errors
from plainly import Plainly, listed
from rows import made, section, table
from small import library, snapshot

GLANCE = "What got in the way, and what was done at a glance"
TERMS = "Term by term"
RESULTS = ("Yes", "Partly", "No", "Too early to say")

SHARED = """\
contexts:
  - {context: political, influence: helped}
  - {context: economic}
"""
LAND = f"""\
{SHARED}\
constraints:
  - {{constraint: shocks, what: A flood., response: Moved the meeting., worked: unknown}}
  - {{constraint: shocks, what: A war., response: Met abroad., worked: 'yes', weight: minor}}
  - {{constraint: staff-time, what: Nobody had any., response: unknown, worked: 'yes'}}
"""
WATER = """\
constraints:
  - {constraint: shocks, what: A drought.}
  - {constraint: exclusion, what: Women stayed out., worked: 'no'}
  - {constraint: unknown, what: Something., response: Waited., worked: 'yes'}
"""


@pytest.mark.parametrize(("name", "by_group"), [(GLANCE, True), (TERMS, False)])
def test_numbers_agree_with_the_files(
    shipped_files: Mapping[str, bytes], plain: Plainly, name: str, *, by_group: bool
) -> None:
    """Each number at a glance is that of the cases whose files say so, counted a second way.

    Groups stand first; the numbers of their terms are in a table of their own, folded away.
    """
    cells: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for id_, front in plain.counted().items():
        worked = dict(plain.named(front, "worked"))
        entries = listed(front.get("constraints"))
        for number, label in plain.named(front, "constraints", by_group=by_group):
            told = entries[number].get("response", "unknown") != "unknown"
            judged = number in worked and entries[number].get("response") != "unknown"
            for row in (label, "Any constraint"):
                cells[row]["named"].add(id_)
                if judged:
                    cells[row][worked[number]].add(id_)
                elif told:
                    cells[row]["unknown"].add(id_)
                if told or judged:
                    cells[row]["told"].add(id_)
    columns = ("named", "told", *RESULTS, "unknown")
    expected = {row: [len(by[column]) for column in columns] for row, by in cells.items()}
    found = table(shipped_files["responses.html"], name)
    assert found == expected
    numbers = [row[0] for label, row in found.items() if label != "Any constraint"]
    assert numbers == sorted(numbers, reverse=True)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the page of two cases, an example and a translation."""
    root = library(
        tmp_path_factory.mktemp("small"),
        land=snapshot("Land", LAND),
        water=snapshot("Water", WATER),
        dream=snapshot("Dream", f"record_type: indicative-example\n{LAND}"),
        terre=snapshot("Terre", f"language: fr\ntranslation_of: land\n{LAND}"),
    )
    return made(root)["responses.html"]


def test_cases_are_counted_once(page: bytes) -> None:
    """Two responses of a case count once; a result alone is one, that of the unknown is none."""
    assert table(page, GLANCE) == {
        "Society and place": [2, 2, 1, 0, 1, 0, 1],
        "Money and time": [1, 0, 0, 0, 0, 0, 0],
        "Any constraint": [2, 2, 1, 0, 1, 0, 1],
    }
    assert table(page, TERMS) == {
        "Shocks and seasons": [2, 1, 1, 0, 0, 0, 1],
        "Exclusion": [1, 1, 0, 0, 1, 0, 0],
        "Too little staff time": [1, 0, 0, 0, 0, 0, 0],
        "Any constraint": [2, 2, 1, 0, 1, 0, 1],
    }


def test_a_response_in_full(page: bytes) -> None:
    """A section has every response, what worked first, with its context, case and evidence."""
    text = built.read("responses.html", page).text
    shown = text.partition("### [Shocks")[2].partition("\n### ")[0]
    head, *lines = shown.splitlines()
    assert head == " and seasons](constraints/shocks.html) 2 of 2"
    assert lines == [
        "1 of 2 tell what was done",
        "Did the response work? yes in 1, not recorded in 1",
        "Did the response work? [Yes](worked/yes.html)",
        "Met abroad.",
        "What happened",
        "A war.",
        "Contexts",
        "[Political](contexts/political.html), [Economic](contexts/economic.html)",
        "In [Land](cases/land.html#constraints-shocks-2)",
        "Laos",
        "Minor",
        "No source",
        "Did the response work? Not recorded",
        "Moved the meeting.",
        "What happened",
        "A flood.",
        "Contexts",
        "[Political](contexts/political.html), [Economic](contexts/economic.html)",
        "In [Land](cases/land.html#constraints-shocks)",
        "Laos",
        "No source",
        "No response recorded in 1 of 2: [Water](cases/water.html).",
    ]


ADVICE = """\
constraints:
  - {constraint: shocks, response: Met later., worked: partly, advised: Meet earlier.}
  - {constraint: shocks, what: A storm., advised: unknown}
"""
MORE_ADVICE = """\
constraints:
  - {constraint: shocks, what: A war., advised: Meet abroad.}
  - {constraint: exclusion, advised: Ask them first.}
"""


@pytest.fixture(scope="module")
def advised(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give the site of a case that tried and was advised, and of one that was advised alone."""
    root = library(
        tmp_path_factory.mktemp("advised"),
        land=snapshot("Land", ADVICE),
        sea=snapshot("Sea", MORE_ADVICE),
        water=snapshot("Water", WATER),
    )
    return made(root)


def test_each_response_stands_once_with_its_result(advised: Mapping[str, bytes]) -> None:
    """In the fold of its family, the result first; the fold says how results divide."""
    page = advised["responses.html"]
    (family,) = section(page, "tried").iter("details")
    assert words(family.find("./summary")) == (
        "Society and place 3 of 3 2 of 3 tell what was done · "
        "Did the response work? partly in 1, no in 1"
    )
    text = built.read("responses.html", page).text
    assert text.count("Met later.") == 1
    assert "Did the response work? [Partly](worked/partly.html)\nMet later.\n" in text
    assert text.index("Met later.") < text.index("## Advised")


def test_advice_stands_apart_and_is_counted_apart(advised: Mapping[str, bytes]) -> None:
    """It is no response, has no result, and counts cases of its own; unknown advice is none."""
    page = advised["responses.html"]
    assert table(page, TERMS) == {
        "Shocks and seasons": [3, 1, 0, 1, 0, 0, 0],
        "Exclusion": [2, 1, 0, 0, 1, 0, 0],
        "Any constraint": [3, 2, 0, 1, 1, 0, 0],
    }
    text = built.read("responses.html", page).text
    assert "Only advice is given in 1" in text
    assert "Advised in 2" in words(section(page, "constraints-shocks"))
    shown = text.partition("\n## Advised")[2].partition("\n## ")[0]
    assert shown.splitlines()[2:] == [
        "All 3: Advised",
        "### [Shocks and seasons](constraints/shocks.html) 2 of 3",
        "Meet earlier.",
        "In [Land](cases/land.html#constraints-shocks)",
        "Laos",
        "No source",
        "Meet abroad.",
        "In [Sea](cases/sea.html#constraints-shocks)",
        "Laos",
        "No source",
        "### [Exclusion](constraints/exclusion.html) 1 of 3",
        "Ask them first.",
        "In [Sea](cases/sea.html#constraints-exclusion)",
        "Laos",
        "No source",
    ]


def test_advice_bears_its_word_everywhere(advised: Mapping[str, bytes]) -> None:
    """On the page of the case, in the report and in the tables it is called what the model says."""
    case = built.read("cases/sea.html", advised["cases/sea.html"]).text
    assert "Advised: Meet abroad." in case
    report = built.read("report.html", advised["report.html"]).text
    assert "Advised:\nMeet earlier.\n" in report
    assert "Did the response work? Partly\nMet later.\n" in report
    rows = list(csv.DictReader(advised["data/claims.csv"].decode("utf-8-sig").splitlines()))
    found = {(row["case"], row["response"], row["advised"]) for row in rows if row["advised"]}
    assert found == {
        ("land", "Met later.", "Meet earlier."),
        ("land", "", "unknown"),
        ("sea", "", "Meet abroad."),
        ("sea", "", "Ask them first."),
    }


def test_what_was_met_without_a_response_is_stated(page: bytes) -> None:
    """Constraints of which nobody records a response are counted, and named with their cases."""
    assert words(section(page, "constraints-staff-time")) == "Too little staff time 1 of 2Land"
    assert "What was done is not recorded." in words(section(page, "constraints-exclusion"))


def test_a_model_without_it_has_no_trace(tmp_path: Path) -> None:
    """Where nothing is declared there is no page, and no link to one."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    for path in ("responses.html", "challenges.html", "prepare/index.html"):
        assert path not in files
        assert [name for name, text in files.items() if path.encode() in text] == []


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (
            "responses: {of: mitigations, response: held, worked: held, beside: [sky]}",
            "'sky' in 'across' is not a facet",
        ),
        (
            "responses: {of: contributing_factors, response: what, worked: what}",
            "'contributing_factors.what' in 'across' is not a term",
        ),
        (
            "responses: {of: mitigations, response: held, worked: held, advised: held}",
            "'held' in 'across' is both advice and what was done",
        ),
        (
            "responses: {of: mitigations, response: held, worked: held, advised: told}",
            "'told' in 'across' is not in mitigations",
        ),
    ],
)
def test_what_a_model_gets_wrong(tmp_path: Path, declared: str, message: str) -> None:
    """A declaration that names no facet, or no term, is refused in its author's words."""
    shutil.copytree(built.SITES / "postmortems", tmp_path / "site")
    file = tmp_path / "site" / "content" / "record.yml"
    file.write_text(f"{file.read_text('utf-8')}\nacross:\n  {declared}\n", "utf-8")
    _, problems = built.complaints(tmp_path / "site", tmp_path / "cache")
    assert [problem.message for problem in errors(problems)] == [message]


def test_another_model_has_its_own_words(tmp_path: Path) -> None:
    """The page of a stranger's model speaks of its own fields."""
    shutil.copytree(built.SITES / "postmortems", tmp_path / "site")
    file = tmp_path / "site" / "content" / "record.yml"
    declared = "across:\n  responses: {of: mitigations, response: held, worked: held}\n"
    file.write_text(f"{file.read_text('utf-8')}\n{declared}", "utf-8")
    files = built.build(tmp_path / "site", tmp_path / "cache")
    text = built.read("responses.html", files["responses.html"]).text
    assert "# Mitigations, and what was done\nFor each mitigation: what was tried" in text
    assert list(built.broken(files)) == []
