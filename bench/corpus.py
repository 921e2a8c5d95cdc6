"""Owns the corpus of the benchmark: cases of real shape, the same for every generator and run."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

CONTENT = Path(__file__).parent.parent / "content"
WORDS = 750
"""About so many words stand in the text of a case, its fields not counted."""

FACETS = {
    "countries": "countries",
    "focus": "focus",
    "theme": "theme",
    "impact_group": "impact_group",
    "ucps": "ucps",
    "form": "form",
    "partners": "partners",
    "success_factors": "success_factors",
    "constraints": "constraints",
    "contexts": "contexts",
}
"""The ten facets of the corpus: field of the shipped model, and its vocabulary."""

_KEYS = {"success_factors": "factor", "constraints": "constraint", "contexts": "context"}
_SINGLE = {"focus", "form"}


@dataclass(frozen=True, slots=True)
class Record:
    """One case: its fields, and its text with `{link}` before each address of another case."""

    id: str
    title: str
    summary: str
    updated: str
    terms: dict[str, list[str]]
    said: dict[str, list[str]]
    body: str
    links: tuple[str, ...]


def records(number: int, seed: int = 20261122) -> Iterator[Record]:
    """Yield that many cases; the first of a longer run are not those of a shorter one."""
    chance = random.Random(seed + number)  # noqa: S311 - not for secrets
    sentences = _sentences()
    pools = {facet: list(_terms(name)) for facet, name in FACETS.items()}
    pools["partners"] = [f"Organisation {n + 1}" for n in range(max(20, number // 4))]
    # Some terms are common and some rare, as in any library.
    weights = {facet: [1 / (n + 3) for n in range(len(pool))] for facet, pool in pools.items()}
    for n in range(number):
        terms = {}
        for facet, pool in pools.items():
            most = 1 if facet in _SINGLE else chance.randint(1, 4)
            drawn = chance.choices(pool, weights[facet], k=most)
            terms[facet] = list(dict.fromkeys(drawn))
        others = tuple(f"case-{chance.randrange(number):05}" for _ in range(3))
        day = chance.randrange(28) + 1
        yield Record(
            id=f"case-{n:05}",
            title=f"Case {n}: {_short(chance.choice(sentences))}",
            summary=" ".join(chance.sample(sentences, 3)),
            updated=f"20{chance.randint(18, 25)}-{chance.randint(1, 12):02}-{day:02}",
            terms=terms,
            said={f: [chance.choice(sentences) for _ in terms[f]] for f in _KEYS},
            body=_body(chance, sentences),
            links=others,
        )


def front(record: Record) -> str:
    """Return the front matter of a case as casebook reads it."""
    fields: dict[str, object] = {
        "title": record.title,
        "summary": record.summary,
        "updated": record.updated,
        "care_role": "leading",
    }
    for facet, terms in record.terms.items():
        key = _KEYS.get(facet)
        if key:
            said = zip(terms, record.said[facet], strict=True)
            fields[facet] = [{key: term, "what": words} for term, words in said]
        else:
            fields[facet] = terms[0] if facet in _SINGLE else terms
    return f"---\n{yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)}---\n"


def text(record: Record, link: str) -> str:
    """Return the text of a case, each link made by `link` from the id of the case it leads to."""
    found = record.body
    for number, target in enumerate(record.links):
        found = found.replace(f"LINK{number}", link.format(target))
    return found


def write(folder: Path, cases: Sequence[Record]) -> None:
    """Write a library for casebook with these cases, the shipped model and vocabularies."""
    (folder / "content" / "cases").mkdir(parents=True)
    (folder / "content" / "vocabulary").mkdir()
    for file in (CONTENT / "record.yml", *sorted((CONTENT / "vocabulary").glob("*.yml"))):
        target = folder / file.relative_to(CONTENT.parent)
        target.write_bytes(file.read_bytes())
    _add_partners(folder / "content" / "vocabulary" / "partners.yml", cases)
    for record in cases:
        whole = front(record) + text(record, "case:{}")
        (folder / "content" / "cases" / f"{record.id}.md").write_text(whole, "utf-8")
    theme = f"{{name: null, custom_dir: {CONTENT.parent / 'templates'}}}"
    settings = (
        "site_name: Bench\nsite_url: https://example.org/\ndocs_dir: content\n"
        f"theme: {theme}\nuse_directory_urls: false\nplugins: [casebook]\n"
    )
    (folder / "site_config.yml").write_text(settings, "utf-8")


def _add_partners(file: Path, cases: Sequence[Record]) -> None:
    kept = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    names = dict.fromkeys(name for record in cases for name in record.terms["partners"])
    kept["terms"] += [{"id": name.lower().replace(" ", "-"), "label": name} for name in names]
    file.write_text(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True), "utf-8")


def _terms(name: str) -> Iterator[str]:
    file = CONTENT / "vocabulary" / f"{name}.yml"
    kept = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # as text: `no` is Norway
    groups = {term.get("broader") for term in kept["terms"]}
    yield from (term["id"] for term in kept["terms"] if term["id"] not in groups)


def _sentences() -> list[str]:
    """Return the sentences of the project's own cases, so that words are as long as in life."""
    found: list[str] = []
    for file in sorted((CONTENT / "cases").glob("*.md")):
        body = file.read_text("utf-8").split("\n---\n", 1)[1]
        prose = " ".join(
            line for line in body.splitlines() if line[:1].isalpha() and "](" not in line
        )
        found += re.findall(r"[A-Z][^.!?\[\]*_`<>|]{30,180}[.]", prose)
    return sorted({sentence for sentence in found if "library" not in sentence})


def _short(sentence: str) -> str:
    return " ".join(sentence.rstrip(".").split()[:7])


def _body(chance: random.Random, sentences: list[str]) -> str:
    """Return a text with headings, paragraphs, lists, a table, a footnote and links."""

    def said(number: int) -> str:
        return " ".join(chance.sample(sentences, number))

    parts = [
        f"## Situation\n\n{said(4)} See also [an earlier one](LINK0).[^1]\n\n{said(3)}",
        f"## What we did\n\n{said(3)}\n\n- {said(1)}\n- **First**, {said(1)}\n"
        f"    - {said(1)}\n- {said(1)}\n\n{said(3)} It was *not* simple.",
        "## What changed\n\n| Year | Before | After |\n|---|---:|---:|\n"
        + "".join(
            f"| {2010 + n} | {chance.randint(1, 99)} | {chance.randint(100, 999)} |\n"
            for n in range(5)
        )
        + f"\n{said(4)} [Another](LINK1) saw the same, and so did "
        "[a study](https://example.org/study?year=2019).",
        f"## What helped\n\n1. {said(1)}\n2. {said(1)}\n3. {said(1)}\n\n{said(2)}",
        f"## What got in the way\n\n> {said(2)}\n\n{said(3)} Compare [this](LINK2).",
    ]
    while sum(len(part.split()) for part in parts) < WORDS:
        parts.append(f"## More of it\n\n{said(4)}\n\n{said(3)}" if len(parts) == 5 else said(4))
    return "\n\n".join(parts) + f"\n\n[^1]: {said(1)}\n"
