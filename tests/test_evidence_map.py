"""The map of evidence: its words, the cases behind them, and what its declaration may say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import built
from crossed import Crossed, crossed
from generator.build.assemble import assemble
from generator.hosts.config import load_site
from plainly import Plainly, listed
from postmortems import MODEL, declared
from small import library, snapshot

PATH = "evidence-map.html"
NOTHING = "no case study"
OWN = "Ownership of a model"

SOURCES = """\
evidence:
  - {id: ours, kind: document, citation: Our report, independent: "no"}
  - {id: theirs, kind: document, citation: Their report, independent: "yes"}
  - {id: talk, kind: interview, citation: A talk, independent: "no"}
"""


def built_map(root: Path, **files: str) -> Crossed:
    """Return the map of a small library."""
    library(root, **files)
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    made = assemble(site)
    assert made.documents, made.problems
    return crossed({document.path: document.content for document in made.documents}[PATH])


def outcome(level: str, achieved: str, cited: str) -> str:
    """Return an entry of the outcomes of a case."""
    evidence = f", evidence: [{cited}]" if cited else ""
    return (
        f"  - {{what: Something changed., level: {level}, achieved: {achieved}, "
        f"contribution: unknown{evidence}}}\n"
    )


def told(title: str, *outcomes: str) -> str:
    """Return a case with those outcomes."""
    return snapshot(title, f"{SOURCES}outcomes:\n{''.join(outcomes)}")


def test_every_word_of_the_map(tmp_path: Path) -> None:
    """A cell says how strong the strongest claim is, of how many cases, and if all was success."""
    found = built_map(
        tmp_path,
        land=told(
            "Land",
            outcome("relationship", "full", ""),
            outcome("practice", "not", "ours"),
            outcome("policy", "partial", "theirs"),
            outcome("policy", "too-early", "ours"),
            outcome("implementation", "full", "'theirs', 'talk'"),
        ),
        water=told(
            "Water",
            outcome("practice", "full", ""),
            outcome("policy", "unknown", "ours"),
            outcome("implementation", "reversed", "ours"),
        ),
    )
    assert {column: said for (row, column), said in found.cells.items() if row == OWN} == {
        "Relationship": "1 case study, no source only success stories",
        "Practice": "not confirmed 2 case studies",
        "Policy": "independent 2 case studies only success stories",
        "Implementation": "two kinds 2 case studies",
        "Lives": NOTHING,
    }
    assert {said for (row, _), said in found.cells.items() if row != OWN} == {NOTHING}
    assert found.cases == {
        (OWN, "Relationship"): ["land"],
        (OWN, "Practice"): ["land", "water"],
        (OWN, "Policy"): ["land", "land", "water"],
        (OWN, "Implementation"): ["land", "water"],
    }


def test_without_a_known_result_there_is_no_mark(tmp_path: Path) -> None:
    """A result that is unknown, or too early to tell, makes no success story."""
    example = told("Dream", outcome("lives", "full", "")).replace(
        "updated:", "record_type: indicative-example\nupdated:"
    )
    found = built_map(
        tmp_path,
        land=told("Land", outcome("lives", "unknown", ""), outcome("policy", "too-early", "")),
        dream=example,
    )
    assert found.cells[OWN, "Lives"] == "1 case study, no source"
    assert found.cells[OWN, "Policy"] == "1 case study, no source"
    assert found.cases[OWN, "Lives"] == ["land"]


def strength(front: dict[str, Any], entry: dict[str, Any]) -> int:
    """Return the strength of a claim, reckoned from RECORD.md's words."""
    ids = listed(entry.get("evidence"))
    cited = [source for source in listed(front.get("evidence")) if source["id"] in ids]
    kinds = {source.get("kind") for source in cited} - {"unknown", None}
    if not any(source.get("independent") == "yes" for source in cited):
        return 1 if cited else 0
    rivals = [said for said in listed(entry.get("rival_explanations")) if said != "unknown"]
    return (4 if rivals else 3) if len(kinds) > 1 else 2


def expected(plain: Plainly) -> dict[tuple[str, str], str]:
    """Return what each cell of the shipped map says, worked out from the case files."""
    behind: dict[tuple[str, str], list[tuple[str, int, str]]] = {}
    for id_, front in plain.counted().items():
        levels = dict(plain.named(front, "level"))
        for _, focus in plain.named(front, "focus"):
            for number, level in levels.items():
                entry = listed(front["outcomes"])[number]
                one = id_, strength(front, entry), entry.get("achieved", "unknown")
                behind.setdefault((focus, level), []).append(one)
    return {pair: said(found) for pair, found in behind.items()}


def said(found: list[tuple[str, int, str]]) -> str:
    """Return a cell's words from the claims behind it: their case, strength, and achievement."""
    cases = len({id_ for id_, _, _ in found})
    number = f"{cases} case {'study' if cases == 1 else 'studies'}"
    best = max(strong for _, strong, _ in found)
    known = {how for _, _, how in found} - {"unknown", "too-early"}
    only = " only success stories" if known and known <= {"full", "partial"} else ""
    word = ["", "not confirmed", "independent", "two kinds", "well tested"][best]
    return (f"{word} {number}" if word else f"{number}, no source") + only


def test_the_shipped_map_agrees_with_the_files(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """Every cell of the shipped map says what its case files say, reckoned a second way."""
    page = crossed(shipped_files[PATH])
    wanted = expected(plain)
    assert wanted
    by_group = crossed(shipped_files[PATH], by_group=True)
    assert {pair: set(cases) for pair, cases in by_group.cases.items()} == plain.pairs(
        "focus", "level", by_group=True
    )
    assert {pair: text for pair, text in page.cells.items() if text != NOTHING} == wanted
    assert {pair: set(cases) for pair, cases in page.cases.items()} == plain.pairs("focus", "level")
    narrower = [term for term in plain.terms["focus"] if "broader" in term]
    assert len(page.cells) == len(narrower) * len(plain.terms["level"])


def test_no_declaration_no_trace(tmp_path: Path) -> None:
    """A model without a map of evidence has no page of it and no word about it."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    assert [path for path, content in files.items() if b"evidence-map" in content] == []
    assert PATH not in files


MISTAKES = {
    "a list": ("[systems, vendors]", "'evidence_map' of 'across' is not a mapping"),
    "no columns": ("{rows: systems}", "'evidence_map' has no 'columns'"),
    "no facet": ("{rows: systms, columns: systems}", "'systms' in 'across' is not a facet"),
    "no evidence": (
        "{rows: systems, columns: vendors}",
        "the entries that hold 'vendors' have no strength of evidence",
    ),
    "no field": (
        "{rows: systems, columns: factor, success: {end: [big]}}",
        "there is no field 'contributing_factors.end'",
    ),
    "no term": (
        "{rows: systems, columns: factor, undecided: {fixed: [perhaps]}}",
        "'perhaps' is not the id of a term of 'contributing_factors.fixed'",
    ),
}


@pytest.mark.parametrize(("map_", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_declaration_is_told(map_: str, message: str) -> None:
    """What the map of a model names and the model has not is told."""
    model = MODEL.replace("factor: {kind: term,", "factor: {facet: yes, kind: term,")
    _, problems = declared(f"{model}across:\n  evidence_map: {map_}\n")
    assert message in "\n".join(problem.message for problem in problems)
