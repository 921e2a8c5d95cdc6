"""Find cases: what the page's data says, what its engine finds, and the page in a browser."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import built
from generator.base.document import Document
from generator.base.names import slug
from generator.exports.tables import csv_rows
from generator.library.library import Library
from generator.output.exchange import exchange
from generator.pages.case_index import ENTRIES_PATH, PATH, WORDS_PATH, delta_varints
from looking import EVERY_KIND, KINDS, LOOKS, Watched, paint, resize, stops_until
from small import library, snapshot

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
STATES = 200
SCRIPTS = ("assets/engine.js", "assets/parts.js", "assets/explorer.js")
PAGE = "cases/index.html"


def numbers(text: str) -> list[int]:
    """Return the numbers that a text of gaps stands for, read as the rule says it."""
    found, last, gap, place = [], -1, 0, 0
    for digit in map(DIGITS.index, text):
        gap += (digit % 32) * 32**place
        place += 1
        if digit < 32:
            last += gap
            found.append(last)
            gap = place = 0
    return found


def read(files: Mapping[str, bytes], path: str = PATH) -> Any:  # noqa: ANN401 - JSON
    """Return the only argument of the call that a data script is."""
    text = files[path].decode()
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


def numbered(found: Library) -> list[str]:
    """Return the ids of cases in the order of their numbers."""
    return sorted(found.counted) + sorted(found.examples)


@pytest.fixture(scope="module", params=["tiny", "budget", "postmortems", "private", "shipped"])
def each(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Library, dict[str, bytes]]:
    """Give a library and the files of its site: each small one, and the shipped one."""
    root = built.SHIPPED if request.param == "shipped" else built.SITES / request.param
    cache = tmp_path_factory.mktemp("cache")
    found = built.checked(root, cache).library
    assert found is not None
    return found, built.build(root, cache)


@pytest.mark.parametrize("some", [[], [0], [0, 1, 40], [31, 32, 1055, 10**6], [5, 5, 5]])
def test_numbers_are_read_back(some: list[int]) -> None:
    """Numbers that do not fall come back from their text."""
    assert numbers(delta_varints(some)) == some


def test_the_data_is_the_library(each: tuple[Library, dict[str, bytes]]) -> None:
    """What the script reads of cases and terms is what the library answers."""
    found, files = each
    index = read(files)
    ids = numbered(found)
    assert (index["counted"], [row[0] for row in index["cases"]]) == (len(found.counted), ids)
    assert [row[1] for row in index["cases"]] == [found.title(id_) for id_ in ids]
    assert [ids[n] for n in index["order"]] == [*found.counted, *found.examples]
    shown = [f for f in found.model.facets if found.used_terms(f)]
    assert sorted(facet["name"] for facet in index["facets"]) == sorted(shown)
    for facet in index["facets"]:
        name, terms = facet["name"], found.model.vocabularies
        vocabulary = terms[found.model.facets[name].vocabulary]
        read_back = {
            term["id"]: (term["label"], {ids[n] for n in numbers(term["in"])})
            for term in facet["terms"]
        }
        assert read_back == {
            id_: (
                vocabulary.terms[id_].label,
                {*found.cases_naming(name, id_), *found.examples_naming(name, id_)},
            )
            for id_ in vocabulary.terms
            if found.named(name, id_)
        }


def test_entries_are_those_of_the_library(each: tuple[Library, dict[str, bytes]]) -> None:
    """The rows of a term lead to the entries that name it, with their case, strength and place."""
    found, files = each
    index, ids = read(files), numbered(found)
    for one in read(files, ENTRIES_PATH):
        claims = [c for id_ in sorted(found.counted) for c in found.claims(id_, one["list"])]
        assert [ids[n] for n in numbers(one["case"])] == [claim.case for claim in claims]
        strengths = ["-" if c.strength is None else str(c.strength) for c in claims]
        assert list(one["strength"]) == strengths
        anchors = [
            one["anchors"].get(str(row), f"{slug(claim.field)}-{slug(claim.term)}")
            for row, claim in enumerate(claims)
        ]
        assert anchors == [claim.anchor for claim in claims]
        for facet in index["facets"]:
            for term, rows in zip(
                facet["terms"], one["terms"].get(facet["name"], []), strict=False
            ):
                named = {(claims[n].case, claims[n].index) for n in numbers(rows)}
                mentions = found.mentions(facet["name"], term["id"]) if rows else ()
                assert named == {(m.case, m.entry) for m in mentions if m.entry is not None}
    lists = {facet["list"] for facet in index["facets"] if facet["list"]}
    assert lists >= {one["list"] for one in read(files, ENTRIES_PATH)}


def test_words_stand_in_the_order_of_the_terms(shipped_files: Mapping[str, bytes]) -> None:
    """Each term has its other words: synonyms, and labels in other languages."""
    index, words = read(shipped_files), read(shipped_files, WORDS_PATH)
    also = {
        term["id"]: own
        for facet, lists in zip(index["facets"], words, strict=True)
        for term, own in zip(facet["terms"], lists, strict=True)
    }
    assert "Camboya" in also["kh"]
    assert "no coordinator" in also["coordination-money"]


def test_a_withheld_word_is_not_among_the_data(each: tuple[Library, dict[str, bytes]]) -> None:
    """The data files are there, so that the search for withheld words looks at them too."""
    _, files = each
    assert {PATH, WORDS_PATH, ENTRIES_PATH} <= files.keys()
    for word in ("quartz", "marble", "onyx", "travertine"):
        assert (
            word not in (files[PATH] + files[WORDS_PATH] + files[ENTRIES_PATH]).decode().casefold()
        )


def test_the_page_is_light(shipped_files: Mapping[str, bytes]) -> None:
    """The page with all it loads at first stays within its figure, and so does its data."""
    size = {path: len(gzip.compress(content, 9)) for path, content in shipped_files.items()}
    assert size[PATH] <= 45_000
    assert sum(size[path] for path in (PAGE, "assets/casebook.css", PATH, *SCRIPTS)) <= 90_000
    assert size["assets/engine.js"] + size["assets/explorer.js"] <= 9_000


def test_a_style_or_script_is_of_one_edition(shipped_files: Mapping[str, bytes]) -> None:
    """Its address has a digest of it, and that of data has the edition, on a page of each kind."""
    day = read(shipped_files)["as_of"]
    for path in KINDS.values():
        asked = re.findall(
            rb'(?:src|href)="(?:\.\./)*(assets/[^"]+\.(?:js|css))(?:\?v=([^"]*))?"',
            shipped_files[path],
        )
        assert len(asked) >= 2
        for file, version in asked:
            content = shipped_files[file.decode()]
            wanted = day if b"/data/" in file else blake2b(content, digest_size=4).hexdigest()
            assert version.decode() == wanted, (path, file)


# ---- the engine ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def explorer(browser: Browser, shipped: Path) -> Iterator[Page]:
    """Give the shipped page with its scripts at work."""
    page = browser.new_page()
    page.goto((shipped / PAGE).as_uri())
    page.wait_for_selector("#find-count")
    yield page
    page.close()


FIND = """async states => {
    const engine = casebook.explorer
    await casebook.need("fold", "quick-search")
    const quick = casebook.quickSearch(engine)
    await new Promise(done => quick.prepare(done))
    return states.map(state => {
        const text = state.q ? quick.search(state.q) : null
        const found = engine.find(state, text && text.bits)
        const cases = bits => engine.data.cases.flatMap((row, n) => engine.has(bits, n) ? [n] : [])
        return {
            text: text && cases(text.bits), found: cases(found.bits), count: found.count,
            counts: engine.facets.map(facet => found.counts(facet)),
            drops: found.filters.map(one => [one.kind, one.facet ? one.facet.name : "", one.count]),
        }
    })
}"""


def states(index: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Return random states: a few terms of a few facets, some of them unwanted, perhaps a word."""
    chance, found = random.Random(12), []  # noqa: S311
    for _ in range(STATES):
        state: dict[str, Any] = {"q": chance.choice(["", "", "policy", "land", "c"])}
        for kind, most in (("any", 3), ("not", 2)):
            facets = chance.sample(index["facets"], chance.randint(0, most))
            state[kind] = {
                f["name"]: [t["id"] for t in chance.sample(f["terms"], min(2, len(f["terms"])))]
                for f in facets
            }
        found.append(state)
    return found


