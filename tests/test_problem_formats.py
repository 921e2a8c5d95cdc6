"""The forms of problems: for a person at a terminal, and for the programs that show them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.base.problem import Problem, Severity
from generator.cli.main import main
from generator.cli.problem_formats import FORMATS, ProblemReport
from generator.cli.problem_formats.explained import MOST_LINES
from generator.cli.problem_formats.github import MOST_ROWS, step_summary
from generator.cli.problem_formats.sarif import MOST_RESULTS
from generator.records.explain import Explanation
from small import library, own_model, snapshot

SITES = Path(__file__).parent / "sites"
INVALID = sorted((Path(__file__).parent / "sites_invalid").iterdir())

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
PATHS = [
    "content/cases/ສະບາຍ a,b%.md",
    "content/cases/b:c.md",
    "x.md",
    "100%25 <&>\"'#?[]{}|\\^`.md",
    "a\x01\x1b[31m\x7f\x85\u2028\u202e\nb.md",
    "bytes-\udcff\udc80.md",
    "::error::😀.md",
]
PROBLEMS = st.lists(
    st.builds(
        Problem,
        path=st.sampled_from(PATHS),
        line=st.integers(1, 400),
        column=st.integers(1, 400),
        severity=st.sampled_from(list(Severity)),
        code=st.sampled_from(["unknown-key", "bad-date"]),
        message=TEXT,
        hint=TEXT,
    ),
    max_size=8,
)


def report(*problems: Problem, root: str = "/repo/sub", **rest: object) -> ProblemReport:
    """Return a report of some problems of a site that lies in a folder of a repository."""
    settings = {"root": Path(root), "top": Path("/repo"), **rest}
    return ProblemReport(problems=problems, **settings)  # type: ignore[arg-type]


def problem(message: str = "it is wrong", line: int = 3, **rest: object) -> Problem:
    """Return a problem of a record."""
    about = {"path": "content/cases/one.md", "code": "unknown-key", "column": 5, **rest}
    return Problem(line=line, message=message, **about)  # type: ignore[arg-type]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a model and no more, in which the command is run."""
    own_model(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def check(*words: str) -> Result:
    """Run the check with those words."""
    return CliRunner().invoke(main, ["check", *words])


# ---- for a person ------------------------------------------------------------------------------


def test_a_problem_with_its_place_the_term_meant_and_what_it_means(here: Path) -> None:
    """The line stands below, a caret under the place, and what the term means that was meant."""
    library(here, one=snapshot("One", "status: actve\n"))
    result = check("--format", "long")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "content/cases/one.md:10:9: error: 'actve' is not a status\n"
        "    10 | status: actve\n"
        "       |         ^\n"
        "    hint: did you mean 'active'? terms: content/vocabulary/status.yml\n"
        "    active: The partners are at work together.\n"
        "1 record read: 1 error in 1 file\n"
    )


def test_the_term_meant_in_an_entry_and_in_a_mapping_by_term(here: Path) -> None:
    """The field is found by the place, also where a list of entries is written as a mapping."""
    library(
        here,
        one=snapshot("One", "constraints:\n  - constraint: staff tyme\n"),
        two=snapshot("Two", "constraints:\n  - staff tyme\n"),
        three=snapshot("Three", "constraints:\n  - {constraint: staff-time, worked: partlyy}\n"),
        zero=snapshot("Zero", "constraints:\n  moneyy: what happened\n"),
    )
    lines = check("--format", "long").stderr.splitlines()
    assert sum(line.startswith("    staff-time: Staff carried") for line in lines) == 1
    assert sum(line.startswith("    partly: ") for line in lines) == 1
    assert "    and 1 more like it: content/cases/two.md:11:5" in lines
    assert sum(line.startswith("    flexible-funding: All money") for line in lines) == 1


def test_an_example_where_the_form_is_wrong(tmp_path: Path) -> None:
    """What a field wants is shown as the model has it, where the hint does not show it already."""
    explanation = Explanation(line="a: b", number=3, column=4, example=("focus:", "  - research"))
    long = FORMATS["long"].text_of
    text = long(report(problem(code="bad-term"), explain=lambda _: explanation))
    assert text.splitlines()[1:] == [
        "     3 | a: b",
        "       |    ^",
        "    for example:  focus:",
        "                    - research",
    ]
    library(tmp_path, one=snapshot("One", "advice: [one, two]\n"))
    own_model(tmp_path)
    result = check("--format", "long", "-f", str(tmp_path / "site_config.yml"))
    assert "    for example:  advice: " in result.stderr


