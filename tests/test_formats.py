"""The data files: a schema that accepts what the reader accepts, inert tables, a whole dump."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import built
from generator.exports.schema import record_schema
from generator.exports.tables import columns, csv_rows, table_names, without_formulas
from generator.library.library import Library
from postmortems import MODEL, model, record
from small import library as write_library
from small import snapshot
from trouble import FUZZ

SCHEMA = "data/record.schema.json"
CELL = st.text("ab=+-@|%＝−;,\t\r\n\v\x1c\x85\u2028 \"'\u200b\ufeff", max_size=6)  # noqa: RUF001
"""Cells of what spreadsheets and CSV look at, and two letters."""


def fronts(content: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the front matter of every record, every value as text."""
    files = sorted(file for file in content.glob("*/*.md") if "golden" not in file.parts)
    return [
        (file.name, yaml.load(file.read_text("utf-8").split("---\n")[1], yaml.BaseLoader))  # noqa: S506
        for file in files
    ]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for the caches of this module's builds."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def tiny(cache: Path) -> Library:
    """Give the tiny library."""
    found = built.checked(built.SITES / "tiny", cache).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def files(cache: Path) -> dict[str, bytes]:
    """Give the files of the tiny site."""
    return built.build(built.SITES / "tiny", cache)


@pytest.fixture(scope="module")
def schema(shipped_files: Mapping[str, bytes]) -> dict[str, Any]:
    """Give the schema of the shipped library."""
    found: dict[str, Any] = json.loads(shipped_files[SCHEMA])
    return found


@pytest.mark.parametrize("name", ["shipped", "tiny", "postmortems", "scripts"])
def test_the_schema_accepts_every_record(name: str, schema: dict[str, Any], cache: Path) -> None:
    """The schema is valid under Draft 2020-12, and accepts every record of its library."""
    root = built.SHIPPED if name == "shipped" else built.SITES / name
    if name != "shipped":
        schema = json.loads(built.build(root, cache / name)[SCHEMA])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    records = fronts(root / "content")
    assert records
    wrong = {file: [e.message for e in validator.iter_errors(front)] for file, front in records}
    assert {file: messages for file, messages in wrong.items() if messages} == {}


WHOLE = {
    "title": "A",
    "summary": "B",
    "updated": "2026-11-22",
    "countries": "la",
    "focus": "ownership-of-model",
    "partners": "UNICEF",
    "our_role": "leading",
    "constraints": "turnover",
}


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"title": "A" * 121},
        {"countrys": "la"},
        {"updated": "last week"},
        {"status": "asleep again"},
        {"constraints": None},
        {"partners": [{"nome": "UNICEF"}]},
        {"period": {"end": "2019"}},
        {"record_type": "case"},
        {"evidence": [{"id": "a", "kind": "document", "citation": "C", "url": "ftp://x"}]},
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_reader_refuses(
    change: dict[str, Any], schema: dict[str, Any]
) -> None:
    """A record that is whole passes; one that lacks, misspells or misplaces something does not."""
    validator = Draft202012Validator(schema)
    assert validator.is_valid(WHOLE)
    changed = {key: value for key, value in (WHOLE | change).items() if value is not None}
    assert not validator.is_valid(changed)


