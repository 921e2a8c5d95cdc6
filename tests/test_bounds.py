"""What leads out of the content folder is refused by its name, and nothing of it is published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from small import TEMPLATES, library, snapshot
from trouble import beside, run, told, tree

WORD = "nobody-may-read-this"
OUT = "this is a link that leads out of the content folder, and is not read"


def linked(place: str, to: str) -> Callable[[Path], None]:
    """Return what puts a symbolic link into a library."""

    def make(root: Path) -> None:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(to)

    return make


def chained(root: Path) -> None:
    """Make a link to a link to a link that leads out."""
    (root / "content/cases/chain.md").symlink_to("../second.link")
    (root / "content/second.link").symlink_to("third.link")
    (root / "content/third.link").symlink_to("../secret.md")


def through_a_folder(root: Path) -> None:
    """Make a folder that is a link, and a link through it."""
    (root / "content/away").symlink_to("..")
    (root / "content/cases/away.md").symlink_to("../away/secret.md")


def picture_linked(root: Path) -> None:
    """Show a picture that is a link."""
    body("![A](p.png)")(root)
    (root / "content/cases/p.png").symlink_to(root / "secret.png")


def model_linked(root: Path) -> None:
    """Put a link in the place of the model."""
    (root / "content/record.yml").symlink_to("../secret.md")


def body(text: str, more: str = "") -> Callable[[Path], None]:
    """Return what adds a case with a text."""

    def make(root: Path) -> None:
        library(root, two=snapshot("Two", more, text))

    return make


WAYS: dict[str, tuple[Callable[[Path], None], int, str, str]] = {
    "a case": (linked("content/cases/x.md", "../../secret.md"), 1, "content/cases/x.md:1:1", OUT),
    "a case by its whole path": (
        lambda root: (root / "content/cases/x.md").symlink_to(root / "secret.md"),
        1,
        "content/cases/x.md:1:1",
        OUT,
    ),
    "a chain": (chained, 1, "content/cases/chain.md:1:1", OUT),
    "a folder": (through_a_folder, 1, "content/away:1:1", OUT),
    "a folder of cases": (linked("content/cases/all", "../.."), 1, "content/cases/all:1:1", OUT),
    "the disk": (linked("content/cases/all", "/"), 1, "content/cases/all:1:1", OUT),
    "a page": (linked("content/x.md", "../secret.md"), 1, "content/x.md:1:1", OUT),
    "the model": (model_linked, 2, "content/record.yml:1:1", OUT),
    "a picture": (
        picture_linked,
        1,
        "content/cases/two.md:",
        "'cases/p.png' is a link that leads out of content",
    ),
    "a picture above": (
        body("![A](../../secret.png)"),
        1,
        "content/cases/two.md:",
        "'../../secret.png' leads out of content/",
    ),
    "a picture of an encoded path": (
        body("![A](..%2F..%2Fsecret.png)"),
        1,
        "content/cases/two.md:",
        "secret.png",
    ),
    "a picture of the disk": (
        body("![A](/etc/x.png)"),
        1,
        "content/cases/two.md:",
        "'/etc/x.png' starts with '/'",
    ),
    "a picture by its address": (
        body("![A](file:///etc/x.png)"),
        1,
        "content/cases/two.md:",
        "'file:///etc/x.png'",
    ),
    "a link": (
        body("[A](../../secret.md)"),
        1,
        "content/cases/two.md:",
        "'../../secret.md' leads out of content/",
    ),
    "a link with backslashes": (
        body("[A](..\\\\..\\\\secret.md)"),
        1,
        "content/cases/two.md:",
        "secret.md'",
    ),
    "a link of the disk": (body("[A](/etc/passwd)"), 1, "content/cases/two.md:", "'/etc/passwd'"),
    "a link by its address": (
        body("[A](file:///etc/passwd)"),
        1,
        "content/cases/two.md:",
        "'file:///etc/passwd' is on your own computer, where no reader can open it",
    ),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library that was built, to be copied."""
    root = library(tmp_path_factory.mktemp("sound"), one=snapshot("One"))
    told(run(root, "build"), 0)
    return root


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_out(sound: Path, tmp_path: Path, way: str) -> None:
    """Each way is refused by name; the old site stays; nothing outside is read or written."""
    root = tmp_path / "box" / "root"
    shutil.copytree(sound, root)
    before = tree(root / "site")
    (root / "secret.md").write_text(snapshot(WORD, "", WORD), "utf-8")
    (root / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n" + WORD.encode())
    make, code, where, message = WAYS[way]
    make(root)
    done = run(root, "build")
    told(done, code, where, message, "nothing was written")
    assert WORD not in done.stdout + done.stderr
    assert tree(root / "site") == before
    assert beside(root) == {"secret.md", "secret.png"}
    assert os.listdir(tmp_path) == ["box"]  # noqa: PTH208
    assert os.listdir(tmp_path / "box") == ["root"]  # noqa: PTH208


def test_a_vocabulary_that_leads_out_is_refused(tmp_path: Path) -> None:
    """A vocabulary that is a link to a file elsewhere is not read, and is named."""
    root = library(tmp_path, one=snapshot("One"))
    field = "{kind: line, role: title, need: always, label: T, help: A title., example: One}"
    term = "{kind: term, vocabulary: colour, facet: true, noun: c, label: C, help: C., example: a}"
    (root / "content/record.yml").write_text(
        f"name: note\nplural: notes\nfolder: cases\nfields:\n  title: {field}\n  colour: {term}\n"
    )
    (root / "secret.yml").write_text(f"title: C\nterms:\n  - {{id: a, label: {WORD}}}\n")
    (root / "content/vocabulary").mkdir()
    (root / "content/vocabulary/colour.yml").symlink_to("../../secret.yml")
    told(run(root, "build"), 2, "content/vocabulary/colour.yml:1:1", OUT)
    assert not (root / "site").exists()


@pytest.mark.parametrize("place", ["content/cases", "content/more", "content"])
def test_loops_of_links_end(tmp_path: Path, place: str) -> None:
    """Folders that hold themselves by links are entered once; a link to itself is named."""
    root = library(tmp_path, one=snapshot("One"))
    told(run(root, "build"), 0)
    before = tree(root / "site")
    (root / place).mkdir(exist_ok=True)
    (root / place / "a").symlink_to(".")
    (root / place / "b").symlink_to("a")
    (root / place / "c").symlink_to("../" if place != "content" else "cases")
    told(run(root, "build"), 0)
    assert tree(root / "site") == before
    (root / place / "self.md").symlink_to("self.md")
    told(run(root, "build"), 2, f"{place}/self.md:1:1", "too many levels of symbolic links")
    assert tree(root / "site") == before


@pytest.mark.parametrize(
    "option", ["model: ../secret.yml", "vocabulary: ../other", "model: /etc/x"]
)
def test_settings_that_lead_out_are_refused(tmp_path: Path, option: str) -> None:
    """Model and vocabulary are named below the content folder, or not at all."""
    root = library(tmp_path, one=snapshot("One"))
    config = root / "site_config.yml"
    text = config.read_text("utf-8").replace("[casebook]", f"[casebook: {{{option}}}]")
    config.write_text(text, "utf-8")
    told(run(root, "build"), 2, "site_config.yml:5:", "leads out of the content")
    assert not (root / "site").exists()


@pytest.mark.parametrize("field", ["id", "former_ids"])
@pytest.mark.parametrize("typed", ["../../pwned", "/etc/pwned", "..", "a/../../pwned", "C:pwned"])
def test_no_id_leads_out_of_the_site(tmp_path: Path, field: str, typed: str) -> None:
    """Whatever an id looks like, its page stands in the folder of pages, or it is refused."""
    root = library(tmp_path / "box/root", one=snapshot("One", f"{field}: '{typed}'\n"))
    ran = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
    assert isinstance(ran.exception, SystemExit) or ran.exception is None
    assert ran.exit_code == 0 or "content/cases/one.md:" in ran.stderr
    assert beside(root) == set()
    own = {root / "site/cases", root / "site/assets/search/text"}
    strays = [p.name for p in tmp_path.rglob("*pwned*") if p.parent not in own]
    assert strays == []


def test_assets_of_own_templates_do_not_lead_out(tmp_path: Path) -> None:
    """A link beside the site's own templates to a file elsewhere is refused."""
    root = library(tmp_path, one=snapshot("One"))
    own = root / "templates"
    shutil.copytree(TEMPLATES, own)
    config = root / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace(str(TEMPLATES), "templates"), "utf-8")
    (own / "assets/again.css").symlink_to("casebook.css")
    (root / "secret.txt").write_text(WORD)
    told(run(root, "build"), 0)
    before = tree(root / "site")
    assert before["assets/again.css"] == before["assets/casebook.css"]
    (own / "assets/secret.txt").symlink_to("../../secret.txt")
    out = OUT.replace("content", "templates")
    told(run(root, "build"), 1, f"templates/assets/secret.txt:1:1: error: {out}")
    assert tree(root / "site") == before
