"""Small sites from their folders: what a reader meets, what is kept back, what a model brings."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

import built

ALL = sorted(folder.name for folder in built.SITES.iterdir() if folder.is_dir())
BASES = {"tiny": "library/", "scripts": "مكتبة/"}

GOLDEN = [
    "gardens/hill.html",
    "gardens/shore.html",
    "gardens/jardin.html",
    "gardens/moon.html",
    "gardens/index.html",
    "helps/rain.html",
    "soil/index.html",
    "soil/light.html",
    "neighbours/index.html",
    "neighbours/oak-farm.html",
    "data/library.json",
    "data/cases.csv",
    "data/claims.csv",
    "data/neighbours.csv",
    "sitemap.xml",
    "feed.xml",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for the caches of this module's builds."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module", params=ALL)
def each(request: pytest.FixtureRequest, cache: Path) -> tuple[str, dict[str, bytes]]:
    """Give the name of each small site, and its files."""
    return request.param, built.build(built.SITES / request.param, cache / request.param)


@pytest.fixture(scope="module")
def tiny(cache: Path) -> dict[str, bytes]:
    """Give the files of the tiny site."""
    return built.build(built.SITES / "tiny", cache / "tiny")


def test_no_link_is_broken(each: tuple[str, dict[str, bytes]]) -> None:
    """Every link leads to a page that is there, and to a place on it; no page has an id twice."""
    name, files = each
    assert list(built.broken(files, BASES.get(name, ""))) == []


def test_no_page_is_an_orphan(each: tuple[str, dict[str, bytes]]) -> None:
    """From the home page, links lead to every page."""
    assert built.orphans(each[1]) == set()


def test_golden(tiny: dict[str, bytes], *, update_golden: bool) -> None:
    """Pages read as they did when a person last read them; pages are kept as outlines."""
    kept = built.SITES / "tiny" / "golden"
    wanted = {path: tiny[path] for path in GOLDEN if path in tiny}
    shown = {
        path: built.read(path, content).text if path.endswith(".html") else content.decode()
        for path, content in wanted.items()
    }
    shown = {path.replace("/", "."): text.replace("\r\n", "\n") for path, text in shown.items()}
    if update_golden:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for name, text in shown.items():
            (kept / f"{name}.txt").write_text(text, "utf-8")
    assert {file.stem: file.read_text("utf-8") for file in kept.glob("*.txt")} == shown


# ------------------------------------------------------------------ what must not be published

INTERNAL = ["quartz", "np.html", "2026-11-30"]
HIDDEN = ["marble", "unicef", "united nations children", "onyx"]
ALLOWED = ["travertine", "72 15 66 48"]
"""What a record says of its own words to the checks: it may be a part of a hidden name."""


@pytest.fixture(scope="module")
def private(cache: Path) -> dict[str, bytes]:
    """Give the public files of the site with internal, anonymised and unconsenting records."""
    return built.build(built.SITES / "private", cache / "private")


@pytest.mark.parametrize("word", [*INTERNAL, *HIDDEN, *ALLOWED])
def test_what_is_withheld_is_nowhere(private: dict[str, bytes], word: str) -> None:
    """No file of a public build, name or content, holds what only hidden values say."""
    holding = {
        path
        for path, content in private.items()
        if word in path.casefold() or word.encode() in content.lower()
    }
    assert holding == set()


def test_internal_records_are_there_for_those_inside(cache: Path) -> None:
    """`--internal` brings internal records, and still no name that must be hidden."""
    files = built.build(built.SITES / "private", cache / "inside", internal=True)
    assert "cases/quartz-affair.html" in files
    assert "partners/quartz-ministry.html" in files
    assert "media/cases/quartz.png" in files
    assert b"nepal" in files["countries/index.html"].lower()
    data = json.loads(files["data/library.json"])
    assert (data["counted"], data["as_of"]) == (3, "2026-11-30")
    assert [path for path, text in files.items() if b"marble" in text.lower()] == []


def test_withheld_names_are_said_to_be_withheld(private: dict[str, bytes]) -> None:
    """A name that is kept back leaves a word in its place, and what else is said of it stays."""
    page = built.read("cases/open.html", private["cases/open.html"])
    assert "Name withheld" in page.text
    assert "[Private](../sector/private.html)" in built.read(
        "sector/index.html", private["sector/index.html"]
    ).text.replace("(private.html)", "(../sector/private.html)")
    rows = list(csv.reader(io.StringIO(private["data/partners.csv"].decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]].count("withheld") == 2


def test_pointers_to_withheld_records_are_left_out(private: dict[str, bytes]) -> None:
    """A public record that names an internal one keeps its words, and loses the link alone."""
    data = json.loads(private["data/library.json"])
    by_id = {case["id"]: case for case in (*data["cases"], *data["examples"])}
    assert by_id["open"]["values"]["related"] == [{"case": "veiled", "relation": "contrasts"}]
    assert "translation_of" not in by_id["affaire"]["values"]
    page = built.read("cases/open.html", private["cases/open.html"])
    assert "See [another record]() and [one more](veiled.html)." in page.text


def test_translations_of_a_withheld_record_count_once(private: dict[str, bytes]) -> None:
    """Two translations of one internal record are one case in a public build."""
    data = json.loads(private["data/library.json"])
    counted = [case["id"] for case in data["cases"] if case["computed"]["counted"]]
    assert counted == ["veiled", "affaire", "open"]
    assert data["counted"] == 3
    assert "A translation of" in private["cases/asunto.html"].decode()


def test_examples_are_shown_and_counted_nowhere(private: dict[str, bytes]) -> None:
    """Examples and their translations are labelled, stand apart, and add nothing."""
    data = json.loads(private["data/library.json"])
    assert [case["id"] for case in data["examples"]] == ["imagined", "imaginado"]
    facets = {facet["name"]: {t["id"]: t for t in facet["terms"]} for facet in data["facets"]}
    term = facets["success_factors"]["persistence"]
    assert (term["computed"]["cases"], term["cases"], term["examples"]) == (0, [], ["imagined"])
    page = built.read(
        "success-factors/persistence.html", private["success-factors/persistence.html"]
    )
    assert "0 of 3 case studies\n" in page.text
    assert "## Indicative examples" in page.text
    assert "imagined.html" in page.text
    for path in ("data/cases.csv", "data/claims.csv", "data/partners.csv"):
        assert b"imagin" not in private[path].lower()
    for id_ in ("imagined", "imaginado"):
        assert "Indicative example\n" in built.read("x", private[f"cases/{id_}.html"]).text


def test_former_ids_lead_to_the_present_page(private: dict[str, bytes]) -> None:
    """An old address leads on; that of an internal record is not there at all."""
    assert b"url=open.html" in private["cases/opened.html"]
    assert b"noindex" in private["cases/opened.html"]
    assert "cases/quartz-old.html" not in private


def test_merged_terms_lead_to_the_present_page(tiny: dict[str, bytes]) -> None:
    """The addresses that a term had before lead to its page, however they were written."""
    assert {path for path in tiny if b'http-equiv="refresh"' in tiny[path]} == {
        "gardens/slope.html",
        "gardens/the-old-hill.html",
        "soil/beach.html",
        "soil/old-shore.html",
    }
    assert b"url=sand-and-sea.html" in tiny["soil/old-shore.html"]


def test_a_record_with_hidden_names_has_no_edit_link(tiny: dict[str, bytes]) -> None:
    """The file of such a record holds the name, so its page does not lead there; others' do."""
    assert (
        b"https://code.example/gardens/edit/main/content/gardens/shore.md"
        in tiny["gardens/shore.html"]
    )
    assert b"gardens/hill.md" not in tiny["gardens/hill.html"]


