"""The page of a case: its order, claims in rows, what is unknown once, and what others did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from rows import section, tree
from small import library, snapshot

LAND = """\
record_type: snapshot
status: unknown
form: unknown
processes: joint-planning
contexts: political
constraints:
  - {constraint: shocks, what: A flood., response: unknown, worked: unknown}
  - {constraint: exclusion, what: Few came., response: Tea was served., worked: partly}
  - {constraint: staff-time, what: Nobody had time.}
outcomes:
  - what: A law came. It was kept.
    level: policy
    achieved: full
    when: 2013
    contribution: unknown
    evidence: law
  - {what: They meet., level: relationship, achieved: unknown, contribution: unknown}
evidence:
  - id: law
    kind: document
    citation: The law
    url: https://law.example/a
    independent: yes
traits:
  program_level: {answer: yes, reason: It ran long.}
"""
WATER = """\
constraints:
  - {constraint: shocks, response: Dams were built., worked: "no"}
  - {constraint: shocks, response: Again., worked: "yes"}
  - {constraint: low-state-resources, response: Money was lent.}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give a site of two cases."""
    root = tmp_path_factory.mktemp("cases")
    library(root, land=snapshot("Land", LAND, "## How\n\nSo."), water=snapshot("Water", WATER))
    return built.build(root, root / "cache")


@pytest.fixture(scope="module")
def land(files: Mapping[str, bytes]) -> bytes:
    """Give the page of the fuller case."""
    return files["cases/land.html"]


def test_the_order_is_that_of_the_model(land: bytes) -> None:
    """What changed first, the story after all claims, the facts after that in the source too."""
    found = [part.get("id") for part in tree(land).iter() if part.tag in {"section", "details"}]
    assert [id_ for id_ in found if id_] == [
        *("outcomes", "processes", "success-factors", "constraints", "contexts", "story"),
        *("facts", "sure", "evidence", "traits", "related", "about"),
    ]


def test_a_claim_is_one_row(land: bytes) -> None:
    """An outcome is its own sentence, with one word for how sure, and keeps its address."""
    rows = [(row.get("id"), words(row)) for row in section(land, "outcomes").findall("./ul/li")]
    assert rows == [
        ("outcomes-1", "A law came. It was kept. Independent Source [1] Policy In full 2013"),
        ("outcomes-2", "They meet. No source Relationship"),
    ]
    anchors = [a for a in tree(land).iter("a") if a.get("class") == "anchor"]
    assert len(anchors) == len({a.get("href") for a in anchors})
    assert [a.get("href") for a in anchors if "-" in str(a.get("href"))] == ["#success-factors"]


LIKE = "1 other case study did something about a similar problem: Money and time"


def test_beside_an_obstacle_stands_what_was_done(land: bytes) -> None:
    """What was done and whether it worked; where nobody says, the way to others who tried."""
    rows = section(land, "constraints").findall("./ul/li")
    then = [words(row.find("./div[@class='then']")) for row in rows]
    assert then == [
        "What was done: not recorded. See what 1 other case study did",
        "What was done: Tea was served. Did it work? Partly",
        f"What was done: not recorded. {LIKE}",
    ]
    links = [a.get("href") for row in rows for a in row.findall("./div/p/a")]
    assert links == ["../responses.html#constraints-shocks", "../constraints/money-and-time.html"]


def test_a_case_is_no_other_case(files: Mapping[str, bytes]) -> None:
    """A response of its own, to the same obstacle, does not count as one of another case."""
    then = [
        words(div)
        for div in tree(files["cases/water.html"]).iter("div")
        if div.get("class") == "then"
    ]
    assert then == [
        "What was done: Dams were built. Did it work? No",
        "What was done: Again. Did it work? Yes",
        "What was done: Money was lent. Did it work? Not recorded",
    ]


def test_what_is_unknown_stands_once(land: bytes) -> None:
    """One list has it, whole fields first; neither the facts nor the claims say it again."""
    sure = section(land, "sure")
    assert [words(item) for item in sure.findall("./ul")[-1]] == [
        "Status, Form",
        "What changed: Contribution, Achieved (in 1 of 2)",
    ]
    text = words(tree(land).find(".//main"))
    assert text.count("Contribution") == 1
    assert "Unknown" not in text


def test_how_sure_is_summed_up(land: bytes) -> None:
    """Each strength that the claims have, the strongest first, with its number and meaning."""
    rows = [words(item) for item in section(land, "sure").findall("./ul")[0]]
    assert rows == [
        "Independent 1 claim: one independent source",
        "No source 7 claims: nothing cited",
    ]


def test_the_title_of_a_source_leads_to_it(land: bytes) -> None:
    """The words of a source are the link; its address is printed on paper alone."""
    (source,) = section(land, "evidence").findall("./ol/li")
    (link,) = source.findall("./a")
    assert (words(link), link.get("href")) == ("The law", "https://law.example/a")


NAMES = """\
partners:
  - {{name: UNICEF, sector: international, type: un-agency{role}}}
  - {{name: Oxfam, sector: international, type: ingo}}
  - {{name: {other}, sector: local, type: community-group}}
