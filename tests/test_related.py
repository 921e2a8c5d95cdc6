"""Which cases stand beside a case: those that an author named, then those that share rare terms."""

from __future__ import annotations

from pathlib import Path

import pytest

import built
from generator.analysis.related import CANDIDATES, MOST, Related, related
from generator.library.library import Library
from rows import made
from small import library, snapshot


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the tiny library."""
    found = built.checked(built.SITES / "tiny", tmp_path_factory.mktemp("cache")).library
    assert found is not None
    return found


def beside(root: Path, cache: Path) -> dict[str, tuple[Related, ...]]:
    """Return the related cases of the library in a folder."""
    found = built.checked(root, cache)
    assert found.library is not None, found.problems
    return {id_: related(found.library, id_) for id_ in found.library.counted}


def test_the_one_who_names_is_told_from_the_one_who_is_named(tiny: Library) -> None:
    """A case that an author named stands beside, in both directions, each with its own reason."""
    (to,), (back,) = related(tiny, "hill"), related(tiny, "shore")
    assert (to.case, to.named, to.names, to.relation) == ("shore", True, False, "contrasts")
    assert (back.case, back.named, back.names, back.relation) == ("hill", False, True, "contrasts")


def test_each_of_two_that_name_each_other_has_its_own_reason(tmp_path: Path) -> None:
    """A case that gives no reason is not shown with that of the other."""
    root = library(
        tmp_path / "site",
        one=snapshot("One", more="related: {case: two, relation: follows}\n"),
        two=snapshot("Two", more="related: one\n"),
    )
    related_cases = beside(root, tmp_path)
    (to,), (back,) = related_cases["one"], related_cases["two"]
    assert (to.named, to.names, to.relation) == (True, True, "follows")
    assert (back.named, back.names, back.relation) == (True, True, "")


def test_reasons_are_the_rarest_shared_terms(tiny: Library) -> None:
    """At most three shared terms are given, a group only where nothing below it is shared."""
    shared = [(facet.name, term) for facet, term in related(tiny, "hill")[0].shared]
    assert shared == [("helps", "rain"), ("neighbours", "oak-farm"), ("soil", "light")]


def test_a_group_gives_way_to_its_term(tmp_path: Path) -> None:
    """Two cases of one sub-focus share that, and their area is not said on top."""
    root = library(tmp_path / "site", one=snapshot("One"), two=snapshot("Two"))
    (item,) = beside(root, tmp_path)["one"]
    assert ("focus", "ownership-of-model") in [(f.name, t) for f, t in item.shared]
    assert "advocacy" not in [term for _, term in item.shared]


def test_a_region_is_called_a_region(tmp_path: Path) -> None:
    """A group is told by the noun that the model has for groups, and a term by its own."""
    root = library(
        tmp_path,
        east=snapshot("East").replace("Laos", "Kenya"),
        west=snapshot("West").replace("Laos", "Mali"),
        far=snapshot("Far").replace("Laos", "[Mali, Uganda]"),
        **{f"more-{number}": snapshot(f"More {number}") for number in range(20)},
    )
    pages = made(root)
    assert "the region [Eastern Africa]" in built.read("a", pages["cases/east.html"]).text
    assert "the country [Mali]" in built.read("a", pages["cases/west.html"]).text


def test_rare_terms_weigh_more(tmp_path: Path) -> None:
    """The case that shares a rare term comes before those that share what many name."""
    cases = {f"c{n}": snapshot(f"Case {n}") for n in range(8)}
    cases["c0"] = snapshot("Case 0", more="theme: wash\n")
    cases["c7"] = snapshot("Case 7", more="theme: wash\n")
    found = beside(library(tmp_path / "site", **cases), tmp_path)["c0"]
    assert [item.case for item in found][:1] == ["c7"]
    assert len(found) == MOST
    assert found[0].shared[0][1] == "wash"


def test_what_too_many_name_brings_nobody_in(tmp_path: Path) -> None:
    """A term that more cases name than are ever weighed tells too little to relate two cases."""
    few = {f"c{n:03}": snapshot(f"Case {n}") for n in range(CANDIDATES + 1)}
    assert not any(beside(library(tmp_path / "site", **few), tmp_path).values())


def test_every_case_that_names_another_is_beside_it(tmp_path: Path) -> None:
    """However many name a case, each stands on its page, so that links lead both ways."""
    cases = {f"c{n}": snapshot(f"Case {n}", more="related: hub\n") for n in range(MOST + 2)}
    found = beside(library(tmp_path / "site", hub=snapshot("Hub"), **cases), tmp_path)
    assert [item.case for item in found["hub"]] == sorted(cases)
    assert all(item.names and not item.named for item in found["hub"])
