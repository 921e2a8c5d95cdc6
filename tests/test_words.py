"""The words of the interface: all of them are messages, and each catalogue has each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

import generator.base.locale
from built import SHIPPED, build
from generator.base.dates import date_in_words
from generator.base.locale import CATALOGUES
from generator.model.territories import territory_names
from words import TEMPLATE, as_text, catalogue_files, extracted

PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|.?)")
TAG = re.compile(r"</?\w+>")
LETTERS = re.compile(r"[^\W\d_]{2,}")
ALONE = re.compile(r"« | [»:;?!]")
"""A space that breaks, where a mark belongs to its word: on a phone the mark stands by itself."""
OF_THE_MODEL = {"record", "records", "noun"}
"""Nouns of the site. A language that must know their gender may say it without them."""

TEMPLATES = sorted((SHIPPED / "templates").rglob("*.html"))
SAID = re.compile(r'\b(?:aria-label|title|alt|content)="([^"]*)"')
OF_HTML = re.compile(r'<[^<>]*>?|&\w+;|\b\w+="\w*"|\.csv\b')
"""Tags, attributes that stand alone, and the ending of a file."""
NO_WORDS = {"0; url=", "width=device-width, initial-scale=1", "casebook", "noindex"}


def read(file: Path) -> Catalog:
    """Return the catalogue in a file."""
    with file.open("rb") as opened:
        return read_po(opened)


def forms(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the forms of a message or a translation, of which most have one."""
    return [texts] if isinstance(texts, str) else list(texts or ())


# ---- the catalogues ------------------------------------------------------------------------------


def test_the_template_is_up_to_date() -> None:
    """`make words` would change nothing in the list of messages."""
    assert TEMPLATE.read_text("utf-8") == as_text(extracted()), "run make words"


def test_there_is_a_catalogue_of_french() -> None:
    """It says in its head that no native speaker has read it, as long as that is so."""
    french = next(file for file in catalogue_files() if file.stem == "fr")
    assert "Not reviewed: no native speaker" in french.read_text("utf-8").partition("msgid")[0]


@pytest.mark.parametrize("file", catalogue_files(), ids=lambda file: file.stem)
def test_a_catalogue_is_complete(file: Path) -> None:
    """It has each message in each form, and none that nobody says."""
    catalogue, messages = read(file), {message.id for message in extracted() if message.id}
    assert {message.id for message in catalogue if message.id} == messages
    lacking = [
        message.id
        for message in catalogue
        if message.id and (message.fuzzy or not all(forms(message.string)) or not message.string)
    ]
    assert lacking == []
    plural = [message for message in catalogue if isinstance(message.id, tuple)]
    assert {len(forms(message.string)) for message in plural} == {catalogue.num_plurals}


def faults(message: Message) -> Iterator[str]:
    """Yield what a translation does to the parts of its message that a program reads."""
    originals = forms(message.id)
    placeholders = {name for text in originals for name in PLACEHOLDER.findall(text)}
    tags = sorted(TAG.findall(originals[-1]))
    for text in forms(message.string):
        names = PLACEHOLDER.findall(text)
        if "" in names:
            yield f"a % that is no placeholder in {text!r}"
        if lost := placeholders - set(names) - OF_THE_MODEL - {"num"}:
            yield f"{text!r} lacks {lost}"
        if "num" in placeholders - set(names) and len(forms(message.id)) == 1:
            yield f"{text!r} lacks the number"
        if unknown := set(names) - placeholders:
            yield f"{text!r} has {unknown}"
        if sorted(TAG.findall(text)) != tags:
            yield f"{text!r} has other tags"
        # A message may stand in an attribute, between straight quotation marks.
        if '"' in TAG.sub("", text) and '"' not in originals[0]:
            yield f'{text!r} has a "'
        if re.search(r"&|<(?!/?\w+>)", text):
            yield f"{text!r} is not HTML"
        if ALONE.search(text):
            yield f"{text!r} has a mark that may begin or end a line alone"


@pytest.mark.parametrize("file", catalogue_files(), ids=lambda file: file.stem)
def test_no_translation_breaks_a_page(file: Path) -> None:
    """Placeholders, tags and quotation marks are as the templates need them."""
    assert [fault for message in read(file) if message.id for fault in faults(message)] == []


@pytest.mark.parametrize(
    ("one", "text", "fault"),
    [
        ("In %(title)s", "Dans %(titre)s", "lacks"),
        ("In %(title)s", "Dans %(title)s, %(what)s", "has"),
        ("All %(num)s", "Tous", "lacks the number"),
        ("Half", "50 % de tout", "no placeholder"),
        ("Site", 'Le "site"', 'has a "'),
        ("Write <code>x</code>", "Écrire x", "other tags"),
        ("Site", "Le site & plus", "not HTML"),
        ("Why?", "Pourquoi ?", "alone"),
        ("“Site”", "« Site\u00a0»", "alone"),
    ],
)
def test_a_broken_translation_is_seen(one: str, text: str, fault: str) -> None:
    """The test above can fail."""
    assert any(fault in found for found in faults(Message(one, text)))


