"""Days that have not come, and years far from all others: said on their line, never believed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from built import settings
from generator.base.problem import Severity, sorted_problems
from generator.base.site import Site
from generator.build.assemble import assemble
from generator.build.build_options import BuildOptions
from generator.build.check import CheckResult, check_site
from generator.build.last_check import LastCheck
from generator.build.session import Session
from generator.build.touched import check_touched
from generator.hosts.preview import Preview
from generator.library.date_checks import DateVerdict
from generator.output.exchange import exchange
from generator.store.input_files import Inputs
from small import library, snapshot
from trouble import run

DAY = "2027-03-09"


def dated(updated: str, more: str = "") -> str:
    """Return a record of that day."""
    return snapshot("A", f"{more}\n").replace("2026-11-22", updated)


def check(root: Path, **options: str) -> CheckResult:
    """Return the check of a library, by the day `DAY` unless the options say another."""
    options.setdefault("today", DAY)
    return check_site(settings(root, root / "cache"), BuildOptions(internal=True, **options))  # type: ignore[arg-type]


def told(checked: CheckResult) -> list[tuple[str, int, str, str]]:
    """Return code, line, severity and message of each problem but notes."""
    return [
        (p.code, p.line, p.severity.value, p.message)
        for p in sorted_problems(checked.problems)
        if p.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        (dated("2207-01-31"), "future-date", "error"),
        (dated("2027-03-11"), "future-date", "error"),
        (dated("2027-03-10"), "future-date", "warning"),
        (dated("2027-03-09"), "", ""),
        (dated("1207-03-01"), "far-date", "warning"),
        (dated("1972-03-01"), "far-date", "warning"),
        (dated("1999-03-01"), "", ""),
        (dated("2026-11-22", "reviewed: {by: A director, on: 2072-01-01}"), "future-date", "error"),
        (dated("2026-11-22", "review_due: 2028-06"), "", ""),
        (dated("2026-11-22", "review_due: 2208-06"), "far-date", "warning"),
        (dated("2026-11-22", "period: {start: 2014, end: 2030}"), "", ""),
        (dated("2026-11-22", "period: {start: 2014, end: 2107}"), "far-date", "warning"),
        (dated("2026-11-22", "period: {start: 2072}"), "future-date", "warning"),
        (dated("2026-11-22", "period: {start: 1041, end: 2017}"), "far-date", "warning"),
        (dated("2026-11-22", "period: {start: 1951, end: 1964-05}"), "", ""),
        (dated("unknown", "period: {start: 2027, end: unknown}"), "", ""),
        (dated("2026-11-22", "period: {start: 2027-03}"), "", ""),
        (dated("2026-11-22", "evidence: [{id: a, date: 1848}]"), "", ""),
        (dated("2026-11-22", "evidence: [{id: a, date: 1206}]"), "far-date", "warning"),
    ],
)  # fmt: skip
def test_a_date_is_judged_by_what_it_is_for(
    tmp_path: Path, text: str, code: str, severity: str
) -> None:
    """What a record says of its custody has passed; an end and a review may lie ahead."""
    found = [
        row[::2]
        for row in told(check(library(tmp_path, a=text, b=dated("2026-10-01"))))
        if row[0].endswith("-date")
    ]
    assert found == ([(code, severity)] if code else [])


def test_the_line_the_day_and_the_remedy_are_named(tmp_path: Path) -> None:
    """The message quotes what was typed and by which day it is judged."""
    root = library(tmp_path, a=dated("2072-11-02"))
    (problem,) = check(root).problems
    assert str(problem) == (
        "content/cases/a.md:4:10: error: '2072-11-02' lies ahead:"
        " this is checked as of 2027-03-09\n"
        "    hint: check the year; write a day that has come; the day of the next review belongs in"
        " 'review_due'"
    )
    (problem,) = check(root, as_of="2070-01-01").problems
    assert problem.message.endswith("as of 2070-01-01")
    assert told(check(root, as_of="2072-11-02")) == []


def test_a_library_of_another_century_is_no_slip(tmp_path: Path) -> None:
    """A year that two other records share the time of is meant."""
    old = {f"r{n}": dated("2026-11-22", f"period: {{start: {1871 + 9 * n}}}") for n in range(3)}
    assert told(check(library(tmp_path, **old))) == []
    assert len(told(check(library(tmp_path / "two", r0=old["r0"], r1=old["r1"])))) == 2


def test_no_day_ahead_becomes_that_of_the_edition(tmp_path: Path) -> None:
    """The edition is of the newest day that has come, whatever a record says."""
    root = library(tmp_path, a=dated("2206-11-01"), b=dated("2027-03-10"), c=dated("2027-02-03"))
    library_ = check(root).library
    assert library_ is not None
    assert library_.as_of == "2027-02-03"


def test_without_a_day_no_date_is_judged(tmp_path: Path) -> None:
    """Who calls the core without a day gets the same answer on any day."""
    root = library(tmp_path, a=dated("2206-11-01"))
    assert told(check(root, today="")) == []


def test_commands_ask_the_machine_for_its_day(tmp_path: Path) -> None:
    """The check and the build judge by today where neither option nor variable says a day."""
    ahead = date.today() + timedelta(days=40)  # noqa: DTZ011 - as the commands do
    root = library(tmp_path, a=dated(ahead.isoformat()))
    for command in ("check", "build"):
        result = run(root, command)
        assert (result.returncode, "lies ahead" in result.stderr) == (1, True), result.stderr
        result = run(root, command, "--as-of", ahead.isoformat())
        assert (result.returncode, "lies ahead" in result.stderr) == (0, False), result.stderr


def test_a_preview_asks_for_the_day_at_each_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that runs over midnight takes what is written on the new day."""
    root = library(tmp_path, a=dated("2027-03-11"))
    preview = Preview(
        site_file=root / "site_config.yml", options=BuildOptions(session=Session()), core=assemble
    )
    for day, number in (("2027-03-09", 1), ("2027-03-11", 0)):
        monkeypatch.setattr("generator.hosts.preview.machine_day", lambda day=day: day)
        preview.build()
        assert [p.code for p in preview.problems] == ["future-date"] * number


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_mkdocs_stops_at_a_day_ahead(tmp_path: Path, program: str) -> None:
    """The plugin asks the machine for its day as well."""
    root = library(tmp_path, a=dated("2206-11-01"))
    command = [sys.executable, "-m", program, "build", "-f", str(root / "site_config.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "a.md:4:10: error: '2206-11-01' lies ahead" in done.stderr


def messages(root: Path, today: str) -> tuple[list[str], str]:
    """Build and keep, as `casebook build` does; return what is said, and the edition's day."""
    site = replace(settings(root, root / "cache"), output=root / "site")
    assembly = assemble(site, BuildOptions(incremental=True, today=today))
    said = [problem.message for problem in assembly.problems if problem.code.endswith("-date")]
    if not assembly.documents:
        return said, ""
    changes = exchange(site.output, *assembly.batches, store=assembly.store)
    assembly.remember(changes.names, changes.notes)
    return said, json.loads((site.output / "data/library.json").read_bytes())["as_of"]


def test_a_kept_build_is_right_on_another_day(tmp_path: Path) -> None:
    """Only the day of the machine is another: what was said of it is said anew."""
    root = library(tmp_path, a=dated("2027-03-10"), b=dated("2027-01-05"))
    tomorrow = ["'2027-03-10' lies ahead: this is checked as of 2027-03-09"]
    assert messages(root, DAY) == (tomorrow, "2027-01-05")
    assert messages(root, DAY) == (tomorrow, "2027-01-05")
    assert messages(root, "2027-03-10") == ([], "2027-03-10")
    assert messages(root, "2027-03-12") == ([], "2027-03-10")
    said, _ = messages(root, "2027-02-01")
    assert said == ["'2027-03-10' lies ahead: this is checked as of 2027-02-01"]


def edit(root: Path, **files: str) -> None:
    """Write some case files anew."""
    for name, text in files.items():
        (root / f"content/cases/{name}.md").write_text(text, "utf-8")


def test_an_edit_of_one_record_is_judged_in_a_kept_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip is found on the short way too, and whether a year has company is asked again."""
    monkeypatch.setattr("generator.store.input_files._SETTLED", 0)
    short: list[bool] = []

    def noted(
        site: Site, options: BuildOptions, last: LastCheck, inputs: Inputs
    ) -> CheckResult | None:
        checked = check_touched(site, options, last, inputs)
        short.append(checked is not None)
        return checked

    monkeypatch.setattr("generator.build.assemble.check_touched", noted)
    root = library(tmp_path, a=dated("2027-01-05"), b=dated("2027-01-04"))
    assert messages(root, DAY) == ([], "2027-01-05")
    edit(root, a=dated("2027-02-10"))
    assert messages(root, DAY) == ([], "2027-02-10")
    assert short.pop()
    ahead = ["'2027-03-10' lies ahead: this is checked as of 2027-03-09"]
    edit(root, a=dated("2027-03-10"))
    assert messages(root, DAY) == (ahead, "2027-01-04")
    edit(root, b=dated("2027-01-07"))
    assert messages(root, DAY) == (ahead, "2027-01-07")
    edit(root, a=dated("2027-01-05", "period: {start: 1871}"))
    assert messages(root, DAY)[0] == ["'1871' is far from all other dates"]
    edit(root, a=dated("2027-01-05"))
    assert messages(root, DAY) == ([], "2027-01-07")


def test_a_verdict_holds_while_nothing_can_have_come() -> None:
    """Where no date is odd, later days of the year change nothing; else any other day may."""
    assert DateVerdict("2026-05-01").holds_on("2026-05-02")
    assert not DateVerdict("2026-05-01").holds_on("2026-04-30")
    assert not DateVerdict("2026-05-01").holds_on("2027-05-02")
    assert not DateVerdict("2026-05-01", odd=True).holds_on("2026-05-02")
    assert DateVerdict("2026-05-01", odd=True).holds_on("2026-05-01")
