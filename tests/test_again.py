"""What is made again after an edit: byte for byte what a build without a cache makes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.hosts.config import load_site
from generator.output.exchange import exchange
from small import TEMPLATES
from trouble import FUZZ, run, tiny, told, tree

ACCESS = """\
title: Access
terms:
  - {id: public, label: Public}
  - {id: internal, label: Internal}
  - {id: anonymised, label: Anonymised}
"""
FIELD = "  access: {kind: term, vocabulary: access, role: visibility, label: A, help: Who.}\n"
WORDS = ["apple", "bean", "cherry", "damson", "elder", "fig", "grape", "hazel", "iris", "juniper"]


SETTLED = 2.2
"""In seconds: a file that was written longer ago is known by its times."""


@dataclass(slots=True)
class Garden:
    """A library that is edited at random, with what the next build is asked for."""

    root: Path
    chance: random.Random
    number: int = 0

    def word(self) -> str:
        """Return a word that was not there before."""
        self.number += 1
        return f"{self.chance.choice(WORDS)}{self.number}"

    def file(self, path: str) -> Path:
        """Return a file of the library."""
        return self.root / path

    def records(self) -> list[Path]:
        """Return the files of the records."""
        return sorted((self.root / "content/gardens").glob("*.md"))

    def record(self) -> Path:
        """Return one of them."""
        return self.chance.choice(self.records())

    def change(self, file: Path, old: str, new: str) -> None:
        """Put other words in the place of the first that are found."""
        text = file.read_text("utf-8")
        assert old in text, f"{old} is not in {file}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def state(self, file: Path, name: str, line: str) -> None:
        """Give a record a field, in the place of what it says there already."""
        lines = [each for each in lines_of(file) if not each.startswith(f"{name}:")]
        file.write_text("\n".join(["---", f"{name}: {line}", *lines[1:]]) + "\n", "utf-8")


def lines_of(file: Path) -> list[str]:
    """Return the lines of a file."""
    return file.read_text("utf-8").splitlines()


def library(root: Path) -> Path:
    """Write the tiny site with templates of its own and a field that says who may read."""
    tiny(root)
    shutil.copytree(TEMPLATES, root / "templates")
    config = root / "site_config.yml"
    text = config.read_text("utf-8").replace(
        "theme: {name: casebook}", "theme: {name: null, custom_dir: templates}"
    )
    config.write_text(f"INHERIT: base.yml\n{text}", "utf-8")
    (root / "base.yml").write_text("site_author: Somebody\n", "utf-8")
    record = root / "content/record.yml"
    record.write_text(record.read_text("utf-8") + FIELD, "utf-8")
    (root / "content/vocabulary/access.yml").write_text(ACCESS, "utf-8")
    record_(root, "own-0", "Words, [where it is written](hill.md#sources).")
    own = root / "content/gardens/own-0.md"
    own.write_text(own.read_text("utf-8").replace("kind:", "id: own\nkind:"), "utf-8")
    for number in range(3):
        record_(root, f"plot-{number}", f"Words of {number}, [a neighbour](hill.md).")
    return root


def record_(root: Path, name: str, body: str) -> None:
    """Write a record of which nothing else is told."""
    (root / f"content/gardens/{name}.md").write_text(
        f"---\ntitle: The {name}\nsummary: A garden.\nkind: sketch\nsoil: clay\n---\n{body}\n",
        "utf-8",
    )


# ---- edits, each of which shows on some page ----------------------------------------------------


def words(garden: Garden) -> None:
    """Write other words into the text of a record."""
    file = garden.record()
    file.write_text(f"{file.read_text('utf-8')}\nWords of {garden.word()}.\n", "utf-8")


def link(garden: Garden) -> None:
    """Let the text of a record lead to another."""
    other = garden.chance.choice(
        [f for f in garden.records() if f.name[:4] not in {"new-", "own-"}]
    )
    file = garden.record()
    text = f"{file.read_text('utf-8')}\nSee [{garden.word()}]({other.name}).\n"
    file.write_text(text, "utf-8")


def relinked(garden: Garden) -> None:
    """Let a link that is there lead elsewhere, its words as they were."""
    file = garden.file("content/gardens/plot-1.md")
    old = "(hill.md)" if "(hill.md)" in file.read_text("utf-8") else "(shore.md)"
    garden.change(file, old, "(shore.md)" if old == "(hill.md)" else "(hill.md)")


def shadowed(garden: Garden) -> None:
    """Give the text of a record a heading that is named like a part of its page, or take it out."""
    file = garden.file("content/gardens/hill.md")
    text = file.read_text("utf-8")
    if "\n## Sources\n" in text:
        file.write_text(text.replace("\n## Sources\n", ""), "utf-8")
    else:
        file.write_text(f"{text}\n## Sources\n", "utf-8")


def heading(garden: Garden) -> None:
    """Give the text of a record one more heading."""
    file = garden.record()
    file.write_text(f"{file.read_text('utf-8')}\n## On {garden.word()}\n\nWords.\n", "utf-8")


def title(garden: Garden) -> None:
    """Rename a record, which other pages show, and which may change the order of all."""
    garden.state(garden.record(), "title", f"{garden.word()} and more")


def summary(garden: Garden) -> None:
    """Change the sentence that cards and the feed show."""
    garden.state(garden.record(), "summary", f"A garden with {garden.word()}.")


def term(garden: Garden) -> None:
    """Let a record name other terms."""
    soils = garden.chance.sample(["sand", "dune", "clay", "peat"], 2)
    garden.state(garden.record(), "soil", f"[{', '.join(soils)}]")


def new_terms(garden: Garden) -> None:
    """Let a record bring a new term into an open vocabulary."""
    word = garden.word().capitalize()
    garden.state(garden.file("content/gardens/plot-1.md"), "neighbours", f"[{{name: {word}}}]")


def recoined(garden: Garden) -> None:
    """Write a new term with other capitals, which leaves its id as it is."""
    file = garden.file("content/gardens/plot-1.md")
    large = "GREAT Barn" in file.read_text("utf-8")
    garden.state(file, "neighbours", f"[{{name: {'Great BARN' if large else 'GREAT Barn'}}}]")


def day(garden: Garden) -> None:
    """Give a record a later day, from which ages may be reckoned."""
    garden.number += 1
    last = f"{2026 + garden.number // 300}-{1 + garden.number // 25 % 12:02}"
    garden.state(garden.record(), "updated", f"{last}-{1 + garden.number % 25:02}")


def more(garden: Garden) -> None:
    """Write one record more."""
    record_(garden.root, f"new-{garden.word()}", "Words, [the hill](hill.md).")


def fewer(garden: Garden) -> None:
    """Delete a record that was written before, if there is one."""
    if found := [file for file in garden.records() if file.name.startswith("new-")]:
        garden.chance.choice(found).unlink()


def renamed(garden: Garden) -> None:
    """Give a record's file another name."""
    if found := [file for file in garden.records() if file.name.startswith("new-")]:
        file = garden.chance.choice(found)
        file.rename(file.with_name(f"new-{garden.word()}.md"))


