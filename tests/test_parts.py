"""The parts of data files: named, joined they are the file, and each follows from its own case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import built
from generator.exports.data_file import DataFile
from generator.exports.formats import data_files
from small import library as write_library
from small import snapshot

DUMP, CASES, CLAIMS = "data/library.json", "data/cases.csv", "data/claims.csv"
OTHER = {
    "countries: Laos": "countries: Kenya",
    "focus: ownership-of-model": "focus: collective-impact",
    "partners: UNICEF": "partners: Ministry of Health",
    "our_role: leading": "our_role: convening",
    "trusted-relationship": "policy-window",
}
"""What makes of a snapshot one that names no term of another, so that neither is related."""


def made(root: Path, cache: Path) -> tuple[DataFile, ...]:
    """Return the data files of the site in a folder."""
    library = built.checked(root, cache).library
    assert library is not None
    return tuple(data_files(library, built.settings(root, cache)))


def parts(root: Path) -> dict[tuple[str, str], bytes]:
    """Return the bytes of each part of the site in a folder, by file and name."""
    files = made(root, root / "cache")
    return {(file.path, part.name): part.make().content for file in files for part in file.parts}


def apart(title: str) -> str:
    """Return a snapshot that shares no term with `snapshot`."""
    text = snapshot(title)
    for old, new in OTHER.items():
        assert old in text
        text = text.replace(old, new)
    return text


def differing(
    before: dict[tuple[str, str], bytes], after: dict[tuple[str, str], bytes]
) -> set[tuple[str, str]]:
    """Return the file and name of each part that is in one of two builds, or not the same."""
    return {key for key in before | after if before.get(key) != after.get(key)}


@pytest.mark.parametrize("name", ["shipped", "tiny", "postmortems", "scripts", "private"])
def test_a_file_is_its_parts_joined(name: str, tmp_path: Path) -> None:
    """No two parts of a file have one name; joined, and made again, they are the file."""
    root = built.SHIPPED if name == "shipped" else built.SITES / name
    files = built.build(root, tmp_path)
    for file in made(root, tmp_path):
        names = [part.name for part in file.parts]
        assert len(set(names)) == len(names)
        for _ in range(2):
            assert b"".join(part.make().content for part in file.parts) == files[file.path], (
                file.path
            )


def test_a_part_is_named_by_what_it_is_about(tmp_path: Path) -> None:
    """After `case/` comes the id of a case, in the order of the file; a list's first says so."""
    root = write_library(tmp_path, one=snapshot("B"), two=snapshot("A"), three=snapshot("C"))
    named = parts(root)
    assert [name for path, name in named if path == DUMP and name.startswith("case/")] == [
        "case/two/first", "case/one", "case/three",
    ]  # fmt: skip
    first_cells = {
        name: content.partition(b",")[0] for (path, name), content in named.items() if path == CASES
    }
    assert first_cells == {
        "header": b"\xef\xbb\xbfid",
        "case/two": b"two",
        "case/one": b"one",
        "case/three": b"three",
    }
    partners = [name for path, name in named if path == "data/partners.csv"]
    assert partners == ["header", "case/two", "case/one", "case/three"]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Some words.", "Other words.", {(DUMP, "case/one")}),
        (
            "success_factors: trusted-relationship",
            "success_factors:\n  - {factor: trusted-relationship, what: It helped}",
            {(DUMP, "case/one"), (CLAIMS, "case/one")},
        ),
        (
            "A summary of B",
            "A new summary of B",
            {(DUMP, "case/one"), (CASES, "case/one")},
        ),
    ],
    ids=["word", "claim", "summary"],
)
def test_an_edit_changes_the_parts_of_its_case_alone(
    old: str, new: str, changed: set[tuple[str, str]], tmp_path: Path
) -> None:
    """No other part has other bytes, neither of the cases beside it nor of the facets."""
    cases = {"one": snapshot("B"), "two": snapshot("A"), "three": snapshot("C")}
    before = parts(write_library(tmp_path, **cases))
    assert old in cases["one"]
    cases["one"] = cases["one"].replace(old, new)
    assert differing(before, parts(write_library(tmp_path, **cases))) == changed


@pytest.mark.parametrize("title", ["A", "Between", "Z"])
def test_a_new_case_changes_no_part_of_another(title: str, tmp_path: Path) -> None:
    """What is first in a list has a name of its own, so no comma comes or goes under a name."""
    before = parts(write_library(tmp_path, one=snapshot("B"), two=snapshot("C")))
    after = parts(write_library(tmp_path, new=apart(title)))
    changed = differing(before, after)
    of_others = {key for key in changed if "case/" in key[1] and "/new" not in key[1]}
    moved = {(DUMP, "case/one"), (DUMP, "case/one/first")} if title == "A" else set()
    assert of_others == moved
    facets = {key for key in after if key[1].startswith("facet/")}
    vocabularies = {(DUMP, "vocabulary/partners")}  # an open one lists what is named
    of_all = {key for key in changed if "case/" not in key[1] and key[0] == DUMP}
    assert of_all == {(DUMP, "head")} | facets | vocabularies


def test_the_dump_has_a_line_for_each_item(tmp_path: Path) -> None:
    """Each case, facet and vocabulary is a line of its own, without blanks; the file is JSON."""
    root = write_library(tmp_path, one=snapshot("B"), two=snapshot("A"))
    content = built.build(root, tmp_path / "cache")[DUMP].decode()
    data = json.loads(content)
    lines = content.splitlines()
    for items in (data["cases"], data["facets"], data["vocabularies"]):
        assert items
        for item in items:
            line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
            assert line in lines or f"{line}," in lines
    assert data["examples"] == []
    assert (lines[0], lines[-1]) == ("{", "}")
