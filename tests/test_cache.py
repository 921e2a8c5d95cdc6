"""The cache: what it keeps, what it never keeps, and how it is disbelieved."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.build.assemble import Assembly, assemble
from generator.build.record_cache import NAME
from generator.build.signing import SIZE
from generator.hosts.config import load_site
from small import library, snapshot
from trouble import run, told, tree

SECRETS = {
    "open": snapshot("Open"),
    "wombat": snapshot("Quokka", "visibility: internal\n", "Numbats were seen."),
    "masked": snapshot("Masked", "visibility: anonymised\n").replace(
        "partners: UNICEF", "partners: Bilby Trust"
    ),
    "asked": snapshot("Asked").replace(
        "partners: UNICEF", "partners: {name: Dunnart Body, consent_to_name: no}"
    ),
}
WORDS = (b"quokka", b"wombat", b"numbat", b"bilby", b"dunnart")
"""What nobody may read of them: of the last two records only a name is withheld."""

SETTLED = 2.2
"""In seconds: of a file that was written longer ago a plan notes the digest."""


def built(root: Path) -> Assembly:
    """Assemble the library in a folder."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    return assemble(site)


def kept(root: Path) -> dict[str, str]:
    """Return the rows of a library's cache."""
    with closing(sqlite3.connect(root / ".casebook-cache" / NAME)) as base:
        return dict(base.execute("select key, result from results"))


def opened(root: Path) -> dict[str, bytes]:
    """Return what each file of a library's cache holds, unpacked."""
    files = {name: content for name, content in tree(root / ".casebook-cache").items() if content}
    return {
        name: zlib.decompress(content[SIZE:]) if name.startswith("made/") else content
        for name, content in files.items()
    }


def leaked(root: Path) -> list[tuple[str, bytes]]:
    """Return where the cache holds what nobody may read."""
    found = opened(root).items()
    return [(name, word) for name, content in found for word in WORDS if word in content.lower()]


def test_only_public_records_are_kept(tmp_path: Path) -> None:
    """Internal and anonymised records, and hidden names, are not in the cache that CI keeps."""
    told(run(library(tmp_path, **SECRETS), "build"), 0)
    assert [json.loads(row)["id"] for row in kept(tmp_path).values()] == ["open"]
    assert {"cases.sqlite", "made/plan"} < opened(tmp_path).keys()
    assert leaked(tmp_path) == []


def test_what_was_made_is_what_is_published(tmp_path: Path) -> None:
    """What is kept of pages and data is on the site, byte for byte, and nothing else is kept."""
    told(run(library(tmp_path, **SECRETS), "build"), 0)
    published = set((tree(tmp_path / "site")).values())
    made = [content for name, content in opened(tmp_path).items() if len(name) == len("made/") + 64]
    documents = 0
    for content in made:
        found = pieces(content)
        for _path in found:
            assert b"".join(iter(found.__next__, b"")) in published
            documents += 1
    assert documents > len(published) / 2


def pieces(content: bytes) -> Iterator[bytes]:
    """Yield the pieces of a file of `made/`, before each of which stands its length."""
    while content:
        end = 4 + int.from_bytes(content[:4], "big")
        yield content[4:end]
        content = content[end:]


@pytest.mark.parametrize("about", ["open", "asked"])
def test_a_problem_of_what_is_withheld_is_not_kept(tmp_path: Path, about: str) -> None:
    """What is said of a record may quote it: where any of it is withheld nothing said is noted."""
    named = SECRETS[about].replace("care_role: leading", "care_role: behind-the-scenes")
    told(
        run(root := library(tmp_path, **SECRETS | {about: named}), "build"), 0, "behind the scenes"
    )
    assert ("made/plan" in opened(root)) == (about == "open")
    assert leaked(root) == []


def test_a_record_that_is_withheld_from_now_on_leaves_every_file(tmp_path: Path) -> None:
    """What was kept of a record while it was public is gone after the next build."""
    text = SECRETS["wombat"].replace("visibility: internal\n", "")
    root = library(tmp_path, **SECRETS | {"wombat": text})
    told(run(root, "build"), 0)
    assert {word for _, word in leaked(root)} == {b"wombat", b"quokka", b"numbat"}
    asked = SECRETS["asked"].replace("care_role: leading", "care_role: behind-the-scenes")
    told(run(library(root, **SECRETS | {"asked": asked}), "build"), 0, "behind the scenes")
    assert leaked(root) == []


def test_an_internal_build_leaves_nothing_in_the_cache(tmp_path: Path) -> None:
    """What is made with internal records is neither kept nor noted, before or after others."""
    root = library(tmp_path, **SECRETS)
    told(run(root, "build", "--internal"), 0)
    assert b"quokka" in b"".join(each or b"" for each in tree(root / "site").values()).lower()
    assert leaked(root) == []
    assert opened(root).keys() == {"cases.sqlite"}
    told(run(root, "build"), 0)
    before = opened(root)
    told(run(root, "build", "--internal"), 0)
    assert leaked(root) == []
    assert opened(root).keys() - {"cases.sqlite"} == before.keys() - {"cases.sqlite"}
    told(run(root, "build"), 0)
    assert b"quokka" not in b"".join(each or b"" for each in tree(root / "site").values()).lower()


def test_what_is_withheld_cannot_be_tried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing in a plan is a plain digest of a record: with another secret all of it is other."""
    root = library(tmp_path, **SECRETS)
    time.sleep(SETTLED)
    told(run(root, "build"), 0)
    first = opened(root)
    shutil.rmtree(root / ".casebook-cache")
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", "another")
    told(run(root, "build"), 0)
    second = opened(root)
    digest = re.compile(rb"[0-9a-f]{64}")
    both = [set(digest.findall(found["made/plan"])) for found in (first, second)]
    assert len(both[0]) > 50
    assert not both[0] & both[1]
    assert not {name for name in first if len(name) > 60} & second.keys()


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
