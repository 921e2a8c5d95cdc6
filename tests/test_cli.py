"""The command line: what each command does, prints and returns."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.build.assemble import assemble
from generator.build.build_options import BuildOptions
from generator.cli.main import main
from generator.hosts.config import load_site
from small import library, own_model, snapshot


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a model and no more, in which the command is run."""
    own_model(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def test_build_makes_a_site_and_says_so(here: Path) -> None:
    """A build says how many cases and pages there are, how long it took, and how to look at it."""
    library(here, one=snapshot("One"), two=snapshot("Two"))
    result = run("build")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 cases, ")
    assert "pages in site/, " in result.stdout
    assert "casebook serve (or make serve), or open site/index.html" in result.stdout
    assert (here / "site/cases/one.html").is_file()


def test_a_build_with_an_error_writes_nothing(here: Path) -> None:
    """The old site stays byte for byte when a record has a mistake."""
    library(here, one=snapshot("One"))
    assert run("build").exit_code == 0
    before = {file: file.read_bytes() for file in (here / "site").rglob("*") if file.is_file()}
    library(here, two=snapshot("Two", "colour: red\n"))
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "content/cases/two.md:10:1: error: a case study has no field 'colour'"
    )
    assert result.stderr.splitlines()[-1] == "1 error in 1 file; nothing was written"
    assert before == {f: f.read_bytes() for f in (here / "site").rglob("*") if f.is_file()}


def test_strict_stops_at_a_warning(here: Path) -> None:
    """A warning lets a build pass, but not a strict one; a note stops neither."""
    warned = snapshot("Quiet").replace("our_role: leading", "our_role: behind-the-scenes")
    library(here, quiet=warned)
    assert run("build").exit_code == 0
    assert run("build", "--strict").exit_code == 1
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1
    library(here, quiet=snapshot("Quiet").replace("partners: UNICEF", "partners: New Body"))
    assert "note: new partner: 'New Body'" in run("check").stderr
    assert run("check", "--strict").exit_code == 0


def test_internal_records_only_on_request(here: Path) -> None:
    """An internal record is built with --internal alone, and into a folder of its own."""
    library(here, open=snapshot("Open"), secret=snapshot("Secret", "visibility: internal\n"))
    assert run("build").stdout.startswith("1 case, ")
    assert not (here / "site/cases/secret.html").exists()
    result = run("build", "--internal")
    assert result.stdout.startswith("2 cases, ")
    assert result.stdout.splitlines()[1:] == [
        "to look at it: casebook serve --internal, or open site-internal/index.html",
        "site-internal/ holds internal records: do not publish it",
    ]
    assert (here / "site-internal/cases/secret.html").exists()
    assert not (here / "site/cases/secret.html").exists()


def test_the_folder_of_an_internal_build_is_named_after_that_of_the_public_one(here: Path) -> None:
    """Whatever `site_dir` is called, the internal build stands beside it."""
    library(here, secret=snapshot("Secret", "visibility: internal\n"))
    settings = here / "site_config.yml"
    settings.write_text(settings.read_text().replace("site_dir: site", "site_dir: out/www"))
    if "site_dir" not in settings.read_text():
        settings.write_text(settings.read_text() + "site_dir: out/www\n")
    assert " in out/www-internal/, " in run("build", "--internal").stdout
    assert (here / "out/www-internal/cases/secret.html").exists()
    assert not (here / "out/www").exists()


def test_every_page_of_an_internal_build_says_so_and_no_public_page_does(here: Path) -> None:
    """The banner is on all pages, outside what is left out on paper; no search engine lists one."""
    library(here, open=snapshot("Open"), secret=snapshot("Secret", "visibility: internal\n"))
    run("build", "--internal")
    run("build")
    internal = [page.read_text() for page in (here / "site-internal").rglob("*.html")]
    public = [page.read_text() for page in (here / "site").rglob("*.html")]
    assert len(internal) > len(public) > 10
    banner, noindex = '<p class="internal" role="note">', '<meta name="robots" content="noindex">'
    assert all(banner in page and noindex in page for page in internal)
    assert not any(banner in page for page in public)
    styles = (here / "site-internal/assets/casebook.css").read_text()
    hidden = re.findall(r"([^{}]+)\{ display: none; \}", styles.partition("@media print")[2])
    assert hidden
    assert not any(".internal" in names for names in hidden)


def test_every_body_of_an_internal_library_inside_another_site_says_so(here: Path) -> None:
    """What another theme draws around has the banner within."""
    library(here, secret=snapshot("Secret", "visibility: internal\n"))
    site, _ = load_site(here / "site_config.yml")
    assert site
    for internal in (True, False):
        bodies = assemble(replace(site, plain=False), BuildOptions(internal=internal)).bodies
        assert len(bodies) > 10
        assert {'<p class="internal" role="note">' in body.body for body in bodies} == {internal}


