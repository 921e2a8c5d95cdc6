"""The reader of Python-Markdown: a site's own extensions, behind the same sanitiser."""

from __future__ import annotations

import json
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
    "a list needs an empty line": ("a\n- b", "<p>a\n- b</p>"),
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
