"""Long lists: a library of 450 cases, every one reached through the pages of each list, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import built
from crossed import words
from generator.build.assemble import assemble
from generator.hosts.config import load_site
from generator.library.library import PAGE_SIZE
from generator.pages.pagination import MIN_ENTRIES, NAMES_PAGE_SIZE, ListPart
from looking import DIVIDED, LOOKS, paint, resize
from rows import made, section, table, tree
from small import CONFIG, library

CASES, EXAMPLES, UNIONS = 450, 30, 150
MOST_CARDS = 250
THUMB = 44
"""Pixels of the style sheet."""
MATRICES = "matrices: [focus by success_factors, constraints by worked]"
MEETING = "prepare/government.html"
LISTS = {
    "cases": "cases/index.html",
    "term in an entry": "success-factors/trusted-relationship.html",
    "term of a field": "countries/la.html",
    "timeline": "timeline.html",
}
EVERY_LIST = pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)

RECORD = """\
---
title: {title}
summary: A summary of {title}.
updated: 2019-01-15
{due}{theme}countries: Laos
focus: ownership-of-model
our_role: leading
entry_process: {{process: started-small, what: With one workshop.}}
period: {{start: {year}, end: {later}}}
partners:
  - {{name: Ministry {number}, sector: government}}
  - {{name: Union {union}, sector: civil-society}}
success_factors:
  - {{factor: trusted-relationship, what: Tea number {number}.}}
constraints:
  - {{constraint: shocks, what: A flood., response: Waited {number} days., worked: {worked}}}
  - {{constraint: staff-time, what: None., response: unknown}}
challenges:
  - {{challenge: funding, met: 'yes'{done}}}
outcomes:
  - {{what: Fewer floods., level: policy, achieved: full}}
---
Some words.
"""
EXAMPLE = """\
---
title: Example {number:03}
summary: A summary.
record_type: indicative-example
updated: 2019-01-15
countries: Laos
focus: ownership-of-model
our_role: leading
partners: UNICEF
success_factors: trusted-relationship
---
Some words.
"""


def record(number: int) -> str:
    """Return one of the cases: dates, results and answers differ, terms are the same."""
    return RECORD.format(
        title=f"Case {number * 7 % CASES:03}",
        number=number,
        union=number % UNIONS,
        year=1900 + number % 90,
        later=1995 + number % 20,
        due="" if number % 2 else "review_due: 2020-01-15\n",
        theme="theme: wash\n" if number < 2 * PAGE_SIZE else "",
        worked="'yes'" if number < CASES - PAGE_SIZE else "'no'",
        done="" if number % 2 else ", response: A donor paid., worked: partly",
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of the site of 450 cases and 30 examples."""
    root = tmp_path_factory.mktemp("long")
    cases = {f"case-{number}": record(number) for number in range(CASES)}
    library(root, **cases, **{f"x{n}": EXAMPLE.format(number=n) for n in range(EXAMPLES)})
    text = CONFIG.replace("[casebook]", f"[casebook: {{{MATRICES}}}]")
    (root / "site_config.yml").write_text(text, "utf-8")
    return made(root, as_of="2026-11-22")


def leaves(files: dict[str, bytes], path: str) -> list[str]:
    """Return the pages of a list, as a reader finds them who follows "Next"."""
    found = [path]
    while after := tree(files[found[-1]]).findall(".//nav[@class='pager']//a[@rel='next']"):
        assert len({link.get("href") for link in after}) == 1
        found.append(_target(found[-1], after[0]))
        assert len(found) < CASES
    return found


def _target(page: str, link: Any) -> str:  # noqa: ANN401 - html5lib's trees have no types
    """Return the path that a link of a page leads to."""
    parts = page.split("/")[:-1]
    for step in link.get("href").partition("#")[0].split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def listed(files: dict[str, bytes], path: str) -> list[str]:
    """Return the titles of the cases that a page's list holds, in order."""
    main = tree(files[path]).find(".//main")
    heads = [*main.findall(".//h3/a"), *main.findall(".//th[@scope='row']/a")]
    return [words(head) for head in heads if words(head).startswith("Case ")]


@EVERY_LIST
def test_every_case_is_reached_once(files: dict[str, bytes], path: str) -> None:
    """The pages of a list hold every case exactly once, at most 200 each, in one order."""
    pages = leaves(files, path)
    assert pages == [path, *(f"{path.removesuffix('.html')}/{n}.html" for n in (2, 3))]
    held = [listed(files, page) for page in pages]
    assert [len(one) for one in held] == [PAGE_SIZE, PAGE_SIZE, CASES - 2 * PAGE_SIZE]
    titles = [title for one in held for title in one]
    assert len(set(titles)) == CASES
    if path != "timeline.html":
        assert titles == sorted(titles)


