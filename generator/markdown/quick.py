"""Owns the shortcuts for Python-Markdown: what cannot be in a text is not looked for in it.

A shortcut leaves out only work that would change nothing; beside each stands why that is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import Element

from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.util import Registry

BREAK = "  \n"
MARKS = {
    "backtick": ("`",),
    "escape": ("\\",),
    **dict.fromkeys(("footnote", "reference", "link", "short_reference"), ("[",)),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), ("![",)),
    **dict.fromkeys(("autolink", "automail", "html"), ("<",)),
    "linebreak": (BREAK,),
    "entity": ("&",),
    **dict.fromkeys(("em_strong", "em_strong2", "not_strong"), ("*", "_")),
}
"""The marks of which each inline pattern needs one."""

ANY_MARK = re.compile(rf"[`\\\[<&*_{STX}]")
UNTIDY = (STX, ETX, "\r", "\t", " \n")
WORDS = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*")


class Quick(Extension):
    """Has a text read in less time, to the same HTML; to be named after all other extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put the shortcuts in place."""
        md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
        md.preprocessors.register(_Html(md), "html_block", 20)
        md.parser.blockprocessors.register(_Words(md.parser), "words", 110)
        known = {md.inlinePatterns[name] for name in MARKS if name in md.inlinePatterns}
        if known.issuperset(md.inlinePatterns):
            md.treeprocessors.register(_Inline(md), "inline", 20)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)
        md.parser.blockprocessors = _listed(md.parser.blockprocessors)
        # It is only asked what it holds, and a set answers sooner than a list.
        md.block_level_elements = cast("list[str]", frozenset(md.block_level_elements))


def _listed(processors: Iterable[object]) -> Registry[Any]:
    """Return a list in the place of a registry, of which only its order and length are asked."""
    return cast("Registry[Any]", list(processors))


class _Whitespace(NormalizeWhitespace):
    """Rewrites a text only where there is something to rewrite; two empty lines always follow."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join([*lines, ""])
        tidy = not any(mark in source for mark in UNTIDY)
        return [*lines, "", ""] if tidy else super().run(lines)


class _Html(HtmlBlockPreprocessor):
    """Looks for raw HTML only in a text with one of its marks: any other it would hand on."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Words(ParagraphProcessor):
    """Takes for a paragraph what has a letter first on each line: no other block has."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return WORDS.fullmatch(block) is not None


class _Inline(InlineProcessor):
    """Tries only patterns whose marks are there: no pattern makes a mark that was not typed."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        named = {name: md.inlinePatterns[name] for name in MARKS if name in md.inlinePatterns}
        marks = {pattern: MARKS[name] for name, pattern in named.items()}
        self.every = [(marks[pattern], pattern) for pattern in md.inlinePatterns]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        whole = "".join(tree.itertext())
        self.inlinePatterns = _listed(
            pattern for marks, pattern in self.every if any(mark in whole for mark in marks)
        )
        for element in tree.iter():
            if element.text:
                element.text = _closed(element.text)
            if element.tail:
                element.tail = _closed(element.tail)
        return super().run(tree, ancestors)


def _closed(text: str) -> str:
    """Return a text in such a way that no pattern is tried on it, if there is no mark in it."""
    return text if ANY_MARK.search(text) or BREAK in text else AtomicString(text)


class _Unescape(UnescapeTreeprocessor):
    """Looks at each element only if anything in the whole tree was escaped."""

    def run(self, root: Element) -> None:
        values = (value for element in root.iter() for value in element.attrib.values() if value)
        if self.RE.search("".join((*root.itertext(), *values))):
            super().run(root)
