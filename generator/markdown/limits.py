"""Owns how long and how tangled a text may be, so that no text can hold up the build.

The limits come from measuring: each names something on which Python-Markdown's time grows with
the square of its number. At its limit each costs about a second; honest texts stay far below.
"""

from __future__ import annotations

import re

from generator.markdown.link_marks import mask

LONGEST = 100_000
DEEPEST_INDENT = 100
LONGEST_CHAIN = 20
PLACEHOLDER = 14
OPEN_TAGS = 100
NOTES = 1_000
HEADINGS = 1_000
TAGS = 4_000
BRACKET_WORK = 10_000_000
LINE_WORK = 4_000_000
MARK_WORK = 100_000_000
LOOSE_WORK = 10_000_000
TICK_WORK = 20_000_000

MARK = re.compile(r"[*_\\&`]")
BLANK = re.compile(r"\n[ ]*\n")
MARKS = r"(?:(?:>|[-*+](?= )|\d{1,9}[.)](?= )|:(?= )) {0,9})"
CHAIN = re.compile(rf"^ *{MARKS}{{{LONGEST_CHAIN},}}(?=[^-* \n])", re.MULTILINE)
LINKED = re.compile(rf"[>*+.):-](?:[ \d]*[>*+.):-]){{{LONGEST_CHAIN - 1}}}")
"""In each chain there is this, and it is found sooner."""

HEADING = re.compile(rf" *{MARKS}*#{{1,6}}(?: |$)")
UNDERLINE = re.compile(r"(?:=+|-+) *$")
INDENT = re.compile(rf"^ {{{DEEPEST_INDENT},}}\S", re.MULTILINE)
TAG = re.compile(r"<(/?)(?:([a-zA-Z][a-zA-Z0-9]*)|[@!?/])[^<>\n]*(>?)")
CHILDLESS = frozenset({"br", "hr", "img", "wbr", "p", "li", "td", "th", "tr", "dt", "dd"})


def overlong(text: str) -> tuple[int, str] | None:
    """Return the first line and that the text is too long, or None."""
    if len(text) > LONGEST:
        return 1, f"the text has {len(text):,} characters, more than {LONGEST:,}"
    return None


def excess(text: str, masked: str) -> tuple[int, str] | None:
    """Return the line and what there is too much of, or None for a text that can be read.

    `masked` is the text with all code blanked.
    """
    plain = masked
    if "\t" in text:
        text = text.expandtabs(4)
        plain = mask(text)
    if LINKED.search(plain) and (found := CHAIN.search(plain)):
        return _line(plain, found.start()), "lists or quotations nested too deeply to be read"
    if " " * DEEPEST_INDENT in plain and (found := INDENT.search(plain)):
        return _line(plain, found.start()), "text nested too deeply to be read"
    if plain.count("[^") > NOTES:
        return 1, f"more than {NOTES:,} footnotes"
    return _headings(plain) or _tags(plain) or _blocks(plain, text) or _ticks(text)


def _headings(plain: str) -> tuple[int, str] | None:
    if plain.count("#") + plain.count("\n=") + plain.count("\n-") <= HEADINGS:
        return None
    number, before = 0, ""
    for line, text in enumerate(plain.split("\n"), 1):
        number += bool(HEADING.match(text) or (before.strip() and UNDERLINE.match(text)))
        before = text
        if number > HEADINGS:
            return line, f"more than {HEADINGS:,} headings"
    return None


def _tags(plain: str) -> tuple[int, str] | None:
    opened = loose = 0
    for number, tag in enumerate(TAG.finditer(plain)):
        loose += not tag[3]
        if tag[2] and tag[2].lower() not in CHILDLESS:
            opened = max(0, opened - 1) if tag[1] else opened + 1
        if opened > OPEN_TAGS or number > TAGS or loose * len(plain) > LOOSE_WORK:
            return _line(plain, tag.start()), "more '<' than can be read, or tags without an end"
    return None


def _blocks(plain: str, text: str) -> tuple[int, str] | None:
    if _is_small(plain, text):
        return None
    whole = mask(text, spans=False)
    gaps = [gap.span() for gap in BLANK.finditer(whole)]
    begins, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(whole)]
    brackets = lines = marks = 0
    for at, end in zip(begins, ends, strict=True):
        block = plain[at:end]
        brackets += _bracket_work(block, whole[at:end])
        marks += len(MARK.findall(block)) * len(block)
        lines += block.count("\n") ** 2
        if brackets > BRACKET_WORK:
            return _line(plain, at), "more '[' than can be read"
        if marks > MARK_WORK:
            return _line(
                plain, at
            ), "more of '*', '_', '\\' and '&' in one paragraph than can be read"
        if lines > LINE_WORK:
            return _line(plain, at), "too many lines without a blank line between them"
    return None


def _ticks(text: str) -> tuple[int, str] | None:
    """Look at lines as the reader of tables does: pipe by pipe, whether it is in code."""
    if _tick_work(text) <= TICK_WORK:
        return None
    work = 0
    for line, words in enumerate(text.split("\n"), 1):
        work += _tick_work(words)
        if work > TICK_WORK:
            return line, "more '`' in one line than can be read"
    return None


def _tick_work(line: str) -> int:
    ticks = line.count("`")
    return ticks * (ticks + line.count("|"))


def _is_small(plain: str, text: str) -> bool:
    """Tell whether a text keeps the limits of a block even as one block."""
    marks = sum(map(plain.count, "*_\\&`"))
    return (
        _bracket_work(plain, text) <= BRACKET_WORK
        and marks * len(plain) <= MARK_WORK
        and plain.count("\n") ** 2 <= LINE_WORK
    )


def _bracket_work(plain: str, text: str) -> int:
    """Return how far is looked for a `]`: what is escaped, or code, takes the place of a word."""
    return plain.count("[") * (len(text) + PLACEHOLDER * (text.count("\\") + text.count("`")))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
