"""The blocks of a text are those that an independent reader of CommonMark finds in it.

The judge is markdown-it-py with GitHub's additions. `CASEBOOK_FUZZ=20` reads twenty times as many
texts. `ON_PURPOSE` names each thing in which the two differ; the texts made by chance do without
it, and so nothing else may differ.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.markdown import convert
from generator.markdown.sanitise import cleaned_pieces
from generator.markdown.split import split_html
from test_markup_texts import LABELS, STRAY, TARGETS, WORDS, Writer

ROOT = Path(__file__).parent.parent
FACTOR = float(os.environ.get("CASEBOOK_FUZZ", "1"))
LOTS = 8
IN_A_LOT = max(1, round(50 * FACTOR))


class Judge(MarkdownIt):
    """The other reader; it takes every address, since we look at these elsewhere."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - so the library calls it
        """Take any address."""
        del url
        return True


JUDGE = Judge("commonmark", {"html": True}).enable(["table", "strikethrough"])
JUDGE.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin)

UNLIKE = re.compile(r"<(/?)(?:a|sup|span|div|section|hr)\b[^>]*>|[\u21a9\ufe0e]|&nbsp;")
"""What is written otherwise: links (compared elsewhere), the frame and the back links of notes."""


def blocks(element: Element) -> list[object]:
    """Return what is inside an element as nested lists, runs of blanks in texts made one."""
    found: list[object] = []
    for part, tail in [(None, element.text), *((child, child.tail) for child in element)]:
        if part is not None:
            inside = blocks(part)
            bare = part.tag == "p" and (not inside or element.tag == "dd")
            found += [] if bare and not inside else inside if bare else [[part.tag, *inside]]
            if part.tag in {"ol", "img"}:
                found[-1] = [*found[-1], part.get("start")]  # type: ignore[misc] # a list
        if tail and tail.strip():
            found.append(" ".join(tail.split()))
    return found


def shape(parts: tuple[str, ...]) -> list[object]:
    """Return the blocks of HTML."""
    html = re.sub(r"\[(\d+)(?::\d+)?\](?=</a>)", r"\1", "".join(parts))
    return blocks(html5lib.parseFragment(UNLIKE.sub("", html), namespaceHTMLElements=False))


def ours(text: str) -> list[object]:
    """Return the blocks that we find in a text."""
    return shape(convert(text, path="a.md", top=1)[0].parts)


def theirs(text: str) -> list[object]:
    """Return the blocks that the judge finds, cleaned as ours are."""
    return shape(split_html(cleaned_pieces(JUDGE.render(text), steady=False), top=1).parts)


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
    """Tell whether a line reaches into no item that is open, which the judge takes for code."""
    reach = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        mark = re.match(r" *\S{1,3} (?=item)", line)
        if indent >= 4 and indent < reach:
            return True
        reach = max(reach, mark.end() if mark else 0)
    return False


class Common(Writer):
    """Writes texts without what the two read differently on purpose."""

    INSTEAD = (
        (WORDS, [word for word in WORDS if word.isprintable() and "http" not in word]),
        (STRAY, [mark for mark in STRAY if not re.search(r"[<>~^]", mark)]),
        (LABELS, ["1", "2", "A", "note", "note"]),
        (TARGETS, ["a.md", "b.png", "case:x", "#here", "x.md 'T'", "a_b_c", "a*b*c", "a)b", ""]),
    )

    def pick(self, things: list[str]) -> str:
        """Return one of these, or of what stands for them here."""
        return super().pick(next((new for old, new in self.INSTEAD if old is things), things))

    def text(self) -> str:
        """Return a text that calls each of its notes."""
        text = re.sub(r"<[^>\n]*>?|~", "", super().text()).replace("!!!", "!").replace("[[", "[")
        text = "".join(one for one in text if one.isprintable() or one in "\n\t")
        return f"See[^1] so[^2] or[^A] and[^note].\n\n{text}"


