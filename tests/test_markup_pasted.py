"""Lists, tables and marks as people type and paste them: told of with what to write, or left."""

# ruff: noqa: RUF001 - marks, digits and letters of many languages

from __future__ import annotations

import pytest

from generator.markdown import convert


def told(text: str) -> list[tuple[str, str]]:
    """Return the code and the hint of each problem of a text."""
    return [(p.code, p.hint) for p in convert(text, path="a.md")[1]]


LISTS = {
    "Wingdings as letters": ("§\tMopti\n§\tGao", "- Mopti"),
    "one bullet of Wingdings": ("Ø\tMopti", "- Mopti"),
    "a private sign": ("\uf0a8 Mopti\n\uf0a8 Gao", "- Mopti"),
    "o of Word": ("Towns:\no Mopti\no Gao", "- Mopti"),
    "double dashes": ("-- Mopti\n-- Gao", "- Mopti"),
    "long dashes": ("― Mopti\n― Gao", "- Mopti"),
    "angles": ("» Mopti\n» Gao", "- Mopti"),
    "emoji": ("✅ Mopti\n✅ Gao", "- Mopti"),
    "a dash that Word made of the second": ("- Mopti\n– Gao\n- Kayes", "- Gao"),
    "French numbers": ("1° Mopti\n2° Gao", "1. Mopti"),
    "Spanish numbers": ("1.- Mopti\n2.- Gao", "1. Mopti"),
    "numbers and a slash": ("1/ Mopti\n2/ Gao", "1. Mopti"),
    "numbers and a dash": ("3 - Mopti\n4 - Gao", "3. Mopti"),
    "square brackets": ("[1] Mopti\n[2] Gao", "1. Mopti"),
    "Arabic digits": ("١- Mopti\n٢- Gao", "1. Mopti"),
    "Khmer digits": ("១. Mopti\n២. Gao", "1. Mopti"),
    "wide brackets": ("（1）Mopti\n（2）Gao", "1. Mopti"),
    "Chinese numbers": ("一、Mopti\n二、Gao", "1. Mopti"),
    "circles in black": ("❶ Mopti\n❷ Gao", "1. Mopti"),
    "Cyrillic letters": ("а) Mopti\nб) Gao", "1. Mopti"),
    "Greek letters": ("α) Mopti\nβ) Gao", "1. Mopti"),
    "Lao letters": ("ກ. Mopti\nຂ. Gao", "1. Mopti"),
    "letters of points over two lines": ("a) Mopti\nis a town\nb) Gao", "1. Mopti"),
    "numbers of a telephone": ("3\ufe0f\u20e3 Mopti\n4\ufe0f\u20e3 Gao", "3. Mopti"),
    "boxes without a space": ("-[x] Mopti\n-[ ] Gao", "- [x] Mopti"),
    "bold words without a space": ("-**Mopti** a\n-**Gao** b", "- **Mopti** a"),
    "quotations without a space": ("-“Mopti”\n-“Gao”", "- “Mopti”"),
    "Roman numbers in brackets": ("(iv) Mopti\n(v) Gao", "1. Mopti"),
}


@pytest.mark.parametrize(("text", "point"), LISTS.values(), ids=LISTS.keys())
def test_a_list_is_told_of_with_its_right_form(text: str, point: str) -> None:
    """The hint holds the first point as Markdown reads it."""
    assert told(text) == [("unread-list", f"write '{point}', and so with each point")]


def test_a_list_amid_a_paragraph_needs_an_empty_line() -> None:
    """Numbers other than 1 do not begin a list there."""
    hint = "put an empty line before the first point"
    assert told("We went to:\n2. Mopti\n3. Gao") == [("unread-list", hint)]