def elsewhere(garden: Garden) -> None:
    """Give the file of a record that says its id itself another name, which links to it show."""
    (file,) = [each for each in garden.records() if each.name.startswith("own-")]
    file.rename(file.with_name(f"own-{garden.word()}.md"))


def former(garden: Garden) -> None:
    """Give a record a former address."""
    garden.state(garden.file("content/gardens/plot-2.md"), "former_ids", f"[was-{garden.word()}]")


def visibility(garden: Garden) -> None:
    """Withhold a record, or its names, or publish it."""
    file = garden.file("content/gardens/plot-0.md")
    garden.state(file, "access", garden.chance.choice(["internal", "anonymised", "public"]))


def label(garden: Garden) -> None:
    """Give a term of a vocabulary another label or definition."""
    soil = garden.file("content/vocabulary/soil.yml")
    what = garden.chance.choice(["label: Clay", "definition: Heavy"])
    garden.change(soil, what, f"{what} {garden.word()}")


def model(garden: Garden) -> None:
    """Give a field of the model another label."""
    garden.change(
        garden.file("content/record.yml"), "label: Motto", f"label: Motto {garden.word()}"
    )


def template(garden: Garden) -> None:
    """Change the words of a template."""
    name = garden.chance.choice(["main.html", "pages/case.html", "pages/term.html", "macros.html"])
    file = garden.file(f"templates/{name}")
    file.write_text(f"{file.read_text('utf-8')}{{# {garden.word()} #}}", "utf-8")
    garden.change(garden.file("templates/main.html"), "</body>", f"<p>{garden.word()}</p></body>")


