"""Owns the corpus of the benchmark: cases of real shape, the same for every generator and run."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent.parent / "content"
WORDS = 750
"""At least so many words stand in the text of a case, its fields not counted."""

FACETS = (
    "countries",
    "focus",
    "theme",
    "impact_group",
    "ucps",
    "form",
    "partners",
    "success_factors",
    "constraints",
    "contexts",
)
"""The ten facets: fields of the shipped model, each with a vocabulary of the same name."""

CLAIMS = {"success_factors": "factor", "constraints": "constraint", "contexts": "context"}
"""The facets of which a case says something for each term, and the key that holds the term."""

SINGLE = frozenset({"focus", "form"})
"""The facets that have one term in a case."""

MOST = 4
"""The most terms that a case has in one of the other facets."""

FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2025, 12, 31)
"""Between these days the cases were last changed."""

STUDY = "https://example.org/study?year=2019"
"""Every case links to this page elsewhere."""

_OURS = re.compile(r"\b(?:editor|library|coding|coded|this record)\b")
_SENTENCE = re.compile(r"[A-Z][^.!?\[\]*_`<>|]{30,180}[.]")
_OPENING = "## Situation\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One case: its fields, and its text with LINK0 to LINK2 for the addresses in `links`.

    `said` holds, for each facet in CLAIMS, what the case says of each of its terms.
    """

    id: str
    title: str
    summary: str
    updated: str
    terms: Mapping[str, Sequence[str]]
    said: Mapping[str, Sequence[str]]
    body: str
    links: Sequence[str]


def records(number: int, seed: int = 20261122) -> Iterator[Record]:
    """Yield that many cases; those of a longer corpus do not begin with those of a shorter one."""
    chance = random.Random(seed + number)  # noqa: S311 - not for secrets
    known = sentences()
    pools = {facet: _terms(facet) for facet in FACETS if facet != "partners"}
    pools["partners"] = [f"Organisation {n + 1}" for n in range(max(20, number // 4))]
    # Some terms are common and some rare, as in any library.
    weights = {facet: [1 / (n + 3) for n in range(len(pool))] for facet, pool in pools.items()}
    days = (LAST_DAY - FIRST_DAY).days
    for n in range(number):
        terms = {}
        for facet in FACETS:
            most = 1 if facet in SINGLE else chance.randint(1, MOST)
            drawn = chance.choices(pools[facet], weights[facet], k=most)
            terms[facet] = list(dict.fromkeys(drawn))
        yield Record(
            id=f"case-{n:05}",
            title=f"Case {n}: {' '.join(chance.choice(known).rstrip('.').split()[:7])}",
            summary=" ".join(chance.sample(known, 3)),
            updated=(FIRST_DAY + timedelta(chance.randrange(days))).isoformat(),
            terms=terms,
            said={facet: [chance.choice(known) for _ in terms[facet]] for facet in CLAIMS},
            body=_body(chance, known),
            links=[f"case-{chance.randrange(number):05}" for _ in range(3)],
        )


def text(record: Record, link: str) -> str:
    """Return the text of a case; `link` is the form of an address, `{}` the id it leads to."""
    found = record.body
    for number, target in enumerate(record.links):
        found = found.replace(f"(LINK{number})", f"({link.format(target)})")
    return found


def with_word(record: Record, word: str) -> Record:
    """Return a case whose text begins with another word."""
    return replace(record, body=record.body.replace(_OPENING, f"{_OPENING}{word}. ", 1))


def with_partner(record: Record, partner: str, updated: str) -> Record:
    """Return a case with one partner more in place of its last, and another date."""
    kept = [name for name in record.terms["partners"][:-1] if name != partner]
    return replace(record, updated=updated, terms={**record.terms, "partners": [*kept, partner]})


@cache
def sentences() -> tuple[str, ...]:
    """Return sentences of the project's own cases, so that words are as long as in life.

    What they say of this library and of who keeps it is left out.
    """
    found: set[str] = set()
    for file in sorted((CONTENT / "cases").glob("*.md")):
        body = file.read_text("utf-8").split("\n---\n", 1)[1]
        prose = (line for line in body.splitlines() if line[:1].isalpha() and "](" not in line)
        found.update(_SENTENCE.findall(" ".join(prose)))
    return tuple(sorted(sentence for sentence in found if not _OURS.search(sentence)))


def read_vocabulary(file: Path) -> dict[str, Any]:
    """Return a vocabulary with every value as text: `no` is Norway."""
    kept: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes text alone
    return kept


def _terms(vocabulary: str) -> list[str]:
    """Return the terms of a shipped vocabulary that are no groups of others, in its order."""
    kept = read_vocabulary(CONTENT / "vocabulary" / f"{vocabulary}.yml")["terms"]
    groups = {term.get("broader") for term in kept}
    return [term["id"] for term in kept if term["id"] not in groups]


def _body(chance: random.Random, known: Sequence[str]) -> str:
    """Return a text with headings, paragraphs, lists, a table, a footnote and links."""

    def said(number: int) -> str:
        return " ".join(chance.sample(known, number))

    rows = "".join(
        f"| {year} | {chance.randint(1, 99)} | {chance.randint(100, 999)} |\n"
        for year in range(2010, 2015)
    )
    parts = [
        f"{_OPENING}{said(4)} See also [an earlier one](LINK0).[^1]",
        said(3),
        f"## What we did\n\n{said(3)}",
        f"- {said(1)}\n- **First**, {said(1)}\n    - {said(1)}\n- {said(1)}",
        f"{said(3)} It was *not* simple.",
        f"## What changed\n\n| Year | Before | After |\n|---|---:|---:|\n{rows}",
        f"{said(4)} [Another](LINK1) saw the same, and so did [a study]({STUDY}).",
        f"## What helped\n\n1. {said(1)}\n2. {said(1)}\n3. {said(1)}",
        said(2),
        f"## What got in the way\n\n> {said(2)}",
        f"{said(3)} Compare [this](LINK2).",
        f"## What we would do differently\n\n{said(4)}",
    ]
    while sum(len(part.split()) for part in parts) < WORDS:
        parts.append(said(2))
    return "\n\n".join(parts) + f"\n\n[^1]: {said(1)}\n"