def test_a_model_of_somebody_else_s(tmp_path: Path) -> None:
    """Terms and examples are those of the site's own model."""
    shutil.copytree(SITES / "tiny", tmp_path / "site")
    record = tmp_path / "site/content/gardens/jardin.md"
    text = record.read_text("utf-8").replace("helps: [compost]", "helps: [composst]")
    record.write_text(text, "utf-8")
    result = check("--format", "long", "-f", str(tmp_path / "site/site_config.yml"))
    line = text.splitlines().index("helps: [composst]") + 1
    assert result.stderr.startswith(
        f"content/gardens/jardin.md:{line}:9: error: 'composst' is not a help\n"
        f"{line:>6} | helps: [composst]\n"
        "       |         ^\n"
    )
    assert "\n    compost: What was waste.\n" in result.stderr


@pytest.mark.parametrize("folder", INVALID, ids=lambda folder: folder.name)
def test_every_broken_site_in_full(folder: Path, tmp_path: Path) -> None:
    """Each mistake is told in six lines at most, beside its line, and is in a log too."""
    root = tmp_path / "site"
    shutil.copytree(folder, root)
    own_model(root)
    config = str(root / "site_config.yml")
    problems = json.loads(check("--format", "json", "-f", config).stdout)
    log = check("--format", "sarif", "-f", config)
    jsonschema.validate(json.loads(log.stdout), SARIF)
    long = check("--format", "long", "-f", config)
    assert log.exit_code == long.exit_code
    lines = long.stderr.splitlines()[:-1]
    assert len(lines) <= MOST_LINES * len(problems) + 1
    carets = [line for line in lines if re.fullmatch(r" {7}\| +\^", line)]
    assert carets or folder.name == "empty_file"


def test_equal_problems_are_told_once_with_their_number(here: Path) -> None:
    """Forty records with one mistake are one problem, with the places of the first."""
    library(here, **{f"c{n:02}": snapshot(f"Case {n}", "colour: red\n") for n in range(40)})
    result = check("--format", "long")
    *lines, summary = result.stderr.splitlines()
    assert lines[-1] == (
        "    and 39 more like it: content/cases/c01.md:10:1, content/cases/c02.md:10:1,"
        " content/cases/c03.md:10:1 … (every one: --format text)"
    )
    assert len(lines) <= MOST_LINES
    assert summary == "40 records read: 40 errors in 40 files"
    assert check("--format", "text").stderr.count("colour") == 40


@given(PROBLEMS, TEXT, st.integers(1, 80), st.integers(20, 120))
def test_no_words_of_an_author_move_the_cursor(
    problems: list[Problem], line: str, column: int, width: int
) -> None:
    """Whatever is typed, a problem has six lines at most, and none holds a control character."""
    explanation = Explanation(
        line=line,
        number=7,
        column=column,
        terms=(("one", line), ("two", line), ("three", line)),
        example=(line, line),
    )
    made = report(*problems, explain=lambda _: explanation, width=width)
    text = FORMATS["long"].text_of(made)
    assert len(text.splitlines()) <= MOST_LINES * len(problems)
    seen = text.replace("\n", "").replace("\u200c", "").replace("\u200d", "")
    assert seen.isprintable() or not seen


def test_a_long_line_is_cut_around_the_place_and_wide_signs_are_counted() -> None:
    """The caret stands under its character, in a line of any length and any script."""
    line = "คำ漢字 " * 40 + "HERE" + " more" * 40
    column = line.index("HERE") + 1
    explanation = Explanation(line=line, number=1, column=column)
    made = report(problem(), explain=lambda _: explanation, width=60)
    _, shown, caret = FORMATS["long"].text_of(made).splitlines()
    before = shown.partition("HERE")[0]
    assert shown.startswith("     1 | …")
    assert shown.endswith("…")
    wide, marks = len(re.findall("[漢字]", before)), before.count("ำ") * 0
    assert caret.index("^") == len(before) + wide - marks


def test_colours_only_where_they_are_asked_for(here: Path) -> None:
    """Nothing that is not a terminal gets an escape; a terminal that shows colours does."""
    library(here, one=snapshot("One", "colour: red\n"))
    assert "\x1b" not in check("--format", "long").stderr
    assert "\x1b[31m" in FORMATS["long"].text_of(report(problem(), colours=True))