def asset(garden: Garden) -> None:
    """Change the styles."""
    file = garden.file("templates/assets/casebook.css")
    file.write_text(f"{file.read_text('utf-8')}/* {garden.word()} */", "utf-8")


def config(garden: Garden) -> None:
    """Change what the settings say."""
    file = garden.file("site_config.yml")
    word = garden.word()
    what, new = garden.chance.choice(
        [
            ("site_name: ", f"site_name: {word} "),
            ("site_description: ", f"site_description: {word} "),
            ("example/library/", f"example/library/{word}/"),
            ("main/content/", f"main/content/{word}/"),
            ("CC-BY-4.0", f"{word}-CC-BY-4.0"),
        ]
    )
    garden.change(file, what, new)


def inherited(garden: Garden) -> None:
    """Change a setting in a file that the settings build on."""
    garden.file("base.yml").write_text(f"site_author: {garden.word()}\n", "utf-8")


def page(garden: Garden) -> None:
    """Change a plain page."""
    file = garden.file("content/about.md")
    file.write_text(f"{file.read_text('utf-8')}\nWords of {garden.word()}.\n", "utf-8")


def page_title(garden: Garden) -> None:
    """Change the title of a plain page, which the foot of every page shows."""
    garden.change(garden.file("content/about.md"), "title: About", f"title: About {garden.word()}")


def page_more(garden: Garden) -> None:
    """Write one plain page more, or delete it."""
    file = garden.file("content/more.md")
    if file.exists():
        file.unlink()
    else:
        file.write_text(f"---\ntitle: More {garden.word()}\n---\nWords.\n", "utf-8")


def picture(garden: Garden) -> None:
    """Change the bytes of a picture, its size as it was."""
    file = garden.file("content/gardens/pear.png")
    content = bytearray(file.read_bytes())
    content[-5] = (content[-5] + 1) % 256
    file.write_bytes(content)


def touched(garden: Garden) -> None:
    """Give files other times, and the same bytes."""
    for file in garden.records():
        os.utime(file, (garden.number, garden.number))


