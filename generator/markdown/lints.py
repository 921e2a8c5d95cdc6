"""What looks like Markdown and is not, and words that a reader of Markdown drops without a word.

To add a check, write a function of a `Tree` that yields lints, and name it in `LINTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby, islice, pairwise
from typing import TypeAlias

import comrak

from generator.base.problem import Severity
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
SPACES_IN_ADDRESSES = (re.compile(r"\]\([^()\n]*\s"), re.compile(r"<http[^<>\n]*\s"))
"""Two, since one that has a choice of beginnings is searched at every character."""

ORDINARY = re.compile(
    r"""[\w+#.-]{0,40}+(?:\s++|\{[^{}]*+\}|(?<=\s)[\w-]{1,40}+=(?:"[^"]*+"|'[^']*+'|[^\s"']{1,40}+))*+"""
)
"""What stands on the line of a fence: a language, then attributes (`{.x}`, `title="y"`)."""

RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
"""The line below the headings of a table."""

BARRED = re.compile(r"[ \t]*\|[^\n]*\|[^\n]*\|[ \t]*")
"""A row of a table of two cells or more, with a bar at both its ends."""

HASHES = re.compile(r"(#{1,6})(?=[^\W\d_])")
BULLET = re.compile(
    r"[•●○◦▪▫■□‣\u2043·∙➢➤►▸✓✔❖\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc][ \t\u00a0]*"
    r"|o(?:\t[ \t]*| {2,})"
)
SIGN = re.compile(r"[→⇒√✗\u2460-\u2473][ \t\u00a0]*")
TASK = re.compile(r"\[[ xX]\][ \t\u00a0]+")
ROMAN = frozenset({"ii", "iv", "vi", "ix", "xi"})
"""How a line starts whose number is Roman, such as `ii.`: nearly all lines start otherwise."""

LETTER = re.compile(
    r"\(?[A-Za-z][).][ \t\u00a0]+|\(?[ivxIVX]{1,4}[).][ \t\u00a0]+|\(\d{1,2}\)[ \t\u00a0]+"
)
DASH = re.compile(r"[–—―\u2212][ \t\u00a0]+")
CLOSE = re.compile(r"(?:[-+*]|\d{1,2}[.)])(?=[^\W\d_]{2}|\u00a0)")
"""A bullet or a number without the blank after it, or with one that holds words together."""

NUMBER = re.compile(r"\d+")
TABBED = re.compile(r"[^\t\n]*[^\s]\t+[^\s]")
LONGEST_QUOTED = 60
MOST_REPORTED = 20
"""Of each kind so many are reported: whoever pastes a long list is told of its beginning."""

LintCheck: TypeAlias = Callable[[Tree], Iterator[Lint]]


def lints(tree: Tree) -> list[Lint]:
    """Return what is to be reported of a text, in the order of the checks."""
    return [lint for check in LINTS for lint in islice(check(tree), MOST_REPORTED)]


def _lint(tree: Tree, offset: int, code: str, message: str, hint: str) -> Lint:
    position = tree.source.position(offset)
    return Lint(position=position, code=code, message=message, hint=hint)


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED]}…"


def unclosed_fences(tree: Tree) -> Iterator[Lint]:
    """Yield each fence that is never closed, so that all below it is code."""
    for node in tree.of(comrak.CodeBlock):
        value = value_of(node)
        if value.fenced and not value.closed:
            mark = chr(value.fence_char) * value.fence_length
            message = f"the code that starts with '{mark}' never ends: all below it is code"
            hint = f"write {mark} on a line of its own where the code ends"
            yield _lint(tree, tree.start(node), "unclosed-fence", message, hint)


def words_on_fences(tree: Tree) -> Iterator[Lint]:
    """Yield what stands behind the language on the line of a fence, and is not shown."""
    for node in tree.of(comrak.CodeBlock):
        value = value_of(node)
        if value.fenced and not ORDINARY.fullmatch(value.info):
            start = tree.start(node)
            words = _quoted(value.info)
            at = start + tree.source.rest_of_line(start).find(value.info[:1])
            yield _lint(
                tree,
                max(start, at),
                "words-on-fence",
                f"'{words}' stands on the line of a fence, and is not shown",
                "write the words on a line of their own; only a language may follow the fence",
            )


