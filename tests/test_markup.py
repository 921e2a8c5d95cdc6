"""Markdown becomes safe, valid HTML cut at its links; nothing an author types breaks it."""

# ruff: noqa: E501 - whole HTML is compared

from __future__ import annotations

import gc
import re

import comrak
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.markdown import Body, Heading, Link, convert, join, pack


def shown(text: str) -> str:
    """Return the HTML of a text without problems, each internal link leading to its own target."""
    body, problems = convert(text, path="a.md")
    assert problems == ()
    return join(body, [link.target for link in body.links])


def told(text: str) -> list[str]:
    """Return line, column and code of each problem in a text that begins on line 10."""
    return [f"{p.line}:{p.column} {p.code}" for p in convert(text, path="a.md", first_line=10)[1]]


def test_a_body_is_cut_at_its_internal_links() -> None:
    """Links to cases, terms and pictures are cut out with their places; outward ones stay."""
    text = "Said [so](other.md#x 'T').\n\n![A map](map.png) [t](term:a) <https://x.org/?a=1&b=2>\n"
    body, problems = convert(text, path="a.md", first_line=5)
    assert problems == ()
    assert body == Body(
        packed=pack(
            (
                "<p>Said <a",
                ' title="T">so</a>.</p>\n<p><img',
                ' alt="A map"> <a',
                (
                    '>t</a> <a href="https://x.org/?a=1&amp;b=2" rel="noopener noreferrer">'
                    "https://x.org/?a=1&amp;b=2</a></p>"
                ),
            )
        ),
        links=(
            Link(target="other.md#x", line=5, column=11, image=False, alt=""),
            Link(target="map.png", line=7, column=10, image=True, alt="A map"),
            Link(target="term:a", line=7, column=23, image=False, alt=""),
        ),
        headings=(),
        anchors=(),
        words=4,
    )


def test_join_puts_addresses_in_and_takes_links_out() -> None:
    """An address is escaped; without one a link keeps its words and a picture goes."""
    body, _ = convert("[a](b.md) ![c](d.png)![e](f.png) [g](h.md)", path="a.md")
    assert join(body, ['x"<&', "p.png", None, None]) == (
        '<p><a href="x&quot;&lt;&amp;">a</a> <img src="p.png" alt="c"> <a>g</a></p>'
    )
    assert join(body, [None, None, "q.png", "h"]) == (
        '<p><a>a</a> <img src="q.png" alt="e"> <a href="h">g</a></p>'
    )


