"""The two corpora of the benchmark: cases of real shape, the same for every program and run.

`light(n)` yields n cases that say one sentence of each term. `dense(n)` yields the same cases with
four success factors and four constraints, each with words of its own, a response and its sources.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
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
"""The facets of which a case claims something for each term, and the key that holds the term."""

DENSE = {"success_factors": 4, "constraints": 4}
"""How many terms a case of the dense corpus has in these facets; each is a claim with evidence."""

SINGLE = frozenset({"focus", "form"})
"""The facets that have one term in a case."""

MOST = 4
"""The most terms that a case has in one of the other facets."""

FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2025, 12, 31)
"""Between these days the cases were last changed."""

FIRST_YEAR, LAST_YEAR = 1995, 2024
"""Partnerships began and ended in these years; one in four has not ended."""

SOURCES = (3, 6)
"""The least and the most sources of a case of the dense corpus."""

CITED = (2, 3)
"""The least and the most sources that a claim of the dense corpus cites."""

STUDY = "https://example.org/study?year=2019"
"""Every case links to this page elsewhere."""

_OURS = re.compile(r"\b(?:editor|library|coding|coded|this record)\b")
_SENTENCE = re.compile(r"[A-Z][^.!?\[\]*_`<>|]{30,180}[.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a case says of one of its terms; what is empty was not said.

    `evidence` are ids of the case's sources.
    """

    term: str
    what: str
    response: str = ""
    worked: str = ""
    influence: str = ""
    evidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source that claims of a case cite by its id."""

    id: str
    kind: str
    citation: str
    url: str
    date: str
    independent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One case: its fields, and its text with LINK0 to LINK2 for the addresses in `links`.

    `period` is the year it began and the year it ended, the latter empty while it goes on.
    `claims` holds, for each facet in CLAIMS, one claim for each of its terms, in their order.
    """

    id: str
    title: str
    summary: str
    updated: str
    period: tuple[str, str]
    terms: Mapping[str, Sequence[str]]
    claims: Mapping[str, Sequence[Claim]]
    sources: Sequence[Source] = ()
    body: str
    links: Sequence[str]