def extra_cells(tree: Tree) -> Iterator[Lint]:
    """Yield the words of a row of a table that stand beyond its headings."""
    for row in tree.of(comrak.TableRow):
        end = tree.span(row)[1]
        last = tree.span(row.children[-1])[1] if row.children else end
        rest = tree.source.text[last:end]
        words = rest.strip(" \t|")
        if words:
            columns = len(row.children)
            heading = "heading" if columns == 1 else "headings"
            yield _lint(
                tree,
                last + rest.index(words[0]),
                "extra-cell",
                f"'{_quoted(words)}' is not shown: the table has {columns} {heading}",
                "add a heading, or write \\| where a '|' belongs to the words",
            )


def unread_tables(tree: Tree) -> Iterator[Lint]:
    """Yield the rule of a table that is shown as typed, since its cells are not its headings'."""
    if "|" not in tree.source.text:
        return
    for above, line in pairwise(tree.text_lines):
        rule, head = line.words, above.words
        together = "|" in rule and "|" in head and above.paragraph is line.paragraph
        if together and RULE.fullmatch(rule):
            cells = len(re.findall(r"(?<!\\)\|", head.strip().strip("|"))) + 1
            rules = rule.strip().strip("|").count("|") + 1
            yield _lint(
                tree,
                above.start,
                "unread-table",
                f"not read as a table: {cells} headings, but {rules} rules below them",
                f"write below it |{'---|' * cells}",
            )


def tables_without_rule(tree: Tree) -> Iterator[Lint]:
    """Yield rows between bars that are shown as typed, since no rule is below the first."""
    if "|" not in tree.source.text:
        return
    barred = (line for line in tree.text_lines if "|" in line.words)
    for _, paragraph in groupby(barred, key=lambda line: id(line.paragraph)):
        lines = list(paragraph)
        has_rule = any(RULE.fullmatch(line.words) for line in lines)
        rows = [line for line in lines if BARRED.fullmatch(line.words)]
        if len(rows) > 1 and not has_rule:
            words = _quoted(rows[0].words)
            cells = len(re.findall(r"(?<!\\)\|", rows[0].words.strip())) - 1
            message = f"'{words}' and what follows is not read as a table"
            hint = f"write below it |{'---|' * cells}"
            yield _lint(tree, rows[0].start, "unread-table", message, hint)


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
            yield _lint(tree, start, "repeated-note", message, hint)
        elif label(name) not in called:
            message = f"nothing in the text leads to the note '[^{note}]'"
            hint = f"write [^{note}] after the words that it belongs to"
            yield _lint(tree, start, "unused-note", message, hint)
        known.add(label(name))
    for match in calls:
        if match.start() not in read:
            message = f"the note '{match[0]}' has no text"
            hint = f"write {match[0]}: and the text of the note, on a line of its own"
            if _note_name(match[1]) in known:
                message = f"the text of the note '{match[0]}' is not found where it stands"
                hint = f"put {match[0]}: at the beginning of a line, outside of everything else"
            yield _lint(tree, match.start(), "undefined-note", message, hint)


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
        typed = _quoted(f"[{match[1]}]: {address}")
        if name not in used:
            message = f"no link uses '{typed}', so it is not shown"
            hint = f"write [{_quoted(match[1])}] where the link belongs, or \\[ to show the line"
            yield _lint(tree, start, "unused-definition", message, hint)
        elif tree.definitions[name] != match.end():
            message = f"'{typed}' is not used: this name has an address already"
            yield _lint(tree, start, "repeated-definition", message, "give one another name")


