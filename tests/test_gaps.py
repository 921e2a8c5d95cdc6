"""Gaps: each number is worked out a second way, or is known beforehand in a small library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import built
from crossed import words
from generator.analysis.gaps import stale_cases
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from plainly import Plainly, listed
from rows import made, section, table, tally, tree
from small import library, snapshot

UNCITED = """\
review_due: 2026-12
form: unknown
constraints:
  - {constraint: shocks, what: A flood., response: unknown}
  - {constraint: exclusion, what: Women stayed out., response: Asked them.}
"""


@pytest.fixture(scope="module")
def shipped_page(shipped_files: Mapping[str, bytes]) -> bytes:
    """Give the page of the shipped library."""
    return shipped_files["gaps.html"]


def said(front: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    """Return what a file says at a path, unknown included, wherever it stands in for all."""
    found = []
    for entry in listed(front.get(path[0])):
        if isinstance(entry, dict):
            found += listed(entry.get(path[1]))
        elif len(path) == 1 or entry == "unknown":
            found.append(entry)
    return found


def test_what_is_least_known_agrees_with_the_files(shipped_page: bytes, plain: Plainly) -> None:
    """Each facet is named, unknown or unsaid in as many cases as the files say."""
    expected = {}
    for name, (path, field) in plain.facets.items():
        fronts = plain.counted().values()
        known = {id(front) for front in fronts if plain.named(front, name)}
        unknown = {id(f) for f in fronts if "unknown" in said(f, path)} - known
        if rest := len(plain.counted()) - len(known):
            expected[field["label"] if len(path) == 1 else _label(plain, path)] = [
                len(known),
                len(unknown),
                rest - len(unknown),
            ]
    found = table(shipped_page, "What is known least")
    assert found == expected
    assert [row[0] for row in found.values()] == sorted(row[0] for row in found.values())


def _label(plain: Plainly, path: tuple[str, ...]) -> str:
    owner = plain.model["fields"][path[0]]
    label: str = (
        owner["label"] if path[1] == owner.get("key") else owner["fields"][path[1]]["label"]
    )
    return label


def test_claims_without_a_source_agree_with_the_files(shipped_page: bytes, plain: Plainly) -> None:
    """The claims that cite nothing are counted out of all that could, and named case by case."""
    every = uncited = 0
    fields = [f for f in plain.model["fields"].items() if f[1]["kind"] == "record"]
    for front in plain.counted().values():
        for name, field in fields:
            cites = [n for n, member in field["fields"].items() if member["kind"] == "source"]
            for entry in listed(front.get(name)) if cites else []:
                if entry != "unknown":
                    every += 1
                    ids = listed(entry.get(cites[0])) if isinstance(entry, dict) else []
                    uncited += not set(ids) - {"unknown"}
    part = section(shipped_page, "uncited")
    assert f"{uncited} of {every} claims have no source." in words(part)
    assert tally(part)["Evidence 0 of 4: nothing cited"] == f"{uncited} of {every}"
    counts = [words(e.find("./summary/span[@class='count']")) for e in part.iter("details")]
    assert sum(int(count) for count in counts) == uncited
    assert sum(1 for e in part.iter("details") for _ in e.iter("li")) == uncited


def test_terms_without_a_case_agree_with_the_files(shipped_page: bytes, plain: Plainly) -> None:
    """A facet lists exactly the terms that no counted case names, groups left out."""
    index = plain.index()
    part = section(shipped_page, "uncovered")
    found = {
        words(fold.find("./summary")).partition(" of ")[0]: {
            words(item).removesuffix(" only imagined")
            for item in (*fold.iter("li"), *fold.iter("dd"))
            if item.get("class") != "quiet"
        }
        for fold in part.iter("details")
        if "map of evidence" not in words(fold.find("./summary"))
    }
    for row in part.findall("./dl/div"):
        terms = [words(dd).removesuffix(" only imagined") for dd in row.findall("./dd")]
        found[f"{words(row.find('./dt'))} {len(terms)}"] = set(terms)
    for name in ("success_factors", "constraints", "focus", "form"):
        _, field = plain.facets[name]
        terms = plain.terms[field["vocabulary"]]
        groups = {term["broader"] for term in terms if "broader" in term}
        unused = {t["label"] for t in terms if t["id"] not in groups} - set(index[name])
        label = plain.model["fields"][name]["label"]
        assert found.get(f"{label} {len(unused)}", set()) == unused, name
    assert any(found.values())  # today some terms have no case: nothing was compared with nothing


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of two cases and an example, as they stand years later."""
    root = library(
        tmp_path_factory.mktemp("small"),
        land=snapshot("Land", UNCITED),
        water=snapshot("Water").replace("updated: 2026-11-22", "updated: 2027-01-02"),
        dream=snapshot("Dream", f"record_type: indicative-example\n{UNCITED}"),
    )
    return made(root, as_of="2029-01-01")


def test_old_records(small: dict[str, bytes]) -> None:
    """A review is overdue the day after; a record is stale after 24 whole months, not before."""
    text = words(section(small["gaps.html"], "old"))
    assert "the review of 1 of 2 case studies is overdue; 1 of 2 was not updated for 24" in text
    assert "Review overdue 1Land Not updated for a long time 1Land 25 months" in text


@pytest.mark.parametrize(("as_of", "months"), [("2028-11-21", []), ("2028-11-22", [24])])
def test_a_record_is_stale_on_the_day(as_of: str, months: list[int], tmp_path: Path) -> None:
    """Two years to the day after its update a record is stale, and the day before it is not."""
    root = library(tmp_path / "site", land=snapshot("Land"))
    result = check_site(built.settings(root, tmp_path / "cache"), BuildOptions(as_of=as_of))
    assert result.library, result.problems
    assert [aged.age.months for aged in stale_cases(result.library)] == months


def test_other_debts(small: dict[str, bytes]) -> None:
    """Obstacles without a response, missing fields and empty cells are stated out of how many."""
    page = small["gaps.html"]
    assert "For 1 of 2 constraints, no case study tells what was done." in words(
        section(page, "unmet")
    )
    assert tally(section(page, "unmet")) == {"Shocks and seasons": "1 of 2"}
    assert "2 of 2 case studies lack fields that a full record needs." in words(
        section(page, "missing")
    )
    uncovered = words(section(page, "uncovered"))
    assert "Cells of the map of evidence, by group 15 of 15" in uncovered
    assert "Cells of the map of evidence 45 of 45" in uncovered
    # The two cases name a trusted relationship alone: of its group other terms are left.
    assert "Aims and trustShared impact goal" in uncovered
    assert "Money and timeNo case study names any of this group.Seed funding" in uncovered
    asked = table(page, "Does the network count?")
    assert asked == {
        "Objectives fit": [0, 0, 2],
        "Linked to the pathway of change": [0, 0, 2],
        "Invests in underlying causes": [0, 0, 2],
    }


def test_a_model_without_evidence_or_dates(tmp_path: Path) -> None:
    """A stranger's model has the gaps that it can have, and no heading for the others."""
    page = built.build(built.SITES / "postmortems", tmp_path)["gaps.html"]
    headings = [words(h).partition(" Link")[0] for h in tree(page).iter("h2")]
    assert set(headings) <= {
        "On this page",
        "What is known least",
        "Nobody has written about this yet",
        "Few have written about this",
    }
    assert "Nobody has written about this yet" in headings
