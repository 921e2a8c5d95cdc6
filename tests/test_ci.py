"""The files of CI: what they run, what they publish, and whom they trust."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from generator.base.problem import Problem, Severity
from generator.cli.main import main
from generator.cli.problem_formats import FORMATS, ProblemReport
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


def loaded(name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what a YAML file of the repository holds."""
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def checks_named() -> list[tuple[str, str]]:
    """Return what follows `casebook check` in each file for others, after the file's name."""
    action, (hook,) = loaded("action.yml"), loaded(".pre-commit-hooks.yaml")
    commands = [
        ("action.yml", f"casebook check {action['inputs']['args']['default']}"),
        (".pre-commit-hooks.yaml", hook["entry"]),
        *(
            (".ci/gitlab.yml", line)
            for line in loaded(".ci/gitlab.yml")["casebook-check"]["script"]
        ),
    ]
    for block in re.findall(r"^```yaml(?: \w+)?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        commands += [("docs/ci.md", f"casebook check {w}") for w in re.findall("args: (.*)", block)]
    return [(name, line.split("casebook check")[1]) for name, line in commands if " check" in line]


def test_what_others_use_names_options_that_exist() -> None:
    """The action, the hook, the job for GitLab and the guide give `check` words that it takes."""
    command = main.commands["check"]
    named = checks_named()
    assert len(named) >= 7
    for _, words in named:
        typed = words.partition(">")[0].partition("||")[0].strip("[] ").replace(", ", " ")
        command.make_parser(click.Context(command)).parse_args(shlex.split(typed))
        form = re.search(r"--format (\w+)", typed)
        assert form is None or form[1] in FORMATS


def test_the_action_follows_the_schema_and_trusts_nothing_typed() -> None:
    """What a workflow gives is a variable of the shell; no step has it in its own words."""
    action = loaded("action.yml")
    schema = json.loads((ROOT / "tests/data/github-actions.json").read_text("utf-8"))
    jsonschema.validate(action, schema)
    assert set(action["inputs"]) == {"version", "args"}
    steps = action["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert action["runs"]["using"] == "composite"
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)
    pinned = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}")
    assert all(pinned.fullmatch(step["uses"]) for step in steps if "uses" in step)
    used = {step["uses"] for step in site_workflow()["jobs"]["build"]["steps"] if "uses" in step}
    assert {step["uses"] for step in steps if "uses" in step} <= used
    assert "pull_request_target" not in (ROOT / "action.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("--format github", ["--format", "github"]),
        ("$(touch marker) `touch marker` ; touch marker *", None),
    ],
)
def test_the_words_of_the_action_are_no_program(
    tmp_path: Path, typed: str, words: list[str] | None
) -> None:
    """The step that checks gives its words to `casebook check`, one by one, and runs none."""
    bin_ = tmp_path / "casebook/bin"
    bin_.mkdir(parents=True)
    (bin_ / "casebook").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", "utf-8")
    (bin_ / "casebook").chmod(0o755)
    script = loaded("action.yml")["runs"]["steps"][-1]["run"]
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=tmp_path,
        env={"RUNNER_TEMP": str(tmp_path), "ARGS": typed, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:-1] == ["check", *(typed.split() if words is None else words)]
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("version", ["-x", "--upload-pack=x", "a b", "$(touch marker)", "a;b", "é"])
def test_a_version_that_is_no_tag_is_refused_by_the_action(tmp_path: Path, version: str) -> None:
    """It ends the step before anything is fetched."""
    script = loaded("action.yml")["runs"]["steps"][1]["run"]
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=tmp_path,
        env={"RUNNER_TEMP": str(tmp_path), "VERSION": version, "REPOSITORY": "", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "::error::the version is no tag or commit\n")
    assert not list(tmp_path.iterdir())


def test_the_hook_has_what_pre_commit_asks_for() -> None:
    """It is installed by itself, reads the whole library, and starts for files of the content."""
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["language"]) == ("casebook-check", "python")
    assert hook["pass_filenames"] is False
    starts = re.compile(hook["files"])
    assert all(starts.search(name) for name in ("content/cases/a.md", "site_config.yml"))
    assert not starts.search("docs/content/a.md")


def test_the_job_for_gitlab_leaves_the_reports_that_it_names() -> None:
    """Each report is written by a command; the last command decides, and no other can."""
    job = loaded(".ci/gitlab.yml")["casebook-check"]
    *before, last = job["script"]
    assert last == ".venv/bin/casebook check"
    for kind, form in (("codequality", "gitlab"), ("junit", "junit")):
        file = job["artifacts"]["reports"][kind]
        assert f".venv/bin/casebook check --format {form} > {file} || true" in before
    assert job["artifacts"]["when"] == "always"


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


def test_problems_as_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands on its line, and what an author typed ends no line and starts no command."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
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
    problems = ProblemReport(problems=(hostile, note), root=tmp_path, top=tmp_path)
    assert FORMATS["github"].text_of(problems).splitlines() == [
        (
            "::warning file=content/a%2Cb%3Ac.md,line=3,col=7,title=odd::"
            "100%25 of%0A::set-output name=x::y%0Ahint: write: less"
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