def spaced_links(tree: Tree) -> Iterator[Lint]:
    """Yield links with a blank before the bracket of the address."""
    if GAP.search(tree.prose):
        for match in SPACED.finditer(tree.prose):
            if TARGET.fullmatch(match[2]) and not PROSE.fullmatch(match[1]):
                typed = _typed(tree, match)
                yield _lint(
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
        silent = PROSE.fullmatch(words) or name.startswith("^") or name.casefold() == "sic"
        if label(name or words) not in tree.definitions and not silent:
            message = f"'{_typed(tree, match)}' leads nowhere"
            yield _lint(tree, match.start(), "undefined-link", message, "write [words](address)")


def unread_headings(tree: Tree) -> Iterator[Lint]:
    """Yield headings without the blank after `#`; one `#` alone may begin a word amid a text."""
    for line in tree.text_lines if "#" in tree.source.text else ():
        hashes = HASHES.match(line.words)
        if hashes and (len(hashes[1]) > 1 or _is_one_line(tree, line.paragraph)):
            words = line.words.rstrip()
            message = f"'{_quoted(words)}' is not read as a heading, since a space is missing"
            hint = f"write {hashes[1]} {_quoted(words[len(hashes[1]) :])}"
            yield _lint(tree, line.start, "unread-heading", message, hint)


def _is_one_line(tree: Tree, paragraph: comrak.AstNode) -> bool:
    start, end = tree.span(paragraph)
    return "\n" not in tree.source.text[start:end]


LISTS = (
    (BULLET, 1, "- "),
    (SIGN, 2, "- "),
    (TASK, 2, "- [ ] "),
    (DASH, 2, "- "),
    (LETTER, 2, "1. "),
    (CLOSE, 2, ""),
)
"""What begins a point of a list that is none, how many of them make a list, and the remedy."""


def unread_lists(tree: Tree) -> Iterator[Lint]:
    """Yield lists pasted from a word processor, which run together or lose their form."""
    for kind, run in groupby(tree.text_lines, key=lambda line: _kind_of_list(line.words)):
        points = list(run)
        if kind is None or len(points) < kind[1]:
            continue
        mark, _, remedy = kind
        start, line = points[0].start, points[0].words.rstrip()
        typed = mark.match(line)
        if typed is None or not line[typed.end() :].strip():  # a mark, and nothing after it
            continue
        words = _quoted(line[typed.end() :])
        message = f"'{_quoted(line)}' is not read as a point of a list"
        hint = f"write '{remedy or typed[0] + ' '}{words}', and so with each point"
        if line.startswith("\u00a0", typed.end()):
            hint = f"type the space after '{typed[0]}' again: this one does not part words"
        yield _lint(tree, start, "unread-list", message, hint)


def _kind_of_list(line: str) -> tuple[re.Pattern[str], int, str] | None:
    if line[:2].isalpha() and line[:2].lower() not in ROMAN:
        return None  # nearly all lines
    return next((kind for kind in LISTS if kind[0].match(line)), None)


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
            cells = [cell.strip() for cell in rows[0][1].split("\t")]
            head = _quoted(f"| {' | '.join(cells)} |")
            message = f"'{_quoted(rows[0][1])}' and what follows is not read as a table"
            hint = f"write {head}, below it |{'---|' * len(cells)}, and each row with '|'"
            yield _lint(tree, rows[0][0], "unread-table", message, hint)


def _is_row(line: str) -> bool:
    return bool(TABBED.match(line)) and _kind_of_list(line) is None


def changed_numbers(tree: Tree) -> Iterator[Lint]:
    """Yield the first point of a list whose number is shown as another."""
    for node in tree.of(comrak.List):
        value = value_of(node)
        if value.list_type != comrak.ListType.Ordered:
            continue
        starts = [tree.start(item) for item in node.children]
        numbers = [NUMBER.match(tree.source.text, start) for start in starts]
        typed = [int(number[0]) for number in numbers if number]
        expected = range(value.start, value.start + len(typed))
        if sorted(set(typed)) != typed:
            continue  # nobody meant the numbers: they are all 1, or in disorder
        for start, number, visible in zip(starts, typed, expected, strict=False):
            if number != visible:
                message = f"the number {number} is shown as {visible}"
                hint = "number the points one after the other, or begin them with '- '"
                yield _lint(tree, start, "changed-number", message, hint)
                break


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
    unread_addresses,
    unread_headings,
    unread_lists,
    changed_numbers,
)
