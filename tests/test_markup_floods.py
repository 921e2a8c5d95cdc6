"""No text holds up the build: whatever it is made of, it is read or refused in seconds."""

from __future__ import annotations

import threading
import time

import pytest

from generator.base.site import DEFAULT_MARKDOWN, PYTHON_MARKDOWN, MarkdownSettings
from generator.markdown import convert
from generator.markdown.limits import LONGEST

SECONDS = 10
"""Of the processor; the slowest of these texts takes about one on a machine of 2023."""

PYTHON = MarkdownSettings(
    reader=PYTHON_MARKDOWN,
    extensions=("toc", "tables", "fenced_code", "footnotes", "def_list", "admonition"),
)


def filled(piece: str, size: int = LONGEST) -> str:
    """Return as many of a piece as fill a text of this size."""
    return (piece * (size // len(piece) + 1))[:size]


FLOODS = {
    "brackets": filled("["),
    "pictures half open": filled("!["),
    "links half open": filled("[a](b 'c"),
    "stars": filled("*a **a "),
    "stars that close": filled("*a ", 60_000) + filled("b*", 40_000),
    "ticks of many lengths": "".join("`" * (n % 300) + "a" for n in range(660)),
    "tags half open": filled("<a "),
    "tags without an end": filled("<div>"),
    "tags that a browser opens again": "".join(f"<b id={n}>" for n in range(90))
    + filled("a\n\n", 90_000),
    "tags that hide": filled("<script>\n"),
    "tags that are words": filled("<name of> "),
    "comments": filled("<!-- "),
    "quotations in quotations": filled(">"),
    "quotations with blanks": filled("> "),
    "lists in lists on a line": filled("1. "),
    "lists in lists": "".join(" " * (2 * n) + "- a\n" for n in range(300)),
    "items": filled("- a\n\n"),
    "definitions": filled("a\n: b\n"),
    "headings": filled("# a\n"),
    "links": filled("[a](b) "),
    "links that are refused": filled("[a](javascript:x) "),
    "links beside characters of three bytes": filled("[ຄ](case:b c) "),
    "addresses": "".join(f"[a{n}]: b\n" for n in range(7_000)),
    "one address many times": "[a]: b\n\n" + filled("[a] ", 90_000),
    "bare addresses": filled("https://a.b "),
    "wiki links": filled("[[a]] "),
    "notes": "".join(f"[^{n}]" for n in range(6_000)),
    "calls of one note": filled("[^1]", 3_900) + "\n\n[^1]: a",
    "notes in notes": "".join(f"[^{n}]: " for n in range(999)),
    "cells that nobody typed": filled("|a", 10_000)
    + "\n"
    + filled("|-", 10_000)
    + "\n"
    + filled("|\n", 70_000),
    "a long table": "|a|b|\n|-|-|\n" + filled("|c|d|\n", 90_000),
    "call-outs": filled("!!! a\n    b\n\n"),
    "call-outs in call-outs": "".join("    " * n + "!!! a\n\n" for n in range(150)),
    "tabs": filled("a\tb\n"),
    "words": filled("a b "),
    "rules that are none": "|\n" + filled("- ", 90_000) + "x",
    "rules that go on": "|a|\n" + filled("-", 90_000) + "|x",
    "blanks on a fence": "```py" + filled(" ", 90_000) + "!\n```",
    "blanks in an address": "[a](b" + filled(" ", 90_000) + "c)",
    "blanks in a tag": "<a" + filled(" ", 90_000) + "b>",
    "blanks in brackets": "[a]" + filled(" \n", 90_000) + "(b)",
    "blanks before a sign": filled(" ", 90_000) + "[^1]:",
}
"""What stands in a text over and over: of each kind something has been slow somewhere."""

SMALL = (
    "quotations in quotations",
    "stars that close",
    "notes in notes",
    "cells that nobody typed",
)
SLOW_IN_PYTHON = (
    "brackets",
    "stars",
    "headings",
    "items",
    "links",
    "lists in lists",
    "notes in notes",
)


@pytest.mark.parametrize("text", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_is_read_or_refused_in_seconds(text: str) -> None:
    """As much as may be of one thing: it is read, or refused with one problem that tells where."""
    assert_soon_done(text, DEFAULT_MARKDOWN)


@pytest.mark.parametrize("name", SLOW_IN_PYTHON)
def test_python_markdown_is_done_with_a_flood_in_seconds(name: str) -> None:
    """What Python-Markdown reads slowly is refused before, or bounded by the length of a text."""
    assert_soon_done(FLOODS[name], PYTHON)


def assert_soon_done(text: str, settings: MarkdownSettings) -> None:
    """Fail unless a text is read, or refused with one problem, in few seconds."""
    began = time.process_time()
    body, problems = convert(text, path="a.md", first_line=3, settings=settings)
    assert time.process_time() - began < SECONDS
    refused = [p for p in problems if p.code == "text-too-complex"]
    assert not refused or (body.parts == ("",) and len(problems) == 1 and refused[0].line >= 3)
    assert sum(map(len, body.parts)) < 100 * LONGEST


def test_a_text_that_is_too_long_is_refused() -> None:
    """One character more than may be is refused, and one less is read."""
    assert convert("a" * LONGEST, path="a.md")[1] == ()
    assert [p.code for p in convert("a" * (LONGEST + 1), path="a.md")[1]] == ["text-too-complex"]


@pytest.mark.parametrize("name", SMALL)
def test_a_thread_with_little_stack_survives_a_flood(name: str) -> None:
    """The parser builds its tree by recursion: what is deep is refused before that."""
    # A crash of the interpreter would end all tests here; 256 KB is less than any system gives.
    threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=convert, args=(FLOODS[name],), kwargs={"path": "a.md"})
        thread.start()
        thread.join()
    finally:
        threading.stack_size(0)
