"""What an author typed and hardly meant is told on its line, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import convert, join, mark_slips
from generator.markdown.source import matches_beside


def shown(text: str) -> str:
    """Return the HTML of a text, each internal link leading to its own target."""
    body, _ = convert(text, path="a.md")
    return join(body, [link.target for link in body.links])


def told(text: str) -> list[str]:
    """Return place, severity and code of each problem in a text that begins on line 10."""
    problems = convert(text, path="a.md", first_line=10)[1]
    return [f"{p.line}:{p.column} {p.severity} {p.code}" for p in problems]


SWALLOWING = (
    *("title", "select", "style", "script", "textarea", "plaintext", "canvas", "object", "math"),
    *("svg", "iframe", "template", "noscript", "xmp", "div", "section", "details", "pre", "p"),
)


@pytest.mark.parametrize("name", SWALLOWING)
def test_an_unclosed_tag_swallows_nothing(name: str) -> None:
    """A tag that would take the rest of the text with it is an error, and the text stays."""
    text = f"First.\n\nThe <{name}> said.\n\n**Second** para"
    assert told(text) == ["12:5 error unclosed-tag"]
    assert shown(text) == (
        f"<p>First.</p>\n<p>The &lt;{name}&gt; said.</p>\n<p><strong>Second</strong> para</p>"
    )
    assert told(f"<{name.upper()} class=a>\n\n# Second") == ["10:1 error unclosed-tag"]


def test_a_tag_closed_earlier_or_in_code_is_not_closed() -> None:
    """Only an end tag after it, and outside code, closes a tag."""
    text = "<title>a</title> <title> b `</title>`"
    assert told(text) == ["10:1 warning removed-html", "10:18 error unclosed-tag"]


WORDS = {
    "unknown": ("a\n\nthe <name of ministry>", "12:5 warning unknown-tag", "name of ministry"),
    "one word": ("<Ministry>", "10:1 warning unknown-tag", "Ministry"),
    "two words": ("<email me>", "10:1 warning unknown-tag", "email me"),
    "over two lines": ("<name\nof it>", "10:1 warning unknown-tag", "name\nof it"),
    "a known name before words": ("<section 3>", "10:1 warning unknown-tag", "section 3"),
    "an article": ("<a person>", "10:1 warning unknown-tag", "a person"),
    "a removed one before words": ("<title of it>", "10:1 warning unknown-tag", "title of it"),
    "a name HTML has too": ("<address>", "10:1 warning unclosed-tag", "address"),
    "an instruction": ("a <?b c?>", "10:3 warning unknown-tag", "?b c?"),
    "in a list": ("- a\n    - <name>", "11:7 warning unknown-tag", "name"),
}


@pytest.mark.parametrize(("text", "problem", "words"), WORDS.values(), ids=WORDS.keys())
def test_words_in_angle_brackets_are_shown(text: str, problem: str, words: str) -> None:
    """What only looks like HTML is shown as it was typed, with a warning on its line."""
    assert told(text) == [problem]
    assert f"&lt;{words}&gt;" in shown(text)


@pytest.mark.parametrize("before", ["", "a ", "<tr> "])
def test_an_unclosed_comment_hides_nothing(before: str) -> None:
    """A comment without an end is an error, and what follows is shown."""
    text = f"{before}<!-- <b>b</b>\n\nc"
    assert told(text) == [f"10:{len(before) + 1} error unclosed-tag"]
    assert "&lt;!-- <b>b</b>" in shown(text)
    assert "c" in shown(text)


def test_what_is_said_of_a_tag() -> None:
    """The message quotes the tag and the hint says how to write it."""
    _, problems = convert("<name of ministry>", path="a.md")
    assert [(p.message, p.hint) for p in problems] == [
        (
            "'<name of ministry>' is not HTML, and is shown as it was typed",
            "write &lt;name of ministry&gt; or put it in backticks",
        )
    ]


def test_words_in_angle_brackets_keep_their_place_in_code() -> None:
    """Code that is not recognised as such is shown as it was typed all the same."""
    assert shown("- a\n\n        x <name>\n") == (
        "<ul>\n<li>\n<p>a</p>\n<pre><code>  x &lt;name&gt;\n</code></pre>\n</li>\n</ul>"
    )


def test_a_tag_in_backticks_swallows_nothing_amid_html() -> None:
    """Where backticks make no code, in raw HTML, what stands in them is shown all the same."""
    text = "<div>a `<title>` b</div>\n\n`<b>` c"
    assert told(text) == []
    assert shown(text) == "<div>a `&lt;title&gt;` b</div>\n<p><code>&lt;b&gt;</code> c</p>"


@pytest.mark.parametrize(
    ("text", "problems", "html"),
    [
        ("<script>x</script>a", ["10:1 warning removed-html"], "a"),
        ("a <style>\np { b: c }\n</style>", ["10:3 warning removed-html"], "<p>a </p>"),
        ("a <font color=red>b</font>", ["10:3 warning removed-html"], "<p>a b</p>"),
        ("a <svg><title>b</title></svg>", ["10:3 warning removed-html"], "<p>a </p>"),
    ],
)
def test_removed_html_is_told(text: str, problems: list[str], html: str) -> None:
    """What is taken out on purpose is a warning, one for all that is in it."""
    assert told(text) == problems
    assert shown(text).strip() == html


SLIPS = {
    "hard space after a dash": ("a\n\n-\u00a0b\n-\u00a0c", ["12:1 warning unread-list"]),
    "hard space after a number": ("1.\u00a0b\n2.\u00a0c", ["10:1 warning unread-list"]),
    "tasks without a dash": ("[ ] b\n[x] c", ["10:1 warning unread-list"]),
    "Roman numbers": ("i. b\nii. c\niii. d", ["10:1 warning unread-list"]),
    "large Roman numbers": ("II. b\nIII. c", ["10:1 warning unread-list"]),
    "arrows": ("→ b\n→ c", ["10:1 warning unread-list"]),
    "numbers in circles": ("\u2460 b\n\u2461 c", ["10:1 warning unread-list"]),
    "table without a rule": ("a\n| b | c |\n| d | e |", ["11:1 warning unread-table"]),
    "note without a text": ("a[^2]\n\nb[^1]\n\n[^1]: c", ["10:2 warning undefined-note"]),
    "text without a note": ("a\n\n[^1]: c", ["12:1 warning unused-note"]),
    "two texts": ("a[^1]\n\n[^1]: c\n\n[^1]: d", ["14:1 warning repeated-note"]),
    "fence without an end": ("a\n\n```\nb\n\n[^9] [[c]]", ["12:1 warning unclosed-fence"]),
    "link without words": ("a\n[](other.md)", ["11:4 error link-without-words"]),
    "blank words": ("[ ](https://a.b)", ["10:5 error link-without-words"]),
    "raw link without words": ('<a href="b.md"></a>', ["10:10 error link-without-words"]),
    "space in a link": ("a\n\n[a b] (other.md)", ["12:1 warning spaced-link"]),
    "space in a picture": ("a ![a] (pic.png)", ["10:3 warning spaced-link"]),
    "line end in a link": ("[a]\n(https://a.b/c)", ["10:1 warning spaced-link"]),
    "cell beyond the headings": ("| a |\n|---|\n| b | c |", ["12:7 warning extra-cell"]),
    "a bar in code in a cell": ("> | a |\n> |---|\n> | `b|c` |", ["12:8 warning extra-cell"]),
    "table with too few rules": ("| a | b |\n|---|\n| c | d |", ["10:1 warning unread-table"]),
    "table with tabs": ("x\n\na b\tc\n1\t2\n3\t4", ["12:1 warning unread-table"]),
    "table with tabs and an empty first cell": (
        "\tc\td\n\t1\t2",
        ["10:2 warning unread-table"],
    ),
    "unused address": ("a\n\n- [b c]: https://a.b", ["12:3 warning unused-definition"]),
    "an address whose name is used": (
        "[b]\n\n[b]: c.md\n[B]: d.md",
        ["13:1 warning repeated-definition"],
    ),
    "a note in a note": (
        "a[^1]\n\n[^1]: b[^2]\n\n    [^2]: c",
        ["12:8 warning undefined-note"],
    ),
    "words on a fence": ("```py a quotation\nb\n```", ["10:4 warning words-on-fence"]),
    "words on a fence in a list": ("- x\n\n  ~~~ a; b\n  ~~~", ["12:7 warning words-on-fence"]),
    "fence without an end in a quotation": ("> ```\n> b\n\nc", ["10:3 warning unclosed-fence"]),
    "heading without a space": ("a\n##How we [x](y.md)", ["11:1 warning unread-heading"]),
    "one hash": ("> #How", ["10:3 warning unread-heading"]),
    "bullets of Word": ("a:\n•\tb\n•\tc\n\n· d", ["11:1 warning unread-list"]),
    "other bullets of Word": (
        "▪ b\n\ne\n\n\uf0b7 c\n\ne\n\no\td",
        ["10:1 warning unread-list", "14:1 warning unread-list", "18:1 warning unread-list"],
    ),
    "dashes": ("– b\n– c", ["10:1 warning unread-list"]),
    "dashes in paragraphs": ("– b\n\n– c\n\nd", ["10:1 warning unread-list"]),
    "letters": ("a:\na) b\nb) c", ["11:1 warning unread-list"]),
    "numbers without a space": ("1.one\n2.two", ["10:1 warning unread-list"]),
    "bullets without a space": ("-one\n-two", ["10:1 warning unread-list"]),
    "numbers that are shown otherwise": ("12. a\n15. b\n16. c", ["11:1 warning changed-number"]),
    "space in a name of a file": ("[a](b c)", ["10:5 error unsafe-link"]),
    "name without an address": ("[a][x]", ["10:1 warning undefined-link"]),
    "words without an address": ("[a][]", ["10:1 warning undefined-link"]),
}


@pytest.mark.parametrize(("text", "problems"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_where_it_stands(text: str, problems: list[str]) -> None:
    """What is shown otherwise than it was meant is told on its line and column."""
    assert told(text) == problems


def test_what_is_said_of_a_slip() -> None:
    """Each message quotes what was typed, and the hint says what to write."""
    text = "[`a` b] (c.md) [f][g] x[^1]"
    assert [(p.message, p.hint) for p in convert(text, path="a.md")[1]] == [
        ("'[`a` b] (c.md)' is no link, since there is a space in it", "write [`a` b](c.md)"),
        ("'[f][g]' leads nowhere", "write [words](address)"),
        (
            "the note '[^1]' has no text",
            "write [^1]: and the text of the note, on a line of its own",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "[a](https://care .org)",
            "'https://care .org' is not an address that a page may link to",
            "there is a space in it: take it out",
        ),
        (
            "[a](http://)",
            "'http://' is not an address that a page may link to",
            "write a full address that begins with https://, or the name of a file or term",
        ),
        (
            "[a]()",
            "a link or a picture has no address",
            "write [words](address), or ![what it shows](picture.jpg)",
        ),
        (
            "[](b{0}.md)",
            "the link to 'b{0}.md' has no words, so nobody sees or hears it",
            "write [words](b{0}.md)",
        ),
    ],
)
def test_what_is_said_of_an_address(text: str, message: str, hint: str) -> None:
    """An address that the sanitiser drops is quoted as it was typed."""
    assert [(p.message, p.hint) for p in convert(text, path="a.md")[1]] == [(message, hint)]


QUIET = (
    "[x] marks the spot.\n\n→ See below.\n\niv drip was given\nii more\n\nor | and | not",
    "| b | c |\n|---|---|\n| d | e |\n\na | b | c\n\n→",
    "as she said [sic], [1], [2] (2019), [a] (see below), [1][2], […], [...] and [sic](b.md)",
    "`<name> [[a]] [b][c] [d] (e.md) [^1]` a\n\n    <title> [[a]]\n\n```\n<title> [^1]\n```",
    "<!-- <title> [[a]]\n\n[^1] <name> --> b",
    "<pre><code>[[a]] [b][c]</code></pre>",
    r"\[[a]] \[^1] \[a] (b.md) x[i][j]",
    "[a][x] [X][] [[a]](b.md) [![c](d.png)](e.md) [`f`](g.md)\n\n[x]: y.md",
    "[a](<a file.md>) <https://a.b/c> <https://a.b>, 5 < 6 > 4, <5 and a<b",
    "a[^1] b[^1]\n\n[^1]: c\n\n    d",
    '<div class="admonition note">a</div>\n\n<details open>\n<summary>a</summary>b</details>',
    'H<sub>2</sub>O<br>a<br/>b <abbr title="c > d">e</abbr> <a id="f"></a>\n\n<ul><li>g</ul>',
    "- [ ] to do\n- [x] done\n- a\n\n  ```\n  [[b]]\n  ```",
    "1. a\n1. b\n1. c\n\n#MeToo and\n#1 of\n\n– Hello, she said.\n\n1.5 million\n2.5 million",
    '```py\n```\n\n``` {.py #a k="b c"}\n```\n\n~~~js {1,3} title="a b"\n~~~\n\n```c++\n```',
    "| a | b |\n|---|---|\n| c |\n| `x\\|y` | z |\n\nand 3\t4 alone",
    "[a]: b.md 'T'\n\n[x][a] [a] ![y][A]\n\n\\[c]: https://a.b",
    "a </3 b < c </ d",
)


@pytest.mark.parametrize("text", QUIET)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Prose in brackets, code, comments and HTML that does its work raise no alarm."""
    assert told(text) == []


IN_LINES = [
    (mark_slips.MARKS, mark_slips.PAIRED),
    (mark_slips.TURNED_BRACKETS, mark_slips.REVERSED),
    (mark_slips.CLOSED_LINKS, mark_slips.UNCLOSED),
    (mark_slips.IN_LOCAL, mark_slips.LOCAL),
]
PIECES = [
    *("*", "**", "_", "~~", "(a)", ")[", "[", "]", "](", "(", ")", "<", ">", "http", "https://"),
    *("www.", "a.b/c", "file:", "FILE:/", "/", "//", "\\", "C:", ":", "\\\\host\\", "[::1]"),
    *("a", " ", "\n"),
]


@pytest.mark.parametrize(("signs", "pattern"), IN_LINES)
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_line_without_signs_holds_nothing(
    signs: Sequence[str], pattern: re.Pattern[str], text: str
) -> None:
    """A pattern finds in the lines that hold one of its signs what it finds in the whole text."""
    beside = [match.span() for match in matches_beside(signs, pattern, text)]
    assert beside == [match.span() for match in pattern.finditer(text)]
