"""A library with an older model comes forward: names, what is new, what is the library's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from small import library, own_model, snapshot
from trouble import tree

OWN_FIELD = """
  budget_line:
    kind: line
    label: Budget line
    section: facts
    help: A number of this library.
    example: B-12
"""
OWN_TERM = (
    "  - id: our-own-theme\n    label: Our own theme\n    definition: A term of this library.\n"
)


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library of an older edition of the model, with a field and a term of its own."""
    own_model(tmp_path)
    old = snapshot("Old", "budget_line: B-7\ntheme: our-own-theme\n")
    library(tmp_path, old=old.replace("our_role:", "care_role:"))
    model = tmp_path / "content/record.yml"
    text = model.read_text("utf-8").replace("\n  our_role:\n", "\n  care_role:\n")
    text = text.replace("    former_names: [care_role]\n", "", 1)
    fields, checks, rest = text.partition("\nchecks:\n")
    model.write_text(f"{fields}{OWN_FIELD}{checks}{rest}", "utf-8")
    theme = tmp_path / "content/vocabulary/theme.yml"
    theme.write_text(theme.read_text("utf-8").rstrip("\n") + "\n" + OWN_TERM, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_dry_run_reports_and_changes_nothing(here: Path) -> None:
    """Renamed, new and own parts are told, and every file stays."""
    before = tree(here / "content")
    done = run("upgrade")
    assert done.exit_code == 0, done.output
    assert "field care_role: now called our_role" in done.output
    assert "field budget_line: only this library has it; it stays" in done.output
    assert "vocabulary theme, term our-own-theme: only this library has it" in done.output
    assert "1 of 1 records by the names of today" in done.output
    assert "add --write to write them" in done.output
    assert tree(here / "content") == before


def test_written_it_is_the_shipped_model_with_what_the_library_has_besides(here: Path) -> None:
    """The record has the new name and keeps field and term; a second run changes nothing."""
    done = run("upgrade", "--write")
    assert done.exit_code == 0, done.output
    assert "errors:" in done.output
    assert ", 0 after" in done.output
    record = (here / "content/cases/old.md").read_text("utf-8")
    assert "our_role: leading" in record
    assert "care_role" not in record
    assert "budget_line: B-7" in record
    assert "our-own-theme" in record
    assert "budget_line:" in (here / "content/record.yml").read_text("utf-8")
    assert "our-own-theme" in (here / "content/vocabulary/theme.yml").read_text("utf-8")
    assert "error" not in run("check").output
    written = tree(here / "content")
    again = run("upgrade", "--write")
    assert "0 files written" in again.output
    assert tree(here / "content") == written


def test_a_part_that_cannot_be_carried_over_stops_it(here: Path) -> None:
    """A member of the library's own inside a shared list is a conflict, and nothing is written."""
    model = here / "content/record.yml"
    text = model.read_text("utf-8")
    own = "      response:\n        kind: text\n        label: Response\n"
    assert own in text
    model.write_text(
        text.replace(own, f"      cost: {{kind: line, label: Cost, help: A sum.}}\n{own}", 1)
    )
    before = tree(here / "content")
    done = run("upgrade", "--write")
    assert done.exit_code == 1
    assert "conflict: field constraints.cost: only this library has it" in done.output
    assert tree(here / "content") == before


def test_a_library_without_a_model_of_its_own_needs_none(here: Path) -> None:
    """It follows the program's, and is told so."""
    (here / "content/record.yml").unlink()
    done = run("upgrade")
    assert done.exit_code == 2
    assert "it follows the shipped one" in done.output


def test_names_of_another_library_do_not_come_in(here: Path) -> None:
    """The partners of the shipped library stay away from a new one, before and after."""
    assert run("init", "ours", "--model", "shipped").exit_code == 0
    partners = here / "ours/content/vocabulary/partners.yml"
    before = partners.read_text("utf-8")
    done = run("upgrade", "-f", "ours/site_config.yml", "--write")
    assert done.exit_code == 0, done.output
    assert "vocabulary partners: names of this library; it stays" in done.output
    assert partners.read_text("utf-8") == before
    assert "label: CARE" not in before


def test_a_model_of_another_kind_is_left_alone(here: Path) -> None:
    """A library of the small model is no older library of partnerships."""
    assert run("init", "clinics").exit_code == 0
    before = tree(here / "clinics/content")
    done = run("upgrade", "-f", "clinics/site_config.yml", "--write")
    assert done.exit_code == 2
    assert "it is a model of its own" in done.output
    assert tree(here / "clinics/content") == before


def test_what_was_changed_here_and_is_as_shipped_now_is_told(here: Path) -> None:
    """A label, a synonym and a check of the library's own go, each with a line."""
    theme = here / "content/vocabulary/theme.yml"
    theme.write_text(theme.read_text("utf-8").replace("label: Education", "label: Schools", 1))
    model = here / "content/record.yml"
    text = model.read_text("utf-8").replace(
        "order: [updated, review_due]", "order: [updated, period.end]"
    )
    model.write_text(text.replace("label: Summary", "label: In short", 1), "utf-8")
    done = run("upgrade")
    assert "vocabulary theme, term education: label as shipped from now on" in done.output
    assert "'checks' of the model: as shipped from now on" in done.output
    assert "field summary: label as shipped from now on" in done.output


def test_nothing_is_written_where_records_would_have_new_errors(here: Path) -> None:
    """A word that only the library's own vocabulary knew stops it: a record would be refused."""
    theme = here / "content/vocabulary/theme.yml"
    text = theme.read_text("utf-8")
    theme.write_text(text.replace("synonyms: [schools,", "synonyms: [zzz, schools,", 1), "utf-8")
    case = here / "content/cases/old.md"
    text = case.read_text("utf-8")
    case.write_text(text.replace("theme: our-own-theme", "theme: zzz"), "utf-8")
    before = tree(here / "content")
    assert "cases/old.md" not in run("check").output
    done = run("upgrade", "--write")
    assert done.exit_code == 1, done.output
    assert "nothing was written" in done.output
    assert tree(here / "content") == before