WHOLE = {
    "table": (
        "| a | b | |\n|:--|--:|:-:|\n| 1 | 2 | 3 |",
        (
            '<div class="table" tabindex="0" role="region" aria-label="Table 1"><table>\n<thead>\n<tr>\n'
            '<th class="align-left" scope="col">a</th>\n<th class="align-right" scope="col">b</th>\n'
            '<td class="align-center"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            '<td class="align-left">1</td>\n<td class="align-right">2</td>\n'
            '<td class="align-center">3</td>\n</tr>\n</tbody>\n</table></div>'
        ),
    ),
    "footnote": (
        "Said.[^a b]\n\n[^a b]: By *whom*.",
        (
            '<p>Said.<sup id="text-fnref:a-b"><a href="#text-fn:a-b" class="footnote-ref">1</a></sup>'
            '</p>\n<div class="footnote">\n<hr>\n<ol>\n<li id="text-fn:a-b">\n<p>By <em>whom</em>.&nbsp;'
            '<a href="#text-fnref:a-b" class="footnote-backref" aria-label="Back to note 1 in the text">'
            "↩</a></p>\n</li>\n</ol>\n</div>"
        ),
    ),
    "footnote in a footnote": (
        "Said.[^1]\n\n[^1]: By[^2].\n[^2]: So.",
        (
            '<p>Said.<sup id="text-fnref:1"><a href="#text-fn:1" class="footnote-ref">1</a></sup></p>\n'
            '<div class="footnote">\n<hr>\n<ol>\n<li id="text-fn:1">\n<p>By<sup id="text-fnref:2">'
            '<a href="#text-fn:2" class="footnote-ref">2</a></sup>.&nbsp;<a href="#text-fnref:1" '
            'class="footnote-backref" aria-label="Back to note 1 in the text">↩</a></p>\n</li>\n'
            '<li id="text-fn:2">\n<p>So.&nbsp;<a href="#text-fnref:2" class="footnote-backref" '
            'aria-label="Back to note 2 in the text">↩</a></p>\n</li>\n</ol>\n</div>'
        ),
    ),
    "definitions": (
        "Term\n: One.\n: Two.",
        "<dl>\n<dt>Term</dt>\n<dd>One.</dd>\n<dd>Two.</dd>\n</dl>",
    ),
    "call-out": (
        '!!! warning "Mind"\n    - a\n\n    - b\n\nafter',
        (
            '<div class="admonition warning">\n<p class="admonition-title">Mind</p>\n<ul>\n<li>\n'
            "<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n</div>\n<p>after</p>"
        ),
    ),
    "call-out of no known kind": (
        "!!! card\n    a",
        '<div class="admonition">\n<p class="admonition-title">Card</p>\n<p>a</p>\n</div>',
    ),
    "fence": (
        "a\n```python\nx < 1\n\n- y [z](z.md)\n```\nb",
        (
            '<p>a</p>\n<pre><code class="language-python">x &lt; 1\n\n- y [z](z.md)\n</code></pre>\n'
            "<p>b</p>"
        ),
    ),
    "template syntax": (
        "{{ a }} {% if b %} ${c} `{{ d }}`",
        "<p>{{ a }} {% if b %} ${c} <code>{{ d }}</code></p>",
    ),
    "heading in braces": (
        "# {{ x }}",
        '<h3 id="text-x">{{ x }}</h3>',
    ),
    "raw HTML": (
        '<figure><img src="a.png" alt="A" width="9" srcset="b"><figcaption>F</figcaption></figure>',
        '<figure><img src="a.png" alt="A" width="9"><figcaption>F</figcaption></figure>',
    ),
    "classes of the site": (
        '<div class="card admonition note" style="color:red" onclick="x()">a</div>',
        '<div class="admonition note">a</div>',
    ),
    "invalid nesting": (
        "<ul>a<p>b</p><li>c</li></ul>\n<div><b><p>d</p></b><h2><p>e</p></h2><dt>f</dt></div>",
        '<ul><li>a<p>b</p></li><li>c</li></ul>\n<div><p>d</p><h3 id="text-e">e</h3>f</div>',
    ),
    "comment": ("a <!-- b --> c", "<p>a  c</p>"),
    "a table straight after a line of text": (
        "So:\n| a |\n|--:|\n| 1 |",
        (
            '<p>So:</p>\n<div class="table" tabindex="0" role="region" aria-label="Table 1"><table>\n'
            '<thead>\n<tr>\n<th class="align-right" scope="col">a</th>\n</tr>\n</thead>\n<tbody>\n'
            '<tr>\n<td class="align-right">1</td>\n</tr>\n</tbody>\n</table></div>'
        ),
    ),
    "a table in a list": (
        "- x\n\n  | a |\n  |---|\n- y",
        (
            '<ul>\n<li>\n<p>x</p>\n<div class="table" tabindex="0" role="region" aria-label="Table 1">'
            '<table>\n<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n</table></div>\n</li>\n'
            "<li>\n<p>y</p>\n</li>\n</ul>"
        ),
    ),
    "a fence in a quotation": (
        "> ```\n> a < b\n> ```\n> c",
        "<blockquote>\n<pre><code>a &lt; b\n</code></pre>\n<p>c</p>\n</blockquote>",
    ),
    "struck out": ("~~a~~ ~b~", "<p><del>a</del> <del>b</del></p>"),
    "a line that ends in a backslash": ("a\\\nb", "<p>a<br>\nb</p>"),
    "a task list": (
        "- [ ] a\n- [x] b\n    - [X] c",
        (
            '<ul>\n<li><span class="task" role="img" aria-label="to do">☐</span> a</li>\n'
            '<li><span class="task" role="img" aria-label="done">☑</span> b\n<ul>\n'
            '<li><span class="task" role="img" aria-label="done">☑</span> c</li>\n</ul>\n</li>\n</ul>'
        ),
    ),
    "bare addresses": (
        "See https://a.b/c_d?e=f&g, or www.h.i. Not x@y.org, ftp://j or http://[k.",
        (
            '<p>See <a href="https://a.b/c_d?e=f&amp;g" rel="noopener noreferrer">'
            'https://a.b/c_d?e=f&amp;g</a>, or <a href="http://www.h.i" rel="noopener noreferrer">'
            "www.h.i</a>. Not x@y.org, ftp://j or http://[k.</p>"
        ),
    ),
    "a link whose words are an address": (
        "[<https://a.b/c>](https://a.b/c) [see https://d.e now](f.md)",
        (
            '<p><a href="https://a.b/c" rel="noopener noreferrer">https://a.b/c</a> '
            '<a href="f.md">see https://d.e now</a></p>'
        ),
    ),
    "Markdown amid HTML": (
        "<details>\n<summary>S</summary>\n\n**a**\n\n- b\n\n</details>",
        (
            "<details>\n<summary>S</summary>\n<p><strong>a</strong></p>\n<ul>\n<li>b</li>\n</ul>\n"
            "</details>"
        ),
    ),
    "a call-out of GitHub": (
        "> [!WARNING]\n> Mind *this*.\n\n> [!tip] Own title\n> a",
        (
            '<div class="admonition warning">\n<p class="admonition-title">Warning</p>\n'
            '<p>Mind <em>this</em>.</p>\n</div>\n<div class="admonition tip">\n'
            '<p class="admonition-title">Own title</p>\n<p>a</p>\n</div>'
        ),
    ),
    "call-outs in one another, in lists and in quotations": (
        '!!! note\n    a\n\n    !!! tip ""\n        b\nc\n\n- !!! UNHCR\n      d\n\n> !!! info\n>     e',
        (
            '<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>a</p>\n'
            '<div class="admonition tip">\n<p>b</p>\n</div>\n</div>\n<p>c</p>\n<ul>\n<li>\n'
            '<div class="admonition">\n<p class="admonition-title">UNHCR</p>\n<p>d</p>\n</div>\n</li>\n'
            '</ul>\n<blockquote>\n<div class="admonition info">\n<p class="admonition-title">Info</p>\n'
            "<p>e</p>\n</div>\n</blockquote>"
        ),
    ),
    "no call-out in code": (
        "```\n!!! note\n    a\n```",
        "<pre><code>!!! note\n    a\n</code></pre>",
    ),
    "a quotation that starts with '[!'": (
        "> [!Mind the gap] a\n\n> [![b](c.png)](d.md)",
        (
            "<blockquote>\n<p>[!Mind the gap] a</p>\n</blockquote>\n<blockquote>\n"
            '<p><a href="d.md"><img src="c.png" alt="b"></a></p>\n</blockquote>'
        ),
    ),
    "a space in an address of ours": (
        "[a](case:Old name) ![b](my map.png 'T') [c](<d e.md>)",
        (
            '<p><a href="case:Old name">a</a> <img src="my map.png" alt="b" title="T"> '
            '<a href="d e.md">c</a></p>'
        ),
    ),
    "hash without blank": ("#1 reason", "<p>#1 reason</p>"),
}


