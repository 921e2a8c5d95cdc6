"""Starting: a new record, the fields in full, a site without a model, any terminal."""

# ruff: noqa: RUF001 - titles in many scripts

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.base.locale import ENGLISH
from generator.base.names import LONGEST_NAME, slug
from generator.base.problem import Problem, Severity
from generator.build.assemble import Assembly
from generator.build.build_options import BuildOptions
from generator.cli.main import main
from generator.cli.terminal import build_summary
from generator.hosts.preview import Preview
from generator.model.scaffold import short_record
from generator.pages.filters import locale_filters
from generator.records.parse import parse
from generator.records.read_file import SourceText
from postmortems import model
from small import library, own_model, snapshot
from test_cases import shipped

TITLES = [
    "İzmir'de kadın kooperatifi",
    "GROẞE HALLE",
    "ΟΙ ΠΟΛΙΤΕΣ ΤΗΣ ΑΘΗΝΑΣ",
    "ǈubljana and ǋ",
    "ສິດທິທີ່ດິນຂອງແມ່ຍິງ",
    "农村医生与村委会",
    "สิทธิในที่ดินของผู้หญิง",
    "የሴቶች የመሬት መብት",
    "حقوق النساء في الأرض: تجربة",
    "महिलाओं का भूमि अधिकार",
    "நிலம் # உரிமை",
    "ქალთა უფლებები",
    "여성의 땅",
    "女性の土地の権利「案」",
    "Права жінок на землю",
    'The "safe" house',
    "‘Our land’ – a study",
    "Land: whose is it?",
    "Water #3",
    "-- first of all",
    "- a dash",
    "* star & co @ home %",
    "{braces} [brackets]",
    "Seeds 🌱 and soil",
    "🌱 2",
    "Null and void",
    "2019",
    "2020-05-06",
    "yes",
    "aux rights.",
    "Ends in a dot.",
    " two  spaces\nand a line ",
    "Back\\slash",
    "x" * 120,
    "ກ" * 120,
    "แผ่นดิน " * 15,
    "ệ" * 120,
    "readme",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a site with its own model, in which the command is run."""
    monkeypatch.chdir(tmp_path)
    own_model(library(tmp_path))
    return tmp_path


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def new_file(here: Path) -> Path:
    """Return the one case file."""
    (file,) = (here / "content/cases").glob("*")
    return file


@pytest.mark.parametrize("title", TITLES)
def test_check_accepts_every_title_that_new_accepts(here: Path, title: str) -> None:
    """Nothing is said of a new record but that its prompts are to be written over."""
    result = run("new", "--", title)
    assert result.exit_code == 0, result.output
    problems = json.loads(run("check", "--format", "json").stdout)
    assert {problem["code"] for problem in problems} == {"unfilled-prompt"}
    name = new_file(here).name
    assert len(name.encode()) <= LONGEST_NAME + len(".md")
    source = SourceText("content/cases/a.md", new_file(here).read_text("utf-8"))
    case = parse(source, shipped(), {"visibility": "public"}).case
    assert case
    assert case.values["title"] == " ".join(title.split())


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("🌱", "has no letter and no digit"),
        ("PRN", "Windows allows no file of the name 'prn'"),
        ("Unknown", "would seem to name it"),
        ("Write to jo@ngo.example", "looks like an e-mail address"),
        ("bell \x07 rings", "control character here, U+0007"),
        ("y" * 121, "'title' has 121 characters; at most 120 fit"),
    ],
)
def test_what_new_refuses_check_would_refuse(here: Path, title: str, words: str) -> None:
    """The refusal says why, and no file is written."""
    result = run("new", title)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list((here / "content").glob("cases/*"))


def test_a_new_record_takes_no_address_of_another(here: Path) -> None:
    """A record elsewhere in the folder may have the address already."""
    library(here, old=snapshot("Old", "id: clean-water\n"))
    result = run("new", "Clean water")
    assert result.exit_code == 2
    assert "content/cases/old.md has the address 'clean-water' already" in result.stderr


@pytest.mark.parametrize("size", ["Case", " CASE ", "full case", "Étude de cas complète"])
def test_a_size_is_read_in_any_spelling(here: Path, size: str) -> None:
    """Capitals, the label of the term and that in a language of the site lead to the size."""
    settings = here / "site_config.yml"
    languages = "plugins: [casebook: {languages: [fr]}]"
    settings.write_text(settings.read_text().replace("plugins: [casebook]", languages))
    assert run("new", "Clean water", "--size", size).exit_code == 0
    assert "\nrecord_type: case\n" in new_file(here).read_text("utf-8")


def test_a_size_that_is_none_says_which_there_are(here: Path) -> None:
    """The nearest one is named, else all."""
    assert "did you mean 'snapshot'?" in run("new", "A b", "--size", "snapshto").stderr
    known = "choose one of snapshot, case, indicative-example"
    assert known in run("new", "A b", "--size", "XXL").stderr
    (here / "content/record.yml").write_text(
        "name: note\nplural: notes\nfields:\n"
        "  title: {kind: line, role: title, label: Title, need: always, help: Say it.}\n"
    )
    assert "there is one kind of note here; leave it out" in run("new", "A", "--size", "x").stderr
    assert run("new", "A note").exit_code == 0
    assert new_file(here).read_text("utf-8").splitlines()[-3:] == ["title: A note", "---", ""]


def test_a_new_snapshot_is_short_and_has_nothing_to_take_away(here: Path) -> None:
    """Its open fields are the needed ones, and no line is a field behind a `#`."""
    run("new", "Clean water")
    lines = new_file(here).read_text("utf-8").splitlines()
    assert len(lines) < 50
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if re.match(r" *#\S", line)] == []
    run("new", "Clean water two", "--all")
    whole = (here / "content/cases/clean-water-two.md").read_text("utf-8").splitlines()
    assert len(whole) > 300
    assert "#period:" in whole


def test_the_terms_beside_a_field_are_those_that_the_library_names_most(here: Path) -> None:
    """Records that are counted decide, then the order of the file; each term has its meaning."""

    def with_factor(factor: str, more: str = "") -> str:
        return snapshot(factor, more).replace("trusted-relationship", factor)

    vocabulary = shipped().vocabularies["success_factors"]
    first, second, third, fourth, *_, last = [
        i for i in vocabulary.terms if i not in vocabulary.broad
    ]
    example = "record_type: indicative-example\n"
    library(
        here,
        a=with_factor(last),
        b=with_factor(last).replace(f"title: {last}", "title: Again"),
        c=with_factor(fourth),
        d=with_factor(third, example),
    )
    run("new", "Clean water")
    text = (here / "content/cases/clean-water.md").read_text("utf-8")
    block = text.partition("success_factors:\n")[2].partition("  - factor: ...")[0]
    ids = re.findall(r"#   ([\w-]+): \S", block)
    assert ids == [last, fourth, first]
    assert second not in block
    assert vocabulary.terms[last].definition[:30] in block


def test_a_short_record_of_another_model() -> None:
    """The whole text: needed fields and their terms, members of records, no field too many."""
    assert short_record(model(), "Queue: full", "", "", {}) == (
        "---\n# Write over each ...; write unknown where nobody knows. Every field: casebook"
        " fields. All\n# terms of one, here systems: casebook fields systems\n\n"
        'title: "Queue: full"\n\n'
        "# What broke.\n#   queue\n#   postgres: PostgreSQL\nsystems: [...]\n---\n\n"
    )
    report = short_record(model(), "T", "report", "", {"contributing_factors.factor": {"load": 2}})
    assert "title: T\nsize: report\n\n# A day.\nbegan: ...\n" in report
    assert report.endswith(
        "contributing_factors:\n    # F.\n    #   load\n    #   deploy\n"
        "    #   expired-certificate\n  - factor: ...\n"
        "    # X.\n    #   yes\n    #   no\n    #   partly\n    fixed: ...\n---\n\n"
    )


def test_a_short_record_says_what_may_stand_in_the_place_of_a_field() -> None:
    """A partnership may be told by what stood in its way alone; a partner may have no name."""
    text = short_record(shipped(), "T", "", "", {})
    other = "# Or write 'constraints' (What got in the way), or both: casebook fields constraints\n"
    assert f"{other}success_factors:\n" in text
    flag = "    # No name? Write 'unnamed: yes' in its place: casebook fields partners.unnamed\n"
    assert f"{flag}  - name: ...\n" in text
    assert text.count("# Or write ") == text.count("# No name?") == 1


def test_fields_prints_those_that_are_named_in_full(here: Path) -> None:
    """By path, name or label, in any spelling: each term with its label and its meaning."""
    text = run("fields", "Care Role", "partners.sector").stdout
    assert text.startswith("our_role  (")
    assert "\npartners.sector  (a term" in text
    assert "    - behind-the-scenes\n        Our organisation supports local actors who" in text
    assert "- not-involved" in text
    assert "success_factors" not in text
    assert run("fields", "factor").stdout.count("- trusted-relationship") == 1
    assert "- trusted-relationship" in run("fields", "success_factors").stdout
    assert "(a group: name one of those below it)" in run("fields", "focus").stdout
    markdown = run("fields", "focus", "--format", "markdown").stdout
    assert "## `focus`: " in markdown
    assert "- `ownership-of-model` (" in markdown
    assert run("fields", "sector", "sector").stdout.count("partners.sector  (") == 1
    assert here.is_dir()


@pytest.mark.parametrize(
    ("typed", "hint"), [("focsu", "did you mean 'focus'?"), ("zzzzzz", "known: title, summary")]
)
@pytest.mark.usefixtures("here")
def test_a_field_that_is_none_gets_a_hint(typed: str, hint: str) -> None:
    """Nothing is printed of the others."""
    result = run("fields", "title", typed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is no field '{typed}'; {hint}" in result.stderr


@pytest.mark.usefixtures("here")
def test_a_title_without_quotes_gets_them() -> None:
    """The remedy can be typed as it stands; no file is made."""
    result = run("new", "Clean", "stoves", "in", "two", "towns")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        'the title has 5 parts; put it in quotes: casebook new "Clean stoves in two towns"\n'
    )
    assert not list(Path("content").rglob("clean*"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("port", ["-1", "65536", "99999"])
def test_a_port_that_none_can_have_is_refused(port: str) -> None:
    """Before anything is built: no other program stands there."""
    result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert f"{port} is not in the range" in result.stderr


NO_MODEL = "there is no 'content/record.yml': casebook's own record model is used"


def test_a_site_without_a_model_says_what_it_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command that reads a model says so; with a model none does; JSON stays JSON."""
    monkeypatch.chdir(tmp_path)
    library(tmp_path, a=snapshot("A"))
    for words in (["check"], ["build"], ["fields"], ["new", "B c"], ["check", "--format", "json"]):
        result = run(*words)
        assert result.stderr.startswith(f"{NO_MODEL}\n    hint: "), words
        assert NO_MODEL not in result.stdout
    assert isinstance(json.loads(run("check", "--format", "json").stdout), list)
    (tmp_path / "content/vocabulary").mkdir()
    assert f"{NO_MODEL}, and 'content/vocabulary' is not read\n" in run("check").stderr
    (tmp_path / "content/vocabulary").rmdir()
    preview = Preview(
        site_file=tmp_path / "site_config.yml",
        options=BuildOptions(),
        core=lambda _site, _options: Assembly(problems=(), cases=1, pages=2),
    )
    preview.build()
    preview.build()
    shown = capsys.readouterr().err
    assert shown.count(NO_MODEL) == 1
    assert shown.count("built: 1 case, 2 pages\n") == 2
    own_model(tmp_path)
    for words in (["check"], ["build"], ["fields"]):
        assert "record.yml" not in run(*words).stderr


def test_mkdocs_says_whose_model_it_uses(tmp_path: Path) -> None:
    """A site that MkDocs builds is told the same."""
    library(tmp_path, a=snapshot("A"))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(tmp_path / "site_config.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert NO_MODEL in done.stderr


def test_a_preview_prints_a_note_once_and_an_error_each_time(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note that the build before had too is not printed again; a new one is."""
    note = Problem(path="a.md", code="n", message="new partner", severity=Severity.NOTE)
    other = Problem(path="b.md", code="n", message="another one", severity=Severity.NOTE)
    error = Problem(path="a.md", code="e", message="wrong")
    builds = iter([(note,), (note, other, error), (other, error), (note, other)])
    preview = Preview(
        site_file=here / "site_config.yml",
        options=BuildOptions(),
        core=lambda _site, _options: Assembly(problems=next(builds)),
    )
    shown = []
    for _ in range(4):
        preview.build()
        shown.append(capsys.readouterr().err)
    assert ["new partner" in text for text in shown] == [True, False, False, True]
    assert ["another one" in text for text in shown] == [False, True, False, False]
    assert ["wrong" in text for text in shown] == [False, True, True, False]


def test_a_build_says_which_command_prints_its_notes(here: Path) -> None:
    """It counts them, and points to `check`."""
    note = Problem(path="a.md", code="n", message="new partner", severity=Severity.NOTE)
    assert build_summary(Assembly(problems=(note,), cases=1, pages=1), here / "site", 0).startswith(
        "1 case, 1 page in site/, 0.0 s; 1 note in 1 file (casebook check prints the notes)\n"
    )
    assert "notes" not in build_summary(Assembly(problems=()), here / "site", 0)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "latin-1:strict", "utf-8"])
def test_every_command_prints_whatever_a_title_holds(here: Path, encoding: str) -> None:
    """No encoding of a terminal or a pipe ends a command with a traceback, on either stream."""
    bad = snapshot("ທີ່ດິນ", "ຜິດ: 😍\n")
    library(here, ດີ=snapshot("ດີ"), ທີ່ດິນ=bad)
    terms = here / "content/vocabulary/our_role.yml"
    terms.write_text(terms.read_text("utf-8").replace("Leading role", "ນຳພາ 😍"), "utf-8")
    commands = [
        (["new", "ສິດທິ 😍 земля"], 0),
        (["new", "ສິດທິ 😍 земля"], 2),
        (["new", "😍"], 2),
        (["check"], 1),
        (["check", "ບໍ່ມີ.md"], 2),
        (["check", "--format", "json"], 1),
        (["fields", "our_role"], 0),
        (["fields", "ຜິດ"], 2),
        (["fields", "our_role", "--format", "markdown"], 0),
        (["build", "--as-of", "😍"], 2),
        (["build"], 1),
        (["ຜິດ"], 2),
        (["serve", "--port", "ກ"], 2),
        (["build", "-f", "ບໍ່ມີ.yml"], 2),
    ]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    for words, code in commands:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words],
            capture_output=True,
            check=False,
            env=environment,
        )
        assert b"Traceback" not in done.stderr, (words, done.stderr)
        assert done.returncode == code, (words, done.stderr)
        if "json" in words:
            problems = json.loads(done.stdout)
            assert any("ຜິດ" in problem["message"] for problem in problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İSTANBUL", "istanbul"),
        ("I\u0307stanbul", "istanbul"),
        ("i\u0307stanbul", "istanbul"),
        ("DİYARBAKIR İLİ", "diyarbakir-ili"),
        ("STRAẞE", "straße"),
        ("ΛΟΓΟΣ ΚΑΙ ΠΑΘΟΣ", "λογος-και-παθος"),
        ("ǅORDAN ǈ", "ǆordan-ǉ"),
        ("Lithuanian i\u0307\u0301", "lithuanian-í"),
    ],
)
def test_a_small_letter_is_one_letter(text: str, expected: str) -> None:
    """No dot is left over, and a slug is its own slug in every form of the text."""
    assert slug(text) == slug(slug(text)) == expected


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (2, "2 bytes"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (123_456_789, "123.5 MB"),
        (2_000_000_000, "2.0 GB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    """In the largest unit of which there is one; one byte is one."""
    assert locale_filters(ENGLISH)["size"](size) == words
