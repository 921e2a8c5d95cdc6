"""My cases: the list, the brief that it prints, and what the page of a case leads to it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import built
from generator.base.document import Document
from generator.library.library import Library
from generator.output.exchange import exchange
from looking import LOOKS, Watched, paint, resize
from small import library, snapshot

Files = Mapping[str, bytes]

PAGE = "my-cases.html"
CASE = "cambodia-multilingual-education"
THREE = (CASE, "kenya-contract-teachers-world-vision", "bangladesh-setu-union-parishads")
TEXTS = "assets/search/text/"
PHONE = 360
MOST = 50
SIZE = 4_600
"""In bytes, gzipped: of the rows of one case."""

HIDDEN = ["quartz", "marble", "unicef", "onyx", "travertine", "nepal"]
"""Words that only withheld records and names say."""


@pytest.fixture
def phone(browser: Browser, shipped: Path) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a path of the shipped site on a phone nobody has used before."""
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    page = context.new_page()

    def opened(path: str) -> Page:
        page.goto("about:blank")
        page.goto((shipped / path.partition("#")[0]).as_uri() + "".join(path.partition("#")[1:]))
        return page

    yield opened
    context.close()


def ids_of(page: Page) -> list[str]:
    """Return the ids of the cases that a page lists."""
    links = page.locator(".list-cases a").all()
    return [str(link.get_attribute("href")).rpartition("/")[2][:-5] for link in links]


def rows_of(files: Files, id_: str) -> list[Any]:
    """Return the rows of a case."""
    text = files[f"{TEXTS}{id_}.js"].decode()
    rows: list[Any] = json.loads(text[text.index("(") + 1 : text.rindex(")")])[1]
    return rows


def stored(page: Page) -> Any:  # noqa: ANN401 - JSON
    """Return what the browser keeps under the key of the library."""
    return page.evaluate("JSON.parse(localStorage.getItem('casebook:Strategic partnerships:v1'))")


# ---- the rows ------------------------------------------------------------------------------------


def test_a_row_says_what_a_brief_prints(shipped_files: Files) -> None:
    """A claim has its term, its strength and its sources; an obstacle what was done about it."""
    rows = {row[0]: row[2] for row in rows_of(shipped_files, CASE) if len(row) > 2}
    assert rows["success-factors-credible-evidence"] == {
        "f": "success_factors", "l": "Credible evidence", "s": 1, "c": "1, 5",
    }  # fmt: skip
    assert rows["constraints-project-money"]["r"].startswith("The Australian Government gave money")
    assert rows["outcomes-2"]["d"] == "Policy · In full · 2013"
    answered = [
        row[2]
        for path in shipped_files
        if path.startswith(TEXTS)
        for row in rows_of(shipped_files, path.removeprefix(TEXTS)[:-3])
        if len(row) > 2 and row[2].get("w")
    ]
    assert {("partly", "Partly")} <= {(more["w"], more["v"]) for more in answered}


def test_rows_are_small(shipped_files: Files) -> None:
    """A slow line carries the rows of a case, and the scripts of its page."""
    size = {path: len(gzip.compress(content, 9)) for path, content in shipped_files.items()}
    assert max(number for path, number in size.items() if path.startswith(TEXTS)) <= SIZE
    assert size["assets/case.js"] <= 3_072
    assert size["assets/casebook.js"] <= 3_072


def test_nothing_withheld_is_in_the_rows(tmp_path: Path) -> None:
    """Neither the rows, nor the page, nor what terms mean has what is withheld from the site."""
    files = built.build(built.SITES / "private", tmp_path)
    paths = [path for path in files if path.startswith(TEXTS)]
    assert paths
    for path in (*paths, PAGE, "assets/data/definitions.js"):
        text = files[path].decode().casefold()
        assert [word for word in HIDDEN if word in text] == [], path


@pytest.mark.parametrize("name", ["budget", "postmortems"])
def test_a_stranger_has_a_list_of_its_own(tmp_path: Path, name: str) -> None:
    """The page of another model has its words, prints its fields, and has no trace of ours."""
    text = built.build(built.SITES / name, tmp_path)[PAGE].decode()
    assert "artnership" not in text
    assert '"fields": [["' in text


# ---- the list ------------------------------------------------------------------------------------


