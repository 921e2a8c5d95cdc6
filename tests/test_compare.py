"""Comparing two facets in the browser, what comes up in successes, how soon both are reached."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import built
from crossed import words
from generator.analysis.crosstab import crosstab, in_one_list
from generator.analysis.substance import FEW
from generator.library.collection import distinct_cases
from generator.library.library import Library
from looking import Watched, resize, stops_until
from plainly import Plainly
from rows import made, section, tree
from small import library, snapshot

PAGE = "compare/index.html"
PAIRS = 80
SUCCESS = {"In full", "In part"}

COUNT = """async pairs => {
    const engine = casebook.explorer, named = new Map(engine.facets.map(f => [f.name, f]))
    const lists = await new Promise(done => {
        casebook.entries = done
        const script = document.createElement("script")
        script.src = new URL("../assets/data/entries.js?again", location.href).href
        document.head.append(script)
    })
    return pairs.map(([rows, columns, fine, together]) => {
        const list = together ? lists.find(each => each.list === named.get(rows).list) : null
        const table = casebook.compare(engine, named.get(rows), named.get(columns), fine, list)
        const cells = {}
        table.rows.forEach(row => table.columns.forEach(column => {
            const found = table.cell(row.term, column.term).map(([n]) => engine.data.cases[n][0])
            if (found.length) cells[row.term.id + " " + column.term.id] = found
        }))
        const totals = side => Object.fromEntries(side.map(one => [one.term.id, one.cases.size]))
        const [rows_, columns_] = [totals(table.rows), totals(table.columns)]
        return {cells, rows: rows_, columns: columns_, inside: table.inside}
    })
}"""


def counted(found: Library, pair: list[Any]) -> dict[str, Any]:
    """Return the table of a pair as Python counts it."""
    rows, columns = (found.model.facets[name] for name in pair[:2])
    every = crosstab(found, rows, columns, by_group=not pair[2])
    cells = {pair_: distinct_cases(mentions) for pair_, mentions in every.items()}

    def totals(side: int) -> dict[str, int]:
        sets: dict[str, set[str]] = {}
        for ids, cases in cells.items():
            sets.setdefault(ids[side], set()).update(cases)
        return {id_: len(cases) for id_, cases in sets.items()}

    return {
        "cells": {" ".join(ids): sorted(cases) for ids, cases in cells.items()},
        "rows": totals(0),
        "columns": totals(1),
        "inside": len({case for cases in cells.values() for case in cases}),
    }


@pytest.mark.parametrize("name", ["shipped", "postmortems", "budget"])
def test_numbers_are_those_of_counting(browser: Browser, tmp_path: Path, name: str) -> None:
    """Each cell and total of random pairs is what Python counts, in the same entry too."""
    root = built.SHIPPED if name == "shipped" else built.SITES / name
    found, site = built.checked(root, tmp_path / "cache").library, tmp_path / "site"
    assert found is not None
    files = built.build(root, tmp_path / "cache")
    for path in (PAGE, *(p for p in files if p.startswith("assets/"))):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(files[path])
    facets = [f for f in found.model.facets.values() if found.used_terms(f.name)]
    chance = random.Random(12)  # noqa: S311
    pairs = [chance.choices(facets, k=2) for _ in range(PAIRS)]
    pairs += [[a, b] for a in facets for b in facets if in_one_list(found, a, b)]
    asked = [[a.name, b.name, chance.random() < 0.5, in_one_list(found, a, b)] for a, b in pairs]
    page = browser.new_page()
    page.goto((site / PAGE).as_uri())
    page.wait_for_selector("#compare-title")
    given = json.loads(page.locator("#compare").get_attribute("data-compare") or "")
    assert given["lists"] == sorted({f.owner for f in facets if found.owner(f).entries})
    for pair, answer in zip(asked, page.evaluate(COUNT, asked), strict=True):
        answer["cells"] = {ids: sorted(cases) for ids, cases in answer["cells"].items()}
        assert answer == counted(found, pair), pair
    page.close()


@pytest.fixture
def compare(tab: Page, shipped: Path) -> Callable[..., Page]:
    """Give a function that opens the page, at an address and a width, with its script at work."""

    def opened(hash_: str = "", width: int = 1280) -> Page:
        resize(tab, width)
        tab.goto((shipped / PAGE).as_uri() + hash_)
        tab.wait_for_selector("#compare-title")
        return tab

    return opened


def test_a_cell_leads_to_its_cases(compare: Callable[..., Page], plain: Plainly) -> None:
    """The list has as many as the number; Find cases, where it is offered, shows the same."""
    page = compare("#rows=sector&columns=constraints&by=terms")
    cases = plain.pairs("sector", "constraints")["Government", "Skills gap"]
    page.get_by_role("link", name=re.compile("Government and Skills gap")).click()
    expect(page.locator("#compare-cases")).to_be_focused()
    names = page.locator(".compare-cases .names > li")
    expect(names).to_have_count(len(cases))
    page.go_back()
    expect(names).to_have_count(0)
    page.go_forward()
    expect(names).to_have_count(len(cases))
    page.get_by_role("link", name="Open these in “Find cases”").locator("visible=true").click()
    expect(page.locator("#find-count")).to_have_text(f"{len(cases)} of 41 case studies")


def test_the_keyboard_compares(compare: Callable[..., Page]) -> None:
    """Two lists by letters, the table by few stops; the cases of a number are read next."""
    page = compare()
    assert stops_until(page, ".compare-table") <= 25
    page.get_by_label("Rows").focus()
    page.keyboard.type("Partner s")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Swap")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Columns")).to_be_focused()
    page.keyboard.type("What got")
    expect(page).to_have_url(re.compile("#rows=sector&columns=constraints"))
    cell = page.locator(".compare-table td a").first
    number = (cell.text_content() or "").partition(":")[0]
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#compare-cases")).to_be_focused()
    expect(page.locator(".compare-cases .names > li")).to_have_count(int(number))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".compare-cases a:focus, .compare-cases button:focus")).to_have_count(1)


def test_one_row_is_few_stops_away_on_a_phone(compare: Callable[..., Page]) -> None:
    """There the first case stands in a list, after the choices."""
    page = compare("#rows=level&columns=success_factors", 360)
    assert stops_until(page, ".compare-row a") <= 25


def test_the_same_entry_is_said(compare: Callable[..., Page]) -> None:
    """Where both stand in one list the page says so, and offers no list that would be another."""
    page = compare("#rows=constraints&columns=worked&by=terms")
    expect(page.locator(".compare")).to_contain_text("in the same entry of “What got in the way”")
    cell = page.locator(".compare-table td a").first
    number = int((cell.text_content() or "").partition(":")[0])
    cell.click()
    expect(page.locator(".compare-cases .names > li")).to_have_count(number)
    expect(page.get_by_role("link", name="Open these")).to_have_count(0)
    to = page.locator(".compare-cases .names a").first.get_attribute("href") or ""
    assert "#constraints-" in to


def test_one_row_is_a_list_on_a_phone(compare: Callable[..., Page]) -> None:
    """The row of most cases stands first; what comes up most is on top; few cases are named."""
    page = compare("#rows=level&columns=success_factors", 360)
    expect(page.locator(".compare-table")).to_be_hidden()
    page.get_by_label("Outcome level", exact=True).select_option("policy")
    expect(page).to_have_url(re.compile("row=policy"))
    expect(page.get_by_label("Outcome level", exact=True)).to_be_focused()
    counts = page.locator(".compare-row .tally > li > .count").all_text_contents()
    numbers = [int(text.split()[0]) for text in counts]
    assert numbers == sorted(numbers, reverse=True)
    for number, item in zip(numbers, page.locator(".compare-row .tally > li").all(), strict=True):
        assert item.locator("> .names > li").count() == (number if number < FEW else 0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sides_are_swapped_and_kept(compare: Callable[..., Page]) -> None:
    """What is chosen stands in the address; another copy of the page shows the same."""
    page = compare()
    page.get_by_label("Rows").select_option("sector")
    page.get_by_label("Columns").select_option("constraints")
    page.get_by_role("button", name="Swap").click()
    page.get_by_role("button", name="Term by term").focus()
    page.keyboard.press("Enter")
    address = page.url
    assert address.endswith("#rows=constraints&columns=sector&by=terms")
    table = page.locator(".compare-table").inner_text()
    again = compare("#" + address.partition("#")[2])
    assert again.locator(".compare-table").inner_text() == table


@pytest.mark.parametrize("hash_", ["#rows=nothing&columns=%E0%A4", "#row=x&column=y", "#=&&rows"])
def test_a_torn_address_is_read_as_far_as_it_can(compare: Callable[..., Page], hash_: str) -> None:
    """The page shows the pair that it begins with."""
    expect(compare(hash_).locator("#compare-title")).to_have_text("Focus and What helped")


def test_the_file_has_what_is_shown(compare: Callable[..., Page]) -> None:
    """The CSV has the numbers of the table."""
    page = compare("#rows=sector&columns=form")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download this table as CSV").click()
    assert caught.value.suggested_filename.startswith("sector-by-form-")
    rows = list(csv.reader(io.StringIO(caught.value.path().read_text("utf-8-sig"))))
    lines = page.locator(".compare-table tbody tr").all()
    assert len(rows) == len(lines) + 2
    for row, line in zip(rows[1:], lines, strict=False):
        cells = [text.partition(":")[0] for text in line.locator("td").all_text_contents()]
        assert row[1:] == ["0" if cell == "none" else cell for cell in cells]


def test_it_works_from_a_folder(shipped: Path, page: Page) -> None:
    """Under the site's policy, with its own files alone; entries are loaded when needed."""
    watched = Watched(page)
    watched.visit((shipped / PAGE).as_uri())
    page.wait_for_selector("#compare-title")
    entries = f"{shipped.as_uri()}/assets/data/entries.js"
    assert not any(entries in each for each in watched.asked)
    page.get_by_label("Rows").select_option("constraints")
    page.get_by_label("Columns").select_option("worked")
    expect(page.locator(".compare-table")).to_be_visible()
    assert any(entries in each for each in watched.asked)
    assert (watched.failed, watched.said) == ([], [])


