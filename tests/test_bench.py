"""The comparison with other programs: its corpus, its measuring, its proof and its report."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bench import corpus, measure, preview, proof
from bench.__main__ import main
from bench.corpus import FACETS, Record
from bench.measure import Run, RunError, Size
from bench.report import put, render
from bench.results import CI, FIELDS, FRESH, IMPORTS, UNCHANGED, WORDS, Key, Results
from bench.rounds import Comparison
from bench.tools import CASEBOOK, HUGO, MKDOCS, Tool
from generator.cli.main import main as casebook
from trouble import soon

BENCH = Path(__file__).parent.parent / "bench"
NUMBER = 30
MEGA = 1_000_000
PARTS = (r"^- ", r"^    - ", r"^1\. ", r"^> ", r"^\|---\|---:\|", r"\.\[\^1\]$", r"^\[\^1\]: ")
"""What is in every text: lists, one in a list, a quotation, a table, a footnote."""


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Return a small corpus."""
    return list(corpus.records(NUMBER))


def prepared(tool: Tool, folder: Path, records: list[Record]) -> Path:
    """Return a folder with the corpus as a program is given it."""
    tool.prepare(folder, records)
    return folder


# ---- the corpus ----------------------------------------------------------------------------------


def test_the_corpus_is_always_the_same(records: list[Record]) -> None:
    """The same number gives the same cases; another number gives others."""
    assert list(corpus.records(NUMBER)) == records
    assert next(corpus.records(NUMBER + 1)) != records[0]


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


def test_hugo_is_given_the_same_words_and_terms(records: list[Record], tmp_path: Path) -> None:
    """The file of a case for Hugo differs from that for MkDocs in the form of fields and links."""
    for tool in (HUGO, MKDOCS):
        (tmp_path / tool.name).mkdir()
        prepared(tool, tmp_path / tool.name, records)
    file = f"content/cases/{records[0].id}.md"
    hugo, plain = ((tmp_path / tool.name / file).read_text("utf-8") for tool in (HUGO, MKDOCS))
    fields, _, text = hugo.partition("\n}\n\n")
    _, front, same = plain.split("---\n", 2)
    assert yaml.safe_load(fields + "}") == {**yaml.safe_load(front), "date": records[0].updated}
    assert re.sub(r"/cases/(case-\d+)\.html", r"\1.md", text) == same


def test_an_edit_changes_what_it_says(records: list[Record]) -> None:
    """An edit of the text adds a word; an edit of the fields changes one partner and the date."""
    record = records[0]
    worded = corpus.with_word(record, "Edited7")
    assert worded.body.split() == [*record.body.split()[:2], "Edited7.", *record.body.split()[2:]]
    fielded = corpus.with_partner(record, "Organisation 999", "2026-01-01")
    assert fielded.terms["partners"] == [*record.terms["partners"][:-1], "Organisation 999"]
    assert (fielded.updated, fielded.body) == ("2026-01-01", record.body)


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
    records: list[Record],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Tool, Path]:
    """Return a program and the pages that it made."""
    tool: Tool = request.param
    folder = prepared(tool, tmp_path_factory.mktemp("built"), records)
    measure.run(tool.command, folder, folder / "log")
    return tool, tool.pages(folder)


def test_whole_pages_pass_the_proof(built: tuple[Tool, Path], records: list[Record]) -> None:
    """Both programs do all that is asked."""
    assert proof.lacking(*built, records) == []


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"<table.*?</table>", "{case} has fewer than 1 <table>"),
        (r"<blockquote>.*?</blockquote>", "{case} has fewer than 1 <blockquote>"),
        (r'href="[^"#]*#[^"]*fn:1"', "{case} has no link to its footnote"),
        (r'href="https://example\.org/study', "{case} does not link to https://example.org/study"),
        (r'href="\.\./partners/', "{case} links to 0 pages of partners"),
    ],
)
def test_what_is_missing_is_told(
    pattern: str, said: str, built: tuple[Tool, Path], records: list[Record]
) -> None:
    """A page that lost a part does not pass."""
    tool, pages = built
    name = f"cases/{records[0].id}.html"
    whole = (pages / name).read_text("utf-8")
    broken = re.sub(pattern, "", whole, flags=re.DOTALL)
    assert broken != whole
    (pages / name).write_text(broken, "utf-8")
    try:
        found = proof.lacking(tool, pages, records)
    finally:
        (pages / name).write_text(whole, "utf-8")
    assert [one for one in found if one.startswith(said.format(case=name))]


def test_a_term_that_lost_a_case_is_told(built: tuple[Tool, Path], records: list[Record]) -> None:
    """The page of a term must list all cases that have it."""
    tool, pages = built
    record = records[0]
    name = f"partners/{record.terms['partners'][0].lower().replace(' ', '-')}.html"
    whole = (pages / name).read_text("utf-8")
    (pages / name).write_text(whole.replace(record.id, "case-99999"), "utf-8")
    try:
        found = proof.lacking(tool, pages, records)
    finally:
        (pages / name).write_text(whole, "utf-8")
    assert found == [f"{name} lists 1 cases too few, such as {record.id}"]


# ---- rounds and report ---------------------------------------------------------------------------


