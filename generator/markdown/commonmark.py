"""The reader `commonmark`: CommonMark with GitHub's additions, call-outs and definition lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.markdown import callouts
from generator.markdown.callouts import UNTITLED
from generator.markdown.limits import check_tags, check_text
from generator.markdown.lints import MOST_REPORTED, PROSE, TITLE, lints
from generator.markdown.render import SPACE_MARK, WIKI_MARK, render
from generator.markdown.source import Draft, Lint, MarkdownText
from generator.markdown.tree import Tree, label
from generator.markdown.unknown_tags import escape_unknown_tags

WIKI = re.compile(r"(?<![\\\w\[])\[\[([^\[\]\n]+)\]\](?![\](\[:])")
NOTE_NAME = re.compile(r"\[\^([^\[\]\n]*[ \t][^\[\]\n]*)\]")
NO_CALL_OUT = re.compile(
    rf"^[ \t>*+.):\d-]*(?:\[\^[^\]\n]+\]:[ \t]*)?>[ \t]*"
    rf"\[!(?![\w-]+(?:\|{UNTITLED})?\])[^\]\n]*\](?=[-+\s]|$)",
    re.MULTILINE,
)
"""A quotation that comrak would take for a call-out, so that words between the brackets go."""

SPACED_ADDRESS = re.compile(r"\]\([ \t]{0,9}([^()<>\n]*)\)")
OURS = re.compile(
    r"(?:case|term):.*|[^:]*\.(?:md|markdown|html?|png|jpe?g|gif|webp|avif)(?:#.*)?", re.IGNORECASE
)
"""Addresses that may have a space in them: `[x](case:Old name)`, `[x](my file.md)`."""

MOST_PASSES = 3
"""A tag that was taken for words may have hidden others: the text is read again, so often."""


def read_commonmark(source: MarkdownText) -> Draft:
    """Return the HTML of a text, where its addresses stand, and what is to be reported."""
    check_text(source)
    tree, tag_lints = _tree(source)
    reported = (*tag_lints[:MOST_REPORTED], *lints(tree))  # rendering uses the tree up
    return replace(render(tree), lints=reported)


def _tree(source: MarkdownText) -> tuple[Tree, list[Lint]]:
    """Return the tree of the text in which call-outs, unknown tags and wiki links are marked."""
    tree = callouts.parsed(source)
    rewritten = tree.source
    tag_lints: list[Lint] = []
    for _ in range(MOST_PASSES):
        check_tags(tree)
        typed, read = rewritten.text, tree.source.text
        marked, tag_lints = escape_unknown_tags(rewritten, _as_typed(tree.plain, read, typed))
        marked = _with_marks(marked, _as_typed(tree.prose, read, typed))
        if marked.text == tree.source.text:
            break
        tree = Tree(marked)
    return tree, tag_lints


def _as_typed(prose: str, read: str, typed: str) -> str:
    """Return the prose of a text that was read with marks in it, as it was typed without them."""
    if read == typed:
        return prose
    characters = zip(prose, read, typed, strict=True)
    return "".join(own if visible == mark else visible for visible, mark, own in characters)


def _with_marks(source: MarkdownText, prose: str) -> MarkdownText:
    """Mark each wiki link and each space in an address, and make the names of notes one word.

    A mark takes the place of one character, so that all others keep theirs.
    """
    marks = list(_marks(prose))
    if not marks:
        return source
    characters = list(source.text)
    for at, mark in marks:
        characters[at] = mark
    return source.with_text("".join(characters))


def _marks(prose: str) -> Iterator[tuple[int, str]]:
    """Yield the index of each character that a mark stands for, and the mark."""
    for match in WIKI.finditer(prose) if "[[" in prose else ():
        if not PROSE.fullmatch(match[1].partition("|")[0].strip()):
            yield match.start(), WIKI_MARK
    for match in NO_CALL_OUT.finditer(prose) if "[!" in prose else ():
        yield prose.index("[!", match.start()), WIKI_MARK
    notes = list(NOTE_NAME.finditer(prose)) if "[^" in prose else []
    texts = {label(note[1]) for note in notes if prose.startswith(":", note.end())}
    for note in notes:
        if label(note[1]) in texts:
            yield from ((at, "-") for at in range(*note.span()) if prose[at] in " \t")
    for match in SPACED_ADDRESS.finditer(prose) if "](" in prose else ():
        typed = TITLE.sub("", match[1]).rstrip() if " " in match[1] else ""
        if " " in typed and OURS.fullmatch(typed):
            start = match.start(1)
            spaces = (at for at in range(start, start + len(typed)) if prose[at] == " ")
            yield from ((at, SPACE_MARK) for at in spaces)
