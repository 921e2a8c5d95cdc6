"""How cases become a library: what is kept back, what stands where, which place claims have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

import built
from generator.base.collation import sort_key
from generator.library.collection import Collection
from generator.library.library import Library
from small import library, snapshot


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Give what may be published of the site with withheld records and names."""
    return built.collected(built.SITES / "private", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the public library of that site."""
    found = built.checked(built.SITES / "private", tmp_path_factory.mktemp("cache")).library
    assert found is not None
    return found


@pytest.mark.parametrize("word", ["quartz ministry", "marble", "unicef", "children’s fund", "onyx"])
def test_a_public_collection_does_not_know_what_is_withheld(
    collection: Collection, word: str
) -> None:
    """Not in values, labels, definitions, synonyms or spellings: only the ids held back."""
    values = {each.name: getattr(collection, each.name) for each in fields(collection)}
    assert values.pop("withheld_ids") == {"quartz-affair"}
    ids = list(collection.outlines)
    assert ids
    values["whole"] = [(case := collection.whole(id_), case.body.packed.decode()) for id_ in ids]
    plain = {name: dict(v) if isinstance(v, Mapping) else v for name, v in values.items()}
    assert word not in repr(plain).casefold()


def test_titles_give_the_order(private: Library) -> None:
    """Cases stand in the order of their titles, capitals or not."""
    titles = [private.title(id_) for id_ in private.ids]
    assert len(titles) > 2
    assert titles == sorted(titles, key=sort_key)


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
    assert set(private.used_terms("partners")) == {"lantern-society"}
    assert set(private.used_terms("sector")) == {"local", "private", "international"}
