"""Tests of names that are nearly alike: one organisation in two ways, and two organisations."""

from __future__ import annotations

import pytest

from generator.library.alike_names import AlikeNames
from trouble import spent


def alike(one: str, other: str) -> bool:
    """Tell whether the second of two names is found to be nearly the first."""
    names = AlikeNames()
    assert names.add(one, (one, "a.md")) is None
    return names.add(other, (other, "b.md")) == (one, "a.md")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Agriculture", "Min. of Agriculture"),
        ("Ministry of Agriculture", "Ministry of Agriculure"),
        ("Ministry of Agriculture", "Agriculture Ministry"),
        ("Ministry of Agriculture (MoA)", "Ministry of Agriculture"),
        ("Ministry of Agriculture (MoA)", "MOA"),
        ("Ministère de l'Éducation", "Ministere de l'Education"),
        ("Nepal Farmers' Union", "Nepal Farmers Union"),
        ("Nepal Women's Union", "Nepal Women Union"),
        ("Smith & Sons", "Smith and Sons"),
        ("The Carter Center", "Carter Center"),
        ("Handicap-International", "Handicap International"),
        ("Univ. of Dhaka", "University of Dhaka"),
        ("U.N.H.C.R.", "UNHCR"),
        ("Save the Children", "Save the Childern"),
        ("World Bank", "World Bnak"),
    ],
)
def test_one_name_in_two_ways(one: str, other: str) -> None:
    """Whichever is read first."""
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Health", "Ministry of Public Health"),
        ("Ministry of Health", "Ministry of Wealth"),
        ("Ministry of Health (Kenya)", "Ministry of Health (Malawi)"),
        ("Women's group of Ward 1", "Women's group of Ward 2"),
        ("Cooperative A", "Cooperative B"),
        ("Iran Relief", "Iraq Relief"),
        ("Save Niger", "Save Nigeria"),
        ("Caritas Austria", "Caritas Australia"),
        ("Plan 2015", "Plan 2016"),
        ("WWF", "WFP"),
        ("Oxfam", "Oxfam India"),
        ("Women for Women", "Women"),
        ("ກະຊວງສຶກສາ", "ກະຊວງສາທາ"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    """A word more, a figure, a place, a short word makes another name."""
    assert not alike(one, other)
    assert not alike(other, one)


def test_many_names_take_time_in_proportion() -> None:
    """Four times as many names of one pattern take about four times as long."""

    def add(number: int) -> None:
        names = AlikeNames()
        for n in range(number):
            letters = "".join(chr(97 + int(c)) for c in f"{n:05}")
            names.add(f"Savings group {letters} of the valley", ("", ""))

    few, _ = spent(lambda: add(1_000))
    many, _ = spent(lambda: add(4_000))
    assert many < 12 * few
    assert spent(lambda: AlikeNames().add("word " * 200_000, ("", "")))[0] < 1
