"""The copy to take along: what is in it, that it works elsewhere, and when it is made."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect

import built
from bench.corpus import light
from bench.tools import CASEBOOK
from generator.base.document import ROOM_FOR_COPY
from generator.build.assemble import assemble
from generator.cli.main import main
from looking import Scheme, Watched, paint, resize
from small import library, own_model, snapshot

ABOUT = "download/index.html"
DATA = "data/index.html"
FOR_PROGRAMS = (
    *("data/library.json", "data/record.schema.json"),
    *("data/sources.bib", "data/sources.csl.json", "data/sources.ris"),
)
MOST_A_RECORD = 45_000
"""So many bytes of the copy of the shipped site at most for each of its records."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a library of two cases, in which the command is run."""
    root = tmp_path / "here"
    own_model(root)
    library(root, one=snapshot("One"), two=snapshot("Two"))
    monkeypatch.chdir(root)
    return root


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def built_copy(*words: str) -> tuple[str, bytes]:
    """Build with `--zip`, and return the name and the bytes of the copy."""
    result = run("build", "--zip", *words)
    assert result.exit_code == 0, result.output
    folder = Path("site-internal" if "--internal" in words else "site") / "download"
    (file,) = folder.glob("*.zip")
    return file.name, file.read_bytes()


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files in a copy by path."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_site_in_one_folder(here: Path) -> None:
    """Every other file is in it but those for programs, in one folder; two pages are others."""
    name, content = built_copy()
    assert name == "small-library-2026-11-22.zip"
    site, inside = tree(here / "site"), unpacked(content)
    for path in (f"download/{name}", *FOR_PROGRAMS):
        del site[path]
    top = "small-library-2026-11-22/"
    assert list(inside) == sorted(f"{top}{path}" for path in site)
    differing = [path for path in site if site[path] != inside[top + path]]
    assert sorted(differing) == sorted([ABOUT, DATA])
    assert "You are reading a copy." in inside[top + ABOUT].decode()
    data = built.read(DATA, inside[top + DATA])
    assert "library.json" in data.text
    assert data.text.count("not in this copy") == len(FOR_PROGRAMS)
    tables = [path for path in site if path.endswith(".csv")]
    assert {path for path in tables if path in data.links} == set(tables)
    page = built.read(ABOUT, site[ABOUT]).text
    size = len(content)
    words = f"{round(size / 1000)} KB" if size < 999_500 else f"{round(size / 1e6, 1)} MB"
    assert f"[{name}]({name}) {words}" in page


def test_no_machine_and_no_hour_is_in_it(here: Path) -> None:
    """All is dated by the edition, in the order of paths, with the rights of any file."""
    _, content = built_copy()
    with ZipFile(BytesIO(content)) as archive:
        kinds = {
            (i.date_time, i.external_attr >> 16, i.create_system, i.compress_type, i.extra)
            for i in archive.infolist()
        }
        assert archive.comment == b""
    assert kinds == {((2026, 11, 22, 0, 0, 0), stat.S_IFREG | 0o644, 3, ZIP_DEFLATED, b"")}
    shutil.rmtree(here / "site")
    shutil.rmtree(here / ".casebook-cache", ignore_errors=True)
    before = os.umask(0o027)
    try:
        assert built_copy()[1] == content
    finally:
        os.umask(before)


def test_it_is_made_again_when_the_site_is_another(here: Path) -> None:
    """The copy after edits is the one of a build from nothing; for the same site it is kept."""
    name, first = built_copy()
    file = here / "site/download" / name
    inode = file.stat().st_ino
    assert (built_copy(), file.stat().st_ino) == ((name, first), inode)
    case = here / "content/cases/one.md"
    case.write_text(case.read_text("utf-8").replace("title: One", "title: One # or two"), "utf-8")
    assert (built_copy(), file.stat().st_ino) == ((name, first), inode)
    for edit in ("Some words.", "Other words."), ("title: One", "title: First"):
        case.write_text(case.read_text("utf-8").replace(*edit), "utf-8")
        content = built_copy()[1]
        assert content != first
        shutil.rmtree(here / "site")
        shutil.rmtree(here / ".casebook-cache")
        assert built_copy() == (name, content)
    library(here, late=snapshot("Late").replace("2026-11-22", "2026-11-24"))
    assert built_copy()[0] == "small-library-2026-11-24.zip"


def test_it_is_made_where_it_is_asked_for(here: Path) -> None:
    """Without --zip no page speaks of it; the setting asks for it at every build."""
    assert run("build").exit_code == 0
    without = tree(here / "site")
    built_copy()
    assert run("build").exit_code == 0
    assert tree(here / "site") == without
    assert not [path for path, text in without.items() if b"download/" in text]
    config = here / "site_config.yml"
    config.write_text(
        config.read_text().replace("[casebook]", "\n  - casebook: {zip: true}"), "utf-8"
    )
    assert run("build").exit_code == 0
    with_it = tree(here / "site")
    assert with_it.keys() - without.keys() == {ABOUT, "download/small-library-2026-11-22.zip"}
    for path in ("index.html", "about/index.html", "cases/one.html"):
        assert ABOUT in built.read(path, with_it[path]).links


def test_a_preview_and_another_host_make_none(here: Path) -> None:
    """What does not write the site itself has no copy, and no page that leads to one."""
    site = replace(built.settings(here, here / "cache"), zip=True)
    assembly = assemble(site)
    assert assembly.copy is None
    assert not [d.path for d in assembly.documents if b"download/" in d.path.encode() + d.content]


