"""Every word of a text is on the page or in a warning, whatever constructs stand in one another."""

from __future__ import annotations

import re
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.markdown import convert
from test_markup_python import SETTINGS

INLINE = (
    *("W", "**W W**", "*W*", "`W W`", "~~W~~", "\\*W", "&W;", "W|W", "<W W>", "<b>W</b>"),
    *("[W](b.md)", "[W](b.md 'W')", '![W](b.png "W")', "[W][W]", "[W]", "![W][W]"),
    *("<https://example.org/W>", "https://example.org/W", "[<https://example.org/W>](https://a.b)"),
    *("[^W]", "[[W]]", "![[W.md]]", "[[W#W|W]]", "<!-- W", "**W **", "(W)[https://example.org/W]"),
    *(
        "[W](https://example.org/W",
        "[W] (b.md)",
        "2~W~3",
        "2*W*3",
        "C:\\W",
        "<span title='x'>W</span>",
    ),
)
"""Words in a line; each `W` becomes a word that stands nowhere else."""

BLOCKS = (
    *("I", "I I", "# I", "I\n---", "I\n===", "##W", "- I\n- I", "1. I\n2. I", "7. I\n9. I"),
    *("> I", "> I\nI", "- [ ] I", "I\n: I", "•\tI\n•\tI", "1) I\n3) I", "I:\n- I", "a) I\nb) I"),
    *("| W | W |\n|---|---|\n| I | I | W |", "W | W\n-|-\nI | I\nW", "| W | W |\n| W | W |"),
    *("| W | W |\n|---|\n| W |", "W\tW\nW\tW", "``` W W\nW\n```", "~~~W\nW", "    W W"),
    *("[W]: https://example.org/W", "[W]: b.md 'W'", '[W]: <b.md>\n"W"', "[a]: W\n[a]: W\n\n[a]"),
    *(
        "[^W]: I",
        "W[^a]\n\n[^a]: I\n\n[^a]: I",
        "W[^W b]\n\n[^W b]: I",
        "[^b]: I\n\n    I\n\nW[^b]",
    ),
    *(
        "!!! W W\n    I",
        '!!! note "W"\n    I',
        '!!! note "W" W\n    I',
        "> [!W] I\n> I",
        "> [!W|W] W",
    ),
    *("<div>I</div>", "<details><summary>W</summary>\n\nI\n</details>", "<div>\n\nI\n\n</div>"),
    *("<table><tr><td>W</td></tr></table>", "<table>W<tr>W<td>W</table>", "<dl>W<dt>W</dl>"),
    *(
        "<!-- W\n\nI",
        "<?W W?>",
        "<!W W>",
        "<![CDATA[W]]>",
        "<W>\nI\n</W>",
        "I\\\nI",
        "I  \nI",
        "I\\",
    ),
)
"""Blocks; each `I` becomes one of the above, or several in one another."""

AROUND = ("{}", "{}", "{}", "- {}", "1. {}", "> {}", "!!! note\n    {}", "[^n]: {}", "    {}")
"""What a block may stand in; its other lines are indented, or marked, in the same way."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a text of a few blocks with all that Markdown knows, and slips, in one another."""
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        block = draw(st.sampled_from(BLOCKS))
        while "I" in re.sub(r"[^IW]", "", block) and re.search(r"(?<![A-Z])I(?![A-Z])", block):
            inline = draw(st.sampled_from(INLINE))
            block = re.sub(r"(?<![A-Z])I(?![A-Z])", inline.replace("\\", r"\\"), block, count=1)
        before, _, after = draw(st.sampled_from(AROUND)).partition("{}")
        inset = "> " if before == "> " else " " * len(before.rpartition("\n")[2])
        blocks.append(before + block.replace("\n", f"\n{inset}") + after)
    text = draw(st.sampled_from(["\n\n", "\n\n", "\n"])).join(blocks)
    number = count(1)
    return re.sub(r"W", lambda _: f"w{next(number)}x", text)


def lost_words(text: str, reader: MarkdownSettings) -> list[str]:
    """Return the words of a text that are neither in its HTML nor in what is told of it."""
    body, problems = convert(text, path="a.md", settings=reader)
    told = [f"{p.message} {p.hint}" for p in problems]
    shown = " ".join([*body.parts, *(link.target for link in body.links), *told]).lower()
    known = set(re.findall(r"w\d+x", shown))
    if reader is SETTINGS and (
        any(problem.code == "repeated-note" for problem in problems) or "[^n]: [^" in text
    ):
        return []  # Python-Markdown shows one of two texts, and no label of a note in a note
    return [word for word in re.findall(r"w\d+x", text) if word not in known]


READERS = {"commonmark": DEFAULT_MARKDOWN, "python-markdown": SETTINGS}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
@given(text=texts())
@settings(max_examples=300, deadline=None)
def test_each_word_is_shown_or_told_of(reader: MarkdownSettings, text: str) -> None:
    """Whatever a reader does with a text, no word goes without a sentence that names it."""
    assert lost_words(text, reader) == [], text
