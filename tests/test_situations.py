"""Situations: each combination that a counted case names, what its cases say, and what is near."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest

import built
from crossed import words
from plainly import Plainly
from rows import made, section, tally, tree
from small import library, snapshot

WAY = "entry_process: {process: started-small, what: With one workshop.}\n"
PARTNERS = """\
partners:
  - {name: UNICEF, sector: international}
  - {name: Ministry of Rain, sector: government}
"""
MORE = """\
success_factors:
  - {factor: trusted-relationship, what: Ten years of tea.}
  - {factor: trusted-relationship, what: And of coffee.}
  - {factor: policy-window, what: The law was open.}
constraints: {constraint: shocks, what: A flood., response: Waited., worked: partly}
challenges:
  - {challenge: funding, met: 'yes', response: None was found.}
  - {challenge: learning, met: 'no'}
"""


def case(title: str, more: str = "", way: str = WAY, partners: str = PARTNERS) -> str:
    """Return a case with a way in and two sectors."""
    text = snapshot(title, way + partners + more).replace("partners: UNICEF\n", "", 1)
    if "success_factors:\n" in more:
        text = text.replace("success_factors: trusted-relationship\n", "", 1)
    return text


def test_combinations_agree_with_the_files(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """Every combination that a file names has a page with exactly those cases, and no other has."""
    index, groups = plain.index(), {t["label"] for t in plain.terms["focus"] if "broader" not in t}
    names = [index["entry_process"], index["sector"], {g: index["focus"][g] for g in groups}]
    expected = {
        combination: cases
        for combination in product(*names)
        if (cases := set.intersection(*(by[t] for by, t in zip(names, combination, strict=True))))
    }
    files = shipped_files
    found: dict[tuple[str, ...], set[str]] = {}
    for path in files:
        if path.startswith("situations/") and path != "situations/index.html":
            title = words(tree(files[path]).find(".//h1"))
            links = built.read(path, files[path]).text.partition("\n## What")[0]
            led = re.findall(r"### \[.*?\]\([./]*cases/([^)#]*)\.html\)", links)
            found[tuple(title.split(" · "))] = {unquote(id_) for id_ in led}
    assert found == expected
    listed: dict[str, dict[str, str]] = defaultdict(dict)
    for part in tree(files["situations/index.html"]).iter("section"):
        first = words(part.find("./h2")).removesuffix(" entry process")
        for label, count in tally(part).items():
            listed[first][label] = count
    total = len(plain.counted())
    assert {(f, *label.split(" · ")): n for f, by in listed.items() for label, n in by.items()} == {
        combination: f"{len(cases)} of {total}" for combination, cases in expected.items()
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of three cases, of which two are alike, and an example."""
    root = library(
        tmp_path_factory.mktemp("small"),
        land=case("Land", MORE),
        water=case("Water", partners="partners: {name: UNICEF, sector: international}\n"),
        fire=case("Fire", way="entry_process: unknown\n"),
        dream=case("Dream", f"record_type: indicative-example\n{MORE}"),
    )
    return made(root)


GROUPED = """\
name: note
plural: notes
folder: cases
across: {situations: [way, place, aim]}
fields:
  t: {kind: line, role: title, need: always, label: T, help: H.}
  way:
    kind: record
    many: yes
    key: step
    facet: yes
    noun: way
    label: How it began
    help: H.
    fields:
      step: {kind: term, vocabulary: ways, need: always, label: S, help: H.}
      what: {kind: text, lead: yes, label: W, help: H.}
  place: {kind: term, vocabulary: places, facet: yes, noun: place, label: P, help: H.}
  aim: {kind: term, vocabulary: aims, facet: yes, noun: aim, label: A, help: H.}
"""


def test_what_is_said_of_a_term_is_said_of_its_group(tmp_path: Path) -> None:
    """The page of a group quotes the entries that name a term inside it, and no others."""
    root = library(
        tmp_path,
        one="""\
---
t: One
way: [{step: tea, what: Over tea.}, {step: letter, what: By post.}]
place: here
aim: peace
---
""",
    )
    content = root / "content"
    (content / "vocabulary").mkdir()
    (content / "record.yml").write_text(GROUPED, "utf-8")
    for name, terms in {
        "ways": "[{id: talk, label: Talk}, {id: tea, label: Tea, broader: talk},"
        " {id: letter, label: Letter}]",
        "places": "[{id: here, label: Here}]",
        "aims": "[{id: peace, label: Peace}]",
    }.items():
        text = f"title: T\nterms: {terms}\n"
        (content / "vocabulary" / f"{name}.yml").write_text(text, "utf-8")
    files = made(root)
    quoted = {
        way: words(section(files[f"situations/{way}/here/peace.html"], "cases"))
        for way in ("talk", "letter")
    }
    assert "How it began: Over tea." in quoted["talk"]
    assert "By post." not in quoted["talk"]
    assert "How it began: By post." in quoted["letter"]


def test_only_what_counted_cases_show_has_a_page(files: dict[str, bytes]) -> None:
    """Focus is taken at the level of its areas; what is unknown makes no situation."""
    assert [path for path in files if path.startswith("situations/")] == [
        "situations/index.html",
        "situations/started-small/government/advocacy.html",
        "situations/started-small/international/advocacy.html",
    ]
    text = words(tree(files["situations/index.html"]).find(".//main"))
    assert "2 of 3 case studies name all three" in text
    assert "They show 2 of 84 combinations" in text
    assert "the entry process is unknown in 1." in text
    assert list(built.broken(files)) == []


def test_before_a_meeting(files: dict[str, bytes]) -> None:
    """The page has the cases, what each list of claims says by their number, and what is near."""
    page = files["situations/started-small/international/advocacy.html"]
    text = words(section(page, "cases"))
    assert "How it began: With one workshop." in text
    helped = words(section(page, "success-factors"))
    assert helped.startswith("What helped Link to this section # Trusted relationship 2 of 2")
    assert helped.index("Ten years of tea.") < helped.index("Policy window 1 of 2")
    met = words(section(page, "constraints"))
    assert "Stated in 1 of 2Nothing said in 1" in met
    assert "ResponseWaited. Did the response work?Partly" in met
    challenges = words(section(page, "challenges"))
    assert "Funding 1 of 2" in challenges
    assert "Learning" not in challenges
    assert "Another sector" in words(section(page, "near"))