def test_without_scripts_the_tables_stand(shipped: Path, unscripted: BrowserContext) -> None:
    """The pairs of the site are listed, each a page with a table; the old addresses lead on."""
    page = unscripted.new_page()
    page.goto((shipped / PAGE).as_uri())
    page.get_by_role("link", name="Outcome level by success factor").click()
    expect(page.locator("table").first).to_be_visible()
    for path in ("matrix/index.html", "matrix/level-by-success-factors.html"):
        assert (shipped / path).read_text("utf-8").count("url=../compare/") == 1


def test_a_site_without_matrices_compares_too(tmp_path: Path) -> None:
    """A stranger's model has the page with its own facets, and no word of partnerships."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    text = built.read(PAGE, files[PAGE]).text
    given = json.loads(tree(files[PAGE]).find(".//div[@id='compare']").get("data-compare"))
    assert set(given["first"]) < given["totals"].keys()
    assert "partner" not in (text + json.dumps(given)).casefold()
    assert not [path for path in files if path.startswith("matrix/")]
    assert "successes.html" not in files


# ---- what comes up in successes ------------------------------------------------------------------


def reached(plain: Plainly, level: str) -> dict[str, set[str]]:
    """Return by group of success factors the cases with a success at a level."""
    cases: dict[str, set[str]] = {}
    for id_, front in plain.counted().items():
        levels, results = dict(plain.named(front, "level")), dict(plain.named(front, "achieved"))
        numbers = [n for n, label in levels.items() if label == level]
        if any(results.get(n) in SUCCESS for n in numbers):
            cases.setdefault("", set()).add(id_)
            for _, label in plain.named(front, "success_factors", by_group=True):
                cases.setdefault(label, set()).add(id_)
    return cases


def test_successes_are_counted_in_the_same_entry(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """Each group has the cases whose entry has both the level and success, most often first."""
    place = section(shipped_files["successes.html"], "reached-policy")
    expected = reached(plain, "Policy")
    total = len(expected.pop(""))
    assert words(place.find("./h2")).startswith(f"Policy {total} of 41 case studies")
    numbers: dict[str, Any] = {}
    for item in place.iter("li"):
        if item.find("./span[@class='count']") is not None:
            numbers.setdefault(words(item.find("./a")), item)
    for label, cases in expected.items():
        item = numbers[label]
        assert words(item.find("./span")) == f"{len(cases)} of {total}"
        names = item.findall("./ul[@class='names']/li")
        assert len(names) == (len(cases) if len(cases) < FEW else 0)


SMALL = """\
outcomes:
  - {{what: A law., level: policy, achieved: {law}}}
  - {{what: Better lives., level: lives, achieved: {lives}}}
