"""Tables that are none in Markdown, as spreadsheets and word processors paste them; lost cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

import comrak

from generator.markdown.pasted_lists import bullet
from generator.markdown.reporting import lint_at, quoted
from generator.markdown.source import Lint
from generator.markdown.tree import TextLine, Tree, value_of

RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
"""The line below the headings of a table."""

BAR = re.compile(r"(?<!\\)\|")
TABBED = re.compile(r"[^\t\n]*[^\s]\t+[^\s]")
FEW_ROWS = 3
"""So many lines with one bar each make a table; with two bars or more, one line less does."""


def extra_cells(tree: Tree) -> Iterator[Lint]:
    """Yield the words of a row of a table that stand beyond its headings."""
    for row in tree.of(comrak.TableRow):
        end = tree.span(row)[1]
        last = tree.span(row.children[-1])[1] if row.children else end
        rest = tree.source.text[last:end]
        words = rest.strip(" \t|")
        if words:
            headings = _several(len(row.children), "heading")
            yield lint_at(
                tree,
                last + rest.index(words[0]),
                "extra-cell",
                f"'{quoted(words)}' is not shown: the table has {headings}",
                "add a heading, or write \\| where a '|' belongs to the words",
            )


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def unread_tables(tree: Tree) -> Iterator[Lint]:
    """Yield the rule of a table that is shown as typed, since its cells are not its headings'."""
    if "|" not in tree.source.text:
        return
    for above, line in pairwise(tree.text_lines):
        rule, head = line.words, above.words
        together = "|" in rule and "|" in head and above.paragraph is line.paragraph
        if together and RULE.fullmatch(rule):
            cells = len(BAR.findall(head.strip().strip("|"))) + 1
            rules = rule.strip().strip("|").count("|") + 1
            yield lint_at(
                tree,
                above.start,
                "unread-table",
                f"not read as a table: {_several(cells, 'heading')}, but {_several(rules, 'rule')}"
                " below",
                f"write below it |{'---|' * cells}",
            )


def tables_without_rule(tree: Tree) -> Iterator[Lint]:
    """Yield rows between bars that are shown as typed, since no rule is below the first."""
    if "|" not in tree.source.text:
        return
    barred = (line for line in tree.text_lines if "|" in line.words)
    for _, paragraph in groupby(barred, key=lambda line: id(line.paragraph)):
        lines = list(paragraph)
        start, end = tree.span(lines[0].paragraph)
        if RULE.fullmatch(lines[0].words) and "\n" not in tree.source.text[start:end].strip():
            message = f"'{quoted(lines[0].words)}' is not read as part of a table"
            hint = "take out the empty lines between the rows"
            yield lint_at(tree, lines[0].start, "unread-table", message, hint)
        elif not any(RULE.fullmatch(line.words) for line in lines) and (rows := _rows(lines)):
            words = quoted(rows[0].words)
            cells = len(BAR.findall(rows[0].words.strip().strip("|"))) + 1
            message = f"'{words}' and what follows is not read as a table"
            hint = f"write below it |{'---|' * cells}"
            yield lint_at(tree, rows[0].start, "unread-table", message, hint)


def _rows(lines: list[TextLine]) -> list[TextLine]:
    """Return the rows among the lines of a paragraph: between bars, or with as many bars each."""
    rows = [line for line in lines if _is_barred(line.words.strip())]
    if len(rows) > 1:
        return rows
    bars = [len(BAR.findall(line.words)) for line in lines]
    alike = len(set(bars)) == 1 and len(lines) >= (FEW_ROWS if bars[0] == 1 else FEW_ROWS - 1)
    return lines if alike and all(" | " in line.words for line in lines) else []


def _is_barred(line: str) -> bool:
    """Tell whether a line has two cells or more, with a bar at both its ends."""
    return line.startswith("|") and line.endswith("|") and "|" in line[1:-1]


def tabbed_tables(tree: Tree) -> Iterator[Lint]:
    """Yield tables pasted with tabs between their cells, which run together."""
    if "\t" not in tree.source.text:
        return
    lines = [(line.start, line.words.rstrip()) for line in tree.text_lines]
    for node in tree.of(comrak.CodeBlock):  # a row whose first cell is empty begins with a tab
        if not value_of(node).fenced:
            start, end = tree.span(node)
            for line in tree.source.text[start:end].split("\n"):
                lines.append((start + len(line) - len(line.lstrip()), line.strip()))
                start += len(line) + 1
    lines.sort()
    for tabbed, run in groupby(lines, key=lambda line: _is_row(line[1])):
        rows = list(run)
        if tabbed and len(rows) > 1:
            head, row = (_with_bars(line) for _, line in rows[:2])
            rule = "---|" * (head.count("|") - 1)
            message = f"'{quoted(rows[0][1])}' and what follows is not read as a table"
            hint = f"write {quoted(head)}, below it |{rule}, and each row so: {quoted(row)}"
            yield lint_at(tree, rows[0][0], "unread-table", message, hint)


def _with_bars(line: str) -> str:
    cells = " | ".join(cell.strip() for cell in line.split("\t"))
    return f"| {cells} |"


def _is_row(line: str) -> bool:
    return bool(TABBED.match(line)) and bullet(line) is None