SLIPS = {
    "a space inside": ("so **Mopti ** is", "unread-mark", "write **Mopti**"),
    "a space before": ("so ** Mopti** is", "unread-mark", "write **Mopti**"),
    "one star": ("so *Mopti * is", "unread-mark", "write *Mopti*"),
    "struck": ("so ~~Mopti ~~ is", "unread-mark", "write ~~Mopti~~"),
    "no space in Chinese": ("在**“莫普提”**很", "unread-mark", "put a space before and after"),
    "wrong way round": (
        "(Mopti)[https://a.org/b]",
        "unread-link",
        "write [Mopti](https://a.org/b)",
    ),
    "not closed": ("[Mopti](https://a.org/b and", "unread-link", "write [Mopti](https://a.org/b)"),
    "years struck out": ("In 2013~2014 and 2016~2017.", "lost-sign", "write '–'"),
    "a product": ("Plots of 12*30*2 m", "lost-sign", "write × for times"),
    "more than": ("> 80 % of families", "lost-sign", "write &gt; 80 % of families"),
    "more than, in a list": ("- Mopti\n- > 3,000 people came", "lost-sign", "write &gt; 3,000"),
    "a first line with an inset": (
        "\tThe families met in May.",
        "prose-as-code",
        "take out the tab",
    ),
    "a rule under words": (
        "They met.\nThey left.\n---\nIn May",
        "rule-under-words",
        "put an empty",
    ),
    "a heading with a number": ("##2. Mopti", "unread-heading", "write ## 2. Mopti"),
    "a backslash": ("They met.\\", "shown-backslash", "take it out"),
    "a kind of one's own": ("> [!mopti] The town\n> a", "unknown-call-out", "write note, tip"),
    "an address amid HTML": ("<div>\n<https://a.org>\n</div>", "address-in-html", "write <a href="),
    "without a scheme": ("See <www.afd.fr/a>.", "unknown-tag", "write https://www.afd.fr/a"),
    "a path": ("It is in P:\\Mali\\plan.docx now", "unreachable-link", "put it on a public"),
    "a share": ("It is in \\\\hq01\\mali\\plan now", "unreachable-link", "write an address"),
    "no bars at the ends": ("a | b\nc | d\ne | f", "unread-table", "write below it |---|---|"),
    "rules of Word": ("| a | b |\n| —- | —- |\n| c | d |", "unread-table", "write below it |---|"),
    "tabs": (
        "Town\tStoves\nGao\t40",
        "unread-table",
        "write | Town | Stoves |, below it |---|---|",
    ),
    "the space of a French keyboard after #": (
        "#\u00a0Mopti\nA town.",
        "unread-heading",
        "type the space after '#' again",
    ),
    "a narrow space after ###": ("###\u202fMopti", "unread-heading", "type the space after '###'"),
    "such a space in one point of a list": (
        "- Mopti\n-\u00a0Gao\n- Kayes",
        "unread-list",
        "type the space after '-' again",
    ),
    "empty lines between rows": (
        "| Town | Stoves |\n\n|------|--------|\n\n| Gao | 40 |",
        "unread-table",
        "take out the empty lines",
    ),
    "an address in angles": (
        "[Mopti]: <https://a.org/b>",
        "unused-definition",
        "write [Mopti] where",
    ),
    "numbers backwards": ("3. a\n2. b\n1. c", "changed-number", "number the points"),
    "a number twice": ("1. a\n2. b\n2. c", "changed-number", "number the points"),
}


@pytest.mark.parametrize(("text", "code", "hint"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_of_with_its_right_form(text: str, code: str, hint: str) -> None:
    """One warning, with what to write."""
    found = told(text)
    assert [one for one, _ in found] == [code]
    assert found[0][1].startswith(hint)


QUIET = (
    "The chief – she said –\n– and they agreed – left.",
    "- The town met\n  – and it was hot – in May.\n- They left",
    "It rose to\n1.5 million, then\n2.5 million.",
    "a) is what we did once.\n\nThen we left.",
    "#MeToo #TimesUp\n\n#hashtag\n\n#1 in the list",
    "o governo decidiu\ne o município\no fez também",
    "From 10 - 12 people\nto 3 - 4 people.\n\nIn\n12. May\n14. June",
    "~~struck~~ and ~this~ and about ~5 km, ~6 km",
    "2 * 3 * 4 and 5* and 6* and f(**a, **b) and a_b_c and **bold** text **bold**",
    "> 12 years ago we came.\n\n> [!NOTE] Title\n> words\n\n!!! UNHCR\n    words",
    "    $ casebook check\n    x = f(y)\n\n    def a(b):",
    "A heading\n---\n\nWords\n\n---\n\nWords",
    "[words](https://a.org/b) (words) [https://a.org]",
    "A ratio of A:B, at 10:30, http://a.org/c:/d, see C: and D:",
    "Either | or\n\nthis | that | those",
    "M. Diallo\nK. Traoré\n\nJ. Doe",
    "1. a\n1. b\n1. c\n\nThen\n\n0. d\n0. e",
    "* [1. Mopti](https://a.org/1)\n* [2. Gao](https://a.org/2)",
    "[1. Mopti](https://a.org/1)\n[2. Gao](https://a.org/2)",
    "See [`stove` and oven][] or [the `stove`][s].\n\n[`stove` and oven]: b.md\n[s]: c.md",
    "See [`__init__`][], [`__main__`][].\n\n[`__init__`]: #__init__\n[`__main__`]: #__main__",
    "`C:\\Users\\a` and `http://localhost:8000` and\n\n```\nhttp://10.0.0.1\n```",
)


@pytest.mark.parametrize("text", QUIET)
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    """No false alarm."""
    assert told(text) == []


def test_a_call_out_of_one_s_own_kind_keeps_its_capitals() -> None:
    """Without a title its kind is shown as it was typed."""
    for text in ("> [!UNHCR]\n> a", "!!! UNHCR\n    a"):
        assert '<p class="admonition-title">UNHCR</p>' in "".join(convert(text, path="a")[0].parts)
