"""The secret that seals a cache: made once, for this user alone; without one there is no cache."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from generator.store.signing import SIZE, VARIABLE, load_key, sign, verify
from trouble import PATIENCE, gardens, run, sketches, soon, told, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it elsewhere")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a user without a secret an empty home, and return where the secret will be."""
    monkeypatch.delenv(VARIABLE)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return Path(click.get_app_dir("casebook")) / "cache.key"


def test_a_seal_is_of_these_bytes_divided_so() -> None:
    """Another secret, another part, or the same bytes divided otherwise have another seal."""
    mark = sign(b"a" * SIZE, b"one", b"two")
    assert verify(b"a" * SIZE, mark, b"one", b"two")
    assert not verify(b"b" * SIZE, mark, b"one", b"two")
    for parts in [(b"onet", b"wo"), (b"onetwo",), (b"one", b"two", b""), (b"two", b"one")]:
        assert not verify(b"a" * SIZE, mark, *parts)
    assert not verify(b"a" * SIZE, b"", b"one", b"two")
    assert not verify(b"a" * SIZE, mark[:-1], b"one", b"two")


def test_the_secret_is_made_once_for_this_user_alone(home: Path) -> None:
    """It is as long as it should be, stays, and nobody else may read it."""
    made = load_key()
    assert made is not None
    assert len(made) == SIZE
    assert load_key() == made == home.read_bytes()
    assert stat.S_IMODE(home.stat().st_mode) == 0o600
    assert os.listdir(home.parent) == ["cache.key"]  # noqa: PTH208


def test_the_environment_goes_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What continuous integration hands in is the secret, whatever its length; no file is made."""
    found = set()
    for given in ("a", "b", "a" * 1000, "\udcff"):
        monkeypatch.setenv(VARIABLE, given)
        made = load_key()
        assert made is not None
        assert len(made) == SIZE
        found.add(made)
    assert len(found) == 4
    assert not home.exists()


def test_an_empty_variable_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pull request from a fork gets an empty secret, which is not one that all share."""
    monkeypatch.setenv(VARIABLE, "")
    assert load_key() == home.read_bytes()


@pytest.mark.parametrize("left", [b"", b"short", b"x" * (SIZE + 1)])
def test_a_secret_that_is_not_whole_is_made_anew(home: Path, left: bytes) -> None:
    """What a full disk left of a secret does not stand in the way for ever."""
    home.parent.mkdir(parents=True)
    home.write_bytes(left)
    made = load_key()
    assert made is not None
    assert made == home.read_bytes() == load_key()
    assert stat.S_IMODE(home.stat().st_mode) == 0o600


def folder(file: Path) -> None:
    """Put a folder in the place of the secret."""
    file.mkdir(parents=True)


def pipe(file: Path) -> None:
    """Put a pipe in the place of the secret."""
    file.parent.mkdir(parents=True)
    os.mkfifo(file)


def no_folder(file: Path) -> None:
    """Put a file in the place of the folder of the secret."""
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("a file")


def nowhere(file: Path) -> None:
    """Put a link to nothing in the place of the secret."""
    file.parent.mkdir(parents=True)
    file.symlink_to("nothing")


NO_SECRET = {"a folder": folder, "a pipe": pipe, "no folder": no_folder, "a link": nowhere}


@pytest.mark.parametrize("how", NO_SECRET)
def test_without_a_secret_nothing_is_kept(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Where the secret cannot be had, the build works as it does without a cache."""
    with monkeypatch.context() as given:
        given.setenv(VARIABLE, "a")
        wanted = tree(built(tmp_path / "wanted") / "site")
    NO_SECRET[how](home)
    before = tree(tmp_path / "home")
    for _ in range(2):
        root = built(tmp_path / "root")
        assert tree(root / "site") == wanted
    assert not (root / ".casebook-cache").exists()
    assert tree(tmp_path / "home") == before


def built(root: Path) -> Path:
    """Build a small library and return its folder."""
    told(run(gardens(root, **sketches(2)), "build"), 0)
    return root


HUMBLE = """
import ctypes, os, sys
if os.geteuid() == 0:
    for right in (1, 2, 3):  # to pass by permissions, in linux/capability.h
        if ctypes.CDLL(None).prctl(24, right, 0, 0, 0):  # PR_CAPBSET_DROP
            sys.exit("this system does not let root give up its rights")
os.execv(sys.executable, [sys.executable, "-m", "generator", "build"])
"""


def unreadable(file: Path) -> None:
    """Make a secret that may not be read."""
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(SIZE))
    file.chmod(0)


def unwritable(file: Path) -> None:
    """Make a home in which nothing can be made."""
    file.parents[2].chmod(0o500)


@pytest.mark.skipif(sys.platform != "linux", reason="root gives up its rights on Linux")
@pytest.mark.parametrize("how", [unreadable, unwritable])
def test_a_closed_home_is_no_trouble(
    home: Path, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    """Where permissions keep the secret from being read or made, the build works without."""
    how(home)
    root = gardens(tmp_path / "root", **sketches(2))
    done = subprocess.run(
        [sys.executable, "-c", HUMBLE], cwd=root, capture_output=True, text=True, check=False
    )
    told(done, 0)
    assert (root / "site/gardens/garden-1.html").is_file()
    assert not (root / ".casebook-cache").exists()


@pytest.mark.parametrize("name", ["HOME", "XDG_CONFIG_HOME"])
def test_no_secret_is_left_in_the_folder_that_is_worked_in(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A user without a home, as in some containers, gets no folder '~' beside the content."""
    monkeypatch.setenv(name, "here")
    root = gardens(tmp_path / "root", **sketches(2))
    monkeypatch.chdir(root)
    assert load_key() is None
    told(run(root, "build"), 0)
    names = sorted(path.name for path in root.iterdir())
    assert names == ["content", "site", "site_config.yml"]
    assert not home.exists()


def test_nobody_is_at_home(tmp_path: Path) -> None:
    """A process whose user the system does not know, without HOME, finds no secret and goes on."""
    program = "import os; os.setuid(54321); from generator.store.signing import load_key; "
    program += "print(load_key(), os.listdir('.'))"
    if os.geteuid():
        pytest.skip("only root can become a user that nobody knows")
    (folder_ := tmp_path / "folder").mkdir(mode=0o777)
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", "import generator.store.signing; " + program],
        cwd=folder_,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("None []\n", "")


def test_several_at_once_make_one_secret(home: Path, tmp_path: Path) -> None:
    """Builds that begin at once on a new machine all find the same secret."""
    program = (
        "import os, sys, time; from generator.store.signing import load_key\n"
        "open(f'{sys.argv[1]}/{os.getpid()}', 'w').close()\n"
        "while not os.path.exists(f'{sys.argv[1]}/begin'): time.sleep(0.0005)\n"
        "print(load_key().hex())"
    )
    place = tmp_path / "place"
    place.mkdir()
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(place)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert soon(lambda: len(os.listdir(place)) == len(running))  # noqa: PTH208
    (place / "begin").touch()
    said = {process.communicate(timeout=PATIENCE)[0].decode().strip() for process in running}
    assert said == {home.read_bytes().hex()}
    assert os.listdir(home.parent) == ["cache.key"]  # noqa: PTH208
