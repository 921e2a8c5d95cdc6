"""No text holds up the build: whatever it is made of, it is read or refused in seconds."""

from __future__ import annotations

import time

import pytest

from generator.markdown import convert
from generator.markdown.limits import LONGEST

SECONDS = 10
"""Of the processor; the slowest of these texts takes about one on a machine of 2023."""

FLOODS = [
    *(
        "[",
        "![",
        "]",
        "](",
        "[](",
        "[a](",
        "[a][b] ",
        "[[",
        "] (",
        ")](",
        "[a](b 'c",
        "](<",
        "[a\n\n",
    ),
    *("*", "**a ", "*a", "a*", "***a** b", "_", "_a ", "_a *b ", "*a_b", "a_b", "`", "`a", "``a` "),
    *("`*` ", "`a`[", "\\", "\\*", "\\*[", "&", "&amp;", "&#1", "<", "</a>", "<a", "<a ", "<b>"),
    *(
        "<!--",
        "<!-- -->",
        "<?",
        "<![CDATA[",
        "<p>\n\n",
        "<code></p>",
        "<a href=x>",
        'href="',
        "src='",
    ),
    *(
        "http://a:",
        "<http://a",
        "a@b ",
        "::",
        "!",
        "(",
        '"',
        "=",
        " ",
        "\t",
        "\n",
        "a\n\n",
        "a  \n",
    ),
    *(
        ">",
        "> ",
        "> a\n",
        "-",
        "- ",
        "- a\n",
        "- a\n\n",
        "  - a\n",
        "1. ",
        "12) a\n",
        "1. a\n\n",
        "1.",
    ),
    *("#", "# a\n", "a\n=\n", "---\n", "* * *\n", "    a\n", "a\n    b\n", "~~~\n", "```\na\n"),
    *("|", "a|", "|a|b|\n|-|-|\n", "a|b\n-|-\n", "`|", "\\|", "a\n: b\n", "a\n\n: b\n", ": "),
    *("!!! note\n    ", "!!! a\n", "[^1]", "[^1]: a\n", "[^1]: [^2]: ", "a[^1]\n\n[^1]: x\n\n"),
    *("[a]: b\n", "a\n[a]: b\n", "``` a\n[a]: b\n\\*", "\x00", "\x02", "\ufdd0", "ຄວາມ", "😀"),
]
"""What stands in a text over and over; of each whole text every kind has been slow somewhere."""


def filled(piece: str, size: int) -> str:
    """Return as many of a piece as fill a text of this size."""
    return (piece * (size // len(piece) + 1))[:size]


def assert_soon_done(text: str) -> None:
    """Fail unless a text is read, or refused with one problem that tells where."""
    began = time.process_time()
    body, problems = convert(text, path="a.md", first_line=3)
    assert time.process_time() - began < SECONDS
    refused = [p for p in problems if p.code == "text-too-complex"]
    assert not refused or (body.parts == ("",) and len(problems) == 1 and refused[0].line >= 3)


@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_is_read_or_refused_in_seconds(piece: str) -> None:
    """One thing over and over: as much as may be, too much, and a fifth of what may be."""
    for size in (LONGEST, 10 * LONGEST, LONGEST // 5):
        assert_soon_done(filled(piece, size))


@pytest.mark.parametrize("piece", FLOODS)
def test_floods_in_paragraphs_are_done_in_seconds(piece: str) -> None:
    """Paragraphs each short enough to be read: their number is what counts."""
    paragraph = filled(piece, 300) + "\n\n"
    assert_soon_done(filled(paragraph, LONGEST // 3))


LINES = {
    "code and pipes in few long lines": ("`|" * 15_000 + "\n") * 3,
    "escaped ticks in lines": ("\\``" * 1_000 + "\n") * 33,
    "a table within quotations": ("> " * 15 + "`|" * 1_600 + "\n") * 3,
    "code over many lines that are no blank lines": filled("``` a\n[a]: b\n\\*", 300) * 300,
    "escaped brackets in call-outs": ("!!! note\n    " + "\\*[" * 100 + "\n\n") * 315,
    "brackets amid code": ("[`a`" * 75 + "\n\n") * 320,
    "notes in notes": "".join(f"[^{n}]: " for n in range(999)),
    "notes in notes, each a level deeper": "".join(
        f"{'    ' * (n % 20)}[^{n}]: a\n\n" for n in range(999)
    ),
    "long words before a colon": "a" * 90_000 + ":" + "\x01" * 9_000,
}


@pytest.mark.parametrize("text", LINES.values(), ids=LINES.keys())
def test_what_was_slow_once_is_done_in_seconds(text: str) -> None:
    """Texts on which time grew with the square of their length."""
    assert_soon_done(text)
