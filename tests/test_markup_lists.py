"""Lists as staff type them are the lists that CommonMark reads, tight and loose ones alike.

The judge is markdown-it-py. One shape is left out: a line indented by four or more that does not
reach into an outer item still open (`   - a`, `     - b`, `    - c`). CommonMark reads it on as
part of the paragraph before it, as we do; markdown-it-py takes it for code. Outside the generator
also stand blocks that CommonMark does not have (tables, footnotes, definitions, call-outs) and
fences that open on the line of a bullet.
"""

from __future__ import annotations

import re
from random import Random
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown_it import MarkdownIt

from generator.markdown import convert, join

TYPICAL = {
    "after a line of text": "We did:\n- one\n- two",
    "nested by two": "- one\n  - two\n    - three\n- four",
    "nested by four": "* one\n    * two\n        * three\n* four",
    "numbers in text": "In all,\n1. one\n2. two\n   - more",
    "a year is no list": "It began in\n2014. Then it grew.",
    "blank lines between": "- one\n\n- two\n\n  still two\n\nafter",
    "starts at three": "3. three\n4. four",
    "numbers with brackets": "1) one\n2) two",
    "a line going on": "- one\ngoes on\n- two\n  goes on",
    "after a heading": "# Title\n- one\n- two\n\n***\n- three",
    "a heading ends it": "- one\n# Title\ntext",
    "a rule ends it": "- one\n---\n- two",
    "bullets of two kinds": "- one\n* two\n+ three",
    "two under a number": "1. one\n  - two",
    "code in an item": "- one\n\n      code\n- two",
    "fence in an item": "- one\n\n  ```\n  - code\n\n  more\n  ```\n\n- two",
    "quotation": "> said:\n> - one\n>   - two\n\n- three",
    "quotation in an item": "- one\n\n  > said\n- two",
    "an empty item": "- one\n-\n- three",
    "a line going on far inside": " - one\n     - two\n text\n\n        - three\ngoes on",
    "a tab": "-\tone\n\t- two",
}


def blocks(element: Element) -> list[object]:
    """Return what is inside an element as nested lists, runs of blanks in texts made one."""
    found: list[object] = []
    for part, tail in [(None, element.text), *((child, child.tail) for child in element)]:
        if part is not None:
            found.append([part.tag, part.get("start"), *blocks(part)])
        if tail and tail.strip():
            found.append(" ".join(tail.split()))
    return found


def shape(html: str) -> list[object]:
    """Return the blocks of HTML."""
    return blocks(html5lib.parseFragment(html, namespaceHTMLElements=False))


def ours(text: str) -> str:
    """Return the HTML of a text, without the ids of headings."""
    body, problems = convert(text, path="a.md", top=1)
    assert problems == ()
    return join(body, [])


def typed(random: Random, *, wild: bool) -> str:
    """Return some lines of bullets, numbers, texts and blank lines."""
    indents = [0, 0, 1, 2, 3, 4, 5, 6, 8] if wild else [0, 2, 4]
    marks = ["-", "*", "+", "1.", "2.", "10)"] if wild else [random.choice("-*+"), "1."]
    lines = []
    for number in range(random.randint(2, 9)):
        what = random.choices(
            ["", f"text {number}", f"{random.choice(marks)} item {number}"], (4, 3, 13)
        )
        lines.append(" " * random.choice(indents) + what[0] if what[0] else "")
    return "\n".join(lines)


def left_out(text: str) -> bool:
    """Tell whether a text has the one shape of this module's docstring."""
    reach = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        mark = re.match(r" {0,3}\S{1,3} (?=item)", line)
        if indent >= 4 and indent < reach:
            return True
        reach = max(reach, mark.end() if mark else 0)
    return False


@pytest.mark.parametrize("text", TYPICAL.values(), ids=TYPICAL.keys())
def test_a_typical_list_is_that_of_commonmark(text: str) -> None:
    """Each way staff type a list gives the blocks that CommonMark gives."""
    assert shape(ours(text)) == shape(MarkdownIt().render(text))


@pytest.mark.parametrize("wild", [False, True], ids=["as staff type", "any indentation"])
def test_generated_lists_are_those_of_commonmark(*, wild: bool) -> None:
    """Thousands of generated texts give the blocks that CommonMark gives."""
    judge = MarkdownIt()
    texts = [typed(Random(seed), wild=wild) for seed in range(1500)]  # noqa: S311
    chosen = [text for text in texts if not left_out(text)]
    assert len(chosen) > 900
    assert [t for t in chosen if shape(ours(t)) != shape(judge.render(t))] == []
