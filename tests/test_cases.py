"""Runs `cases/*.md`: what an author writes, and all that is said about it.

Under each heading stand one or more `case` blocks, named by their file, and a `problems` block. A
block holds only the fields that matter; what else a snapshot needs is added after them. A line
`---` in it begins the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from built import outlined
from generator.base.problem import sorted_problems
from generator.library.cross_record_checks import cross_record_problems
from generator.model.record import Model
from generator.records.parse import parse
from generator.records.read_file import SourceText
from postmortems import declared

HERE = Path(__file__).parent / "cases"
CONTENT = Path(__file__).parent.parent / "content"
SOUND = """\
title: A title
summary: A summary.
updated: 2026-11-22
countries: Laos
focus: ownership-of-model
partners: UNICEF
our_role: leading
success_factors: trusted-relationship
"""
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^````case (\S+)\n(.*?)^````\n", re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r"^```problems\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Given:
    """One section of a file: what is written in which file, and what is expected."""

    file: Path
    title: str
    cases: tuple[tuple[str, str], ...]
    expected: str


def sections(file: Path) -> list[Given]:
    """Return the sections of a file in order."""
    found = []
    for match in SECTION.finditer(file.read_text("utf-8")):
        blocks = tuple((name, text) for name, text in BLOCK.findall(match[2]))
        expected = EXPECTED.search(match[2])
        assert expected, f"{file.name}: {match[1]} has no problems block"
        found.append(Given(file, match[1], blocks, expected[1]))
    return found


@cache
def shipped() -> Model:
    """Return the model that ships with the tool."""
    files = sorted((CONTENT / "vocabulary").glob("*.yml"))
    texts = {file.stem: file.read_text("utf-8") for file in files}
    made, problems = declared((CONTENT / "record.yml").read_text("utf-8"), **texts)
    assert made is not None, problems
    return made


def whole(written: str) -> str:
    """Return a case file: what was written, then what else a snapshot needs."""
    fields, _, body = written.partition("---\n")
    own = set(re.findall(r"^(\w+):", fields, re.MULTILINE))
    without = set(re.findall(r"^# without (\w+)", fields, re.MULTILINE))
    rest = [line for line in SOUND.splitlines() if line.partition(":")[0] not in own | without]
    return "\n".join(["---", *fields.splitlines(), *rest, "---", body])


def said(given: Given) -> str:
    """Return all problems of a section, each on a line with its hint on the next."""
    model = shipped()
    sources = [SourceText(f"content/cases/{name}", whole(text)) for name, text in given.cases]
    parsed = [parse(source, model, {"visibility": "public"}) for source in sources]
    problems = [problem for one in parsed for problem in one.problems]
    outlines, words = outlined([one.case for one in parsed if one.case], model)
    problems += cross_record_problems(outlines, model, [one.id for one in parsed], words)
    lines = [str(problem).removeprefix("content/cases/") for problem in sorted_problems(problems)]
    return "".join(f"{line}\n" for line in lines) or "none\n"


ALL = [given for file in sorted(HERE.glob("*.md")) for given in sections(file)]


@pytest.mark.parametrize("given", ALL, ids=[f"{g.file.stem}: {g.title}" for g in ALL])
def test_what_authors_are_told(given: Given, *, update_golden: bool) -> None:
    """Each section's records have the problems that stand below them, and no others."""
    found = said(given)
    if update_golden:
        text = given.file.read_text("utf-8")
        before, heading, after = text.partition(f"## {given.title}\n")
        fresh = EXPECTED.sub(lambda _: f"```problems\n{found}```\n", after, count=1)
        given.file.write_text(before + heading + fresh, "utf-8")
    else:
        assert found == given.expected


def test_no_two_sections_have_one_title() -> None:
    """A section is found by its title."""
    titles = [(given.file, given.title) for given in ALL]
    assert len(titles) == len(set(titles)) > 40
