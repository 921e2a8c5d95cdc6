"""Two editions compared: what came, went and changed, and what became of evidence and findings."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from small import CONFIG, library, own_model, snapshot
from test_findings import CASES as COMPARED
from test_findings import FINDING, MORE, case


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def diff(*words: str) -> dict[str, Any]:
    """Return the JSON of a comparison."""
    done = run("diff", *words, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a library of two cases, in which the command is run."""
    own_model(tmp_path)
    library(tmp_path, one=snapshot("One"), two=snapshot("Two"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def keep(root: Path, name: str) -> str:
    """Build the library, and keep its dump under a name; return that."""
    assert run("build").exit_code == 0
    (root / name).write_bytes((root / "site/data/library.json").read_bytes())
    return name


def test_records_that_came_went_moved_and_changed(here: Path) -> None:
    """Each has its list; by its former id a renamed record is told from a new one."""
    old = keep(here, "old.json")
    cases = here / "content/cases"
    (cases / "two.md").rename(cases / "second.md")
    text = (cases / "second.md").read_text("utf-8")
    (cases / "second.md").write_text(text.replace("title:", "former_ids: [two]\ntitle:"), "utf-8")
    (cases / "one.md").write_text(snapshot("Eins", "theme: education\n", "Other words."), "utf-8")
    (cases / "three.md").write_text(snapshot("Three"), "utf-8")
    found = diff(old)
    assert found["records"]["came"] == [{"id": "three", "title": "Three"}]
    assert found["records"]["went"] == []
    assert found["records"]["moved"] == [{"from": "two", "to": "second", "title": "Two"}]
    changed = {each["id"]: each["fields"] for each in found["records"]["changed"]}
    assert changed["one"] == ["title", "summary", "theme", "text"]
    terms = {(each["facet"], each["term"]): each for each in found["terms"]}
    assert terms["theme", "education"]["came"] == ["one"]
    assert terms["partners", "unicef"]["came"] == ["three"]
    assert terms["partners", "unicef"]["went"] == []


def test_the_same_library_has_no_difference(here: Path) -> None:
    """Nothing changed is said, and each list is empty."""
    old = keep(here, "old.json")
    assert "nothing changed" in run("diff", old).output
    found = diff(old, str(here))
    assert found["old"] == found["new"]
    assert (found["terms"], found["evidence"], found["findings"]) == ([], [], [])


def test_evidence_that_became_stronger(here: Path) -> None:
    """A source from outside that a claim now cites strengthens the term; back, it weakens it."""
    old = keep(here, "old.json")
    source = "evidence: [{id: law, kind: official-record, citation: A law, independent: yes}]\n"
    claim = "success_factors: [{factor: trusted-relationship, evidence: law}]"
    text = snapshot("One", source).replace("success_factors: trusted-relationship", claim)
    (here / "content/cases/one.md").write_text(text, "utf-8")
    new = keep(here, "new.json")
    assert diff(old, new)["evidence"] == [
        {
            "field": "success_factors",
            "term": "trusted-relationship",
            "change": "strengthened",
            "old": {"cases": 2, "independent": 0},
            "new": {"cases": 2, "independent": 1},
        }
    ]
    assert diff(new, old)["evidence"][0]["change"] == "weakened"


def test_findings_come_and_are_contradicted(here: Path) -> None:
    """A rule that cases now bear is newly possible; a case against it contradicts it, by name."""
    library(here, **COMPARED, **{name: MORE[name] for name in list(MORE)[:1]})
    settings = CONFIG.replace("plugins: [casebook]", "plugins:\n  - casebook:\n      findings:\n")
    (here / "site_config.yml").write_text(f"{settings}        - {FINDING}\n", "utf-8")
    few = keep(here, "few.json")
    library_config = (here / "site_config.yml").read_text("utf-8")
    library(here, **MORE)
    (here / "site_config.yml").write_text(library_config, "utf-8")
    more = keep(here, "more.json")
    (changes,) = diff(few, more)["findings"]
    assert changes["changes"] == [
        {"change": "newly possible", "rule": "money-and-time", "cases": ["a", "b", "c"]}
    ]
    against = case("Zelkova", "[trusted-relationship, seed-funding]", "none")
    (here / "content/cases/z.md").write_text(against, "utf-8")
    (changes,) = diff(more, str(here))["findings"]
    assert changes["changes"] == [
        {"change": "contradicted", "with": ["a", "b"], "without": ["z"]},
        {"change": "no longer possible", "rule": "money-and-time", "cases": ["a", "b", "c"]},
    ]
    text = run("diff", more).output
    assert "level=policy by success_factors contradicted: a, b against z" in text


def git(root: Path, *words: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    subprocess.run(
        ["git", *words],  # noqa: S607 - the git of the machine
        cwd=root,
        check=True,
        capture_output=True,
        env={**os.environ, **who},
    )


def test_a_revision_is_read_without_touching_the_files_here(here: Path) -> None:
    """The content of a tag is compared with what is here; nothing here changes."""
    git(here, "init", "-q")
    git(here, "add", "-A")
    git(here, "commit", "-qm", "first")
    git(here, "tag", "v1")
    (here / "content/cases/two.md").unlink()
    before = sorted(path.name for path in (here / "content/cases").iterdir())
    assert diff("v1")["records"]["went"] == [{"id": "two", "title": "Two"}]
    assert sorted(path.name for path in (here / "content/cases").iterdir()) == before
    done = run("diff", "v9")
    assert (done.exit_code, "git knows no revision 'v9'" in done.output) == (2, True)


def test_markdown_runs_nothing_that_an_author_typed(here: Path) -> None:
    """A title with signs of Markdown and HTML stands as it was typed."""
    old = keep(here, "old.json")
    title = "<b>*Bold*</b> [x](https://example.org)"
    (here / "content/cases/three.md").write_text(snapshot(f"'{title}'"), "utf-8")
    text = run("diff", old, "--format", "markdown").output
    assert "- three: \\<b\\>\\*Bold\\*\\</b\\> \\[x\\](https://example.org)" in text
    assert "### Came" in text


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": 1}', '{"format": 99}', '{"format": 1, "cases": [1]}', "[" * 5000],
)
def test_a_file_that_is_no_library_is_told(here: Path, content: str) -> None:
    """Anything else than a library ends with a sentence and exit code 2."""
    (here / "bad.json").write_text(content, "utf-8")
    done = run("diff", "bad.json")
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "'bad.json'" in done.output


def test_a_library_with_errors_is_told_with_them(here: Path) -> None:
    """The errors of the library are printed, and exit code 1."""
    old = keep(here, "old.json")
    (here / "content/cases/bad.md").write_text("---\ntitle: Bad\n---\n", "utf-8")
    done = run("diff", old)
    assert done.exit_code == 1
    assert "content/cases/bad.md" in done.output
