"""HTML of a CommonMark tree: comrak writes it, and what we want otherwise is replaced before.

`REPLACED` has an entry for each kind of node that is: it takes the place of the node in the tree.
The HTML is not safe: what an author typed as HTML, and every address, is in it as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

import comrak
from comrak import AstNode

from generator.markdown.callouts import UNTITLED
from generator.markdown.nesting import INLINE
from generator.markdown.sanitise import KINDS, LinkKind, judge, readable
from generator.markdown.source import Address, Draft
from generator.markdown.tree import EXTENSIONS, Tree, value_of
from generator.markdown.unknown_tags import LITERAL_TAG

RENDERING = comrak.RenderOptions(unsafe_=True)

WIKI_MARK = "\ufdd1"
"""Stands for the first `[` of a wiki link (`[[name]]`); no text may hold this character."""

SPACE_MARK = "\ufdd2"
"""Stands for a space in an address without angle brackets; no text may hold this character."""

WIKI_LINK = re.compile(rf"{WIKI_MARK}\[([^\[\]]+)\]\]")
RAW_ADDRESS = re.compile(
    r"""\b(?:href|src)\s{0,9}=\s{0,9}(?:"([^"\n]{0,2000})"|'([^'\n]{0,2000})'|([^\s"'<>]+))""",
    re.IGNORECASE,
)
TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
CALLOUT_KIND = re.compile(r"\[!([^\]|\n]+)")
LANGUAGE = re.compile(r"\{[ .]*([^\s{}]+)")


def render(tree: Tree) -> Draft:
    """Return the HTML of a tree, with its links in the order in which they stand in it.

    The tree is used up: nodes in it are replaced.
    """
    replacing = _Replacing(tree, _around_replaced(tree))
    replacing.inside(tree.root)
    tree.root.children = [*tree.root.children, *replacing.footnotes()]
    html = comrak.format_html(tree.root, EXTENSIONS, None, RENDERING).rstrip("\n")
    for mark, meant in ((LITERAL_TAG, "&lt;"), (WIKI_MARK, "["), (SPACE_MARK, " ")):
        html = html.replace(mark, meant)
    return Draft(
        html=html,
        source=tree.source,
        addresses=replacing.addresses,
        has_html=replacing.has_html,
    )


def _around_replaced(tree: Tree) -> set[int]:
    """Return the identity of each node that holds one which is replaced: most hold none."""
    # A text alone is replaced for its mark, which an author may have spelled as a number too.
    marked = WIKI_MARK in tree.source.text or "&#" in tree.source.text
    around: set[int] = set()
    for node in tree.of(*(kind for kind in REPLACED if marked or kind is not comrak.Text)):
        above = node.parent
        while above and id(above) not in around:
            around.add(id(above))
            above = above.parent
    return around


