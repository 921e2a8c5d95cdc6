"""The files for reference managers are read back by the libraries that others read them with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from generator.exports.citations import Citation, as_bibtex, as_csl, as_ris

WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
DAYS = st.sampled_from(["", "2019", "2019-06", "2019-06-01"])
CITATIONS = st.builds(
    Citation,
    id=st.from_regex(r"[a-z]{1,5}--[a-z0-9-]{1,5}", fullmatch=True),
    title=WORDS.filter(bool),
    of=WORDS,
    date=DAYS,
    accessed=DAYS,
    url=st.sampled_from(["", "https://example.org/a_b?c=1&d=%20#e", "https://example.org/~x"]),
)


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry by its key, still in TeX; no entry may be broken."""
    library = parse_string(text)
    assert library.failed_blocks == []
    return {
        entry.key: {field.key: str(field.value) for field in entry.fields}
        for entry in library.entries
    }


TEX = re.compile(r"\\(?:text(?P<name>[a-z]+)\{\}|(?P<sign>[#$%&_]))")
NAMED = {
    "backslash": "\\",
    "braceleft": "{",
    "braceright": "}",
    "asciitilde": "~",
    "asciicircum": "^",
}


def without_tex(text: str) -> str:
    """Return what TeX prints of a text; a brace or a sign that it would obey is not among it."""
    assert not re.search(r"[#$%&_{}~^\\]", TEX.sub("", text))
    return TEX.sub(lambda match: match["sign"] or NAMED[match["name"]], text)


def test_bibtex_has_every_entry_of_the_shipped_library(shipped_files: Mapping[str, bytes]) -> None:
    """BibTeX, RIS and CSL-JSON hold the same sources, as many as the table of cases names."""
    bibtex = read_bibtex(shipped_files["data/sources.bib"].decode())
    ris = rispy.loads(shipped_files["data/sources.ris"].decode())
    csl = json.loads(shipped_files["data/sources.csl.json"])
    dump = json.loads(shipped_files["data/library.json"])
    names = [
        f"{case['id']}--{source['id']}"
        for case in dump["cases"]
        if case["computed"]["counted"] and isinstance(case["values"].get("evidence"), list)
        for source in case["values"]["evidence"]
    ]
    assert sorted(names) == sorted(set(bibtex) - {"library"})
    assert [item["id"] for item in csl] == [item["id"] for item in ris] == list(bibtex)
    assert csl[0]["type"] == "dataset"
    assert all(item["title"] for item in csl)


@given(st.lists(CITATIONS, min_size=1, max_size=4, unique_by=lambda citation: citation.id))
def test_whatever_is_cited_comes_back(citations: list[Citation]) -> None:
    """Braces, backslashes, signs of TeX and letters of any script are read back as they were."""
    ris = rispy.loads("".join(map(as_ris, citations)))
    assert [item["id"] for item in ris] == [citation.id for citation in citations]
    assert [item["title"] for item in ris] == [citation.title for citation in citations]
    csl = json.loads(f"[{','.join(map(as_csl, citations))}]")
    assert [item["title"] for item in csl] == [citation.title for citation in citations]
    bibtex = read_bibtex("".join(map(as_bibtex, citations)))
    assert list(bibtex) == [citation.id for citation in citations]
    for citation in citations:
        entry = bibtex[citation.id]
        assert without_tex(entry["title"].removeprefix("{").removesuffix("}")) == citation.title
        assert entry.get("year", "") == citation.date[:4]
        assert entry.get("urldate", "") == citation.accessed


def test_a_date_is_written_as_each_format_has_it() -> None:
    """A month without a day stays one."""
    citation = Citation(id="a--b", title="T", date="2019-06", accessed="2026-11-22")
    assert "DA  - 2019/06/\r\nY2  - 2026/11/22\r\n" in as_ris(citation)
    assert json.loads(as_csl(citation))["issued"] == {"date-parts": [[2019, 6]]}
    assert "  year = {2019},\n  date = {2019-06},\n  urldate = {2026-11-22},\n" in as_bibtex(
        citation
    )


def test_entries_stand_apart(shipped_files: Mapping[str, bytes]) -> None:
    """Each record of RIS ends before the next begins."""
    lines = shipped_files["data/sources.ris"].decode().split("\r\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("TY  - ")]
    ends = [number for number, line in enumerate(lines) if line == "ER  - "]
    assert len(starts) == len(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert all(end < start for (_, start), end in zip(pairwise(starts), ends, strict=False))
