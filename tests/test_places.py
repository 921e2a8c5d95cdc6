"""Countries: by region with their cases and years, on a map; all numbers are those of the files."""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.pages.places import DOT
from generator.pages.world import world
from plainly import Plainly
from rows import made, tree
from small import library, snapshot

PATH = "countries/index.html"
SVG = "{http://www.w3.org/2000/svg}"
MOST = 60_000
"""Bytes of the page, compressed, and of the outlines."""


def drawn(content: bytes) -> dict[str, int]:
    """Return the numbers of the dots on the map by country; the area of a dot tells it too."""
    found = {}
    for link in tree(content).iter(f"{SVG}a"):
        name, _, number = words(link.find(f"./{SVG}title")).rpartition(": ")
        radius = int(link.find(f"./{SVG}circle").get("r"))
        assert abs(radius - DOT * math.sqrt(int(number))) <= 1
        found[name] = int(number)
    return found


def listed(content: bytes) -> dict[str, int]:
    """Return how many cases each place of the lists has: those that are named, else its number."""
    found: dict[str, int] = {}
    for item in tree(content).iterfind(".//ul[@class='places']/li"):
        names = item.findall("./ul/li")
        number = len(names) or int(words(item.find("./span")).split()[0])
        assert found.setdefault(words(item.find("./a")), number) == number
    return found


def regions(content: bytes) -> list[tuple[str, str, int]]:
    """Return the headings of regions: the level, the label, the number."""
    main = tree(content).find(".//div[@class='main']")
    heads = [h for h in main.iter() if h.tag in {"h2", "h3", "h4"} and h.find("./span") is not None]
    return [(h.tag, words(h.find("./a")), int(words(h.find("./span")).split()[0])) for h in heads]


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
    """The lists count the cases whose files name a country, and the map says the same."""
    counts = {label: len(cases) for label, cases in plain.index()["countries"].items()}
    expected = {label: n for label, n in counts.items() if label not in group_labels(plain)}
    assert {"Global": expected["Global"], **listed(shipped_page)} == expected
    assert drawn(shipped_page) == {name: n for name, n in expected.items() if name != "Global"}
    assert len(gzip.compress(shipped_page)) < MOST


def test_the_regions_count_distinct_cases(shipped_page: bytes, plain: Plainly) -> None:
    """A case in two countries of a region counts once in it, and in each region around that."""
    counts = {label: len(cases) for label, cases in plain.index()["countries"].items()}
    named = group_labels(plain) & counts.keys()
    assert len(named) > 5
    assert {label: number for _, label, number in regions(shipped_page)} == {
        name: counts[name] for name in (*named, "Global")
    }


def test_a_region_stands_within_the_one_it_is_in(tmp_path: Path) -> None:
    """And has a page of its own, which leads to its cases; one without a case is not there."""
    one = snapshot("One").replace("Laos", "[Kenya, Uganda, Mali]")
    two = snapshot("Two").replace("Laos", "[Mali, Kosovo, Taiwan]")
    example = snapshot("Three", "record_type: indicative-example\n").replace("Laos", "Peru")
    files = made(library(tmp_path, a=one, b=two, c=example))
    assert regions(files[PATH]) == [
        ("h2", "Africa", 2),
        ("h3", "Sub-Saharan Africa", 2),
        ("h4", "Western Africa", 2),
        ("h4", "Eastern Africa", 1),
        ("h2", "Asia", 1),
        ("h3", "Eastern Asia", 1),
        ("h2", "Europe", 1),
        ("h3", "Southern Europe", 1),
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
    assert listed(page) == {"Antarctica": 1, "Global": 1, "Laos": 1}
    assert drawn(page) == {"Laos": 1}
    text = built.read(PATH, page).text
    assert "2 of 3 case studies name a place: 1 country, Antarctica and Global." in text
    assert "\nUnknown in 1\n" in text
    assert "Not on the map: Antarctica and Global." in text
    assert "the numbers add up to more than 2." in text
    assert "Peru" not in text


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("{start: 2011-05, end: 2014}", "2011–2014"),
        ("{start: 2011, end: 2011-12}", "2011"),
        ("{start: 2011}", "from 2011"),
        ("{start: 2011, end: unknown}", "from 2011"),
        ("unknown", ""),
    ],
)
def test_years_stand_beside_a_case(tmp_path: Path, period: str, expected: str) -> None:
    """The years in which it began and ended, as far as they are known."""
    page = made(library(tmp_path, one=snapshot("One", f"period: {period}\n")))[PATH]
    (item,) = tree(page).iterfind(".//ul[@class='places']/li/ul/li")
    assert words(item) == f"One {expected}".strip()


def test_many_cases_are_a_number(tmp_path: Path) -> None:
    """From five on a country has a number, and its page has the cases."""
    files = made(library(tmp_path, **{f"c{n}": snapshot(f"C {n}") for n in range(5)}))
    (item,) = tree(files[PATH]).iterfind(".//ul[@class='places']/li")
    assert words(item) == "Laos 5 of 5"
    assert item.find("./a").get("href") == "la.html"


def test_the_former_address_leads_on(shipped_files: Mapping[str, bytes]) -> None:
    """The map and the index were two pages that said the same."""
    assert b'url=countries/index.html"' in shipped_files["places.html"]


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