def test_a_case_is_added_and_kept(phone: Callable[[str], Page]) -> None:
    """The button of a case leads to the list, which keeps it; the case then says so."""
    page = phone(f"cases/{CASE}.html")
    page.locator("#tools a").click()
    expect(page.get_by_text("In your list now")).to_be_visible()
    assert ids_of(page) == [CASE]
    assert page.url.endswith(f"{PAGE}#c={CASE}")
    assert stored(page) == {"ids": [CASE], "title": ""}
    page.go_back()
    expect(page.locator("#tools a")).to_have_text("In my case studies")
    page.locator("#tools a").click()
    expect(page.get_by_text("It was in your list already")).to_be_visible()


def test_a_shared_list_overwrites_nothing(phone: Callable[[str], Page], browser: Browser) -> None:
    """Somebody's link shows their list, and adds to mine only when it is asked to."""
    page = phone(f"{PAGE}#add={CASE}")
    link = page.url.replace(CASE, ".".join(THREE[1:])) + "&t=For%20the%20ministry"
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("For the ministry")
    expect(page.locator(".list-banner")).to_contain_text("A shared list of 2")
    assert ids_of(page) == list(THREE[1:])
    assert stored(page)["ids"] == [CASE]
    page.get_by_role("button", name="Only look").click()
    expect(page.locator(".list-banner")).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Add to my list").click()
    assert ids_of(page) == list(THREE)
    assert stored(page) == {"ids": list(THREE), "title": ""}
    fresh = browser.new_context()
    other = fresh.new_page()
    other.goto(link)
    expect(other.locator(".list-banner")).to_contain_text("A shared list of 2")
    assert stored(other) is None
    fresh.close()


def test_the_list_is_changed_and_forgotten(phone: Callable[[str], Page]) -> None:
    """One is removed, the list gets a name, and all of it goes; the focus is never lost."""
    for id_ in THREE:
        page = phone(f"{PAGE}#add={id_}")
    page.get_by_label("Name of the list").fill("Round & <table>")
    expect(page.locator("h1")).to_have_text("Round & <table>")
    page.wait_for_url("**&t=Round%20%26%20%3Ctable%3E")
    page.locator(".list-cases button").nth(1).click()
    assert ids_of(page) == [THREE[0], THREE[2]]
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.reload()
    assert ids_of(page) == [THREE[0], THREE[2]]
    expect(page.locator(".list-banner")).to_be_hidden()
    page.get_by_role("button", name="Forget this list").click()
    page.get_by_role("button", name="No, keep it").click()
    page.get_by_role("button", name="Forget this list").click()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.get_by_text("The list is forgotten.")).to_be_visible()
    assert stored(page) is None
    assert page.evaluate("document.activeElement.tagName") == "A"


