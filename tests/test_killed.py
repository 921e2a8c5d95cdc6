"""Builds that are killed: the site is the old one or the new one, and the next build is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.base.workers import processors
from trouble import FUZZ, PATIENCE, begin, beside, gardens, reference, run, sketches, soon, tree

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere folders are exchanged in two steps"
)
FEW, MANY = 12, 330
"""Gardens that one process makes pages of, and so many that several do."""

DYING = """
import os, signal, sys
from generator.cli.main import main

CHANGES = {"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "open"}
place, left = os.path.join(os.getcwd(), ".site.casebook-"), int(sys.argv[1])
made = 0

def watch(event, found):
    global made
    if event not in CHANGES or not str(found[0]).startswith(place):
        return
    if event == "open" and not found[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    if made == left:
        os.killpg(0, signal.SIGKILL)
    made += 1

sys.addaudithook(watch)
try:
    main(["build"], prog_name="casebook")
finally:
    with open("changes", "w") as file:
        file.write(str(made))
"""
"""A build that kills itself before so many changes beside the old site, or tells how many it made.

It kills itself, since nobody outside is sure to catch the moment.
"""

HELD = """
import os, signal, sys
from generator.cli.main import main

first, place, what = os.getpid(), sys.argv[1], sys.argv[2]

def watch(event, found):
    if event == "open" and os.getpid() != first and what in str(found[0]):
        os.mkdir(os.path.join(place, str(os.getpid())))
        signal.pause()

sys.addaudithook(watch)
main(["build"], prog_name="casebook")
"""
"""A build of which each worker stops for good as it opens its first file of a kind.

It makes a folder of its number, so that a test need not catch it at work.
"""
DOING = {"reading": "/content/gardens/garden-", "writing": "/.site.casebook-"}

Site = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Edited:
    """A library before and after an edit: its folder before it, both sites, and a build's time."""

    root: Path
    files: dict[str, str]
    gone: str
    old: Site
    new: Site
    seconds: float

    def begun(self, root: Path, *, site: bool, cache: bool) -> Path:
        """Return a copy that was edited and not built since."""
        shutil.copytree(self.root, root)
        if not site:
            shutil.rmtree(root / "site")
        if not cache:
            shutil.rmtree(root / ".casebook-cache")
        (root / f"content/gardens/{self.gone}.md").unlink()
        return gardens(root, **self.files)


def edited(folder: Path, number: int) -> Edited:
    """Build a library before and after an edit of every fifth garden, one more and one less."""
    old, new = sketches(number), sketches(number + 1, "new")
    gone = f"garden-{number}"
    del new[gone]
    before = reference(folder / "old", old)
    after = reference(folder / "new", new)
    assert before != after
    start = time.monotonic()
    assert begin(gardens(folder / "again", **new), "build").wait() == 0
    return Edited(folder / "old", new, gone, before, after, time.monotonic() - start)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Return a library of a few gardens."""
    return edited(tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Return a library of so many gardens that workers read it and write its site."""
    return edited(tmp_path_factory.mktemp("many"), MANY)


def unfinished(root: Path) -> bool:
    """Tell whether a new site is being laid out."""
    return any(path.name.startswith(".site.casebook-") for path in root.iterdir())


def kill(build: subprocess.Popen[bytes]) -> None:
    """End a build and its workers without letting them tidy up, and wait for the end of all."""
    with suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    assert soon(lambda: not group(build.pid))


def group(number: int) -> list[int]:
    """Return the processes of a group that still run."""
    found = []
    for pid in (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()):
        with suppress(OSError):
            if os.getpgid(pid) == number and alive(pid):
                found.append(pid)
    return found


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def whole_afterwards(root: Path, library_: Edited, *, site: bool) -> None:
    """Assert that a whole site stands there, or none where none stood; and that the next is new."""
    if (root / "site").exists():
        assert tree(root / "site") in ([library_.old] if site else []) + [library_.new]
    else:
        assert not site
    done = run(root, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(root / "site") == library_.new
    assert beside(root) == set()


BEGUN = [
    pytest.param(site, cache, id=f"{'a' if site else 'no'} site, {'a' if cache else 'no'} cache")
    for site in (True, False)
    for cache in (True, False)
]


@pytest.mark.parametrize(("site", "cache"), BEGUN)
def test_killed_at_any_moment(few: Edited, tmp_path: Path, *, site: bool, cache: bool) -> None:
    """Whenever a build is killed, its folder holds one whole site or what it held before."""
    chance = random.Random(f"{site}{cache}{time.time_ns() if FUZZ > 1 else ''}")  # noqa: S311
    for number in range(FUZZ):
        root = few.begun(tmp_path / f"{number}", site=site, cache=cache)
        build = begin(root, "build")
        time.sleep(chance.uniform(0, few.seconds))
        kill(build)
        whole_afterwards(root, few, site=site)


@pytest.mark.parametrize(("site", "cache"), BEGUN)
def test_killed_while_it_writes(few: Edited, tmp_path: Path, *, site: bool, cache: bool) -> None:
    """The same between two changes on the disk, as the new site is laid out and takes its place."""
    chance = random.Random(f"{site}{cache}{time.time_ns() if FUZZ > 1 else ''}")  # noqa: S311
    root = few.begun(tmp_path / "counted", site=site, cache=cache)
    program = (sys.executable, "-c", DYING)
    assert begin(root, str(sys.maxsize), program=program).wait() == 0
    changes = int((root / "changes").read_text())
    assert changes > FEW
    for number, left in enumerate(chance.sample(range(changes), 1 + FUZZ)):
        root = few.begun(tmp_path / f"{number}", site=site, cache=cache)
        assert begin(root, str(left), program=program).wait() == -signal.SIGKILL
        whole_afterwards(root, few, site=site)


Start = Callable[..., tuple[subprocess.Popen[bytes], list[int]]]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Start]:
    """Give what starts a build and returns it with all its workers, which have stopped for good."""
    place, builds = tmp_path / "workers", list[subprocess.Popen[bytes]]()
    place.mkdir()

    def workers() -> list[int]:
        return [int(each.name) for each in place.iterdir()]

    def start(root: Path, doing: str, **options: Any) -> tuple[subprocess.Popen[bytes], list[int]]:  # noqa: ANN401
        command = [sys.executable, "-c", HELD, str(place), DOING[doing]]
        build = subprocess.Popen(command, cwd=root, **options)
        builds.append(build)
        number = processors() if doing == "reading" else processors() - 1
        assert soon(lambda: len(workers()) == number or build.poll() is not None)
        return build, workers()

    yield start
    for build in builds:
        build.kill()
        build.wait()
    for pid in filter(alive, workers()):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(processors() < 2, reason="with one processor there are no workers")
@pytest.mark.parametrize("doing", ["reading", "writing"])
def test_workers_end_with_the_build_that_began_them(
    many: Edited, tmp_path: Path, held: Start, doing: str
) -> None:
    """Where the first process alone is killed, its workers neither stay nor write on."""
    root = many.begun(tmp_path / "root", site=True, cache=False)
    build, workers = held(root, doing)
    assert workers
    build.kill()
    build.wait()
    assert soon(lambda: not any(map(alive, workers)))
    left = tree(root)
    assert unfinished(root) == (doing == "writing")
    time.sleep(0.2)
    assert tree(root) == left
    whole_afterwards(root, many, site=True)


@pytest.mark.skipif(processors() < 2, reason="with one processor there are no workers")
@pytest.mark.parametrize("doing", ["reading", "writing"])
def test_a_worker_that_is_killed_is_told(
    many: Edited, tmp_path: Path, held: Start, doing: str
) -> None:
    """Where the system ends a worker, for want of memory, a sentence says so, and the old stays."""
    root = many.begun(tmp_path / "root", site=True, cache=False)
    with (tmp_path / "said").open("wb") as said:
        build, workers = held(root, doing, stdout=said, stderr=said)
        assert workers
        os.kill(workers[0], signal.SIGKILL)
        assert build.wait(PATIENCE) == 2
    assert (tmp_path / "said").read_text() == (
        "a part of the work was ended by the system\n    hint: free some memory, then try again\n"
    )
    assert tree(root / "site") == many.old
    assert beside(root) == set()


def test_the_whole_group_of_many_is_killed(many: Edited, tmp_path: Path) -> None:
    """A build with workers is as whole afterwards as one without."""
    chance = random.Random(5 if FUZZ == 1 else None)  # noqa: S311
    for number in range(FUZZ):
        root = many.begun(tmp_path / f"{number}", site=True, cache=True)
        build = begin(root, "build")
        time.sleep(chance.uniform(0.3, 1) * many.seconds)
        kill(build)
        whole_afterwards(root, many, site=True)


def torn(content: bytes, at: int, how: str) -> bytes:
    """Return what a machine that lost its power left of a file."""
    return content[:at] + (bytes(max(len(content) - at, 0)) if how == "zeros" else b"")


def test_what_is_kept_is_disbelieved_where_it_is_torn(few: Edited, tmp_path: Path) -> None:
    """Each file of a cache, torn at some byte, changes nothing in the builds that follow."""
    chance = random.Random(7 if FUZZ == 1 else None)  # noqa: S311
    root = few.root.parent / "new"
    kept = tree(root / ".casebook-cache")
    assert {"cases.sqlite", "last-build", "last-collection", "last-files"} < kept.keys()
    assert any(name.startswith("made/") for name in kept)
    for name, content in kept.items():
        for _ in range(FUZZ if content else 0):
            assert content
            own = tmp_path / "own"
            shutil.copytree(root, own)
            ends = [0, 1, 31, 32, 33, len(content) - 1, chance.randrange(len(content))]
            left = torn(content, chance.choice(ends), chance.choice(["shorter", "zeros"]))
            (own / ".casebook-cache" / name).write_bytes(left)
            for _ in range(2):
                assert run(own, "build").returncode == 0
                assert tree(own / "site") == few.new
                (own / "content/gardens/garden-2.md").touch()
            shutil.rmtree(own)