"""


def test_success_is_told_from_what_is_open(tmp_path: Path) -> None:
    """Too early and unknown are apart from what was not reached; a result counts for its level."""
    states = {
        "a": ("full", "not"),
        "b": ("too-early", "partial"),
        "c": ("unknown", "full"),
        "d": ("not", "full"),
    }
    cases = {
        name: snapshot(name, SMALL.format(law=law, lives=lives))
        for name, (law, lives) in states.items()
    }
    page = made(library(tmp_path, **cases))["successes.html"]
    lines = [
        words(li) for li in section(page, "reached-policy").iterfind("./ul[@class='marks']/li")
    ]
    assert lines == ["Too early, or not known: 2 more", "Not reached: 1 more"]
    heads = [words(h).partition(" Link")[0] for h in tree(page).iter("h2") if "of 4" in words(h)]
    assert heads == [
        "Lives 3 of 4 case studies",
        "Policy 1 of 4 case studies",
        "What was not reached 2 of 4 case studies",
    ]


def test_what_was_not_reached_is_told_with_what_got_in_the_way(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """Each case with a change that did not come about is there, with its obstacles."""
    expected = {
        front["title"]: {label for _, label in plain.named(front, "constraints")}
        for front in plain.counted().values()
        if {"Not achieved", "Reversed"} & {label for _, label in plain.named(front, "achieved")}
    }
    told = {
        words(claim.find("./h3")): {words(a) for a in claim.findall("./p[@class='quiet']/a")}
        for claim in section(shipped_files["successes.html"], "not-reached").iter("article")
    }
    assert told == expected
    assert len(told) > 1


# ---- taps ----------------------------------------------------------------------------------------


def test_cases_of_a_cell_stand_by_title(
    compare: Callable[..., Page], shipped_library: Library
) -> None:
    """As everywhere on the site, though numbers of cases follow their ids."""
    page = compare("#rows=countries&columns=sector&row=asia&column=government")
    library = shipped_library
    asia = [c for c in library.counted if "asia" in library.terms(c)["countries"]]
    both = [c for c in asia if "government" in library.terms(c)["sector"]]
    assert both != sorted(both)
    titles = [library.title(case) for case in both]
    expect(page.locator(".compare-cases .names a")).to_have_text(titles)


def test_what_went_badly_and_why(tab: Page, shipped: Path) -> None:
    """Two taps lead to what was not reached, and to what got in the way there."""
    resize(tab, 360)
    tab.goto((shipped / "index.html").as_uri())
    for name in ("What we learn", "What was not reached"):
        tab.locator("main").get_by_role("link", name=name, exact=True).click()
    place = tab.locator("#not-reached")
    expect(place).to_be_in_viewport()
    expect(place.locator("article").first).to_contain_text("What got in the way:")


def test_a_long_list_is_narrowed(tab: Page, shipped: Path) -> None:
    """A few letters leave the partners that have them, and say how many."""
    resize(tab, 360)
    tab.goto((shipped / "partners/index.html").as_uri())
    tab.get_by_role("searchbox", name="Find in this list").fill("unicef")
    expect(tab.locator("#again .tally > li").locator("visible=true")).to_have_count(1)
    expect(tab.locator(".letter li").locator("visible=true")).to_have_count(1)
    expect(tab.locator(".narrow [role=status]")).to_have_text("1 of 96")


def test_a_link_into_a_fold_opens_it(tab: Page, shipped: Path) -> None:
    """The place of a constraint is folded away in its family, until somebody is led to it."""
    resize(tab, 360)
    tab.goto((shipped / "responses.html").as_uri() + "#constraints-topic-sensitivity")
    expect(tab.locator("#constraints-topic-sensitivity h3")).to_be_in_viewport()
    assert tab.locator("details.family[open]").count() == 1
    tab.goto((shipped / "responses.html").as_uri())
    assert tab.evaluate("document.documentElement.scrollHeight") < 6000


def test_pairs_that_met_again_are_a_table(tmp_path: Path) -> None:
    """Two partners in two cases together stand in a table; without such a pair there is none."""
    both = snapshot("Both").replace("partners: UNICEF", "partners: [UNICEF, USAID]")
    files = made(library(tmp_path / "a", one=both, two=both.replace("Both", "Two")))
    table = section(files["partners/index.html"], "again").find(".//table")
    assert words(table.find("./tbody")) in {"UNICEFUSAID2", "UNICEF USAID 2"}
    alone = made(library(tmp_path / "b", one=both, two=snapshot("Two")))["partners/index.html"]
    assert b"<table" not in alone
    assert words(section(alone, "again").find(".//li/a")) == "UNICEF"