# ---- the templates -------------------------------------------------------------------------------


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_holds_no_words(file: Path) -> None:
    """What it prints as it is are tags, signs and spaces; all words are looked up."""
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - nothing is rendered
    tree = environment.parse(file.read_text("utf-8"))
    # Without what is looked up, so that a tag with a value in it is whole.
    whole = "".join(each.data for each in tree.find_all(nodes.TemplateData))
    said = [text for text in SAID.findall(whole) if text not in NO_WORDS and LETTERS.search(text)]
    assert said == []
    assert LETTERS.findall(OF_HTML.sub(" ", whole)) == []


# ---- a pseudo-language ---------------------------------------------------------------------------


class _Text(HTMLParser):
    """The text of a page and of its attributes that are read aloud, but for the author's prose."""

    SILENT = ("svg", "script", "style", "pre", "code")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("aria-label", "title", "alt"):
            if not self.silent and given.get(name):
                self.parts += ["\n", given[name], "\n"]
        if given.get("name") == "description" and not given["content"].endswith(" …"):
            self.parts += ["\n", given["content"], "\n"]
        if tag in {"meta", "link", "br", "hr", "img", "input", "wbr"}:
            return
        quiet = tag in self.SILENT or "prose" in given.get("class", "").split()
        self.open.append(f"{tag} silent" if quiet else tag)
        self.silent += quiet
        self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            last = self.open.pop()
            self.silent -= last.endswith(" silent")
            if last.partition(" ")[0] == tag:
                break
        self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def pseudo_catalogue(folder: Path) -> None:
    """Write the catalogue of a language whose messages are the English ones in marks."""
    catalogue = Catalog(locale="fr", charset="utf-8")
    for message in extracted():
        if message.id:
            marked = [f"⟦{text}⟧" for text in forms(message.id)]
            catalogue.add(message.id, marked[0] if len(marked) == 1 else tuple(marked))
    with (folder / "qps.po").open("wb") as file:
        write_po(file, catalogue)


INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
DIVIDERS = re.compile(r"[\s\d]*(?:[\n;·,:()\[\]{}“”.?!#–…☐☑↩]|\s-\s|\sand\s(?=\d)|^|$)[\s\d]*")
"""Signs between pieces; the "and" of a list, too, since CLDR does not know the pseudo-language."""
MONTHS = {date_in_words(f"2026-{month:02}").partition(" ")[0].casefold() for month in range(1, 13)}


def pieces(text: str) -> set[str]:
    """Return a text in pieces, divided at its signs, in small letters."""
    words = (" ".join(piece.split()).strip("'’ ") for piece in DIVIDERS.split(text))
    return {word.casefold() for word in words if LETTERS.search(word)}


def scalars(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever stands in YAML
    """Yield every text in a value of YAML, names of fields included."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key).replace("_", " ")
            yield from scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item)
    elif value is not None:
        yield str(value)


@cache
def content_pieces() -> frozenset[str]:
    """Return the pieces of everything that the authors of the shipped content wrote."""
    # the names of files of data
    texts = ["library. json. record. schema. json. csv. sources. bib. ris. csl"]
    for file in (*SHIPPED.glob("content/**/*.yml"), SHIPPED / "site_config.yml"):
        text = file.read_text("utf-8").replace("{organisation}", "CARE")
        declared = yaml.load(text, yaml.BaseLoader)  # noqa: S506
        texts += scalars(declared)
        for language in declared.get("territories", ()):
            texts += territory_names(language).values()
    for file in SHIPPED.glob("content/**/*.md"):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        texts += [*scalars(yaml.load(front, yaml.BaseLoader)), *body.splitlines()]  # noqa: S506
    found = {piece for text in texts for piece in pieces(text)}
    return frozenset(found)


def unmarked(html: str) -> set[str]:
    """Return what a page says outside marks that no author of the content wrote."""
    parser = _Text()
    parser.feed(html)
    text = "".join(parser.parts)
    # What stands in a message is the site's own again, or another message.
    values: list[str] = []
    while match := INNERMOST.search(text):
        text = f"{text[: match.start()]}\n{text[match.end() :]}"
        values.append(match[0])
    return pieces(text) - content_pieces() - MONTHS


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """Return the shipped content as a site whose language is the pseudo-language."""
    root = tmp_path_factory.mktemp("pseudo")
    for name in ("content", "templates"):
        (root / name).symlink_to(SHIPPED / name, target_is_directory=True)
    text = (SHIPPED / "site_config.yml").read_text("utf-8")
    assert "language: en" in text
    (root / "site_config.yml").write_text(text.replace("language: en", "language: qps"), "utf-8")
    pseudo_catalogue(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generator.base.locale, "CATALOGUES", root)
        yield build(root, root / "cache")


def test_every_word_of_ours_is_a_message(pseudo: dict[str, bytes]) -> None:
    """Outside the marks of messages no page says anything that no author wrote."""
    pages = {path: body.decode() for path, body in pseudo.items() if path.endswith(".html")}
    assert len(pages) > 100
    bare = {path: found for path, page in pages.items() if (found := unmarked(page))}
    assert bare == {}


def test_the_pseudo_language_is_in_use(pseudo: dict[str, bytes]) -> None:
    """A page that lost its marks would be seen: here are some, and so is a bare word of ours."""
    page = pseudo["report.html"].decode()
    assert "⟦Method and limits⟧" in page
    assert unmarked(page.replace("⟦Method and limits⟧", "Method and limits")) == {
        "method and limits"
    }


def test_the_catalogues_stand_in_the_package() -> None:
    """They are below the package, so that an installation has them."""
    assert CATALOGUES.is_relative_to(SHIPPED / "generator")
