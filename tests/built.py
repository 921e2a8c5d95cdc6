"""A site built in memory, and its pages as a reader and a link checker meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from generator.base.problem import Problem, sorted_problems
from generator.base.site import Site
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.build.check import CheckResult, check_site
from generator.build.load import load_content, load_site_model
from generator.hosts.config import load_site
from generator.library.collect import collect
from generator.library.collection import Collection
from generator.model.record import Model
from generator.records.case import Case
from generator.records.outline import Outliner
from generator.store.record_cache import RecordCache

SITES = Path(__file__).parent / "sites"
SHIPPED = Path(__file__).parent.parent
BLOCKS = {"p", "li", "dt", "dd", "tr", "summary", "article", "section", "h1", "h2", "h3", "h4"}
CELLS = {"td", "th"}
HEADINGS = {"h1", "h2", "h3", "h4"}


def settings(root: Path, cache: Path) -> Site:
    """Return the settings of the site in a folder, its cache kept elsewhere."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    return replace(site, cache=cache)


def build(root: Path, cache: Path, *, internal: bool = False) -> dict[str, bytes]:
    """Return the files of the site in a folder, by path."""
    made: Assembly = assemble(settings(root, cache), BuildOptions(internal=internal))
    assert made.documents, [str(problem) for problem in made.problems]
    return {document.path: document.content for document in made.documents}


def checked(root: Path, cache: Path, *, internal: bool = False) -> CheckResult:
    """Return the library of the site in a folder, and its problems."""
    return check_site(settings(root, cache), BuildOptions(internal=internal))


def outlined(cases: Iterable[Case], model: Model) -> tuple[list[Case], Callable[[Case], Case]]:
    """Return the outlines of some cases, and what gives each its words again."""
    outliner, by_path = Outliner(model), {case.path: case for case in cases}
    outlines = [outliner.outline(case) for case in by_path.values()]
    return outlines, lambda outline: by_path[outline.path]


def collected(root: Path, cache: Path) -> Collection:
    """Return what of the site in a folder may be published, as plain data."""
    site = settings(root, cache)
    model, problems = load_site_model(site)
    assert model is not None, problems
    with RecordCache(site.cache) as rows:
        content = load_content(site, model, rows)
    unparsed = content.unparsed_ids
    return collect(content.outlines, content.pages, model, content.whole, unparsed_ids=unparsed)


def complaints(root: Path, cache: Path) -> tuple[bool, tuple[Problem, ...]]:
    """Return whether the configuration is to blame, and all that an author is told."""
    site, problems = load_site(root / "site_config.yml")
    if site is None:
        return True, problems
    found = check_site(replace(site, cache=cache), BuildOptions(internal=True))
    return found.misconfigured, sorted_problems((*problems, *found.problems))


@dataclass(frozen=True, slots=True)
class Read:
    """What a page holds: its text as an outline, its ids, and where its links lead."""

    text: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    """Paths of the site with their fragments, percent-decoded; other hosts are left out."""


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.ids, self.links = path, list[str](), list[str]()
        self.lines, self.open, self.targets = [""], list[str](), list[str]()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's id and link; begin a line where a block begins."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("href", "src"):
            if name in given and not urlsplit(given[name]).scheme:
                address = given[name].partition("?v=")[0]  # the edition of a style or script
                whole = urljoin(f"https://here/{self.path}", address)
                self.links.append(unquote(whole.removeprefix("https://here/")))
        if tag == "main":
            self.inside = True
        if tag in BLOCKS:
            self.lines.append("#" * int(tag[1]) + " " if tag in HEADINGS else "")
        if tag in CELLS:
            self.write(" | ")
        if tag == "a":
            self.targets.append(given.get("href", ""))
            self.write("[")

    def handle_endtag(self, tag: str) -> None:
        """Close a link with its address."""
        if tag == "a":
            self.write(f"]({self.targets.pop()})")
        if tag == "main":
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Keep the words of the page's main part."""
        self.write(" ".join(data.split()) if data.strip() else " ", data)

    def write(self, text: str, raw: str = "") -> None:
        """Add words to the line, a space where there was one."""
        if self.inside:
            space = " " if raw[:1].isspace() and not self.lines[-1].endswith(" ") else ""
            after = " " if raw[-1:].isspace() and raw.strip() else ""
            self.lines[-1] += space + (text if text == " | " else text.strip(" ")) + after


@lru_cache(maxsize=2048)
def read(path: str, content: bytes) -> Read:
    """Return what the page at a path holds; each page is read once, whatever is asked of it."""
    reader = _Reader(path)
    reader.feed(content.decode())
    lines = (" ".join(line.split()) for line in reader.lines)
    text = "\n".join(line for line in lines if line.strip("#[] "))
    return Read(text + "\n", tuple(reader.ids), tuple(reader.links))


def broken(files: dict[str, bytes], base: str = "") -> Iterator[str]:
    """Yield a sentence for each link to a page or a place that is not there.

    `base` is the folder in which the site is published, by which the page for lost readers links.
    """
    pages = {path: read(path, content) for path, content in files.items() if path[-5:] == ".html"}
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        for link in dict.fromkeys(page.links):
            target, _, fragment = link.removeprefix(base).partition("#")
            if target not in files and link not in files:  # a `#` may belong to a picture's name
                yield f"{path} leads to {link}, which is not there"
            elif re.match(r"[\w.%-]+=", fragment):
                continue  # what a script of that page reads: `countries=kh`
            elif fragment and target in ids and fragment not in ids[target]:
                yield f"{path} leads to {link}, a place that is not on the page"
        for twice in sorted({id_ for id_ in page.ids if page.ids.count(id_) > 1}):
            yield f"{path} has the id {twice} twice"


def orphans(files: dict[str, bytes]) -> set[str]:
    """Return the pages to which no chain of links leads from the home page."""
    left, seen = ["index.html"], {"index.html"}
    while left:
        path = left.pop()
        for link in read(path, files[path]).links:
            target = link.partition("#")[0]
            if target not in seen and target.endswith(".html") and target in files:
                seen.add(target)
                left.append(target)
    moved = {p for p, c in files.items() if b'http-equiv="refresh"' in c}
    return {p for p in files if p.endswith(".html")} - seen - moved - {"404.html"}
