"""The built pages in Chromium: for every reader, at every width, from a folder, on paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from generator.build.assemble import assemble
from generator.hosts.config import load_site
from generator.output.exchange import exchange
from looking import EVERY_KIND, KINDS, Watched, paint, resize
from small import library, snapshot

TABS = 40
"""So many presses of the Tab key show what the keyboard meets on a page."""

PHONE: ViewportSize = {"width": 360, "height": 740}

FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it)
    const box = it.getBoundingClientRect()
    return {
        text: it.textContent.trim(),
        at: [...document.querySelectorAll("*")].indexOf(it),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 1 && box.bottom > 0 && box.top < innerHeight,
    }
}"""


@pytest.fixture
def served(shipped: Path) -> Iterator[str]:
    """Give the address at which a web server shows the shipped site."""
    handler = partial(_Quiet, directory=str(shipped))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    """A handler that keeps its log to itself."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent
        """Say nothing."""


@EVERY_KIND
def test_nothing_sticks_out_of_a_narrow_screen(shipped: Path, tab: Page, path: str) -> None:
    """At 320 pixels no page scrolls sideways, its folds open or closed."""
    resize(tab, 320, 640)
    tab.goto((shipped / path).as_uri())
    wide = "document.documentElement.scrollWidth"
    assert tab.evaluate(wide) == 320
    tab.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert tab.evaluate(wide) == 320


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Watched]:
    """Give a page that is watched, of a reader who has turned JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    yield Watched(context.new_page())
    context.close()


@EVERY_KIND
def test_opens_from_a_folder(shipped: Path, watched: Watched, path: str) -> None:
    """From a folder and without JavaScript a page asks for its own files alone, and gets them."""
    watched.visit((shipped / path).as_uri())
    folder = shipped.as_uri()
    assert [address for address in watched.asked if not address.startswith(folder)] == []
    assert f"{folder}/assets/casebook.css" in [a.partition("?")[0] for a in watched.asked]
    assert (watched.failed, watched.said) == ([], [])


def test_a_reader_without_scripts_gets_from_case_to_case(
    shipped: Path, unscripted: BrowserContext
) -> None:
    """Links and folds alone lead from home to a term, to what a case says of it, and on."""
    page = unscripted.new_page()
    page.goto((shipped / "index.html").as_uri())
    page.click("main a:text-is('What got in the way, and what was done')")
    page.click("main a:text-is('All of them, by family')")
    expect(page).to_have_url(f"{shipped.as_uri()}/constraints/index.html")
    page.click("li:has(> a:text-is('Handover and scale')) summary")
    for link, leads_to in (
        ("main a:text-is('Loss of momentum')", "/constraints/loss-of-momentum.html"),
        (
            "h3 a:has-text('White Ribbon Alliance')",
            "/cases/white-ribbon-alliance-1999-2007.html#constraints-loss-of-momentum",
        ),
    ):
        page.click(link)
        expect(page).to_have_url(f"{shipped.as_uri()}{leads_to}")
    expect(page.locator("#constraints-loss-of-momentum")).to_be_in_viewport()
    page.click(".trail a:text-is('Find cases')")
    expect(page).to_have_url(f"{shipped.as_uri()}/cases/index.html")
    expect(page.locator("h1")).to_have_text("Find cases")


