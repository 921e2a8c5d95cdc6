"""Call-outs as Python-Markdown writes them (`!!! note "Title"`), made the quotations of Obsidian.

The lines below that are indented by four belong to the call-out. What the parser takes for code,
or for anything but the beginning of a line of text, is no call-out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.markdown.sanitise import KINDS
from generator.markdown.source import MarkdownText, Origin
from generator.markdown.tree import Tree

CALL_OUT = re.compile(r'!!! ?([\w-]+)((?: +[\w-]+)*)(?: +"([^"\n]*)")? *$')
CLASSES = frozenset({"inline", "end"})
"""Words that a theme of MkDocs knows after the kind; any others without quotes are a title."""

UNTITLED = "untitled"
INDENT = 4
MOST_NESTED = 6


def parsed(source: MarkdownText) -> Tree:
    """Return the tree of a text, its call-outs made quotations, those in call-outs too."""
    tree = Tree(source)
    for _ in range(MOST_NESTED if "!!!" in source.text else 0):
        headers = {
            tree.source.line_at(line.start): line.start
            - tree.source.starts[tree.source.line_at(line.start)]
            for line in tree.text_lines
            if CALL_OUT.match(line.words)
        }
        if not headers:
            break
        tree = Tree(_rewritten(tree.source, headers))
    return tree


def _rewritten(source: MarkdownText, headers: dict[int, int]) -> MarkdownText:
    """Return the text with the call-outs that begin on some lines, at some columns, rewritten."""
    lines: list[str] = []
    origins: list[Origin] = []
    at = 0
    while at < len(source.lines):
        typed, origin = source.lines[at], source.origins[at]
        at += 1
        if at - 1 not in headers:
            lines.append(typed)
            origins.append(origin)
            continue
        before, header = typed[: headers[at - 1]], typed[headers[at - 1] :]
        lines.append(f"{before}> {_title(header)}")
        origins.append(origin)
        around = _Around.of(before)
        inside = [around.inside(line) for line in _until_other(source.lines[at:], around)]
        for line in inside:
            new = around.quoted(line)
            lines.append(new)
            shift = len(source.lines[at]) - len(new)
            origins.append(Origin(source.origins[at].line, source.origins[at].shift + shift))
            at += 1
        if at < len(source.lines) and around.rest(source.lines[at]):
            lines.append(around.marks)  # a line of text would go on with the quotation
            origins.append(source.origins[at])
    return MarkdownText("\n".join(lines), origins)


def _title(header: str) -> str:
    """Return `[!kind] Title` for the line of a call-out; without quotes its title is its kind."""
    kind, words, title = CALL_OUT.match(header).groups()  # type: ignore[union-attr] # it was found by it
    if title is None and not CLASSES.issuperset(words.split()):
        title = words.strip()
    name = re.sub(r"[^A-Za-z0-9-]", "-", kind)
    if title is None:
        title = kind.capitalize() if kind.lower() in KINDS else kind[:1].upper() + kind[1:]
    return f"[!{name}] {title}" if title.strip() else f"[!{name}|{UNTITLED}]"


@dataclass(frozen=True, slots=True)
class _Around:
    """What a call-out stands in: the marks of quotations before it, and its indentation."""

    marks: str
    indent: int

    @classmethod
    def of(cls, before: str) -> _Around:
        """Return what the words before a call-out on its line say: marks of lists are spaces."""
        marks = before[: before.rfind(">") + 1]
        return cls(re.sub(r"[^>\s]", " ", marks), len(before) - len(marks))

    def rest(self, line: str) -> str | None:
        """Return a line without the marks of the quotations, blank ends taken off, or None."""
        depth = self.marks.count(">")
        match = re.match(rf"(?:[ \t]*>){{{depth}}}", line) if depth else re.match("", line)
        return line[match.end() :].rstrip() if match else None

    def inside(self, line: str) -> str | None:
        """Return what a line says inside the call-out; None where it is outside."""
        rest = self.rest(line)
        if not rest:
            return rest
        words = rest.lstrip(" \t")
        width = len(rest[: len(rest) - len(words)].expandtabs(INDENT)) - self.indent - INDENT
        return " " * width + words if width >= 0 else None

    def quoted(self, words: str | None) -> str:
        """Return the line that says these words inside a quotation."""
        return f"{self.marks}{' ' * self.indent}> {words}".rstrip(" ")


def _until_other(lines: list[str], around: _Around) -> list[str]:
    """Return the lines that belong to a call-out, without the blank ones at its end."""
    last = 0
    for number, line in enumerate(lines, 1):
        words = around.inside(line)
        if words is None:
            break
        last = number if words else last
    return lines[:last]