def test_a_public_and_an_internal_build_never_take_each_other_s_place(here: Path) -> None:
    """Each refuses the folder of the other, and leaves it as it is."""
    library(here, open=snapshot("Open"), secret=snapshot("Secret", "visibility: internal\n"))
    run("build")
    run("build", "--internal")
    before = {f: f.read_bytes() for f in here.glob("site*/**/*.html")}
    public = run("build", "--site-dir", "site-internal")
    assert public.exit_code == 2
    assert "holds a site with internal records, and this build is a public one" in public.stderr
    internal = run("build", "--internal", "--site-dir", "site")
    assert internal.exit_code == 2
    assert "holds a public site, and this build has internal records" in internal.stderr
    assert before == {f: f.read_bytes() for f in here.glob("site*/**/*.html")}
    assert run("build", "--internal").exit_code == run("build").exit_code == 0


def test_templates_that_do_not_mark_an_internal_build_are_told_what_to_write(here: Path) -> None:
    """A site's own shell without the mark makes public builds, and no internal one."""
    library(here, secret=snapshot("Secret", "visibility: internal\n"))
    own = here / "own"
    shutil.copytree(Path(__file__).parents[1] / "templates", own)
    shell = (own / "main.html").read_text()
    (own / "main.html").write_text(shell.replace('{{ " internal" if site.internal }}', ""))
    settings = (here / "site_config.yml").read_text()
    settings = re.sub(r"(?m)^theme:.*$", "theme: {name: null, custom_dir: own}", settings)
    (here / "site_config.yml").write_text(settings)
    assert run("build").exit_code == 0
    result = run("build", "--internal")
    assert result.exit_code == 2
    assert "hint: write <meta name=" in result.stderr
    assert not (here / "site-internal").exists()


def test_as_of_and_site_dir(here: Path) -> None:
    """The edition is the day asked for, and the site stands where it was asked for."""
    library(here, one=snapshot("One"))
    assert run("build", "--as-of", "2027-02-01", "--site-dir", "out/here").exit_code == 0
    page = (here / "out/here/cases/one.html").read_text("utf-8")
    assert '<time datetime="2027-02-01">1 February 2027</time>' in page
    assert "2 months before this edition" in page
    assert run("build", "--as-of", "tomorrow").exit_code == 2


def test_check_as_json(here: Path) -> None:
    """JSON is a list of the seven keys, alone on standard output."""
    library(here, one=snapshot("One", "colour: red\nstatus: actve\n"))
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found == [
        {
            "path": "content/cases/one.md",
            "line": 10,
            "column": 1,
            "severity": "error",
            "code": "unknown-key",
            "message": "a case study has no field 'colour'",
            "hint": found[0]["hint"],
        },
        {
            "path": "content/cases/one.md",
            "line": 11,
            "column": 9,
            "severity": "error",
            "code": "unknown-term",
            "message": "'actve' is not a status",
            "hint": found[1]["hint"],
        },
    ]
    assert found[1]["hint"].startswith("did you mean 'active'?")
    library(here, one=snapshot("One"))
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_check_of_some_paths(here: Path) -> None:
    """With paths only their problems are shown; a file elsewhere is checked as a case."""
    library(here, good=snapshot("Good"), bad=snapshot("Bad", "colour: red\n"))
    assert run("check", "content/cases/good.md").exit_code == 0
    assert run("check", "content/cases/bad.md").exit_code == 1
    assert run("check", "content").exit_code == 1
    draft = here / "draft.md"
    draft.write_text(snapshot("Draft", "shape: round\n"), "utf-8")
    result = run("check", "draft.md")
    assert result.exit_code == 1
    assert result.stderr.startswith("draft.md:10:1: error: a case study has no field 'shape'")
    draft.write_text(snapshot("Draft"), "utf-8")
    assert run("check", "draft.md").exit_code == 0
    assert run("check", "nowhere.md").exit_code == 2


def test_a_broken_configuration_is_exit_code_two(here: Path) -> None:
    """Mistakes in the configuration, the model or a vocabulary are told alike, with code 2."""
    assert run("check").exit_code == 2
    library(here, one=snapshot("One"))
    (here / "content/record.yml").write_text("name: thing\nfeelds: {}\n", "utf-8")
    result = run("build")
    assert result.exit_code == 2
    assert "content/record.yml:2:1: error: the record model has an unknown key 'feelds'" in (
        result.stderr
    )
    assert json.loads(run("check", "--format", "json").stdout)[0]["path"] == "content/record.yml"
    assert run("new", "A title").exit_code == 2
    assert run("fields").exit_code == 2