def test_the_menu_of_a_phone_fits(shipped: Path, unscripted: BrowserContext) -> None:
    """At 360 px the menu opens without a script, each entry large enough, its place marked."""
    page = unscripted.new_page()
    resize(page, 360)
    page.goto((shipped / "partners/unicef.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    page.click(".phone-nav summary")
    links = menu.get_by_role("link")
    expect(links).to_have_text(
        ["Find cases", "Prepare a meeting", "What we learn", "Partners", "About"]
    )
    for link in links.all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
    expect(menu.locator("[aria-current]")).to_have_text("Partners")
    resize(page, 1280)
    expect(menu).to_be_hidden()
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()


@pytest.mark.parametrize("way", ["folder", "server"])
def test_policy_holds(shipped: Path, served: str, page: Page, way: str) -> None:
    """Styles load and a script that came into a page does not run, from a folder or a server."""
    case = KINDS["case"]
    text = (shipped / case).read_text("utf-8")
    spoilt = shipped / "cases/spoilt.html"
    injected = "<script>document.hacked = 1</script><p onclick='document.hacked = 1'>x</p>"
    spoilt.write_text(text.replace("<h1", f"{injected}<h1", 1), "utf-8")
    base = shipped.as_uri() if way == "folder" else served
    watched = Watched(page)
    try:
        page.goto(f"{base}/{case}")
        assert watched.said == []
        assert "/assets/casebook.css?v=" in page.evaluate("document.styleSheets[0].href")
        page.goto(f"{base}/cases/spoilt.html")
        page.click("p[onclick]")
        refused = watched.hear(2, "Content Security Policy")
    finally:
        spoilt.unlink()
    assert len(refused) == 2
    assert page.evaluate("document.hacked") is None
    assert [address for address in watched.asked if not address.startswith(base)] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [KINDS["case"], KINDS["cases"], KINDS["partners"]])
def test_keyboard_is_enough(shipped: Path, page: Page, path: str, width: int) -> None:
    """Tab goes through the page in its order, and what has the focus is in view with a ring."""
    resize(page, width)
    page.emulate_media(reduced_motion="reduce")
    page.goto((shipped / path).as_uri())
    met = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUSED))
    assert [it["text"] for it in met[:2]] == ["Skip to the content", "Strategic partnerships"]
    places = [it["at"] for it in met]
    assert places == sorted(set(places))
    assert [it for it in met if not (it["ring"] and it["seen"])] == []


def test_keyboard_skips_the_navigation(shipped: Path, page: Page) -> None:
    """The first press of Tab and Enter lead past the navigation to the page's own words."""
    page.goto((shipped / KINDS["case"]).as_uri())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    # The link loses the focus as the browser moves to where the next Tab begins.
    expect(page.locator(".skip")).not_to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_keyboard_opens_a_fold(shipped: Path, page: Page) -> None:
    """On a phone the facts are folded, and Enter opens them; on a desk they are in sight."""
    resize(page, 360)
    page.goto((shipped / KINDS["case"]).as_uri())
    facts = page.locator(".side dl")
    fold = page.locator("summary:text-is('Facts')")
    expect(facts).to_be_hidden()
    fold.focus()
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    expect(facts).to_be_visible()
    page.keyboard.press("Enter")
    expect(facts).to_be_hidden()
    resize(page, 1280)
    expect(facts).to_be_visible()


@EVERY_KIND
def test_dark_is_dark(shipped: Path, tab: Page, path: str) -> None:
    """With a dark scheme the ground is dark and the words are light, and the other way round."""
    tab.goto((shipped / path).as_uri())
    colours = "['backgroundColor', 'color'].map(it => getComputedStyle(document.body)[it])"
    paint(tab, "dark")
    ground, words = map(_brightness, tab.evaluate(colours))
    assert (ground < 40, words > 200) == (True, True)
    paint(tab, "light")
    ground, words = map(_brightness, tab.evaluate(colours))
    assert (ground > 200, words < 40) == (True, True)


def _brightness(colour: str) -> int:
    """Return the brightest part of a colour written as rgb(1, 2, 3)."""
    return max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


