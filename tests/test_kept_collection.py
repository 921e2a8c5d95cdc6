"""The collection that is kept: what is taken from its index is what the outlines say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edited_library import site_of
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from generator.records.case import Case
from generator.store import kept_collection as module
from generator.store.kept_collection import kept_collection
from trouble import TINY

OURS = Path(__file__).parents[1]


def unasked_for(_case: Case) -> Case:
    """Refuse: no term stands in the words of a case."""
    raise AssertionError


@pytest.mark.parametrize("source", [OURS, TINY.parent], ids=["ours", "tiny"])
def test_terms_of_many_cases_are_those_of_each(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read one by one or taken from the index, cases name the same terms, in the same order."""
    for name in ("content", "templates"):
        if (source / name).is_dir():
            shutil.copytree(source / name, tmp_path / name)
    shutil.copy(source / "site_config.yml", tmp_path)
    checked = check_site(site_of(tmp_path), BuildOptions())
    assert checked.collection
    assert checked.model
    kept = kept_collection(checked.collection)
    wanted = {id_: list(terms.items()) for id_, terms in checked.collection.terms.items()}
    for few in (0, 2, 1_000_000):
        monkeypatch.setattr(module, "FEW", few)
        terms = kept.collection(checked.model, (), unasked_for).terms
        assert {id_: list(terms[id_].items()) for id_ in terms} == wanted
    assert sum(map(len, wanted.values())) > len(wanted)
