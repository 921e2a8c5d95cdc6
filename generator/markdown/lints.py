"""What looks like Markdown and is not, and words that a reader of Markdown drops without a word.

To add a check, write a function of a `Tree` that yields lints, and name it in `LINTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

import comrak

from generator.base.problem import Severity
from generator.markdown.mark_slips import (
    addresses_in_html,
    lone_backslashes,
    prose_as_code,
    rules_under_words,
    signs_taken_for_marks,
    unknown_call_outs,
    unreachable_words,
    unread_headings,
    unread_links,
    unread_marks,
)
from generator.markdown.pasted_lists import changed_numbers, unread_lists, unread_numbers
from generator.markdown.pasted_tables import (
    extra_cells,
    tabbed_tables,
    tables_without_rule,
    unread_tables,
)
from generator.markdown.reporting import lint_at, quoted
from generator.markdown.source import Lint
from generator.markdown.tree import DEFINITION, Tree, label, value_of

NOTE = re.compile(r"\[(?<!\\\[)\^([^\[\]\n]+)\]")
GAP = re.compile(r"\][ \n]{1,3}\(")
SPACED = re.compile(r"(?<![\\\w])!?\[([^\[\]\n]+)\][ \n]{1,3}\(([^()\s]+)\)")
TARGET = re.compile(
    r"(?:https?://|www\.|(?:case|term):)\S+|#\w\S*"
    r"|\S+\.(?:md|markdown|html?|pdf|png|jpe?g|gif|webp|avif|svg)(?:#\S*)?",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?<![\\\w\]])!?\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
PROSE = re.compile(r"[\d\s.,;–-]*|sic!?|[.…]+|\^.*", re.IGNORECASE)
"""What people put in brackets without a link in mind: [1], [sic], […]."""

UNREAD = re.compile(r"(!?)\[([^\[\]\n]*)\]\(\s{0,9}([^()<>\n]*)\)|<(https?://[^<>\n]*)>")
TITLE = re.compile(r"""(?<!\s)\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*$""")
TITLE_BELOW = re.compile(r"""\n[ \t>]*("[^"\n]*"|'[^'\n]*'|\([^()\n]*\))[ \t]*(?=\n|\Z)""")
SPACES_IN_ADDRESSES = (re.compile(r"\]\([^()\n]*\s"), re.compile(r"<http[^<>\n]*\s"))
"""Two, since one that has a choice of beginnings is searched at every character."""

ORDINARY = re.compile(
    r"""[\w+#.-]{0,40}+(?:\s++|\{[^{}]*+\}|(?<=\s)[\w-]{1,40}+=(?:"[^"]*+"|'[^']*+'|[^\s"']{1,40}+))*+"""
)
"""What stands on the line of a fence: a language, then attributes (`{.x}`, `title="y"`)."""

MOST_REPORTED = 20
"""Of each kind so many are reported: whoever pastes a long list is told of its beginning."""

LintCheck: TypeAlias = Callable[[Tree], Iterator[Lint]]


def lints(tree: Tree) -> list[Lint]:
    """Return what is to be reported of a text, in the order of the checks."""
    return [lint for check in LINTS for lint in islice(check(tree), MOST_REPORTED)]


def unclosed_fences(tree: Tree) -> Iterator[Lint]:
    """Yield each fence that is never closed, so that all below it is code."""
    for node in tree.of(comrak.CodeBlock):
        value = value_of(node)
        if value.fenced and not value.closed:
            mark = chr(value.fence_char) * value.fence_length
            message = f"the code that starts with '{mark}' never ends: all below it is code"
            hint = f"write {mark} on a line of its own where the code ends"
            yield lint_at(tree, tree.start(node), "unclosed-fence", message, hint)


def words_on_fences(tree: Tree) -> Iterator[Lint]:
    """Yield what stands behind the language on the line of a fence, and is not shown."""
    for node in tree.of(comrak.CodeBlock):
        value = value_of(node)
        if value.fenced and not ORDINARY.fullmatch(value.info):
            start = tree.start(node)
            words = quoted(value.info)
            at = start + tree.source.rest_of_line(start).find(value.info[:1])
            yield lint_at(
                tree,
                max(start, at),
                "words-on-fence",
                f"'{words}' stands on the line of a fence, and is not shown",
                "write the words on a line of their own; only a language may follow the fence",
            )


def notes(tree: Tree) -> Iterator[Lint]:
    """Yield notes without a text, and texts that no note leads to."""
    if "[^" not in tree.prose:
        return
    texts = [(value_of(node).name, tree.start(node)) for node in tree.of(comrak.FootnoteDefinition)]
    begins = {start for _, start in texts}
    read = {tree.start(node) for node in tree.of(comrak.FootnoteReference)}
    calls = [match for match in NOTE.finditer(tree.prose) if match.start() not in begins]
    called = {_note_name(match[1]) for match in calls}
    known: set[str] = set()
    for name, start in texts:
        typed = NOTE.match(tree.prose, start)
        note = typed[1] if typed else name
        if label(name) in known:
            message, hint = f"the note '[^{note}]' has two texts", "give one another name"
            yield lint_at(tree, start, "repeated-note", message, hint)
        elif label(name) not in called:
            message = f"nothing in the text leads to the note '[^{note}]'"
            hint = f"write [^{note}] after the words that it belongs to"
            yield lint_at(tree, start, "unused-note", message, hint)
        known.add(label(name))
    for match in calls:
        if match.start() not in read:
            message = f"the note '{match[0]}' has no text"
            hint = f"write {match[0]}: and the text of the note, on a line of its own"
            if _note_name(match[1]) in known:
                message = f"the text of the note '{match[0]}' is not found where it stands"
                hint = f"put {match[0]}: at the beginning of a line, outside of everything else"
            yield lint_at(tree, match.start(), "undefined-note", message, hint)


