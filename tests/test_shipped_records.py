"""Tests that the records which ship with the tool keep the rules of docs/writing.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from source_runs import DIGESTS, digest, runs

CONTENT = Path(__file__).parent.parent / "content"
FILES = sorted((CONTENT / "cases").glob("*.md"))

CAUSES = re.compile(
    r"\b(led to|leads? to|result(ed|s) in|as a result|thanks to|brought about|gave rise to"
    r"|made possible|made it possible|caused|because of (it|this|the (project|partnership))|won"
    r"|undid|triggered|paid off)\b",
    re.IGNORECASE,
)
SOMEBODY_SAYS = re.compile(
    r"\b(said|says?|judge[sd]?|judgement|according|review|report(s|ed)?|authors?|source|paper|page"
    r"|evaluat\w+|study|studies|synthesis|think|thought|would|could|not|whether|how much|if|how)\b",
    re.IGNORECASE,
)
NOT_PROSE = {"citation", "url", "archived_url", "name", "id"}


def typed(text: str) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Return what stands in YAML, each scalar as it was typed."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes strings, lists and mappings


@cache
def record(file: Path) -> tuple[dict[str, Any], str]:
    """Return the fields of a record, all words as they were typed, and its text."""
    _, front, body = file.read_text("utf-8").split("---\n", 2)
    return typed(front), body


@cache
def all_fields() -> tuple[dict[str, Any], ...]:
    """Return the fields of each record that ships."""
    return tuple(record(file)[0] for file in FILES)


def texts(value: object) -> Iterator[str]:
    """Yield the prose in a value: not names, sources and addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in NOT_PROSE:
                yield from texts(one)


def prose(file: Path) -> list[str]:
    """Return each text of a record: fields one by one, and the paragraphs of its body."""
    fields, body = record(file)
    paragraphs = [re.sub(r"\]\([^)]*\)", "]", part) for part in body.split("\n\n")]
    return [*texts(fields), *paragraphs]


def claims(field: str) -> list[dict[str, str]]:
    """Return the claims of a field in all real records."""
    return [
        claim
        for fields in all_fields()
        if fields.get("record_type") != "indicative-example"
        for claim in fields.get(field, [])
        if isinstance(claim, dict)
    ]


def labels() -> set[str]:
    """Return the names of all countries, as a title might begin with them."""
    countries = typed((CONTENT / "vocabulary/countries.yml").read_text("utf-8"))
    return {term["label"] for term in countries["terms"]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_summary_has_sixty_words_at_most(file: Path) -> None:
    """A summary is read on a card: sixty words are what docs/writing.md asks for."""
    assert len(record(file)[0]["summary"].split()) <= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_title_is_short_and_says_what_happened(file: Path) -> None:
    """A title fits two lines of a telephone, and does not begin with a country and a comma."""
    title = record(file)[0]["title"]
    assert len(title) <= 70
    assert title.partition(",")[0] not in labels()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_says_that_one_thing_brought_about_another(file: Path) -> None:
    """Where a source judges so, the sentence says that it is the source which does."""
    sentences = [s for text in prose(file) for s in re.split(r"(?<=[.?!])\s", text)]
    found = [s for s in sentences if CAUSES.search(s) and not SOMEBODY_SAYS.search(s)]
    assert found == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_run_of_eight_words_is_a_source_s_own(file: Path) -> None:
    """Facts are carried over, and sentences are not."""
    known = set(DIGESTS.read_text("ascii").split())
    copied = [run for text in prose(file) for run in runs(text) if digest(run) in known]
    assert copied == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_who_calls_a_source_independent_says_why(file: Path) -> None:
    """Where a source is called independent a note says what shows it."""
    for source in record(file)[0].get("evidence", []):
        assert source.get("independent") != "yes" or source.get("strength_note")


def test_what_the_library_holds() -> None:
    """It holds real partnerships, some that did not go as hoped, and the note's examples."""
    kinds = [fields.get("record_type", "snapshot") for fields in all_fields()]
    assert kinds.count("indicative-example") == 21
    assert len(kinds) - 21 >= 41


def test_seven_partnerships_did_not_go_as_hoped() -> None:
    """They stalled or ended early, or what they wanted did not come about or was undone."""
    sad = [
        fields
        for fields in all_fields()
        if fields.get("status") in {"stalled", "ended-early", "dormant"}
        or any(
            outcome.get("achieved") in {"not", "reversed"}
            for outcome in fields.get("outcomes", [])
            if isinstance(outcome, dict)
        )
    ]
    assert len(sad) >= 7


def test_twelve_constraints_have_a_response_that_was_tried() -> None:
    """Only what was tried has a result; advice has none."""
    tried = [c for c in claims("constraints") if c.get("response", "unknown") != "unknown"]
    assert len(tried) >= 12
    assert not [c for c in claims("constraints") if "worked" in c and "response" not in c]


def test_examples_begin_each_in_its_own_way() -> None:
    """A list of them can be scanned."""
    examples = [f for f in all_fields() if f.get("record_type") == "indicative-example"]
    beginnings = [" ".join(fields["summary"].split()[:3]) for fields in examples]
    assert len(set(beginnings)) == len(beginnings)
