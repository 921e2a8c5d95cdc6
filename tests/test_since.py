"""`casebook check --since`: what changed since a revision of git, and what depends on it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from small import library, own_model, snapshot

WRONG = "colour: red\n"


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as nobody."""
    nobody = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment = {**os.environ, **alone}
    command = ["git", *nobody, *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)


def commit(folder: Path) -> None:
    """Commit all that stands in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a change")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a library in a repository, in which the command is run.

    Each record has one mistake: `named` is named by `field`, by `link` and by `file`, and `alone`
    by none.
    """
    site = tmp_path / "a site"
    site.mkdir()
    own_model(site)
    library(
        site,
        named=snapshot("Named", WRONG),
        field=snapshot("Field", f"{WRONG}related: named\n"),
        link=snapshot("Link", WRONG, "[x](case:named#story)"),
        file=snapshot("File", WRONG, "[x](named.md)"),
        alone=snapshot("Alone", WRONG),
    )
    (tmp_path / ".gitignore").write_text(".casebook-cache/\n", "utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    monkeypatch.chdir(site)
    return site


def check(*words: str) -> Result:
    """Run the check with those words."""
    return CliRunner().invoke(main, ["check", *words])


def files_told(result: Result) -> set[str]:
    """Return the names of the files that problems are told of."""
    lines = [line for line in result.stderr.splitlines() if ": error: " in line]
    return {Path(line.partition(":")[0]).stem for line in lines}


def edit(file: Path, old: str = "A summary", new: str = "Another summary") -> None:
    """Change words of a file."""
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_nothing_changed(here: Path) -> None:
    """Problems of files that nobody touched are counted in one line, and stop nothing."""
    del here
    result = check("--since", "HEAD")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "5 problems left out, elsewhere: nothing that changed since HEAD concerns them",
        "5 records read: no problems",
    ]


def test_a_changed_record_and_those_that_name_it(here: Path) -> None:
    """A field, a link to a case and a link to a file all name it; the rest is left out."""
    edit(here / "content/cases/named.md")
    result = check("--since", "HEAD")
    assert result.exit_code == 1
    assert files_told(result) == {"named", "field", "link", "file"}
    assert "1 problem left out, elsewhere" in result.stderr
    edit(here / "content/cases/alone.md")
    git(here, "stash", "--quiet")
    edit(here / "content/cases/alone.md")
    assert files_told(check("--since", "HEAD")) == {"alone"}


def test_a_record_that_went_away_or_has_another_id(here: Path) -> None:
    """Those that still name it are told, by its file's name and by an id of its own."""
    (here / "content/cases/named.md").unlink()
    assert files_told(check("--since", "HEAD")) == {"field", "link", "file"}
    git(here, "checkout", "--quiet", ".")
    edit(here / "content/cases/named.md", WRONG, f"{WRONG}id: other\n")
    edit(here / "content/cases/field.md", "related: named", "related: other")
    commit(here)
    (here / "content/cases/named.md").unlink()
    assert "field" in files_told(check("--since", "HEAD"))


def test_new_files_and_commits_count_as_changes(here: Path) -> None:
    """Whether it was committed, staged or only saved; what another branch did is not told."""
    git(here, "checkout", "--quiet", "-b", "mine")
    library(here, fresh=snapshot("Fresh", WRONG))
    assert files_told(check("--since", "main")) == {"fresh"}
    git(here, "add", "--all")
    assert files_told(check("--since", "main")) == {"fresh"}
    commit(here)
    assert files_told(check("--since", "main")) == {"fresh"}
    assert files_told(check("--since", "HEAD")) == set()
    git(here, "checkout", "--quiet", "main")
    edit(here / "content/cases/alone.md")
    commit(here)
    git(here, "checkout", "--quiet", "mine")
    assert files_told(check("--since", "main")) == {"fresh"}


@pytest.mark.parametrize(
    "name", ["content/record.yml", "content/vocabulary/status.yml", "site_config.yml"]
)
def test_after_a_change_of_the_model_everything_is_told(here: Path, name: str) -> None:
    """The model, its vocabularies and the configuration concern every record."""
    with (here / name).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    result = check("--since", "HEAD")
    assert files_told(result) == {"named", "field", "link", "file", "alone"}
    assert "left out" not in result.stderr


def test_two_records_of_one_id(here: Path) -> None:
    """The mistake is told at the older record, whose file is as it was: it names the new one."""
    library(here, aaa=snapshot("Aaa", "id: alone\n"))
    result = check("--since", "HEAD")
    assert "content/cases/alone.md" in result.stderr
    assert "the id 'alone' is taken by content/cases/aaa.md" in result.stderr


def test_with_paths_and_with_a_report(here: Path) -> None:
    """Both choices hold; a test report has no test of a record that was left out."""
    edit(here / "content/cases/named.md")
    assert files_told(check("content/cases/link.md", "--since", "HEAD")) == {"link"}
    report = check("--since", "HEAD", "--format", "junit").stdout
    assert 'tests="4"' in report
    assert "alone.md" not in report


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("nowhere", "git knows no revision 'nowhere'\n    hint: "),
        ("--output=marker", "'--output=marker' is no revision of git\n    hint: "),
        ("-h", "'-h' is no revision of git\n    hint: "),
        ("", "'' is no revision of git\n    hint: "),
        ("a\nb", "' is no revision of git\n    hint: "),
        ("x" * 500, "x…' is no revision of git\n    hint: "),
        ("HEAD:a site", "git knows no revision 'HEAD:a site'\n    hint: "),
        ("HEAD; touch marker", "git knows no revision 'HEAD; touch marker'\n    hint: "),
    ],
)
def test_what_is_no_revision(here: Path, revision: str, words: str) -> None:
    """It is told in a sentence with a remedy, and nothing else happens."""
    result = check("--since", revision)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list(here.parent.rglob("marker"))


def test_without_a_repository_or_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told in a sentence that says what to do."""
    own_model(tmp_path)
    library(tmp_path, one=snapshot("One"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = check("--since", "HEAD")
    assert result.exit_code == 2
    assert result.stderr.startswith("a revision needs git, which says: not a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = check("--since", "HEAD")
    assert result.exit_code == 2
    assert result.stderr == (
        "a revision needs git, which is not installed\n"
        "    hint: without git, leave the revision out\n"
    )
    assert check().exit_code == 0


def test_git_is_asked_to_look_and_starts_no_program(here: Path) -> None:
    """A watcher, a filter of differences or a program of the repository's settings never starts."""
    marker = here.parent / "marker"
    program = here.parent / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat \"$1\"\n", "utf-8")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.own.textconv", "diff.own.command"):
        git(here, "config", key, str(program))
    (here.parent / ".gitattributes").write_text("*.md diff=own\n", "utf-8")
    hooks = here.parent / ".git/hooks"
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).write_bytes(program.read_bytes())
        (hooks / hook).chmod(0o755)
    marker.unlink(missing_ok=True)
    edit(here / "content/cases/alone.md")
    assert files_told(check("--since", "HEAD")) == {"alone"}
    assert not marker.exists()


def test_odd_names_of_files(here: Path) -> None:
    """Spaces, quotes, other scripts and a dash at the beginning are only letters."""
    names = ["-x", "a 'b' \"c\"", "ສະບາຍດີ", "é"]
    library(here, **{name: snapshot(name, WRONG) for name in names})
    assert files_told(check("--since", "HEAD")) == set(names)
    commit(here)
    for name in names:
        edit(here / f"content/cases/{name}.md")
    assert files_told(check("--since", "HEAD")) == set(names)