def _note_name(typed: str) -> str:
    """Return the name of a note as the parser has it: spaces were made hyphens."""
    return label(re.sub(r"[ \t]", "-", typed))


def unused_definitions(tree: Tree) -> Iterator[Lint]:
    """Yield each `[name]: address` that no link uses, or that another of the same name hides."""
    if not tree.definitions:
        return
    links = [tree.link(node) for node in tree.of(comrak.Link, comrak.Image)]
    used = {link.label for link in links if link.label}
    visible = tree.of(comrak.Text, comrak.Code)
    lines = {tree.source.line_at(tree.start(node)) for node in visible}
    for match in DEFINITION.finditer(tree.plain):
        name, start = label(match[1]), match.start(1) - 1
        if tree.source.line_at(start) in lines:
            continue  # it is shown as typed
        address = tree.source.rest_of_line(match.end())
        title = TITLE_BELOW.match(tree.plain, match.end() + len(address))
        angle = "<" if match[0].endswith("<") else ""
        typed = quoted(f"[{match[1]}]: {angle}{address} {title[1] if title else ''}".rstrip())
        if name not in used:
            message = f"no link uses '{typed}', so it is not shown"
            hint = f"write [{quoted(match[1])}] where the link belongs, or \\[ to show the line"
            yield lint_at(tree, start, "unused-definition", message, hint)
        elif tree.definitions[name] != match.end():
            message = f"'{typed}' is not used: this name has an address already"
            yield lint_at(tree, start, "repeated-definition", message, "give one another name")


def spaced_links(tree: Tree) -> Iterator[Lint]:
    """Yield links with a blank before the bracket of the address."""
    if GAP.search(tree.prose):
        for match in SPACED.finditer(tree.prose):
            if TARGET.fullmatch(match[2]) and not PROSE.fullmatch(match[1]):
                typed = _typed(tree, match)
                yield lint_at(
                    tree,
                    match.start(),
                    "spaced-link",
                    f"'{typed}' is no link, since there is a space in it",
                    f"write {re.sub(r'] +[(]', '](', typed)}",
                )


def unread_addresses(tree: Tree) -> Iterator[Lint]:
    """Yield links that are shown as typed, since a blank stands in their address."""
    if not any(pattern.search(tree.prose) for pattern in SPACES_IN_ADDRESSES):
        return
    links = [tree.link(node) for node in tree.of(comrak.Link, comrak.Image)]
    read = {link.address for link in links if not link.bare}
    for match in UNREAD.finditer(tree.prose):
        group = 4 if match[4] else 3
        typed = TITLE.sub("", match[group]).strip()
        if match.start(group) in read or not any(map(str.isspace, typed)):
            continue
        if re.match(r"[a-z][a-z0-9+.-]*:", typed, re.IGNORECASE):
            hint = "there is a space in it: take it out"
            message = f"'{typed}' is not an address that a page may link to"
        else:
            message = f"the address '{typed}' has a space in it, so that nothing is linked"
            hint = f"write {match[1] or ''}[{match[2]}](<{typed}>)"
        remote = match[1] and "//" in typed
        if remote:
            message = f"the picture '{typed}' is not in the library"
            hint = "put the picture beside the case and write its file name"
        yield Lint(
            position=tree.source.position(match.start(group)),
            code="remote-picture" if remote else "unsafe-link",
            message=message,
            hint=hint,
            severity=Severity.ERROR,
        )


def undefined_links(tree: Tree) -> Iterator[Lint]:
    """Yield `[words][name]` where no `[name]: address` is."""
    if "][" not in tree.prose:
        return
    for match in NAMED.finditer(tree.prose):
        words, name = match[1], match[2].strip()
        # as typed: the prose has blanks for the code in a name, which belongs to it
        typed = tree.source.text[slice(*match.span(2 if name else 1))]
        silent = PROSE.fullmatch(words) or name.startswith("^") or name.casefold() == "sic"
        if label(typed) not in tree.definitions and not silent:
            message = f"'{_typed(tree, match)}' leads nowhere"
            yield lint_at(tree, match.start(), "undefined-link", message, "write [words](address)")


def _typed(tree: Tree, match: re.Match[str]) -> str:
    return " ".join(tree.source.text[match.start() : match.end()].split())


LINTS: tuple[LintCheck, ...] = (
    unclosed_fences,
    words_on_fences,
    extra_cells,
    unread_tables,
    tables_without_rule,
    tabbed_tables,
    notes,
    unused_definitions,
    undefined_links,
    spaced_links,
    unread_links,
    unread_addresses,
    unreachable_words,
    unread_headings,
    rules_under_words,
    unread_lists,
    unread_numbers,
    changed_numbers,
    unread_marks,
    signs_taken_for_marks,
    unknown_call_outs,
    addresses_in_html,
    prose_as_code,
    lone_backslashes,
)
