"""Builds by the command, in this process or in one of their own, and what they leave on the disk.

`gardens(root, **sketches(3))` writes a library that is quick to build, `run(root, "build")` builds
it here, `begin` and `run_apart` in a process, `told` asserts what was said, `tree` is what stands
in a folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import chdir
from pathlib import Path
from typing import TypeVar

from click.testing import CliRunner

from generator.base.names import slug
from generator.cli.main import main
from small import CONFIG

TINY = Path(__file__).parent / "sites" / "tiny" / "content"

Happened = TypeVar("Happened")
Made = TypeVar("Made")

PATIENCE = 60.0
"""In seconds: what another process has not done until then it will not do, however busy all are."""

SUM = 0.04
"""In seconds of a processor: so long takes a sum of a million numbers where the limits were set."""

FUZZ = max(int(os.environ.get("CASEBOOK_FUZZ", "1")), 1)
"""So many times as much chance is tried: `make fuzz` sets it."""

CASEBOOK = (sys.executable, "-m", "generator")


def gardens(root: Path, **files: str) -> Path:
    """Write a library of the tiny site's model, quick to build; return its root."""
    folder = root / "content" / "gardens"
    if not folder.exists():
        folder.mkdir(parents=True)
        shutil.copy(TINY / "record.yml", root / "content")
        shutil.copytree(TINY / "vocabulary", root / "content" / "vocabulary")
        (root / "site_config.yml").write_text(CONFIG, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return root


def sketches(number: int, word: str = "old") -> dict[str, str]:
    """Return that many gardens by name, which name each other; one in five holds the word."""
    return {
        f"garden-{each}": (
            f"---\ntitle: Garden {each}\nsummary: A garden.\nkind: sketch\nsoil: clay\n---\n"
            f"Words of {word if each % 5 == 0 else 'all'}, [a neighbour](garden-1.md).\n"
        )
        for each in range(1, number + 1)
    }


def tiny(root: Path) -> Path:
    """Copy the tiny site; return its root.

    The names in it that no vocabulary has are added there: of records with hidden names no note is
    kept, and without one there would be no plan.
    """
    shutil.copytree(TINY.parent, root, ignore=shutil.ignore_patterns("golden"))
    with (root / "content/vocabulary/neighbours.yml").open("a", encoding="utf-8") as names:
        for name in ("Söder Nursery", "Moulin Neuf"):
            names.write(f"  - {{id: {slug(name)}, label: {name}}}\n")
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, without a process of its own; what it raises is raised here."""
    with chdir(root):
        ran = CliRunner().invoke(main, words, prog_name="casebook")
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return subprocess.CompletedProcess(words, ran.exit_code, ran.stdout, ran.stderr)


def run_apart(
    root: Path, *words: str, patience: float = 120, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process, for so many seconds at most; `options` are those of one."""
    command = [*CASEBOOK, *words]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, cwd=root, capture_output=True, text=True, check=False, timeout=patience, **options
    )


def begin(root: Path, *words: str, program: Sequence[str] = CASEBOOK) -> subprocess.Popen[bytes]:
    """Start the command, or another program, in a folder, in a group of processes of its own."""
    return subprocess.Popen(
        [*program, *words],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def soon(happened: Callable[[], Happened]) -> Happened:
    """Ask again and again until the answer is true, and return it; after `PATIENCE` as it is."""
    until = time.monotonic() + PATIENCE
    while not (found := happened()) and time.monotonic() < until:
        time.sleep(0.005)
    return found


def spent(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return the seconds of a processor that some work takes, and what it makes.

    A slow or busy machine takes longer for everything: a sum that it works out just then is the
    scale, so that limits mean the same everywhere.
    """
    began = time.process_time()
    made = work()
    middle = time.process_time()
    sum(number * number for number in range(1_000_000))
    slowness = (time.process_time() - middle) / SUM
    return (middle - began) / max(slowness, 1), made


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return what stands in a folder, links not followed: the bytes of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def beside(root: Path) -> set[str]:
    """Return the names in a library's folder, but for those that belong there."""
    expected = {"content", "site_config.yml", ".casebook-cache", "site"}
    return {path.name for path in root.iterdir()} - expected


def reference(root: Path, files: dict[str, str]) -> dict[str, bytes | None]:
    """Build gardens in a folder of their own and return the site."""
    done = run(gardens(root, **files), "build")
    assert done.returncode == 0, done.stderr
    return tree(root / "site")


def told(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Assert an exit code, each of the words in what was said, and that nobody saw a traceback."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert (done.returncode, [word for word in words if word not in said]) == (code, []), said