LEFT_OUT = {
    "a backslash before two blanks at the end of a line: the judge sees no line break": r"\\ +\n",
    "a table of one column needs no '|', as on GitHub": r"(?m)^[> ]*\|?:?-+:?[ ]*$",
    "a row of '|' alone ends a table, as on GitHub": r"(?m)^[> ]*\|[| ]*$",
    "a table does not reach out of a list, a quotation or a note": (
        r"(?m)^[ ]*(?:[-+*>]|\S{1,3}[.)]|\[\^\w+\]:).*\|.*\n[ ]{0,3}[|:-]"
    ),
    "the text of a note stands in nothing else, as on GitHub": (
        r"(?m)^[ ]*(?:[-+*>]|\d[.)]|\[\^\w+\]:)?.*\S.*\[\^?\w+\]:|^ +\[\^\w+\]:"
    ),
    "the text of a note may follow a line of text, as on GitHub": r"\S[^\n]*\n\[\^\w+\]:",
    "a note needs no blank after its name, as on GitHub": r"\[\^\w+\]:\S",
    "of two texts of a note both are shown": r"(?s)(\[\^\w+\]:).*\1",
    "a list may begin below its mark, as on GitHub": r"(?:[-+*]|\d[.)])[ \t]*\n[ \t]*\n",
    "a line that reaches into no item goes on with a text": r"(?m)^ *[-+*]\t .*\n    \S",
    "a term may have several lines": r"(?m)^[> ]*[^\s>].*\n[> ]*[^\s>].*\n(?:[> ]*\n)*[> ]*:[ \t]",
    "a '|' after two backslashes keeps one of them in a table": r"\\\\\|",
    "a note that nothing calls is shown": r"\[\^(?!(?:1|2|A|note)\])",
    "a sign that is indented by four is none": r"(?m)^(?: {4}|[ >]*\t)[ \t]*[>:]|^> {5,}[>:]",
    "the head of a table may go on with a quotation": r"(?m)^>.*\n[^>\n].*\|",
    "the name of an address may begin on a line of its own": r"\[\n",
    "a note may stand in the words of a link": r"\[\^\w+\]\]\(",
    "pictures in the words of pictures": r"!\[[^\]]*!\[[^\]]*!\[",
    "a backslash is no address": r"(?m)\]:\s*\\$",
    "a number may end a line of a definition": r"(?ms)^:[ \t].*^ +\d+[.)]",
    "a definition may stand below several empty lines": r"\n[> ]*\n[> ]*\n[> ]*:[ \t]",
    "code does not begin on the line of a definition or a note": (
        r"(?m)^[> ]*:[ \t]{5}|\]:.*[-+*>:] {5}|\]:.*\n[ ]*\t"
    ),
    "a definition may begin below its mark": r"(?m)^[> ]*:[ \t]*$",
}
"""Where the two differ on purpose, or the judge departs from GitHub: a pattern of such texts."""


def is_left_out(text: str) -> bool:
    """Tell whether a text has anything that the two read differently on purpose."""
    return any(re.search(pattern, text) for pattern in LEFT_OUT.values())


def documents() -> list[object]:
    """Return the texts of the project: its cases and their tests, its pages, its manual."""
    folders = ("content/cases", "content", "tests/cases", "docs", "docs/decisions", ".")
    files = [file for folder in folders for file in sorted((ROOT / folder).glob("*.md"))]
    return [pytest.param(file, id=str(file.relative_to(ROOT))) for file in files]


@pytest.mark.parametrize("file", documents())
def test_a_document_has_the_blocks_of_commonmark(file: Path) -> None:
    """Each text of the project, without its front matter."""
    text = file.read_text("utf-8")
    text = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("lot", range(LOTS))
def test_any_text_has_the_blocks_of_commonmark(lot: int) -> None:
    """Texts made by chance, the same in each run."""
    texts = [Common(lot + LOTS * number).text() for number in range(IN_A_LOT)]
    common = [text for text in texts if not is_left_out(text)]
    assert len(common) > IN_A_LOT / 3
    for text in common:
        assert ours(text) == theirs(text), repr(text)


@pytest.mark.parametrize("text", TYPICAL.values(), ids=TYPICAL.keys())
def test_a_typical_list_is_that_of_commonmark(text: str) -> None:
    """Each way staff type a list gives the blocks that CommonMark gives."""
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("wild", [False, True], ids=["as staff type", "any indentation"])
def test_generated_lists_are_those_of_commonmark(*, wild: bool) -> None:
    """Hundreds of generated lists give the blocks that CommonMark gives."""
    number = round(300 * FACTOR)
    texts = [typed(Random(seed), wild=wild) for seed in range(number)]  # noqa: S311
    chosen = [text for text in texts if not left_out(text)]
    assert len(chosen) > number / 3
    assert [t for t in chosen if ours(t) != theirs(t)] == []


def test_what_is_left_out_is_read_otherwise_or_not_at_all() -> None:
    """Each pattern of what is left out has texts, so none stands there for nothing."""
    texts = [Common(seed).text() for seed in range(600)]
    needless = [why for why, p in LEFT_OUT.items() if not any(re.search(p, t) for t in texts)]
    assert needless == []
