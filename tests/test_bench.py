"""The comparison with other programs: its corpus, its measuring, its proof and its report."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bench import corpus, measure, preview, proof
from bench.__main__ import main
from bench.corpus import CORPORA, FACETS, Record
from bench.edits import EDITS
from bench.machine import about
from bench.measure import Run, RunError, Size
from bench.report import put, render
from bench.results import (
    CI,
    CLAIM,
    COUNTED,
    FRESH,
    HEADING,
    IMPORTS,
    MOVED,
    NEWEST,
    PERIOD,
    TITLE,
    UNCHANGED,
    WORD,
    Key,
    Results,
)
from bench.rounds import Comparison
from bench.tools import ASTRO, CASEBOOK, ELEVENTY, HUGO, MKDOCS, Tool
from generator.cli.main import main as casebook
from trouble import soon

BENCH = Path(__file__).parent.parent / "bench"
NUMBER = 30
MEGA = 1_000_000


@pytest.fixture(scope="module", params=CORPORA)
def records(request: pytest.FixtureRequest) -> list[Record]:
    """Return a small corpus of each kind."""
    return list(CORPORA[request.param](NUMBER))


@pytest.fixture(scope="module")
def dense() -> list[Record]:
    """Return a small corpus whose cases have many claims."""
    return list(corpus.dense(NUMBER))


def prepared(tool: Tool, folder: Path, records: list[Record]) -> Path:
    """Return a folder with the corpus as a program is given it."""
    tool.prepare(folder, records)
    return folder


# ---- the corpus ----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", CORPORA.values(), ids=CORPORA)
def test_a_corpus_is_always_the_same(make: Callable[[int], list[Record]]) -> None:
    """The same number gives the same cases; another number gives others."""
    first = list(make(NUMBER))
    assert list(make(NUMBER)) == first
    assert next(iter(make(NUMBER + 1))) != first[0]


def test_titles_differ_and_partners_countries_and_periods_vary(records: list[Record]) -> None:
    """No two cases have one title, and few have the same partners, countries or period."""
    assert len({record.title for record in records}) == NUMBER
    for facet in ("partners", "countries"):
        assert len({tuple(record.terms[facet]) for record in records}) > NUMBER / 2
    periods = {record.period for record in records}
    assert len(periods) > NUMBER / 2
    assert {bool(end) for _, end in periods} == {True, False}
    assert [period for period in periods if period[1] and period[0] > period[1]] == []


def test_a_case_claims_something_for_each_of_its_terms(records: list[Record]) -> None:
    """The claims of a facet are those of its terms, in their order."""
    for record in records:
        for facet in corpus.CLAIMS:
            assert [claim.term for claim in record.claims[facet]] == record.terms[facet]


def test_a_dense_case_has_four_factors_and_four_constraints_with_evidence(
    dense: list[Record],
) -> None:
    """Each claim has words of its own and cites several sources of its case."""
    for record in dense:
        sources = {source.id for source in record.sources}
        for facet in ("success_factors", "constraints"):
            claims = record.claims[facet]
            assert len({claim.term for claim in claims}) == len(claims) == 4
            for claim in claims:
                assert len(set(claim.evidence)) == len(claim.evidence) >= 2
                assert set(claim.evidence) <= sources
                assert bool(claim.response) == bool(claim.worked) == (facet == "constraints")
    claims = [claim for record in dense for claims in record.claims.values() for claim in claims]
    assert len({claim.what for claim in claims}) == len(claims)
    responses = [claim.response for claim in claims if claim.response]
    assert len(set(responses)) == len(responses) == 4 * NUMBER


def test_a_case_has_the_shape_that_is_promised(records: list[Record]) -> None:
    """Each text has its words, lists, table, footnote and links to cases that there are."""
    ids = {record.id for record in records}
    assert len(ids) == NUMBER
    for record in records:
        text = corpus.text(record, "{}.md")
        assert 750 <= len(text.split()) <= 850
        assert "LINK" not in text
        assert set(re.findall(r"\]\((case-\d+)\.md\)", text)) == set(record.links) <= ids
        for part in (
            r"^- ",
            r"^    - ",
            r"^1\. ",
            r"^> ",
            r"^\|---\|---:\|",
            r"\[\^1\]$",
            r"^\[\^1\]: ",
        ):
            assert len(re.findall(part, text, re.MULTILINE)) >= 1, part


def test_a_case_has_ten_facets_of_one_to_four_terms(records: list[Record]) -> None:
    """All numbers of terms from one to four are there, and no term twice in a case."""
    assert len(FACETS) == 10
    assert {tuple(record.terms) for record in records} == {FACETS}
    lists = [terms for record in records for terms in record.terms.values()]
    assert {len(terms) for terms in lists} == {1, 2, 3, 4}
    assert [terms for terms in lists if len(set(terms)) < len(terms)] == []
    assert {len(record.terms[name]) for record in records for name in ("focus", "form")} == {1}


def test_sentences_speak_of_partnerships_and_not_of_this_library() -> None:
    """What the cases say of how they were made is left out, and enough remains."""
    known = corpus.sentences()
    assert len(known) > 100
    assert [one for one in known if re.search("editor|library|coded|coding", one)] == []


def test_casebook_has_nothing_to_say_against_the_corpus(
    records: list[Record], tmp_path: Path
) -> None:
    """The corpus passes `casebook check` without an error, a warning or a note."""
    folder = prepared(CASEBOOK, tmp_path, records)
    done = CliRunner().invoke(casebook, ["check", "-f", str(folder / "site_config.yml")])
    assert (done.exit_code, done.stderr) == (0, f"{NUMBER} records read: no problems\n")


def test_the_settings_of_the_others_name_the_same_facets() -> None:
    """Hugo and MkDocs make pages for the facets of the corpus, in its order."""
    hugo = tomllib.loads((BENCH / "hugo/hugo.toml").read_text("utf-8"))
    plain = yaml.safe_load((BENCH / "mkdocs/mkdocs.yml").read_text("utf-8"))
    facets = list(FACETS)
    assert hugo["params"]["facets"] == list(hugo["taxonomies"]) == facets
    assert plain["extra"]["facets"] == facets


@pytest.mark.parametrize("tool", [ELEVENTY, ASTRO], ids=lambda tool: tool.name)
def test_what_npm_installs_is_pinned_and_names_no_host(tool: Tool) -> None:
    """Each package has one version and a digest; where it is fetched from is not in the file."""
    folder = BENCH / tool.name.lower()
    asked = json.loads((folder / "package.json").read_text("utf-8"))
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert locked.pop("")["dependencies"] == asked["dependencies"]
    assert [name for name, package in locked.items() if "resolved" in package] == []
    assert [name for name, package in locked.items() if "integrity" not in package] == []
    for name, version in asked["dependencies"].items():
        assert locked[f"node_modules/{name}"]["version"] == version


def test_all_programs_are_given_the_same_fields_and_words(
    records: list[Record], tmp_path: Path
) -> None:
    """The files of a case differ in the form of their fields, and in that of their links."""
    record, given = records[0], []
    for tool in (HUGO, MKDOCS, ELEVENTY, ASTRO):
        (tmp_path / tool.name).mkdir()
        prepared(tool, tmp_path / tool.name, [record])
        file = tmp_path / tool.name / f"content/cases/{record.id}.md"
        # Fields in JSON are YAML too; the text begins with its first heading.
        front, heading, body = file.read_text("utf-8").partition("## Situation")
        fields = yaml.safe_load(re.sub(r"^---(json)?$", "", front, flags=re.MULTILINE))
        links = re.sub(r"\((?:/cases/)?(case-\d+)\.(?:html|md)\)", r"(\1)", body)
        given.append((fields, heading + links))
    fields, body = given[0]
    assert given == [(fields, body)] * 4
    assert body == corpus.text(record, "{}")
    assert {facet: fields[facet] for facet in FACETS} == record.terms
    claims = [claim for claims in record.claims.values() for claim in claims]
    assert [claim["what"] for claim in fields["claims"]] == [claim.what for claim in claims]
    assert [source["id"] for source in fields["sources"]] == [one.id for one in record.sources]


def test_an_edit_changes_what_it_says(records: list[Record]) -> None:
    """Each edit differs from the case in one thing, and from the same edit of another number."""
    record = replace(records[0], period=("2003", "2024"))
    factor, *factors = record.claims["success_factors"]
    said = replace(factor, what=f"Edited7. {factor.what}")
    body = record.body
    other_focus = EDITS[COUNTED](record, 7).terms["focus"]
    assert other_focus != record.terms["focus"]
    assert {name: edit(record, 7) for name, edit in EDITS.items()} == {
        WORD: replace(record, body=body.replace("\n\n", "\n\nEdited7. ", 1)),
        HEADING: replace(record, body=body.replace("What we did", "Edited7 work")),
        CLAIM: replace(record, claims={**record.claims, "success_factors": [said, *factors]}),
        COUNTED: replace(record, terms={**record.terms, "focus": other_focus}),
        PERIOD: replace(record, period=("2002", "2023")),
        TITLE: replace(record, title=f"{record.title} Edited7"),
        MOVED: replace(record, title=f"Edited7: {record.title}"),
        NEWEST: replace(record, updated="2026-01-08"),
    }
    assert [name for name, edit in EDITS.items() if edit(record, 7) == edit(record, 8)] == []


# ---- measuring -----------------------------------------------------------------------------------

WORK = """
import subprocess, sys, time
held = b"x" * 80_000_000
if sys.argv[1:]:
    subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
