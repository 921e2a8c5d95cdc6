"""The reader `python-markdown`: for sites that rely on extensions of Python-Markdown.

It reads as MkDocs does with the same `markdown_extensions`, without anything of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

import comrak
from markdown import Markdown

from generator.base.site import PYTHON_NAME, MarkdownSettings
from generator.markdown.limits import check_tags, check_text
from generator.markdown.lints import MOST_REPORTED
from generator.markdown.python_lints import python_lints
from generator.markdown.render import RAW_ADDRESS
from generator.markdown.source import Address, Draft, MarkdownText, TooComplexError
from generator.markdown.tree import Tree
from generator.markdown.unknown_tags import LITERAL_TAG, escape_unknown_tags

MARK_WORK = 20_000_000
"""Python-Markdown looks from each mark to the end of its paragraph."""

LINE_WORK = 4_000_000
"""It copies a paragraph for each heading or rule in it."""

ADDRESS_AS_WORDS = re.compile(r"\[<(https?://[^<>\s]+)>\](?=[(\[])")
MARKS = "*_\\&`[!<>|"


def read_python_markdown(source: MarkdownText, settings: MarkdownSettings) -> Draft:
    """Return the HTML of a text and where its addresses stand.

    Their places are those of a CommonMark reader, which finds the same links in nearly all texts.
    """
    check_text(source)
    _check_work(source)
    tree = Tree(source)
    check_tags(tree)
    marked, lints = escape_unknown_tags(source, tree.plain)
    try:
        html = _reader(settings).reset().convert(_without_links_in_links(marked.text, tree.plain))
    except (Exception, SystemExit) as error:
        _reader.cache_clear()  # it may have been left amid a text
        reason = "the text is nested too deeply"
        if not isinstance(error, RecursionError):
            reason = f"Python-Markdown cannot read this text: {error}"
        raise TooComplexError(source.position(0).line, reason) from error
    return Draft(
        html=html.replace(LITERAL_TAG, "&lt;"),
        source=source,
        addresses=tuple(_addresses(tree)),
        has_html=True,
        lints=[*lints[:MOST_REPORTED], *python_lints(tree, html)],
    )


def _without_links_in_links(text: str, plain: str) -> str:
    """Return the text with `[<https://…>](…)` as `[https://…](…)`: a link does not hold another.

    `plain` is the text with code blanked, each character in its place.
    """
    matches = (match for match in ADDRESS_AS_WORDS.finditer(text) if plain[match.start()] == "[")
    parts, done = [], 0
    for match in matches:
        parts += [text[done : match.start()], f"[{match[1]}]"]
        done = match.end()
    return "".join([*parts, text[done:]])


@lru_cache(maxsize=2)
def _reader(settings: MarkdownSettings) -> Markdown:
    """Return this process's reader: building one takes longer than reading a text."""
    configs = json.loads(settings.configs, object_hook=_with_names)
    return Markdown(extensions=list(settings.extensions), extension_configs=configs)


def _with_names(value: dict[str, Any]) -> object:
    """Return what a name of Python stands for, in a setting that was kept as plain data."""
    if value.keys() != {PYTHON_NAME}:
        return value
    module, _, name = value[PYTHON_NAME].rpartition(".")
    return getattr(import_module(module), name)


def _addresses(tree: Tree) -> Iterator[Address]:
    for node in tree.nodes:
        value = node.node_value
        if isinstance(value, comrak.Link | comrak.Image):
            typed = tree.link(node)
            offset = tree.definitions.get(typed.label, typed.address)
            yield Address(value.value.url, offset)
        elif isinstance(value, comrak.HtmlBlock | comrak.HtmlInline):
            start, end = tree.span(node)
            for match in RAW_ADDRESS.finditer(tree.source.text, start, end):
                group = match.lastindex or 0
                yield Address(match[group], match.start(group))


def _check_work(source: MarkdownText) -> None:
    """Raise TooComplexError where one paragraph would take too long."""
    offset = 0
    for block in source.text.split("\n\n"):
        line = source.position(offset).line
        if sum(map(block.count, MARKS)) * len(block) > MARK_WORK:
            raise TooComplexError(line, "more marks in one paragraph than can be read")
        if block.count("\n") ** 2 > LINE_WORK:
            raise TooComplexError(line, "too many lines without a blank line between them")
        offset += len(block) + 2