@EVERY_KIND
def test_prints(shipped: Path, tab: Page, path: str) -> None:
    """A page becomes a PDF, without its navigation, its folds open and links' addresses beside."""
    tab.goto((shipped / path).as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    expect(tab.locator(".site-nav")).to_be_hidden()
    expect(tab.locator("body")).to_have_css("color", "rgb(34, 29, 28)")
    for link in tab.locator("main :not(.sources *) > a[href^='http']").all():
        printed = link.evaluate("it => getComputedStyle(it, '::after').content")
        assert str(link.get_attribute("href")) in printed
    assert tab.pdf(format="A4").startswith(b"%PDF-")


def test_most_cases_have_two_sheets(shipped: Path, tab: Page) -> None:
    """Of every fifth case; none has more than three, and none leaves its first sheet empty."""
    numbers = []
    for path in sorted(shipped.glob("cases/*.html"))[::5]:
        if path.name != "index.html":
            tab.goto(path.as_uri())
            numbers.append(max(map(int, re.findall(rb"/Count (\d+)", tab.pdf(format="A4")))))
    assert max(numbers) <= 3
    assert sum(number <= 2 for number in numbers) >= 0.7 * len(numbers)


WIDE = ("responses", "gaps", "matrix", "wide matrix", "map of evidence", "data")
"""Kinds of page whose tables have many columns."""


@pytest.mark.parametrize("kind", WIDE)
def test_on_a_phone_a_row_is_a_card(shipped: Path, tab: Page, kind: str) -> None:
    """No table is wider than the window; each cell has its number and the name of its column."""
    tab.goto((shipped / KINDS[kind]).as_uri())
    tab.evaluate("for (const it of document.querySelectorAll('main details')) it.open = true")
    cells = "main .stacked tbody td[data-column]:not(.none)"
    wide = tab.locator(cells).all_text_contents()
    heads = "it => it.map(cell => getComputedStyle(cell, '::before').content)"
    assert set(tab.eval_on_selector_all(cells, heads)) <= {"none"}
    resize(tab, 360)
    widths = "it => it.map(table => table.scrollWidth - table.clientWidth)"
    assert max(tab.eval_on_selector_all("main .table", widths)) <= 0
    assert tab.locator(cells).all_text_contents() == wide
    assert {head[-3:] for head in tab.eval_on_selector_all(cells, heads)} == {': "'}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_worksheet_fits_on_one_sheet(shipped: Path, tab: Page, paper: str) -> None:
    """Each of the worksheets is one sheet, on the paper of either side of the Atlantic."""
    names = sorted(shipped.glob("worksheet-*.html"))
    assert len(names) == 3
    for name in names:
        tab.goto(name.as_uri())
        pages = re.findall(rb"/Type\s*/Page\b", tab.pdf(format=paper))
        assert len(pages) == 1, name.name


def test_terms_of_a_group_open_without_scripts_and_are_printed(
    shipped: Path, browser: Browser
) -> None:
    """On a page of groups a finger opens one without JavaScript; paper shows what is closed."""
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto((shipped / "success-factors/index.html").as_uri())
        fold = page.locator("details.below").first
        term = fold.locator("a").first
        expect(term).to_be_hidden()
        page.emulate_media(media="print")
        expect(term).to_be_visible()
        page.emulate_media(media="screen")
        expect(term).to_be_hidden()
        fold.locator("summary").click()
        expect(term).to_be_visible()


def test_a_cell_of_the_folded_table_leads_to_its_cases(shipped: Path, page: Page) -> None:
    """Term by term, a number leads to its cases in the same fold; from elsewhere the fold opens."""
    address = (shipped / KINDS["matrix"]).as_uri()
    page.goto(address)
    fold = page.locator("#terms > details")
    link = fold.locator("td a").first
    expect(link).to_be_hidden()
    fold.locator("summary").first.click()
    link.click()
    target = str(link.get_attribute("href"))
    expect(page.locator(f"[id='{target[1:]}']")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{address}{target}")
    expect(page.locator(f"[id='{target[1:]}']")).to_be_in_viewport()


def test_print_shows_the_facts_and_no_controls(shipped: Path, page: Page) -> None:
    """On paper a case has its facts unfolded; contents, anchors and the trail stay away."""
    resize(page, 700, 900)
    page.goto((shipped / KINDS["case"]).as_uri())
    page.emulate_media(media="print")
    expect(page.locator(".side dl")).to_be_visible()
    for name in (".trail", ".jump", ".anchor >> nth=0", ".skip"):
        expect(page.locator(name)).to_be_attached()
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator(".sources a[href^='http']").first).to_be_visible()


def test_a_page_that_moved_leads_on(tmp_path: Path, unscripted: BrowserContext) -> None:
    """The address that a case had before brings a reader without scripts to the present one."""
    library(tmp_path, land=snapshot("Land", "former_ids: soil\n"))
    site, problems = load_site(tmp_path / "site_config.yml")
    assert site, problems
    exchange(site.output, assemble(site).documents)
    page = unscripted.new_page()
    # What comes after the first answer is the way on, at whatever moment the browser takes it.
    page.goto((site.output / "cases/soil.html").as_uri(), wait_until="commit")
    expect(page).to_have_url((site.output / "cases/land.html").as_uri())
    expect(page.locator("h1")).to_have_text("Land")
