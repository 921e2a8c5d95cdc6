"""The built pages in Chromium: for every reader, at every width, from a folder, on paper."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from generator.build.assemble import assemble
from generator.hosts.config import load_site
from generator.output.exchange import exchange
from looking import EVERY_KIND, KINDS, Watched
from small import library, snapshot

TABS = 40
"""So many presses of the Tab key show what the keyboard meets on a page."""

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
def test_nothing_sticks_out_of_a_narrow_screen(shipped: Path, page: Page, path: str) -> None:
    """At 320 pixels no page scrolls sideways, its folds open or closed."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((shipped / path).as_uri())
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 320
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert page.evaluate(wide) == 320


@EVERY_KIND
def test_opens_from_a_folder(shipped: Path, plain: BrowserContext, path: str) -> None:
    """From a folder and without JavaScript a page asks for its own files alone, and gets them."""
    watched = Watched(plain.new_page())
    watched.page.goto((shipped / path).as_uri())
    folder = shipped.as_uri()
    assert [address for address in watched.asked if not address.startswith(folder)] == []
    assert f"{folder}/assets/casebook.css" in watched.asked
    assert (watched.failed, watched.said) == ([], [])


def test_a_reader_without_scripts_gets_from_case_to_case(
    shipped: Path, plain: BrowserContext
) -> None:
    """Links alone lead from home to a term, to what a case says of it, and on to a partner."""
    page = plain.new_page()
    page.goto((shipped / "index.html").as_uri())
    page.click("main a:text-is('What got in the way')")
    page.click("main a:text-is('Loss of momentum')")
    page.click("h3 a:has-text('White Ribbon Alliance')")
    assert page.url.endswith("white-ribbon-alliance-1999-2007.html#constraints-loss-of-momentum")
    assert page.locator("#constraints-loss-of-momentum").is_visible()
    page.click(".trail a")
    assert page.inner_text("h1") == "Case studies"


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
        assert page.evaluate("document.styleSheets[0].href").endswith("/assets/casebook.css")
        page.goto(f"{base}/cases/spoilt.html")
        page.click("p[onclick]")
    finally:
        spoilt.unlink()
    assert page.evaluate("document.hacked") is None
    assert len([text for text in watched.said if "Content Security Policy" in text]) == 2
    assert [address for address in watched.asked if not address.startswith(base)] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [KINDS["case"], KINDS["cases"], KINDS["partners"]])
def test_keyboard_is_enough(shipped: Path, page: Page, path: str, width: int) -> None:
    """Tab goes through the page in its order, and what has the focus is in view with a ring."""
    page.set_viewport_size({"width": width, "height": 800})
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
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_keyboard_opens_a_fold(shipped: Path, page: Page) -> None:
    """On a phone the facts are folded, and Enter opens them; on a desk they are in sight."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((shipped / KINDS["case"]).as_uri())
    facts = page.locator(".side dl")
    assert not facts.is_visible()
    page.focus("summary:text-is('At a glance')")
    page.keyboard.press("Enter")
    assert facts.is_visible()
    page.keyboard.press("Enter")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert facts.is_visible()


@EVERY_KIND
def test_dark_is_dark(shipped: Path, page: Page, path: str) -> None:
    """With a dark scheme the ground is dark and the words are light, and the other way round."""
    page.goto((shipped / path).as_uri())
    colours = "['backgroundColor', 'color'].map(it => getComputedStyle(document.body)[it])"
    page.emulate_media(color_scheme="dark")
    ground, words = map(_brightness, page.evaluate(colours))
    assert (ground < 40, words > 200) == (True, True)
    page.emulate_media(color_scheme="light")
    ground, words = map(_brightness, page.evaluate(colours))
    assert (ground > 200, words < 40) == (True, True)


def _brightness(colour: str) -> int:
    """Return the brightest part of a colour written as rgb(1, 2, 3)."""
    return max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


@EVERY_KIND
def test_prints(shipped: Path, page: Page, path: str) -> None:
    """A page becomes a PDF, without its navigation, its folds open and links' addresses beside."""
    page.goto((shipped / path).as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".site-nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 29, 28)"
    for link in page.locator("main :not(.sources *) > a[href^='http']").all():
        printed = link.evaluate("it => getComputedStyle(it, '::after').content")
        assert str(link.get_attribute("href")) in printed
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_print_shows_the_facts_and_no_controls(shipped: Path, page: Page) -> None:
    """On paper a case has its facts unfolded; contents, anchors and the trail stay away."""
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto((shipped / KINDS["case"]).as_uri())
    page.emulate_media(media="print")
    assert page.locator(".side dl").is_visible()
    for name in (".trail", ".contents", ".anchor >> nth=0", ".skip"):
        assert not page.locator(name).is_visible()
    assert page.locator(".sources a[href^='http']").first.is_visible()


def test_a_page_that_moved_leads_on(tmp_path: Path, plain: BrowserContext) -> None:
    """The address that a case had before brings a reader without scripts to the present one."""
    library(tmp_path, land=snapshot("Land", "former_ids: soil\n"))
    site, problems = load_site(tmp_path / "site_config.yml")
    assert site, problems
    exchange(site.output, assemble(site).documents)
    page = plain.new_page()
    page.goto((site.output / "cases/soil.html").as_uri())
    page.wait_for_url("**/cases/land.html")
    assert page.inner_text("h1") == "Land"
