"""Texts of all that Markdown can say, in one another, whole, half and broken, made by chance."""

# ruff: noqa: E501, RUF001 - lines of what people type

from __future__ import annotations

import os
import random
import re

import pytest

from generator.markdown import convert

WORDS = ["word", "Two words", "a", "I", "snake_case", "2019", "3", "ຄວາມ", "naïve", "e.g.", "x²", "٣", "ſo",
         "end.", "(so)", "“So”", "it's", "a - b", "1) x", "a: b", "C:\\x", "50 %", "10 * 2", "a|b", "#1", "\u00a0",
         "http://a.b/c", "AT&T", "a < b", "5 > 3", "!", "ok!", "\u2028", "\u0085", "\x0b", "\x0c", "\x1c", "\x00", "\x02", "\x03",
         "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "\x0242\x03", "\ufdd0", "\u200b", "😀", "\ud800", "mailto:a", "ftp:b"]  # fmt: skip
STRAY = ["*", "_", "**", "__", "***", "___", "****", "`", "``", "\\", "[", "]", "(", ")", "![", "](", "][", "[]", "[](",
         "<", ">", "&", "&&", "</", "<!--", "-->", "<?", "?>", "<![CDATA[", "]]>", "{", "}", "|", "\\|", ":", "~", "^", "[^",
         "*a", "a*", "_a", "a_", "**a", "a**", '"', "'", "=", "href=", 'src="', "HREF = 'x'", "  \n", " \n", "\\\n", "\t", "\r",
         "\\*", "\\_", "\\`", "\\[", "\\]", "\\<", "\\&", "\\\\", "\\!", "&amp;", "&#42;", "&#x5b;", "&lt;", "&nosuch;", "&#0;", "&#9"]  # fmt: skip
TARGETS = ["a.md", "b.png", "case:x", "term:y", "https://a.b/c?d=e&f=g", "#here", "", "javascript:x", "a (b).md", "<a b.md>",
           "x.md 'T'", 'x.md "T"', "a_b_c", "a*b*c", "a\\_b", "&#106;avascript:x", "mailto:a@b.c", "java\tscript:x", "a)b", "a]b",
           "ftp://x.y", "http://[bad", "https://a .b", "//c.d", "\nx.md"]  # fmt: skip
LABELS = [
    "1",
    "2",
    "a b",
    "A",
    "note",
    "",
    "^",
    "1]",
    "x*y*",
    "x_y_",
    "\\1",
    "a:b",
    "é",
    "[n]",
    "`c`",
    "<b>",
    "&amp;",
]
TAGS = ["b", "i", "em", "div", "p", "span", "a href='x.md'", 'a href="javascript:x"', "img src=a.png alt=b", "br", "hr", "table",
        "td", "script", "style", "svg", "pre", "code", "details", "summary", "ul", "li", "h2", "foo", "x-y", "blockquote",
        'p class="admonition note" id="k"', "b/", "textarea", "dl", "sup"]  # fmt: skip


class Writer:
    """Writes texts in which all constructs stand in one another, whole, half and broken."""

    def __init__(self, seed: int) -> None:
        """Write the text of this number."""
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets

    def text(self) -> str:
        """Return a text of a few blocks, sometimes with a bit taken out or put in."""
        text = self.blocks(self.chance.choice([1, 2, 3, 3, 5]), 2)
        for _ in range(self.chance.choice([0, 0, 0, 1, 4])):
            at, to = (self.chance.randint(0, len(text)) for _ in range(2))
            cut = min(to, at + self.chance.choice([0, 1, 5]))
            text = text[:at] + self.pick(["", "\n", " ", "    ", *STRAY]) + text[max(at, cut) :]
        return text

    def pick(self, things: list[str]) -> str:
        """Return one of these."""
        return self.chance.choice(things)

    def blocks(self, most: int, depth: int) -> str:
        """Return some blocks, mostly with an empty line between."""
        made = (self.block(depth) for _ in range(self.chance.randint(1, most)))
        return "".join(
            block + self.pick(["\n\n"] * 6 + ["\n", "\n\n\n", "\n \n"]) for block in made
        )

    def line(self, depth: int = 2) -> str:
        """Return some inline constructs."""
        made = (self.inline(depth) for _ in range(self.chance.choice([1, 1, 2, 3])))
        return self.pick([" "] * 6 + [""]).join(made)

    def inline(self, depth: int) -> str:
        """Return one inline construct."""
        if depth == 0 or self.chance.random() < 0.4:
            return self.pick(WORDS if self.chance.random() < 0.8 else STRAY)
        inside, target, label = self.line(depth - 1), self.pick(TARGETS), self.pick(LABELS)
        mark = self.pick(["*", "_", "**", "__", "***", "___", "`", "``", "~~", "**_"])
        tag = self.pick(TAGS)
        return self.pick(
            [
                f"{mark}{inside}{mark[::-1]}",
                f"{mark}{inside}{mark[::-1]}",
                f"{mark}{inside}{self.pick(['*', '_', '**', '`'])}",
                f"[{inside}]({target})",
                f"![{inside}]({target})",
                f"[{inside}] ({target})",
                f"[{inside}][{label}]",
                f"![{inside}][{label}]",
                f"[{label}]",
                f"![{label}]",
                f"[^{label}]",
                f"[[{inside}]]",
                f"<{target}>",
                "<a@b.cd>",
                f"<{tag}>{inside}</{tag.split()[0]}>",
                f"<{tag}>",
                f"<!-- {inside} -->",
                f"{inside}  \n{self.pick(WORDS)}",
                f"{inside}\n{self.pick(WORDS)}",
            ]
        )

    def block(self, depth: int) -> str:
        """Return one block, up to `depth` others in one another."""
        if depth == 0 or self.chance.random() < 0.3:
            lines = (self.line() for _ in range(self.chance.choice([1, 1, 1, 2, 4])))
            return "\n".join(lines)
        makers = [self.listed, self.quoted, self.table, self.framed, self.note, self.other]
        return self.chance.choice(makers)(depth - 1)

    def listed(self, depth: int) -> str:
        """Return a list of either kind."""
        number = self.chance.choice([1, 1, 2, 12])
        mark = self.pick(["-", "*", "+", f"{number}.", f"{number})", "٣."])
        gap = self.pick([" ", " ", "   ", "     ", "\t", ""])
        items = [
            self.block(self.chance.randint(0, depth)) for _ in range(self.chance.randint(1, 3))
        ]
        inset = "\n" + " " * self.chance.choice([len(mark) + 1, 4, 2, 0])
        return self.pick(["\n", "\n\n"]).join(mark + gap + i.replace("\n", inset) for i in items)

    def quoted(self, depth: int) -> str:
        """Return a block quote, each line marked, or only the first."""
        inside = self.blocks(2, depth).rstrip("\n")
        return "> " + inside.replace("\n", self.pick(["\n> ", "\n> ", "\n>", "\n"]))

    def table(self, depth: int) -> str:
        """Return a table with odd cells, or with too many or too few."""
        width = self.chance.randint(1, 3)
        edge = self.pick(["|", "|", ""])

        def row(cells: list[str]) -> str:
            return edge + "|".join(cells) + self.pick([edge, edge, "", " "])

        rule = [self.pick(["---", ":--", "--:", ":-:", "-", "x"]) for _ in range(width)]
        rows = [
            [
                self.line(min(depth, 1)).replace("\n", " ")
                for _ in range(width + self.chance.choice([0, 0, 0, 1, -1]))
            ]
            for _ in range(3)
        ]
        return "\n".join([row(rows[0]), row(rule), *map(row, rows[1:])])

    def framed(self, depth: int) -> str:
        """Return a call-out, fenced or indented code, raw HTML, a definition."""
        inside = self.blocks(2, depth).rstrip("\n")
        tag, fence = self.pick(TAGS), self.pick(["```", "~~~", "````", "``"])
        inset = inside.replace("\n", "\n    ")
        return self.pick(
            [
                f'!!! note "{self.pick(WORDS)}"\n    {inset}',
                f"!!! {self.pick(WORDS)}\n    {inset}",
                f"{fence}{self.pick(['', 'python', ' x y'])}\n{inside}\n{self.pick([fence, '', '```'])}",
                f"    {inset}",
                f"<{tag}>\n{inside}\n</{tag.split()[0]}>",
                f"<{tag}>\n\n{inside}\n\n</{tag.split()[0]}>",
                f"<!--\n{inside}\n-->",
                f"{self.line()}\n: {inset}\n: {self.line()}",
                f"{self.line()}\n\n:   {inset}",
            ]
        )

    def note(self, depth: int) -> str:
        """Return the text of a note or the target of a reference, with a call of it."""
        label = self.pick(LABELS)
        note = self.blocks(2, depth).rstrip("\n").replace("\n", self.pick(["\n    ", "\n"]))
        title = self.pick(["", "", ' "T"', " 'T'", " (T)", '\n"T"'])
        return self.pick(
            [
                f"Said[^{label}] so.\n\n[^{label}]: {note}",
                f"[^{label}]: {note}",
                f"[^{label}]:{self.pick(WORDS)}\n[^{self.pick(LABELS)}]: {note}",
                f"[{label}]: {self.pick(TARGETS)}{title}",
                f"See [it][{label}].\n\n[{label}]: <{self.pick(TARGETS)}>{title}\n{self.line()}",
            ]
        )

    def other(self, depth: int) -> str:
        """Return a heading or a rule, alone or amid lines."""
        level = self.chance.randint(1, 7)
        return self.pick(
            [
                f"{'#' * level} {self.line(depth)}{self.pick(['', ' #', '##'])}",
                f"{self.line()}\n{'#' * level} {self.line(depth)}\n{self.line()}",
                f"{self.line()}\n{self.pick(['===', '---', '=', '- -'])}\n{self.line()}",
                self.pick(["---", "***", "* * *", "_ _ _", "--", "- - -", "-----  "]),
                f"{self.line()}\n{self.pick(['***', '___', '> x', '- x', '1. x', '2. x', ': x'])}\n{self.line()}",
                self.pick([*STRAY, *WORDS, "", "\\# x", "#x", "    ", " x", "   x", "  - x"]),
            ]
        )


NASTY = [
    "",
    " ",
    "\n",
    "\\",
    "a\\",
    "*a_b*c_",
    "***a** b*",
    "**a*b**c*",
    "_a __b_ c__",
    "*a `*` b*",
    "[*a](b)*",
    "[a *b](c) d*",
    "[**a**](b.md) *[c](d.md)*",
    "![*a*](b.png)",
    "[![a](b.png)](c.md)",
    "[a][b][c]\n\n[b]: x.md\n[c]: y.md",
    "[a\\](b.md)",
    "\\[a](b.md)",
    "`a [b](c.md)`",
    "a `b\n\nc` d",
    "a  \nb",
    "a  \n\nb",
    "*a  \nb*",
    "AT&T &amp; &copy; &#38;",
    "&\n",
    "a &#106 b",
    "<b>*a*</b>",
    "<div>*a*</div>\n\n*b*",
    "x <!-- *a* --> y",
    "<p>a\n\nb",
    "a[^1][^1]\n\n[^1]: b[^2]\n[^2]: *c*",
    "[^1]: a\n\n    ```\n    b\n    ```",
    "a\n[^1]: b\nc[^1]",
    "> [^1]: a\n\nb[^1]",
    "[k]: q](a<](b)",
    "[k]: x](y)\n[z](<y> <y@z.a>",
    '[a]( href="b.md")',
    "](\n[a]: b.md",
    "ſrc=a.md HREF=b.md",
    "java\nscript:a [x](java\x01script:b)",
    "a\n: b\n\n    c",
    ": a",
    "| a |\n|---|\n| *b* | `|` |",
    "a | b\n--|--\n\\| | `\\|`",
    "a|b\nc|d",
    "letters\nand lines\nonly",
    "letters\n===\nlast",
    "letters\n1. item",
    "letters\n2. item",
    "- a\n\n  b\n- c",
    "- a\n\n\n- *b*\n    - c",
    "!!! note\n    a\n\nb",
    "a\n!!! note\n    b",
    "\x02klzzwxh:0000\x03 *a*",
    "*a* \x02wzxhzdk:0\x03 <b>",
    "a\u2028# b\n\nc\x0c- d",
    "٣. a\n\n٣) b",
    "[a] (b.md) [c]\n(d.md) [[e]] [f][g] [^h]",
    "\\[^1] [^1]\n > [^1]: a\n\\[^1]: b",
]


class Unique(Writer):
    """Writes texts in which no word stands twice, without HTML that goes with its content."""

    HIDING = ("<!--", "<?", "<![CDATA[", "script", "style", "svg", "textarea")

    def pick(self, things: list[str]) -> str:
        """Return one of these, or a fresh word."""
        if things is WORDS:
            self.number = getattr(self, "number", 0) + 1
            return f"w{self.number}x"
        if things is TARGETS:
            things = ["a.md", "b.png", "case:x", "term:y", "#here", "x.md 'T'", "<a b.md>"]
        return super().pick([thing for thing in things if thing not in self.HIDING])

    def inline(self, depth: int) -> str:
        """Return an inline construct that is no comment."""
        return super().inline(depth).replace("<!--", "(").replace("-->", ")")

    def framed(self, depth: int) -> str:
        """Return a framed block that is no comment."""
        return super().framed(depth).replace("<!--", "(").replace("-->", ")")


def lost_words(text: str) -> list[str]:
    """Return the words of a text that are neither in its HTML nor told of in a problem."""
    body, problems = convert(text, path="a.md")
    told = [f"{p.message} {p.hint}" for p in problems]
    shown = " ".join([*body.parts, *(link.target for link in body.links), *told])
    if [p.code for p in problems] == ["text-too-complex"]:
        return []
    known = set(re.findall(r"w\d+x", shown.lower()))
    refused = {problem.line for problem in problems if problem.code == "remote-picture"}
    return [
        word
        for number, line in enumerate(text.split("\n"), 1)
        for word in re.findall(r"w\d+x", line)
        if word not in known and number not in refused
    ]


FACTOR = float(os.environ.get("CASEBOOK_FUZZ", "1"))
LOTS = 4
IN_A_LOT = max(1, round(100 * FACTOR))


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_word_is_lost(lot: int) -> None:
    """Each word that is typed is on the page, or a problem tells of it."""
    for number in range(IN_A_LOT):
        text = Unique(lot + LOTS * number).text()
        assert lost_words(text) == [], repr(text)


def test_the_texts_made_by_chance_have_everything_in_them() -> None:
    """All that Markdown can say comes out of them, and all that can be told of it."""
    made = [Writer(seed).text() for seed in range(400)]
    bodies = [convert(text, path="a.md") for text in made]
    shown = "".join("".join(body.parts) for body, _ in bodies)
    told = {problem.code for _, problems in bodies for problem in problems}
    elements = "a img em strong code pre ul ol blockquote table th dl sup hr br h3 h4 div p"
    assert [name for name in elements.split() if not re.search(rf"<{name}[ >]", shown)] == []
    assert {"unsafe-link", "contact-link", "spaced-link", "undefined-link"} <= told
    assert {"undefined-note", "unused-note", "repeated-note", "unclosed-fence"} <= told
