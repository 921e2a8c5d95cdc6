"""Eight questions of readers, answered on a phone by tapping alone, in few taps.

Each path begins at the home page, at 360 px, and ends where the answer stands on the screen. A tap
is a touch: a native list takes two, one to open it and one to choose. To scroll is no tap. `MOST`
has what each question may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.analysis.answers import responses
from generator.library.library import Library

MOST = {"a": 4, "b": 3, "c": 3, "d": 2, "e": 2, "f": 5, "g": 1, "h": 3}
"""How many taps each question may take; `g` is the only one for which somebody types."""
PHONE: ViewportSize = {"width": 360, "height": 800}
CAMBODIA = "A pilot in mother-tongue schooling became a Ministry programme"


@dataclass
class Reader:
    """Somebody with a phone, whose fingers touch it `taps` times."""

    page: Page
    taps: int = 0

    def tap(self, place: Locator) -> None:
        """Touch something that can be seen and reached; what is covered is no use."""
        place.tap()
        self.taps += 1

    def choose(self, label: str, answer: str) -> None:
        """Open a native list and take an answer: its pop-up is not of the page, and not touched."""
        self.page.get_by_label(label).select_option(label=answer)
        self.taps += 2

    def tap_link(self, name: str) -> None:
        """Touch a link in the content of the page."""
        self.tap(self.page.locator("main").get_by_role("link", name=name, exact=True).first)


@pytest.fixture
def reader(browser: Browser, shipped: Path) -> Iterator[Reader]:
    """Give a reader who has the home page before them, on a screen that is touched."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto((shipped / "index.html").as_uri())
        yield Reader(page)


def test_a_ministry_of_education(reader: Reader) -> None:
    """(a) The closest case with its reason; what got in the way, and what others did about it."""
    page = reader.page
    reader.tap_link("Government")
    page.wait_for_selector("#answer[data-told]")
    reader.choose("About what?", "Education")
    first = page.locator("#fit li").first
    expect(first).to_contain_text(CAMBODIA)
    expect(first).to_contain_text("With government partners, about education")
    expect(page.locator("#success_factors .claim").first).to_be_visible()
    own, other = page.locator("#constraints .entry").filter(has_text="Skills gap").all()
    expect(own).to_contain_text("Teachers and school directors did not know the approach.")
    expect(own).to_contain_text("What was done: not recorded.")
    expect(other).to_contain_text("Ibis looked at each organisation, and made a plan")
    expect(other).to_contain_text("strengthen each of them. Did it work? Not recorded")
    assert reader.taps <= MOST["a"]


def test_governments_and_what_worked(reader: Reader, shipped_library: Library) -> None:
    """(b) Each response of cases with governments that has a result, of how many were tried."""
    page, library, rule = reader.page, shipped_library, shipped_library.model.across.responses
    assert rule is not None
    cases = library.cases_naming("sector", "government")
    claims = [claim for case in cases for claim in library.claims(case, "constraints")]
    tried = responses(library, rule, claims).tried
    judged = [claim for claim in tried if claim.values.get("worked", "unknown") != "unknown"]
    reader.tap_link("Government")
    reader.tap(page.locator("#judged summary"))
    expect(page.locator("#judged h2")).to_contain_text(f"{len(judged)} of {len(tried)}")
    expect(page.locator("#judged .entry")).to_have_count(len(judged))
    first = page.locator("#judged .entry").first
    expect(first).to_be_in_viewport()
    expect(first.locator("strong").nth(1)).to_have_text(re.compile("Yes|Partly"))
    assert reader.taps <= MOST["b"]


def test_what_helped_where_policy_changed(reader: Reader) -> None:
    """(c) The factors in order, of the cases that reached it; the others are told apart."""
    page = reader.page
    reader.tap_link("What we learn")
    reader.tap_link("Policy")
    place = page.locator("#reached-policy")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text("Too early, or not known")
    expect(place.locator("h3").first).to_have_text("What helped")
    counts = place.locator("ul.tally.wide").first.locator("> li > .count").all_text_contents()
    numbers = [int(text.split()[0]) for text in counts]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) > 2
    assert reader.taps <= MOST["c"]