def test_a_copy_with_internal_records_says_so_in_its_name(here: Path) -> None:
    """Nobody takes the one for the other, and the public one has no internal record."""
    library(here, secret=snapshot("Secret", "visibility: internal\n"))
    internal, content = built_copy("--internal")
    assert internal == "small-library-internal-2026-11-22.zip"
    assert "small-library-internal-2026-11-22/cases/secret.html" in unpacked(content)
    name, public = built_copy()
    assert name == "small-library-2026-11-22.zip"
    assert not [path for path in unpacked(public) if "secret" in path]


def test_a_long_name_shortens_that_of_the_copy(here: Path) -> None:
    """The library's name is cut, so that the longest path can still be unpacked by Windows."""
    assert built_copy()[0] == "small-library-2026-11-22.zip"
    long = "x" * 155
    library(here, **{long: snapshot("Long")})
    name, content = built_copy()
    assert name == "small-libr-2026-11-22.zip"
    folder = name.removesuffix(".zip")
    assert f"{folder}/cases/{long}.html" in unpacked(content)
    longest = max(len(path) for path in unpacked(content))
    assert len(f"{folder}/") + longest <= ROOM_FOR_COPY


def test_a_name_that_is_too_long_stops_the_build(here: Path) -> None:
    """It names the page, and the old site stays; without a copy the name does no harm."""
    text = "assets/search/text/{}.js"
    long = "x" * (ROOM_FOR_COPY - 2 * len("2026-11-22/") - len(text.format("")) + 1)
    library(here, **{long[1:]: snapshot("Just")})
    built_copy()
    shutil.move(here / f"content/cases/{long[1:]}.md", here / f"content/cases/{long}.md")
    before = tree(here / "site")
    result = run("build", "--zip")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == [
        f"'{text.format(long)}' is 201 characters long: the copy to take along has room for 200",
        "    hint: give the case, the term or the picture a shorter name, or build without --zip",
    ]
    assert tree(here / "site") == before
    assert sorted(path.name for path in here.iterdir()) == [
        ".casebook-cache",
        "content",
        "site",
        "site_config.yml",
    ]
    assert run("build").exit_code == 0


def test_three_hundred_cases_weigh_six_megabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow line carries the copy of a library of that size, its search included."""
    CASEBOOK.prepare(tmp_path, list(light(300)))
    monkeypatch.chdir(tmp_path)
    assert len(built_copy()[1]) <= 6 * 2**20


def test_nothing_withheld_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a public site keeps back is not in the copy either, nor in one of another edition."""
    root = tmp_path / "private"
    shutil.copytree(built.SITES / "private", root)
    monkeypatch.chdir(root)
    internal = unpacked(built_copy("--internal", "--as-of", "2026-12-01")[1])
    public = unpacked(built_copy("--as-of", "2026-12-01")[1])
    assert [path for path, content in internal.items() if "quartz" in said(path, content)]
    for word in ("quartz", "2026-11-30", "marble", "unicef", "onyx", "travertine"):
        assert [path for path, content in public.items() if word in said(path, content)] == []
    kept = [path for path in root.rglob("*.zip") if path.is_file()]
    assert {path.parent.parent.name for path in kept} == {"site", "site-internal"}


def said(path: str, content: bytes) -> str:
    """Return all that a file says, its path too."""
    return (path + content.decode("utf-8", "replace")).casefold()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the copy of the shipped site was unpacked, of another name."""
    root = tmp_path_factory.mktemp("shipped-copy")
    shutil.copytree(built.SHIPPED / "content", root / "content")
    shutil.copytree(built.SHIPPED / "templates", root / "templates")
    shutil.copy(built.SHIPPED / "site_config.yml", root)
    assert run("build", "-f", str(root / "site_config.yml"), "--zip").exit_code == 0
    (file,) = (root / "site/download").glob("*.zip")
    records = len(list((root / "content/cases").glob("*.md")))
    assert file.stat().st_size <= MOST_A_RECORD * records
    with ZipFile(file) as archive:
        archive.extractall(root / "a stick")
    (folder,) = (root / "a stick").iterdir()
    return folder.rename(root / "a stick/café & co #1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_about_it_is_for_everybody(
    elsewhere: Path, page: Page, axe: Callable[[Page], str], scheme: Scheme
) -> None:
    """In the site and in the copy it breaks no rule, and fits a narrow screen."""
    for site in (elsewhere, elsewhere.parents[1] / "site"):
        resize(page, 320, 640)
        page.goto((site / ABOUT).as_uri())
        paint(page, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert axe(page) == ""


def test_no_link_in_it_is_broken(elsewhere: Path) -> None:
    """Opened from a folder of another name, every link leads to a page or place."""
    files: Mapping[str, bytes] = tree(elsewhere)
    assert list(built.broken(dict(files))) == []
    assert built.orphans(dict(files)) == set()


def test_it_works_from_another_folder(elsewhere: Path, page: Page) -> None:
    """Home, a case, the search of texts: all from the folder alone, without a message."""
    watched = Watched(page)
    watched.visit((elsewhere / "index.html").as_uri())
    page.locator("footer").get_by_role("link", name="A copy to take along").click()
    expect(page.locator("main")).to_contain_text("You are reading a copy.")
    watched.visit((elsewhere / "cases/index.html").as_uri())
    page.get_by_role("searchbox", name="Search").fill("read aloud")
    expect(page.locator("#find-count")).to_have_text("1 of 41 case studies")
    expect(page.locator("main")).to_contain_text("sentences are read aloud")
    folder = elsewhere.as_uri()
    assert [address for address in watched.asked if not address.startswith(folder)] == []
    assert (watched.failed, watched.said) == ([], [])
