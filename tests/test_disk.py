"""A disk that is full, closed or in use by others: a sentence that names the file, the old site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from trouble import CASEBOOK, FUZZ, beside, gardens, run, sketches, told, tree

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")

# ---- a full disk -------------------------------------------------------------------------------

LITTLE = """
import json, os, resource, shutil, subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from trouble import beside, run, run_apart, tree

root, small, free = Path(sys.argv[2]), Path(sys.argv[2], sys.argv[3]), int(sys.argv[4])
small.mkdir(exist_ok=True)
mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(small)]
mounted = subprocess.run(mount, capture_output=True).returncode == 0
limited = lambda: None if mounted else resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
words = ["build", "--site-dir", "out/site"]
first = run(root, *words)
before = tree(root / "out")
config = root / "site_config.yml"
config.write_text(config.read_text().replace("Small library", "Another name"))
if mounted:
    with (small / "filler").open("wb", buffering=0) as filler:
        filler.write(bytes(free))
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            filler.truncate(max(filler.tell() - free, 0))
done = run(root, *words) if mounted else run_apart(root, *words, preexec_fn=limited)
after = tree(root / "out")
(small / "filler").unlink(missing_ok=True)
after.pop("filler", None)
left = sorted(str(p.relative_to(root)) for p in small.iterdir() if p.name != "site")
again = run(root, *words)
print(json.dumps({
    "mounted": mounted, "first": first.returncode, "code": done.returncode,
    "said": done.stdout + done.stderr, "same": before == after, "left": left,
    "again": again.returncode, "new": b"Another name" in tree(root / "out")["site/index.html"],
}))
"""


def on_a_little_disk(root: Path, small: str, free: int) -> dict[str, object]:
    """Build twice, the second time with `free` bytes left in a folder, and say what happened.

    The disk is one in memory, of a name space of its own; where none may be made, no file may
    grow beyond 3,000 bytes.
    """
    own = ["unshare", "-rm"]
    try:
        may = subprocess.run([*own, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        may = False
    tests = str(Path(__file__).parent)
    program = [sys.executable, "-c", LITTLE, tests, str(root), small, str(free)]
    done = subprocess.run(
        [*(own if may else []), *program], capture_output=True, text=True, check=True
    )
    outcome: dict[str, object] = json.loads(done.stdout)
    return outcome


@pytest.mark.parametrize("free", [0, 200_000] if FUZZ > 1 else [100_000])
def test_a_full_disk_leaves_the_old_site(tmp_path: Path, free: int) -> None:
    """Where the disk fills up as the site is written, the old stays; with space, all is well."""
    outcome = on_a_little_disk(gardens(tmp_path, **sketches(12)), "out", free)
    why = "no space left on device" if outcome["mounted"] else "file too large"
    printed = str(outcome.pop("said"))
    assert why in printed
    assert "cannot write" in printed
    assert "out/site" in printed
    assert "Traceback" not in printed
    del outcome["mounted"]
    assert outcome == {"first": 0, "code": 2, "same": True, "left": [], "again": 0, "new": True}


def test_a_full_disk_for_the_cache_alone_is_no_trouble(tmp_path: Path) -> None:
    """Where only the cache finds no space, the site is built and the cache is not kept."""
    outcome = on_a_little_disk(gardens(tmp_path, **sketches(12)), ".casebook-cache", 0)
    if outcome["mounted"]:
        assert (outcome["code"], outcome["same"], outcome["new"]) == (0, False, True)
    assert (outcome["first"], outcome["again"]) == (0, 0)
    assert "Traceback" not in str(outcome["said"])


# ---- a disk that is closed ---------------------------------------------------------------------

HUMBLE = """
import ctypes, os, sys
if os.geteuid() == 0:
    for right in (1, 2, 3):  # to pass by permissions, in linux/capability.h
        if ctypes.CDLL(None).prctl(24, right, 0, 0, 0):  # PR_CAPBSET_DROP
            sys.exit("this system does not let root give up its rights")
os.execv(sys.executable, [sys.executable, "-m", "generator", *sys.argv[1:]])
"""


def run_humbly(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with permissions that count, as they do not for root."""
    command = [sys.executable, "-c", HUMBLE, *words]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("closed", [".", "site"])
def test_a_read_only_folder_leaves_the_old_site(tmp_path: Path, closed: str) -> None:
    """Where the site, or the folder that holds it, is read-only, a sentence names the site."""
    root = gardens(tmp_path / "root", **sketches(3))
    told(run(root, "build"), 0)
    before = tree(root / "site")
    gardens(root, **sketches(4, "new"))
    (root / closed).chmod(0o555)
    done = run_humbly(root, "build")
    (root / closed).chmod(0o755)
    told(done, 2, f"cannot write the site to '{root / 'site'}': permission denied", "--site-dir")
    assert (tree(root / "site"), beside(root)) == (before, set())


