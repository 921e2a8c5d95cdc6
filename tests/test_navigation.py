"""The places of the menu: every page has one, and what says nothing yet is in no list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import words
from generator.analysis.substance import FEW
from rows import made, section, tree
from small import library, snapshot

PLACES = ["Find cases", "Prepare a meeting", "What we learn", "Partners", "About"]


def trail(page: bytes) -> list[str]:
    """Return the words of the trail, empty where there is none."""
    place = tree(page).find(".//nav[@class='trail']")
    return [] if place is None else [words(a) for a in place.iter("a")]


def marked(page: bytes) -> list[str]:
    """Return the entries of the menu in a line that are marked."""
    menu = tree(page).find(".//nav[@class='site-nav']")
    assert menu is not None
    return [words(a) for a in menu.iter("a") if a.get("aria-current")]


def test_every_page_belongs_to_a_place(shipped_files: Mapping[str, bytes]) -> None:
    """Menu, trail and heading of each page name one of the five places, in the same words."""
    for path, page in shipped_files.items():
        moved = b'http-equiv="refresh"' in page
        if not path.endswith(".html") or path in {"index.html", "404.html"} or moved:
            continue
        (place,) = marked(page)
        assert place in PLACES, path
        home, *above = trail(page)
        assert home == "Home", path
        heading = words(tree(page).find(".//h1"))
        assert above[:1] == [place] or (not above and heading == place), path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cases/peru-initiative-against-child-malnutrition.html", ["Home", "Find cases"]),
        ("constraints/shocks.html", ["Home", "What we learn", "What got in the way"]),
        ("countries/kh.html", ["Home", "Find cases", "Countries"]),
        ("partners/unicef.html", ["Home", "Partners"]),
        ("prepare/government.html", ["Home", "Prepare a meeting"]),
        ("data/index.html", ["Home", "About"]),
    ],
)
def test_trail(shipped_files: Mapping[str, bytes], path: str, expected: list[str]) -> None:
    """The trail leads from home over the place to the page above, each once."""
    assert trail(shipped_files[path]) == expected


def test_a_menu_of_the_site(tmp_path: Path) -> None:
    """A menu of one's own names its places; what it leaves out is linked at the foot."""
    root = library(tmp_path, land=snapshot("Land"))
    config = root / "site_config.yml"
    nav = "nav:\n  - Stories: cases/index.html\n  - Whom: sector/index.html\n"
    config.write_text(config.read_text("utf-8") + nav, "utf-8")
    files = made(root)
    assert trail(files["cases/land.html"]) == ["Home", "Stories"]
    assert words(tree(files["cases/index.html"]).find(".//h1")) == "Stories"
    assert marked(files["theme/index.html"]) == ["Stories"]
    assert marked(files["sector/index.html"]) == ["Whom"]
    assert marked(files["gaps.html"]) == []
    assert trail(files["gaps.html"]) == ["Home", "What we learn"]
    foot = tree(files["index.html"]).find(".//footer")
    assert foot is not None
    assert [words(a) for a in foot.iter("a")][:4] == [
        "Prepare a meeting",
        "What we learn",
        "Partners",
        "About",
    ]


def many(folder: Path, cases: int) -> dict[str, bytes]:
    """Return the files of a library of cases with one theme in all, another in one."""
    themes = dict.fromkeys(range(cases), "theme: land-tenure\n")
    themes[0] = "theme: [land-tenure, education]\nform: network\n"
    return made(library(folder, **{f"c{n}": snapshot(f"C {n}", t) for n, t in themes.items()}))


def test_what_says_nothing_is_in_no_list(tmp_path: Path) -> None:
    """The page is built, linked from no index and not from home; what is missing names it."""
    files = many(tmp_path, FEW)
    thin = words(section(files["gaps.html"], "thin"))
    assert "Form" in thin
    assert "Themes" not in thin
    assert "form/index.html" in files
    home = built.read("index.html", files["index.html"]).text
    assert "](theme/index.html)" in home
    assert "](form/index.html)" not in home
    learn = built.read("learn/index.html", files["learn/index.html"]).links
    assert "challenges.html" in files
    assert "challenges.html" not in learn
    assert "gaps.html" in " ".join(learn)
    assert built.orphans(files) == set()


def test_a_term_with_one_case_leads_to_it(tmp_path: Path) -> None:
    """In a list of a library that is not small; the page of the term stays at its address."""
    rows = built.read("theme/index.html", many(tmp_path / "a", FEW)["theme/index.html"]).text
    assert "[Land tenure](land-tenure.html)" in rows
    assert "[Education](../cases/c0.html)" in rows
    files = many(tmp_path / "b", FEW - 1)
    assert (
        "[Education](education.html)"
        in built.read("theme/index.html", files["theme/index.html"]).text
    )
    assert "theme/education.html" in files


def test_an_entry_is_led_to(shipped_files: Mapping[str, bytes]) -> None:
    """Where an entry names the term, the list leads to that entry, not to the top of the page."""
    listed = built.read("constraints/index.html", shipped_files["constraints/index.html"]).text
    assert "cases/crs-universities.html#constraints-project-logic)" in listed


def test_the_caution_stands_once(shipped_files: Mapping[str, bytes]) -> None:
    """It is in the foot of each page, and in no part of a page but the method of the report."""
    caution = "shows that one thing caused another"
    for path, page in shipped_files.items():
        if path.endswith(".html") and b'http-equiv="refresh"' not in page:
            root = tree(page)
            assert caution in words(root.find(".//footer")), path
            inside = words(root.find(".//main"))
            assert inside.count(caution) == (path == "report.html"), path
            assert "brought about the other" not in inside
