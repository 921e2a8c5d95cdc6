"""The report: each number is worked out a second way, and its links lead to places in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import built
from crossed import words
from plainly import Plainly, listed
from rows import made, section, table, tally, tree
from small import library, snapshot

PATH = "report.html"
CHAPTERS = {
    "success_factors": "on-success-factors",
    "constraints": "on-constraints",
    "contexts": "on-contexts",
    "processes": "on-processes",
}


@pytest.fixture(scope="module")
def shipped_page(shipped_files: Mapping[str, bytes]) -> bytes:
    """Give the report of the shipped library."""
    return shipped_files[PATH]


def entries(front: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the entries of a list of records in a file."""
    return [entry for entry in listed(front.get(name)) if isinstance(entry, dict)]


def level(front: dict[str, Any], entry: dict[str, Any]) -> int:
    """Return the strength of a claim's evidence, as its rules are written down."""
    cited = [s for s in entries(front, "evidence") if s["id"] in listed(entry.get("evidence"))]
    if not cited:
        return 0
    if "yes" not in [source.get("independent") for source in cited]:
        return 1
    if len({source["kind"] for source in cited} - {"unknown"}) < 2:
        return 2
    rival = entry.get("rival_explanations", "unknown")
    return 3 if rival == "unknown" else 4


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_term_counts_the_cases_that_name_it(
    shipped_page: bytes, plain: Plainly, name: str
) -> None:
    """Each term and group of a chapter has the number of cases whose files name it, of all."""
    chapter = section(shipped_page, CHAPTERS[name])
    total = len(plain.counted())
    groups = {term["broader"] for term in plain.terms[name] if "broader" in term}
    for heads, are_groups in (("./article/h4", False), ("./h3", True)):
        labels = {t["label"] for t in plain.terms[name] if (t["id"] in groups) == are_groups}
        assert {words(head) for head in chapter.findall(heads)} == {
            f"{label} in {len(cases)} of {total}"
            for label, cases in plain.index()[name].items()
            if label in labels
        }
    assert tally(chapter) == {
        label: f"{len(cases)} of {total}"
        for label, cases in plain.index()[name].items()
        if label in {term["label"] for term in plain.terms[name] if term["id"] in groups}
    }


def test_claims_are_counted_by_their_strength(shipped_page: bytes, plain: Plainly) -> None:
    """The table of strengths counts each claim of each chapter once, by rules worked out again."""
    expected = {}
    for name in (*CHAPTERS, "challenges", "outcomes"):
        levels = [
            level(front, entry)
            for front in plain.counted().values()
            for entry in entries(front, name)
        ]
        heading = plain.model["fields"][name]["heading"]
        if levels:
            expected[heading] = [*(levels.count(n) for n in range(5)), len(levels)]
    assert table(shipped_page, "Strength of evidence") == expected


def test_all_sources_are_there_with_their_addresses(shipped_page: bytes, plain: Plainly) -> None:
    """Every source of every counted case stands in the report, numbered in one row from 1."""
    fronts = plain.counted().values()
    sources = [source for front in fronts for source in entries(front, "evidence")]
    found = section(shipped_page, "sources").findall("./ol/li")
    assert [item.get("id") for item in found] == [f"source-{n}" for n in range(1, len(sources) + 1)]
    links = {a.get("href") for item in found for a in item.iter("a")}
    assert {source["url"] for source in sources if "url" in source} <= links


def test_every_counted_case_is_there_once(shipped_page: bytes, plain: Plainly) -> None:
    """Each counted case stands in brief, no example does."""
    found = [words(head) for head in section(shipped_page, "cases").findall("./article/h3")]
    titles = [front["title"] for front in plain.counted().values()]
    assert sorted(found) == sorted(titles)


def test_it_holds_what_it_points_to(shipped_page: bytes) -> None:
    """What it cites is in the report: its links lead to places in it, but for those to records."""
    page = tree(shipped_page)
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    inside = [
        link.get("href")
        for part in page.iter("section")
        for link in part.iter("a")
        if not link.get("href").startswith(("http", "cases/"))
    ]
    assert {link.removeprefix("#") for link in inside} <= ids
    assert any(link.startswith("#source-") for link in inside)


TOLD = """\
success_factors:
  - {factor: policy-window, what: Weakly told., weight: minor}
constraints:
  - {constraint: shocks, what: A flood., response: Moved the meeting., worked: partly}
"""
SHOWN = """\
success_factors:
  - {factor: policy-window, what: Well told., evidence: theirs}
  - {factor: unknown, what: Something else.}
constraints: unknown
challenges:
  - {challenge: funding, met: "yes", response: Asked a donor., worked: "yes"}
outcomes:
  - {what: A law., level: policy, achieved: full, contribution: unknown, evidence: theirs}
  - {what: A habit., level: practice, achieved: partial, contribution: unknown}
evidence:
  - {id: ours, kind: document, citation: Our report, independent: "no"}
  - {id: theirs, kind: document, citation: Their report, independent: "yes"}
"""


def test_a_small_report_in_full(tmp_path: Path) -> None:
    """Under a term stand its best evidenced words, and the responses, all counted."""
    plainly = snapshot("B").replace("success_factors: trusted-relationship\n", "")
    told, shown = (plainly.replace("---\nSome", f"{more}---\nSome") for more in (TOLD, SHOWN))
    text = built.read(PATH, made(library(tmp_path, a=told, b=shown))[PATH]).text
    for part in (
        "### Politics and law in 2 of 2\n#### Policy window in 2 of 2\nWell told.\n",
        "Told in 2 of 2 case studies, in 3 entries, 1 of them without a known term.",
        "Told in 1 of 2 case studies, in 1 entry; unknown in 1.",
        "The response, recorded in 1:\nDid the response work? Partly\nMoved the meeting.\n",
        "Was it met? yes in 1, nothing said in 1.",
        "Their report",
    ):
        assert part in text
    assert text.index("\nA law.\n") < text.index("\nA habit.\n")
    assert "Weakly told." not in text


def test_a_report_of_another_model(tmp_path: Path) -> None:
    """A model without strength, sources, period or challenges has a report of what it has."""
    page = built.build(built.SITES / "postmortems", tmp_path)[PATH]
    heads = [words(head) for head in tree(page).iter("h2")]
    assert [
        head.removesuffix(" Link to this section #") for head in heads if "On this" not in head
    ] == [
        "In numbers",
        "Contributing factors",
        "Mitigations",
        "In brief 2",
        "Method and limits",
    ]
    text = built.read(PATH, page).text
    assert "incident" in text
    assert not [word for word in ("Strength", "strength", "case stud", "Source") if word in text]
