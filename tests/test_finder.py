"""The finder before a meeting: its choices, what its script finds, and the page in a browser."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import built
from generator.analysis.answers import responses
from generator.base.document import Document
from generator.library.collection import Claim
from generator.library.library import Library
from generator.output.exchange import exchange
from generator.pages.case_numbers import numbered_cases
from looking import LOOKS, Watched, paint, resize, stops_until
from rows import tree
from small import library, snapshot

INDEX = "prepare/index.html"
STATES = 60
MINISTRY = "#type=ministry&theme=education"
CLOSEST = "A pilot in mother-tongue schooling became a Ministry programme"
TOLD = "#answer[data-told]"
MOVED = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
        .observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 500)
})"""
"""How much of the window moved since the page began to load, as browsers score it."""
A_SHEET = b"/Type /Page\n"
QUESTIONS = (("type", "sector"), ("theme",), ("countries",))


def options(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of a page: for each question the label and the value of each."""
    form = next(form for form in tree(content).iter("form") if form.get("class") == "ask")
    return {
        str(label.text): [(str(o.text), str(o.get("value"))) for o in select.iter("option")]
        for label, select in zip(form.iter("label"), form.iter("select"), strict=True)
    }


def test_choices_are_what_cases_answer(shipped_files: Mapping[str, bytes]) -> None:
    """Groups lead to their terms a step in; a finer term stands below one answer, once."""
    asked = options(shipped_files[INDEX])
    assert list(asked) == ["Who will you meet?", "About what?", "Where?"]
    who = asked["Who will you meet?"]
    assert who[0] == ("anybody", "")
    at = {value: number for number, (_, value) in enumerate(who)}
    assert len(at) == len(who)
    assert at["sector=government"] < at["type=ministry"] < at["sector=international"]
    assert ("\N{EM SPACE}Ministry", "type=ministry") in who
    # The universities of most cases are of no sector.
    assert ("University", "type=university") in who
    where = [label for label, _ in asked["Where?"]]
    assert where.index("Asia") < where.index("\N{EM SPACE}Southeast Asia")
    assert "\N{EM SPACE}\N{EM SPACE}Cambodia" in where
    about = dict(asked["About what?"])
    assert about["Education"] == "theme=education"
    assert "Urban poverty" not in about  # only an example has it
    home = options(shipped_files["index.html"])
    assert home == {question: asked[question] for question in list(asked)[:2]}


# ---- what the script finds -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def finder(browser: Browser, shipped: Path) -> Iterator[Page]:
    """Give the shipped page with its scripts at work and its entries loaded."""
    page = browser.new_page()
    page.goto((shipped / INDEX).as_uri() + MINISTRY)
    page.wait_for_selector(TOLD)
    yield page
    page.close()


PLAN = """async states => {
    const engine = casebook.explorer, plan = casebook.meeting(engine)
    const facets = new Map(engine.facets.map(facet => [facet.name, facet]))
    const id = number => engine.data.cases[number][0]
    const entry = (list, row) => [id(list.caseOf[row]), list.term(row).id]
    return Promise.all(states.map(async state => {
        const chosen = state.map(([facet, term]) => ({term: facets.get(facet).byId.get(term)}))
        const told = await new Promise(done => plan(chosen, done)), about = told.obstacles
        return {
            all: told.all.map(id), near: told.near.map(id), pool: told.pool.map(id),
            counts: told.counts, missed: told.missed,
            without: told.without.map(one => [chosen.indexOf(one.one), one.number]),
            helped: told.helped.flatMap(one => one.rows.map(
                row => [row.term.id, row.cases.length, ...entry(one.list, row.entry)])),
            more: told.helped.map(one => one.more),
            hindered: about && about.rows.map(row => [row.term.id, row.cases.length]),
            entries: about && about.rows.flatMap(row => row.entries.map(one => ({
                group: row.term.id, row: one.row, entry: entry(about.list, one.row),
                tried: one.tried, result: one.result ? one.result.id : "", same: one.same,
                like: one.like.map(other => [
                    other.row, entry(about.list, other.row), other.result ? other.result.id : ""]),
            }))),
            advice: about && about.advice.map(row => entry(about.list, row)),
            ask: about && about.ask.map(([term, number]) => [term.id, number]),
            unrecorded: about && about.unrecorded.map(term => term.id),
        }
    }))
}"""


def some_states(library: Library) -> list[list[tuple[str, str]]]:
    """Return random choices: of one to three questions a term that a counted case names."""
    chance, found = random.Random(7), []  # noqa: S311
    for _ in range(STATES):
        asked = chance.sample(QUESTIONS, chance.randint(1, 3))
        facets = [chance.choice(names) for names in asked]
        found.append([(name, chance.choice(library.used_terms(name))) for name in facets])
    return found


def test_what_is_told_is_what_counting_gives(finder: Page, shipped_library: Library) -> None:
    """Cases, numbers, and what stands in the same entry are those of going case by case."""
    library, states = shipped_library, some_states(shipped_library)
    told_by = finder.evaluate(PLAN, states)
    assert sum(len(told["all"]) == 0 for told in told_by) > 5
    for state, told in zip(states, told_by, strict=True):
        sets = [set(library.cases_naming(facet, term)) for facet, term in state]
        fits = Counter(case for cases in sets for case in cases)
        for number in range(1, len(sets) + 1):
            assert told["counts"][number - 1] == len(set.intersection(*sets[:number]))
        assert set(told["all"]) == {c for c, own in fits.items() if own == len(sets)}
        rest = Counter({c: own for c, own in fits.items() if own < len(sets)})
        level = len(sets) - 1 if told["all"] else max(rest.values(), default=0)
        assert set(told["near"]) == {c for c, own in rest.items() if own == level > 0}
        few = len(told["all"]) < 5
        assert told["pool"] == told["all"] + (told["near"] if few else [])
        for place, number in told["without"]:
            others = [cases for at, cases in enumerate(sets) if at != place]
            assert number == len(set.intersection(*others))
        assert bool(told["without"]) == (not told["all"] and len(sets) > 1)
        _same_lessons(library, told)
        _same_entries(library, told)


def _same_lessons(library: Library, told: Any) -> None:  # noqa: ANN401 - JSON
    """Compare what helped with the claims of the cases: each group, and the entry it quotes."""
    vocabulary = library.model.vocabularies["success_factors"]
    claims = [c for id_ in told["pool"] for c in library.claims(id_, "success_factors") if c.term]
    by_group: dict[str, set[str]] = {}
    for claim in claims:
        by_group.setdefault(vocabulary.group_of(claim.term) or claim.term, set()).add(claim.case)
    rows = told["helped"]
    numbers = sorted((len(cases) for cases in by_group.values()), reverse=True)
    assert [row[1] for row in rows] == numbers[: len(rows)]
    assert sum(told["more"]) == len(by_group) - len(rows)
    for group, number, case, term in rows:
        assert number == len(by_group[group])
        assert case in by_group[group]
        assert (vocabulary.group_of(term) or term) == group


def _same_entries(library: Library, told: Any) -> None:  # noqa: ANN401 - JSON
    """Compare obstacles with the claims: response and result are of the very same entry."""
    rule = library.model.across.responses
    assert rule is not None
    numbers = {id_: number for number, id_ in enumerate(numbered_cases(library))}
    every = sorted(library.claims_of_all("constraints"), key=lambda claim: numbers[claim.case])
    tried = {(c.case, c.index) for c in responses(library, rule, every).tried if c.term}
    vocabulary = library.model.vocabularies["constraints"]
    answered = {c.term for c in every if (c.case, c.index) in tried}

    def group(term: str) -> str:
        return (vocabulary.group_of(term) or term) if term else ""

    def result(claim: Claim) -> str:
        value = str(claim.values.get("worked", ""))
        return "" if value == "unknown" else value

    for group_id, number in told["hindered"] or []:
        named = {c.case for c in every if c.case in told["pool"] and group(c.term) == group_id}
        assert number == len(named)
    shown = [one["row"] for one in told["entries"] or []]
    shown += [other[0] for one in told["entries"] or [] for other in one["like"]]
    assert len(shown) == len(set(shown))
    for one in told["entries"] or []:
        claim = every[one["row"]]
        assert one["entry"] == [claim.case, claim.term]
        assert claim.case in told["pool"]
        assert group(claim.term) == one["group"]
        assert one["tried"] == ((claim.case, claim.index) in tried)
        assert one["result"] == result(claim)
        assert not (one["tried"] and one["like"])
        for row, entry, other_result in one["like"]:
            other = every[row]
            assert (other.case, other.index) in tried
            assert (entry, other_result) == ([other.case, other.term], result(other))
            assert other.case != claim.case
            assert group(other.term) == group(claim.term)
            assert one["same"] == (other.term == claim.term)
    pairs = {(c.case, c.term) for c in every if c.case in told["pool"] and c.term}
    number_of = Counter(term for _, term in pairs)
    for term, number in told["ask"] or []:
        assert number == number_of[term] > 1
    assert set(told["unrecorded"] or []) == set(number_of) - answered
    advising = [
        [c.case, c.term] for c in every if str(c.values.get("advised", "unknown")) != "unknown"
    ]
    assert all(entry in advising for entry in told["advice"] or [])


# ---- the page ------------------------------------------------------------------------------------


@pytest.fixture
def prepare(tab: Page, shipped: Path) -> Callable[..., Page]:
    """Give a function that opens the finder at an address and a width, until all is told."""

    def opened(hash_: str = "", width: int = 1280) -> Page:
        resize(tab, width)
        tab.goto((shipped / INDEX).as_uri() + hash_)
        tab.wait_for_selector(TOLD if hash_ else "form.ask:not([hidden])")
        return tab

    return opened


def test_two_choices_at_home(shipped: Path, tab: Page) -> None:
    """From home at 360 px: two choices and a button, and the closest case and its reason stand."""
    resize(tab, 360)
    tab.goto((shipped / "index.html").as_uri())
    tab.get_by_label("Who will you meet?").select_option("type=ministry")
    tab.get_by_label("About what?").select_option("theme=education")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_selector(TOLD)
    expect(tab.locator("#chosen")).to_have_text("With ministry partners, about education")
    expect(tab.locator("#answer .lede")).to_have_text(
        "9 of 41 case studies: with ministry partners, 2 of them about education. "
        f"Closest: {CLOSEST}."
    )
    first = tab.locator("#fit li").first
    expect(first).to_contain_text(CLOSEST)
    expect(first).to_contain_text("With ministry partners, about education")
    expect(tab.locator("#fit")).to_contain_text("About education; not with ministry partners")
    skills = tab.locator("#constraints .entry").filter(has_text="Skills gap")
    expect(skills).to_contain_text("Teachers and school directors did not know the approach.")
    expect(skills).to_contain_text("What was done: not recorded.")
    expect(skills).to_contain_text("What others did about the same problem")
    expect(skills).to_contain_text("Women in politics, Mozambique")
    expect(tab.locator("#began")).to_contain_text("CARE began with a pilot in one province")
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.locator("#success_factors .claim p a").first.click()
    place = tab.url.partition("#")[2]
    assert place.startswith("success-factors-")
    expect(tab.locator(f"#{place}")).to_be_visible()


@pytest.mark.parametrize("path", ["index.html", INDEX])
def test_choices_push_nothing_down(shipped: Path, tab: Page, path: str) -> None:
    """The room of the choices is kept until a script shows them."""
    resize(tab, 360)
    tab.goto((shipped / path).as_uri())
    tab.wait_for_selector("form.ask:not([hidden])")
    assert tab.evaluate(MOVED) <= 0.02


def test_two_touches_from_a_link(shipped: Path, tab: Page) -> None:
    """A link of the home page leads into the finder; the page of an answer does so, too."""
    resize(tab, 360)
    tab.goto((shipped / "index.html").as_uri())
    tab.locator("main").get_by_role("link", name="Government", exact=True).click()
    tab.wait_for_selector(TOLD)
    tab.get_by_label("About what?").select_option("theme=education")
    expect(tab.locator("#fit li").first).to_contain_text(CLOSEST)
    tab.goto((shipped / "prepare/government.html").as_uri())
    tab.get_by_role("link", name="Choose more: About what? Where?").click()
    expect(tab.locator("#chosen")).to_have_text("With government partners")


def test_where_no_case_has_all(prepare: Callable[..., Page]) -> None:
    """It is said, with the number of cases without each choice, and a touch drops one."""
    page = prepare("#countries=asia&theme=gender-based-violence&type=university")
    expect(page.locator("#answer .lede")).to_contain_text("none of them")
    fit = page.locator("#fit")
    expect(fit).to_contain_text("No case study has all of this.")
    expect(fit.get_by_role("heading", level=3)).to_have_text(re.compile("They fit all but one"))
    buttons = fit.locator(".chips button").all_text_contents()
    assert min(int(text.rpartition(" ")[2]) for text in buttons) > 0
    fit.get_by_role("button", name="Without “with university partners”").click()
    expect(page.locator("#chosen")).to_have_text("About gender-based violence, in Asia")
    expect(page.locator("#chosen")).to_be_focused()
    expect(page.get_by_label("Who will you meet?")).to_have_value("")
    page.go_back()
    expect(page.get_by_label("Who will you meet?")).to_have_value("type=university")
    expect(page.locator("#chosen")).to_contain_text("With university partners")


def test_no_number_is_of_what_is_left_of_none(prepare: Callable[..., Page]) -> None:
    """After a choice that leaves no case, the sentence says nothing of the choices after it."""
    page = prepare("#type=un-agency&theme=gender-equality&countries=western-africa")
    lede = page.locator("#answer .lede")
    expect(lede).to_contain_text("none of them about gender equality. Closest:")
    expect(page.locator(".told > p").first).to_contain_text("What follows is from one case study.")


def test_nothing_chosen_is_told(prepare: Callable[..., Page]) -> None:
    """A touch on the button without a choice is answered, until something is chosen."""
    page = prepare("")
    page.get_by_role("button", name="Show", exact=True).click()
    hint = page.get_by_text("Choose at least one.")
    expect(hint).to_be_visible()
    page.get_by_label("Who will you meet?").select_option(index=1)
    expect(hint).to_have_count(0)


def test_a_response_stands_apart(prepare: Callable[..., Page]) -> None:
    """Where a row tells the response apart, its result leads, and no word stands twice."""
    page = prepare()
    page.evaluate(
        """() => casebook.searchText(["india-pratham-state-governments", [
            ["constraints-slow-institutions", "Routine\\nWe *waited*.\\nAsk first.",
             {r: "We *waited*.", a: "Ask first."}]]])"""
    )
    page.get_by_label("Who will you meet?").select_option("sector=government")
    page.get_by_label("About what?").select_option("theme=education")
    entry = page.locator("#constraints .entry").filter(has_text="Slow institutions")
    expect(entry.locator("p").nth(0)).to_have_text("Slow institutions. Routine")
    expect(entry.locator("p").nth(1)).to_have_text("Partly: We *waited*.")
    expect(entry).not_to_contain_text("Ask first.")


@pytest.mark.parametrize(
    "hash_", ["#theme=no-such", "#type=%E0%A4%A&sector=<img src=x>", "#theme=urban-poverty", "#=&&"]
)
def test_an_address_does_no_harm(shipped: Path, page: Page, hash_: str) -> None:
    """What is no term is said as text; a term that only examples have finds nothing."""
    watched = Watched(page)
    watched.visit((shipped / INDEX).as_uri() + hash_)
    expect(page.get_by_role("button", name="Show")).to_be_visible()
    if "urban" in hash_:
        expect(page.locator("#answer .lede")).to_contain_text("0 of 41 case studies")
    elif "=" in hash_[2:]:
        expect(page.locator("#answer")).to_contain_text("no longer a term")
    assert page.evaluate("document.querySelectorAll('#answer img').length") == 0
    assert watched.said == []


def test_finder_works_from_a_folder(shipped: Path, page: Page) -> None:
    """From a folder, under the site's own policy, it asks for few files, and all its own."""
    watched = Watched(page)
    watched.visit((shipped / INDEX).as_uri() + MINISTRY)
    page.wait_for_selector(TOLD)
    folder = shipped.as_uri()
    assert [address for address in watched.asked if not address.startswith(folder)] == []
    assert (watched.failed, watched.said) == ([], [])
    assert 0 < sum("/search/text/" in address for address in watched.asked) <= 16
    watched.visit((shipped / "index.html").as_uri())
    expect(page.get_by_role("button", name="Show")).to_be_visible()
    assert [address for address in watched.asked if "/data/" in address] == []


def test_an_unknown_obstacle_is_no_obstacle(tmp_path: Path, page: Page) -> None:
    """What was done and advised about it counts nowhere, as on other pages; the answer stands."""
    entry = "{{constraint: {}, response: We asked., worked: 'yes', advised: Ask.}}"
    both = ", ".join(entry.format(term) for term in ("unknown", "skills-gap"))
    text = snapshot("One", f"theme: wash\nconstraints: [{both}]\n")
    text = text.replace("partners: UNICEF", "partners: [{name: UNICEF, sector: international}]")
    root = library(tmp_path / "root", one=text)
    files = built.build(root, tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    page.goto((tmp_path / "site" / INDEX).as_uri() + "#theme=wash")
    page.wait_for_selector(TOLD)
    expect(page.locator("#judged")).to_contain_text("Of 1 things that were tried, 1 have a result.")
    expect(page.locator("#advice .entry")).to_have_count(1)
    responses_page = built.read("responses.html", files["responses.html"]).text
    assert responses_page.count("We asked.") == 1


def test_the_finder_stands_without_the_first_question(tmp_path: Path, page: Page) -> None:
    """Where no case answers it, the others are asked, and tell what they find."""
    root = library(tmp_path / "root", one=snapshot("One", "theme: wash\n"), two=snapshot("Two"))
    files = built.build(root, tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    page.goto((tmp_path / "site" / INDEX).as_uri())
    page.get_by_label("About what?").select_option("theme=wash")
    page.get_by_label("Where?").select_option("countries=la")
    page.wait_for_selector(TOLD)
    expect(page.locator("#fit li").first).to_contain_text("About water, sanitation and hygiene")
    expect(page.locator("#fit li")).to_have_count(2)


def test_without_texts_there_are_links(shipped: Path, tmp_path: Path, page: Page) -> None:
    """Where words cannot be loaded, terms and links stand, and it can be tried again."""
    site = tmp_path / "site"
    shutil.copytree(shipped, site)
    (site / "assets/search/text").rename(site / "assets/search/away")
    page.goto((site / INDEX).as_uri() + MINISTRY)
    page.wait_for_selector(TOLD)
    expect(page.locator("#answer")).to_contain_text("Some words could not be loaded.")
    expect(page.locator("#constraints .entry").first.get_by_role("link")).to_be_visible()
    (site / "assets/search/away").rename(site / "assets/search/text")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#chosen")).to_be_focused()
    expect(page.locator("#began")).to_contain_text("CARE began with a pilot")


def test_without_scripts_there_are_pages(shipped: Path, unscripted: BrowserContext) -> None:
    """A reader without scripts has links to the page of each answer, and no dead control."""
    page = unscripted.new_page()
    for path in ("index.html", INDEX):
        page.goto((shipped / path).as_uri())
        expect(page.locator("form.ask")).not_to_be_visible()
        page.locator("main").get_by_role("link", name="Government", exact=True).click()
        expect(page.locator("h1")).to_have_text("Prepare a meeting · Government")
        expect(page.locator(".lede")).to_contain_text("with government partners")


def test_the_keyboard_prepares_a_meeting(prepare: Callable[..., Page]) -> None:
    """Tab, letters and Enter are enough, and the focus goes to what was asked for."""
    page = prepare()
    page.locator("main").evaluate("main => { main.tabIndex = -1; main.focus() }")
    page.get_by_label("Who will you meet?").focus()
    page.keyboard.type("Min")
    page.keyboard.press("Tab")
    expect(page.get_by_label("About what?")).to_be_focused()
    page.keyboard.type("Edu")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_be_focused()
    expect(page.locator("#chosen")).to_have_text("With ministry partners, about education")
    expect(page.locator("#finder [role=status]")).to_contain_text("9 of 41 case studies")
    assert page.evaluate("location.hash") == MINISTRY
    page.keyboard.press("Tab")
    expect(page.locator("#answer .lede a")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reads_an_answer(prepare: Callable[..., Page], width: int) -> None:
    """The first case is few stops away; a choice is dropped, a list opened, the link copied."""
    page = prepare("#countries=asia&theme=gender-based-violence&type=university", width)
    assert stops_until(page, "#fit .chips button") <= stops_until(page, "#fit li > a")
    stops_until(page, "#fit .chips button")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_be_focused()
    expect(page.locator(TOLD)).to_be_visible()
    page = prepare("#sector=government", width)
    expect(page.locator("#chosen")).to_have_text("With government partners")
    summary = page.locator("#judged summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#judged .entry").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#judged .entry a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cases/.*#constraints-"))
    page.go_back()
    expect(page.locator("#chosen")).to_have_text("With government partners")


@pytest.mark.parametrize("hash_", ["", MINISTRY, "#countries=kh&theme=wash"])
def test_everybody_can_prepare(
    prepare: Callable[..., Page], axe: Callable[[Page], str], hash_: str
) -> None:
    """No state is at fault, at two widths, in light and in dark; what is tapped is large."""
    page = prepare(hash_)
    for width, scheme in LOOKS:
        resize(page, width)
        paint(page, scheme)
        assert axe(page) == "", (width, scheme)
    heights = page.locator("#finder select, #finder button, #answer button").evaluate_all(
        "all => all.map(one => one.offsetHeight).filter(Boolean)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize(
    "path",
    [
        f"{INDEX}{MINISTRY}",
        f"{INDEX}#sector=government",
        f"{INDEX}#sector=local&countries=asia",
        "prepare/government.html",
        "prepare/private.html",
    ],
)
def test_it_prints_on_two_sheets(shipped: Path, tab: Page, path: str) -> None:
    """An answer is two sheets of A4 at most, and its heading says what was chosen."""
    tab.goto((shipped / path.partition("#")[0]).as_uri() + path[len(path.partition("#")[0]) :])
    if "#" in path:
        tab.wait_for_selector(TOLD)
    assert 1 <= tab.pdf(format="A4").count(A_SHEET) <= 2
    tab.emulate_media(media="print")
    shown = tab.locator("#chosen" if "#" in path else ".page-head .lede")
    expect(shown).to_be_visible()
    expect(tab.locator("#answer .lede, .page-head .marks").last).to_contain_text("of 41")
    expect(tab.locator("form.ask")).not_to_be_visible()


def test_a_stranger_has_its_own_finder(tmp_path: Path, page: Page) -> None:
    """Another model asks and tells in its own words; nothing of partnerships is there."""
    root = tmp_path / "library"
    shutil.copytree(built.SITES / "postmortems", root)
    record = root / "content" / "record.yml"
    declared = (
        "across:\n  meeting: {title: Before a release, questions:"
        " [{facet: systems, ask: 'Which system?'}, {facet: severity, ask: 'How bad?'}]}\n"
    )
    record.write_text(f"{record.read_text('utf-8')}\n{declared}", "utf-8")
    files = built.build(root, tmp_path / "cache")
    exchange(tmp_path / "site", [Document(path, content) for path, content in files.items()])
    page.goto((tmp_path / "site" / INDEX).as_uri())
    first = page.get_by_label("Which system?")
    first.select_option(index=1)
    page.wait_for_selector(TOLD)
    chosen = first.locator("option:checked").inner_text().strip()
    expect(page.locator("#chosen")).to_have_text(re.compile(f"systems: {chosen}", re.IGNORECASE))
    expect(page.locator("#answer")).to_contain_text("Contributing factors")
    settings = json.loads(str(page.locator("#finder").get_attribute("data-settings")))
    assert settings["obstacles"] is None
    for word in ("partner", "constraint", "case stud"):
        assert word not in page.locator("main").inner_text().casefold()
