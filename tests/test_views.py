"""The words of values, as pages show them."""

from __future__ import annotations

import pytest

import built
from generator.library.library import Library
from generator.pages.card import card
from generator.pages.entries import entry_views
from generator.pages.filters import brief
from generator.pages.page import SiteContext
from generator.pages.pieces import Piece, pieces


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> SiteContext:
    """Give the tiny library and its settings, as page kinds receive them."""
    cache = tmp_path_factory.mktemp("cache")
    library = built.checked(built.SITES / "tiny", cache).library
    assert library is not None
    return SiteContext(library, built.settings(built.SITES / "tiny", cache))


@pytest.fixture(scope="module")
def tiny(ctx: SiteContext) -> Library:
    """Give the tiny library."""
    return ctx.library


@pytest.mark.parametrize(
    ("case", "field", "words"),
    [
        ("hill", "soil", [("Sand", "soil/sand.html"), ("Clay", "soil/clay.html")]),
        ("hill", "period", [("2019 – March 2022", "")]),
        ("hill", "motto", [("Water = life & <patience>", "")]),
        ("hill", "map", [("https://maps.example/?q=hill&z=2",) * 2]),
        ("hill", "updated", [("1 May 2026", "")]),
        ("shore", "summary", [("Unknown", "")]),
        ("shore", "motto", []),
        ("jardin", "translation_of", [("The garden on the hill", "gardens/hill.html")]),
    ],
)
def test_each_kind_of_value_in_words(
    tiny: Library, case: str, field: str, words: list[tuple[str, str]]
) -> None:
    """Terms read by their label and lead to their page, dates are in words."""
    values = pieces(tiny, tiny.model.fields[field], tiny.case(case).values.get(field))
    assert [(piece.text, piece.to) for piece in values] == words


def test_a_withheld_name_leads_nowhere(ctx: SiteContext) -> None:
    """In place of a name that must not be printed stand words, without a link or an id."""
    entries = entry_views(ctx, ctx.library.claims("hill", "neighbours"))
    assert [entry.title for entry in entries] == [
        Piece("Oak Farm", "neighbours/oak-farm.html", "oak-farm"),
        Piece("Name withheld"),
        Piece("Söder Nursery", "neighbours/söder-nursery.html", "söder-nursery"),
    ]


def test_a_name_that_only_a_translation_spells_leads_nowhere(ctx: SiteContext) -> None:
    """It has no page, since the translation counts under its original; so it is words alone."""
    entries = entry_views(ctx, ctx.library.claims("jardin", "neighbours"))
    assert [(e.title.text, e.title.to) for e in entries if e.title] == [
        ("Oak Farm", "neighbours/oak-farm.html"),
        ("Moulin Neuf", ""),
    ]


def test_an_entry_says_where_its_evidence_is(ctx: SiteContext) -> None:
    """An entry gives its strength, the numbers of its sources, and its own place."""
    first = entry_views(ctx, ctx.library.claims("hill", "helps"))[0]
    assert first.claim.strength == 4
    assert [(piece.text, piece.to) for piece in first.sources] == [
        ("1", "#sources-1"),
        ("2", "#sources-2"),
    ]
    assert first.to == "gardens/hill.html#helps-compost"


@pytest.mark.parametrize(
    ("id_", "label", "language", "translations"),
    [
        ("hill", "", "", [("fr", "gardens/jardin.html")]),
        ("jardin", "", "fr", []),
        ("moon", "Dream", "", []),
    ],
)
def test_cards(
    tiny: Library, id_: str, label: str, language: str, translations: list[tuple[str, str]]
) -> None:
    """A card labels what is not counted, says its language where it differs, names translations."""
    view = card(tiny, id_)
    assert (view.label, view.language) == (label, language)
    assert [(piece.text, piece.to) for piece in view.translations] == translations


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("short", "short"),
        ("one two three", "one …"),
        ("ຍາວໆໆໆໆໆໆໆໆ", "ຍາວໆໆໆໆ …"),
        ("one, two three", "one …"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, cut: str) -> None:
    """A long text ends at a word and a sign of more; in a script without spaces, anywhere."""
    assert brief(text, 7) == cut
