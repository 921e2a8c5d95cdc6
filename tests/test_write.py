"""The site's folder: what a build keeps, what it refuses, and that it is never half of anything."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.base.document import Batch, Document
from generator.output.cannot_write import CannotWrite
from generator.output.exchange import WORTH_WORKERS, SiteChanges, exchange
from generator.output.swap_folders import swap_folders

INDEX = b'<!doctype html><meta name="generator" content="casebook 1">'
ELSEWHERE = "name another folder: --site-dir, or site_dir in the configuration"
FOREIGN = (
    "is not empty, and casebook did not build what is in it\n"
    f"    hint: empty it if nothing in it is needed, or {ELSEWHERE}"
)


def build(**pages: str) -> list[Document]:
    """Return a site's documents: an index, and each page named by its path without `.html`."""
    named = [Document(f"{path}.html", text.encode()) for path, text in pages.items()]
    return [Document("index.html", INDEX), *named]


def files(site: Path) -> dict[str, bytes]:
    """Return what stands in a folder: path to bytes."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def beside(site: Path) -> list[str]:
    """Return the names in the folder that holds the site."""
    return sorted(path.name for path in site.parent.iterdir())


def test_first_build_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    """A site can be built where nothing is, and nothing else stays behind."""
    site = tmp_path / "out" / "site"
    written = exchange(site, [*build(a="one"), Document("cases/b.html", b"two")])
    assert written == SiteChanges(changed=3, kept=0, removed=0)
    assert files(site) == {"index.html": INDEX, "a.html": b"one", "cases/b.html": b"two"}
    assert beside(site) == ["site"]


def test_second_build_keeps_changes_and_removes(tmp_path: Path) -> None:
    """Unchanged files are kept as they are, others written, and what is gone is gone."""
    site = tmp_path / "site"
    exchange(site, build(same="x", other="old", gone="z"))
    before = (site / "same.html").stat()
    written = exchange(site, build(same="x", other="new", more="y"))
    after = (site / "same.html").stat()
    assert written == SiteChanges(changed=2, kept=2, removed=1)
    assert files(site) == {
        "index.html": INDEX,
        "same.html": b"x",
        "other.html": b"new",
        "more.html": b"y",
    }
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert beside(site) == ["site"]


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    """A path may change from a file to a folder between two builds."""
    site = tmp_path / "site"
    index = Document("index.html", INDEX)
    exchange(site, [index, Document("a", b"file")])
    exchange(site, [index, Document("a/b", b"deeper")])
    assert files(site) == {"index.html": INDEX, "a/b": b"deeper"}
    exchange(site, [index, Document("a", b"file")])
    assert files(site) == {"index.html": INDEX, "a": b"file"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    """The published folder can be read by the web server, and a stricter umask is obeyed."""

    def modes() -> list[str]:
        paths = (site, site / "cases", site / "cases/a.html", site / "index.html")
        return [oct(path.stat().st_mode & 0o777) for path in paths]

    site = tmp_path / "site"
    documents = [*build(), Document("cases/a.html", b"x")]
    old = os.umask(0o077)
    try:
        exchange(site, documents)
        assert modes() == ["0o700", "0o700", "0o600", "0o600"]
        os.umask(0o022)
        assert exchange(site, documents) == SiteChanges(changed=0, kept=2, removed=0)
        assert modes() == ["0o755", "0o755", "0o644", "0o644"]
    finally:
        os.umask(old)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """A site behind a symbolic link is exchanged where it really is, dangling or not."""
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "elsewhere" / "real")
    exchange(link, build(a="one"))
    exchange(link, build(a="two"))
    assert link.is_symlink()
    assert files(tmp_path / "elsewhere" / "real") == {"index.html": INDEX, "a.html": b"two"}
    assert beside(tmp_path / "elsewhere" / "real") == ["real"]


def test_a_link_inside_the_old_site_is_not_followed(tmp_path: Path) -> None:
    """A file outside never becomes part of the site, though its bytes be the same."""
    site, outside = tmp_path / "site", tmp_path / "outside.html"
    exchange(site, build())
    outside.write_bytes(b"x")
    (site / "a.html").symlink_to(outside)
    assert exchange(site, build(a="x")) == SiteChanges(changed=1, kept=1, removed=0)
    outside.write_bytes(b"changed")
    assert files(site) == {"index.html": INDEX, "a.html": b"x"}


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (
            {"site/notes.txt": b"mine"},
            FOREIGN,
        ),
        (
            {"site/index.html": b" " * 4096 + INDEX},
            FOREIGN,
        ),
        (
            {"site/index.html": INDEX, "site/.git/HEAD": b"ref"},
            f"contains a git repository, which a new site would delete\n    hint: {ELSEWHERE}",
        ),
        ({"site": b"mine"}, f"is a file, not a folder\n    hint: move it away, or {ELSEWHERE}"),
    ],
    ids=["foreign files", "mark too late", "git", "file"],
)
def test_what_casebook_did_not_build_is_not_replaced(
    tmp_path: Path, before: dict[str, bytes], sentence: str
) -> None:
    """A folder or file of somebody else's is left alone, and the person told why."""
    for path, content in before.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    with pytest.raises(CannotWrite) as raised:
        exchange(tmp_path / "site", build())
    assert str(raised.value) == f"'{tmp_path / 'site'}' {sentence}"
    assert files(tmp_path) == before