def test_a_list_that_just_fills_its_pages_has_no_empty_one(files: dict[str, bytes]) -> None:
    """Four hundred cases stand on two pages; a third would hold none."""
    pages = leaves(files, "theme/wash.html")
    assert [len(listed(files, page)) for page in pages] == [PAGE_SIZE, PAGE_SIZE]
    assert "theme/wash/3.html" not in files


def test_bars_stand_in_the_order_of_their_beginning(files: dict[str, bytes]) -> None:
    """The timeline goes on where the page before ended, and its bars have one scale."""
    years, scales = [], set()
    for page in leaves(files, "timeline.html"):
        root = tree(files[page])
        years += [words(row.findall("./td")[0]) for row in root.findall(".//tbody/tr")]
        scales.add("".join(root.find(".//thead//th").itertext()))
    assert years == sorted(years)
    assert len(years) == CASES
    assert len(scales) == 1


@EVERY_LIST
def test_pages_of_a_list_say_where_they_are(files: dict[str, bytes], path: str) -> None:
    """Each page has a title and a heading of its own, a way back, and pagers around its list."""
    for number, page in enumerate(leaves(files, path), 1):
        root = tree(files[page])
        (heading,) = root.findall(".//h1")
        title = root.find(".//title").text
        pagers = root.findall(".//nav[@class='pager']")
        for pager in pagers:
            (here,) = pager.findall(".//a[@aria-current='page']")
            assert words(here) == f"Page {number}"
            numbers = [words(link) for link in pager.findall(".//a")]
            assert [n for n in numbers if n[:4] == "Page"] == ["Page 1", "Page 2", "Page 3"]
        names = [pager.get("aria-label") for pager in pagers]
        assert names == ["Pages of this list, above it", "Pages of this list"][-len(pagers) :]
        if number == 1:
            assert len(pagers) == 1
            continue
        assert len(pagers) == len(set(names))
        assert words(heading).endswith(f" · {number} of 3")
        assert title == f"{words(heading)} · Small library"
        back = root.findall(".//nav[@class='trail']//a")[-1]
        assert _target(page, back) == path


def test_names_of_a_directory_are_reached_once(files: dict[str, bytes]) -> None:
    """A directory goes on after 500 names, and each letter leads to its first name anywhere."""
    pages = leaves(files, "partners/index.html")
    held = [
        [words(a) for a in tree(files[page]).findall(".//div[@class='letter']//li/a")]
        for page in pages
    ]
    assert [len(one) for one in held] == [NAMES_PAGE_SIZE, CASES + UNIONS - NAMES_PAGE_SIZE]
    names = [name for one in held for name in one]
    unions = [f"Union {number}" for number in range(UNIONS)]
    assert names == [*(f"Ministry {number}" for number in range(CASES)), *unions]
    first = tree(files[pages[0]])
    assert words(first.find(".//p[@class='lede']")).startswith("600 partners from 450 case studies")
    letters = {words(a): a.get("href") for a in first.findall(".//nav[@aria-label='A to Z']//a")}
    assert letters == {"M": "#letter-0", "U": "#letter-450"}


def test_examples_come_after_all_cases(files: dict[str, bytes]) -> None:
    """The examples stand at the end of the last page, and the first leads to them."""
    first, last = (tree(files[path]) for path in ("cases/index.html", "cases/index/3.html"))
    (to,) = [a for a in first.findall(".//p[@class='lede']/a") if "indicative" in words(a)]
    assert to.get("href") == "index/3.html#examples"
    (part,) = last.findall(".//section[@id='examples']")
    assert [words(a) for a in part.findall(".//h3/a")] == [f"Example {n:03}" for n in range(30)]
    assert words(part.find("./h2")) == "Indicative examples 30"


def test_numbers_count_all(files: dict[str, bytes]) -> None:
    """Every number over a list is that of all cases, whatever the page shows of them."""
    page = files["success-factors/trusted-relationship.html"]
    assert words(section(page, "said").find("./h2")).startswith(
        "What case studies say 450 of 450 case studies"
    )
    assert words(section(page, "examples").find("./h2")).startswith("Indicative examples 30")
    assert "All 450 case studies" in words(
        tree(files["cases/index.html"]).find(".//p[@class='lede']")
    )
    assert "known for 450 of 450" in words(tree(files["timeline.html"]).find(".//p[@class='lede']"))
    assert words(section(files[MEETING], "cases").find("./h2")).startswith("The case studies 450")