def test_away_from_a_terminal_a_problem_is_a_line(here: Path) -> None:
    """Programs that read the output see what they always saw."""
    library(here, one=snapshot("One", "status: actve\n"))
    assert check().stderr == check("--format", "text").stderr
    assert " | " not in check().stderr


@pytest.mark.skipif(os.name == "nt", reason="there are no terminals of this kind")
@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_at_a_terminal_a_problem_is_told_in_full(
    here: Path, no_colour: str, *, coloured: bool
) -> None:
    """The long form is the one of a terminal, with colours unless NO_COLOR is set."""
    library(here, one=snapshot("One", "status: actve\n"))
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check"],
        cwd=here,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "90", "NO_COLOR": no_colour},
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    text = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 1
    assert "    10 | status: actve\r\n" in text
    assert ("\x1b[" in text) is coloured


# ---- for programs ------------------------------------------------------------------------------

DATA = Path(__file__).parent / "data"
SARIF = json.loads((DATA / "sarif-2.1.0.json").read_text("utf-8"))
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit.xsd"))
"""The schemas of others; `data/SOURCES.md` says where they come from."""

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documents say of a report of code quality. Its own schema asks for less."""


@given(PROBLEMS)
def test_sarif_follows_its_schema(problems: list[Problem]) -> None:
    """The log is valid, each result points to its rule, and each address is one of ASCII."""
    text = FORMATS["sarif"].text_of(report(*problems))
    log = json.loads(text)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [p.code for p in problems]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["region"]["startLine"] for place in places] == [p.line for p in problems]
    addresses = [place["artifactLocation"]["uri"] for place in places]
    assert all(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) for uri in addresses)
    names = [os.fsdecode(unquote_to_bytes(uri)) for uri in addresses]
    assert names == [f"sub/{p.path}" for p in problems]


def test_a_log_has_no_more_results_than_are_taken() -> None:
    """A reader that refuses a log of more results gets the worst ones."""
    made = report(*(problem(line=n) for n in range(1, MOST_RESULTS + 10)))
    (run,) = json.loads(FORMATS["sarif"].text_of(made))["runs"]
    lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in run["results"]]
    assert lines == [*range(1, MOST_RESULTS + 1)]


@given(PROBLEMS)
def test_code_quality_follows_its_documents(problems: list[Problem]) -> None:
    """The list has an entry for each problem, and no two have one fingerprint."""
    entries = json.loads(FORMATS["gitlab"].text_of(report(*problems)))
    jsonschema.validate(entries, CODE_QUALITY)
    assert len({entry["fingerprint"] for entry in entries}) == len(problems)


@given(PROBLEMS, st.sampled_from(["sarif", "gitlab", "junit", "github"]))
def test_no_report_holds_what_its_readers_refuse(problems: list[Problem], name: str) -> None:
    """No control character, no half of a pair and no turn of the line is left, not even escaped."""
    text = FORMATS[name].text_of(report(*problems))
    assert not REFUSED.search(text)
    if name in {"sarif", "gitlab"}:
        strings = (piece for piece in _strings(json.loads(text)))
        assert not any(REFUSED.search(piece) for piece in strings)


REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def _strings(value: object) -> Iterator[str]:
    """Yield every text in what was read of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value if isinstance(value, list) else (*value, *value.values()):
            yield from _strings(part)


@given(PROBLEMS, st.booleans())
def test_junit_is_xml_whatever_was_typed(problems: list[Problem], strict: bool) -> None:  # noqa: FBT001
    """The report can be read, has a test for each file, and counts what failed."""
    files = ("content/cases/fine.md", "x.md")
    text = FORMATS["junit"].text_of(report(*problems, files=files, strict=strict))
    assert text.isascii()
    JUNIT.assertValid(etree.fromstring(text.encode()))
    suites = ET.fromstring(text)  # noqa: S314 - it is our own
    (suite,) = suites
    tests = list(suite)
    assert (suites.tag, suite.tag, {test.tag for test in tests}) == (
        "testsuites", "testsuite", {"testcase"},
    )  # fmt: skip
    assert len(tests) == len({*files, *(p.path for p in problems)}) == int(suite.attrib["tests"])
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failed = [test for test in tests if test.find("failure") is not None]
    assert len(failed) == len({p.path for p in problems if p.severity in bad})
    assert int(suite.attrib["failures"]) == len(failed)
    for test in tests:
        assert set(test.attrib) == {"classname", "name", "time"}
        assert [part.tag for part in test] in (
            [], ["failure"], ["system-out"], ["failure", "system-out"],
        )  # fmt: skip
    assert all(set(test[0].attrib) == {"message", "type"} for test in failed)