@pytest.mark.parametrize(("text", "html"), WHOLE.values(), ids=WHOLE.keys())
def test_a_text_becomes_this_html(text: str, html: str) -> None:
    """Each kind of block gives exactly this HTML."""
    assert shown(text) == html


NESTED = "<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"


@pytest.mark.parametrize("inset", ["  ", "   ", "    ", "\t"], ids=["two", "three", "four", "tab"])
def test_lists_nest_by_any_inset(inset: str) -> None:
    """However staff indent, what stands further in belongs to the point above it."""
    assert shown(f"- a\n{inset}- b\n{inset * 2}- c") == NESTED


LINKS = {
    "in a call-out": ('!!! note "T"\n    a\n    [b](c.md)', (12, 9)),
    "in a call-out indented by a tab": ("!!! note\n\t- [b](c.md)", (11, 8)),
    "in a call-out in a call-out": ("!!! a\n    !!! b\n        [b](c.md)", (12, 13)),
    "below call-outs": ("!!! a\n    x\ny\n!!! b\n    z\n[b](c.md)", (15, 5)),
    "in a table": ("| a | b |\n|---|---|\n| é\\| | [b](c.md) |", (12, 13)),
    "in a quotation in a list": ("- x\n  > y\n  > z [b](c.md)", (12, 11)),
    "behind words of two bytes": ("ຄວາມ é [b](c.md)", (10, 12)),
    "by its name": ("[b][r]\n\n> [r]: <c.md>", (12, 9)),
    "below its name": ("[r]: x.md\n[b](c.md) [s][r]", (11, 5)),
    "of two lines": ("[b\nd](c.md)", (11, 4)),
    "around code": ("[`](x.md)`](c.md)", (10, 13)),
    "as HTML in a list": ("- x\n\n  <div>\n  <a href='c.md'>b</a></div>", (13, 12)),
    "behind the same words in code": ("`[b](c.md)` [b](c.md)", (10, 17)),
    "as HTML behind the same words": ('x <img alt="c.md" src="c.md">', (10, 24)),
    "as a block of HTML behind the same words": ('<img alt="c.md" src="c.md">', (10, 22)),
    "as HTML in a quotation": ('> <div\n> title="c.md"><a href="c.md">b</a></div>', (11, 25)),
    "behind a wrapped title": ('[a](x.md "T\nt") [b](c.md).[^1]\n\n[^1]: q', (11, 9)),
    "before a wrapped title": ('A [b](c.md "T\nt") [a](x.md).[^1]\n\n[^1]: q', (10, 7)),
    "wrapped": ("A [b](\nc.md) [a](x.md)\n\nfact[^1]\n\n[^1]: q", (11, 1)),
    "wrapped without a note": ("A [b](\nc.md) [a](x.md)\nz", (11, 1)),
    "behind a wrapped one": ("A [a](\nx.md) [b](c.md)\n\nfact[^1]\n\n[^1]: q", (11, 11)),
    "below a wrapped one": ("A [a](\nx.md)\n[b](c.md)\n\nfact[^1]\n\n[^1]: q", (12, 5)),
    "behind a wrapped label": ("[a][the\nz] [b](c.md)\n\n[the z]: x.md", (11, 8)),
    "by a wrapped label": ("[b][the\nz] [a](x.md)\n\n[the z]: c.md", (13, 10)),
    "behind wrapped ones in a quotation": (
        '> [a](x.md\n>   "t") [a](\n> x.md) [b](c.md)',
        (12, 13),
    ),
    "behind code below a wrapped one": ("[a](\nx.md)\n`x\ny` [b](c.md)", (13, 8)),
    "below names and a wrapped one": ("[r]: x.md\n[a](\nx.md) [b](c.md) [s][r]", (12, 11)),
    "below a name of three lines": ("[r]:\nx.md\n't'\n[b](c.md) [s][r]", (13, 5)),
    "in a heading below names": ("[r]: x.md\n[a](\nx.md) [b](c.md) [s][r]\n===", (12, 11)),
    "wrapped in a note": ("[^1]: See [b](\nc.md)", (11, 1)),
    "behind a wrapped one in a note": ('f[^1]\n\n[^1]: [a](x.md\n    "t") [b](c.md).', (13, 14)),
    "in a note": ("a[^1]\n\n[^1]: d [b](c.md)", (12, 13)),
}


