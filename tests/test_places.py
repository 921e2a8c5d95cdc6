"""Places: the map and the table hold the same numbers, and both are those of the files."""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.pages.places import MIN_DISTANCE, spread
from generator.pages.world import Country, world
from plainly import Plainly
from rows import made, table, tree
from small import library, snapshot

PATH = "places.html"
SVG = "{http://www.w3.org/2000/svg}"
MOST = 60_000
"""Bytes of the page, compressed, and of the outlines."""


def drawn(content: bytes) -> dict[str, int]:
    """Return the numbers on the map by country, as they are printed and as their titles say."""
    found = {}
    for link in tree(content).iter(f"{SVG}a"):
        if (title := link.find(f"./{SVG}title")) is not None:
            name, _, number = words(title).rpartition(": ")
            assert words(link.find(f"./{SVG}text")) == number
            found[name] = int(number)
    return found


def group_labels(plain: Plainly) -> set[str]:
    """Return the labels of the shipped vocabulary's regions."""
    terms = plain.terms["countries"]
    broader = {term["broader"] for term in terms if "broader" in term}
    return {term["label"] for term in terms if term["id"] in broader}


@pytest.fixture(scope="module")
def shipped_page(shipped_files: Mapping[str, bytes]) -> bytes:
    """Give the page of the shipped library."""
    return shipped_files[PATH]


def test_the_numbers_are_those_of_the_files(shipped_page: bytes, plain: Plainly) -> None:
    """The table counts the cases whose files name a country, and the map says the same."""
    counts = {label: len(cases) for label, cases in plain.index()["countries"].items()}
    regions = group_labels(plain)
    expected = {label: number for label, number in counts.items() if label not in regions}
    assert table(shipped_page, "Countries") == {name: [n] for name, n in expected.items()}
    assert drawn(shipped_page) == {name: n for name, n in expected.items() if name != "Global"}
    assert len(gzip.compress(shipped_page)) < MOST


def test_the_regions_count_distinct_cases(shipped_page: bytes, plain: Plainly) -> None:
    """A case in two countries of a region counts once in it, and in each region around that."""
    counts = {label: len(cases) for label, cases in plain.index()["countries"].items()}
    regions = group_labels(plain) & counts.keys()
    assert len(regions) > 5
    assert regions_told(shipped_page) == {name: counts[name] for name in regions}


def regions_told(page: bytes) -> dict[str, int]:
    """Return the numbers in the table of regions."""
    return {row[0]: int(row[2]) for row in region_rows(page)}


def region_rows(page: bytes) -> list[list[str]]:
    """Return the rows of the table of regions: each its name, what it is within, its number."""
    (found,) = [e for e in tree(page).iter("div") if e.get("aria-label") == "Regions"]
    return [[words(cell) for cell in row] for row in found.iter("tr")][1:]


def test_a_region_stands_after_the_one_it_is_within(tmp_path: Path) -> None:
    """And has a page of its own, which leads to its cases; one without a case is not there."""
    one = snapshot("One").replace("Laos", "[Kenya, Uganda, Mali]")
    two = snapshot("Two").replace("Laos", "[Mali, Kosovo, Taiwan]")
    example = snapshot("Three", "record_type: indicative-example\n").replace("Laos", "Peru")
    files = made(library(tmp_path, a=one, b=two, c=example))
    assert region_rows(files[PATH]) == [
        ["Africa", "", "2"],
        ["Sub-Saharan Africa", "Africa", "2"],
        ["Western Africa", "Sub-Saharan Africa", "2"],
        ["Eastern Africa", "Sub-Saharan Africa", "1"],
        ["Asia", "", "1"],
        ["Eastern Asia", "Asia", "1"],
        ["Europe", "", "1"],
        ["Southern Europe", "Europe", "1"],
    ]
    text = built.read("countries/eastern-africa.html", files["countries/eastern-africa.html"]).text
    assert "[One](" in text
    assert "[Two](" not in text
    assert set(drawn(files[PATH])) == {"Kenya", "Uganda", "Mali", "Kosovo", "Taiwan"}


def test_what_is_on_no_map_is_told_in_words(tmp_path: Path) -> None:
    """What the map does not hold, what is unknown, and several countries in one case are told."""
    one = snapshot("One").replace("countries: Laos", "countries: [Laos, Global]")
    two = snapshot("Two").replace("countries: Laos", "countries: Antarctica")
    three = snapshot("Three").replace("countries: Laos", "countries: unknown")
    example = snapshot("Four", "record_type: indicative-example\n").replace("Laos", "Peru")
    page = made(library(tmp_path, a=one, b=two, c=three, d=example))[PATH]
    assert table(page, "Countries") == {"Antarctica": [1], "Global": [1], "Laos": [1]}
    assert drawn(page) == {"Laos": 1}
    text = built.read(PATH, page).text
    assert "2 of 3 case studies name a place: 1 country, Antarctica and Global." in text
    assert "\nUnknown in 1\n" in text
    assert "\n1 of 3 case studies names [Antarctica](countries/aq.html)." in text
    assert "the numbers add up to more than 2." in text
    assert "Peru" not in text


def test_a_model_without_places_has_no_such_page(tmp_path: Path) -> None:
    """Where the model names no facet of countries, there is neither the page nor a link to it."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    pages = b"".join(content for path, content in files.items() if path.endswith(".html"))
    assert PATH not in files
    assert PATH.encode() not in pages


def test_the_outlines_are_small_and_known_by_their_codes(plain: Plainly) -> None:
    """The outlines fit the page; of the shipped vocabulary only specks of land are not drawn."""
    file = built.SHIPPED / "generator/pages/world.json"
    regions = group_labels(plain)
    codes = {term["id"] for term in plain.terms["countries"] if term["label"] not in regions}
    assert file.stat().st_size < MOST
    assert codes - world().countries.keys() == {"global", "aq", "cc", "cx", "tk"}
    assert world().countries.keys() <= codes
    assert all(
        0 <= country.x <= world().width and 0 <= country.y <= world().height
        for country in world().countries.values()
    )


def test_no_number_stands_on_another() -> None:
    """Numbers that would lie on each other are parted by just as much, and others stay."""
    points = [(100, 100), (100, 100), (120, 100), (500, 500)]
    found = spread([Country(path="", x=x, y=y) for x, y in points])
    gaps = [math.dist(one, other) for i, one in enumerate(found) for other in found[:i]]
    assert min(gaps) > MIN_DISTANCE - 1
    assert found[3] == (500.0, 500.0)
