"""A small library that tests edit, and the question whether a build afterwards is as a clean one.

It is the tiny site with the files of `edited/` over it: together they ask every question that a
page may ask of a library. `Garden` is such a library on the disk; `edits` has what is done to it.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from array import array
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from msgspec.structs import replace as struct

from generator.analysis.substance import FEW
from generator.base.site import Site
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.hosts.config import load_site
from generator.library.library import PAGE_SIZE
from generator.library.questions import Answer, Answers, KeptAnswers, packed
from generator.output.exchange import exchange
from generator.store.last_build import LastBuild, Memory, memory_of
from small import TEMPLATES
from trouble import tiny, tree

EDITED = Path(__file__).parent / "edited"
WORDS = ["apple", "bean", "cherry", "damson", "elder", "fig", "grape", "hazel", "iris", "juniper"]

NOBODY = 0
"""The number of a question that nobody has, whose answer never changes."""

Options = Mapping[str, Any]
"""What a build is asked for, as `BuildOptions` takes it."""


@dataclass(slots=True)
class Garden:
    """A library that is edited at random."""

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

    def record(self, name: str) -> Path:
        """Return the file of a record."""
        return self.root / f"content/gardens/{name}.md"

    def records(self, start: str = "") -> list[Path]:
        """Return the files of the records whose names start so."""
        return sorted((self.root / "content/gardens").glob(f"{start}*.md"))

    def any_record(self) -> Path:
        """Return the file of a record."""
        return self.chance.choice(self.records())

    def write(self, file: Path, text: str) -> None:
        """Write a file, which is another one then: writers of texts replace files."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def append(self, file: Path, text: str) -> None:
        """Write more at the end of a file."""
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    def change(self, file: Path, old: str, new: str) -> None:
        """Put other words in the place of the first that are found."""
        text = file.read_text("utf-8")
        assert old in text, f"{old} is not in {file}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def swap(self, file: Path, one: str, other: str) -> None:
        """Put one text in the place of the other, whichever of the two is there."""
        text = file.read_text("utf-8")
        assert (one in text) != (other in text), f"not one of {one!r}, {other!r} is in {file}"
        old, new = (one, other) if one in text else (other, one)
        file.write_text(text.replace(old, new, 1), "utf-8")

    def state(self, file: Path, name: str, value: str) -> None:
        """Give a record a field of one line, in the place of what it says there already."""
        lines = file.read_text("utf-8").splitlines()
        others = [line for line in lines if not line.startswith(f"{name}:")]
        file.write_text("\n".join(["---", f"{name}: {value}", *others[1:]]) + "\n", "utf-8")


def write_record(root: Path, name: str, body: str, fields: str = "soil: clay") -> None:
    """Write a record of which little else is told."""
    head = f"---\ntitle: The {name}\nsummary: A garden.\nkind: sketch\n{fields}\n---\n"
    (root / f"content/gardens/{name}.md").write_text(f"{head}{body}\n", "utf-8")


def write_library(root: Path) -> Path:
    """Write the library, with templates of its own; return its root."""
    tiny(root)
    shutil.copytree(TEMPLATES, root / "templates")
    shutil.copytree(EDITED, root, dirs_exist_ok=True)
    more = root / "more_fields.yml"
    with (root / "content/record.yml").open("a", encoding="utf-8") as model:
        model.write(more.read_text("utf-8"))
    more.unlink()
    return root


LONG_MODEL = """\
name: garden
plural: gardens
folder: gardens
types:
  field: kind
  kinds: {sketch: {needs: [always]}, whole: {needs: [always]}, dream: {needs: [always], counts: false}}
fields:
  title: {kind: line, role: title, label: Title, need: always, help: The name.}
  summary: {kind: text, role: summary, label: Summary, help: A sentence.}
  kind: {kind: term, role: type, vocabulary: kind, label: Kind, help: How complete.}
  soil: {kind: term, vocabulary: soil, many: true, facet: true, label: Soils, noun: soil, help: The soil.}
  translation_of: {kind: case, role: translation, label: Translation of, help: The original.}
  period:
    kind: record
    label: Period
    help: From when to when.
    fields:
      start: {kind: date, label: From, help: A date.}
      end: {kind: date, label: To, help: A date.}
across: {timeline: period}
"""