def test_home_and_disks_are_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even an empty home, nor one where a site was built, is exchanged for a site."""
    home = tmp_path / "people" / "me"
    home.mkdir(parents=True)
    (home / "index.html").write_bytes(INDEX)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for target in (home, home.parent, Path(home.anchor)):
        with pytest.raises(CannotWrite, match="is your home folder, or contains it"):
            exchange(target, build())
    monkeypatch.chdir(home)
    with pytest.raises(CannotWrite, match=r"'\.' is your home folder, or contains it"):
        exchange(Path(), build())
    assert files(tmp_path) == {"people/me/index.html": INDEX}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty folder may become the site."""
    (tmp_path / "site").mkdir()
    exchange(tmp_path / "site", build())
    assert files(tmp_path / "site") == {"index.html": INDEX}


def test_a_site_without_the_mark_is_not_published(tmp_path: Path) -> None:
    """A theme that drops the generator line is told before it locks itself out."""
    site = tmp_path / "site"
    exchange(site, build(a="old"))
    with pytest.raises(CannotWrite, match="put that line back into the head"):
        exchange(site, [Document("index.html", b"<!doctype html>")])
    assert files(site) == {"index.html": INDEX, "a.html": b"old"}
    assert beside(site) == ["site"]


def test_a_write_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    """What the system refuses is told with its reason and remedy; old site whole, nothing left."""
    site, name = tmp_path / "site", "n" * 300
    exchange(site, build(a="old"))
    with pytest.raises(CannotWrite) as raised:
        exchange(site, build(a="new", **{name: "too long"}))
    assert raised.value.message.startswith(f"cannot write '{name}.html' to '{site}': ")
    assert raised.value.hint == "give the case or the term a shorter id"
    assert files(site) == {"index.html": INDEX, "a.html": b"old"}
    assert beside(site) == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    """A file that the disk has no room for stops the build, and the old site stays."""
    site = tmp_path / "site"
    exchange(site, build(a="old"))
    limited = f"""
import resource
from pathlib import Path
from generator.base.document import Batch, Document
from generator.output.cannot_write import CannotWrite
from generator.output.exchange import exchange
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
documents = [Document("index.html", {INDEX!r}), Document("a.html", bytes(2000))]
try:
    exchange(Path({str(site)!r}), documents)
except CannotWrite as problem:
    print(problem.message)
"""
    printed = subprocess.run(
        [sys.executable, "-c", limited], capture_output=True, text=True, check=True
    ).stdout
    assert printed == f"cannot write 'a.html' to '{site}': file too large\n"
    assert files(site) == {"index.html": INDEX, "a.html": b"old"}
    assert beside(site) == ["site"]


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """A site inside a file is a sentence, not a traceback."""
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CannotWrite, match="cannot write the site to"):
        exchange(tmp_path / "file" / "site", build())