def test_counts_are_those_of_counting(explorer: Page, shipped_files: Mapping[str, bytes]) -> None:
    """What the engine counts by sets of bits is what counting case by case gives."""
    index = read(shipped_files)
    counted, total = index["counted"], len(index["cases"])
    naming = {
        (f["name"], t["id"]): set(numbers(t["in"])) for f in index["facets"] for t in f["terms"]
    }
    wanted_states = states(index)
    for state, found in zip(wanted_states, explorer.evaluate(FIND, wanted_states), strict=True):
        text = set(range(total)) if found["text"] is None else set(found["text"])

        def fits(case: int, but: tuple[str, str], state: Any = state, text: Any = text) -> bool:  # noqa: ANN401
            return (
                (but == ("q", "") or case in text)
                and all(
                    but == ("any", name) or any(case in naming[name, id_] for id_ in ids)
                    for name, ids in state["any"].items()
                )
                and all(
                    but == ("not", name) or all(case not in naming[name, id_] for id_ in ids)
                    for name, ids in state["not"].items()
                )
            )

        assert found["found"] == [n for n in range(total) if fits(n, ("", ""))]
        assert found["count"] == sum(fits(n, ("", "")) for n in range(counted))
        for facet, counts in zip(index["facets"], found["counts"], strict=True):
            allowed = {n for n in range(counted) if fits(n, ("any", facet["name"]))}
            assert counts == [
                len(allowed & naming[facet["name"], term["id"]]) for term in facet["terms"]
            ]
        for kind, name, count in found["drops"]:
            assert count == sum(fits(n, (kind, name)) for n in range(counted))