@pytest.mark.parametrize(("text", "place"), LINKS.values(), ids=LINKS.keys())
def test_a_link_has_the_place_of_its_address(text: str, place: tuple[int, int]) -> None:
    """Line and column are those in the file, wherever the link stands."""
    body, _ = convert(text, path="a.md", first_line=10)
    assert [(x.line, x.column) for x in body.links if x.target == "c.md"] == [place]


WRAPPED = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "[words]({})",
                "[more words]( {} )",
                '[words]({} "the title")',
                "![words]( {} 'the title' )",
                "[the words][the {}]",
                "[some `code here` and]( {} )",
                "[![a picture]( {}p )]( {} )",
                "some words {}",
            ]
        ),
        st.lists(st.integers(0, 30), max_size=3),
    ),
    min_size=1,
    max_size=6,
)
INSETS = ("", "> ", "    ", "- ")


@settings(max_examples=150, deadline=None)
@given(WRAPPED, st.sampled_from(INSETS), st.integers(0, 2))
def test_a_link_is_kept_wherever_it_is_wrapped(
    links: list[tuple[str, list[int]]], inset: str, names: int
) -> None:
    """A line may end at any blank in a link: all are there, each where it was typed."""
    written = []
    for number, (form, wraps) in enumerate(links):
        words = form.replace("{}", f"t{number}.md").split(" ")
        ends = ["\n" if at in wraps else " " for at in range(len(words))]
        written.append("".join(word + end for word, end in zip(words, ends, strict=True)))
    lines = [f"[n{name}]: n.md" for name in range(names)] + "".join(written).splitlines()
    below = "  " if inset == "- " else inset
    first = "[^1]: " if inset == "    " else inset
    text = f"\n{below}".join([first + lines[0], *lines[1:]]) + "\n\nA fact.[^1]\n\n"
    text += "" if inset == "    " else "[^1]: q\n\n"
    text += "".join(f"[the t{number}.md]: t{number}.md\n" for number in range(len(links)))
    body, _ = convert(text, path="a.md")
    html = MarkdownIt().use(footnote_plugin, inline=False).render(text)
    expected = re.findall(r'(?:href|src)="([^"#]+)"', html)
    assert sorted(link.target for link in body.links) == sorted(expected)
    if "[![" not in text:
        typed = text.splitlines()
        for link in body.links:
            assert typed[link.line - 1].startswith(link.target, link.column - 1), link