def test_a_mistake_in_making_documents_leaves_the_old_site(tmp_path: Path) -> None:
    """What the documents' own source raises comes out unchanged, an OSError too."""

    def broken() -> Iterator[Document]:
        yield from build(a="new")
        raise FileNotFoundError("picture.png")

    site = tmp_path / "site"
    exchange(site, build(a="old"))
    with pytest.raises(FileNotFoundError, match=r"picture\.png"):
        exchange(site, broken())
    assert files(site) == {"index.html": INDEX, "a.html": b"old"}
    assert beside(site) == ["site"]


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../b", "a/./b", "a//b", "a/", "a\\b", "C:/a", "C:a", "a\0b"],
)
def test_paths_that_leave_the_site_are_a_mistake_of_ours(tmp_path: Path, path: str) -> None:
    """No document is ever written outside the site's folder."""
    with pytest.raises(ValueError, match="not a path inside the site"):
        exchange(tmp_path / "site", [Document(path, b"")])
    assert beside(tmp_path / "site") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "a.html"),
        ("cases/A.html", "cases/a.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("stra\u00dfe.html", "STRASSE.html"),
        ("a/b", "a"),
        ("a", "A/b/c"),
    ],
)
def test_two_documents_never_share_a_place(tmp_path: Path, one: str, other: str) -> None:
    """Paths that some disk would take for one are refused, not silently lost."""
    with pytest.raises(ValueError, match=r"two documents have|a file in one document"):
        exchange(tmp_path / "site", [Document(one, b"1"), Document(other, b"2")])
    assert beside(tmp_path / "site") == []


@pytest.mark.parametrize(
    ("at_once", "old"),
    [
        pytest.param(
            True,
            "new",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux can"),
        ),
        (False, "aside"),
    ],
)
def test_swap_in_one_step_or_two(tmp_path: Path, *, at_once: bool, old: str) -> None:
    """The new folder takes the place; where the old one went shows how many steps it took."""
    new, place, aside = (tmp_path / name for name in ("new", "place", "aside"))
    for folder in (new, place):
        folder.mkdir()
        (folder / folder.name).touch()
    swap_folders(new, place, aside, at_once=at_once)
    assert files(tmp_path) == {"place/new": b"", f"{old}/place": b""}


def test_swap_in_two_steps_puts_the_old_back(tmp_path: Path) -> None:
    """When the second step fails, the first is undone."""
    place, aside = tmp_path / "place", tmp_path / "aside"
    place.mkdir()
    (place / "page").touch()
    with pytest.raises(FileNotFoundError):
        swap_folders(tmp_path / "missing", place, aside, at_once=False)
    assert files(tmp_path) == {"place/page": b""}


def test_a_site_lost_between_two_steps_is_found_again(tmp_path: Path) -> None:
    """A build killed after it set the old site aside: the next one puts it back, then builds."""
    site = tmp_path / "site"
    exchange(site, build(a="old"))
    killed = tmp_path / ".site.casebook-12345678"
    (killed / "new").mkdir(parents=True)
    site.rename(killed / "old")
    with pytest.raises(ValueError, match="not a path inside"):
        exchange(site, [Document("../a", b"")])
    assert files(site) == {"index.html": INDEX, "a.html": b"old"}
    assert beside(site) == ["site"]


BUILDER = """
import sys
from pathlib import Path
from generator.base.document import Batch, Document
from generator.output.exchange import exchange

INDEX = b'<meta name="generator" content="casebook 1">'

def documents(text):
    yield Document("index.html", INDEX + text)
    for number in range(100):
        yield Document(f"cases/{number}.html", text)
    if sys.argv[2] == "wait":
        print("building", flush=True)
        sys.stdin.read()

print("ready", flush=True)
while True:
    for text in (b"one", b"two"):
        exchange(Path(sys.argv[1]), documents(text))
"""


