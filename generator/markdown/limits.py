"""How long and how tangled a text may be, so that no text can hold up the build or crash it.

The parser takes time that grows with the length of a text only. What is bound here grows faster
later: elements in one another (comrak builds its tree by recursion, and a thread may have little
stack), cells that a table fills up by itself, tags that a browser would open again.
"""

from __future__ import annotations

import re

from generator.markdown.source import MarkdownText, TooComplexError
from generator.markdown.tree import Tree
from generator.markdown.unknown_tags import CHILDLESS

LONGEST = 100_000
LONGEST_CHAIN = 20
NOTES = 1_000
CELLS = 50_000
OPEN_TAGS = 100
TAGS = 4_000
REOPENED = 100_000

CHAIN = re.compile(
    rf"^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t])|:(?=[ \t])|\[\^[^\[\]\s]+\]:)[ \t]*)"
    rf"{{{LONGEST_CHAIN},}}(?=[^-* \t\n])",
    re.MULTILINE,
)
LINKED = re.compile(rf"[>*+.):-](?:[ \d]*[>*+.):-]){{{LONGEST_CHAIN - 1}}}")
"""In each chain there is this, and it is found sooner."""

IN_RULES = " \t>*+.)0123456789:|-"
"""What the line below the headings of a table is made of, with what may stand before it."""

TAG = re.compile(r"<(/?)(?:([a-zA-Z][a-zA-Z0-9]*)|[@!?/])[^<>\n]*(>?)")


def check_text(source: MarkdownText) -> None:
    """Raise TooComplexError for a text that must not even be parsed."""
    text = source.text
    if len(text) > LONGEST:
        reason = f"the text has {len(text):,} characters, more than {LONGEST:,}"
        raise TooComplexError(source.position(0).line, reason)
    if LINKED.search(text.replace("\t", " ")) and (match := CHAIN.search(text)):
        _refuse(source, match.start(), "lists or quotations nested too deeply to be read")
    if text.count("[^") > NOTES:
        _refuse(source, 0, f"more than {NOTES:,} footnotes")
    _check_tables(source)


def check_tags(tree: Tree) -> None:
    """Raise TooComplexError for more tags, or more of them left open, than can be read."""
    plain = tree.plain
    if plain.count("<") <= OPEN_TAGS // 10:
        return
    blocks = plain.count("\n\n") + 1
    opened = 0
    for number, tag in enumerate(TAG.finditer(plain)):
        if tag[2] and tag[2].lower() not in CHILDLESS:
            opened = max(0, opened - 1) if tag[1] else opened + 1
        if opened > OPEN_TAGS or number > TAGS or opened * blocks > REOPENED:
            reason = "more '<' than can be read, or tags without an end"
            _refuse(tree.source, tag.start(), reason)


def _check_tables(source: MarkdownText) -> None:
    """Each row of a table gets as many cells as there are headings, even where none is typed."""
    if source.text.count("|") * len(source.lines) <= CELLS:
        return
    cells = 0
    columns = 0
    for number, line in enumerate(source.lines):
        if "|" in line and not line.strip(IN_RULES):
            columns = max(columns, line.count("|"))
        elif not line.strip(" \t>"):
            columns = 0
        cells += columns
        if cells > CELLS:
            _refuse(source, source.starts[number], f"a table of more than {CELLS:,} cells")


def _refuse(source: MarkdownText, offset: int, reason: str) -> None:
    raise TooComplexError(source.position(offset).line, reason)