def disguised(garden: Garden) -> None:
    """Change the bytes of a record, and give it back its size and its time."""
    file = garden.file("content/gardens/plot-2.md")
    before = file.stat()
    text = file.read_text("utf-8")
    file.write_text(text.replace("Words of", "Wards of" if "Words of" in text else "Words of"))
    if file.read_text("utf-8") == text:
        file.write_text(text.replace("Wards of", "Words of"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def nothing(garden: Garden) -> None:
    """Change nothing."""


def siteless(garden: Garden) -> None:
    """Delete the site."""
    shutil.rmtree(garden.file("site"))


def partly(garden: Garden) -> None:
    """Delete some of what was made."""
    for file in sorted(garden.file(".casebook-cache/made").iterdir()):
        if garden.chance.random() < 0.5:
            file.unlink()


def unread(garden: Garden) -> None:
    """Delete what was read."""
    garden.file(".casebook-cache/cases.sqlite").unlink()


EDITS: list[Callable[[Garden], None]] = [
    *(
        words,
        link,
        relinked,
        shadowed,
        heading,
        title,
        summary,
        term,
        new_terms,
        recoined,
        day,
        more,
        fewer,
        renamed,
    ),
    *(
        elsewhere,
        former,
        visibility,
        label,
        model,
        template,
        asset,
        config,
        inherited,
        page,
        page_title,
        page_more,
    ),
    *(picture, touched, disguised, nothing, siteless, partly, unread),
]
OPTIONS: list[dict[str, Any]] = [
    *({}, {}, {"as_of": "2027-01-01"}, {"as_of": "2031-05-06"}, {"internal": True}),
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give libraries that were written some time ago, one for each test that asks for one."""
    roots = [library(tmp_path_factory.mktemp("settled") / "root") for _ in range(4)]
    time.sleep(SETTLED)
    return iter(roots)


@pytest.fixture(params=["settled", "fresh"])
def garden(request: pytest.FixtureRequest, tmp_path: Path) -> Garden:
    """Return a library that was built; its files are known by their times, or too new for that."""
    old = request.param == "settled"
    root = next(request.getfixturevalue("settled")) if old else library(tmp_path / "root")
    chance = random.Random(request.param if FUZZ == 1 else None)  # noqa: S311
    made = Garden(root, chance)
    build(root)
    assert made.file(".casebook-cache/made/plan").is_file()
    return made


def assembled(root: Path, **options: Any) -> Assembly:  # noqa: ANN401
    """Return what a build of a library writes that recalls the last one.

    Each page is a share of its own, as pages are that stand far apart in a large library.
    """
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    return assemble(site, BuildOptions(incremental=True, pages_per_batch=1, **options))


def build(root: Path, **options: Any) -> Assembly:  # noqa: ANN401
    """Build a library as the command does."""
    made = assembled(root, **options)
    exchange(root / "site", *made.batches, store=made.page_cache)
    return made


def same_as_clean(root: Path, options: Mapping[str, Any], after: list[str]) -> None:
    """Assert that a build with all that is there makes what one without anything makes."""
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    made = build(root, **options)
    with tempfile.TemporaryDirectory() as empty:
        clean = assemble(replace(site, cache=Path(empty)), BuildOptions(**options))
        wanted = {document.path: document.content for document in clean.documents}
    told_ = [(each.problems, each.cases, each.examples, each.pages) for each in (made, clean)]
    assert told_[0] == told_[1], after
    found = {path: content for path, content in tree(site.output).items() if content is not None}
    assert found.keys() == wanted.keys(), after
    assert [path for path in found if found[path] != wanted[path]] == [], after


def test_each_edit_is_seen(garden: Garden) -> None:
    """After each kind of edit, in some order, all pages are those of a clean build."""
    for _ in range(FUZZ):
        for edit in garden.chance.sample(EDITS, len(EDITS)):
            edit(garden)
            same_as_clean(garden.root, {}, [edit.__name__])


def test_edits_at_random_are_seen(garden: Garden) -> None:
    """Edits in any order, several at once, with other options: always as a clean build."""
    done: list[str] = []
    for _ in range(12 * FUZZ):
        for edit in garden.chance.choices(EDITS, k=garden.chance.choice([1, 1, 2, 4])):
            if edit is not siteless or garden.file("site").exists():
                done.append(edit.__name__)
                edit(garden)
        options = garden.chance.choice(OPTIONS)
        done.append(str(options))
        same_as_clean(garden.root, options, done)


def test_an_edit_while_a_build_runs_is_seen(garden: Garden) -> None:
    """A text that is changed after the files were looked at, and then changed back, is seen."""
    file = garden.file("content/gardens/hill.md")
    first = f"{file.read_text('utf-8')}\nFirst.\n"
    file.write_text(first, "utf-8")

    def edit(_stage: str, _number: int) -> None:
        file.write_text(first.replace("First", "Second"), "utf-8")

    build(garden.root, progress=edit)
    assert b"Second." in garden.file("site/gardens/hill.html").read_bytes()
    file.write_text(first, "utf-8")
    same_as_clean(garden.root, {}, ["changed back"])


MEDDLING = """
import sys
from pathlib import Path
from generator.cli.main import main

file, new = Path(sys.argv[1]), sys.argv[2]

def watch(event, found):
    # What is kept is read only when the site is laid out, long after the files were looked at.
    if event == "open" and Path(str(found[0])).parent.name == "made" and found[1] is None:
        if len(Path(str(found[0])).name) == 64:
            file.write_text(new, "utf-8")

sys.addaudithook(watch)
main(["build"], prog_name="casebook")
"""


def test_a_share_that_is_not_whole_is_made_of_what_is_there(garden: Garden) -> None:
    """Where a text changes while torn shares are made again, a sentence says so; the old stays."""
    words(garden)
    told(run(garden.root, "build"), 0)
    for kept in garden.file(".casebook-cache/made").iterdir():
        if kept.name != "plan":
            kept.write_bytes(b"")
    before = tree(garden.root / "site")
    file = garden.record()
    new = file.read_text("utf-8").replace("title: ", "title: Truly ", 1)
    done = subprocess.run(
        [sys.executable, "-c", MEDDLING, str(file), new],
        cwd=garden.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert file.read_text("utf-8") == new
    told(done, 2, "a file was changed while the site was made of it")
    assert tree(garden.root / "site") == before
    same_as_clean(garden.root, {}, ["changed meanwhile"])