def test_new_makes_a_record_and_never_overwrites(here: Path) -> None:
    """A new record stands under the name of its title; an existing file is left as it is."""
    library(here)
    result = run("new", "Étude à Vientiane", "--size", "case")
    assert result.exit_code == 0
    file = here / "content/cases/étude-à-vientiane.md"
    text = file.read_text("utf-8")
    assert "\ntitle: Étude à Vientiane\n" in text
    assert "\nrecord_type: case\n" in text
    again = run("new", "Étude à Vientiane")
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert file.read_text("utf-8") == text
    assert run("new", "???").exit_code == 2
    assert run("new", "A", "--size", "huge").exit_code == 2
    assert "is not filled in: it says '...'" in run("check").stderr


def test_fields_prints_the_reference(here: Path) -> None:
    """Every field stands in the reference, as text and as Markdown."""
    library(here)
    text, markdown = run("fields").stdout, run("fields", "--format", "markdown").stdout
    assert "title  (one line of text, at most 120 characters; needed)" in text
    assert "## `success_factors`: Success factors" in markdown


@pytest.mark.parametrize("command", ["build", "check", "serve", "new", "fields"])
def test_help_says_what_each_option_does(command: str) -> None:
    """Each command's help names its options, each with a sentence."""
    result = run(command, "--help")
    assert result.exit_code == 0
    options = [line for line in result.stdout.splitlines() if line.startswith("  -")]
    assert options
    assert "Options:" in result.stdout


def test_the_same_bytes_wherever_it_is_built(tmp_path: Path) -> None:
    """Two builds in two folders, time zones, locales and hash seeds give the same bytes."""
    cases = {
        "one": snapshot("One"),
        "two": snapshot("Two", "related: one\n"),
        "three": snapshot("Î"),
    }
    built = []
    for name, zone, locale, seed in (
        ("here", "Asia/Vientiane", "C.UTF-8", "1"),
        ("there/deeper", "America/Lima", "C", "4242"),
    ):
        root = library(tmp_path / name, **(cases if seed == "1" else dict(reversed(cases.items()))))
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "generator", "build", "-f", str(root / "site_config.yml")]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        site = root / "site"
        built.append({f.relative_to(site): f.read_bytes() for f in site.rglob("*") if f.is_file()})
    assert len(built[0]) > 30
    assert built[0] == built[1]


def test_all_problems_at_once_and_no_others(here: Path) -> None:
    """A mistake in one field hides none elsewhere, and makes no link to the record a mistake."""
    library(
        here,
        broken=snapshot("Broken", "colour: red\nrelated: nowhere\n", "[x](gone.md) ![y](gone.png)"),
        blank="",
        good=snapshot("Good", "related: [broken, blank]\n", "[a](broken.md) [b](blank.md)"),
    )
    found = json.loads(run("check", "--format", "json").stdout)
    assert [(p["path"], p["line"], p["code"]) for p in found] == [
        ("content/cases/blank.md", 1, "empty-file"),
        ("content/cases/broken.md", 10, "unknown-key"),
        ("content/cases/broken.md", 11, "unknown-case"),
        ("content/cases/broken.md", 13, "broken-link"),
        ("content/cases/broken.md", 13, "missing-picture"),
    ]


def test_a_library_before_its_first_record(here: Path) -> None:
    """A folder without records, which git does not even keep, builds a site that says so."""
    library(here)
    (here / "content/cases").rmdir()
    assert run("build").exit_code == 0
    assert "has no case study yet" in (here / "site/index.html").read_text("utf-8")


def test_the_menu_leads_somewhere(here: Path) -> None:
    """A menu entry that leads to no page is a mistake of the configuration, with its place."""
    library(here, one=snapshot("One"))
    config = here / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "nav:\n  - Cases: cases/indx.html\n", "utf-8")
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "site_config.yml:7:12: error: the menu leads to 'cases/indx.html', "
        "and the site has no such page\n    hint: did you mean 'cases/index.html'?"
    )