class _Replacing:
    """One walk along a tree, in the order of the HTML, through the nodes named `around`."""

    def __init__(self, tree: Tree, around: set[int]) -> None:
        self.tree = tree
        self.around = around
        self.addresses: list[Address] = []
        self.has_html = False
        self.in_link = False
        self.in_title = False
        self.numbers: dict[str, int] = {}
        self.order: list[str] = []
        self.calls: dict[str, int] = {}
        self.notes: dict[str, list[AstNode]] = {}
        for node in tree.of(comrak.FootnoteDefinition):
            self.notes.setdefault(value_of(node).name, []).append(node)

    def inside(self, node: AstNode) -> list[AstNode]:
        """Replace what is in a node, and return what is in it then."""
        if id(node) in self.around:
            node.children = [new for child in node.children for new in self.instead_of(child)]
        return node.children

    def instead_of(self, node: AstNode) -> list[AstNode]:
        """Return what takes the place of a node."""
        if replace := REPLACED.get(type(node.node_value)):
            return replace(self, node)
        self.inside(node)
        return [node]

    def task(self, node: AstNode) -> list[AstNode]:
        state = "done" if value_of(node).symbol else "open"
        mark = _inline(f'<span class="task-{state}"></span> ')
        listed: comrak.NodeList = value_of(node.parent or node)
        inside = self.inside(node)
        if inside and isinstance(inside[0].node_value, comrak.Paragraph):
            inside[0].children = [mark, *inside[0].children]
        else:
            inside = [mark, *inside]
        return [AstNode(comrak.Item(listed), node.sourcepos, None, inside)]

    def definition(self, node: AstNode) -> list[AstNode]:
        if len(self.inside(node)) > 1:  # comrak calls a list tight for its first definition alone
            node.children = _loose(node.children)
        return [node]

    def code_block(self, node: AstNode) -> list[AstNode]:
        value = value_of(node)
        attributes = LANGUAGE.match(value.info) if value.fenced else None
        if attributes is None:
            return [node]
        code = escape(value.literal, quote=False)
        language = escape(attributes[1])
        return [_block(f'<pre><code class="language-{language}">{code}</code></pre>\n')]

    def html_block(self, node: AstNode) -> list[AstNode]:
        return self.html(node, value_of(node).literal)

    def html_inline(self, node: AstNode) -> list[AstNode]:
        tag = TAG_NAME.match(value_of(node))
        if self.in_title and tag and tag[1].lower() not in INLINE:
            return [_inline(escape(value_of(node), quote=False))]  # a title is one paragraph
        return self.html(node, value_of(node))

    def html(self, node: AstNode, literal: str) -> list[AstNode]:
        """Note the addresses in HTML as it was typed."""
        self.has_html = True
        text, (start, end) = self.tree.source.text, self.tree.span(node)
        as_typed, place = text.startswith(literal.rstrip("\n"), start), start
        for match in RAW_ADDRESS.finditer(literal):
            group = match.lastindex or 0
            inside = match.start(group) - match.start()
            if as_typed:
                place = start + match.start(group)
            elif (begin := text.find(match[0], place, end)) >= 0:
                place = begin + inside
            else:
                place = max(place, text.find(match[group], place))
            self.addresses.append(Address(match[group], place))
        return [node]

    def callout(self, node: AstNode) -> list[AstNode]:
        value = value_of(node)
        title: list[AstNode] = []
        if value.metadata != UNTITLED:
            title = [_inline(escape(self.kind_as_typed(node, value.callout_type)))]
        inside = node.children
        if inside and isinstance(inside[0].node_value, comrak.CalloutTitle):
            self.in_title = True
            title = [new for part in inside.pop(0).children for new in self.title_words(part)]
            self.in_title = False
        if title:
            title = [_inline('<p class="admonition-title">'), *title, _inline("</p>\n")]
        body = _loose([new for child in inside for new in self.instead_of(child)])
        begin = f'<div class="admonition {escape(value.callout_type)}">\n'
        return [_block(begin), *title, *body, _block("</div>\n")]

    def kind_as_typed(self, node: AstNode, kind: str) -> str:
        """Return the kind of a call-out as its title: a kind of the author's keeps its capitals."""
        typed = CALLOUT_KIND.search(self.tree.source.text, *self.tree.span(node))
        if kind.lower() in KINDS or typed is None:
            return kind.capitalize()
        return typed[1][:1].upper() + typed[1][1:]

    def title_words(self, block: AstNode) -> list[AstNode]:
        """Return what is in a block of a title; HTML that cannot stand in one line is words."""
        if isinstance(block.node_value, comrak.HtmlBlock):
            return [_inline(escape(value_of(block).literal.strip(), quote=False))]
        return self.inside(block)

    def text(self, node: AstNode) -> list[AstNode]:
        """Put wiki links as they were typed, with the slot of a link that leads nowhere inside.

        Where links are resolved the files that may be meant are known.
        """
        words = value_of(node)
        if WIKI_MARK not in words:
            return [node]
        (place, end), done = self.tree.span(node), 0
        html: list[str] = []
        for match in WIKI_LINK.finditer(words):
            place = max(place, self.tree.source.text.find(WIKI_MARK, place, end))
            self.addresses.append(Address(f"[[{match[1]}]]", place))
            name = escape(match[1])
            html += [escape(words[done : match.start()]), f'[[<a href="[[{name}]]">{name}</a>]]']
            done = match.end()
            place += 1
        return [_inline("".join([*html, escape(words[done:])]))]

    def link(self, node: AstNode) -> list[AstNode]:
        url, typed = value_of(node).url, self.tree.link(node)
        is_words = typed.bare and (judge(url) != LinkKind.EXTERNAL or not readable(url))
        if self.in_link or is_words:  # a link does not stand in a link
            return self.inside(node)
        begin = _inline(f'<a href="{self.address(node)}"{_title(node)}>')
        self.in_link = True
        inside = self.inside(node)
        self.in_link = False
        return [begin, *inside, _inline("</a>")]

    def image(self, node: AstNode) -> list[AstNode]:
        alt = escape(" ".join(_words(node).split()))
        return [_inline(f'<img alt="{alt}" src="{self.address(node)}"{_title(node)}>')]

    def address(self, node: AstNode) -> str:
        """Return the address of a link as it was typed, for HTML, and note where it stands."""
        url, typed = value_of(node).url, self.tree.link(node)
        offset = self.tree.definitions.get(typed.label, typed.address)
        self.addresses.append(Address(url.replace(SPACE_MARK, " "), offset))
        return escape(url)

    def footnote_call(self, node: AstNode) -> list[AstNode]:
        name = value_of(node).name
        call = self.calls[name] = self.calls.get(name, 0) + 1
        link = f'<a href="#fn:{escape(name)}" class="footnote-ref">{self.number(name)}</a>'
        return [_inline(f'<sup id="{_anchor(name, call)}">{link}</sup>')]

    def number(self, name: str) -> int:
        """Return the number of a note: that of its first call."""
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers) + 1
            self.order.append(name)
        return self.numbers[name]

    def footnotes(self) -> list[AstNode]:
        """Return the notes: in the order of their calls, unused ones last, with links back."""
        notes: list[tuple[str, list[AstNode]]] = []
        done = 0
        while done < len(self.order) or self.number_unused():  # notes may call others
            name, done = self.order[done], done + 1
            inside = [new for one in self.notes.get(name, ()) for new in self.inside(one)]
            notes.append((name, inside))
        if not notes:
            return []
        items = [item for note in notes for item in self.note(*note)]
        return [_block('<div class="footnote">\n<hr>\n<ol>\n'), *items, _block("</ol>\n</div>\n")]

    def note(self, name: str, inside: list[AstNode]) -> list[AstNode]:
        """Return the item of a note, its links back in its last paragraph or below it."""
        links = self.back_links(name)
        if links and inside and isinstance(inside[-1].node_value, comrak.Paragraph):
            inside[-1].children = [*inside[-1].children, _inline(links)]
        elif links:
            inside = [*inside, _block(f"<p>{links.removeprefix('&nbsp;')}</p>\n")]
        return [_block(f'<li id="fn:{escape(name)}">\n'), *inside, _block("</li>\n")]

    def number_unused(self) -> bool:
        """Give the next number to a note that nothing calls, and tell whether there is one."""
        unused = next((name for name in self.notes if name not in self.numbers), None)
        return unused is not None and bool(self.number(unused))

    def back_links(self, name: str) -> str:
        """Return the links from a note to each of its calls."""
        number = self.numbers[name]
        places = (
            "" if call == 1 else f", place {call}" for call in range(1, self.calls.get(name, 0) + 1)
        )
        return "".join(
            f'&nbsp;<a href="#{_anchor(name, call)}" class="footnote-backref" '
            f'title="Back to note {number} in the text{place}">↩</a>'
            for call, place in enumerate(places, 1)
        )


