"""A preview remembers what it read and worked out, and shows what a fresh build would make."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import built
from generator.build.assemble import assemble
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from generator.build.session import Session
from generator.hosts.config import load_site
from generator.hosts.preview import TIDY, Preview
from small import snapshot

SETTLED = 2.2
"""In seconds: what was written longer ago is not read again."""

Edit = Callable[[Path], object]


@pytest.fixture(autouse=True)
def _late_in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine's day be after all days of the site: a day ahead is an error."""
    monkeypatch.setattr("generator.hosts.preview.machine_day", lambda: "2026-12-31")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site with hidden and internal records, with a model and templates of its own."""
    root = tmp_path_factory.mktemp("prepared")
    shutil.copytree(built.SITES / "private", root, dirs_exist_ok=True)
    for name in ("record.yml", "vocabulary"):
        whole = built.SHIPPED / "content" / name
        (shutil.copytree if whole.is_dir() else shutil.copy)(whole, root / "content" / name)
    shutil.copytree(built.SHIPPED / "templates", root / "templates")
    write("site_config.yml", "{name: casebook}", "{name: null, custom_dir: templates}")(root)
    (root / "content/about.md").write_text("# About\n\nSee [one](case:open).\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def settled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give copies of it that were written some time ago, one for each test that asks for one."""
    roots = [tmp_path_factory.mktemp("settled") / "site" for _ in range(2)]
    for root in roots:
        shutil.copytree(prepared, root)
    time.sleep(SETTLED)
    return iter(roots)


def preview(root: Path) -> Preview:
    """Return a preview with a memory, as `casebook serve` has it."""
    options = BuildOptions(csp=False, session=Session())
    return Preview(site_file=root / "site_config.yml", options=options, core=assemble)


