"""The kit of a write-shop: its questions are those of the model, in the language of the site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import built
from generator.build.check import check_site
from generator.hosts.config import load_site
from small import library, own_model, snapshot

PATH = "write-shop.html"


def kit(root: Path) -> built.Read:
    """Return the page of a site."""
    return built.read(PATH, built.build(root, root / ".cache")[PATH])


def parts(root: Path) -> tuple[list[str], list[str], list[str]]:
    """Return the titles of the cards, those of the cards to begin with, and a reviewer's rows."""
    html = built.build(root, root / ".cache")[PATH].decode()
    cards = re.findall(r"<h3>(.*?)</h3>", html)
    plain = [re.sub(r" <span.*", "", card) for card in cards]
    first = [name for name, card in zip(plain, cards, strict=True) if "<span" in card]
    rows = re.findall(r'<th scope="row">(.*?)</th>', html)
    return plain, first, [re.sub("<[^>]*>", "", row) for row in rows]


def test_a_card_for_each_question_of_the_model(tmp_path: Path) -> None:
    """What the smallest kind needs comes first; what a file keeps of itself has no card."""
    own_model(tmp_path)
    cards, first, rows = parts(library(tmp_path, a=snapshot("A")))
    assert first == [
        "Title", "Summary", "Countries", "Focus", "Partners", "Our organisation&#39;s role",
        "What helped", "What got in the way",
    ]  # fmt: skip
    assert cards[: len(first)] == first
    assert cards[-3:] == ["Situation", "What we did", "What we would do differently"]
    assert len(cards) == len(set(cards))
    assert {"Status", "Period", "What changed", "Sources"} <= set(cards)
    assert not {"Licence", "Last updated", "Written by", "Visibility"} & set(cards)
    assert [row.split(" ")[0] for row in rows[-8:]][:3] == ["Title", "Summary", "Countries"]
    assert "Each claim names a source, or shows that it has none." in rows


def test_no_name_is_on_a_card(tmp_path: Path) -> None:
    """A vocabulary of names may hold some that must not be told."""
    own_model(tmp_path)
    root = library(tmp_path, a=snapshot("A"))
    file = root / "content/vocabulary/partners.yml"
    file.write_text(
        "title: Partners\nopen: yes\nterms:\n  - {id: hush, label: Hush Hush}\n", "utf-8"
    )
    assert b"Hush" not in built.build(root, root / ".cache")[PATH]


def test_the_minutes_are_an_hour(tmp_path: Path) -> None:
    """The plan adds up."""
    own_model(tmp_path)
    html = built.build(library(tmp_path, a=snapshot("A")), tmp_path / ".cache")[PATH].decode()
    assert sum(map(int, re.findall(r'<td class="number">(\d+)</td>', html))) == 60


def test_in_french_with_a_model_of_somebody_else_s(tmp_path: Path) -> None:
    """No word of partnerships and none of English is left, and sources are no matter there."""
    root = tmp_path / "site"
    shutil.copytree(built.SITES / "budget", root)
    cards, first, rows = parts(root)
    assert cards == ["Titre", "Quartiers", "Coût", "Apports"]
    assert first == ["Titre", "Quartiers", "Coût"]
    assert rows[0] == "Je comprends ce qui s’est passé sans devoir demander."
    assert not [row for row in rows if "source" in row or "nommé" in row]
    text = kit(root).text
    assert "Écrire ensemble" in text
    for stranger in ("partner", "CARE", "Cut them", "not known", "Welcome"):
        assert stranger not in text


def test_pages_lead_to_it_and_its_name_is_taken(tmp_path: Path) -> None:
    """The list of what tells of the library has it, and the page on how to write does."""
    own_model(tmp_path)
    root = library(tmp_path, a=snapshot("A"))
    files = built.build(root, root / ".cache")
    assert b'href="../write-shop.html"' in files["about/index.html"]
    assert b'href="write-shop.html"' in files["contribute.html"]
    (root / "content/write-shop.md").write_text("---\ntitle: Mine\n---\nWords.\n", "utf-8")
    site, _ = load_site(root / "site_config.yml")
    assert site
    assert [p.code for p in check_site(site).problems if p.severity == "error"] == ["page-taken"]
