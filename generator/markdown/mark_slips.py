"""Marks of Markdown that do not work as typed, and other signs that Markdown takes for marks.

`**bold **`, `(words)[https://example.org]`, and `> 50 %`, `2019~2021`, a paragraph with an inset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import comrak

from generator.base.web_address import unreachable
from generator.markdown.reporting import lint_at, quoted
from generator.markdown.sanitise import KINDS
from generator.markdown.source import Lint, matches_beside
from generator.markdown.tree import Tree, value_of

ODD_SPACES = "\u00a0\u2007\u202f\u3000"
"""Spaces that some keyboards type in the place of the ordinary one, which alone parts words."""

HASHES = re.compile(rf"(#{{1,6}})(?=[^\W_]|(?P<space>[{ODD_SPACES}]) *[^\W_])")
HASHTAGS = re.compile(r"#[^\W\d_]\w*(?:[ \t,]+#\w+)*[ \t]*")
CAPITALISED = re.compile(r"#[^\W\d_a-z][^\W\d_A-Z]*[ \t]*")

PAIRED = re.compile(r"(?<![\\*_~])(\*\*|__|~~|\*|_)(?![*_~])([^*_~\n]{1,300})\1(?![*_~])")
"""Words between two equal marks, on one line, whether or not they are read as such."""

QUANTITY = re.compile(
    r"[<>≥≤]?[ \t]?(?:[A-Z]{2,3}[ \t]?|[$€£¥₹])?\d[\d.,\u00a0\u202f ]*"
    r"(?:%|‰|km|kg|ha|m²|m|cm|t|°C|US\$|USD|EUR|[$€£¥₹]|people|women|men|households)"
    r"(?![^\W_])|(?:[A-Z]{2,3}[ \t]?|[$€£¥₹])\d"
)
"""An amount: `>` before it was hardly meant as the mark of a quotation."""

KIND = re.compile(r"\[!([^\]|\n]+)[^\]\n]*\]")
ADDRESS_TAG = re.compile(r"<(https?:[^<>\s]*)[^<>]*>", re.IGNORECASE)
SENTENCE = re.compile(r"[^\W\d_][\w'’.-]*[,;:]?(?: [\w'’(\"“«-][\w'’.)\"”»-]*[,;:.!?]?){3,}")
CODE_SIGN = re.compile(r"[{}=$<>|\\\[\]]|\w\(|--|;$|^[#/*]")

REVERSED = re.compile(r"(?<![\\\w\]])\(([^()\[\]\n]{1,300})\)\[((?:https?://|www\.)[^\[\]\s]+)\]")
UNCLOSED = re.compile(
    r"(?<![\\!])\[([^\[\]\n]{1,300})\]\((<?(?:https?://|www\.)[^\s()<>]+>?)(?=\s|$)"
)
LOCAL = re.compile(
    r"(?<![\w/\\.:=(<\"'])(?:file:/{1,3}[^\s<>)\]]+|\\\\[\w.$-]+\\[^\s<>)\]]*"
    r"|[A-Za-z]:\\[\w.$%~-][^\s<>)\]]*|(?:https?:)?//(?:\[[\da-fA-F:.]+\]|[\w.-]+)(?::\d+)?[^\s<>)\]]*)",
    re.IGNORECASE,
)
"""A file on a computer or in its network, or an address, amid words."""

MARKS = ("*", "_", "~")
TURNED_BRACKETS = (")[",)
CLOSED_LINKS = ("](http", "](www.", "](<")
IN_LOCAL = ("//", ":/", ":\\", "\\\\")
"""Of each pattern: one of these is in all that it matches."""


def unread_headings(tree: Tree) -> Iterator[Lint]:
    """Yield headings without the blank after `#`; hashtags, and `#1` alone, are none."""
    for line in tree.text_lines if "#" in tree.source.text else ():
        hashes = HASHES.match(line.words)
        if hashes is None:
            continue
        if not hashes["space"] and not _is_heading(tree, line.words, hashes[1], line.paragraph):
            continue
        words = line.words.rstrip()
        message = f"'{quoted(words)}' is not read as a heading, since a space is missing"
        hint = f"write {hashes[1]} {quoted(words[len(hashes[1]) :].lstrip())}"
        if hashes["space"]:
            message = f"'{quoted(words)}' is not read as a heading"
            hint = f"type the space after '{hashes[1]}' again: this one does not part words"
        yield lint_at(tree, line.start, "unread-heading", message, hint)


def _is_heading(tree: Tree, line: str, hashes: str, paragraph: comrak.AstNode) -> bool:
    if len(hashes) > 1:
        return True
    start, end = tree.span(paragraph)
    if line[1:2].isdecimal() or "\n" in tree.source.text[start:end]:
        return False
    return not HASHTAGS.fullmatch(line) or bool(CAPITALISED.fullmatch(line))


def unread_marks(tree: Tree) -> Iterator[Lint]:
    """Yield words between marks that are shown: a blank is inside, or a letter too near."""
    kinds = (comrak.Emph, comrak.Strong, comrak.Strikethrough)
    read = {tree.start(node) for node in tree.of(*kinds)}
    definitions = {tree.source.line_at(place) for place in tree.definitions.values()}
    for match in matches_beside(MARKS, PAIRED, tree.prose):
        if match.start() in read or tree.source.line_at(match.start()) in definitions:
            continue
        mark, words = match[1], match[2]
        before = tree.prose[max(0, match.start() - 1) : match.start()]
        after = tree.prose[match.end() : match.end() + 1]
        message = f"'{quoted(match[0])}' is shown with its '{mark}'"
        if _has_blank_inside(mark, words, before, after):
            hint = f"write {mark}{quoted(words.strip())}{mark}, without a space inside the marks"
            yield lint_at(tree, match.start(), "unread-mark", message, hint)
        elif len(mark) > 1 and _is_too_near(words, before, after):
            hint = "put a space before and after the marks"
            yield lint_at(tree, match.start(), "unread-mark", message, hint)


def _has_blank_inside(mark: str, words: str, before: str, after: str) -> bool:
    """Tell whether a pair of marks holds a blank at one end, and stands free on both sides."""
    free = not before.isalnum() and not after.isalnum()
    ends = words[:1].isspace() + words[-1:].isspace()
    if not free or not ends or not any(map(str.isalpha, words)):
        return False
    return len(mark) > 1 or not words[:1].isspace()


def _is_too_near(words: str, before: str, after: str) -> bool:
    """Tell whether a letter follows a mark that a sign stands before: no end, for CommonMark."""
    ends_in_sign = not words[-1:].isalnum() and after.isalnum()
    begins_with_sign = not words[:1].isalnum() and before.isalnum()
    blank = words[:1].isspace() or words[-1:].isspace()
    return not blank and (ends_in_sign or begins_with_sign) and any(map(str.isalpha, words))


def signs_taken_for_marks(tree: Tree) -> Iterator[Lint]:
    """Yield `2019~2021 … 2022~2024` that is struck out, `3*4*5`, `> 50 %`: the signs are lost."""
    text = tree.source.text
    for node in tree.of(comrak.Strikethrough, comrak.Emph):
        start, end = tree.span(node)
        sign = text[start : start + 1]
        single = sign in ("~", "*") and text[start + 1 : start + 2] != sign
        beside = text[start - 1 : start].isdecimal() or text[end : end + 1].isdecimal()
        inside = text[start + 1 : start + 2].isdecimal() or text[end - 2 : end - 1].isdecimal()
        if single and beside and inside:
            words = quoted(text[max(0, start - 1) : end + 1])
            message = f"the '{sign}' in '{words}' are not shown: they are read as marks"
            hint = "write '–' from one number to another" if sign == "~" else "write × for times"
            yield lint_at(tree, start, "lost-sign", message, f"{hint}, or \\{sign} for the sign")
    for node in tree.of(comrak.BlockQuote):
        start = tree.start(node)
        line = tree.source.rest_of_line(start)
        amount = line[1:].strip()
        if line[:1] == ">" and QUANTITY.match(amount):
            message = f"the '>' in '{quoted(line)}' is not shown: it is read as a quotation"
            hint = f"write &gt; {quoted(amount)}, or 'more than {quoted(amount)}'"
            yield lint_at(tree, start, "lost-sign", message, hint)


def unknown_call_outs(tree: Tree) -> Iterator[Lint]:
    """Yield call-outs of a kind of the author's own, whose name is not shown beside a title."""
    for node in tree.of(comrak.Callout):
        kind = value_of(node).callout_type
        inside = node.children
        titled = bool(inside) and isinstance(inside[0].node_value, comrak.CalloutTitle)
        start, end = tree.span(node)
        typed = KIND.search(tree.source.text, start, end)
        if not titled or typed is None or kind.lower() in KINDS:
            continue
        title = tree.source.rest_of_line(typed.end()).strip()
        if title and typed[1].lower() not in title.lower():
            message = f"'{quoted(typed[1])}' is not a kind of call-out, and is not shown"
            hint = "write note, tip, warning or another kind, and put the word in the title"
            yield lint_at(tree, typed.start(1), "unknown-call-out", message, hint)


