"""The library inside somebody's MkDocs: beside other plugins, before and after them, in any theme.

Each row of `BESIDE` is a row of the table in docs/adapting.md. It is built twice, once before the
library and once after it, with addresses of either form; `make fuzz` builds every combination.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from built import SITES
from trouble import FUZZ, PATIENCE

DOCS = Path(__file__).parents[1] / "docs/adapting.md"
Files = Mapping[str, bytes]

LANGUAGES = "languages: [{locale: en, default: true, name: English}, {locale: fr, name: Français}]"
THEMES = {
    "material": "{name: material, font: false}",
    "mkdocs": "{name: mkdocs}",
    "readthedocs": "{name: readthedocs}",
}
PAGES = {
    "index.md": "# The handbook\n\n[Kiosk](library/projets/kiosque.md), [all](library/index.md)\n",
    "guide.md": "---\ntags: [useful]\n---\n# The guide\n\nThe sum is {{ 1 + 1 }}. ![](x.svg)\n",
    "part/index.md": "# The part\n",
    "part/more.md": "# More\n",
    "x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


SHORT = 60
"""No minified page has so many lines; without it each has some hundred."""


def page(files: Files, name: str) -> str:
    """Return a page by the name of its source, whichever form addresses have."""
    stem = name.removesuffix(".md")
    found = files.get(f"{stem}.html") or files.get(f"{stem}/index.html") or b""
    return found.decode()


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A plugin beside ours: its line in the settings, the files it needs, what it must have done.

    `worked` tells whether it did its work. `docs` are files below docs/, `others` beside it.
    """

    line: str
    worked: Callable[[Files], bool]
    docs: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = tuple(THEMES)
    folder: str = ""
    warning: str = "nothing"


BESIDE = {
    "static-i18n": Beside(
        line=f"i18n: {{docs_structure: suffix, {LANGUAGES}}}",
        docs={"guide.fr.md": "# Le guide\n"},
        worked=lambda files: (
            "Le guide" in page(files, "fr/guide.md")
            and "fr/library/projets/kiosque.html" in files
            and 'href="library/projets/kiosque.html"' in page(files, "fr/index.md")
        ),
    ),
    "static-i18n, a folder for each language": Beside(
        line=f"i18n: {{docs_structure: folder, {LANGUAGES}}}",
        docs={"fr/guide.md": "# Le guide\n"},
        folder="en/",
        worked=lambda files: (
            "Le guide" in page(files, "fr/guide.md") and "fr/library/projets/kiosque.html" in files
        ),
    ),
    "tags": Beside(
        line="tags",
        docs={"tags.md": "# Tags\n\n<!-- material/tags -->\n"},
        worked=lambda files: "The guide" in page(files, "tags.md").partition("tag:useful")[2],
        themes=("material",),
    ),
    "awesome-nav": Beside(
        line="awesome-nav",
        docs={".nav.yml": "nav:\n  - guide.md\n  - index.md\n  - Our cases: library/index.md\n"},
        worked=lambda files: "Our cases" in page(files, "guide.md"),
    ),
    "macros": Beside(line="macros", worked=lambda files: "sum is 2." in page(files, "guide.md")),
    "minify": Beside(
        line="minify: {minify_html: true}",
        worked=lambda files: all(
            content.count(b"\n") < SHORT
            for path, content in files.items()
            if path.startswith("library/") and path.endswith("html")
        ),
    ),
    "redirects": Beside(
        line="redirects: {redirect_maps: {old.md: library/projets/kiosque.md}}",
        worked=lambda files: "library/projets/kiosque.html" in page(files, "old.md"),
    ),
    "git-revision-date-localized": Beside(
        line="git-revision-date-localized",
        docs={"when.md": "# When\n\nOn {{ git_revision_date_localized }}.\n"},
        worked=lambda files: bool(re.search(r"On [^{]*20\d\d", page(files, "when.md"))),
    ),
    "print-site": Beside(
        line="print-site",
        worked=lambda files: "The sum is" in page(files, "print_page.md"),
        warning="'print-site' should be defined as the",
    ),
    "glightbox": Beside(
        line="glightbox", worked=lambda files: 'class="glightbox"' in page(files, "guide.md")
    ),
    "section-index": Beside(
        line="section-index",
        worked=lambda files: len(re.findall('href="part/', page(files, "index.md"))) > 1,
        themes=("material", "readthedocs"),
    ),
    "literate-nav": Beside(
        line="literate-nav",
        docs={"SUMMARY.md": "* [Read first](index.md)\n* [Our cases](library/index.md)\n"},
        worked=lambda files: {"Read first", "Our cases"} <= set(words(page(files, "index.md"))),
    ),
    "gen-files": Beside(
        line="gen-files: {scripts: [make.py]}",
        others={
            "make.py": "import mkdocs_gen_files\n"
            "with mkdocs_gen_files.open('made.md', 'w') as file:\n    file.write('# Made')\n"
        },
        worked=lambda files: "Made" in page(files, "made.md"),
    ),
}
"""Each plugin that the library was tried beside, by its name in the manual."""


def words(text: str) -> list[str]:
    """Return the texts between the tags of a page."""
    return [part.strip() for part in re.split(r"<[^>]*>", text)]


@dataclass(frozen=True)
class Trial:
    """One build: of which row, where the plugin stands, the form of addresses, the theme."""

    row: str
    first: bool
    folders: bool
    theme: str

    def __str__(self) -> str:
        """Return the trial in words."""
        addresses = "folders" if self.folders else "files"
        return f"{self.row}-{'before' if self.first else 'after'}-{addresses}-{self.theme}"


