"""A new library: it builds at once, is the owner's own, and says nothing of partnerships."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli.main import main

CASE = """\
---
title: Night clinic
summary: A clinic opened at night.
updated: 2026-11-22
place: A market town
period: {start: 2019, end: 2021}
success_factors: [{factor: trust, what: People knew the nurse., evidence: a}]
constraints: [{constraint: money, what: Little., response: A fee., worked: partly}]
contexts: [economic]
evidence: [{id: a, kind: record, citation: Register, independent: yes}]
---
Text.
"""

FOREIGN = re.compile(r"partner|strateg|\bCARE\b", re.IGNORECASE)
"""Words of the shipped model, which a library with another model has no use for."""


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def done(*words: str) -> str:
    """Run the command, which ends well, and return what it printed."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, in which the command is run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("model", ["minimal", "shipped"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_new_library_is_checked_and_built_at_once(here: Path, model: str, language: str) -> None:
    """No problem of any kind, and a site, with each model and from either side."""
    done("init", "mine", "--model", model, "--language", language)
    assert not re.search("error|warning", done("check", "-f", "mine/site_config.yml"))
    done("build", "-f", "mine/site_config.yml", "--strict")
    home = (here / "mine/site/index.html").read_text("utf-8")
    assert f'lang="{language}"' in home
    assert done("new", "-f", "mine/site_config.yml", "Night clinic")
    (record,) = (here / "mine/content").glob("*/*.md")
    assert record.name == "night-clinic.md"


def shape(node: object) -> object:
    """Return a tree of YAML without its words: keys, ids and numbers stay."""
    if isinstance(node, dict):
        kept = {"id", "vocabulary", "role", "kind", "section", "place", "layout"}
        return {
            key: value if key in kept and isinstance(value, str) else shape(value)
            for key, value in node.items()
            if key not in {"example", "labels"}
        }
    return [shape(each) for each in node] if isinstance(node, list) else type(node)


@pytest.mark.parametrize("language", ["fr"])
def test_a_small_model_in_another_language_is_the_same_model(here: Path, language: str) -> None:
    """Fields, kinds and ids of terms are those of the English one; labels and help are not."""
    done("init", "ours", "--language", language)
    done("init", "english")
    for file in (here / "english/content").rglob("*.yml"):
        path = file.relative_to(here / "english")
        english, ours = (
            yaml.safe_load((here / name / path).read_text("utf-8")) for name in ("english", "ours")
        )
        assert shape(ours) == shape(english), path
        pairs = zip(ours.get("terms", ()), english.get("terms", ()), strict=True)
        assert all(own["labels"]["en"] == other["label"] for own, other in pairs), path
    help_ = re.compile(r"help: (.+?)(?:$|, example)", re.MULTILINE)
    english, ours = (
        set(help_.findall((here / name / "content/record.yml").read_text("utf-8")))
        for name in ("english", "ours")
    )
    assert len(ours) == len(english)
    assert not ours & english
    assert "Pour commencer" in (here / "ours/README.md").read_text("utf-8")


def test_a_library_of_the_small_model_has_no_word_of_partnerships(here: Path) -> None:
    """Neither pages, data and scripts nor the form, messages, files: all words are the model's."""
    texts = {"init": done("init", "clinics", "--name", "Clinics")}
    config = ("-f", "clinics/site_config.yml")
    texts["new"] = done("new", *config, "Day clinic", "--all")
    texts["blank"] = (here / "clinics/content/cases/day-clinic.md").read_text("utf-8")
    texts["unfilled"] = run("check", *config).output
    (here / "clinics/content/cases/day-clinic.md").unlink()
    (here / "clinics/content/cases/night.md").write_text(CASE, "utf-8")
    texts["check"] = done("check", *config)
    texts["fields"] = done("fields", *config)
    texts["build"] = done("build", *config, "--zip")
    texts["form"] = done("form", *config, "-o", "form.html")
    files = [here / "form.html", *(f for f in (here / "clinics").rglob("*") if f.is_file())]
    for file in files:
        name = file.relative_to(here).as_posix()
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                texts |= {
                    f"{name}/{n}": archive.read(n).decode("latin-1")
                    for n in archive.namelist()
                    if not n.endswith(".css")
                }
        elif ".casebook-cache" not in name and file.suffix != ".css":
            texts[name] = file.read_text("utf-8", errors="replace")
    assert len(texts) > 100
    found = {name: match[0] for name, text in texts.items() if (match := FOREIGN.search(text))}
    assert found == {}