def fresh(root: Path, cache: Path) -> dict[str, bytes]:
    """Return what a build of that site makes that knows of no earlier one."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    made = assemble(replace(site, cache=cache), BuildOptions(csp=False))
    assert made.documents, [str(problem) for problem in made.problems]
    return {document.path: document.content for document in made.documents}


def write(path: str, old: str, new: str) -> Edit:
    """Return what replaces some words of a file, which must stand there."""

    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def put(path: str, text: str) -> Edit:
    """Return what writes a file anew."""
    return lambda root: (root / path).write_text(text, "utf-8")


def rename(old: str, new: str) -> Edit:
    """Return what gives a file or a folder another name."""
    return lambda root: (root / old).rename(root / new)


def both(first: Edit, second: Edit) -> Edit:
    """Return what makes one edit, then the other."""
    return lambda root: (first(root), second(root))


def unseen(root: Path) -> None:
    """Change a file and give it back its size and its time, as some programs do."""
    file = root / "content/cases/veiled.md"
    before = file.stat()
    write("content/cases/veiled.md", "an adviser", "an Adviser")(root)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    time.sleep(SETTLED)


OPEN, QUARTZ = "content/cases/open.md", "content/cases/quartz-affair.md"
EDITS: dict[str, Edit] = {
    "nothing": lambda _root: None,
    "a text": write(OPEN, "and [one more]", "and once more [one more]"),
    "a term": write(OPEN, "factor: trusted-relationship", "factor: joint-planning"),
    "a title": write(OPEN, "title: An open", "title: Zealously open"),
    "a new term": write(OPEN, "name: Lantern Society", "name: Lamplight Union"),
    "a hidden name": write(OPEN, "type: local-cso}", "type: local-cso, consent_to_name: 'no'}"),
    "a record is published": write(QUARTZ, "visibility: internal", "visibility: public"),
    "a record is withdrawn": write(QUARTZ, "visibility: public", "visibility: internal"),
    "a new file": put("content/cases/fresh.md", snapshot("Fresh", "former_ids: unripe\n")),
    "a file has another name": rename("content/cases/fresh.md", "content/cases/ripe.md"),
    "a file is gone": lambda root: (root / "content/cases/ripe.md").unlink(),
    "a plain page": put("content/words.md", "# Words\n\nMany [words](case:veiled).\n"),
    "a term's label": write("content/vocabulary/focus.yml", "label: ", "label: Truly "),
    "a new term in the vocabulary": write(
        "content/vocabulary/partners.yml",
        "terms:\n",
        "terms:\n  - {id: lamplight-union, label: Lamplight union, definition: Theirs.}\n",
    ),
    "the model": write("content/record.yml", "label: ", "label: Indeed "),
    "the name of the site": write("site_config.yml", "Private library", "Quiet library"),
    "who sees what says nothing": write(
        "site_config.yml", "casebook: {}", "casebook: {default_visibility: internal}"
    ),
    "where the content is": both(
        rename("content", "records"),
        write("site_config.yml", "docs_dir: content", "docs_dir: records"),
    ),
    "where it was": both(
        rename("records", "content"),
        write("site_config.yml", "docs_dir: records", "docs_dir: content"),
    ),
    "a template": write("templates/pages/case.html", "<header", "<p>Look!</p><header"),
    "time and size stay": unseen,
}


def test_after_every_edit_it_shows_what_a_fresh_build_makes(
    settled: Iterator[Path], tmp_path: Path
) -> None:
    """Whatever was edited, each page is that of a fresh build, and no page is there but these."""
    root = next(settled)
    shown = preview(root)
    before: set[str] = set()
    for number, (what, edit) in enumerate(EDITS.items()):
        edit(root)
        shown.build()
        assert shown.problems == (), what
        wanted = fresh(root, tmp_path / f"{number}")
        pages = {path: shown.page(path) for path in before | wanted.keys()}
        wrong = [path for path, content in pages.items() if content != wanted.get(path)]
        assert wrong == [], what
        before = set(wanted)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (write(OPEN, "role: leading", "role: bleeding"), write(OPEN, "bleeding", "learning")),
        (write(OPEN, "title: ", "title: [ "), write(OPEN, "title: [ ", "title: Truly ")),
        (put(OPEN, ""), put(OPEN, snapshot("Other"))),
        (
            write("content/vocabulary/focus.yml", "label: ", "lable: "),
            write("content/vocabulary/focus.yml", "lable: ", "label: Truly "),
        ),
        (
            write("site_config.yml", "casebook: {}", "casebook: {begin: [nothing]}"),
            write("site_config.yml", "casebook: {begin: [nothing]}", "casebook: {begin: [focus]}"),
        ),
    ],
    ids=["a term", "the fields", "the file", "a vocabulary", "the configuration"],
)
def test_broken_then_mended(prepared: Path, tmp_path: Path, broken: Edit, mended: Edit) -> None:
    """The last good build stays while something is broken; then all is as in a fresh build."""
    root = tmp_path / "site"
    shutil.copytree(prepared, root)
    shown = preview(root)
    shown.build()
    first = fresh(root, tmp_path / "first")
    broken(root)
    shown.build()
    assert shown.problems
    assert {path: shown.page(path) for path in first} == first
    mended(root)
    shown.build()
    assert shown.problems == ()
    after = fresh(root, tmp_path / "after")
    assert after != first
    assert {path: shown.page(path) for path in after} == after


def test_only_what_has_changed_is_read_again(settled: Iterator[Path]) -> None:
    """A record of an old file is the very same thing; that of a file just changed is another."""
    root = next(settled)
    site, _ = load_site(root / "site_config.yml")
    assert site is not None
    options = BuildOptions(internal=True, session=Session())

    def cases() -> dict[str, int]:
        library = check_site(site, options).library
        assert library is not None
        found.append(library)
        return {id_: id(library.outline(id_).body) for id_ in library.ids}

    found: list[object] = []  # kept, so that no address is given twice
    before = cases()
    assert cases() == before
    write(QUARTZ, "its doubts", "its fears")(root)
    after = cases()
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"quartz-affair"}


def test_what_is_left_behind_is_tidied(prepared: Path, tmp_path: Path) -> None:
    """After many builds there are not many more objects than after a few."""
    root = tmp_path / "site"
    shutil.copytree(prepared, root)
    shown = preview(root)
    counted = []
    for _ in range(2):
        for number in range(TIDY):
            put("content/words.md", f"# Words {number}\n")(root)
            shown.build()
            shown.page("index.html")
        counted.append(gc.get_freeze_count())
    gc.unfreeze()
    assert counted[1] < counted[0] * 1.02
