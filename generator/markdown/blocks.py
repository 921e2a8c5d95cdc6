"""Owns how call-outs, headings and fenced code are read, and puts the reading of lists in place."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListIndentProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import nearing_recursion_limit

from generator.markdown.link_marks import fences
from generator.markdown.lists import Lists, indent

if TYPE_CHECKING:
    from markdown import Markdown

HEADING = re.compile(
    r"(?:^|\n)(?P<level>#{1,6})(?!#)(?P<header>(?:[ ]+[^\n]*?)?)(?:[ ]#+)?[ ]*(?:\n|$)"
)
CALL_OUT = re.compile(r'(?:^|\n)!!! ?([\w-]+)(?: +[\w-]+)*(?: +"([^"\n]*)")? *(?:\n|$)')
CODE = " " * 4


class CommonBlocks(Extension):
    """Reads lists, call-outs (`!!! note "Title"`), headings and fences in place of the defaults."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put our readers of blocks in the place of the default ones."""
        md.preprocessors.register(_Fences(md), "fences", 25)
        blocks = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist"):
            blocks.deregister(name)
        blocks.register(_CallOut(md.parser), "call_out", 105)
        blocks.register(Lists(md.parser), "lists", 72)
        blocks.register(_DefinitionIndent(md.parser), "defindent", 85)
        blocks.register(_Headings(md.parser), "hashheader", 70)


class _DefinitionIndent(DefListIndentProcessor):
    """Reads what goes on in a definition, and keeps off lists."""

    ITEM_TYPES = ["dd"]  # noqa: RUF012 - declared by the base class
    LIST_TYPES = ["dl"]  # noqa: RUF012


class _Headings(HashHeaderProcessor):
    """Reads `#` as a heading only before a blank."""

    RE = HEADING

    def test(self, parent: Element, block: str) -> bool:
        return "#" in block and super().test(parent, block)


class _CallOut(BlockProcessor):
    """Builds `div.admonition` from `!!! kind "title"` and all that is indented below it."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return "!!!" in block and bool(CALL_OUT.search(block)) and not nearing_recursion_limit()

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        mark = CALL_OUT.search(block)
        if mark is None:
            raise AssertionError(block)
        if mark.start():
            self.parser.parseBlocks(parent, [block[: mark.start()]])
        inside, rest = self.detab(block[mark.end() :])
        while not rest and blocks and (blocks[0].startswith(CODE) or not blocks[0].strip()):
            more, rest = self.detab(blocks.pop(0))
            inside += "\n\n" + more
        if rest:
            blocks.insert(0, rest)
        self._build(parent, mark, inside)

    def _build(self, parent: Element, mark: re.Match[str], inside: str) -> None:
        kind = mark[1].lower()
        box = SubElement(parent, "div", {"class": f"admonition {kind}"})
        title = kind.capitalize() if mark[2] is None else mark[2]
        if title:
            SubElement(box, "p", {"class": "admonition-title"}).text = title
        self.parser.state.set("call-out")
        self.parser.parseChunk(box, inside)
        self.parser.state.reset()


class _Fences(Preprocessor):
    """Puts fenced code away before anything else can read it."""

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        place = 0
        for fence in fences(lines):
            kept += lines[place : fence.start]
            code = "\n".join(line[min(indent(line), fence.indent) :] for line in fence.code(lines))
            shown = self.md.htmlStash.store(_pre(code, fence.language))
            gap = [] if fence.in_list else [""]
            kept += [*gap, " " * fence.indent + shown, *gap]
            place = fence.end
        return kept + lines[place:]


def _pre(code: str, language: str) -> str:
    named = f' class="language-{html.escape(language)}"' if language else ""
    return f"<pre><code{named}>{html.escape(code, quote=False)}\n</code></pre>"