while time.process_time() < 0.3:
    pass
time.sleep(0.6)
"""


@pytest.mark.parametrize("children", [0, 1])
def test_a_known_process_is_measured(children: int, tmp_path: Path) -> None:
    """Memory is that of all processes at once, and CPU that of all; sleep is no CPU."""
    command = (sys.executable, "-c", WORK, *[WORK] * children)
    run = measure.run(command, tmp_path, tmp_path / "log")
    number = children + 1
    # One process works at a time, so that the CPU and the sleep fit into the wall.
    assert 0.3 * number <= run.cpu <= run.wall - 0.6 * number + 0.1
    assert run.wall >= 0.9 * number
    assert (run.memory is not None) == measure.can_see_memory()
    if run.memory is not None:
        assert 80 * MEGA * number <= run.memory <= 120 * MEGA * number


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    """The last words of a command that ends with an error are in the message."""
    command = (sys.executable, "-c", "raise SystemExit('out of ink')")
    with pytest.raises(RunError, match=r"exit code 1\nout of ink$"):
        measure.run(command, tmp_path, tmp_path / "log")


def test_nothing_that_a_command_started_runs_on(tmp_path: Path) -> None:
    """A process that a command left behind is ended, so that it does not slow the next one."""
    parent = (
        "import subprocess, sys\n"
        "child = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "print(subprocess.Popen(child).pid, flush=True)\n"
    )
    log = tmp_path / "log"
    measure.run((sys.executable, "-c", parent), tmp_path, log)
    pid = int(log.read_text().split()[0])
    assert soon(lambda: not running(pid))


def running(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and only waits to be noticed does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_the_size_of_a_folder_is_that_of_its_files(tmp_path: Path) -> None:
    """Files in folders count, folders do not."""
    (tmp_path / "one/two").mkdir(parents=True)
    (tmp_path / "one/two/a").write_bytes(b"123")
    (tmp_path / "b").write_bytes(b"4567")
    assert measure.size(tmp_path) == Size(2, 7)


def test_the_preview_is_measured_until_it_shows_the_word(
    records: list[Record], tmp_path: Path
) -> None:
    """A time is given for each edit, and the case is left as it was."""
    folder = prepared(CASEBOOK, tmp_path, records)
    case = folder / f"content/cases/{records[0].id}.md"
    before = case.read_text("utf-8")
    (seconds,) = preview.latencies(folder, records[0], 1, tmp_path / "log")
    assert 0 < seconds < preview.CHANGE
    assert case.read_text("utf-8") == before


# ---- proof ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[CASEBOOK, MKDOCS], ids=lambda tool: tool.name)
def built(
    request: pytest.FixtureRequest,
    dense: list[Record],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Tool, Path]:
    """Return a program and the pages that it made of the dense corpus."""
    tool: Tool = request.param
    folder = prepared(tool, tmp_path_factory.mktemp("built"), dense)
    measure.run(tool.command, folder, folder / "log")
    return tool, tool.pages(folder)


def test_whole_pages_pass_the_proof(built: tuple[Tool, Path], dense: list[Record]) -> None:
    """Both programs do all that is asked."""
    assert proof.site_faults(*built, dense) == []


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"<table.*?</table>", "{case} has fewer than 1 <table>"),
        (r"<blockquote>.*?</blockquote>", "{case} has fewer than 1 <blockquote>"),
        (r'href="[^"#]*#[^"]*fn:1"', "{case} has no link to its footnote"),
        (r'href="https://example\.org/study', "{case} does not link to https://example.org/study"),
        (r'href="\.\./partners/', "{case} links to 0 pages of partners"),
        (r"Field note case-00000-con-3 says so\.", "{case} does not say: "),
        (r"So says case-00000-con-0\.", "{case} does not say: "),
        (r"Study 0 of case-00000", "{case} does not say: Study 0 of case-00000"),
    ],
)
def test_what_is_missing_is_told(
    pattern: str, said: str, built: tuple[Tool, Path], dense: list[Record]
) -> None:
    """A page that lost a part does not pass."""
    tool, pages = built
    name = f"cases/{dense[0].id}.html"
    whole = (pages / name).read_text("utf-8")
    broken = re.sub(pattern, "", whole, flags=re.DOTALL)
    assert broken != whole
    (pages / name).write_text(broken, "utf-8")
    try:
        found = proof.site_faults(tool, pages, dense)
    finally:
        (pages / name).write_text(whole, "utf-8")
    assert [one for one in found if one.startswith(said.format(case=name))]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_page_from_before_an_edit_is_told(
    edit: Callable[[Record, int], Record], built: tuple[Tool, Path], dense: list[Record]
) -> None:
    """No edit passes for done on pages that were made before it."""
    tool, pages = built
    edited = edit(dense[0], 7)
    assert len(proof.edit_faults(tool, pages, dense[0], edited)) == 1


def test_an_edit_that_is_on_its_pages_passes(built: tuple[Tool, Path], dense: list[Record]) -> None:
    """What the pages say of a case and list it under is found, as if it had just been edited."""
    tool, pages = built
    record = dense[0]
    before = replace(
        EDITS[COUNTED](record, 7), title="Another", period=("1990", "1991"), claims={}, body=""
    )
    assert proof.edit_faults(tool, pages, before, record) == []


def test_an_edit_that_no_reader_sees_is_refused(
    built: tuple[Tool, Path], dense: list[Record]
) -> None:
    """There is no proof for an edit that shows nowhere."""
    with pytest.raises(ValueError, match="the edit of case-00000 changes nothing that is shown"):
        proof.edit_faults(*built, dense[0], dense[0])


def test_a_term_that_lost_a_case_is_told(built: tuple[Tool, Path], dense: list[Record]) -> None:
    """The page of a term must list all cases that have it."""
    tool, pages = built
    record = dense[0]
    name = f"partners/{record.terms['partners'][0].lower().replace(' ', '-')}.html"
    whole = (pages / name).read_text("utf-8")
    (pages / name).write_text(whole.replace(record.id, "case-99999"), "utf-8")
    try:
        found = proof.site_faults(tool, pages, dense)
    finally:
        (pages / name).write_text(whole, "utf-8")
    assert found == [f"{name} lists 1 cases too few, such as {record.id}"]


# ---- rounds and report ---------------------------------------------------------------------------


def test_a_comparison_runs_its_rounds(tmp_path: Path) -> None:
    """Each program runs once a round; warming up is not kept; nothing is left behind but a log.

    MkDocs is not asked to build more than 1,000 cases.
    """
    told: list[str] = []
    done = Comparison(
        work=tmp_path,
        corpora=("light", "dense"),
        tools=(MKDOCS,),
        sizes=(NUMBER, 1_001),
        rounds=1,
        tell=told.append,
    ).compare()
    keys = [Key(corpus, NUMBER, "MkDocs") for corpus in ("light", "dense")]
    assert {key: len(runs) for key, runs in done.runs.items()} == dict.fromkeys(keys, 1)
    assert all(done.sizes[key].files > NUMBER for key in keys)
    lines = [f"{corpus}     30 cases  MkDocs, no cache " for corpus in ("light", "dense")]
    assert [line[: len(lines[0])] for line in told] == lines
    assert [file.name for file in tmp_path.iterdir()] == ["log"]


def numbers() -> Results:
    """Return numbers by which some goals are met and some missed."""
    made = Results()

    def ran(cases: int, tool: str, situation: str, *walls: float, memory: int = 100) -> None:
        runs = [Run(wall=wall, cpu=2 * wall, memory=memory * MEGA) for wall in walls]
        made.runs[Key("dense", cases, tool, situation)] += runs

    made.runs[Key("light", 26, "casebook")] += [Run(wall=0.7, cpu=1, memory=None)]
    ran(26, "casebook", FRESH, 0.9)
    ran(300, "casebook", FRESH, 1.0, 1.5, 4.0)
    ran(1_000, "casebook", FRESH, 3.0)
    ran(1_000, "MkDocs", FRESH, 3.0)
    ran(1_000, "Eleventy", FRESH, 2.0)
    ran(1_000, "Astro", FRESH, 20.0)
    ran(10_000, "Hugo", FRESH, 10.0, 8.0, 12.0, memory=1_000)
    ran(10_000, "casebook", FRESH, 30.0, memory=350)
    ran(10_000, "casebook", UNCHANGED, 1.01)
    ran(10_000, "casebook", WORD, 1.5)
    ran(10_000, "casebook", HEADING, 1.501)
    ran(10_000, "casebook", CLAIM, 2)
    ran(10_000, "casebook", COUNTED, 1)
    ran(10_000, "casebook", PERIOD, 3)
    ran(10_000, "casebook", TITLE, 3)
    ran(10_000, "casebook", NEWEST, 40)
    ran(10_000, "casebook", CI, 4.5)
    made.sizes[Key("dense", 10_000, "Hugo")] = Size(12_345, 67_890_000)
    made.startup[IMPORTS] += [0.3, 0.2, 0.39]
    made.preview["dense", 10_000] += [0.7, 0.49, 0.4]
    return made


def test_goals_are_met_or_missed() -> None:
    """A bound met exactly is met, unless it is to be below; what was not run is not judged."""
    report = render(numbers(), {"day": "2026-01-01"})
    head, _, rest = report.partition("### Goals\n\n")
    assert head == "| of | value |\n| --- | --- |\n| day | 2026-01-01 |\n\n"
    titles, _, *rows = rest.partition("\n\n")[0].splitlines()
    assert titles == "| goal | asked | light |  | dense |  |"
    unseen = "|  | not measured |"
    save = "10,000 cases, from saving a file until the preview shows it"
    growth = "from 1,000 to 10,000 cases, no cache: growth of wall"
    place = "10,000 cases, a title edited, its place in the order too: wall"
    assert rows == [
        f"| 10,000 cases, no cache: wall | ≤ 3 × Hugo {unseen} 3.00 × Hugo | met |",
        f"| 10,000 cases, one word edited: wall | ≤ 0.15 × Hugo {unseen} 0.15 × Hugo | met |",
        (
            f"| 10,000 cases, one heading edited: wall | ≤ 0.15 × Hugo {unseen}"
            " 0.1501 × Hugo | missed |"
        ),
        (
            f"| 10,000 cases, one claim's words edited: wall | ≤ 0.15 × Hugo {unseen}"
            " 0.20 × Hugo | missed |"
        ),
        f"| 10,000 cases, a counted field edited: wall | ≤ 0.3 × Hugo {unseen} 0.10 × Hugo | met |",
        f"| 10,000 cases, a period edited: wall | ≤ 0.3 × Hugo {unseen} 0.30 × Hugo | met |",
        f"| 10,000 cases, a title edited: wall | ≤ 0.3 × Hugo {unseen} 0.30 × Hugo | met |",
        f"| {place} | ≤ 0.3 × Hugo {unseen}  | not measured |",
        f"| 10,000 cases, cache, no output: wall | ≤ 0.3 × Hugo {unseen} 0.45 × Hugo | missed |",
        f"| 10,000 cases, nothing changed: wall | ≤ 0.1 × Hugo {unseen} 0.101 × Hugo | missed |",
        f"| 10,000 cases, no cache: peak memory | ≤ 0.35 × Hugo {unseen} 0.35 × Hugo | met |",
        f"| {growth} | ≤ 10.5 × {unseen} 10.00 × | met |",
        f"| 1,000 cases, no cache: CPU | < 1 × MkDocs {unseen} 1.00 × MkDocs | missed |",
        f"| 1,000 cases, no cache: CPU | ≤ 1.5 × Eleventy {unseen} 1.50 × Eleventy | met |",
        f"| 1,000 cases, no cache: CPU | < 1 × Astro {unseen} 0.15 × Astro | met |",
        f"| 300 cases, no cache: wall | ≤ 1.5 s {unseen} 1.50 s | met |",
        f"| {save} | ≤ 0.5 s {unseen} 0.49 s | met |",
        "| 26 cases, no cache: wall | ≤ 0.8 s | 0.70 s | met | 0.90 s | missed |",
    ]


def test_rows_hold_medians_spreads_and_ratios() -> None:
    """A row is a median with least and greatest, or the one number, and its ratio to Hugo's."""
    report = render(numbers(), {})
    table = report.partition("### 10,000 cases, dense\n\n")[2].partition("\n\n")[0]
    assert table.splitlines()[2:] == [
        "| casebook | no cache | 1 | 30.00 | 3.00 | 60.00 | 350 | 0.35 |  |",
        "| casebook | nothing changed | 1 | 1.01 | 0.10 | 2.02 | 100 | 0.10 |  |",
        "| casebook | one word edited | 1 | 1.50 | 0.15 | 3.00 | 100 | 0.10 |  |",
        "| casebook | one heading edited | 1 | 1.50 | 0.15 | 3.00 | 100 | 0.10 |  |",
        "| casebook | one claim's words edited | 1 | 2.00 | 0.20 | 4.00 | 100 | 0.10 |  |",
        "| casebook | a counted field edited | 1 | 1.00 | 0.10 | 2.00 | 100 | 0.10 |  |",
        "| casebook | a period edited | 1 | 3.00 | 0.30 | 6.00 | 100 | 0.10 |  |",
        "| casebook | a title edited | 1 | 3.00 | 0.30 | 6.00 | 100 | 0.10 |  |",
        "| casebook | the newest date edited | 1 | 40.00 | 4.00 | 80.00 | 100 | 0.10 |  |",
        "| casebook | cache, no output | 1 | 4.50 | 0.45 | 9.00 | 100 | 0.10 |  |",
        (
            "| Hugo | no cache | 3 | 10.00 (8.00–12.00) | 1.00 | 20.00 (16.00–24.00)"
            " | 1,000 (1,000–1,000) | 1.00 | 67.9 MB in 12,345 files |"
        ),
    ]
    assert "\n### 26 cases, light\n" in report
    assert report.partition("### Start and preview\n\n")[2].splitlines()[2:] == [
        "| Python and the imports of casebook | 0.300 (0.200–0.390) |",
        (
            "| from saving a file until the preview shows it, 10,000 cases, dense"
            " | 0.49 (0.40–0.70) |"
        ),
    ]