def test_the_epoch_of_a_reproducible_build(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH dates an edition, and --as-of overrules it."""
    library(here, one=snapshot("One"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert run("build").exit_code == 0
    assert '<time datetime="2027-01-15">' in (here / "site/index.html").read_text("utf-8")
    assert run("build", "--as-of", "2026-12-01").exit_code == 0
    assert '<time datetime="2026-12-01">' in (here / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("text", ["²", "yesterday", "-1", "1.5", "1 2", "9" * 17, "9" * 5000])
def test_an_epoch_that_names_no_day(here: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Whatever SOURCE_DATE_EPOCH holds, the answer is a day or a sentence that names it."""
    library(here, one=snapshot("One"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    for command in ("build", "check"):
        result = run(command)
        assert result.exit_code == 2
        assert result.stderr.startswith(
            f"site_config.yml:1:1: error: the variable SOURCE_DATE_EPOCH holds '{text[:40]}"
        )
        assert "\n    hint: set it to whole seconds since 1970" in result.stderr
    assert not (here / "site").exists()
    assert run("build", "--as-of", "2026-12-01").exit_code == 0


def test_a_command_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    """Each command starts without a server, a watcher of files or a client of the web.

    A check makes no pages: of their package it loads the checks alone.
    """
    needless = {"http.server", "mkdocs.livereload", "urllib.request", "watchdog", "xml.sax"}
    needless |= {"docx", "lxml", "mammoth"}
    library(tmp_path, one=snapshot("One"))
    program = (
        "import sys; from generator.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print('loaded', *sys.modules)\n"
    )
    whole = {"jinja2", "mkdocs", "markdown", "yaml"}
    for command in (["--version"], ["--help"], ["check"], ["build"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = set(done.stdout.splitlines()[-1].split())
        assert "generator.cli.main" in loaded
        assert loaded & needless == set(), command
        assert not command[0].startswith("--") or loaded & whole == set(), command
        about_pages = {name for name in loaded if name.startswith("generator.pages.")}
        light = {"generator.pages.site_checks", "generator.pages.theme_files"}
        assert command != ["check"] or about_pages == light


def rows(table: str) -> dict[str, list[str]]:
    """Return the rows of a printed table by what they begin with; the numbers end a row."""
    split = [re.split(r"  +", line) for line in table.splitlines()]
    return {name: numbers for name, *numbers in split}


def test_timings(here: Path) -> None:
    """A build tells the time of each stage, of each kind of document, and what was made and why."""
    library(here, one=snapshot("One"), two=snapshot("Two"))

    first = run("build", "--timings")
    stages, kinds, again = map(rows, first.stderr.split("\n\n"))
    assert list(stages) == [
        "stage",
        "settings",
        "looking for changes",
        "reading the model",
        "reading records",
        "checking records",
        "indexing records",
        "checking links",
        "relating records",
        "comparing answers",
        "making and writing pages",
        "all",
    ]
    seconds = {name: float(numbers[0]) for name, numbers in list(stages.items())[1:]}
    whole = seconds.pop("all")
    assert whole > 0
    assert sum(seconds.values()) == pytest.approx(whole, abs=0.01 * len(seconds))
    files = sum(file.is_file() for file in (here / "site").rglob("*"))
    assert kinds["kind of document"] == ["number", "processor seconds"]
    assert kinds["case.html"][0] == "2"
    assert kinds["all"][0] == f"{files}"
    assert list(kinds)[-1].endswith(" worked on the documents")
    drawn = sum(int(row[0].replace(",", "")) for kind, row in kinds.items() if ".html" in kind)
    assert again == {
        "made again": ["pages", "because of"],
        "every page": [f"{drawn} of {drawn}", "there is no earlier build to compare with"],
    }
    assert run("build", "--site-dir", "other").stderr == ""


def test_timings_after_an_edit(here: Path) -> None:
    """Only what asked something with another answer is made again; the cause is named."""
    library(here, one=snapshot("One"), two=snapshot("Two"))
    assert run("build").exit_code == 0
    library(here, one=snapshot("One", body="Other words."))
    _, kinds, again = map(rows, run("build", "--timings").stderr.split("\n\n"))
    assert again == {
        "made again": ["pages", "because of"],
        "case.html": ["1 of 2", "the record one"],
    }
    assert kinds["case.html"][0] == "1"
    assert int(kinds["as before"][0]) > 20


def test_timings_of_a_build_that_has_nothing_to_do(here: Path) -> None:
    """What is taken from the last build is one stage, and its documents are counted too."""
    library(here, one=snapshot("One"))
    first = run("build", "--timings")
    again = run("build", "--timings")
    stages, kinds, made = map(rows, again.stderr.split("\n\n"))
    assert list(stages) == [
        "stage", "settings", "looking for changes", "from the last build", "all"
    ]  # fmt: skip
    before = rows(first.stderr.split("\n\n")[1])
    assert kinds["as before"][0] == kinds["all"][0] == before["all"][0]
    assert list(made) == ["no page was made again"]