def test_everything_about_a_country(reader: Reader) -> None:
    """(d) One brief of all its cases, whose heading says what it is."""
    page = reader.page
    reader.tap(page.get_by_role("link", name="Everything about one country"))
    reader.tap(page.get_by_role("link", name="Cambodia", exact=True))
    expect(page.locator("h1")).to_have_text("Everything about Cambodia")
    expect(page.locator("h2").first).to_have_text(re.compile("^4 of 41"))
    expect(page.locator(".case-brief:not(:empty)")).to_have_count(4)
    assert reader.taps <= MOST["d"]


def test_who_worked_with_unicef(reader: Reader) -> None:
    """(e) Both cases, each with the role, or that it is not recorded."""
    page = reader.page
    reader.tap(page.locator(".phone-nav summary"))
    menu = page.locator(".phone-nav")
    reader.tap(menu.get_by_role("link", name="Partners", exact=True))
    row = page.locator("#again .tally > li").filter(has=page.get_by_text("UNICEF", exact=True))
    row.scroll_into_view_if_needed()
    expect(row).to_be_in_viewport()
    expect(row.locator("li")).to_have_count(2)
    expect(row).to_contain_text("Role: Member")
    expect(row).to_contain_text("Role not recorded")
    assert reader.taps <= MOST["e"]


def test_asia_violence_and_a_university(reader: Reader) -> None:
    """(f) No case has all three; how many have the others is said where the last was ticked."""
    page = reader.page
    reader.tap(page.locator("main dt").get_by_role("link", name="Find cases", exact=True))
    reader.tap(page.get_by_role("button", name="Filters"))
    sheet = page.get_by_role("dialog")
    for term in ("Asia", "Gender-based violence", "University"):
        reader.tap(sheet.get_by_role("checkbox", name=re.compile(f"^{term}")))
    told = sheet.locator(".sheet-help")
    expect(told).to_be_in_viewport(ratio=1)
    expect(told).to_contain_text("No case study has all of this.")
    numbers = (("Gender-based violence", 2), ("University", 2), ("Asia", 0))
    expect(told.get_by_role("button")).to_have_text([f"Without {t}: {n}" for t, n in numbers])
    assert reader.taps <= MOST["f"]
    reader.tap(told.get_by_role("button", name="Without University"))
    show = sheet.get_by_role("button", name="Show 2")
    expect(show).to_be_focused()
    reader.tap(show)
    expect(page.locator("#find-count")).to_have_text("2 of 41 case studies")


def test_a_phrase_in_a_text(reader: Reader) -> None:
    """(g) The sentence that has it, marked; of one that is nowhere, the nearest words."""
    page = reader.page
    reader.tap(page.get_by_role("searchbox"))
    page.keyboard.type("Union Parishad")
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).to_have_text("1 of 41 case studies")
    marks = page.locator(".find .said mark")
    words = [re.compile(word, re.IGNORECASE) for word in ("union", "parishad")]
    expect(marks).to_have_text(words)
    expect(marks.first).to_be_in_viewport()
    assert reader.taps <= MOST["g"]
    reader.tap(page.get_by_role("searchbox", name="Search"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Union Parishod")
    told = page.locator(".find-main .find-help")
    expect(told).to_contain_text("Nothing found for “Union Parishod”.")
    expect(told.get_by_role("button", name="Did you mean union parishad?")).to_be_in_viewport()


def test_what_is_least_known_about_networks(reader: Reader) -> None:
    """(h) A sentence, and a link to help."""
    page = reader.page
    reader.tap(page.get_by_role("link", name="All that is missing"))
    row = page.locator("#little li", has_text="Network")
    row.scroll_into_view_if_needed()
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Not told there:")
    expect(page.locator("#little").get_by_role("link", name="write it")).to_be_visible()
    assert reader.taps <= MOST["h"]