@pytest.mark.parametrize(
    "state",
    [
        {"q": "land tenure & “more”=+#%", "any": {"countries": ["kh", "la"]}},
        {"not": {"constraints": ["donor-rules"]}, "sort": "strength", "view": "table"},
        {"any": {"partners": ["a.b", "ក្រសួង", "50%"]}, "rest": ["c=1.a3f", "new=x"]},
        {},
    ],
)
def test_an_address_holds_the_state(explorer: Page, state: dict[str, Any]) -> None:
    """A state comes back from its address, with the keys of others that stand there."""
    whole = {"q": "", "sort": "", "view": "", "any": {}, "not": {}, "rest": [], **state}
    hash_ = explorer.evaluate("s => casebook.writeState(s, casebook.explorer.facets)", whole)
    assert explorer.evaluate("h => casebook.readState(h, casebook.explorer.facets)", hash_) == whole
    assert set(hash_) <= set("#&=+%._-") | {c for c in map(chr, range(128)) if c.isalnum()}


MARKS = "=+-@|%\u2212\uff1d\uff05"
HOSTILE = [
    *("x;=1", 'a\n"=b', "\u200b@c", "a\t+", "'=x", "a|b", "", '"'),
    *(f"{before}{mark}x" for before in ("", " ", "\r\n", ";", "\u2028") for mark in MARKS),
]


def test_no_cell_is_run(explorer: Page) -> None:
    """The CSV of the script is that of the data files: no cell is a formula, whatever it holds."""
    rows = [[text, "end"] for text in HOSTILE]
    made = explorer.evaluate("rows => casebook.need('csv').then(() => casebook.csv(rows))", rows)
    cells = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
    assert cells == list(csv.reader(io.StringIO(csv_rows(rows).decode(), newline="")))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ក្រសួង", "ជាមួយក្រសួងអប់រំ"),
        ("ດິນ", "ສິດທິທີ່ດິນໃນລາວ"),
        ("การศึกษา", "กระทรวงการศึกษาไทย"),
        ("ဝန်ကြီး", "ပညာရေးဝန်ကြီးဌာန"),
        ("教育", "与教育部合作"),
        ("duoc", "Việc được làm"),
        ("écoles", "Une ecole nouvelle"),
        ("citizens", "One citizen spoke"),
        ("polic", "New policies"),
    ],
)
def test_words_are_found_in_many_languages(explorer: Page, typed: str, title: str) -> None:
    """A word inside a text without spaces is found, without its marks, and with another ending."""
    found = explorer.evaluate(
        """async ([typed, title]) => {
            const cases = [["other", "Nothing of it", "Other words"], ["one", title, ""]]
            const engine = casebook.engine({cases, counted: 2, facets: []})
            await casebook.need("fold", "quick-search")
            const quick = casebook.quickSearch(engine)
            await new Promise(done => quick.prepare(done))
            const text = quick.search(typed)
            return [0, 1].filter(n => engine.has(text.bits, n))
        }""",
        [typed, title],
    )
    assert found == [1]