BLOCKED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('no', 'SecurityError') },
})"""


def test_a_browser_that_keeps_nothing(shipped: Path, browser: Browser) -> None:
    """Where storage is blocked, the link is the list: it can be changed and shared."""
    page = browser.new_page()
    page.add_init_script(BLOCKED)
    watched = Watched(page)
    watched.visit((shipped / PAGE).as_uri() + f"#c={'.'.join(THREE)}")
    page.locator(".list-cases button").first.click()
    assert ids_of(page) == list(THREE[1:])
    assert page.url.endswith(f"#c={'.'.join(THREE[1:])}")
    expect(page.get_by_text("This browser keeps no list.")).to_be_visible()
    page.goto((shipped / "cases" / f"{CASE}.html").as_uri())
    expect(page.locator("#tools a")).to_have_text("Add to my case studies")
    assert watched.said == []
    page.close()


@pytest.mark.parametrize(
    "kept",
    ["", "{", "null", "[]", '{"ids": 5}', '{"ids": [null, {}, "x", "__proto__"], "title": []}'],
)
def test_what_is_kept_may_be_broken(phone: Callable[[str], Page], kept: str) -> None:
    """What is no list is an empty one, and the page works."""
    page = phone(PAGE)
    page.evaluate("kept => localStorage.setItem('casebook:Strategic partnerships:v1', kept)", kept)
    page = phone(f"{PAGE}#add={CASE}")
    assert ids_of(page) == [CASE]


@pytest.mark.parametrize(
    "hash_",
    [
        "#c=%3Cimg%20src%3Dx%20onerror%3Ddocument.hacked%3D1%3E&t=%3Cimg%20src%3Dx%3E",
        "#c=__proto__.constructor.toString&t=%",
        "#add=..%2F..%2Fetc",
        "#add=%ff",
        "#c=....&c=x&t=%F0%9F",
        "#countries=%3Cb%3E&not.theme=__proto__",
        f"#c={'.'.join(['x' * 300] * 400)}",
    ],
)
def test_a_hostile_address_is_harmless(phone: Callable[[str], Page], hash_: str) -> None:
    """What an address holds is text or nothing; no case is invented, and nothing is loaded."""
    page = phone(PAGE)
    watched = Watched(page)
    page = phone(PAGE + hash_)
    expect(page.locator(".list-choose")).to_be_visible()
    assert ids_of(page) == []
    assert page.evaluate("[document.hacked, document.images.length]") == [None, 0]
    assert watched.said == []
    assert stored(page) is None


def test_more_than_fifty(shipped_files: Files, phone: Callable[[str], Page]) -> None:
    """A list holds fifty; a longer one says how many of it are here."""
    ids = sorted(path.removeprefix(TEXTS)[:-3] for path in shipped_files if path.startswith(TEXTS))
    assert len(ids) > MOST
    page = phone(f"{PAGE}#c={'.'.join([*ids, *ids[:5], 'no-such-case'])}")
    assert ids_of(page) == ids[:MOST]
    expect(page.locator(".list-banner")).to_contain_text(f"first {MOST} of {len(ids)}")
    expect(page.locator(".list-banner")).to_contain_text("No longer here: 1")
    page.get_by_role("button", name="Add to my list").click()
    assert len(stored(page)["ids"]) == MOST
    page = phone(f"{PAGE}#add={ids[-1]}")
    expect(page.get_by_text("Your list is full")).to_be_visible()
    assert len(stored(page)["ids"]) == MOST


def test_cases_that_are_gone_take_no_room(
    shipped_files: Files, phone: Callable[[str], Page]
) -> None:
    """They stay in the list, for another edition may have them, and count towards no limit."""
    ids = sorted(path.removeprefix(TEXTS)[:-3] for path in shipped_files if path.startswith(TEXTS))
    gone = [f"gone-{number}" for number in range(MOST)]
    page = phone(PAGE)
    page.evaluate(
        "ids => localStorage.setItem('casebook:Strategic partnerships:v1', JSON.stringify({ids}))",
        [*gone, *ids[: MOST - 1]],
    )
    page = phone(f"{PAGE}#add={ids[MOST - 1]}")
    expect(page.get_by_text("In your list now")).to_be_visible()
    assert ids_of(page) == ids[:MOST]
    assert stored(page)["ids"] == [*gone, *ids[:MOST]]
    expect(page.locator(".list-banner")).to_contain_text(f"No longer here: {MOST}")
    page = phone(f"{PAGE}#add={ids[MOST]}")
    expect(page.get_by_text("Your list is full")).to_be_visible()
    page = phone(f"{PAGE}#countries=kh")
    expect(page.get_by_role("button", name=f"Open my own list: {MOST}")).to_be_visible()


OWN_KEYS = """\
name: note
plural: notes
folder: notes
types: {field: kind, kinds: {note: {needs: [always]}}}
fields:
  title: {kind: line, role: title, label: Title, need: always, help: The name.}
  kind: {kind: term, role: type, vocabulary: kind, label: Kind, help: What it is.}
  c: {kind: term, vocabulary: words, facet: true, label: C, noun: c, help: A word.}
  q: {kind: term, vocabulary: words, facet: true, label: Q, noun: q, help: A word.}
