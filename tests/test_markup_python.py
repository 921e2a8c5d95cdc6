"""The reader of Python-Markdown: a site's own extensions, behind the same sanitiser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import built
from generator.base.site import PYTHON_MARKDOWN, PYTHON_NAME, MarkdownSettings
from generator.markdown import convert, join
from small import library, snapshot
from test_markup import ATTACKS, assert_harmless
from test_markup_texts import NASTY, Writer

SETTINGS = MarkdownSettings(
    reader=PYTHON_MARKDOWN,
    extensions=("toc", "tables", "fenced_code", "footnotes", "attr_list", "admonition"),
    configs='{"footnotes": {"BACKLINK_TEXT": "back"}}',
)


def shown(text: str) -> str:
    """Return the HTML of a text without problems, each internal link leading to its own target."""
    body, problems = convert(text, path="a.md", settings=SETTINGS)
    assert problems == ()
    return join(body, [link.target for link in body.links])


TEXTS = {
    "a heading with an id": ("# A {#b}", '<h3 id="text-b">A</h3>'),
    "four spaces nest": (
        "- a\n    - b\n  - c",
        "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>",
    ),
    "an address as words": (
        "[<https://a.org/b>](https://a.org/b)",
        '<p><a href="https://a.org/b" rel="noopener noreferrer">https://a.org/b</a></p>',
    ),
    "an address as words in code": (
        "`[<https://a.org>](b)`",
        "<p><code>[&lt;https://a.org&gt;](b)</code></p>",
    ),
    "a call-out": (
        '!!! note "T"\n    a',
        '<div class="admonition note">\n<p class="admonition-title">T</p>\n<p>a</p>\n</div>',
    ),
    "a class that is ours": ("a\n{: .card onclick=x style=y }", "<p>a</p>"),
    "links of ours": (
        "[a](case:b) [c](d e.md)",
        '<p><a href="case:b">a</a> <a href="d e.md">c</a></p>',
    ),
    "no task list": ("- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>"),
}


@pytest.mark.parametrize(("text", "html"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_read_by_the_extensions_named(text: str, html: str) -> None:
    """What Python-Markdown and its extensions make of a text comes out, cleaned."""
    assert shown(text) == html


TOLD = {
    "a list right below words": ("Three towns:\n- Mopti\n- Gao", "2:1 unread-list"),
    "numbers in brackets": ("1) Mopti\n2) Gao", "1:1 unread-list"),
    "a first number": ("7. Mopti\n8. Gao", "1:1 changed-number"),
    "a cell beyond the headings": ("| a | b |\n|---|---|\n| 1 | 2 | Gao |", "3:11 extra-cell"),
    "an unused address": ("[Ministry, 2019]: https://a.org/b", "1:1 unused-definition"),
    "two texts of a note": (
        "a[^1]\n\n[^1]: Mopti\n\n[^1]: Gao",
        "3:7 lost-words, 5:1 repeated-note",
    ),
    "bullets": ("▪ Mopti\n▪ Gao", "1:1 unread-list"),
    "a blank in marks": ("In **Gao ** only", "1:4 unread-mark"),
    "a host of an office": ("See http://files01/x and more", "1:5 unreachable-link"),
    "a table below HTML": (
        "<div>a</div>\n| b | c |\n|---|---|\n| d | e | Gao |",
        "4:11 lost-words",
    ),
}


@pytest.mark.parametrize(("text", "problem"), TOLD.values(), ids=TOLD.keys())
def test_what_is_lost_or_left_as_typed_is_told(text: str, problem: str) -> None:
    """What Python-Markdown drops, or shows as it was typed, has a warning at its place."""
    problems = convert(text, path="a.md", settings=SETTINGS)[1]
    assert ", ".join(f"{p.line}:{p.column} {p.code}" for p in problems) == problem


QUIET = (
    '##How\n\n1. a\n1. b\n\n- c\n    - d\n\n```py\ne\n```\n\n!!! note "F"\n    g',
    "a[^1] b[^1]\n\n[^1]: c\n\n[d][e]\n\n[e]: f.md\n\n<!-- h -->\n\n&eacute;t&eacute; {: .i }",
    "<b class='x' data-a='words'>c</b>\n\n- said – she\n- 1.5 km\n\n[TOC]",
)


@pytest.mark.parametrize("text", QUIET)
def test_what_python_markdown_reads_is_left_alone(text: str) -> None:
    """What CommonMark reads otherwise is no slip here."""
    assert convert(text, path="a.md", settings=SETTINGS)[1] == ()


def test_links_back_from_a_note_are_told_apart() -> None:
    """Each of them has a label of its own."""
    labels = re.findall(r'aria-label="([^"]*)"', shown("a[^1] b[^1] c[^1]\n\n[^1]: d"))
    assert len(set(labels)) == 3


def test_the_settings_of_an_extension_count() -> None:
    """`mdx_configs` reach the extension, names of Python among them."""
    assert ">back</a>" in shown("a[^1]\n\n[^1]: b")
    named = MarkdownSettings(
        reader=PYTHON_MARKDOWN,
        extensions=("toc",),
        configs=json.dumps(
            {"toc": {"slugify": {PYTHON_NAME: "markdown.extensions.toc.slugify_unicode"}}}
        ),
    )
    assert convert("# É!", path="a.md", settings=named)[0].anchors == ("é",)


def test_problems_stand_at_their_places() -> None:
    """Addresses, tags and links are judged as in any other text."""
    text = "a\n\n- [x](javascript:y) ![](b.png)\n\n<name of it> <a href='mailto:x@y.z'>m</a>"
    problems = convert(text, path="a.md", first_line=10, settings=SETTINGS)[1]
    assert [f"{p.line}:{p.column} {p.code}" for p in problems] == [
        "12:7 unsafe-link",
        "12:25 picture-without-text",
        "14:1 unknown-tag",
        "14:23 contact-link",
    ]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_comes_to_nothing(text: str) -> None:
    """The second reader lets nothing through that the first does not."""
    assert_harmless(text, SETTINGS)
    assert_harmless(f"- a\n    - b {text}\n\n> {text}\n\n[a](b.md)", SETTINGS)


def test_nothing_typed_breaks_the_page() -> None:
    """Whatever is typed, nothing raises and only known HTML comes out."""
    for text in [*NASTY, *(Writer(seed).text() for seed in range(60))]:
        assert_harmless(text, SETTINGS)


def test_a_text_nested_too_deeply_is_a_problem() -> None:
    """Where Python-Markdown gives up, the author is told; the next text is read."""
    deep = "".join(f"{'    ' * n}- a\n" for n in range(95))
    assert [p.code for p in convert(deep, path="a.md", settings=SETTINGS)[1]] in (
        [],
        ["text-too-complex"],
    )
    assert shown("*a*") == "<p><em>a</em></p>"


CONFIG = """\
markdown_extensions: [admonition, {toc: {permalink: false}}]
"""


def test_a_site_chooses_its_reader(tmp_path: Path) -> None:
    """The option and the extensions of the configuration decide, and a change makes all anew."""
    root = library(tmp_path / "site", one=snapshot("One", body="- a\n  - b\n\n!!! note\n    c\n"))
    config, cache = root / "site_config.yml", tmp_path / "cache"
    plain = config.read_text("utf-8")
    for_python = plain.replace("[casebook]", "[casebook: {markdown: python-markdown}]")

    def page(settings: str) -> str:
        config.write_text(settings, "utf-8")
        return built.build(root, cache)["cases/one.html"].decode()

    assert "<li>a\n<ul>" in page(plain)
    assert "<li>b</li>\n</ul>\n<p>!!! note\n    c</p>" in page(for_python)
    assert '<p class="admonition-title">Note</p>' in page(for_python + CONFIG)
    assert "<li>a\n<ul>" in page(plain)
