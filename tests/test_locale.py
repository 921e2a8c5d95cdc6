"""Words, dates, numbers and lists as languages write them, and pages in languages of all kinds."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import html5lib
import pytest
from markupsafe import escape

from built import SHIPPED, SITES, build
from generator.base.locale import EnglishText, Locale
from generator.hosts.config import load_site
from generator.markdown import convert
from generator.pages.body_words import _words

SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("tag", "day", "month", "year"),
    [
        ("en", "22 November 2026", "November 2026", "2026"),
        ("en-US", "22 November 2026", "November 2026", "2026"),
        ("fr", "22 novembre 2026", "novembre 2026", "2026"),
        ("fr-CA", "22 novembre 2026", "novembre 2026", "2026"),
        ("de", "22. November 2026", "November 2026", "2026"),
        ("es", "22 de noviembre de 2026", "noviembre de 2026", "2026"),
        ("pt-BR", "22 de novembro de 2026", "novembro de 2026", "2026"),
        ("ar", "22 نوفمبر 2026", "نوفمبر 2026", "2026"),
        ("ja", "2026年11月22日", "2026年11月", "2026年"),
        ("zh-Hant", "2026年11月22日", "2026年11月", "2026年"),
        ("sw", "22 Novemba 2026", "Novemba 2026", "2026"),
        ("hu", "2026. november 22.", "2026. november", "2026."),
        ("tlh", "22 November 2026", "November 2026", "2026"),
    ],
)
def test_dates(tag: str, day: str, month: str, year: str) -> None:
    """A day, a month or a year is written as far as it is known."""
    locale = Locale(tag)
    assert locale.date("2026-11-22") == day
    assert locale.date("2026-11") == month
    assert locale.date("2026") == year


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-02-30", "26", "2026-11-22T10:00"])
@pytest.mark.parametrize("tag", ["en", "fr", "ar"])
def test_what_is_no_date_stays(tag: str, text: str) -> None:
    """Any other text is as it was."""
    assert Locale(tag).date(text) == text


@pytest.mark.parametrize(
    ("tag", "number", "words"),
    [
        ("en", 1234567, "1,234,567"),
        ("fr", 1234567, f"1{SPACE}234{SPACE}567"),
        ("de", 1234567, "1.234.567"),
        ("es", 12345, "12.345"),
        ("hi", 1234567, "12,34,567"),
        ("fr", 999, "999"),
        ("fr", 0, "0"),
        ("de", -1234, "-1.234"),
        ("fr", Decimal("1234.5"), f"1{SPACE}234,5"),
        ("en", Decimal("0.25"), "0.25"),
        ("nb", Decimal("0.25"), "0,25"),
    ],
)
def test_numbers(tag: str, number: int | Decimal, words: str) -> None:
    """Signs group the digits, and divide them from a fraction, as the language has it."""
    assert Locale(tag).number(number) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", ("", "a", "a and b", "a, b and c", "a, b, c and d")),
        ("en", ("", "a", "a and b", "a, b and c", "a, b, c and d")),
        ("fr", ("", "a", "a et b", "a, b et c", "a, b, c et d")),
    ],
)
def test_lists(tag: str, words: tuple[str, ...]) -> None:
    """A list has the signs and the last word of its language; braces in it stay."""
    locale = Locale(tag)
    assert tuple(locale.joined("abcd"[:number]) for number in range(5)) == words
    assert locale.joined(["{0}", "{x}"]).startswith("{0}")
    assert "&lt;a&gt;" in locale.joined_html(["<a>", "b", "c"])


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("es", ("", "a", "a y b", "a, b y c", "a, b, c y d")),
        ("ja", ("", "a", "a、b", "a、b、c", "a、b、c、d")),
        ("ar", ("", "a", "a وb", "a وb وc", "a وb وc وd")),
    ],
)
def test_lists_beside_messages(tag: str, words: tuple[str, ...]) -> None:
    """Where no message stands around it, a list has the language of the page in any case."""
    lists = [Locale(tag).joined_html("abcd"[:n], in_message=False) for n in range(5)]
    assert tuple(lists) == words


@pytest.mark.parametrize(
    ("tag", "counts"),
    [("en", "cas cas cas"), ("fr", "one one many"), ("de", "many one many")],
)
def test_plural_forms(tag: str, counts: str) -> None:
    """French counts nothing in the singular."""
    if tag == "en":
        counts = "many one many"
    nouns = [Locale(tag).noun(number, "one", "many") for number in (0, 1, 2)]
    assert " ".join(nouns) == counts
    fields = [Locale("fr").ngettext("%(num)s field", "%(num)s fields", n) for n in (0, 1, 2)]
    assert fields == ["0 champ", "1 champ", "2 champs"]


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("fa-AF", "rtl"),
        ("he", "rtl"),
        ("ks-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("pa", "ltr"),
        ("ar-Latn", "ltr"),
        ("az", "ltr"),
        ("fr", "ltr"),
    ],
)
def test_directions(tag: str, direction: str) -> None:
    """A script that is named decides; else that in which the language is usually written."""
    assert Locale(tag).direction == direction


@pytest.mark.parametrize(
    ("tag", "lacks"),
    [("en", False), ("en-GB", False), ("fr", False), ("fr-CA", False), ("de", True), ("x", True)],
)
def test_catalogues(tag: str, lacks: bool) -> None:  # noqa: FBT001
    """A region has the words of its language; English needs none."""
    assert Locale(tag).lacks_words is lacks
    assert Locale(tag).words_language == ("en" if lacks else tag)


@pytest.mark.parametrize(
    ("tag", "label", "lower", "capital"),
    [
        ("fr", "Écoles", "écoles", "Écoles"),
        ("de", "Straße", "Straße", "Straße"),
        ("tr", "Irmak", "\N{LATIN SMALL LETTER DOTLESS I}rmak", "Irmak"),
        ("tr", "il", "il", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}l"),
        ("en", "UN bodies", "un bodies", "UN bodies"),
    ],
)
def test_capitals(tag: str, label: str, lower: str, capital: str) -> None:
    """A label in a sentence is as the language spells it."""
    assert Locale(tag).lower(label) == lower
    assert Locale(tag).capital(label) == capital


def test_words_that_are_english_say_so() -> None:
    """In HTML each part has its language; in a title the same words stand without."""
    words = Locale("de").gettext("Named in %(num)s of %(all)s", num=1234, all="<Fälle>")
    assert words == "Named in 1234 of <Fälle>"
    assert isinstance(words, EnglishText)
    assert Locale("de").merged(escape(words)) == (
        '<span lang="en" dir="ltr">Named in 1,234 of <bdi lang="de">&lt;Fälle&gt;</bdi></span>'
    )
    assert escape(Locale("fr").gettext("In %(title)s", title="<a>")) == "Dans &lt;a&gt;"


def test_english_sentences_side_by_side_are_one_element() -> None:
    """So they stay in their order on a page from right to left; other elements stay theirs."""
    locale = Locale("ar")
    first, second = (escape(locale.gettext(words)) for words in ("Nothing said", "Unknown"))
    assert locale.merged(f"<p>{first} {second}</p>") == (
        '<p><span lang="en" dir="ltr">Nothing said Unknown</span></p>'
    )
    apart = f"<p><span>x</span> {second}</p><p>{first}</p>"
    assert locale.merged(apart) == apart.replace("</span >", "</span>")
    assert locale.merged("<p>as it was</p>") == "<p>as it was</p>"


def test_lists_and_dates_in_an_english_sentence_are_english() -> None:
    """Beside it they are in the language of the page."""
    locale = Locale("de")
    assert locale.joined(["a", "b"]) == "a and b"
    assert locale.joined_html(["a", "b"], in_message=False) == "a und b"
    assert locale.date_in_sentence("2026-03") == "March 2026"
    assert locale.date("2026-03") == "März 2026"
    assert Locale("fr").date_in_sentence("2026-03") == "mars 2026"


def test_what_a_reader_of_markdown_adds() -> None:
    """Tables, notes, tasks and call-outs are read aloud in the language of the record."""
    text = "| a |\n|---|\n| b |\n\n- [x] c\n\nd[^1] e[^1]\n\n> [!WARNING]\n> f\n\n[^1]: g\n"
    body, problems = convert(text, path="a.md")
    assert not problems
    html = body.packed.decode()
    words = _words(Locale("fr"))
    assert [bool(pattern.search(html)) for pattern in words] == [True] * len(words)
    typed, _ = convert('`<div class="table" aria-label="Table 1">`', path="a.md")
    assert not any(pattern.search(typed.packed.decode()) for pattern in words)


@pytest.mark.parametrize("setting", ["de", "ar", "pt-BR", "en", "fr"])
def test_a_language_without_words_is_told_of(tmp_path: Path, setting: str) -> None:
    """It is a note at the setting: the site is built all the same, and under --strict."""
    (tmp_path / "content").mkdir()
    file = tmp_path / "site_config.yml"
    file.write_text(
        "site_name: A\ndocs_dir: content\ntheme: {name: casebook}\nuse_directory_urls: false\n"
        f"plugins:\n  - casebook:\n      language: {setting}\n"
    )
    site, problems = load_site(file)
    assert site is not None
    expected = (
        f"site_config.yml:7:17: note: there are no words of the interface in '{setting}' yet: "
        "they are English, and the pages say so\n    hint: to add them, see docs/adapting.md"
    )
    assert list(map(str, problems)) == ([] if setting in {"en", "fr"} else [expected])


def shipped_in(language: str, folder: Path) -> dict[str, str]:
    """Return the pages of the shipped content as a site in some language."""
    for name in ("content", "templates"):
        (folder / name).symlink_to(SHIPPED / name, target_is_directory=True)
    text = (SHIPPED / "site_config.yml").read_text("utf-8")
    (folder / "site_config.yml").write_text(text.replace("language: en", f"language: {language}"))
    made = build(folder, folder / "cache")
    return {path: body.decode() for path, body in made.items() if path.endswith(".html")}


def test_a_french_page(tmp_path: Path) -> None:
    """Words, dates and signs are French, from the first line to the last."""
    pages = shipped_in("fr", tmp_path)
    home, news = pages["index.html"], pages["news.html"]
    assert '<html lang="fr" dir="ltr">' in home
    assert ">Aller au contenu<" in home
    assert re.search(r'Édition du <time datetime="[-\d]+">\d+ novembre 2026</time>\xa0: \d+ ', home)
    assert "<h2>novembre 2026 " in news
    assert 'lang="en" dir="ltr"' not in home
    assert "Solidité des preuves" in pages["report.html"]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_whose_words_are_english(language: str, tmp_path: Path) -> None:
    """Each of our words stands in an element that says so, and no element in an attribute."""
    pages = shipped_in(language, tmp_path)
    direction = "rtl" if language == "ar" else "ltr"
    for path, page in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        tree = parser.parse(page)
        assert [e for e in parser.errors if e[1] != "expected-doctype-but-got-start-tag"] == [], (
            path
        )
        for element in tree.iter():
            for name, value in element.attrib.items():
                assert "<" not in value, (path, name, value)
    home = pages["index.html"]
    assert f'<html lang="{language}" dir="{direction}">' in home
    assert '<span lang="en" dir="ltr">Skip to the content</span>' in home
    assert f'<bdi lang="{language}">case study</bdi>' in home
    assert (
        "<title>How sure we are, and what is missing · Strategic partnerships</title>"
        in pages["gaps.html"]
    )


def test_a_site_from_right_to_left(tmp_path: Path) -> None:
    """A record in its own language and direction says both; the page has those of the site."""
    pages = build(SITES / "scripts", tmp_path / "cache")
    page = next(body.decode() for path, body in pages.items() if path.startswith("cases/ដី"))
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 lang="km" dir="auto">' in page
    assert re.search(r'<span dir="ltr">https://library\.example/', page)


PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"[-a-z]*|(?:left|right|top|bottom)|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:min-|max-)?(?:width|height)|overflow-[xy])\s*:"
    r"|\b(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)"
)
ALLOWED = {"overflow-x", "overflow-y"}
"""No browser on all phones knows their logical names yet, and neither has a left or a right."""


def physical(styles: str) -> list[str]:
    """Return the properties of styles that name a side of the screen, but for conditions."""
    bare = re.sub(r"/\*.*?\*/|@media[^{]*\{", " ", styles, flags=re.DOTALL)
    return [m[0].strip("{; ") for m in PHYSICAL.finditer(bare) if m[1] not in ALLOWED]


def test_styles_name_no_side_of_the_screen() -> None:
    """They say start and end, so that a page mirrors itself where a language runs the other way."""
    assert physical((SHIPPED / "templates/assets/casebook.css").read_text("utf-8")) == []


@pytest.mark.parametrize(
    "rule",
    [
        "a { left: 0 }",
        "a{margin-left:1px}",
        "a { x: y; padding-right: 1px; }",
        "a { text-align: right }",
        "a { float:left }",
        "a { border-left: 0 }",
        "a { width: 1px }",
        "a { border-top-left-radius: 1px }",
    ],
)
def test_a_side_of_the_screen_is_seen(rule: str) -> None:
    """The test above can fail."""
    assert len(physical(rule)) == 1
