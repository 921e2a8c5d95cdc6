"""Files for editors: each names what the model has, and a filled snippet is a record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.build.load import load_site_model
from generator.cli.main import main
from generator.exports.schema import record_schema
from generator.hosts.config import load_site
from generator.model.record import Model
from small import library, own_model

TYPES = {"text", "multitext", "number", "checkbox", "date", "datetime", "tags", "aliases"}
"""What a property of Obsidian may be."""

FILLED = {
    "title": "A title",
    "summary": "What happened.",
    "countries": "[Laos]",
    "focus": "[ownership-of-model]",
    "partners": "UNICEF",
    "our_role": "leading",
}


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the shipped model and no case, in which the command is run."""
    own_model(tmp_path)
    library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def model(root: Path) -> Model:
    """Return the model of a library."""
    site, _ = load_site(root / "site_config.yml")
    assert site is not None
    loaded, problems = load_site_model(site)
    assert loaded is not None, problems
    return loaded


def read(file: Path) -> dict[str, Any]:
    """Return the object that a file of JSON holds."""
    held: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return held


def test_the_types_name_each_simple_field(here: Path) -> None:
    """Every field that is no record has one of Obsidian's types, lists that of lists."""
    assert run("editors").exit_code == 0
    types = read(here / ".obsidian/types.json")["types"]
    fields = {f.name: f for f in model(here).fields.values() if f.kind != "record"}
    assert types.keys() == fields.keys()
    assert set(types.values()) <= TYPES
    assert {name for name, kind in types.items() if kind == "multitext"} == {
        name for name, field in fields.items() if field.many
    }
    assert types["updated"] == "date"


def test_there_is_a_snippet_for_each_kind_and_each_list(here: Path) -> None:
    """Their names are those of the model, and each place to write has a number of its own."""
    assert run("editors").exit_code == 0
    snippets = read(here / ".vscode/casebook.code-snippets")
    loaded = model(here)
    kinds = {f"new {kind.id}" for kind in loaded.types.kinds.values()}
    lists = {f.name for f in loaded.fields.values() if f.kind == "record" and f.many}
    assert snippets.keys() == kinds | lists
    for snippet in snippets.values():
        stops = re.findall(r"\$\{(\d+):", "\n".join(snippet["body"]))
        assert stops == [str(number) for number in range(1, len(stops) + 1)]


def test_a_filled_snippet_is_a_record_without_an_error(here: Path) -> None:
    """What an author makes of the snippet of a snapshot is checked like any record."""
    assert run("editors").exit_code == 0
    body = "\n".join(read(here / ".vscode/casebook.code-snippets")["new snapshot"]["body"])
    text = re.sub(r"\\([\\$}])", r"\1", re.sub(r"\$\{\d+:\.\.\.\}", "...", body))
    text = text.replace('"..."', '"2026-11-22"', 2).replace('"2026-11-22"', "A title", 1)
    for name, value in FILLED.items():
        text = re.sub(rf"(?m)^({name}: )\[?\.\.\.\]?$", rf"\g<1>{value}", text)
    text = text.replace("  - factor: ...", "  - factor: trusted-relationship")
    text = text.replace("  - name: ...", "  - name: UNICEF")
    (here / "content/cases/filled.md").write_text(text, "utf-8")
    done = run("check")
    assert "error" not in done.output, f"{done.output}\n{text}"


def test_what_is_there_stays(here: Path) -> None:
    """A file of the author's own is not written over, and that is said."""
    own = here / ".vscode/extensions.json"
    own.parent.mkdir()
    own.write_text("{}", "utf-8")
    done = run("editors")
    assert (done.exit_code, own.read_text("utf-8")) == (2, "{}")
    assert ".vscode/extensions.json is there already" in done.output
    assert run("editors").exit_code == 2
    own.unlink()
    assert run("editors").exit_code == 0
    assert run("editors").exit_code == 0


def test_the_schema_says_each_vocabulary_once(here: Path) -> None:
    """Each reference leads somewhere, and no list of terms stands twice."""
    schema = record_schema(model(here))
    text = json.dumps(schema)
    names = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert names == set(definitions)
    lists = [json.dumps(each["enum"]) for each in definitions.values() if "enum" in each]
    assert len(lists) == len(set(lists)) > 20
    assert all(text.count(each) == 1 for each in lists)
    assert len(text) < 200_000