def test_read_only_folders_of_an_old_site_are_deleted(tmp_path: Path) -> None:
    """Where somebody made a folder inside the old site read-only, nothing of it stays behind."""
    root = gardens(tmp_path / "root", **sketches(3))
    told(run(root, "build"), 0)
    (outside := tmp_path / "outside").mkdir()
    outside.chmod(0o500)
    (root / "site/gardens/link").symlink_to(outside)
    (root / "site/gardens").chmod(0o555)
    (root / "site/data").chmod(0)
    gardens(root, **sketches(4, "new"))
    told(run_humbly(root, "build"), 0)
    assert beside(root) == set()
    assert (root / "site/gardens/garden-4.html").is_file()
    assert outside.stat().st_mode & 0o777 == 0o500


def test_a_read_only_cache_is_no_trouble(tmp_path: Path) -> None:
    """Where the cache cannot be written, or cannot be made, the site is built without."""
    root = gardens(tmp_path / "root", **sketches(3))
    told(run(root, "build"), 0)
    kept = tree(root / ".casebook-cache")
    for path in [*(root / ".casebook-cache").rglob("*"), root / ".casebook-cache"]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    gardens(root, **sketches(4, "new"))
    told(run_humbly(root, "build"), 0)
    assert tree(root / ".casebook-cache") == kept
    assert (root / "site/gardens/garden-4.html").is_file()
    for path in [root / ".casebook-cache", *(root / ".casebook-cache").rglob("*")]:
        path.chmod(0)
    told(run_humbly(root, "build"), 0)


def test_a_stream_that_is_full_is_told(tmp_path: Path) -> None:
    """Where what is printed goes to a full disk, exit code 2 says so, and the site is whole."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    root = gardens(tmp_path, **sketches(2))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*CASEBOOK, "build"],
            check=False,
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("no space left on device\n    hint: free some space")
    assert "Traceback" not in done.stderr
    assert (root / "site/gardens/garden-1.html").is_file()


REFUSING = """
import errno, json, os, sys
from pathlib import Path
from generator.base.document import Document
from generator.output.exchange import CannotWrite, exchange
sys.path.insert(0, sys.argv[1])
from trouble import tree

