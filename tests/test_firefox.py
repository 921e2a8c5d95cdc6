"""Tours of the shipped site in Firefox, from a folder: every page works, and nothing is refused.

To add a tour, add a line to `TOURS`: what a reader opens, clicks, types and sees.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import firefox
from firefox import Firefox, Step, clicks, is_at, opens, presses, sees, types
from looking import EVERY_KIND, KINDS

pytestmark = pytest.mark.browser

SEARCH = "#find-q"
COUNT = "#find-count"

TOURS: Mapping[str, tuple[Step, ...]] = {
    "home": (opens("index.html"), sees("h1", "partnerships"), clicks("main .ways a")),
    "a tick": (
        opens("cases/index.html"),
        clicks(".find-open"),
        clicks("dialog label", "Asia"),
        is_at("#countries=asia"),
        clicks(".find-close"),
        sees(COUNT, "20 of 41"),
    ),
    "before a meeting": (
        opens("prepare/index.html#sector=government&theme=education"),
        sees("#fit li", "mother-tongue"),
        sees("#judged h2", "of"),
    ),
    "a comparison": (
        opens("compare/index.html#rows=constraints&columns=worked"),
        sees("#compare-title", "What got in the way"),
        sees("#compare", "same entry"),
    ),
    "a list of one's own": (
        opens("cases/peru-initiative-against-child-malnutrition.html"),
        clicks(".tools a", "Add to my"),
        sees(".list-cases li", "Peru"),
        opens("my-cases.html#countries=kh"),
        sees(".case-brief h2", "mother-tongue"),
        clicks(".my-cases button", "Add to my list"),
        sees(".list-cases", "Peru"),
    ),
    "from result to result": (
        opens("cases/index.html#countries=kh"),
        clicks(".find h3 a"),
        sees("#results", "1 of 4 results"),
        clicks("#results a", "Next"),
        sees("#results", "2 of 4 results"),
        clicks("#results a", "Previous"),
        sees("#results", "1 of 4 results"),
        clicks("#results a", "1 of 4 results"),
        sees(COUNT, "4 of 41"),
    ),
    "a word": (opens("cases/index.html"), types(SEARCH, "mother tongue"), sees(COUNT, "1 of 41")),
    "the text of a case": (
        opens("cases/index.html"),
        types(SEARCH, "read aloud"),
        sees(COUNT, "1 of 41"),
        sees("main", "sentences are read aloud"),
    ),
    "a state in an address": (opens("cases/index.html#countries=asia"), sees(COUNT, "20 of 41")),
    "a case": (opens(KINDS["case"]), clicks(".trail a", "Find cases"), is_at("cases/index.html")),
    "the search of any page": (
        opens("glossary.html"),
        presses("/", *"mother tongue", "Enter"),
        is_at("cases/index.html#q=mother%20tongue"),
        sees(COUNT, "1 of 41"),
    ),
    "prepare": (opens("prepare/index.html"), clicks("main a", "Government"), sees("h1", "")),
}
"""What a reader does in each tour, step by step."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Firefox]:
    """Give one Firefox for all tours; without one, fail where `CI` is set, else skip."""
    path = firefox.found()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(firefox.NONE)
    with firefox.running(path) as browser:
        yield browser


@pytest.mark.parametrize("tour", TOURS.values(), ids=TOURS)
def test_a_tour_hears_nothing(reader: Firefox, shipped: Path, tour: tuple[Step, ...]) -> None:
    """No step fails, the console stays empty, and nothing is asked of any host."""
    for step in tour:
        step(reader, shipped.as_uri())
    assert (reader.said, reader.asked) == ([], [])


@EVERY_KIND
def test_a_page_of_each_kind_hears_nothing(reader: Firefox, shipped: Path, path: str) -> None:
    """Every kind of page opens from a folder without a message."""
    reader.visit((shipped / path).as_uri())
    assert reader.value("document.querySelector('h1').innerText") != ""
    assert (reader.said, reader.asked) == ([], [])


def test_what_is_refused_is_heard(reader: Firefox, shipped: Path) -> None:
    """A script and a style that came into a page do not run, and the tours would hear of them."""
    text = (shipped / KINDS["case"]).read_text("utf-8")
    spoilt = shipped / "cases/spoilt.html"
    injected = "<script>document.hacked = 1</script><style>h1 { color: red }</style><h1"
    spoilt.write_text(text.replace("<h1", injected, 1), "utf-8")
    try:
        reader.visit(spoilt.as_uri())
        reader.wait("document.readyState === 'complete'")
    finally:
        spoilt.unlink()
    assert reader.value("document.hacked === undefined")
    refused = " ".join(reader.said)
    assert "script-src" in refused
    assert "style-src" in refused