"""


def test_a_partner_page_says_the_role_and_who_recurs(tmp_path: Path) -> None:
    """A role, or that none is recorded; who was met once more, and nobody met once."""
    texts = {
        name: snapshot(name.title()).replace(
            "partners: UNICEF\n", NAMES.format(role=role, other=other)
        )
        for name, role, other in (("land", ", role: funder", "Club A"), ("sea", "", "Club B"))
    }
    files = built.build(library(tmp_path, **texts), tmp_path / "cache")
    page = files["partners/unicef.html"]
    said = [words(item) for item in section(page, "said").findall("./article")]
    assert ["Role: Funder" in text for text in said] == [True, False]
    assert ["Role not recorded" in text for text in said] == [False, True]
    assert [words(a) for a in section(page, "beside").findall("./ul/li/a")] == ["Oxfam"]
    assert "1 of 2" not in words(tree(page).find(".//main"))


def test_numbers_begin_at_five(tmp_path: Path) -> None:
    """Under five cases a term's page names what else they name; from five on it counts."""
    for number, counted in ((4, False), (5, True)):
        root = tmp_path / str(number)
        root.mkdir()
        cases = {f"case{n}": snapshot(f"Case {n}") for n in range(number)}
        page = built.build(library(root, **cases), root / "cache")["focus/ownership-of-model.html"]
        together = section(page, "together")
        assert (f"{number} of {number}" in words(together)) is counted
        assert any(str(e.tag).endswith("svg") for e in together.iter()) is counted
        assert "Trusted relationship" in words(together)


def test_the_style_page_shows_both_schemes_and_data_alone_leads_there(
    files: Mapping[str, bytes],
) -> None:
    """Its two parts show the same, and no page but that of the data has a link to it."""
    light, dark = tree(files["style.html"]).findall(".//main/section")
    assert [part.get("class") for part in (light, dark)] == ["sample light", "sample dark"]
    assert words(light).replace("In light", "") == words(dark).replace("In dark", "")
    linking = {p for p, text in files.items() if p.endswith(".html") and b'style.html"' in text}
    assert linking == {"data/index.html", "style.html"}
    assert b"noindex" in files["style.html"]


def test_the_dark_palette_is_one(shipped: Path) -> None:
    """A part drawn in dark has the colours that a page has for a reader who asks for dark."""
    css = (shipped / "assets/casebook.css").read_text("utf-8")
    part = css.split("\n.dark {")[1].split("}")[0]
    page = css.split("prefers-color-scheme: dark) {\n  :root {")[1].split("}")[0]
    assert part.split() == page.split()


def test_the_first_claim_is_soon_reached(shipped: Path) -> None:
    """With the keyboard at most 25 stops come before the first claim of a case.

    The menu stands on a page twice, and only one of the two is shown.
    """
    for path in shipped.glob("cases/*.html"):
        text = re.sub(
            r'<details class="phone-nav">.*?</details>',
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL,
        )
        head, found, _ = text.partition('<ul class="claims">')
        if found and path.name != "index.html":
            assert head.count("<a ") <= 25, path.name


def test_what_most_claims_are_is_said_once(shipped: Path) -> None:
    """How sure we are stands at the top in numbers; beside a claim only where it is another."""
    pages = {
        id_: (shipped / f"cases/{id_}.html").read_text("utf-8")
        for id_ in ("cambodia-multilingual-education", "peru-initiative-against-child-malnutrition")
    }
    said = {id_: built.read(f"cases/{id_}.html", page.encode()).text for id_, page in pages.items()}
    cambodia, peru = said
    assert "How sure we are: Not confirmed (19 of 19 claims)." in said[cambodia]
    sure = "How sure we are: Independent (10 of 17 claims), Not confirmed (7 of 17)."
    assert f"{sure} A claim without a word: Not confirmed" in said[peru]
    beside = re.compile(r'<li id="[^"]*">(?:(?!</li>).)*?class="chip strength-(\d)"', re.DOTALL)
    assert set(beside.findall(pages[cambodia])) == set()
    assert set(beside.findall(pages[peru])) == {"2"}