def test_what_is_cut_says_how_many_more(files: dict[str, bytes]) -> None:
    """A list that is cut names the number of the others and leads to where they stand."""
    for path, id_, number, to in [
        ("success-factors/trusted-relationship.html", "examples", "10 more of 30", "cases/"),
        ("gaps.html", "missing", "250 more of 450", "data/"),
        ("gaps.html", "old", "25 more of 225", "data/"),
        ("evidence-map.html", "cells", "more of 450", "data/"),
        ("responses.html", "constraints-shocks", "more of 450", "constraints/shocks.html"),
        ("responses.html", "constraints-staff-time", "more of 450", "constraints/staff-time.html"),
        ("challenges.html", "challenges-funding", "more of 225", "data/"),
        (MEETING, "cases", "420 more of 450", "sector/government.html"),
        (MEETING, "tried", "more of 450", "responses.html"),
    ]:
        place = section(files[path], id_)
        lines = [e for e in place.iter() if e.tag in {"p", "dd"} and number in words(e)]
        assert lines, (path, id_, words(place)[-400:])
        assert any(to in link.get("href") for line in lines for link in line.iter("a")), (path, id_)
        shown = re.search(r"(\d+) more of (\d+)", words(lines[0]))
        assert shown
        assert 0 < int(shown[1]) < int(shown[2])


def test_cells_of_a_matrix_name_some_and_count_all(files: dict[str, bytes]) -> None:
    """A cell leads to the first of its cases and the number of the others; a line says where."""
    place = section(files["compare/focus-by-success-factors.html"], "cells")
    (cell,) = place.findall(".//dl/div")
    assert words(cell.find("./dt")) == "Aims and trust 450"
    *shown, more = [words(one) for one in cell.findall("./dd")]
    assert shown == [f"Case {number:03}" for number in range(PAGE_SIZE)]
    assert more == "250 more of 450"
    assert place.find("./p/a").get("href") == "../data/index.html"


def test_claims_without_a_source_are_counted_though_cut(files: dict[str, bytes]) -> None:
    """The gaps say how many claims cite nothing, and show the first cases that hold some."""
    place = section(files["gaps.html"], "uncited")
    assert "2,250 of 2,250 claims have no source." in words(place)
    cases = place.findall(".//details")
    assert 0 < len(place.findall(".//details//li")) <= PAGE_SIZE
    assert f"{CASES - len(cases)} more case studies of {CASES} have claims" in words(place)


def test_what_did_not_work_has_room_too(files: dict[str, bytes]) -> None:
    """Where responses are cut, as many that failed are shown as those that worked."""
    place = section(files["responses.html"], "constraints-shocks")
    shown = [words(one.find(".//dd")) for one in place.findall("./article")]
    assert len(shown) > MIN_ENTRIES
    assert abs(Counter(shown)["Yes"] - Counter(shown)["No"]) <= 1
    at_a_glance = table(files["responses.html"], "Term by term")
    assert at_a_glance["Shocks and seasons"][:2] == [CASES, CASES]


def test_report_quotes_some_and_says_so(files: dict[str, bytes]) -> None:
    """In brief are the cases that a chapter quotes, with a link to the list of all."""
    page = files["report.html"]
    brief = section(page, "cases")
    quoted = {
        link.get("href")
        for link in tree(page).iter("a")
        if (link.get("href") or "").startswith("#case-")
    }
    held = {f"#{one.get('id')}" for one in brief.findall("./article")}
    assert held == quoted
    assert 0 < len(held) < CASES
    assert words(brief.find("./h2")).startswith(f"In brief {len(held)} of 450")
    assert brief.find("./p/a").get("href") == "cases/index.html"


def test_no_page_is_too_long(files: dict[str, bytes]) -> None:
    """No page has more than 250 cards, nor entries, nor weighs more than half a megabyte."""
    for path, content in files.items():
        if path.endswith(".html") and path != "glossary.html":
            text = content.decode()
            assert text.count('class="card"') <= MOST_CARDS, path
            assert text.count('<article class="claim"') <= MOST_CARDS, path
            assert text.count('class="entry"') <= 3 * MOST_CARDS, path
            assert len(content) < 500_000, path


