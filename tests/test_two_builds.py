"""Two at once in one folder: each site is whole, and whoever must wait is told so."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from generator.output import exchange as exchanging
from generator.output.cannot_write import KeptFilesGone
from generator.output.lock import try_lock
from trouble import (
    CASEBOOK,
    FUZZ,
    PATIENCE,
    beside,
    gardens,
    reference,
    run,
    run_apart,
    sketches,
    soon,
    told,
    tree,
)

BUSY = "another build is writing to"


def started(root: Path, *words: str) -> subprocess.Popen[str]:
    """Start the command in a folder."""
    return subprocess.Popen(
        [*CASEBOOK, *words], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(build: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """Return how a build ended."""
    out, err = build.communicate(timeout=120)
    return subprocess.CompletedProcess(build.args, build.returncode, out, err)


def sound(root: Path) -> None:
    """Assert that the cache, if there is one, is no torn data base, and nothing half written."""
    cache = root / ".casebook-cache"
    assert [path.name for path in (cache / "made").glob("*.*")] == []
    assert {path.name for path in cache.glob("*.*")} <= {"cases.sqlite"}
    for file in cache.glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as base:
            assert base.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("delay", [0.0, 0.2])
def test_two_builds_at_once(tmp_path: Path, delay: float) -> None:
    """Of builds in one folder at least one succeeds; another stops with a sentence, or succeeds."""
    new = sketches(12, "new")
    wanted = reference(tmp_path / "reference", new)
    for number in range(FUZZ):
        root = gardens(tmp_path / f"{number}", **sketches(12))
        told(run(root, "build"), 0)
        gardens(root, **new)
        builds = []
        for _ in range(2 if FUZZ == 1 else 3):
            builds.append(started(root, "build"))
            time.sleep(delay)
        done = [ended(build) for build in builds]
        assert 0 in [each.returncode for each in done]
        for each in done:
            told(each, *((2, BUSY, "wait until it has ended") if each.returncode else (0,)))
        assert (tree(root / "site"), beside(root)) == (wanted, set())
        sound(root)
        told(run(root, "build"), 0)
        assert (tree(root / "site"), beside(root)) == (wanted, set())


def test_a_build_whose_kept_files_went_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build ended between the plan and the lock: what that one made is kept, and linked."""
    root, tries = gardens(tmp_path / "site", **sketches(2)), list[object]()
    original = exchanging.exchange
    told(run(root, "build"), 0)

    def exchange(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the other takes
        tries.append(given)
        if len(tries) == 1:
            raise KeptFilesGone("files that were kept are gone", "build again")
        return original(*given, **named)

    monkeypatch.setattr("generator.output.exchange.exchange", exchange)
    gardens(root, **sketches(3, "new"))
    done = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
    assert (done.exit_code, len(tries)) == (0, 2), done.output
    assert tree(root / "site") == reference(tmp_path / "reference", sketches(3, "new"))


def test_a_second_build_is_told_to_wait(tmp_path: Path) -> None:
    """While another process writes the site, a build stops with a sentence and changes nothing."""
    root = gardens(tmp_path, **sketches(2))
    told(run(root, "build"), 0)
    before = tree(root / "site")
    gardens(root, **sketches(3, "new"))
    with try_lock(root / ".site.casebook.lock") as ours:
        assert ours
        done = run_apart(root, "build")
    told(done, 2, f"{BUSY} '{root / 'site'}'", "hint: wait until it has ended and build again")
    assert (tree(root / "site"), beside(root)) == (before, set())


def test_a_build_waits_for_nobody_who_was_killed(tmp_path: Path) -> None:
    """A lock that a killed build left keeps nobody out."""
    root = gardens(tmp_path, **sketches(2))
    (root / ".site.casebook.lock").write_bytes(b"")
    told(run(root, "build"), 0)
    assert beside(root) == set()


def test_many_writers_of_one_cache(tmp_path: Path) -> None:
    """Builds into folders of their own share a cache: all succeed, with the right bytes."""
    files = sketches(12)
    wanted = reference(tmp_path / "reference", files)
    root = gardens(tmp_path / "root", **files)
    for _ in range(1 + FUZZ // 2):
        builds = [started(root, "build", "--site-dir", f"out/{n}/site") for n in range(3)]
        for build in builds:
            told(ended(build), 0)
    assert [tree(root / f"out/{n}/site") == wanted for n in range(3)] == [True] * 3
    sound(root)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Give the folder of a small library and the address at which its preview runs."""
    root = gardens(tmp_path / "root", **sketches(3))
    log = tmp_path / "said"
    with log.open("w") as said:
        running = subprocess.Popen(
            [*CASEBOOK, "serve", "--port", "0"], cwd=root, stdout=said, stderr=said
        )
    found = soon(lambda: re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()))
    assert found, log.read_text()
    yield root, found[0]
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert "Traceback" not in log.read_text()


def shows(address: str, word: str) -> bool:
    """Tell whether a page of the preview holds a word, or will soon."""

    def holds() -> bool:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
            return word in answer.read().decode()

    return soon(holds)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_builds_while_a_preview_runs(tmp_path: Path, preview: tuple[Path, str]) -> None:
    """A preview shows each edit and a build beside it makes the whole site, without a quarrel."""
    root, address = preview
    assert shows(address + "gardens/garden-1.html", "Garden 1")
    for word in ("earlier", "later"):
        files = sketches(3)
        files["garden-1"] += f"Words, {word}.\n"
        gardens(root, **files)
        told(run(root, "build"), 0)
        assert shows(address + "gardens/garden-1.html", f"Words, {word}.")
        assert tree(root / "site") == reference(tmp_path / word, files)
        assert beside(root) == set()
        sound(root)