# ------------------------------------------------------------------ other models


def test_another_field_of_work(cache: Path) -> None:
    """A model that shares the title alone gets every kind of page and data that applies."""
    files = built.build(built.SITES / "postmortems", cache / "postmortems")
    assert {path for path in files if not path.startswith("assets/")} == {
        *("gaps.html", "report.html", "learn/index.html", "about/index.html"),
        "compare/index.html",
        *("index.html", "404.html", "contribute.html", "glossary.html", "style.html"),
        *("my-cases.html", "write.html", "write-shop.html"),
        *("incidents/index.html", "incidents/full-queue.html", "incidents/slow-search.html"),
        *("severity/index.html", "severity/major.html"),
        *("systems/index.html", "systems/queue.html", "systems/billing.html"),
        "systems/search.html",
        *("contributing-factors/index.html", "contributing-factors/no-alarm.html"),
        "contributing-factors/hasty-change.html",
        *("mitigations/index.html", "mitigations/restart.html", "mitigations/rollback.html"),
        *("held/index.html", "held/yes.html", "held/no.html"),
        *("data/index.html", "data/library.json", "data/cases.csv", "data/factors.csv"),
        "data/record.schema.json",
    }
    case = built.read("x", files["incidents/full-queue.html"]).text
    for said in ("Nobody was told for forty minutes.", "012", "[Billing](../systems/billing.html)"):
        assert said in case
    words = " ".join(
        built.read("x", text).text for path, text in files.items() if path[-4:] == "html"
    )
    for stranger in ("case stud", "partner", "CARE", "Money"):
        assert stranger not in words