def light(number: int, seed: int = 20261122) -> Iterator[Record]:
    """Yield that many cases; those of a longer corpus do not begin with those of a shorter one."""
    chance = random.Random(seed + number)  # noqa: S311 - not for secrets
    known = sentences()
    pools = {facet: terms(facet) for facet in FACETS if facet != "partners"}
    pools["partners"] = [f"Organisation {n + 1}" for n in range(max(20, number // 4))]
    days = (LAST_DAY - FIRST_DAY).days
    for n in range(number):
        drawn = {}
        for facet in FACETS:
            most = 1 if facet in SINGLE else chance.randint(1, MOST)
            drawn[facet] = list(dict.fromkeys(_draw(chance, pools[facet], most)))
        yield Record(
            id=f"case-{n:05}",
            title=f"Case {n}: {' '.join(chance.choice(known).rstrip('.').split()[:7])}",
            summary=" ".join(chance.sample(known, 3)),
            updated=(FIRST_DAY + timedelta(chance.randrange(days))).isoformat(),
            period=_period(chance),
            terms=drawn,
            claims={
                facet: [Claim(term=term, what=chance.choice(known)) for term in drawn[facet]]
                for facet in CLAIMS
            },
            body=_body(chance, known),
            links=[f"case-{chance.randrange(number):05}" for _ in range(3)],
        )


def dense(number: int, seed: int = 20261122) -> Iterator[Record]:
    """Yield the cases of `light` with many claims, each with words that no other claim has."""
    chance = random.Random(seed - number)  # noqa: S311 - not for secrets
    pools = {facet: terms(facet) for facet in DENSE}
    for record in light(number, seed):
        drawn = {
            **record.terms,
            **{facet: _distinct(chance, pools[facet], most) for facet, most in DENSE.items()},
        }
        sources = _sources(chance, record)
        claims = {
            facet: [
                _claim(chance, facet, term, f"{record.id}-{facet[:3]}-{n}", sources)
                for n, term in enumerate(drawn[facet])
            ]
            for facet in CLAIMS
        }
        yield replace(record, terms=drawn, claims=claims, sources=sources)


CORPORA: Mapping[str, Callable[[int], Iterator[Record]]] = {"light": light, "dense": dense}
"""Every corpus by its name: from a number of cases to those cases."""


def text(record: Record, link: str) -> str:
    """Return the text of a case; `link` is the form of an address, `{}` the id it leads to."""
    found = record.body
    for number, target in enumerate(record.links):
        found = found.replace(f"(LINK{number})", f"({link.format(target)})")
    return found


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


@cache
def terms(vocabulary: str) -> Sequence[str]:
    """Return the terms of a shipped vocabulary that are no groups of others, in its order."""
    kept = read_vocabulary(CONTENT / "vocabulary" / f"{vocabulary}.yml")["terms"]
    groups = {term.get("broader") for term in kept}
    return [term["id"] for term in kept if term["id"] not in groups]


def _draw(chance: random.Random, pool: Sequence[str], number: int) -> list[str]:
    """Return terms of a pool, the first ones most often: some are rare in any library."""
    return chance.choices(pool, cum_weights=_weights(len(pool)), k=number)


@cache
def _weights(number: int) -> Sequence[float]:
    """Return how often each term of a pool is drawn, each added to those before it."""
    return tuple(accumulate(1 / (n + 3) for n in range(number)))


def _distinct(chance: random.Random, pool: Sequence[str], number: int) -> list[str]:
    """Return so many different terms of a pool, which must have as many."""
    drawn: dict[str, None] = {}
    while len(drawn) < number:
        drawn.update(dict.fromkeys(_draw(chance, pool, number - len(drawn))))
    return list(drawn)


def _period(chance: random.Random) -> tuple[str, str]:
    """Return the years of a partnership, the second empty for one in four."""
    start = chance.randint(FIRST_YEAR, LAST_YEAR)
    end = chance.randint(start, LAST_YEAR)
    return str(start), "" if chance.random() < 1 / 4 else str(end)


def _sources(chance: random.Random, record: Record) -> list[Source]:
    """Return the sources of a case; their ids are its own."""
    return [
        Source(
            id=f"source-{n}",
            kind=chance.choice(terms("evidence_kind")),
            citation=f"Study {n} of {record.id}: {chance.choice(sentences())}",
            url=f"https://example.org/{record.id}/{n}",
            date=str(chance.randint(FIRST_YEAR, LAST_YEAR)),
            independent=chance.choice(terms("yes_no")),
        )
        for n in range(chance.randint(*SOURCES))
    ]


def _claim(
    chance: random.Random, facet: str, term: str, note: str, sources: Sequence[Source]
) -> Claim:
    """Return a claim that cites several sources; `note` sets its words apart from all others."""
    cited = chance.sample(sources, chance.randint(*CITED))
    return Claim(
        term=term,
        what=f"{' '.join(chance.sample(sentences(), 2))} Field note {note} says so.",
        response=f"{chance.choice(sentences())} So says {note}." if facet == "constraints" else "",
        worked=chance.choice(terms("worked")) if facet == "constraints" else "",
        influence=chance.choice(terms("influence")) if facet == "contexts" else "",
        evidence=[source.id for source in cited],
    )


def _body(chance: random.Random, known: Sequence[str]) -> str:
    """Return a text with headings, paragraphs, lists, a table, a footnote and links."""

    def prose(number: int) -> str:
        return " ".join(chance.sample(known, number))

    rows = "".join(
        f"| {year} | {chance.randint(1, 99)} | {chance.randint(100, 999)} |\n"
        for year in range(2010, 2015)
    )
    parts = [
        f"## Situation\n\n{prose(4)} See also [an earlier one](LINK0).[^1]",
        prose(3),
        f"## What we did\n\n{prose(3)}",
        f"- {prose(1)}\n- **First**, {prose(1)}\n    - {prose(1)}\n- {prose(1)}",
        f"{prose(3)} It was *not* simple.",
        f"## What changed\n\n| Year | Before | After |\n|---|---:|---:|\n{rows}",
        f"{prose(4)} [Another](LINK1) saw the same, and so did [a study]({STUDY}).",
        f"## What helped\n\n1. {prose(1)}\n2. {prose(1)}\n3. {prose(1)}",
        prose(2),
        f"## What got in the way\n\n> {prose(2)}",
        f"{prose(3)} Compare [this](LINK2).",
        f"## What we would do differently\n\n{prose(4)}",
    ]
    while sum(len(part.split()) for part in parts) < WORDS:
        parts.append(prose(2))
    return "\n\n".join(parts) + f"\n\n[^1]: {prose(1)}\n"
