"""Tests of strength: computed from the sources a claim cites, exactly as the record says."""

from __future__ import annotations

import pytest

from generator.model.value import Value
from generator.records.strength import strength
from postmortems import model

SOURCES: list[Value] = [
    {"id": "own", "kind": "chat", "external": "no"},
    {"id": "own-trace", "kind": "trace", "external": "no"},
    {"id": "maybe", "kind": "ticket", "external": "unknown"},
    {"id": "unsaid", "kind": "ticket"},
    {"id": "outside", "kind": "trace", "external": "yes"},
    {"id": "outside-too", "kind": "trace", "external": "yes"},
    {"id": "outside-vague", "kind": "unknown", "external": "yes"},
    {"id": "unknown", "kind": "chat", "external": "yes"},
]

CASES: list[tuple[Value | None, str, int]] = [
    (None, "", 0),
    ("unknown", "", 0),
    (["nowhere"], "", 0),
    (["own"], "", 1),
    (["own", "own-trace"], "Nothing else.", 1),
    (["maybe"], "", 1),
    (["unsaid", "own"], "", 1),
    (["outside"], "", 2),
    (["outside", "outside-too"], "Nothing else.", 2),
    (["outside-vague"], "", 2),
    (["outside", "outside-vague"], "", 2),
    (["own", "outside-vague"], "", 2),
    (["own", "outside"], "", 3),
    (["unsaid", "outside"], "unknown", 3),
    (["own", "outside"], "Nothing else.", 4),
]


@pytest.mark.parametrize(("cited", "rivals", "expected"), CASES)
def test_the_strength_of_a_claim(cited: Value | None, rivals: str, expected: int) -> None:
    """Nothing, one's own word, an outsider's, two kinds, and other explanations addressed."""
    entry: dict[str, Value] = {"factor": "load"}
    entry |= {"logs": cited} if cited else {}
    entry |= {"otherwise": rivals} if rivals else {}
    made = model()
    found = strength(entry, made.fields["contributing_factors"], {"logs": list(SOURCES)}, made)
    assert found == expected


def test_entries_that_cite_nothing_have_no_strength() -> None:
    """A field whose entries cannot point to a source is not weighed."""
    made = model()
    assert strength({"name": "us"}, made.fields["vendors"], {}, made) is None