def test_memory_that_was_not_seen_is_said() -> None:
    """Without memory the rest is reported all the same."""
    made = Results()
    made.runs[Key("light", 300, "Hugo")].append(Run(wall=1, cpu=1, memory=None))
    assert "| Hugo | no cache | 1 | 1.00 | 1.00 | 1.00 | not measured |  |  |" in render(made, {})


def test_the_report_stands_between_its_marks(tmp_path: Path) -> None:
    """What was written by hand around the report stays; an older report goes."""
    file = tmp_path / "page.md"
    file.write_text("Before.\n\n<!-- results -->\nold\n<!-- end of results -->\n\nAfter.\n")
    for _ in range(2):
        put(file, "new\n")
        expected = "Before.\n\n<!-- results -->\n\nnew\n\n<!-- end of results -->\n\nAfter.\n"
        assert file.read_text() == expected
    file.write_text("Without marks.\n")
    with pytest.raises(ValueError, match="has no lines"):
        put(file, "new\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sizes", "many"], "'many' is not numbers such as 300,1000"),
        (["--sizes", "300,25"], "25 is too few: a corpus has at least 26 cases"),
        (["--corpus", "thick"], "'thick' is not one of light, dense"),
        (
            ["--tools", "casebook,jekyll"],
            "'jekyll' is not one of casebook, hugo, mkdocs, eleventy, astro",
        ),
    ],
)
def test_wrong_words_are_refused(arguments: list[str], said: str) -> None:
    """A slip on the command line is told before anything runs."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_program_that_was_named_and_is_not_there_is_told() -> None:
    """Who asks for Eleventy without Node gets no comparison without it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--tools", "hugo,eleventy"],
        cwd=BENCH.parent,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(" is not installed; make bench installs it\n")


def test_the_report_says_who_is_left_out() -> None:
    """The line is there only if somebody is."""
    assert "left out" not in about("")
    assert about("Eleventy and Astro, since there is no npm here")["left out"] == (
        "Eleventy and Astro, since there is no npm here"
    )