IN_SLICES = """async () => {
    await casebook.need("fold", "quick-search")
    // A clock on which each look takes a millisecond, and how many texts are folded before a pause.
    let time = 0, folded = 0, most = 0
    const { tokens } = casebook, { now } = performance, later = window.setTimeout
    performance.now = () => (time += 1)
    casebook.tokens = text => { most = Math.max(most, folded += 1); return tokens(text) }
    const again = (act, ...given) => { folded = 0; act(...given) }
    window.setTimeout = (act, wait, ...given) => later(again, wait, act, ...given)
    const cases = Array.from({ length: 3000 }, (_, number) => ["id" + number, "Title", "Summary"])
    const engine = casebook.engine({ cases, counted: 3000, facets: [] })
    const quick = casebook.quickSearch(engine)
    await new Promise(done => quick.prepare(done))
    Object.assign(performance, { now })
    Object.assign(casebook, { tokens })
    window.setTimeout = later
    const found = quick.search("summar")
    return [most, found.words.length, engine.find({ any: {}, not: {} }, found.bits).count]
}"""


def test_texts_are_folded_in_slices(explorer: Page) -> None:
    """No task folds all texts of a large library: the page answers in between."""
    most, words, count = explorer.evaluate(IN_SLICES)
    assert (words, count) == (1, 3000)
    assert 0 < most <= 1_100  # 25 looks at the clock, 20 cases of two texts between them


# ---- the page ------------------------------------------------------------------------------------


@pytest.fixture
def find(tab: Page, shipped: Path) -> Callable[..., Page]:
    """Give a function that opens the page, at an address and a width, with its scripts at work."""

    def opened(hash_: str = "", width: int = 1280) -> Page:
        resize(tab, width)
        tab.goto((shipped / PAGE).as_uri() + hash_)
        tab.wait_for_selector("#find-count")
        return tab

    return opened


def asia(place: Page | Locator) -> Locator:
    """Return the box of a group of countries."""
    return place.get_by_role("checkbox", name=re.compile("^Asia"))


def test_works_from_a_folder(shipped: Path, page: Page) -> None:
    """From a folder, under the site's own policy, it asks for its own files alone."""
    watched = Watched(page)
    watched.visit((shipped / PAGE).as_uri())
    page.get_by_role("searchbox", name="Search").fill("mother tongue")
    expect(page.locator("#find-count")).to_have_text("1 of 41 case studies")
    page.wait_for_function("casebook.explorer.facets.some(f => f.terms.some(t => t.also))")
    folder = shipped.as_uri()
    assert [address for address in watched.asked if not address.startswith(folder)] == []
    assert f"{folder}/{WORDS_PATH}" in [address.partition("?")[0] for address in watched.asked]
    assert (watched.failed, watched.said) == ([], [])


def test_without_scripts_the_list_stands(shipped: Path, unscripted: BrowserContext) -> None:
    """A reader without scripts has every case and every facet as links."""
    page = unscripted.new_page()
    page.goto((shipped / PAGE).as_uri() + "#countries=kh")
    expect(page.locator("#listing .cards .card")).to_have_count(62)
    expect(page.locator(".find")).to_have_count(0)


def test_ticks_chips_and_back(find: Callable[..., Page]) -> None:
    """A tick narrows the list and stands in the address; a chip and Back take it away."""
    page = find()
    page.locator("summary", has_text="Countries").click()
    asia(page).check()
    count = page.locator("#find-count")
    everything = "41 of 41 case studies"
    expect(count).not_to_have_text(everything)
    assert page.evaluate("location.hash") == "#countries=asia"
    page.get_by_role("button", name="Remove filter: Countries: Asia").click()
    expect(count).to_have_text(everything)
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.go_back()
    expect(asia(page)).to_be_checked()
    page.get_by_role("button", name="Without: Asia", exact=True).click()
    expect(page.get_by_role("button", name="Remove filter: Countries: not Asia")).to_be_visible()
    expect(asia(page)).not_to_be_checked()