INDEX = b'<!doctype html><meta name="generator" content="casebook 1">'
CHANGES = {"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "os.chmod", "open"}
site, code = Path(sys.argv[2], "site"), int(sys.argv[3])
left = -1

def watch(event, found):
    global left
    if left < 0 or event not in CHANGES or not str(found[0]).startswith(sys.argv[2]):
        return
    if event == "open" and not found[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    left -= 1
    if left < 0:
        raise OSError(code, os.strerror(code), str(found[0]))

sys.addaudithook(watch)

def documents(word):
    yield Document("index.html", INDEX)
    for path in ("cases/a.html", "cases/b.html", "same.html"):
        yield Document(path, b"same" if path == "same.html" else word)

old = {"index.html": INDEX, "cases": None, "cases/a.html": b"old", "cases/b.html": b"old",
       "same.html": b"same"}
new = {**old, "cases/a.html": b"new", "cases/b.html": b"new"}
outcomes = []
for number in range(1000):
    left = -1
    exchange(site, documents(b"old"))
    left = number
    try:
        exchange(site, documents(b"new"))
        said = ""
    except CannotWrite as error:
        said = error.message
    reached, left = left < 0, -1
    assert tree(site) == (old if said else new), (number, said)
    outcomes.append(said.replace(sys.argv[2], "."))
    if not reached:
        break
exchange(site, documents(b"old"))
print(json.dumps([outcomes, sorted(os.listdir(sys.argv[2]))]))
"""


@pytest.mark.parametrize("name", ["ENOSPC", "EACCES", *(["EDQUOT", "EROFS", "EIO"] * (FUZZ > 1))])
def test_whatever_is_refused_leaves_one_whole_site(tmp_path: Path, name: str) -> None:
    """Each change that a build makes on the disk is refused in turn: old site whole, or the new."""
    import errno  # noqa: PLC0415

    code = getattr(errno, name)
    command = [sys.executable, "-c", REFUSING, str(Path(__file__).parent), str(tmp_path), str(code)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outcomes, left = json.loads(done.stdout)
    assert left == ["site"]
    told_ = [said for said in outcomes if said]
    assert len(told_) >= 5
    why = os.strerror(code).lower()
    assert [said for said in told_ if not said.startswith("cannot write") or why not in said] == []


# ---- files that others use ---------------------------------------------------------------------

MEDDLING = """
import os, sys
name, number, deed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
opened = looked = 0

def watch(event, found):
    global opened
    if event == "open" and isinstance(found[0], str) and found[0].endswith(name):
        opened += 1
        if deed == "take" and opened == number:
            os.unlink(found[0])

def fstat(file, real=os.fstat):
    global looked
    found = real(file)
    if deed == "grow" and os.readlink(f"/proc/self/fd/{file}").endswith(name) and looked < number:
        looked += 1
        with open(f"/proc/self/fd/{file}", "a") as other:
            other.write("Later words.\\n")
    return found

sys.addaudithook(watch)
os.fstat = fstat
from generator.cli.main import main
main(sys.argv[4:], prog_name="casebook")
"""


def meddled(root: Path, name: str, number: int, deed: str) -> subprocess.CompletedProcess[str]:
    """Build while another program takes a file away as it is opened, or writes to it."""
    shutil.rmtree(root / ".casebook-cache")
    command = [sys.executable, "-c", MEDDLING, name, str(number), deed, "build"]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, timeout=120
    )


def illustrated(root: Path) -> Path:
    """Return a library with a picture, a plain page and templates of its own, that was built."""
    one, two = sketches(2).values()
    root = gardens(
        root,
        one=one.replace("[a neighbour](garden-1.md)", "![A](one.png)"),
        two=two.replace("garden-1", "one"),
    )
    (root / "content/gardens/one.png").write_bytes(PICTURE)
    (root / "content/about.md").write_text("# About\n\nWords.\n")
    told(run(root, "build"), 0)
    return root


@pytest.mark.parametrize(
    ("name", "number"),
    [("content/gardens/two.md", 2), ("content/about.md", 2), ("content/gardens/one.png", 3)],
)
def test_a_file_that_vanishes_is_named(tmp_path: Path, name: str, number: int) -> None:
    """A file that goes away after it was found stops the build, which names it."""
    root = illustrated(tmp_path)
    before = tree(root / "site")
    told(meddled(root, name, number, "take"), 2, name, "no such file or directory", "hint: ")
    assert not (root / name).exists()
    assert (tree(root / "site"), beside(root)) == (before, set())


def test_a_file_that_grows_is_read_again(tmp_path: Path) -> None:
    """A text that another program completes while it is read comes out complete."""
    root = illustrated(tmp_path)
    told(meddled(root, "content/gardens/two.md", 1, "grow"), 0)
    assert "Later words." in (root / "site/gardens/two.html").read_text()


@pytest.mark.parametrize("name", ["content/gardens/two.md", "content/about.md"])
def test_a_file_that_never_rests_is_named(tmp_path: Path, name: str) -> None:
    """A text to which another program writes all the time stops the build, which names it."""
    root = illustrated(tmp_path)
    before = tree(root / "site")
    done = meddled(root, name, 99, "grow")
    told(done, 2, f"{name}:1:1: error: the file is being changed while it is read", "wait a moment")
    assert (tree(root / "site"), beside(root)) == (before, set())


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """Pipes, sockets and links to devices among the cases are each refused by name, at once."""
    root = illustrated(tmp_path)
    before = tree(root / "site")
    folder = root / "content/gardens"
    os.mkfifo(folder / "pipe.md")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "nowhere.md").symlink_to("nothing.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "folder.md" / "inner.md")
    done = run(root, "build")
    told(
        done,
        2,
        "content/gardens/pipe.md:1:1: error: this is a device or a pipe",
        "content/gardens/device.md:1:1: error: this is a link that leads out",
        "content/gardens/nowhere.md:1:1: error: this cannot be read: no such file",
        "content/gardens/folder.md/inner.md:1:1: error: this is a device or a pipe",
        "4 errors in 4 files; nothing was written",
    )
    (folder / "nowhere.md").unlink()
    told(run(root, "build"), 1, "3 errors in 3 files; nothing was written")
    assert (tree(root / "site"), beside(root)) == (before, set())


@pytest.mark.parametrize("name", ["record.yml", "about.md", "gardens/one.png"])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_no_file_where_one_should_be_is_named(tmp_path: Path, name: str, kind: str) -> None:
    """A pipe or a folder in the place of the model, a page or a picture neither waits nor raises.

    Only a folder that ends like a page is a folder as any other.
    """
    root = illustrated(tmp_path)
    before = tree(root / "site")
    (root / "content" / name).unlink(missing_ok=True)
    (root / "content" / name).mkdir() if kind == "folder" else os.mkfifo(root / "content" / name)
    done = run(root, "build")
    if (name, kind) == ("about.md", "folder"):
        told(done, 0)
        assert not (root / "site/about.html").exists()
        return
    told(done, 2 if name == "record.yml" else 1, Path(name).name, "nothing was written")
    assert (tree(root / "site"), beside(root)) == (before, set())


@pytest.mark.parametrize("name", ["content/gardens/two.md", "content/about.md"])
def test_an_unreadable_file_is_named(tmp_path: Path, name: str) -> None:
    """A text that may not be opened stops build and check with exit code 2, and is named."""
    root = illustrated(tmp_path)
    before = tree(root / "site")
    (root / name).chmod(0)
    done = run_humbly(root, "build" if "about" in name else "check")
    told(done, 2, f"{name}:1:1: error: this cannot be read: permission")
    assert (tree(root / "site"), beside(root)) == (before, set())


def test_an_unreadable_folder_is_named(tmp_path: Path) -> None:
    """A folder that may not be listed is not a folder without cases."""
    root = illustrated(tmp_path)
    before = tree(root / "site")
    (root / "content/gardens/more").mkdir(mode=0)
    told(run_humbly(root, "build"), 2, "content/gardens/more:1:1: error: this cannot be read")
    assert tree(root / "site") == before