NEW_FIELD = """
  donors:
    kind: record
    many: true
    key: donor
    facet: true
    label: Donors
    noun: donor
    section: helped
    layout: claims
    export: claims
    help: Who paid and why.
    fields:
      donor:
        {kind: term, vocabulary: donors, label: Donor, need: always, help: Which., example: fund}
      mood: {kind: term, vocabulary: moods, facet: true, label: Mood, noun: mood, help: Their mood.}
  budget_line: {kind: line, label: Budget line, section: facts, help: The line., example: B-7}
"""


def test_a_field_and_a_facet_by_data_alone(tmp_path: Path, cache: Path) -> None:
    """Lines in `record.yml` and two vocabularies bring pages, filters, columns, help and schema."""
    shutil.copytree(built.SHIPPED / "content" / "vocabulary", tmp_path / "content" / "vocabulary")
    shutil.copy(built.SITES / "private" / "site_config.yml", tmp_path)
    model = (built.SHIPPED / "content" / "record.yml").read_text("utf-8")
    before, mark, after = model.partition("\n# What must hold between fields.")
    (tmp_path / "content" / "record.yml").write_text(before + NEW_FIELD + mark + after, "utf-8")
    for name, term in (("donors", "fund"), ("moods", "merry")):
        text = f"title: {name.title()}\nterms:\n  - {{id: {term}, label: The {term}}}\n"
        (tmp_path / "content" / "vocabulary" / f"{name}.yml").write_text(text, "utf-8")
    (tmp_path / "content" / "cases").mkdir()
    (tmp_path / "content" / "cases" / "one.md").write_text(ONE, "utf-8")
    files = built.build(tmp_path, cache / "extended")
    case = built.read("x", files["cases/one.html"])
    assert "[The fund](../donors/fund.html)" in case.text
    assert "[The merry](../mood/merry.html)" in case.text
    assert "=B-7" in case.text
    for path in ("donors/index.html", "donors/fund.html", "mood/index.html", "mood/merry.html"):
        assert "cases/one.html" in files[path].decode() or path.endswith("index.html")
    cases = built.read("cases/index.html", files["cases/index.html"])
    assert {"donors/fund.html", "mood/merry.html"} <= set(cases.links)
    header = files["data/cases.csv"].decode("utf-8-sig").splitlines()[0].split(",")
    assert "budget_line" in header
    claims = list(csv.DictReader(io.StringIO(files["data/claims.csv"].decode("utf-8-sig"))))
    assert [(r["term"], r["mood"]) for r in claims if r["field"] == "donors"] == [("fund", "merry")]
    contribute = built.read("x", files["contribute.html"])
    assert {"donors", "budget_line"} <= set(contribute.ids)
    assert "donors:" in files["contribute.html"].decode()  # in the blank record
    schema = json.loads(files["data/record.schema.json"])
    assert {"donors", "budget_line"} <= schema["properties"].keys()
    assert list(built.broken(files)) == []


ONE = """\
---
title: One
summary: A summary.
updated: 2026-11-22
countries: Laos
focus: ownership-of-model
partners: UNICEF
our_role: leading
success_factors: persistence
donors: [{donor: fund, mood: merry}]
budget_line: =B-7
---
"""


# ------------------------------------------------------------------ scripts of the world


def test_names_in_any_script(cache: Path) -> None:
    """Pages, links and pictures work whatever the script, with signs that addresses must encode."""
    files = built.build(built.SITES / "scripts", cache / "scripts")
    pages = {path for path in files if path.startswith("cases/")}
    assert pages == {
        *("cases/index.html", "cases/a-b-c.html", "cases/شراكة-الأرض.html", "cases/ដីធ្លី.html"),
        *("cases/የመሬት-አጋርነት.html", "cases/ທີ່ດິນ-100-1.html"),
    }
    lao = built.read("cases/ທີ່ດິນ-100-1.html", files["cases/ທີ່ດິນ-100-1.html"])
    assert {"cases/የመሬት-አጋርነት.html", "cases/a-b-c.html"} <= set(lao.links)
    assert "media/cases/50% #1.png" in files
    home = files["index.html"].decode()
    assert '<html lang="ar" dir="rtl">' in home
    assert '<h1 lang="km" dir="auto">ភាពជាដៃគូដីធ្លី</h1>' in files["cases/ដីធ្លី.html"].decode()
    assert "<h1>شراكة حول الأرض</h1>" in files["cases/شراكة-الأرض.html"].decode()
    assert "C++ &amp; Söhne &lt;GmbH&gt;" in files["partners/c-söhne-gmbh.html"].decode()