def test_an_empty_list_says_what_to_drop(find: Callable[..., Page]) -> None:
    """Where no case fits, each filter stands with the number of cases without it."""
    page = find("#countries=asia&theme=gender-based-violence&type=university")
    expect(page.locator("#find-count")).to_have_text("0 of 41 case studies")
    help_ = page.locator(".find-help")
    expect(help_).to_contain_text("No case study has all of this.")
    drops = help_.locator(".chips button").all_text_contents()
    assert len(drops) == 3
    best = drops[0]
    left = int(best.rpartition(" ")[2])
    assert left >= 1
    help_.get_by_role("button", name=best).click()
    expect(page.locator("#find-count")).to_have_text(f"{left} of 41 case studies")


def test_a_typing_error_is_offered_another_word(find: Callable[..., Page]) -> None:
    """A word that few cases have is kept, and a like one is offered."""
    page = find("#q=educaton")
    page.get_by_role("button", name="Did you mean education?").click()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("education")
    expect(page.locator(".find-main .card mark").first).to_be_visible()
    expect(page.locator(".offers button", has_text="Education").first).to_be_visible()


def test_a_term_that_is_gone_is_told(find: Callable[..., Page]) -> None:
    """An old address still works: what is no term any more is said, and hides nothing."""
    page = find("#theme=no-such-theme")
    expect(page.locator("#find-count")).to_have_text("41 of 41 case studies")
    expect(page.locator(".chips").first).to_contain_text("no longer a term: no-such-theme")


def test_the_download_is_what_is_shown(find: Callable[..., Page]) -> None:
    """The file has the cases that were found, in the order of the list, and says how many."""
    page = find("#countries=asia&sort=updated")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download these as CSV").click()
    rows = list(csv.DictReader(io.StringIO(loading.value.path().read_text("utf-8-sig"))))
    titles = page.locator(".find-main div > .cards h3").all_text_contents()
    assert [row["title"] for row in rows] == titles[: len(rows)] != []
    assert loading.value.suggested_filename.startswith(f"cases-{len(rows)}-of-41-")
    assert all(row["countries"] for row in rows)


def test_the_table_says_its_order(find: Callable[..., Page]) -> None:
    """A heading of the table sorts by it, keeps the focus, and says so."""
    page = find("#view=table")
    page.get_by_role("button", name="Updated").click()
    heading = page.locator("th[aria-sort]")
    expect(heading).to_have_text("Updated")
    expect(heading.locator("button")).to_be_focused()
    days = page.locator("tbody tr td:nth-last-child(2)").all_text_contents()
    assert days == sorted(days, reverse=True)


def test_the_keyboard_is_enough(find: Callable[..., Page]) -> None:
    """`/` leads to the search, arrows walk the results, and Tab soon meets the first of them."""
    page = find()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("school")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".find-main .card h3 a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    expect(page.get_by_role("status").first).to_contain_text("of 41 case studies")
    assert stops_until(find(), ".card h3 a") <= 25


def test_on_a_phone_the_filters_are_a_sheet(find: Callable[..., Page]) -> None:
    """The sheet opens over the page, says how many it would show, and gives the focus back."""
    page = find(width=360)
    button = page.get_by_role("button", name="Filters")
    button.click()
    sheet = page.locator("dialog")
    asia(sheet).check()  # the first list is open
    show = sheet.get_by_role("button", name="Show ")
    expect(show).not_to_have_text("Show 41")
    show.click()
    expect(sheet).not_to_be_visible()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_terms_are_taken_while_words_are_typed(find: Callable[..., Page]) -> None:
    """A term that the words name becomes a filter, and the next words can be typed at once."""
    page = find(width=360)
    field = page.get_by_role("searchbox", name="Search")
    field.click()
    for typed, offer in [
        ("asia", "Asia Countries"),
        ("gender", "Gender-based violence"),
        ("university", "University Partner type"),
    ]:
        expect(field).to_be_focused()
        page.keyboard.type(typed)
        page.locator(".offers").get_by_role("button", name=re.compile(f"^{offer}")).click()
    expect(page.locator("#find-count")).to_have_text("0 of 41 case studies")
    expect(page.locator(".find-help .chips button")).to_have_count(3)


def test_a_term_replaces_only_the_words_that_name_it(find: Callable[..., Page]) -> None:
    """Other words of the text stay, and the filter stands in the address; Back brings both back."""
    page = find("#q=land+asia")
    page.locator(".offers").get_by_role("button", name=re.compile("^Asia")).click()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("land")
    assert page.evaluate("location.hash") == "#q=land&countries=asia"
    page.go_back()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("land asia")


