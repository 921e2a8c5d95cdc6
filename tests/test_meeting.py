"""Before a meeting: a page for each answer, what its cases say, and where old addresses lead."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.base.problem import errors
from plainly import Plainly
from rows import made, section, tally, tree
from small import library, snapshot

INDEX = "prepare/index.html"
WAY = "entry_process: {process: started-small, what: With one workshop.}\n"
PARTNERS = """\
partners:
  - {name: UNICEF, sector: international}
  - {name: Ministry of Rain, sector: government}
"""
MORE = """\
theme: land-tenure
success_factors:
  - {factor: trusted-relationship, what: Ten years of tea.}
  - {factor: shared-impact-goal, what: Both wanted rain.}
  - {factor: policy-window, what: The law was open.}
constraints:
  - {constraint: shocks, what: A flood., response: Waited., worked: partly}
  - {constraint: staff-time, what: Three staff., advised: Ask for more.}
"""


def case(title: str, more: str = "", way: str = WAY, partners: str = PARTNERS) -> str:
    """Return a case with a way in and two sectors."""
    text = snapshot(title, way + partners + more).replace("partners: UNICEF\n", "", 1)
    if "success_factors:\n" in more:
        text = text.replace("success_factors: trusted-relationship\n", "", 1)
    return text


def test_answers_agree_with_the_files(shipped_files: Mapping[str, bytes], plain: Plainly) -> None:
    """Each sector that a counted file names has a page with exactly those cases, no other has."""
    files, total = shipped_files, len(plain.counted())
    expected = {term: cases for term, cases in plain.index()["sector"].items() if cases}
    pages = [path for path in files if path.startswith("prepare/") and path != INDEX]
    by_answer = {}
    for path in pages:
        term = words(tree(files[path]).find(".//h1")).removeprefix("Prepare a meeting · ")
        links = section(files[path], "cases").iter("a")
        by_answer[term] = {
            str(link.get("href")).rpartition("/")[2].removesuffix(".html")
            for link in links
            if "cases/" in str(link.get("href"))
        }
    assert by_answer == expected
    assert tally(section(files[INDEX], "first")) == {
        term: f"{len(cases)} of {total}" for term, cases in expected.items()
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of three cases, of which one is with no ministry, and an example."""
    root = library(
        tmp_path_factory.mktemp("small"),
        land=case("Land", MORE),
        water=case("Water", partners="partners: {name: UNICEF, sector: international}\n"),
        fire=case("Fire", way="entry_process: unknown\n"),
        dream=case("Dream", f"record_type: indicative-example\n{MORE}"),
    )
    return made(root)


def test_only_what_counted_cases_answer_has_a_page(files: dict[str, bytes]) -> None:
    """The pages are those of the answers; no link is broken."""
    assert [path for path in files if path.startswith("prepare/")] == [
        INDEX,
        "prepare/government.html",
        "prepare/international.html",
    ]
    assert tally(section(files[INDEX], "first")) == {
        "Government": "2 of 3",
        "International": "3 of 3",
    }
    assert list(built.broken(files)) == []


def test_before_a_meeting(files: dict[str, bytes]) -> None:
    """The page tells what helped by family, what was done with its result, advice apart."""
    page = files["prepare/international.html"]
    helped = words(section(page, "success_factors"))
    # Trust and a shared goal are one family: of three cases it counts each once.
    assert "Aims and trust 3 of 3" in helped
    tried = words(section(page, "tried"))
    assert "Partly" in tried
    assert "Waited." in tried
    assert "Ask for more." not in tried
    assert "Ask for more." in words(section(page, "advice"))
    assert "With one workshop." in words(section(page, "began"))
    assert "Too little staff time" in words(section(page, "unrecorded"))
    assert "Shocks" not in words(section(page, "unrecorded"))
    about = words(section(page, "question-0"))
    assert about.startswith("About what?")
    assert "Land tenure 1Land" in about
    assert "Dream" not in words(tree(page).find(".//main"))


def test_old_addresses_lead_on(files: dict[str, bytes]) -> None:
    """Each former combination leads to the page of its answer, their index to the questions."""
    old = {
        path: built.read(path, text).links
        for path, text in files.items()
        if path.startswith("situations/")
    }
    assert old.keys() == {
        "situations/index.html",
        "situations/started-small/government/advocacy.html",
        "situations/started-small/international/advocacy.html",
    }
    assert "prepare/index.html" in old["situations/index.html"]
    assert "prepare/government.html" in old["situations/started-small/government/advocacy.html"]
    for path in old:
        assert b'http-equiv="refresh"' in files[path]
        assert [name for name, text in files.items() if path.encode() in text] == []