def test_the_shipped_model_comes_without_the_partners_of_another(here: Path) -> None:
    """The names of organisations belong to whoever wrote them down; all other terms are there."""
    done("init", "ours", "--model", "shipped", "--organisation", "Our NGO")
    partners = yaml.safe_load((here / "ours/content/vocabulary/partners.yml").read_text("utf-8"))
    countries = yaml.safe_load((here / "ours/content/vocabulary/countries.yml").read_text("utf-8"))
    assert partners["terms"] == []
    assert len(countries["terms"]) > 100
    done("build", "-f", "ours/site_config.yml")
    pages = [f.read_text("utf-8") for f in (here / "ours/site").rglob("*.html")]
    assert [text for text in pages if re.search(r"\bCARE\b", text)] == []


NAMES = [
    'Health: the "Lao" #1 — ກໍລະນີ',
    "no",
    "2026",
    "<script>alert(1)</script> ${name} $home",
    "{organisation} & 'more' *bold* [x](y)",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_the_name_of_the_site(here: Path, name: str) -> None:
    """What is typed stands in the settings as text, in pages escaped, in the README as it is."""
    done("init", "a b", "--name", name)
    config = yaml.safe_load((here / "a b/site_config.yml").read_text("utf-8"))
    assert config["site_name"] == name
    done("build", "-f", "a b/site_config.yml")
    assert "<script>alert" not in (here / "a b/site/index.html").read_text("utf-8")
    first = (here / "a b/README.md").read_text("utf-8").partition("\n")[0]
    assert re.sub(r"\\(.)", r"\1", first) == f"# {name}"


def test_what_is_there_stays(here: Path) -> None:
    """A folder with a file, a file and a link are refused; an empty folder is filled."""
    (here / "full").mkdir()
    (here / "full/mine.txt").write_text("mine", "utf-8")
    (here / "file").write_text("mine", "utf-8")
    (here / "empty").mkdir()
    (here / "link").symlink_to(here / "empty")
    for name, words in (
        ("full", "is not empty"),
        ("file", "is no folder"),
        ("link", "is no folder"),
    ):
        result = run("init", name)
        assert (result.exit_code, words in result.output) == (2, True), result.output
    assert [f.name for f in (here / "full").iterdir()] == ["mine.txt"]
    done("init", "empty")
    assert (here / "empty/site_config.yml").is_file()
    assert [f.name for f in here.iterdir() if f.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--name", "///"), "'///' cannot name a library"),
        (("--language", "klingon!"), "is not the tag of a language"),
        (("--organisation", "unknown"), "is not the name of an organisation"),
    ],
)
def test_a_wrong_option_is_told(here: Path, options: tuple[str, ...], message: str) -> None:
    """What the settings would refuse is told at once, and no half of a library is left."""
    result = run("init", "x", *options)
    assert result.exit_code == 2
    assert message in result.output
    assert list(here.iterdir()) == []


def test_what_ci_runs_is_yaml_and_runs_the_commands(here: Path) -> None:
    """Both files are read as YAML; each step names a command of casebook that there is."""
    done("init", "x")
    github = yaml.safe_load((here / "x/.github/workflows/site.yml").read_text("utf-8"))
    gitlab = yaml.safe_load((here / "x/.gitlab-ci.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in github["jobs"]["build"]["steps"]]
    lines = [*steps, *gitlab["check"]["script"], *gitlab["pages"]["script"]]
    commands = {line.split()[1] for line in lines if line.startswith("casebook ")}
    assert commands == {"check", "build"}
    assert commands < set(main.commands)
    uses = [step["uses"] for step in github["jobs"]["build"]["steps"] if "uses" in step]
    assert all(re.search(r"@[0-9a-f]{40}$", each) for each in uses)
