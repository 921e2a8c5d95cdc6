"""The spare: the replaced site becomes the next one, and nothing in it is believed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from trouble import beside, gardens, run, sketches, tiny, told, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions")

ELSEWHERE = Path("/dev/shm")  # noqa: S108 - most systems have it, apart from their disks
Files = dict[str, bytes | None]


def edit(root: Path, word: str) -> None:
    """Write a word into the text of a record."""
    file = root / "content/gardens/hill.md"
    file.write_text(file.read_text("utf-8") + f"\nThe word {word}.\n", "utf-8")


def spare_of(root: Path) -> Path:
    """Return the place of the spare."""
    return root / ".casebook-cache" / "spare"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny site, built, edited and built again, so that there is a spare."""
    root = tiny(tmp_path_factory.mktemp("original") / "root")
    told(run(root, "build"), 0)
    edit(root, "first")
    told(run(root, "build"), 0)
    return root


@pytest.fixture(scope="module")
def clean(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return its site after one more edit, built from nothing."""
    root = tmp_path_factory.mktemp("clean") / "root"
    shutil.copytree(original, root, ignore=shutil.ignore_patterns(".casebook-cache", "site"))
    edit(root, "second")
    told(run(root, "build"), 0)
    return tree(root / "site")


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """Return a copy of the library, with a spare of links to the files of its site."""
    root = tmp_path / "box" / "root"
    shutil.copytree(original, root)
    shutil.rmtree(spare_of(root))
    shutil.copytree(root / "site", spare_of(root), copy_function=os.link)
    kept = {path.read_bytes(): path for path in (root / ".casebook-cache/made").iterdir()}
    for file in [path for path in (root / "site").rglob("*") if path.is_file()]:
        for twin in (file, spare_of(root) / file.relative_to(root / "site")):
            twin.unlink()
            os.link(kept[(original / file.relative_to(root)).read_bytes()], twin)
    return root


def mended(root: Path, clean: Files) -> None:
    """Assert that the next build is as from nothing, and leaves a spare that tells no more."""
    edit(root, "second")
    told(run(root, "build"), 0)
    assert tree(root / "site") == clean
    assert beside(root) == set()
    assert [path.name for path in root.parent.iterdir()] == ["root"]
    if spare_of(root).is_dir():
        for path in spare_of(root).rglob("*"):
            here = root / "site" / path.relative_to(spare_of(root))
            assert path.is_dir() or path.samefile(here), path


def test_the_replaced_site_comes_back_mended(root: Path, clean: Files) -> None:
    """The folder of the spare becomes the site, and the replaced folder becomes the spare."""
    folders = spare_of(root).stat().st_ino, (root / "site").stat().st_ino
    unchanged = (spare_of(root) / "gardens/shore.html").stat().st_ino
    mended(root, clean)
    assert ((root / "site").stat().st_ino, spare_of(root).stat().st_ino) == folders
    assert (root / "site/gardens/shore.html").stat().st_ino == unchanged


def test_a_first_build_has_no_spare(tmp_path: Path) -> None:
    """Nothing is put by where nothing was replaced: a cache that travels holds each file once."""
    root = tiny(tmp_path / "root")
    told(run(root, "build"), 0)
    assert not spare_of(root).exists()
    edit(root, "first")
    told(run(root, "build"), 0)
    assert spare_of(root).is_dir()


def test_what_is_withdrawn_is_not_put_by(tmp_path: Path) -> None:
    """Once words and records are taken back, no file of the spare has them, nor a page of them."""
    root = gardens(tmp_path / "root", **sketches(11, "unmistakable"))
    told(run(root, "build"), 0)
    assert b"unmistakable" in (root / "site/gardens/garden-5.html").read_bytes()
    (root / "content/gardens/garden-5.md").unlink()
    gardens(root, **{"garden-10": sketches(10, "harmless")["garden-10"]})
    told(run(root, "build"), 0)
    for folder in (root / "site", spare_of(root)):
        files = tree(folder)
        assert "assets/casebook.css" in files
        assert "gardens/garden-5.html" not in files
        contents = b"".join(content for content in files.values() if content)
        assert b"unmistakable" not in contents


def test_a_spare_that_cannot_be_moved_is_deleted(tmp_path: Path) -> None:
    """It would stay as it is, with what is withheld by now: the site is on another disk."""
    if not ELSEWHERE.is_dir() or ELSEWHERE.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk")
    root = gardens(tmp_path / "root", **sketches(11, "unmistakable"))
    for word in ("first", "second"):
        (root / "content/gardens/garden-1.md").write_text(sketches(1, word)["garden-1"], "utf-8")
        told(run(root, "build"), 0)
    assert (spare_of(root) / "gardens/garden-5.html").is_file()
    (root / "content/gardens/garden-5.md").unlink()
    with tempfile.TemporaryDirectory(dir=ELSEWHERE) as disk:
        told(run(root, "build", "--site-dir", f"{disk}/site"), 0)
        assert not (Path(disk) / "site/gardens/garden-5.html").exists()
        assert "gardens/garden-5.html" not in tree(spare_of(root))


def replaced_by(what: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what deletes a page of the spare and puts something else in its place."""

    def replace(spare: Path) -> None:
        (spare / "gardens/shore.html").unlink()
        what(spare / "gardens/shore.html")

    return replace


def link_to_elsewhere(spare: Path) -> None:
    """Put a link to the folder of the records in the place of a folder."""
    shutil.rmtree(spare / "gardens")
    (spare / "gardens").symlink_to(spare.parents[1] / "content")


def whole_link(spare: Path) -> None:
    """Put a link to the folder of the records in the place of the spare."""
    shutil.rmtree(spare)
    spare.symlink_to(spare.parents[1] / "content")


def whole_file(spare: Path) -> None:
    """Put a file in the place of the spare."""
    shutil.rmtree(spare)
    spare.write_text("mine")


HARM: dict[str, Callable[[Path], object]] = {
    "a stranger's page": lambda spare: (spare / "gardens/other.html").write_text("mine"),
    "a stranger's folder": lambda spare: (spare / "mine/mine").mkdir(parents=True),
    "another page": replaced_by(lambda page: page.write_text("mine")),
    "a copy of a page": lambda spare: shutil.copy(
        spare / "gardens/hill.html", spare / "gardens/copy.html"
    ),
    "a page in the place of another": replaced_by(
        lambda page: os.link(page.with_name("hill.html"), page)
    ),
    "a folder in the place of a page": replaced_by(
        lambda page: (page / "mine").mkdir(parents=True)
    ),
    "a link in the place of a page": replaced_by(lambda page: page.symlink_to("/dev/null")),
    "a pipe": lambda spare: os.mkfifo(spare / "pipe"),
    "a page gone": replaced_by(lambda _page: None),
    "a folder gone": lambda spare: shutil.rmtree(spare / "gardens"),
    "a page that others may write": lambda spare: (spare / "gardens/shore.html").chmod(0o666),
    "a folder that others may write": lambda spare: (spare / "gardens").chmod(0o777),
    "a closed folder": lambda spare: (spare / "gardens").chmod(0),
    "an edited page": lambda spare: (spare / "gardens/shore.html").write_text("mine"),
    "a link to elsewhere": link_to_elsewhere,
    "nothing but a link": whole_link,
    "nothing but a file": whole_file,
}


@pytest.mark.parametrize("how", HARM)
def test_nothing_in_the_spare_is_believed(root: Path, clean: Files, how: str) -> None:
    """Whatever somebody does to the spare, the next site is as from nothing; no more is lost."""
    content = tree(root / "content").keys()
    modes = {path.stat().st_mode for path in (root / "site").rglob("*")}
    HARM[how](spare_of(root))
    mended(root, clean)
    assert tree(root / "content").keys() == content
    assert {path.stat().st_mode for path in (root / "site").rglob("*")} == modes


def test_two_sites_share_one_spare(root: Path, clean: Files) -> None:
    """A site in another folder is right, whichever site the spare was of."""
    edit(root, "second")
    for folder in ("other", "site", "other"):
        told(run(root, "build", "--site-dir", folder), 0)
        assert tree(root / folder) == clean