def test_the_schema_asks_for_nothing_that_another_field_makes_needless() -> None:
    """What is needed in some records only is the reader's to ask for: one value may excuse it."""
    needed = "  no_factor: {need: always, applies_unless: {size: drill}, kind"
    declared = model(MODEL.replace("  no_factor: {kind", needed).replace("    or: no_factor\n", ""))
    excused = "---\ntitle: A\nsystems: queue\nsize: drill\n---\n"
    assert record(excused, of=declared).problems == ()
    assert len(record(excused.replace("drill", "note"), of=declared).problems) == 1
    validator = Draft202012Validator(record_schema(declared))
    assert validator.is_valid({"title": "A", "systems": "queue", "size": "drill"})
    assert not validator.is_valid({"title": "A", "size": "drill"})


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("plain", "plain"),
        ("a=b, c+d - e @ f", "a=b, c+d - e @ f"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ('"=1', "'\"=1"),
        ("\ufeff\u200b=1", "'\ufeff\u200b=1"),
        ("＝1", "'＝1"),  # noqa: RUF001 - full-width, as typed in East Asia
        ("＠x", "'＠x"),  # noqa: RUF001
        ("first\n=1+1", "first\n'=1+1"),
        ("first\r\n  @x", "first\r\n'  @x"),
        ("one; =2", "one;' =2"),
        ("one;=2;-3", "one;'=2;'-3"),
        ("", ""),
    ],
)
def test_cells_are_inert(cell: str, shown: str) -> None:
    """No cell begins like a formula, nor a line in it, nor a part where others split at `;`."""
    assert without_formulas(cell) == shown


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=3))
@settings(max_examples=500 * FUZZ)
def test_rows_are_inert_cell_by_cell(rows: list[tuple[str, str, str]]) -> None:
    """Whatever stands in the cells beside it, a cell reads back as it does alone, made inert."""
    lines = io.StringIO(csv_rows(rows).decode(), newline="")
    assert list(csv.reader(lines)) == [[without_formulas(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("run", ["\n", "\r\n", "\t", " \n", ";", " ", "\u2028"])
def test_long_runs_of_blanks_are_read_once(run: str) -> None:
    """Where the time grew by the square of the length, this would take twenty minutes."""
    runs = run * (400_000 // len(run))
    plain, formula = f"a{runs}b", f"a{runs}=1"
    assert without_formulas(plain) == plain
    assert without_formulas(formula).count("'") == (run != " ")
    assert csv_rows([["x", plain]]).count(b"'") == 0


def test_tables_are_read_back_whole(tmp_path: Path) -> None:
    """Commas, quotes and line ends come back as they were written; a mark comes first."""
    text = 'One, "two"\nand =three'
    record = (
        snapshot("A, \"B\"; 'C'")
        .replace("title: A, \"B\"; 'C'", "title: 'A, \"B\"; ''C'''")
        .replace("summary: A summary of A, \"B\"; 'C'.", 'summary: |-\n  One, "two"\n  and =three')
    )
    root = write_library(tmp_path, one=record)
    content = built.build(root, tmp_path / "cache")["data/cases.csv"]
    assert content.startswith(b"\xef\xbb\xbfid,title,")
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert (row["title"], row["summary"]) == ("A, \"B\"; 'C'", text)


def test_every_table_has_the_columns_it_documents(tiny: Library, files: dict[str, bytes]) -> None:
    """The data dictionary names each table's columns, in order, each once."""
    for name in table_names(tiny.model):
        header = files[f"data/{name}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert header == [column.name for column in columns(tiny.model, name)]
        assert len(set(header)) == len(header)


def test_tables_hold_counted_cases_alone(files: dict[str, bytes]) -> None:
    """A row for each counted case, a row for each of its entries; no example, no translation."""
    tables = {
        name: list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode("utf-8-sig"))))
        for name in ("cases", "claims", "neighbours")
    }
    assert [row["id"] for row in tables["cases"]] == ["shore", "hill"]
    assert [(r["case"], r["term"], r["strength"]) for r in tables["claims"]] == [
        ("shore", "rain", "0"),
        ("shore", "patience", "0"),
        ("shore", "unknown", "0"),
        ("hill", "compost", "4"),
        ("hill", "rain", "0"),
        ("hill", "rain", "2"),
    ]
    assert [row["term_label"] for row in tables["neighbours"]] == [
        "Oak Farm", "Oak Farm", "Name withheld", "Söder Nursery",
    ]  # fmt: skip
    assert [row["test_yes"] for row in tables["cases"]] == ["unknown", "1"]


def test_the_dump_leads_both_ways(files: dict[str, bytes]) -> None:
    """What a case is said to name names the case, and the other way round; pages are there."""
    data = json.loads(files["data/library.json"])
    cases = {case["id"]: case for case in (*data["gardens"], *data["examples"])}
    forth = {
        (id_, facet, term)
        for id_, case in cases.items()
        for facet, terms in case["computed"]["terms"].items()
        for term in terms
    }
    back = {
        (id_, facet["name"], term["id"])
        for facet in data["facets"]
        for term in facet["terms"]
        for id_ in (*term["cases"], *term["examples"])
    }
    assert forth == back
    pages = [case["page"] for case in cases.values()]
    pages += [claim["page"] for case in cases.values() for claim in case["computed"]["claims"]]
    pages += [facet["page"] for facet in data["facets"]]
    pages += [term["page"] for facet in data["facets"] for term in facet["terms"]]
    ids = {path: set(built.read(path, files[path]).ids) for path in files if path[-4:] == "html"}
    for page in pages:
        path, _, anchor = page.partition("#")
        assert path in ids, page
        assert not anchor or anchor in ids[path], page
    assert cases["jardin"]["computed"]["translates"] == "hill"
    assert cases["hill"]["computed"]["translations"] == ["jardin"]
    assert [r["names"] for r in cases["shore"]["computed"]["related"]] == [True]
    assert "How it began" in cases["hill"]["text"]


def test_the_dump_holds_every_value(files: dict[str, bytes]) -> None:
    """Every field that a record without hidden names fills is in the dump, as it was read."""
    data = json.loads(files["data/library.json"])
    shore = next(case for case in data["gardens"] if case["id"] == "shore")
    front = dict(fronts(built.SITES / "tiny" / "content"))["shore.md"]
    assert shore["values"].keys() == front.keys() | {"kind"}
    assert shore["values"]["title"] == front["title"]
    assert shore["values"]["helps"] == [
        {"help": "rain", "way": "unknown"},
        {"help": "patience"},
        {"help": "unknown"},
    ]