def trials() -> Iterator[Trial]:
    """Yield the trials: every order and form of addresses, and every theme in turn."""
    for number, (row, beside) in enumerate(BESIDE.items()):
        themes = beside.themes
        every = [Trial(row, *rest) for rest in product((True, False), (True, False), themes)]
        if FUZZ > 1:
            yield from every
            continue
        theme, other = themes[number % len(themes)], themes[(number + 1) % len(themes)]
        yield from (Trial(row, True, True, theme), Trial(row, False, False, other))  # noqa: FBT003


TRIALS = list(trials())


def settings(beside: Beside, trial: Trial, options: str = "") -> str:
    """Return the settings of a site."""
    ours = f"casebook: {{folder: library, language: fr{options}}}"
    plugins = [beside.line, ours] if trial.first else [ours, beside.line]
    return "\n".join(
        [
            "site_name: The handbook",
            "site_url: https://example.org/",
            f"theme: {THEMES[trial.theme]}",
            f"use_directory_urls: {str(trial.folders).lower()}",
            "plugins:",
            *(f"  - {line}" for line in ("search", *plugins) if line),
        ]
    )


def made(root: Path, beside: Beside, trial: Trial, options: str = "") -> tuple[str, Files]:
    """Build a site; return what was said, and its files."""
    docs = root / "docs"
    shutil.copytree(SITES / "budget/content", docs / "library")
    case = docs / "library/projets/kiosque.md"
    case.write_text(case.read_text("utf-8") + "\nThe sum stays {{ 1 + 1 }}.\n", "utf-8")
    own = {f"{beside.folder}{name}": text for name, text in PAGES.items()}
    for folder, texts in ((docs, own), (docs, beside.docs), (root, beside.others)):
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(settings(beside, trial, options), "utf-8")
    if trial.row.startswith("git-"):
        as_somebody = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        for command in (["init", "-q"], ["add", "-A"], [*as_somebody, "commit", "-qm", "All"]):
            subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)  # noqa: S607
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", "mkdocs.yml"],
        cwd=root,
        env=os.environ | {"NO_COLOR": "1", "DISABLE_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE * 4,
    )
    assert done.returncode == 0, done.stderr
    every = (path for path in (root / "site").rglob("*") if path.is_file())
    site = root / "site"
    return done.stderr, {path.relative_to(site).as_posix(): path.read_bytes() for path in every}


def broken(files: Files) -> list[tuple[str, str]]:
    """Return the links and pictures of pages that lead to no file of the site."""
    lost = []
    for path, content in files.items():
        if path.endswith(".html") and not path.endswith("404.html"):
            for link in re.findall(r'(?:href|src)=["\']?([^"\'\s>]+)', content.decode()):
                target = urlsplit(urljoin(f"https://example.org/{path}", link))
                name = unquote(target.path).lstrip("/")
                if name.endswith("/") or not name:
                    name += "index.html"
                if target.netloc == "example.org" and name not in files:
                    lost.append((path, link))
    return lost


Built = Mapping[str, tuple[str, Files]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give what was said in each trial, and its files; two are built at a time."""
    roots = [tmp_path_factory.mktemp("beside") for _ in TRIALS]
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda r, t: made(r, BESIDE[t.row], t), roots, TRIALS)
        return dict(zip(map(str, TRIALS), results, strict=True))


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_both_plugins_do_their_work(built: Built, trial: Trial) -> None:
    """Pages are there, links work, the text of a case stays, and the other plugin did its work."""
    said, files = built[str(trial)]
    warnings = [line for line in said.splitlines() if re.match("WARNING|ERROR", line)]
    assert [line for line in warnings if BESIDE[trial.row].warning not in line] == []
    assert {"library/index.html", "library/quartiers/nord.html"} <= set(files)
    assert "The sum stays {{ 1 + 1 }}." in files["library/projets/kiosque.html"].decode()
    assert broken(files) == []
    assert BESIDE[trial.row].worked(files)


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_the_search_finds_cases_and_no_pages_of_terms(built: Built, trial: Trial) -> None:
    """What a page of a term says is found on the pages of its cases."""
    found = searched(built[str(trial)][1])
    assert {"library/projets/kiosque.html", "library/projets/ruche.html"} <= found
    assert any("guide" in location for location in found)
    assert not any(re.search("(quartiers|apports)/[a-z]+.html", name) for name in found - INDEXES)


INDEXES = {f"library/{facet}/index.html" for facet in ("quartiers", "apports")}
INDEXES |= {f"fr/{path}" for path in INDEXES}


def searched(files: Files) -> set[str]:
    """Return the pages that the search of a site finds."""
    index = json.loads(files["search/search_index.json"])
    return {entry["location"].partition("#")[0] for entry in index["docs"]}


NOTHING = Beside(line="", worked=bool)


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_pages_of_terms_can_be_searched(tmp_path: Path, theme: str) -> None:
    """With `search_terms: true` the search finds them as well."""
    trial = Trial("", first=True, folders=True, theme=theme)
    found = searched(made(tmp_path, NOTHING, trial, ", search_terms: true")[1])
    assert {"library/quartiers/nord.html", "library/projets/kiosque.html"} <= found


def test_the_manual_has_a_row_for_each() -> None:
    """The table of plugins names those that are tried here."""
    part = DOCS.read_text("utf-8").partition("### Beside other plugins")[2].partition("\n#")[0]
    assert re.findall(r"^\| ([^|`]+?) \|", part, re.MULTILINE)[1:] == list(BESIDE)