def test_headings_begin_at_the_top_and_skip_no_level() -> None:
    """Levels close up from `top`, six at most; ids are Unicode, distinct, and prefixed only in HTML."""
    text = "## ຄວາມ ຮູ້\n#### A *b*\n## A b\n# A b {x}\n###### ?\n#\n"
    body, _ = convert(text, path="a.md", top=5)
    assert body.headings == (
        Heading(level=5, id="ຄວາມ-ຮູ້", text="ຄວາມ ຮູ້"),
        Heading(level=6, id="a-b", text="A b"),
        Heading(level=5, id="a-b-2", text="A b"),
        Heading(level=5, id="a-b-x", text="A b {x}"),
        Heading(level=6, id="section", text="?"),
    )
    assert body.anchors == tuple(heading.id for heading in body.headings)
    assert '<h6 id="text-a-b">A <em>b</em></h6>' in body.parts[0]
    assert "<h1" not in body.parts[0]


def test_ids_never_double() -> None:
    """A heading yields to an id that raw HTML gives; a second equal id is dropped."""
    body, _ = convert('# A\n\n<p id="a">x</p>\n\n<p id="a">y</p>\n\n[f](#a)', path="a.md")
    assert body.anchors == ("a-2", "a")
    assert [link.target for link in body.links] == ["#a"]


