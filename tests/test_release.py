"""A release: one folder with the library as of a day, whole, checked, and with nothing withheld."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from generator.cli.main import main
from small import library, own_model, snapshot
from test_cache import SECRETS, WORDS

DAY = "2026-11-22"
FOLDER = f"small-library-{DAY}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a library of which much is withheld, in which the command is run."""
    own_model(tmp_path)
    library(tmp_path, **SECRETS, sum=snapshot("=SUM(A1)", "theme: education\n"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def release(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["release", *words], prog_name="casebook")


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database of a release."""
    with closing(sqlite3.connect(folder / f"{FOLDER}.sqlite")) as opened:
        yield opened


def rows(opened: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return opened.execute(query).fetchall()


def test_a_release_holds_every_form_of_the_library_and_their_checksums(here: Path) -> None:
    """The folder is named after library and day; each file but the list is in the list."""
    done = release()
    assert done.exit_code == 0, done.output
    folder = here / "release" / FOLDER
    names = {file.name for file in folder.iterdir()}
    assert {"CITATION.cff", "library.json", "cases.csv", f"{FOLDER}.zip", "sources.bib"} < names
    sums = {}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        sums[name] = digest
    assert sums.keys() == names - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_nothing_that_is_withheld_is_in_a_release(here: Path) -> None:
    """No word of an internal record and no hidden name is in any file, the database among them."""
    assert release().exit_code == 0
    files = {f.name: f.read_bytes() for f in (here / "release" / FOLDER).iterdir()}
    with ZipFile(io.BytesIO(files[f"{FOLDER}.zip"])) as archive:
        files |= {name: archive.read(name) for name in archive.namelist()}
    assert len(files) > 100
    for name, content in files.items():
        found = name.encode() + content.lower()
        assert [word for word in WORDS if word in found] == [], name


def test_the_database_says_what_the_tables_say(here: Path) -> None:
    """As many rows as the CSV files and the same cases; keys hold; a formula is text as typed."""
    assert release().exit_code == 0
    folder = here / "release" / FOLDER
    with database(folder) as opened:
        for name in ("cases", "claims", "partners", "outcomes"):
            table = csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8-sig")))
            stored = opened.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name from above
            assert [column[0] for column in stored.description] == table.fieldnames
            assert len(stored.fetchall()) == len(list(table))
        assert rows(opened, "PRAGMA foreign_key_check") == []
        assert rows(opened, "SELECT title FROM cases WHERE id = 'sum'") == [("=SUM(A1)",)]
        assert rows(opened, "SELECT DISTINCT typeof(strength) FROM claims") == [("integer",)]


def test_the_views_count_as_the_site_counts(here: Path) -> None:
    """Cases of a term, and terms that occur together, are those of the library as JSON."""
    assert release().exit_code == 0
    folder = here / "release" / FOLDER
    dump = json.loads((folder / "library.json").read_text())
    counts = {
        (facet["name"], term["id"], term["computed"]["cases"])
        for facet in dump["facets"]
        for term in facet["terms"]
    }
    with database(folder) as opened:
        stored = rows(opened, "SELECT facet, term, cases FROM term_counts")
        assert set(stored) == counts
        assert rows(
            opened, "SELECT DISTINCT \"case\" FROM cases_by_term WHERE term = 'education'"
        ) == [("sum",)]
        pairs = rows(
            opened,
            "SELECT cases FROM term_pairs WHERE 'education' IN (term, other_term)"
            " AND 'unicef' IN (term, other_term)",
        )
        assert pairs == [(1,)]


def test_the_citation_is_valid(here: Path) -> None:
    """It has what the Citation File Format 1.2.0 asks for, as text that any reader takes alike."""
    assert release("--as-of", DAY).exit_code == 0
    cited = yaml.safe_load((here / "release" / FOLDER / "CITATION.cff").read_text())
    Draft7Validator(CFF).validate(cited)
    assert cited["title"] == "Small library"
    assert cited["version"] == DAY


CFF = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"type": "string", "pattern": r"^1\.2\.\d+$"},
        "type": {"enum": ["dataset", "software"]},
        "message": {"type": "string", "minLength": 1},
        "title": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        "version": {"type": ["string", "number"]},
        "date-released": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "license": {"type": "string"},
        "url": {"type": "string", "pattern": "^(https|http|ftp|sftp)://.+"},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string", "minLength": 1}},
            },
        },
    },
}
"""The rules of the format for what is written, after its published schema of version 1.2.0."""


def test_a_release_is_never_changed(here: Path) -> None:
    """A second one of the same day is refused, and the first stays byte for byte."""
    assert release().exit_code == 0
    before = {f.name: f.read_bytes() for f in (here / "release" / FOLDER).iterdir()}
    done = release()
    assert done.exit_code == 2
    assert "is there already; a release is never changed" in done.output
    assert {f.name: f.read_bytes() for f in (here / "release" / FOLDER).iterdir()} == before


def test_a_library_with_an_error_is_not_released(here: Path) -> None:
    """The problems are told, and nothing is made."""
    (here / "content/cases/bad.md").write_text("---\ntitle: Bad\n---\n", "utf-8")
    done = release()
    assert done.exit_code == 1
    assert "content/cases/bad.md" in done.output
    assert not (here / "release").exists()