NOWHERE = comrak.Sourcepos(comrak.LineColumn(1, 1), comrak.LineColumn(1, 1))


def _inline(html: str) -> AstNode:
    return AstNode(comrak.HtmlInline(html), NOWHERE, None, [])


def _block(html: str) -> AstNode:
    return AstNode(comrak.HtmlBlock(comrak.NodeHtmlBlock(6, html)), NOWHERE, None, [])


def _loose(nodes: list[AstNode]) -> list[AstNode]:
    """Return nodes whose paragraphs are written as such in a tight list, too."""
    return [
        new
        for node in nodes
        for new in (
            [_inline("<p>"), *node.children, _inline("</p>\n")]
            if isinstance(node.node_value, comrak.Paragraph)
            else [node]
        )
    ]


def _anchor(name: str, call: int) -> str:
    return f"fnref{call if call > 1 else ''}:{escape(name)}"


def _title(node: AstNode) -> str:
    title = value_of(node).title
    return f' title="{escape(title)}"' if title else ""


def _words(node: AstNode) -> str:
    """Return the text in a node, without its marks; HTML in it is words, as it was typed."""
    match node.node_value:
        case comrak.Text() | comrak.HtmlInline():
            return str(value_of(node))
        case comrak.Code():
            return str(value_of(node).literal)
        case comrak.SoftBreak() | comrak.LineBreak():
            return " "
    return "".join(map(_words, node.children))


REPLACED: Mapping[type, Callable[[_Replacing, AstNode], list[AstNode]]] = {
    comrak.TaskItem: _Replacing.task,
    comrak.DescriptionDetails: _Replacing.definition,
    comrak.CodeBlock: _Replacing.code_block,
    comrak.HtmlBlock: _Replacing.html_block,
    comrak.HtmlInline: _Replacing.html_inline,
    comrak.Callout: _Replacing.callout,
    comrak.Text: _Replacing.text,
    comrak.Link: _Replacing.link,
    comrak.Image: _Replacing.image,
    comrak.FootnoteReference: _Replacing.footnote_call,
    comrak.FootnoteDefinition: lambda _walk, _node: [],
}
