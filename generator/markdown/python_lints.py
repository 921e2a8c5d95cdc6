"""What the reader `python-markdown` drops or shows as typed, which its extensions have a say in.

The checks look at the tree of a CommonMark reader. So each lint is believed only where the HTML
that Python-Markdown made shows the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import islice, pairwise

import comrak

from generator.markdown.lints import (
    MOST_REPORTED,
    LintCheck,
    notes,
    spaced_links,
    unused_definitions,
)
from generator.markdown.mark_slips import unreachable_words, unread_links, unread_marks
from generator.markdown.pasted_lists import NUMBER, unread_lists, unread_numbers
from generator.markdown.pasted_tables import (
    extra_cells,
    tabbed_tables,
    tables_without_rule,
    unread_tables,
)
from generator.markdown.reporting import lint_at, quoted
from generator.markdown.sanitise import KINDS
from generator.markdown.source import Lint, MarkdownText
from generator.markdown.tree import COMMENT, Tree, blanked, label, value_of
from generator.markdown.unknown_tags import KNOWN

ANY_TAG = re.compile(r"<[^<>]*>")
PARENTHESIS = re.compile(r"(\d{1,9})\)[ \t]+(.*)")
START = re.compile(r'<ol start="(\d+)"')
BRACKETED = re.compile(r"\[([^\[\]\n]+)\]")
NAME = re.compile(r"^[ \t>]*\[([^\[\]\n]+)\]:", re.MULTILINE)
NAMED = re.compile(r"(?<=\])\[([^\[\]\n]*)\]")
ENTITY = re.compile(r"&#?\w{1,40};")
WORD = re.compile(r"(?=[^\W_]{2})[\d]*[^\W\d_][^\W_]*")
UNSEEN = re.compile(r' class="[^"]*"|<https?:[^<>]*>')
NO_WORDS = (
    COMMENT,
    re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ ]?[\w+#.-]*", re.MULTILINE),
    re.compile(rf"</?(?:{'|'.join(sorted(KNOWN))})(?=[\s/>])[^<>]*>", re.IGNORECASE),
    re.compile(r"\{[^{}\n]*\}|\[TOC\]"),
    re.compile(
        rf"^[ \t]*(?:!!!|\?\?\?\+?)[ ]?(?:{'|'.join(KINDS)})\b", re.IGNORECASE | re.MULTILINE
    ),
)
"""What is never shown as words: comments, languages, tags, attributes, kinds of call-outs."""

LOST = frozenset({"extra-cell", "unused-definition", "repeated-definition", "repeated-note"})
"""The codes of lints that say that words are not on the page; most others say that they are."""

CERTAIN = frozenset({"unreachable-link", "changed-number"})
"""The codes of lints that do not depend on how the words are shown."""

DEPENDENT = frozenset({"unused-note", "undefined-note"})
"""The codes of lints that are right with an extension for notes only, which shows these words."""


def lists_of_commonmark(tree: Tree) -> Iterator[Lint]:
    """Yield lists that Python-Markdown does not know: `1) one`, or right below a line of text."""
    pairs = (pair for node in tree.nodes for pair in pairwise([None, *node.children]))
    for before, node in pairs:
        if node is None or not isinstance(node.node_value, comrak.List):
            continue
        start = tree.start(node)
        line = tree.source.rest_of_line(start)
        hint = ""
        if typed := PARENTHESIS.match(line):
            hint = f"write '{typed[1]}. {quoted(typed[2])}', and so with each point"
        elif before is not None and isinstance(before.node_value, comrak.Paragraph):
            near = node.sourcepos.start.line - before.sourcepos.end.line == 1
            hint = "put an empty line before the first point" if near else ""
        if hint:
            message = f"'{quoted(line)}' is not read as a point of a list"
            yield lint_at(tree, start, "unread-list", message, hint)


def restarted_numbers(tree: Tree, starts: frozenset[str], text: str) -> Iterator[Lint]:
    """Yield lists that do not begin with the number that was typed, or skip some."""
    for node in tree.of(comrak.List):
        if value_of(node).list_type != comrak.ListType.Ordered:
            continue
        places = [tree.start(item) for item in node.children]
        numbers = [NUMBER.match(tree.source.text, start) for start in places]
        typed = [int(number[0]) for number in numbers if number]
        first = typed[0] if typed and str(typed[0]) in starts else 1
        if not typed or (len(set(typed)) == 1 and len(typed) > 1):
            continue
        expected = range(first, first + len(typed))
        for place, number, visible in zip(places, typed, expected, strict=False):
            if number != visible and not _is_shown(tree.source, place, text):
                message = f"the number {number} is shown as {visible}"
                hint = "number the points one after the other from 1, or begin them with '- '"
                yield lint_at(tree, place, "changed-number", message, hint)
                break


def lost_words(tree: Tree, html: str) -> Iterator[Lint]:
    """Yield the words of each line that the HTML has nowhere, whatever extension dropped them.

    What other lints say of words may be part of the HTML, so that nothing is told twice.
    """
    visible = frozenset(WORD.findall(unescape(UNSEEN.sub("", html)).casefold()))
    text = tree.source.text
    used = Counter(label(match[1]) for match in BRACKETED.finditer(text))
    names = [match for match in NAME.finditer(text) if used[label(match[1])] > 1]
    defined = {label(match[1]) for match in names}
    names += [match for match in NAMED.finditer(text) if label(match[1]) in defined]
    spans = [match.span() for pattern in NO_WORDS for match in pattern.finditer(text)]
    spans += [sign.span() for sign in ENTITY.finditer(text) if unescape(sign[0]) != sign[0]]
    text = blanked(text, [*spans, *(match.span() for match in names)])
    offset = 0
    for line in text.split("\n"):
        lost = [word for word in WORD.finditer(line) if word[0].casefold() not in visible]
        if lost:
            words = " ".join(word[0] for word in lost)
            message = f"'{quoted(words)}' is not shown"
            hint = "write the words in a line of their own, with an empty line before and after it"
            yield lint_at(tree, offset + lost[0].start(), "lost-words", message, hint)
        offset += len(line) + 1


CHECKS: tuple[LintCheck, ...] = (
    unused_definitions,
    extra_cells,
    unread_tables,
    tables_without_rule,
    tabbed_tables,
    notes,
    spaced_links,
    unread_links,
    unreachable_words,
    unread_lists,
    unread_numbers,
    lists_of_commonmark,
    unread_marks,
)


def python_lints(tree: Tree, html: str) -> list[Lint]:
    """Return what is to be reported of a text of which Python-Markdown made this HTML."""
    text = " ".join(unescape(ANY_TAG.sub(" ", html)).split())
    reported = [lint for check in CHECKS for lint in islice(check(tree), MOST_REPORTED)]
    starts = frozenset(START.findall(html))
    numbers = list(islice(restarted_numbers(tree, starts, text), MOST_REPORTED))
    true = [lint for lint in reported if _is_true(lint, tree.source, text)] + numbers
    messages = " ".join(lint.message for lint in true)
    return [*true, *islice(lost_words(tree, f"{html} {messages}"), MOST_REPORTED)]


def _is_true(lint: Lint, source: MarkdownText, text: str) -> bool:
    """Tell whether the page bears out a lint: the words are there as typed, or they are not."""
    if lint.code in CERTAIN:
        return True
    place = source.starts[lint.position.line - source.origins[0].line] + lint.position.column - 1
    if lint.code in LOST:
        first = source.rest_of_line(place).split()[:1]
        return all(text.count(word) < source.text.count(word) for word in first)
    return lint.code not in DEPENDENT and _is_shown(source, place, text)


def _is_shown(source: MarkdownText, place: int, text: str) -> bool:
    """Tell whether the first words of a line stand in the text of the page as they were typed."""
    words = source.rest_of_line(place).split(maxsplit=2)[:2]
    plain = words[:1] + [word for word in words[1:] if not re.search(r"[][*_`<>&\\]", word)]
    return " ".join(plain) in text