def addresses_in_html(tree: Tree) -> Iterator[Lint]:
    """Yield `<https://…>` amid HTML, where it is taken for a tag and not shown."""
    for node in tree.of(comrak.HtmlBlock):
        start, end = tree.span(node)
        for match in ADDRESS_TAG.finditer(tree.plain, start, end):
            message = f"'{quoted(match[0])}' is not shown, since it stands amid HTML"
            hint = f'write <a href="{match[1]}">words</a>'
            yield lint_at(tree, match.start(), "address-in-html", message, hint)


def prose_as_code(tree: Tree) -> Iterator[Lint]:
    """Yield paragraphs that an inset of a tab or of four blanks makes code."""
    for node in tree.of(comrak.CodeBlock):
        value = value_of(node)
        if value.fenced:
            continue
        lines = [line.strip() for line in value.literal.split("\n") if line.strip()]
        prose = [line for line in lines if SENTENCE.match(line) and not CODE_SIGN.search(line)]
        if lines and len(prose) == len(lines) and "\t" not in value.literal.strip():
            message = f"'{quoted(lines[0])}' is shown as code, since it begins with an inset"
            hint = "take out the tab or the spaces at the beginning of the line"
            yield lint_at(tree, tree.start(node), "prose-as-code", message, hint)


def rules_under_words(tree: Tree) -> Iterator[Lint]:
    """Yield paragraphs that a line `---` right below makes a heading."""
    for node in tree.of(comrak.Heading):
        if not value_of(node).setext or value_of(node).level == 1:
            continue
        start, end = tree.span(node)
        words = tree.source.text[start:end].rpartition("\n")[0].strip()
        if "\n" in words or words.endswith((".", ";", ",")):
            message = f"'{quoted(words)}' is read as a heading, since '---' is right below it"
            hint = "put an empty line above '---'; for a heading write '## ' before the words"
            yield lint_at(tree, start, "rule-under-words", message, hint)


