"""Collation: titles, terms and names stand where readers look for them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossed import words
from generator.base.collation import DIGITS, initial, sort_key
from rows import made, tree
from small import library, snapshot

ROOT = Path(__file__).parent.parent

IN_ORDER = [
    ["Ethiopia", "Évaluation", "evidence", "Zambia"],
    ["Aland", "Åland Islands", "Albania"],
    ["cote", "coté", "côte", "coter"],
    ["Niger", "Níger", "Nigeria"],
    ["Oslo", "Øst", "Otter"],
    ["Łódź", "London"],
    ["œuvre", "offer"],
    ["Straße", "Strata"],
    ["1 partner", "2 partners", "10 partners", "1,000 partners", "partners"],
    ["007", "7", "8"],
    ["phase 2", "phase 10", "phase two"],
    ["0.1-0.5", "0.25", "0.5-1"],
    ["3.9", "3.10 partners"][::-1],
    ["C190", "C29"],
    ["A4", "A10"][::-1],
    ["2 مشروع", "\u0661\u0660 مشروع"],
    ["(A) land", "«Land»", "“Land” law", "Law"],
    ["land", "Land law", "land-use", "landing"],
    ["йод", "кот"],
    ["иск", "йод"],
    ["ёлка", "ель", "жук"],
    ["ΑΒΓ", "άγρα", "βήτα"],
    ["أحمد", "باب"],
    ["Zürich", "ກ", "漢字"],
]


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: words[0])
def test_the_order(words: list[str]) -> None:
    """However a list is shuffled, it is sorted into the same order."""
    for shuffled in itertools.permutations(words):
        assert sorted(shuffled, key=sort_key) == words


@given(st.text(), st.text())
def test_no_two_texts_share_a_key(one: str, other: str) -> None:
    """So a list never keeps the order in which its parts came."""
    assert (sort_key(one) == sort_key(other)) is (one == other)


@given(st.text(alphabet=st.characters(max_codepoint=127)), st.sampled_from("éØ漢"))
def test_ascii_takes_no_other_way(text: str, sign: str) -> None:
    """A text without accents has the same letters whether or not a sign after it has one."""
    letters = sort_key(text).partition("\0")[0]
    assert sort_key(f"{text} {sign}").startswith(f"{letters} " if letters else "")


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_are_sorted_by_value(one: int, other: int) -> None:
    """With and without commas between thousands."""
    keys = sort_key(f"{one:,} partners"), sort_key(f"{other} partners")
    assert (keys[0] < keys[1]) is (one < other or (one == other and f"{one:,}" < f"{other}"))


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Évaluation", "E"),
        ("«Land»", "L"),
        ("øst", "O"),
        ("10 partners", DIGITS),
        ("4x", DIGITS),
        ("Йод", "Й"),
        ("漢字", "漢"),
        ("…", ""),
        ("", ""),
    ],
)
def test_the_letter_of_a_list_from_a_to_z(text: str, letter: str) -> None:
    """It is the one among which the text is sorted."""
    assert initial(text) == letter


SORTING = re.compile(r"(?:sorted|\.sort)\(.*(?:casefold|\.lower)\(|\|\s*(?:dict)?sort\b")
"""A list of words that is sorted by something else."""


def test_nothing_is_sorted_by_another_key() -> None:
    """No module and no template puts words in an order of its own."""
    files = [*(ROOT / "generator").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    lines = ((file.name, line) for file in files for line in file.read_text("utf-8").splitlines())
    assert len(files) > 200
    assert [line for line in lines if SORTING.search(line[1])] == []


TITLES = ["2 partners", "10 partners", "Éthiopie", "Evidence", "Évidence", "Zambia"]


def test_the_lists_of_a_site_follow_it(tmp_path: Path) -> None:
    """Cases stand by their titles, terms with as many cases by their labels, names from A to Z."""
    files = made(
        library(
            tmp_path,
            **{
                f"case-{n}": snapshot(title).replace("partners: UNICEF", f"partners: {title}")
                for n, title in enumerate(reversed(TITLES))
            },
        )
    )
    for path in ("cases/index.html", "countries/la.html", "partners/index.html"):
        titles = [words(a) for a in tree(files[path]).findall(".//main//a") if words(a) in TITLES]
        assert list(dict.fromkeys(titles)) == TITLES, path
    nav = tree(files["partners/index.html"]).findall(".//nav[@aria-label='A to Z']//a")
    assert [words(a) for a in nav] == [DIGITS, "E", "Z"]
