"""Texts that once lost words, took for ever or crashed: each is shown whole, or refused kindly."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

import built
from generator.markdown import convert, join
from small import library, snapshot
from trouble import spent

SECONDS = 2
"""More processor time than any of these texts takes, on a slow machine too."""


def page_and_codes(text: str) -> tuple[str, list[str]]:
    """Return the words that a reader sees, and the codes of the problems."""
    body, problems = convert(text, path="one.md")
    markup = join(body, ["#"] * len(body.links))
    return html.unescape(re.sub(r"<[^<>]*>", "", markup)), [problem.code for problem in problems]


HALF_QUOTED = [
    '<p>See <a href="https://x.org>W1</a> for more</p>\n\nW2',
    '<div class="a>\n\nW1\n\n</div>\n\nW2 "q" W3',
    "<b title='x>W1</b>\n\nW2",
    '<details>\n<summary title="W0>W1</summary>\n\nW2\n\n</details>',
]


@pytest.mark.parametrize("text", HALF_QUOTED)
def test_a_quote_that_is_not_closed_swallows_nothing(text: str) -> None:
    """The tag is shown as it was typed, and all words after it are there."""
    page, _ = page_and_codes(text)
    assert [word for word in re.findall(r"W\d", text) if word not in page] == []


def test_an_angle_bracket_in_a_closed_quote_is_no_end() -> None:
    """`>` may stand in the value of an attribute."""
    body, problems = convert('<p>A <a href="https://x.org" title="a > b">c</a></p>', path="one.md")
    assert 'title="a &gt; b"' in join(body, [])
    assert problems == ()


CALL_OUTS = {
    "!!! note Remember to call\n    W1": "Remember to call",
    "!!!note Words\n    W1": "Words",
    "!!! note inline end\n    W1": "Note",
    '!!! danger blink "Take care"\n    W1': "Take care",
    "> [!TIP] <p>Call</p>\n> W1": "<p>Call</p>",
    '!!! note "<div>W0</div>W2"\n    W1': "<div>W0</div>W2",
    "> [!NOTE] </div> W0\n> W1": "</div> W0",
    "> [!NOTE] *W0* <b>W2</b>\n> W1": "W0 W2",
}


@pytest.mark.parametrize(("text", "title"), CALL_OUTS.items())
def test_the_title_of_a_call_out_is_one_line_of_words(text: str, title: str) -> None:
    """Words without quotes are a title; HTML that makes no word is shown as typed."""
    body, _ = convert(text, path="one.md")
    markup = join(body, ["#"] * len(body.links))
    match = re.search(r'<p class="admonition-title">(.*?)</p>', markup)
    assert match
    assert html.unescape(re.sub(r"<[^<>]*>", "", match[1])) == title
    assert "W1" in markup


@pytest.mark.parametrize("text", ["[Title]: <title> W2\n\nW3", "see [x](<script>W1)\n\nW2"])
def test_a_tag_where_no_address_is_swallows_nothing(text: str) -> None:
    """What comrak did not read as an address is a tag like any other: it is reported."""
    page, codes = page_and_codes(text)
    assert codes == ["unclosed-tag"]
    assert [word for word in re.findall(r"W[23]", text) if word not in page] == []


def test_addresses_in_angle_brackets_are_no_tags() -> None:
    """The name of a file may hold a space where it stands in angle brackets."""
    body, problems = convert("[a](<a file.md>), [b].\n\n[b]: <c d.md>\n", path="one.md")
    assert [link.target for link in body.links] == ["a file.md", "c d.md"]
    assert problems == ()


DEEP = {
    "list": "a\n" + "".join(f"{'  ' * depth}- x\n" for depth in range(1, 150)),
    "unknown tag": "<foo>\n" + "*a **b " * 1_000 + "b" + "** a*" * 1_000,
    "comment": "<!-- \n" + "*a **b " * 5_000 + "b" + "** a*" * 5_000,
    "call-out": "!!! note\n\n    " + "*a **b " * 1_000 + "b" + "** a*" * 1_000,
    "few marks": "".join(f"{'  ' * depth}- x\n" for depth in range(99)),
}


@pytest.mark.parametrize("name", DEEP)
def test_a_deep_text_is_refused_whatever_hides_its_depth(name: str) -> None:
    """Every tree is measured before it is built, also after the text was rewritten."""
    seconds, (_, codes) = spent(lambda: page_and_codes(DEEP[name]))
    assert set(codes) & {"text-too-complex", "unclosed-tag"}
    assert seconds < SECONDS


SLOW = {
    "attributes on a fence": "``` js " + "a=1&b=2&" * 40 + '"\nx\n```',
    "one long attribute": "``` x " + "aa=" * 400 + ' "\ny\n```',
    "blanks below a table": "a | b | c\n--- | ---" + " " * 90_000 + "x",
    "attributes of a tag": "<p " + "a=1 " * 20_000 + '"\n\nx',
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_time_that_explodes(name: str) -> None:
    """A fence, a rule and a tag are looked at once."""
    seconds, (page, codes) = spent(lambda: page_and_codes(SLOW[name]))
    assert page.strip() or codes
    assert seconds < SECONDS


def test_of_each_kind_so_many_are_reported() -> None:
    """Whoever pastes a long list is told of its beginning."""
    text = "\n\n".join(f"[a{number}]: b{number}" for number in range(300))
    assert len(page_and_codes(text)[1]) == 20


def test_an_address_for_edits_that_is_none_is_a_problem(tmp_path: Path) -> None:
    """MkDocs joins it with another for each page; what cannot be joined is told first."""
    library(tmp_path, one=snapshot("One"))
    config = tmp_path / "site_config.yml"
    config.write_text(
        config.read_text("utf-8") + "repo_url: https://x.org/\nedit_uri: 'http://[bad'\n", "utf-8"
    )
    misconfigured, problems = built.complaints(tmp_path, tmp_path / "cache")
    assert misconfigured
    assert [problem.message for problem in problems] == ["'edit_uri': invalid IPv6 URL"]
