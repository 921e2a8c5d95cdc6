"""Records that look like another: told once, at the later one, and seldom by mistake."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import built
from built import settings
from generator.base.problem import Problem, Severity
from generator.base.site import Site
from generator.build.assemble import assemble
from generator.build.build_options import BuildOptions
from generator.build.check import CheckResult, check_site
from generator.build.last_check import LastCheck
from generator.build.touched import check_touched
from generator.cli.main import main
from generator.hosts.config import load_site
from generator.library.near_misses import KnownRecords
from generator.output.exchange import exchange
from generator.store.input_files import Inputs
from small import library, own_model, snapshot

SITES = Path(__file__).parent / "sites"
TITLE = "Ministry takes over land certificates for remote women"
PARTNER = "partners: UNICEF\n"


def record(title: str = TITLE, more: str = "", **changes: str) -> str:
    """Return a snapshot with some lines changed: `countries` in place of its own, and so on."""
    text = snapshot(title, more)
    for name, value in changes.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
        text = text.replace(old, f"{name}: {value}")
    return text


def checked(root: Path) -> CheckResult:
    """Return the check of a library."""
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    return check_site(site)


def notes(root: Path, **files: str) -> list[Problem]:
    """Return the notes on likeness in a library of those files."""
    own_model(root)
    result = checked(library(root, **files))
    return [problem for problem in result.problems if problem.code == "looks-alike"]


def test_one_partnership_told_twice_is_a_note_at_the_later_record(tmp_path: Path) -> None:
    """It names the other file, what both have, and what to do; it stops nothing."""
    library(
        tmp_path, a=record(), b=record("Land certificates for women, which the ministry takes over")
    )
    own_model(tmp_path)
    config = str(tmp_path / "site_config.yml")
    result = CliRunner().invoke(main, ["check", "-f", config, "--strict"])
    assert result.exit_code == 0
    assert result.stderr == (
        "content/cases/b.md:2:8: note: this looks like content/cases/a.md: both have 1 of the"
        " names in 'partners', a value of 'countries' and 6 words of the title\n"
        "    hint: if they are one, keep one of the two files; if they are two, name the other in"
        " 'related'\n"
        "2 records read: 1 note in 1 file\n"
    )


ALIKE = {
    "the same title, other partners": record(partners="Oxfam"),
    "the same title, one word less": record(TITLE.replace("remote ", ""), partners="Oxfam"),
    "the same words in another order": record(
        "Remote women, certificates for land, ministry takes over"
    ),
    "half of its words, and a partner": record("Land certificates handed over to women"),
    "two partners and a word": record(
        "Certificates at last in a hundred villages", partners="[UNICEF, Oxfam]"
    ),
    "another country besides": record(countries="[Laos, Peru]"),
    "times that meet": record(more="period: {start: 2015, end: 2016}\n"),
}  # fmt: skip
UNLIKE = {
    "another country": record(countries="Peru"),
    "another time": record(more="period: {start: 2020}\n"),
    "a second phase": record(f"{TITLE} 2"),
    "another subject with the same partner": record("Nurses learn to read weather reports"),
    "half of its words, no partner": record("Land certificates for men", partners="UNDP"),
    "named in one of them": record(more="related: [{case: a, relation: follows}]\n"),
    "a translation": record(more="translation_of: a\nlanguage: fr\n"),
    "an example": record(more="record_type: indicative-example\n"),
}
FIRST = record(partners="[UNICEF, Oxfam]", more="period: {start: 2014, end: 2017}\n")


@pytest.mark.parametrize("name", ALIKE)
def test_alike(tmp_path: Path, name: str) -> None:
    """Each of these is hardly another partnership."""
    assert [note.path for note in notes(tmp_path, a=FIRST, b=ALIKE[name])] == ["content/cases/b.md"]


@pytest.mark.parametrize("name", UNLIKE)
def test_unlike(tmp_path: Path, name: str) -> None:
    """Each of these is, or its author has said so."""
    assert notes(tmp_path, a=FIRST, b=UNLIKE[name]) == []


def test_what_is_hidden_is_not_compared_and_public_records_quote_nothing_else(
    tmp_path: Path,
) -> None:
    """A hidden name is no likeness; of two records, the one that not all may read has the note."""
    other = "Land certificates handed over to women"
    hidden = record(
        other, partners="\n  - {name: UNICEF, sector: international, consent_to_name: no}"
    )
    assert notes(tmp_path / "hidden", a=record(), b=hidden) == []
    internal = record(other, "visibility: internal\n")
    (note,) = notes(tmp_path / "internal", a=internal, b=record())
    assert (note.path, note.severity) == ("content/cases/a.md", Severity.NOTE)
    assert "content/cases/b.md" in note.message


def test_a_model_of_somebody_else_s(tmp_path: Path) -> None:
    """Where there are no names and no places, the title alone is compared."""
    shutil.copytree(SITES / "budget", tmp_path / "site")
    (one, *_) = sorted((tmp_path / "site/content/projets").glob("*.md"))
    text = one.read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    for name in ("zz1", "zz2"):
        copy = text.replace(title, "title: Un kiosque à musique devant la vieille gare")
        one.with_name(f"{name}.md").write_text(copy, "utf-8")
    result = checked(tmp_path / "site")
    (note,) = (problem for problem in result.problems if problem.code == "looks-alike")
    assert (note.path, note.message) == (
        "content/projets/zz2.md",
        "this looks like content/projets/zz1.md: both have 5 words of the title",
    )


def test_the_shipped_library_has_no_false_alarm() -> None:
    """Each of its records tells of another partnership."""
    result = checked(built.SHIPPED)
    assert [p for p in result.problems if p.code == "looks-alike"] == []


def test_a_record_that_is_not_there_yet(tmp_path: Path) -> None:
    """Before a record is added, it is held against those that are there."""
    own_model(tmp_path)
    result = checked(library(tmp_path, a=FIRST, b=record("Other words"), c=record()))
    assert result.collection
    assert result.model
    there = dict(result.collection.outlines)
    new = there.pop("c")
    known = KnownRecords(there.values(), result.model)
    note = known.near_miss(new)
    assert note
    assert "this looks like content/cases/a.md" in note.message
    assert known.near_miss(there["b"]) is None


def kept(root: Path) -> list[str]:
    """Build and keep, as `casebook build` does; return the files with a note on likeness."""
    site = replace(settings(root, root / ".cache"), output=root / "site")
    assembly = assemble(site, BuildOptions(incremental=True))
    changes = exchange(site.output, *assembly.batches, store=assembly.store)
    assembly.remember(changes.names, changes.notes)
    return [problem.path for problem in assembly.problems if problem.code == "looks-alike"]


def test_a_kept_build_tells_what_a_new_one_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit that makes two records alike, or unlike, is seen; another takes the short way."""
    monkeypatch.setattr("generator.store.input_files._SETTLED", 0)
    short: list[bool] = []

    def noted(
        site: Site, options: BuildOptions, last: LastCheck, inputs: Inputs
    ) -> CheckResult | None:
        checked = check_touched(site, options, last, inputs)
        short.append(checked is not None)
        return checked

    monkeypatch.setattr("generator.build.assemble.check_touched", noted)
    root = library(tmp_path, a=record("One thing"), b=record(), c=record("Another thing here"))
    own_model(root)
    cases = root / "content/cases"
    assert kept(root) == []
    (cases / "a.md").write_text(record("Something else altogether"), "utf-8")
    assert (kept(root), short.pop()) == ([], True)
    (cases / "a.md").write_text(record("Land certificates handed over to women"), "utf-8")
    assert (kept(root), short.pop()) == (["content/cases/b.md"], False)
    (cases / "a.md").write_text(record("Something else altogether"), "utf-8")
    assert (kept(root), short.pop()) == ([], False)
    for name in ("a", "c"):
        (cases / f"{name}.md").write_text(record("Ten new wells in dry towns"), "utf-8")
    assert kept(root) == ["content/cases/c.md"]