PROBLEMS = {
    "script address": ("a\n\n[x](javascript:alert)", ["12:5 unsafe-link"]),
    "in code it is text": ("`[x](javascript:y)`\n[x](javascript:y)", ["11:5 unsafe-link"]),
    "data address": ("[x](DATA:text/html,y)", ["10:5 unsafe-link"]),
    "other scheme": ("[x][r]\n\n[r]: ftp://a.b/c", ["12:6 unsafe-link"]),
    "mail": ("a\n<x@example.org>", ["11:2 contact-link"]),
    "telephone": ('<a href="tel:+123">x</a>', ["10:10 contact-link"]),
    "remote picture": ("![x](https://a.b/c.png)", ["10:6 remote-picture"]),
    "picture of any host": ("\n![x](//a.b/c.png)", ["11:6 remote-picture"]),
    "picture as data": ('<img alt="x" src="data:image/png;base64,AA">', ["10:19 remote-picture"]),
    "picture without text": (
        "![ ](a.png)\n\n![](b.png)",
        ["10:6 picture-without-text", "12:5 picture-without-text"],
    ),
    "the second of two": (
        "[x](ftp:a) ok\n```\n[x](ftp:a)\n```\n[x](ftp:a)",
        ["10:5 unsafe-link", "14:5 unsafe-link"],
    ),
    "without address": ("[x]()", ["10:5 unsafe-link"]),
    "unreadable address": ("[x](http://[bad)", ["10:5 unsafe-link"]),
    "space in an address": (
        "[x](https://a.b)\n\n[x](https://a .b) [y](http://)\n<https://c .d>",
        ["12:5 unsafe-link", "12:23 unsafe-link", "13:2 unsafe-link"],
    ),
    "remote picture that is unreadable": ("a\n![x](https://a .b/c.png)", ["11:6 remote-picture"]),
    "raw HTML in a list": ('- a\n  - <a href="vbscript:x">y</a>', ["11:14 unsafe-link"]),
}


@pytest.mark.parametrize(("text", "expected"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_a_bad_address_is_told_where_it_stands(text: str, expected: list[str]) -> None:
    """Each address that may not be used is a problem on its line and column."""
    assert told(text) == expected


ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><input type=submit><button formaction=javascript:x>a</button>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a href='&#106;&#x61;vascript:alert(1)'>x</a>",
    "<a href='&#0000106avascript:alert(1)'>x</a>",
    "<a href='javascript&#58;alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='\\\\evil.example/x'>x</a>",
    "[x](javascript:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](a.png \"' onerror='alert(1)\")",
    '![x" onerror="alert(1)](a.png)',
    '[x](a.md "\\" onmouseover=\\"alert(1)")',
    '[x](a.md"onmouseover="alert(1))',
    '[x](https://a.b/"onmouseover="alert(1))',
    "<a href='https://a.b' target=_blank onfocus=alert(1) autofocus>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<template><script>alert(1)</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<p id='x\"><script>alert(1)</script>'>x</p>",
    "<p class='\"><script>alert(1)</script>'>x</p>",
    '```x"><script>alert(1)</script>\ncode\n```',
    '!!! note "<script>alert(1)</script>"\n    x',
    '!!! x"onclick="alert(1)\n    x',
    "[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: <img src=x onerror=alert(1)>",
    "# <script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> |\n|--|\n| `<script>` |",
    "`<script>alert(1)</script>`",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]

ATTRIBUTES = {
    "alt",
    "aria-label",
    "class",
    "colspan",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "rel",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "width",
}
ELEMENTS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
}