def write_long_library(root: Path) -> Path:
    """Write a library of just so many records that every list still stands on one page."""
    write_library(root)
    shutil.rmtree(root / "content/gardens")
    (root / "content/gardens").mkdir()
    (root / "content/record.yml").write_text(LONG_MODEL, "utf-8")
    (root / "content/about.md").write_text("---\ntitle: About\n---\nWords.\n", "utf-8")
    config = (root / "site_config.yml").read_text("utf-8").partition("      begin:")[0]
    (root / "site_config.yml").write_text(config, "utf-8")
    for number in range(PAGE_SIZE):
        title = f"title: Plot {number:03}"
        record = f"---\n{title}\nkind: sketch\nsoil: clay\nperiod: {{start: 2020}}\n---\n"
        (root / f"content/gardens/plot-{number:03}.md").write_text(record, "utf-8")
    return root


def write_counting_library(root: Path) -> Path:
    """Write the library with so many records more that pages print numbers: names below that."""
    write_library(root)
    for number in range(FEW + 1):
        claim = "helps:\n  - help: rain\n    what: It rained.\n    way: helped"
        write_record(
            root, f"bed-{number}", "", f"soil: [clay, sand]\n{claim}\nneighbours: [Oak Farm]"
        )
    return root


LIBRARIES: Mapping[str, Callable[[Path], Path]] = {
    "short": write_library,
    "counting": write_counting_library,
    "long": write_long_library,
}
"""What writes each library that is edited, and returns its root."""


def site_of(root: Path) -> Site:
    """Return the settings of a library."""
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    return site


def build(root: Path, **options: Any) -> Assembly:  # noqa: ANN401
    """Build a library as the command does: what is remembered of the last build is used."""
    assembly = assemble(site_of(root), BuildOptions(incremental=True, **options))
    if assembly.batches:
        internal = options.get("internal", False)
        folder = root / ("site-internal" if internal else "site")
        changes = exchange(folder, *assembly.batches, store=assembly.store, internal=internal)
        assembly.remember(changes.names, changes.notes)
    return assembly


def clean_build(root: Path, **options: Any) -> tuple[Assembly, dict[str, bytes]]:  # noqa: ANN401
    """Return what a build from nothing reports, and the files that it makes, by path."""
    with tempfile.TemporaryDirectory() as empty:
        assembly = assemble(replace(site_of(root), cache=Path(empty)), BuildOptions(**options))
        return assembly, {document.path: document.content for document in assembly.documents}


def built(root: Path, *, internal: bool = False) -> dict[str, bytes]:
    """Return the files of the site in a library's folder, by path."""
    folder = root / ("site-internal" if internal else "site")
    files = tree(folder) if folder.is_dir() else {}
    return {path: content for path, content in files.items() if content is not None}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the paths of files that are not the same in both."""
    return sorted(path for path in {**one, **other} if one.get(path) != other.get(path))


def same_as_clean(root: Path, options: Options, after: Collection[str]) -> None:
    """Build, and assert that the site and the report are those of a build from nothing.

    Where an error stands in the way of both, the site stays as it was.
    """
    internal = bool(options.get("internal"))
    before = built(root, internal=internal)
    made = build(root, **options)
    clean, wanted = clean_build(root, **options)
    reports = [(each.problems, each.cases, each.examples, each.pages) for each in (made, clean)]
    assert reports[0] == reports[1], after
    assert differing(built(root, internal=internal), wanted or before) == [], after


def memory(root: Path) -> Memory:
    """Return where the last build of a library is kept."""
    found = memory_of(site_of(root))
    assert found
    return found


def answers_of(last: LastBuild) -> dict[int, Answer]:
    """Return the answers that a build was made of, by number."""
    return KeptAnswers(last.answers).every().every()


def forget(root: Path, question: str) -> None:
    """Make the last build such as it were if nobody had noted that this question was asked.

    All else stays in the notes of the build, and so do its answers.
    """
    last = memory(root).load()
    answers = answers_of(last)
    hidden = {number for number, answer in answers.items() if answer.key[0] == question}

    def rest(asked: bytes) -> bytes:
        # What asked nothing else would be taken for an answer from the records, and asked again.
        return packed((set(array("Q", asked)) - hidden) or {NOBODY}) if asked else asked

    noted = Answers()
    for number, each in answers.items():
        noted.add(number, struct(each, asked=rest(each.asked)))
    pages = {path: struct(page, asked=rest(page.asked)) for path, page in last.pages.items()}
    parts = {
        path: tuple(struct(part, asked=rest(part.asked)) for part in every)
        for path, every in last.parts.items()
    }
    memory(root).save(replace(last, answers=(noted.packed(),), pages=pages, parts=parts))