"""
"""A model whose facets have the names of keys: `c` is a list, `q` what was searched."""


def test_facets_may_have_the_names_of_keys(tmp_path: Path, page: Page) -> None:
    """A facet whose key is that of a list has no brief; one with a key of Find cases has."""
    vocabulary = tmp_path / "content/vocabulary"
    vocabulary.mkdir(parents=True)
    (tmp_path / "content/record.yml").write_text(OWN_KEYS, "utf-8")
    for name, term in ("kind", "note"), ("words", "tall"):
        text = f"title: Terms\nterms:\n  - {{id: {term}, label: {term.title()}}}\n"
        (vocabulary / f"{name}.yml").write_text(text, "utf-8")
    root = library(tmp_path)
    notes = tmp_path / "content/notes"
    notes.mkdir()
    for name in ("one", "two"):
        (notes / f"{name}.md").write_text(
            f"---\ntitle: {name.title()}\nc: tall\nq: tall\n---\nWords.\n", "utf-8"
        )
    files = built.build(root, tmp_path / "cache")
    assert PAGE not in "".join(built.read("c/tall.html", files["c/tall.html"]).links)
    assert f"{PAGE}#is.q=tall" in files["q/tall.html"].decode()
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    page.goto((tmp_path / "site" / PAGE).as_uri())
    page.get_by_role("link", name="Tall").click()
    expect(page.locator("h1")).to_have_text("Everything about Tall")
    expect(page.locator(".list-cases li")).to_have_count(2)


def test_the_text_of_a_case_has_its_edition(tmp_path: Path, page: Page) -> None:
    """A browser keeps what a case said under an address that an edit of the case changes alone."""

    def asked(**cases: str) -> list[str]:
        site = _site(tmp_path, **cases)
        found: list[str] = []
        page.on("request", lambda request: found.append(request.url))
        page.goto("about:blank")
        page.goto((site / PAGE).as_uri() + "#c=one.two")
        ready(page, 2)
        return sorted(url.rpartition("/")[2] for url in found if f"/{TEXTS}" in url)

    one, two = snapshot("One"), snapshot("Two")
    first = asked(one=one, two=two)
    assert [re.sub("[0-9a-f]{6}$", "", url) for url in first] == ["one.js?v=", "two.js?v="]
    second = asked(one=one.replace("Some words.", "Other words."), two=two)
    assert (first[0] != second[0], first[1] == second[1]) == (True, True)


def test_another_tab_changes_the_list(phone: Callable[[str], Page]) -> None:
    """What one tab adds another shows."""
    page = phone(f"{PAGE}#add={CASE}")
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0] + f"#add={THREE[1]}")
    expect(page.locator(".list-cases li")).to_have_count(2)


def test_a_page_that_waited_knows_the_list(phone: Callable[[str], Page]) -> None:
    """A page that Back brings out of memory heard of no change; what it writes loses nothing."""
    page = phone(f"{PAGE}#add={CASE}")
    expect(page.locator(".list-cases li")).to_have_count(1)
    page.evaluate(
        """ids => {
            localStorage.setItem("casebook:Strategic partnerships:v1", JSON.stringify({ids}))
            dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}))
        }""",
        THREE[:2],
    )
    page.locator(".list-cases button").first.click()
    assert stored(page)["ids"] == [THREE[1]]


def test_a_name_is_written_to_no_other_list(phone: Callable[[str], Page]) -> None:
    """Who names the list and at once opens something else keeps the address of that."""
    page = phone(f"{PAGE}#add={CASE}")
    page.get_by_label("Name of the list").fill("Mine")
    page.evaluate("location.hash = '#countries=kh'")
    expect(page.locator("h1")).to_have_text("Everything about Cambodia")
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == "#countries=kh"
    assert stored(page)["title"] == "Mine"


def test_a_case_that_moved_is_found(tmp_path: Path, page: Page) -> None:
    """An id that a case had before leads to it; one that nobody knows is counted."""
    one = snapshot("One").replace("title: One", "title: One\nformer_ids: [uno]")
    site = _site(tmp_path, one=one, two=snapshot("Two"))
    page.goto((site / PAGE).as_uri() + "#c=uno.gone.two")
    expect(page.locator(".list-cases a")).to_have_text(["One", "Two"])
    expect(page.locator(".list-banner")).to_contain_text("No longer here: 1")


def _site(tmp_path: Path, settings: str = "", **cases: str) -> Path:
    root = library(tmp_path, **cases)
    if settings:
        config = root / "site_config.yml"
        text = config.read_text("utf-8")
        config.write_text(text.replace("[casebook]", f"[casebook: {settings}]"), "utf-8")
    files = built.build(root, tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    return tmp_path / "site"


# ---- the brief -----------------------------------------------------------------------------------


def sheets(page: Page) -> int:
    """Return on how many sheets of A4 a page is printed."""
    return max(map(int, re.findall(rb"/Count (\d+)", page.pdf(format="A4"))))


def ready(page: Page, number: int) -> None:
    """Wait until the brief holds so many cases, all loaded."""
    expect(page.locator(".case-brief")).to_have_count(number)
    expect(page.get_by_role("button", name="Print as one brief")).to_be_enabled()


def test_a_brief_says_what_matters(phone: Callable[[str], Page]) -> None:
    """Facts, summary, what changed, what helped, what was done, how sure, sources: in one case."""
    page = phone(f"{PAGE}#c={CASE}")
    ready(page, 1)
    brief = page.locator(".case-brief")
    expect(brief.locator("h3")).to_contain_text(
        ["What changed", "What they did", "What helped", "What got in the way", "Sources"]
    )
    expect(brief).to_contain_text("Cambodia")
    expect(brief).to_contain_text("19 × Not confirmed")
    expect(brief.locator(".chip")).to_have_count(0)
    page = phone(f"{PAGE}#c=peru-initiative-against-child-malnutrition")
    ready(page, 1)
    expect(brief).to_contain_text("A claim without a word: Not confirmed")
    expect(brief.locator(".chip", has_text="Not confirmed")).to_have_count(0)
    expect(brief.locator(".chip", has_text="Independent")).to_have_count(10)
    page = phone(f"{PAGE}#c={CASE}")
    ready(page, 1)
    obstacle = brief.locator("li", has_text="Rests on project money")
    expect(obstacle).to_contain_text("What was done: The Australian Government gave money")
    expect(obstacle).to_contain_text("Did it work? Not recorded")
    expect(brief.locator("li", has_text="Few state resources")).to_contain_text(
        "What was done: not recorded."
    )


def test_each_case_has_two_sheets_at_most(
    shipped_files: Files, phone: Callable[[str], Page]
) -> None:
    """Of the longest cases of the library, and of all others together, the list included."""
    size = {
        path.removeprefix(TEXTS)[:-3]: len(content)
        for path, content in shipped_files.items()
        if path.startswith(TEXTS)
    }
    longest = sorted(size, key=lambda id_: -size[id_])
    for id_ in longest[:6]:
        page = phone(f"{PAGE}#c={id_}")
        ready(page, 1)
        assert sheets(page) <= 2, id_
    page = phone(f"{PAGE}#c={'.'.join(longest[6:MOST])}")
    ready(page, MOST - 6)
    assert sheets(page) <= (MOST - 6) * 2
    page = phone(f"{PAGE}#countries=kh")
    ready(page, 4)
    assert sheets(page) <= 4 * 2


def test_the_page_of_a_term_leads_to_its_brief(
    phone: Callable[[str], Page], shipped_library: Library
) -> None:
    """The link is there where scripts run, and finds the cases of the page, in order of titles."""
    page = phone("countries/kh.html")
    page.get_by_role("link", name="Everything about Cambodia, to print").click()
    ready(page, 4)
    cases = shipped_library.cases_naming("countries", "kh")
    assert list(cases) != sorted(cases)  # numbers of cases follow their ids
    titles = [shipped_library.title(case) for case in cases]
    expect(page.locator(".list-cases a")).to_have_text(titles)
    page = phone(f"{PAGE}#countries=kh&theme=education&not.sector=private")
    expect(page.locator("h1")).to_have_text(re.compile("Countries: Cambodia; .*Without: "))


def test_a_broken_line_is_told_and_tried_again(phone: Callable[[str], Page]) -> None:
    """A text that does not come is told; a button asks for it again."""
    page = phone(PAGE)
    page.route(f"**/{TEXTS}*", lambda route: route.abort())
    page = phone(f"{PAGE}#c={'.'.join(THREE)}")
    expect(page.get_by_text("Could not be loaded: 3.")).to_be_visible()
    page.unroute(f"**/{TEXTS}*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".case-brief h3").first).to_be_visible()
    expect(page.get_by_text("Could not be loaded")).to_be_hidden()


def test_a_large_library_has_summaries_alone(tmp_path: Path, page: Page) -> None:
    """Where there are no files of texts, the page says so and asks for none."""
    site = _site(tmp_path, "{search_bodies_max: 1}", one=snapshot("One"), two=snapshot("Two"))
    watched = Watched(page)
    watched.visit((site / PAGE).as_uri() + "#c=one.two")
    expect(page.get_by_text("In a library of this size")).to_be_visible()
    expect(page.locator(".case-brief .lede").first).to_have_text("A summary of One.")
    assert watched.failed == []


# ---- the page of a case, and Find cases ----------------------------------------------------------


def test_the_results_are_walked(phone: Callable[[str], Page]) -> None:
    """From Find cases a case knows the results before and after it, and the way back."""
    page = phone("cases/index.html#countries=kh")
    links = page.locator(".find h3 a")
    names = links.all_text_contents()
    links.nth(1).click()
    expect(page.locator("h1")).to_have_text(names[1])
    expect(page.get_by_role("link", name="2 of 4 results")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text(names[2])
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text(names[3])
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    page.get_by_role("link", name="Previous").click()
    page.get_by_role("link", name="3 of 4 results").click()
    expect(page.locator("#find-count")).to_contain_text("4 of 41")


@pytest.mark.parametrize(
    "hash_", ["", "#story", "#from", "#from=%&at=x.y&in=%ff&no=-1", "#from=&at=1.2&in=a.b&no=1"]
)
def test_a_case_from_elsewhere_has_no_results(phone: Callable[[str], Page], hash_: str) -> None:
    """Without results, or with those of another case, there is no next one."""
    page = phone(PAGE)
    watched = Watched(page)
    page = phone(f"cases/{CASE}.html{hash_}")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    assert watched.said == []


def test_folds_are_open_on_paper(phone: Callable[[str], Page]) -> None:
    """The story is printed whole, and folded again after it."""
    page = phone(f"cases/{CASE}.html")
    folded = "!document.querySelector('#story details').open"
    assert page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded)


def test_a_term_is_explained_beside_its_word(phone: Callable[[str], Page]) -> None:
    """A tap shows what a term means, a second one hides it."""
    page = phone(f"cases/{CASE}.html")
    button = page.get_by_role("button", name="What does “Joint review” mean?")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    note = page.locator(".definition:not([hidden])")
    expect(note).to_have_count(1)
    assert len(note.inner_text()) > 20
    button.press("Enter")
    expect(note).to_have_count(0)


def test_results_are_added_and_printed(phone: Callable[[str], Page]) -> None:
    """Each result has a link to the list; all of them are a brief, by terms or by ids."""
    page = phone("cases/index.html#countries=kh")
    page.get_by_role("link", name="Print these as a brief").click()
    expect(page.locator("h1")).to_have_text("Everything about Cambodia")
    page = phone("cases/index.html#q=cambodia")
    expect(page.locator("#find-count")).to_be_visible()
    page.wait_for_timeout(500)
    page.get_by_role("link", name="Print these as a brief").click()
    expect(page.locator("h1")).to_have_text("“cambodia”")
    assert CASE in ids_of(page)
    page = phone("cases/index.html")
    page.get_by_role("link", name=re.compile("^Add to my list")).first.click()
    expect(page.get_by_text("In your list now")).to_be_visible()


# ---- for everybody -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        f"{PAGE}#c={'.'.join(THREE)}",
        f"{PAGE}#countries=kh",
        f"cases/{CASE}.html#from=q%3Da&at=1.2&in={CASE}.x&no=1",
    ],
)
def test_everybody_can_use_it(
    phone: Callable[[str], Page], axe: Callable[[Page], str], path: str
) -> None:
    """No state of the page is at fault, at two widths, in light and in dark."""
    page = phone(path)
    page.wait_for_timeout(500)
    for width, scheme in LOOKS if path == PAGE else LOOKS[:2]:
        resize(page, width)
        paint(page, scheme)
        page.evaluate("for (const it of document.querySelectorAll('main details')) it.open = true")
        assert axe(page) == "", (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "path", ["cases/index.html#q=%D8%A7", f"{PAGE}#countries=la", "compare/index.html"]
)
def test_from_right_to_left_a_line_keeps_its_order(tmp_path: Path, page: Page, path: str) -> None:
    """English sentences of a script on an Arabic page read as English ones, at the right margin."""
    files = built.build(built.SITES / "scripts", tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    resize(page, PHONE)
    file, _, state = path.partition("#")
    page.goto((tmp_path / "site" / file).as_uri() + (f"#{state}" if state else ""))
    heading = page.locator("main :is(.find, .my-cases)[lang=en] h2:visible").first
    expect(heading).to_be_visible()
    style = "it => [getComputedStyle(it).unicodeBidi, getComputedStyle(it).textAlign]"
    assert heading.evaluate(style) == ["plaintext", "right"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_is_enough(phone: Callable[[str], Page]) -> None:
    """With Tab and Enter alone a list is named, shortened and forgotten."""
    page = phone(f"{PAGE}#add={CASE}")
    page = phone(f"{PAGE}#add={THREE[1]}")
    page.get_by_label("Name of the list").focus()
    page.keyboard.type("Mine")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert ids_of(page) == [THREE[1]]
    page.get_by_role("button", name="Forget this list").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Yes, forget it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Find case studies", exact=True).last).to_be_focused()


def test_without_scripts_the_page_leads_on(shipped: Path, browser: Browser) -> None:
    """It says that it needs scripts, and leads on; a case has no buttons."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((shipped / PAGE).as_uri())
    expect(page.get_by_role("link", name=re.compile("^Report"))).to_be_visible()
    page.goto((shipped / f"cases/{CASE}.html").as_uri())
    expect(page.locator("#tools")).to_be_hidden()
    page.goto((shipped / "countries/kh.html").as_uri())
    expect(page.get_by_text("to print")).to_be_hidden()
    context.close()
