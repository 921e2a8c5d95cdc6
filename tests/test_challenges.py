"""The known challenges: each case answers, does not know, or is silent, and counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from crossed import words
from plainly import Plainly, listed
from rows import made, section, table
from small import library, snapshot

GLANCE = "The four known challenges at a glance"
NAMES = {
    "funding": "Funding",
    "team-structure": "Team structure and functions",
    "capacities": "Capacities",
    "learning": "Learning",
}

LAND = """\
challenges:
  - {challenge: funding, met: 'yes', response: A donor paid for a coordinator., worked: partly}
  - {challenge: funding, met: 'no'}
  - {challenge: learning, met: unknown, response: unknown}
"""
WATER = """\
challenges:
  - {challenge: funding, met: 'yes'}
  - {challenge: learning, met: 'no'}
"""


def test_numbers_agree_with_the_files(shipped_files: Mapping[str, bytes], plain: Plainly) -> None:
    """Every challenge has a row, and each row counts each counted case once, as its file says."""
    expected = {}
    for id_, label in NAMES.items():
        said: Counter[str] = Counter()
        for front in plain.counted().values():
            whole = listed(front.get("challenges"))
            own = [e["met"] for e in whole if isinstance(e, dict) and e["challenge"] == id_]
            answers = [word for word in ("yes", "no") if word in own]
            lacking = "unknown" if own or "unknown" in whole else "silent"
            said[answers[0] if answers else lacking] += 1
        expected[label] = [said[word] for word in ("yes", "no", "unknown", "silent")]
    assert table(shipped_files["challenges.html"], GLANCE) == expected
    assert {sum(row) for row in expected.values()} == {len(plain.counted())}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the page of four cases and an example."""
    root = library(
        tmp_path_factory.mktemp("small"),
        air=snapshot("Air", "challenges: unknown\n"),
        fire=snapshot("Fire"),
        land=snapshot("Land", LAND),
        water=snapshot("Water", WATER),
        dream=snapshot("Dream", f"record_type: indicative-example\n{LAND}"),
    )
    return made(root)["challenges.html"]


def test_unknown_is_not_silence(page: bytes) -> None:
    """A case that met it once has met it; unknown and not said stand apart; nobody is left out."""
    assert table(page, GLANCE) == {
        "Funding": [2, 0, 1, 1],
        "Team structure and functions": [0, 0, 1, 3],
        "Capacities": [0, 0, 1, 3],
        "Learning": [0, 1, 2, 1],
    }


def test_responses_are_told(page: bytes) -> None:
    """A challenge has its responses in words, whether they worked, and who recorded none."""
    text = words(section(page, "challenges-funding"))
    assert "Was it met? yes in 2, unknown in 1, nothing said in 1; of 4 case studies" in text
    assert "Did the response work? partly in 1; of 1 with a response recorded" in text
    assert "A donor paid for a coordinator." in text
    assert "Met, and no response recorded, in 1: Water." in text
    nobody = words(section(page, "challenges-capacities"))
    assert "No case study records what was done about it." in nobody
