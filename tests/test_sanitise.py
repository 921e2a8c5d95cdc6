"""The sanitiser: what of an author's HTML stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown.nesting import VOID
from generator.markdown.sanitise import ATTRIBUTES, classes, clean, cleaned_pieces
from generator.markdown.split import split_html
from generator.markdown.tags import TAG


@pytest.mark.parametrize(
    ("written", "tag", "kept"),
    [
        ("admonition note", "div", ["admonition", "note"]),
        ("admonition-title", "p", ["admonition-title"]),
        ("footnote-ref footnote-ref", "a", ["footnote-ref"]),
        ("language-c++", "code", ["language-c++"]),
        ("note", "div", []),
        ("admonition notes", "div", ["admonition"]),
        ("admonitions", "div", []),
        ("admonition-titles", "p", []),
        ("footnote-list", "div", []),
        ("card", "div", []),
        ("language-c", "div", []),
        (f"language-{'c' * 41}", "code", []),
    ],
)
def test_only_the_classes_of_texts_stay(written: str, tag: str, kept: list[str]) -> None:
    """A class stays whole or goes: one that starts like an allowed one may be the site's own."""
    assert classes(written, tag) == kept


ELEMENTS = sorted({*ATTRIBUTES, "script", "svg", "form", "font", "input"})
GIVEN = ["", ' href="b.md"', ' href="https://a.org/b?c=1&amp;d"', ' href="case:one"', ' href="#b"']
GIVEN += [' href="javascript:alert(1)"', ' href="java&#115;cript:alert(1)"', ' href="https://[b"']
GIVEN += [
    ' href=" //[b"',
    ' src="b.png" alt="&quot;"',
    ' src="data:b"',
    ' id="b c"',
    ' title="b: c"',
]
GIVEN += [
    ' href="https://a.org/\0"',
    ' onclick="b"',
    ' style="b"',
    ' class="footnote-ref"',
    ' align="left"',
    ' start="3"',
]
WORDS = ["b", " ", "\n", "\r", "\u00a0", "&nbsp;", "&quot;", "&#x27;", "&amp;lt;", "&lt;b&gt;"]
WORDS += ["&copy;", "&#1;", "&", "<", ">", "<script>", "</p>", "<!-- b -->", "\0"]


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return elements with some attributes around what is inside."""
    start = st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(GIVEN))
    return st.tuples(start, inside).map(
        lambda both: (
            f"<{both[0][0]}{both[0][1]} />"
            if both[0][0] in VOID
            else f"<{both[0][0]}{both[0][1]}>{both[1]}</{both[0][0]}>"
        )
    )


HTML = st.recursive(
    st.sampled_from(WORDS[:10]) | st.sampled_from(WORDS),
    lambda inside: st.lists(element(inside) | inside, max_size=3).map("".join),
    max_leaves=8,
)


@given(HTML)
def test_what_the_cleaner_does_not_see_is_as_it_would_be(html: str) -> None:
    """Whatever HTML a reader may write of a text without any: no tag or address slips through."""
    cleaned = TAG.split(clean(html, steady=True))
    assert split_html(cleaned_pieces(html, steady=True), top=2) == split_html(cleaned, top=2)


ROWS = "<thead><tr><th>b</th></tr></thead>"


@pytest.mark.parametrize(
    "html",
    [
        *("<p>b<p>c</p></p>", "<p><ul><li>b</li></ul></p>", "<li>b</li>", "<b><div>c</div></b>"),
        *(
            '<a href="b"><sup><a href="c">d</a></sup></a>',
            f"<table>b{ROWS}</table>",
            "<p>b</b></p>",
        ),
        *("<pre>\nb</pre>", "<p>b", "b</p>", "<i/>b", "a < b", '<b onclick="c">d</b>', "&#1;b"),
        *('<a href="https://[b">c</a>', '<a href="javascript:b">c</a>', '<ul start="3"></ul>'),
        *('<a href="https://a.org/\0">b</a>', "b\0c"),
        *("<script>b</script>", "<p>b\rc</p>", "<h2>b<h3>c</h3></h2>", "<table><b>c</b></table>"),
    ],
)
def test_what_a_browser_would_change_is_cleaned(html: str) -> None:
    """HTML that no reader should write is cleaned nonetheless."""
    cleaned = TAG.split(clean(html, steady=True))
    assert split_html(cleaned_pieces(html, steady=True), top=2) == split_html(cleaned, top=2)