def test_links_and_markup_hold(files: dict[str, bytes]) -> None:
    """Every link leads somewhere, no page is an orphan, and the pages of lists parse strictly."""
    assert list(built.broken(files)) == []
    assert built.orphans(files) == set()
    for path in {*LISTS.values(), "partners/index.html", "gaps.html", "report.html"}:
        for page in leaves(files, path):
            tree(files[page])  # an error where it is not valid


def test_a_library_of_two_hundred_is_never_divided(tmp_path: Path) -> None:
    """With 200 records no list is divided or cut, names and entries of any number included."""
    cases = {f"case-{number}": record(number) for number in range(PAGE_SIZE)}
    crowd = "".join(
        f"  - {{name: Member {n}, sector: government}}\n" for n in range(NAMES_PAGE_SIZE)
    )
    cases["case-0"] = cases["case-0"].replace("partners:\n", f"partners:\n{crowd}")
    library(tmp_path, **cases)
    site, problems = load_site(tmp_path / "site_config.yml")
    assert site, problems
    found = {d.path: d.content for d in assemble(site).documents if d.path.endswith(".html")}
    lists = {path: content for path, content in found.items() if path != "style.html"}
    assert not [path for path, content in lists.items() if b'class="pager"' in content]
    # The pages before a meeting are short on purpose: they print on few sheets.
    whole = {path: content for path, content in found.items() if not path.startswith("prepare/")}
    assert not [path for path, content in whole.items() if re.search(rb"\d more of \d", content)]
    assert found["partners/index.html"].count(b"<li") > NAMES_PAGE_SIZE
    assert found["partners/member-1.html"].count(b"/member-") == 0
    assert len(listed(found, "cases/index.html")) == PAGE_SIZE


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the same site, for a browser."""
    root = tmp_path_factory.mktemp("site")
    for path in ["assets/casebook.css", *DIVIDED.values(), *LISTS.values()]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(files[path])
    return root


@pytest.mark.parametrize("path", DIVIDED.values(), ids=DIVIDED)
def test_everybody_can_turn_the_pages(
    folder: Path, tab: Page, axe: Callable[[Page], str], path: str
) -> None:
    """A page of a list is without fault, as wide as the window, its pager fit for a thumb."""
    tab.goto((folder / path).as_uri())
    for width, scheme in LOOKS[:2]:
        resize(tab, width)
        paint(tab, scheme)
        assert axe(tab) == "", (width, scheme)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for link in tab.locator(".pager a").all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= THUMB


def test_pages_are_turned_by_keyboard(folder: Path, page: Page) -> None:
    """The pager leads on and back, with links alone."""
    page.goto((folder / "cases/index.html").as_uri())
    page.get_by_role("navigation", name="Pages of this list").get_by_text("Next").press("Enter")
    expect(page).to_have_url((folder / "cases/index/2.html").as_uri())
    above = page.get_by_role("navigation", name="Pages of this list, above it")
    above.get_by_text("Previous").press("Enter")
    expect(page).to_have_url((folder / "cases/index.html").as_uri())


@pytest.mark.parametrize(
    ("number", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 50, [1, 2, 0, 50]),
        (3, 50, [1, 2, 3, 4, 0, 50]),
        (25, 50, [1, 0, 24, 25, 26, 0, 50]),
        (50, 50, [1, 0, 49, 50]),
    ],
)
def test_pager_names_first_last_and_near(number: int, last: int, numbers: list[int]) -> None:
    """A pager names the first and last page and those beside the present one, 0 for a gap."""
    part = ListPart(base="a/b.html", number=number, last=last, size=PAGE_SIZE)
    assert [n for n, _ in part.links] == numbers
    for n, to in part.links:
        assert to == ("" if n == 0 else "a/b.html" if n == 1 else f"a/b/{n}.html")
    assert bool(part.previous) == (number > 1)
    assert bool(part.next) == (number < last)


def test_no_text_stands_where_a_list_goes_on(tmp_path: Path) -> None:
    """A page of text may not take an address of the timeline, however short that is today."""
    root = library(tmp_path, **{"case-1": record(1)})
    (root / "content" / "timeline").mkdir()
    (root / "content" / "timeline" / "2.md").write_text("# Two\n\nWords.\n", "utf-8")
    problems = built.checked(root, tmp_path / "cache").problems
    assert [problem.path for problem in problems if problem.code == "page-taken"] == [
        "content/timeline/2.md"
    ]