@given(PROBLEMS)
def test_each_annotation_is_a_line_with_its_parts_escaped(problems: list[Problem]) -> None:
    """No word of an author ends its command, begins another or adds a property."""
    text = FORMATS["github"].text_of(report(*problems))
    lines = text.split("\n")[:-1]
    shape = re.compile(
        r"::(?:error|warning|notice) file=[^:,\r]+,line=\d+,col=\d+,title=[^:,\r]+::[^\r]*",
        re.DOTALL,
    )
    assert len(lines) == len(problems)
    assert all(shape.fullmatch(line) for line in lines)
    assert all("%" not in re.sub("%(25|0D|0A|3A|2C)", "", line) for line in lines)


def test_paths_are_seen_from_the_repository() -> None:
    """The folder of the configuration stands before them, and what lies outside is absolute."""
    inside, outside = problem(), problem(path="../../else/draft one.md")
    made = report(inside, outside)
    gitlab = json.loads(FORMATS["gitlab"].text_of(made))
    paths = ["sub/content/cases/one.md", "/else/draft one.md"]
    assert [entry["location"]["path"] for entry in gitlab] == paths
    log = json.loads(FORMATS["sarif"].text_of(made))
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in log["runs"][0]["results"]]  # fmt: skip  # noqa: E501
    assert places == [
        {"uri": "sub/content/cases/one.md", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///else/draft%20one.md"},
    ]
    assert "file=sub/content/cases/one.md," in FORMATS["github"].text_of(made)


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_a_fingerprint_stays_when_lines_move_and_is_of_one_problem(name: str) -> None:
    """A line put in above changes none; two equal problems of a file have two."""
    read: Callable[[str], set[str]] = lambda text: set(re.findall(r'"([0-9a-f]{64})"', text))  # noqa: E731
    one, two = problem(line=3), problem(line=9)
    before = read(FORMATS[name].text_of(report(one, two)))
    after = read(FORMATS[name].text_of(report(problem(line=4), problem(line=10))))
    assert before == after
    assert len(before) == 2
    other = read(FORMATS[name].text_of(report(problem("it is odd"), problem(path="b.md"))))
    assert before.isdisjoint(other)
    at_line = [read(FORMATS[name].text_of(report(problem(f"as in line {n}")))) for n in (4, 5)]
    assert at_line[0] == at_line[1]


def test_the_summary_of_a_step(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is added to the file that the runner names, in which no word is Markdown or HTML."""
    library(here, one=snapshot("One", '"<img src=x>|`*[a](b)": red\n'), two=snapshot("Two"))
    summary = here / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert check("--format", "text").exit_code == 1
    assert summary.read_text("utf-8") == "before\n"
    assert check("--format", "github").exit_code == 1
    text = summary.read_text("utf-8")
    assert text.startswith("before\n### casebook check\n\n| where | what |\n|---|---|\n| content")
    (row,) = [line for line in text.splitlines() if "img" in line]
    assert re.sub(r"&#\d+;|<br>", "", row).count("|") == 3
    assert not re.search(r"[<>`*\[\]]", re.sub(r"&#\d+;|<br>", "", row))


def test_the_summary_of_a_step_is_capped() -> None:
    """A table of very many long problems stays far below a megabyte and says how many more."""
    problems = [problem("漢" * 5_000, line=n, hint="&" * 5_000) for n in range(1, 5_000)]
    text = step_summary(report(*problems))
    assert len(text.encode()) < 1_000_000
    assert text.count("\n| content") + text.count("\n| sub") == MOST_ROWS
    assert text.rstrip().endswith(f"… and {5_000 - 1 - MOST_ROWS:,} more")


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].for_person])
def test_each_form_of_a_program_stands_alone_on_standard_output(here: Path, name: str) -> None:
    """Nothing else is there, with problems or without, or where the settings are wrong."""
    library(here, one=snapshot("One"))
    fine = check("--format", name)
    assert (fine.exit_code, fine.stderr) == (0, "")
    library(here, one=snapshot("One", "colour: red\n"))
    wrong = check("--format", name)
    assert (wrong.exit_code, wrong.stderr) == (1, "")
    assert "colour" in wrong.stdout
    (here / "content/record.yml").write_text("fields: 3\n", "utf-8")
    broken = check("--format", name)
    assert (broken.exit_code, broken.stderr) == (2, "")
    assert "record.yml" in broken.stdout