def stranger(folder: Path, declared: str) -> Path:
    """Write the site of another field of work, with what is declared across its records."""
    shutil.copytree(built.SITES / "postmortems", folder / "site")
    file = folder / "site" / "content" / "record.yml"
    file.write_text(f"{file.read_text('utf-8')}\nacross:\n  {declared}\n", "utf-8")
    return folder / "site"


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("situations: [severity, systems, held]", "'situations' is there without 'meeting'"),
        ("meeting: {title: Before}", "'meeting' in 'across' has no questions"),
        (
            "meeting: {title: Before, questions: [{facet: sky, ask: 'What?'}]}",
            "'sky' in 'across' is not a facet",
        ),
        (
            "meeting: {title: B, questions: [{facet: held, finer: systems, ask: 'What?'}]}",
            "'systems' in 'across' is of another list than 'held'",
        ),
        (
            "meeting: {title: B, questions: [{facet: held, ask: 'What?', phrase: held}]}",
            "'held' in 'across' has no '{term}'",
        ),
        (
            "meeting: {title: B, questions: [{facet: held, ask: 'What?'}], began: severity}",
            "'severity' in 'across' is not a record",
        ),
    ],
)
def test_what_a_model_gets_wrong(tmp_path: Path, declared: str, message: str) -> None:
    """A declaration that names nothing it could ask is refused in its author's words."""
    _, problems = built.complaints(stranger(tmp_path, declared), tmp_path / "cache")
    assert [problem.message for problem in errors(problems)] == [message]


def test_a_stranger_has_its_own_questions(tmp_path: Path) -> None:
    """Another model asks its own questions, under its own title, and says no word of ours."""
    declared = (
        "meeting: {title: Before a release, questions:"
        " [{facet: systems, ask: 'Which system?'}, {facet: severity, ask: 'How bad?'}]}"
    )
    files = built.build(stranger(tmp_path, declared), tmp_path / "cache")
    text = built.read(INDEX, files[INDEX]).text
    assert "# Before a release" in text
    assert "## Which system?" in text
    assert "## How bad?" in text
    assert [path for path in files if b"Prepare a meeting" in files[path]] == []
    assert f"[Before a release]({INDEX})" in built.read("index.html", files["index.html"]).text
    assert list(built.broken(files)) == []


def without_severity(folder: Path) -> Path:
    """Write the site of another field of work, of which no record answers the first question."""
    declared = (
        "meeting: {title: Before a release, questions:"
        " [{facet: severity, ask: 'How bad?'}, {facet: systems, ask: 'Which system?'}]}"
    )
    root = stranger(folder, declared)
    for file in (root / "content" / "incidents").glob("*.md"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(x for x in lines if not x.startswith("severity:")), "utf-8")
    return root


def no_sector(folder: Path) -> Path:
    """Write cases whose partners are of no sector, which the first question asks for."""
    return library(folder, one=snapshot("One", "theme: wash\n"), two=snapshot("Two"))


@pytest.mark.parametrize(
    ("make", "asked", "path"),
    [
        (no_sector, ["About what?", "Where?"], "prepare/wash.html"),
        (without_severity, ["Which system?"], "prepare/queue.html"),
    ],
)
def test_a_question_that_nobody_answers_is_left_out(
    tmp_path: Path, make: Callable[[Path], Path], asked: list[str], path: str
) -> None:
    """The next one leads: its answers have the pages, here and on the home page."""
    files = built.build(make(tmp_path), tmp_path / "cache")
    for page in (INDEX, "index.html"):
        (form,) = (f for f in tree(files[page]).iter("form") if f.get("class") == "ask")
        assert [label.text for label in form.iter("label")] == asked
        assert path in built.read(page, files[page]).links
    assert words(section(files[INDEX], "first").find("./h2")) == asked[0]
    assert path in files
    assert list(built.broken(files)) == []


def test_where_nobody_answers_anything_nothing_is_asked(tmp_path: Path) -> None:
    """The page stands, and says that no case answers yet; the home page asks nothing."""
    root = without_severity(tmp_path)
    for file in (root / "content" / "incidents").glob("*.md"):
        file.write_text(re.sub(r"(?m)^systems:.*\n", "", file.read_text("utf-8")), "utf-8")
    files = built.build(root, tmp_path / "cache")
    assert "No incident answers this yet." in built.read(INDEX, files[INDEX]).text
    assert b'class="ask"' not in files[INDEX] + files["index.html"]
    assert [path for path in files if path.startswith("prepare/")] == [INDEX]
    assert list(built.broken(files)) == []