def unread_links(tree: Tree) -> Iterator[Lint]:
    """Yield links whose brackets are the wrong way round, or not closed."""
    for match in matches_beside(TURNED_BRACKETS, REVERSED, tree.prose):
        message = f"'{quoted(match[0])}' is no link: its brackets are the wrong way round"
        yield lint_at(
            tree, match.start(), "unread-link", message, f"write [{match[1]}]({match[2]})"
        )
    for match in matches_beside(CLOSED_LINKS, UNCLOSED, tree.prose):
        if ")" in tree.source.rest_of_line(match.end()):
            continue
        message = f"'{quoted(match[0])}' is no link, since a ')' is missing"
        yield lint_at(
            tree, match.start(), "unread-link", message, f"write [{match[1]}]({match[2]})"
        )


def unreachable_words(tree: Tree) -> Iterator[Lint]:
    """Yield files and addresses amid words, without a link, that readers cannot open."""
    matches = [
        match
        for match in matches_beside(IN_LOCAL, LOCAL, tree.prose)
        if not tree.prose.startswith("](", match.start() - 2)
    ]
    links = [tree.link(node) for node in tree.of(comrak.Link, comrak.Image)] if matches else ()
    read = {link.address for link in links if not link.bare} | set(tree.definitions.values())
    for match in matches:
        address = match[0].rstrip(".,;:!?*_'\"")
        if match.start() not in read and (hidden := unreachable(address)):
            message = f"'{quoted(address)}' {hidden.reason}"
            yield lint_at(tree, match.start(), "unreachable-link", message, hidden.remedy)


def lone_backslashes(tree: Tree) -> Iterator[Lint]:
    r"""Yield a `\` at the end of a paragraph or heading, which is shown: no line follows."""
    if "\\" not in tree.source.text:
        return
    for node in tree.of(comrak.Paragraph, comrak.Heading):
        start, end = tree.span(node)
        words = tree.source.text[start:end].rstrip()
        slashes = len(words) - len(words.rstrip("\\"))
        is_text = node.children and isinstance(node.children[-1].node_value, comrak.Text)
        if slashes % 2 and is_text:
            message = "the '\\' at the end of this line is shown: no line follows it"
            hint = "take it out"
            yield lint_at(tree, start + len(words) - 1, "shown-backslash", message, hint)
