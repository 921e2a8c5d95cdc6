"""The files of CI: what they run, what they publish, and whom they trust."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.base.problem import Problem, Severity, as_github
from generator.cli.main import main
from small import library, own_model, snapshot

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GUIDE = (ROOT / "docs/ci.md").read_text("utf-8")


def site_workflow() -> dict[Any, Any]:
    """Return the workflow that publishes; YAML 1.1 reads its key `on` as true."""
    loaded: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text())
    return loaded


def gitlab() -> dict[str, Any]:
    """Return the file for GitLab that the guide prints."""
    (text,) = re.findall(r"^```yaml gitlab\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def test_every_action_is_named_by_its_commit() -> None:
    """A version can be moved to other code: it stands beside the commit, as a comment."""
    lines = [line for file in WORKFLOWS for line in file.read_text().splitlines()]
    used = [line.strip(" -") for line in lines if "uses:" in line and "#" not in line.split("u")[0]]
    assert len(used) >= 5
    pinned = re.compile(r"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not pinned.fullmatch(line)] == []


def test_only_main_of_no_fork_is_published_and_a_person_may_start_it() -> None:
    """The two steps that publish have one condition; a pull request has no right and no secret."""
    workflow = site_workflow()
    assert set(workflow[True]) == {"push", "pull_request", "workflow_dispatch"}
    assert workflow["permissions"] == {"contents": "read"}
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    upload = next(step for step in build["steps"] if "upload" in step.get("uses", ""))
    ours = "github.ref == 'refs/heads/main' && !github.event.repository.fork"
    assert upload["if"] == deploy["if"] == ours
    keys = [step["env"]["CASEBOOK_CACHE_KEY"] for step in build["steps"] if "env" in step]
    assert keys == ["${{ github.ref == 'refs/heads/main' && secrets.CASEBOOK_CACHE_KEY || '' }}"]


def test_no_file_of_ci_builds_internal_records() -> None:
    """Neither the workflows nor the file for GitLab asks for them."""
    assert WORKFLOWS
    assert not any("--internal" in file.read_text() for file in WORKFLOWS)
    assert "--internal" not in str(gitlab())
    assert upload_path() == "site"


def upload_path() -> str:
    """Return the folder that the workflow publishes."""
    steps = site_workflow()["jobs"]["build"]["steps"]
    return str(next(s for s in steps if "upload" in s.get("uses", ""))["with"]["path"])


def test_gitlab_publishes_the_folder_that_the_build_writes() -> None:
    """The job `pages` builds into `public/`, from the default branch; the other keeps nothing."""
    file = gitlab()
    jobs = {name: job for name, job in file.items() if name not in {"image", "workflow"}}
    assert set(jobs) == {"pages", "check"}
    assert jobs["pages"]["artifacts"]["paths"] == ["public"]
    assert jobs["pages"]["script"][-1] == ".venv/bin/casebook build --site-dir public"
    assert jobs["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert "artifacts" not in jobs["check"]
    target = jobs["pages"]["script"][0].removeprefix("make ")
    assert f"$(VENV)/{target.partition('/')[2]}:" in (ROOT / "Makefile").read_text()


def test_problems_as_annotations(tmp_path: Path) -> None:
    """Each stands on its line, and what an author typed ends no line and starts no command."""
    hostile = Problem(
        path="content/a,b:c.md",
        line=3,
        column=7,
        severity=Severity.WARNING,
        code="odd",
        message="100% of\n::set-output name=x::y\r",
        hint="write: less",
    )
    note = Problem(path="b.md", code="new", message="new", severity=Severity.NOTE)
    assert as_github([hostile, note]).splitlines() == [
        (
            "::warning file=content/a%2Cb%3Ac.md,line=3,col=7,title=odd::"
            "100%25 of%0A::set-output name=x::y%0D%0Ahint: write: less"
        ),
        "::notice file=b.md,line=1,col=1,title=new::new",
    ]
    own_model(library(tmp_path, one=snapshot("One", "colour: red\n"), two=snapshot("Two")))
    command = ["check", "--format", "github", "-f", str(tmp_path / "site_config.yml")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert re.fullmatch(
        r"::error file=content/cases/one\.md,line=10,col=1,title=unknown-key::"
        r"a case study has no field 'colour'.*\n",
        result.stdout,
    )
