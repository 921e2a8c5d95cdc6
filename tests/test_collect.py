"""How cases become a library: what is kept back, what stands where, which place claims have."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import built
from generator.library.library import Library
from small import library, snapshot


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the public library of the site with withheld records and names."""
    found = built.checked(built.SITES / "private", tmp_path_factory.mktemp("cache")).library
    assert found is not None
    return found


@pytest.mark.parametrize("word", ["quartz ministry", "marble", "unicef", "children’s fund", "onyx"])
def test_a_public_library_does_not_know_what_is_withheld(private: Library, word: str) -> None:
    """Not in values, labels, definitions, synonyms or spellings: only the ids held back."""
    whole = dataclasses.replace(private, withheld_ids=frozenset())
    assert word not in repr(whole).casefold()
    assert private.withheld_ids == {"quartz-affair"}


def test_titles_give_the_order(private: Library) -> None:
    """Cases stand in the order of their titles, capitals or not."""
    titles = [private.title(id_) for id_ in private.cases]
    assert titles == sorted(titles, key=str.casefold)


def test_the_newest_day_is_a_published_one(private: Library) -> None:
    """Ages are counted from the newest day in published records; a given day goes before it."""
    assert private.as_of == "2026-01-13"


def test_claims_have_places_of_their_own(tmp_path: Path) -> None:
    """Each entry has an anchor that nothing else on its page has, however often it names a term."""
    more = "constraints: [turnover, turnover]\ncontexts: [political]\n"
    root = library(tmp_path / "site", one=snapshot("One", more=more))
    found = built.checked(root, tmp_path / "cache").library
    assert found is not None
    assert [claim.anchor for claim in found.all_claims("one")] == [
        "partners-unicef",
        "success-factors-trusted-relationship",
        "constraints-turnover",
        "constraints-turnover-2",
        "contexts-political",
    ]
    page = built.read("x", built.build(root, tmp_path / "cache")["cases/one.html"])
    assert {claim.anchor for claim in found.all_claims("one")} <= set(page.ids)


def test_a_term_that_only_a_hidden_entry_names_is_no_term(private: Library) -> None:
    """A partner that may not be named is in no index, and what else its entry says still counts."""
    partners = private.model.vocabularies["partners"]
    assert set(partners.terms) == {"lantern-society", "paper-ministry"}
    assert set(private.index["partners"]) == {"lantern-society"}
    assert set(private.index["sector"]) == {"local", "private", "international"}