def test_cards_are_short(find: Callable[..., Page]) -> None:
    """On a phone about five cases stand in a window: a card says where, what, and how sure."""
    page = find(width=360)
    expect(page.locator(".find-main .rows").first.locator(".card")).to_have_count(30)
    heights = "Array.from(document.querySelectorAll('.find .card'), card => card.offsetHeight)"
    assert 110 <= median(page.evaluate(heights)) <= 150
    expect(page.locator(".find .kicker").first).to_contain_text("Not confirmed")


MOVED = """() => new Promise(done => {
    let sum = 0;
    const add = list => list.getEntries().forEach(entry => { sum += entry.value; });
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 500);
})"""
"""How much of the window moved since the page began to load, as browsers score it."""


def test_nothing_moves_after_loading(find: Callable[..., Page]) -> None:
    """The list that scripts show takes the place of the built one without pushing things about."""
    page = find(width=360)
    page.wait_for_load_state("load")
    assert page.evaluate(MOVED) <= 0.02
    page.evaluate("document.body.style.paddingBlockStart = '300px'")  # to see that it is noticed
    assert page.evaluate(MOVED) > 0.02


@EVERY_KIND
def test_the_head_is_low_and_stays(path: str, tab: Page, shipped: Path) -> None:
    """On a phone the name and the menu share a row; the field takes the room of the link."""
    resize(tab, 360)
    tab.goto((shipped / path).as_uri())
    tab.wait_for_load_state("load")
    assert tab.evaluate("document.querySelector('.site-head').offsetHeight") <= 112
    assert tab.evaluate(MOVED) <= 0.02


@pytest.mark.parametrize(
    "hash_",
    [
        "",
        "#q=policy&view=table",
        "#countries=asia&theme=gender-based-violence&type=university&q=educaton",
        "#countries=asia.africa&not.sector=private",
    ],
)
def test_everybody_can_use_it(
    find: Callable[..., Page], axe: Callable[[Page], str], hash_: str
) -> None:
    """No state is at fault, at two widths, in light and in dark, its filters open."""
    page = find(hash_)
    for width, scheme in LOOKS if not hash_ else LOOKS[:2]:
        resize(page, width)
        paint(page, scheme)
        page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
        if width == 360:
            page.locator(".find-open").click()
            assert axe(page) == "", (width, scheme, "sheet")
            page.locator("dialog").get_by_role("button", name="Close").click()
        assert axe(page) == "", (width, scheme)


def test_what_authors_type_is_text(tmp_path: Path, page: Page) -> None:
    """No title or summary becomes an element of the page."""
    bad = "<img src=x onerror=document.hacked=1>"
    text = snapshot("One").replace("title: One", f"title: 'A {bad}'")
    files = built.build(library(tmp_path, one=text), tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    page.goto((tmp_path / "site" / PAGE).as_uri() + "#q=img&view=table")
    expect(page.locator("tbody th")).to_have_text(f"A {bad}")
    assert page.evaluate("[document.hacked, document.images.length]") == [None, 0]


def test_summaries_of_a_long_library_come_later(tmp_path: Path, page: Page) -> None:
    """Of more cases than a page lists, summaries are a file of their own; all are found by them."""
    cases = {f"case-{number}": snapshot(f"Case {number}") for number in range(201)}
    cases["last"] = snapshot("Last").replace("A summary of Last", "Wombats by the river")
    files = built.build(library(tmp_path, **cases), tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    assert b"Wombats" not in files[PATH]
    watched = Watched(page)
    watched.visit((tmp_path / "site" / PAGE).as_uri())
    expect(page.locator(".find-main .brief").first).to_have_text("A summary of Case 0.")
    assert [address for address in watched.asked if "summaries.js" in address] == []
    watched.visit((tmp_path / "site" / PAGE).as_uri() + "#q=wombat")
    expect(page.locator("#find-count")).to_have_text("1 of 202 case studies")
    expect(page.locator(".find .card")).to_contain_text("Wombats by the river")
    page.get_by_role("searchbox", name="Search").fill("")
    more = page.get_by_role("button", name="Show 30 more")
    more.click()
    expect(page.locator(".find-main .card")).to_have_count(60)
    expect(page.locator(".find-main .card h3 a").nth(30)).to_be_focused()
    assert (watched.failed, watched.said) == ([], [])