def test_a_comparison_runs_its_rounds(tmp_path: Path) -> None:
    """Each program runs once a round; warming up is not kept; nothing is left behind but a log."""
    told: list[str] = []
    done = Comparison(
        work=tmp_path, tools=(MKDOCS,), sizes=(NUMBER + 1,), rounds=2, tell=told.append
    ).compare()
    key = Key(NUMBER + 1, "MkDocs")
    assert [(one, len(runs)) for one, runs in done.runs.items()] == [(key, 2)]
    assert done.sizes[key].files > NUMBER
    assert [line[:32] for line in told] == ["    31 cases  MkDocs, no cache   "[:32]] * 2
    assert [file.name for file in tmp_path.iterdir()] == ["log"]


def numbers() -> Results:
    """Return numbers by which some goals are met and some missed."""
    made = Results()

    def ran(cases: int, tool: str, situation: str, *walls: float, memory: int = 100) -> None:
        runs = [Run(wall=wall, cpu=2 * wall, memory=memory * MEGA) for wall in walls]
        made.runs[Key(cases, tool, situation)] += runs

    ran(300, "casebook", FRESH, 2.0, 3.0, 4.0)
    ran(1_000, "casebook", FRESH, 1.0)
    ran(10_000, "Hugo", FRESH, 10.0, 8.0, 12.0, memory=1_000)
    ran(10_000, "casebook", FRESH, 10.0, memory=400)
    ran(10_000, "casebook", UNCHANGED, 0.5)
    ran(10_000, "casebook", WORDS, 1.0)
    ran(10_000, "casebook", FIELDS, 1.01)
    ran(10_000, "casebook", CI, 4.5)
    made.sizes[Key(10_000, "Hugo")] = Size(12_345, 67_890_000)
    made.startup[IMPORTS] += [0.3, 0.2, 0.39]
    made.preview[1_000] += [0.7, 0.49, 0.4]
    return made


def test_goals_are_met_or_missed() -> None:
    """A bound met exactly is met, unless it is to be below; what was not run is not judged."""
    report = render(numbers(), {"day": "2026-01-01"})
    head, _, rest = report.partition("### Goals\n\n")
    assert head == "| of | value |\n| --- | --- |\n| day | 2026-01-01 |\n\n"
    assert rest.partition("\n\n")[0].splitlines()[2:] == [
        "| 10,000 cases, no cache: wall | ≤ 1 × Hugo | 1.00 × Hugo | met |",
        "| 10,000 cases, one text edited: wall | ≤ 0.1 × Hugo | 0.10 × Hugo | met |",
        "| 10,000 cases, a term and a date edited: wall | ≤ 0.1 × Hugo | 0.101 × Hugo | missed |",
        "| 10,000 cases, cache but no output: wall | ≤ 0.4 × Hugo | 0.45 × Hugo | missed |",
        "| 10,000 cases, no cache: peak memory | ≤ 0.4 × Hugo | 0.40 × Hugo | met |",
        "| 1,000 cases: from saving a file until the preview shows it | < 0.5 s | 0.49 s | met |",
        "| 300 cases, no cache: wall | < 3 s | 3.00 s | missed |",
        "| of it, Python and the imports | < 0.4 s | 0.30 s | met |",
        "| growth from 1,000 to 10,000 cases, no cache: wall | ≤ 11 × | 10.00 × | met |",
        "| 10,000 cases, no cache: plain MkDocs's wall | ≥ 4 × casebook |  | not measured |",
    ]


def test_rows_hold_medians_spreads_and_ratios() -> None:
    """A row is a median with least and greatest, or the one number, and its ratio to Hugo's."""
    report = render(numbers(), {})
    assert report.partition("### 10,000 cases\n\n")[2].partition("\n\n")[0].splitlines()[2:] == [
        "| casebook | no cache | 1 | 10.00 | 1.00 | 20.00 | 400 | 0.40 |  |",
        "| casebook | nothing changed | 1 | 0.50 | 0.05 | 1.00 | 100 | 0.10 |  |",
        "| casebook | one text edited | 1 | 1.00 | 0.10 | 2.00 | 100 | 0.10 |  |",
        "| casebook | a term and a date edited | 1 | 1.01 | 0.10 | 2.02 | 100 | 0.10 |  |",
        "| casebook | cache, no output | 1 | 4.50 | 0.45 | 9.00 | 100 | 0.10 |  |",
        (
            "| Hugo | no cache | 3 | 10.00 (8.00–12.00) | 1.00 | 20.00 (16.00–24.00)"
            " | 1,000 (1,000–1,000) | 1.00 | 67.9 MB in 12,345 files |"
        ),
    ]
    assert report.partition("### Start and preview\n\n")[2].splitlines()[2:] == [
        "| Python and the imports of casebook | 0.300 (0.200–0.390) |",
        "| from saving a file until the preview shows it, 1,000 cases | 0.49 (0.40–0.70) |",
    ]


def test_memory_that_was_not_seen_is_said() -> None:
    """Without memory the rest is reported all the same."""
    made = Results()
    made.runs[Key(300, "Hugo")].append(Run(wall=1, cpu=1, memory=None))
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
        (["--sizes", "300,29"], "29 is too few: a corpus has at least 30 cases"),
        (["--tools", "casebook,jekyll"], "'jekyll' is not one of casebook, hugo, mkdocs"),
    ],
)
def test_wrong_words_are_refused(arguments: list[str], said: str) -> None:
    """A slip on the command line is told before anything runs."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert said in done.stderr