def start(site: Path, how: str) -> subprocess.Popen[str]:
    """Return a process that builds two sites by turns, or waits before the end of its first."""
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(site), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def next_line(process: subprocess.Popen[str]) -> str:
    """Return the next line that the process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    """End the process without letting it tidy up."""
    process.kill()
    process.communicate()


def test_two_builds_at_once_and_a_killed_one(tmp_path: Path) -> None:
    """The second build stops and says why; once the first was killed, nothing stands in the way."""
    site = tmp_path / "site"
    first = start(site, "wait")
    try:
        assert (next_line(first), next_line(first)) == ("ready", "building")
        with pytest.raises(CannotWrite) as raised:
            exchange(site, build())
    finally:
        kill(first)
    assert str(raised.value) == (
        f"another build is writing to '{site}'\n"
        f"    hint: wait until it has ended and build again, or {ELSEWHERE}"
    )
    assert len(beside(site)) == len(["its lock", "its own folder"])
    exchange(site, build(a="mine"))
    assert files(site) == {"index.html": INDEX, "a.html": b"mine"}
    assert beside(site) == ["site"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders in one step")
def test_a_kill_at_any_moment_leaves_one_whole_build(tmp_path: Path) -> None:
    """After SIGKILL the folder holds the old site or the new one, never something between."""
    site = tmp_path / "site"
    mark = b'<meta name="generator" content="casebook 1">'
    whole = [
        {"index.html": mark + text, **{f"cases/{number}.html": text for number in range(100)}}
        for text in (b"one", b"two")
    ]
    exchange(site, [Document(path, content) for path, content in whole[0].items()])
    moment = random.Random(2)  # noqa: S311 - a moment, not a secret
    for _ in range(8):
        process = start(site, "run")
        assert next_line(process) == "ready"
        time.sleep(moment.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert files(site) in whole
    exchange(site, build())
    assert beside(site) == ["site"]


def long_document(*pieces: bytes) -> list[Document]:
    """Return a site with a file that is made piece by piece."""
    return [*build(), Document("data/long.json", lambda: iter(pieces))]


def test_a_long_file_is_made_once_and_linked_where_it_is_the_same(tmp_path: Path) -> None:
    """It is compared while it is written; a changed, longer or shorter one replaces the old."""
    site, calls = tmp_path / "site", []

    def pieces() -> Iterator[bytes]:
        calls.append(1)
        yield from (b"one\n", b"two\n")

    exchange(site, [*build(), Document("data/long.json", pieces)])
    before = (site / "data" / "long.json").stat().st_ino
    assert exchange(site, [*build(), Document("data/long.json", pieces)]).changed == 0
    assert (site / "data" / "long.json").stat().st_ino == before
    assert len(calls) == 2
    whole = b"x" * 2**22  # a multiple of what is compared at once: nothing is left of the last part
    small = ((b"one\n", b"tw0\n"), (b"one\n", b"two\n", b"three\n"), (b"one\n",), (b"",))
    for other in (*small, (whole,), (whole, b"end"), (whole,)):
        assert exchange(site, long_document(*other)).changed == 1
        assert (site / "data" / "long.json").read_bytes() == b"".join(other)


def test_a_long_file_needs_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a memory stick an unchanged file is written again, and the site is as whole."""

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    exchange(tmp_path / "site", long_document(b"one\n", b"two\n"))
    monkeypatch.setattr(os, "link", refused)
    assert exchange(tmp_path / "site", long_document(b"one\n", b"two\n")).changed == 0
    assert sorted(files(tmp_path / "site")) == ["data/long.json", "index.html"]
    assert (tmp_path / "site" / "data" / "long.json").read_bytes() == b"one\ntwo\n"


def test_batches_are_written_by_several_processes(tmp_path: Path) -> None:
    """Each file stands once, whoever made it; two batches cannot make the same one."""
    names = [f"p{n}.html" for n in range(WORTH_WORKERS)]

    def batch(part: list[str]) -> Batch:
        return Batch("pages", tuple(part), lambda: (Document(n, n.encode()) for n in part))

    batches = [batch(names[at : at + 20]) for at in range(0, len(names), 20)]
    home = Batch("home", ("index.html",), build)
    written = exchange(tmp_path / "site", home, *batches)
    assert written.changed == len(names) + len(build())
    assert all((tmp_path / "site" / name).read_text() == name for name in names)
    assert set(written.seconds_by_kind) == {"home", "pages"}
    with pytest.raises(ValueError, match="p0"):
        exchange(tmp_path / "other", home, *batches, batch(["p0.html"]))
    assert not (tmp_path / "other").exists()