def assert_harmless(text: str, settings: MarkdownSettings = DEFAULT_MARKDOWN) -> None:
    """Fail unless the HTML of a text has only known elements, attributes and addresses."""
    body, problems = convert(text, path="a.md", settings=settings)
    assert len(body.parts) == len(body.links) + 1
    assert all(problem.path == "a.md" and problem.line >= 1 for problem in problems)
    html = join(body, ["ok.html"] * len(body.links))
    ids = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in ELEMENTS
        assert set(element.keys()) <= ATTRIBUTES
        for name in ("href", "src"):
            assert re.match(r"ok\.html$|#text-|https?://|//", element.get(name, "ok.html"))
        ids += [element.get("id")] if element.get("id") else []
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(f"text-{anchor}" for anchor in body.anchors)


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_comes_to_nothing(text: str) -> None:
    """No known way to smuggle in a script survives, alone or within other text."""
    assert_harmless(text)
    assert_harmless(f"- a\n  - b {text}\n\n> {text}\n\n[a](b.md)")


PIECES = st.sampled_from(
    [
        *ATTACKS,
        *[
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "<a>",
            "<table>",
            "<td>",
            "<h2>",
            "</h2>",
            "<dl>",
            "<pre>",
        ],
        *[
            "<details>",
            "<summary>",
            "<th>",
            "<figure>",
            "<figcaption>",
            "<p",
            "id=a>",
            "<a",
            "id=a>",
            "<!--",
            "-->",
            "&",
            '"',
            "'",
        ],
        *[
            "\n",
            "\n\n",
            "-",
            "*",
            "+",
            "1.",
            ">",
            "#",
            "##",
            "|",
            "|-",
            ":",
            "`",
            "```",
            "~~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "[^1]",
            "[^1]:",
            "!",
            "!!!",
            "{",
            "}",
            "\\",
            "_",
            "**",
            "\t",
        ],
        "\n    ",
        "!!! note\n    ",
        "<a href='",
        "word",
        "ຄວາມ",
        "a.md",
        "\x00",
        "\ud800",
        "\u202e",
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join))
def test_nothing_typed_breaks_the_page(text: str) -> None:
    """Whatever is typed, nothing raises and only known HTML comes out, the same each time."""
    assert_harmless(text)
    assert convert(text, path="a.md") == convert(text, path="a.md")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_html_nests_as_a_browser_reads_it(text: str) -> None:
    """A browser finds each element where its tags put it."""
    body, _ = convert(text, path="a.md")
    html = join(body, ["ok.html"] * len(body.links))
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    read = [element.tag for element in tree.iter()][1:]
    assert read == re.findall(r"<([a-z][a-z0-9]*)[ >]", html)


@pytest.mark.parametrize(
    "text", ["\n" + "> " * 50 + "a", "\n" + "- " * 50 + "a", "\n" + "1. " * 50 + "a"]
)
def test_deep_nesting_is_refused_on_its_line(text: str) -> None:
    """Text nested beyond what anybody reads is refused where it stands."""
    assert told(text) == ["11:1 text-too-complex"]


@pytest.mark.parametrize("reader", ["commonmark", "python-markdown"])
def test_nothing_of_a_text_stays_in_memory(reader: str) -> None:
    """A tree whose nodes refer to each other is taken apart: comrak would keep it for ever."""

    def nodes() -> int:
        return sum(isinstance(thing, comrak.AstNode) for thing in gc.get_objects())

    text = (
        "# How\n\n> [!NOTE]\n> So[^1] and `this`, a <tag> and [[wiki]].\n\n- [ ] to do\n- [x] done"
        "\n\n| a | b |\n|---|---|\n| [c](d.md) | e\n\n```py x\nf\n```\n\n[^1]: A note.\n\nW\n: X\n"
    )
    before = nodes()
    for deep in ("", "*" * 40 + "> " * 40 + "- " * 120):
        convert(text + deep, path="a.md", settings=MarkdownSettings(reader=reader))
    gc.collect()
    assert nodes() == before
