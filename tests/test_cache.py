"""The cache: what it keeps, what it never keeps, and how it is disbelieved."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator.build import Assembly, assemble
from generator.cache import NAME
from generator.hosts.config import load
from small import library, snapshot

SECRETS = {
    "open": snapshot("Open"),
    "inside": snapshot("Inside", "visibility: internal\n"),
    "masked": snapshot("Masked", "visibility: anonymised\n"),
    "asked": snapshot("Asked").replace(
        "partners: UNICEF", "partners: {name: Hidden Body, consent_to_name: no}"
    ),
}


def built(root: Path) -> Assembly:
    """Assemble the library in a folder."""
    site, problems = load(root / "site_config.yml")
    assert site is not None, problems
    return assemble(site)


def kept(root: Path) -> dict[str, str]:
    """Return the rows of a library's cache."""
    with closing(sqlite3.connect(root / ".casebook-cache" / NAME)) as base:
        return dict(base.execute("select key, result from results"))


def test_only_public_records_are_kept(tmp_path: Path) -> None:
    """Internal and anonymised records, and hidden names, are not in the cache that CI keeps."""
    built(library(tmp_path, **SECRETS))
    rows = kept(tmp_path)
    assert [json.loads(row)["id"] for row in rows.values()] == ["open"]
    content = (tmp_path / ".casebook-cache" / NAME).read_bytes()
    for secret in (b"Inside", b"Masked", b"Hidden Body", b"hidden-body"):
        assert secret not in content


def test_a_cached_build_gives_the_same_documents(tmp_path: Path) -> None:
    """With or without a cache, and after an edit, the documents are the same."""
    root = library(tmp_path, one=snapshot("One"), two=snapshot("Two"))
    first = built(root)
    assert built(root).documents == first.documents
    library(tmp_path, two=snapshot("Two, changed"))
    warm = built(root)
    (root / ".casebook-cache" / NAME).unlink()
    assert built(root).documents == warm.documents
    assert warm.documents != first.documents


def test_a_problem_is_told_again_from_the_cache(tmp_path: Path) -> None:
    """A warning of an unchanged file does not get lost because the file is not read again."""
    quiet = snapshot("Quiet").replace("care_role: leading", "care_role: behind-the-scenes")
    root = library(tmp_path, quiet=quiet)
    codes = [problem.code for problem in built(root).problems]
    assert codes == ["behind-the-scenes-in-public"]
    assert len(kept(root)) == 1
    assert [problem.code for problem in built(root).problems] == codes


def test_the_cache_forgets_what_is_gone(tmp_path: Path) -> None:
    """A record that became internal, or was deleted, leaves the cache with the next build."""
    root = library(tmp_path, one=snapshot("One"), two=snapshot("Two"))
    built(root)
    assert len(kept(root)) == 2
    library(tmp_path, two=snapshot("Two", "visibility: internal\n"))
    built(root)
    assert [json.loads(row)["id"] for row in kept(root).values()] == ["one"]


def test_another_model_is_another_key(tmp_path: Path) -> None:
    """What was read under one model is not believed under another."""
    root = library(tmp_path, one=snapshot("One", "status: active\n"))
    assert not built(root).problems
    before = set(kept(root))
    config = root / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace(
            "[casebook]", "[casebook: {default_visibility: internal}]"
        ),
        "utf-8",
    )
    assert built(root).cases == 0
    assert not before & set(kept(root))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"not a data base at all" * 99), id="garbage"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:2500]), id="torn"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="a folder"),
        pytest.param(lambda file: _rows(file, "{"), id="half a row"),
        pytest.param(lambda file: _rows(file, '{"id": 1}'), id="another form"),
        pytest.param(lambda file: _rows(file, "[1, 2]"), id="a list"),
    ],
)
def test_a_spoilt_cache_is_as_none(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """A cache that cannot be read changes nothing in what is built."""
    root = library(tmp_path, one=snapshot("One"))
    clean = built(root).documents
    spoil(root / ".casebook-cache" / NAME)
    assert built(root).documents == clean
    assert built(root).documents == clean


def _rows(file: Path, text: str) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("update results set result = ?", (text,))
