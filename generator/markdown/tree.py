"""The tree that comrak makes of a CommonMark text, and what is asked of it.

CommonMark with what GitHub adds to it: tables, task lists, strikethrough, addresses without
brackets, footnotes, call-outs (`> [!NOTE]`); and definition lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import comrak
from comrak import AstNode

from generator.markdown.source import MarkdownText, TooComplexError

EXTENSIONS = comrak.ExtensionOptions(
    strikethrough=True,
    table=True,
    autolink=True,
    tasklist=True,
    footnotes=True,
    description_lists=True,
    ofm_callouts=True,
)
PARSING = comrak.ParseOptions(leave_footnote_definitions=True)

CODE = re.compile(r"<(pre|code)\b[^<>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
TICKS = re.compile(r"`+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DEFINITION = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|\[\^[^\[\]\n]+\]:)[ \t]+)*"
    r"\[(?!\^[^\[\]\s]+\])((?:\\[\s\S]|[^\[\]\\])+)\]:[ \t]*(?:\n[ \t>]*)?<?(?=\S)",
    re.MULTILINE,
)
NOTE_LABEL = re.compile(r"\[\^(?<!\\\[\^)[^\[\]\s]+\]:")
"""How the text of a note begins, or words that look so: no definition ends in it."""

LABEL = re.compile(r"\]\[([^\[\]]+)\]")

REMOVED = re.compile(
    r"\[(?!\^[^\[\]\s]+\]:)(?=\s*[^\s\]])(?:\\[\s\S]|[^\[\]\\]){1,999}\]:[ \t]*(?:\n[ \t]*)?"
    r"(?:<[^<>\n]*>|(?!<)\S+)"
    r"(?:(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)"
    r"(?:\"(?:\\[\s\S]|[^\"\\])*\"|'(?:\\[\s\S]|[^'\\])*'|\((?:\\[\s\S]|[^()\\])*\)))?"
    r"[ \t]*(?:\n|\Z)"
)
"""A definition as comrak takes it out of the beginning of a paragraph: whole lines."""

BARE = ("http://", "https://", "ftp://", "mailto:", "xmpp:")
"""How the address begins of each link that was typed without any brackets."""

WRAP = re.compile(r"\n[ \t>]*")
INSET = re.compile(r"[ \t>]*")
BEFORE_ADDRESS = re.compile(r"[\s>]*<?")

LINE_ENDS = frozenset({comrak.SoftBreak, comrak.LineBreak})

Span: TypeAlias = tuple[int, int]


DEEPEST = 100
"""More nodes in one another are refused: comrak and our own walk go down by recursion."""

MAY_NEST = "*_~[>"
FEW = 30
"""A text with at most so many marks cannot be too deep; each makes three nodes at most."""

LIST_MARKS = "-+.):"
"""The marks that nest at the beginning of a line only, behind blanks, numbers and other marks."""

BEFORE_WORDS = f"*_~>{LIST_MARKS} \t0123456789"
BEGINNINGS = frozenset(f"{BEFORE_WORDS}[")

NODE = re.compile(r"<(/?)[a-z_]+(?:[^<>]*[^<>/])?(/?)>")


class TypedLink(NamedTuple):
    """How a link or picture was typed: `label` names a definition, else the address is here.

    `bare` is an address that became a link without any brackets. `address` is where it begins.
    """

    address: int
    label: str = ""
    bare: bool = False


class TextLine(NamedTuple):
    """A line of a paragraph: where it begins, and its words to the end of the line."""

    paragraph: AstNode
    start: int
    words: str


class Tree:
    """A text and its tree; `nodes` are all nodes, each before what is in it."""

    def __init__(self, source: MarkdownText) -> None:
        """Parse a text that was found to be harmless: see `limits`.

        Raise TooComplexError where it is nested too deeply. Each tree is measured, since a text
        in which call-outs and unknown tags are rewritten may be deeper than the one that was typed.
        """
        self.nodes: tuple[AstNode, ...] = ()
        _require_shallow(source)
        self.source = source
        # Without a line end comrak 0.2.8 does not read `[name]: <address>` on the last line.
        self.root = comrak.parse_document(f"{source.text}\n", EXTENSIONS, PARSING)
        self.nodes = tuple(_walk(self.root))
        self.kinds: dict[type, list[AstNode]] = defaultdict(list)
        for node in self.nodes:
            self.kinds[type(node.node_value)].append(node)
        linked = "](" in source.text or "]:" in source.text
        paragraphs = self.of(comrak.Paragraph, comrak.Heading) if linked else ()
        self.moved = dict(_moved(paragraphs, source))

    def __del__(self) -> None:
        """Part each node from the one above it, or comrak 0.2.8 would never free them.

        A node and what is in it refer to each other, and the garbage collector cannot see it. What
        `render` puts into a tree has no parent, for the same reason.
        """
        for node in self.nodes:
            node.parent = None

    def span(self, node: AstNode) -> Span:
        """Return the index of a node's first character, and that after its last."""
        if self.moved and (span := self.moved.get(id(node))):
            return span
        place = node.sourcepos
        begin, end = place.start, place.end
        start = self.source.offset(begin.line, begin.column)
        return start, max(start, self.source.offset(end.line, end.column + 1))

    def start(self, node: AstNode) -> int:
        """Return the index of a node's first character."""
        if self.moved and (span := self.moved.get(id(node))):
            return span[0]
        place = node.sourcepos.start
        return self.source.offset(place.line, place.column)

    def of(self, *kinds: type) -> list[AstNode]:
        """Return the nodes of these kinds, kind by kind."""
        return [node for kind in kinds for node in self.kinds.get(kind, ())]

    @cached_property
    def plain(self) -> str:
        """The text with all code and comments blanked, each character in its place."""
        text = self.source.text
        spans = [self.span(node) for node in self.of(comrak.Code, comrak.CodeBlock)]
        for node in self.of(comrak.HtmlBlock):
            start, end = self.span(node)
            spans += _ticked(text, start, end)
        plain = blanked(text, spans)
        if "-->" not in plain:
            return plain
        last = plain.rindex("-->") + 3
        return blanked(plain, [match.span() for match in COMMENT.finditer(plain, 0, last)])

    @cached_property
    def prose(self) -> str:
        """The plain text with code that was typed as HTML blanked too."""
        return blanked(self.plain, [match.span() for match in CODE.finditer(self.plain)])

    @cached_property
    def definitions(self) -> dict[str, int]:
        """The index of the address that each label of a reference stands for."""
        if self.plain.count("]:") == len(NOTE_LABEL.findall(self.plain)):
            return {}
        match = reversed(list(DEFINITION.finditer(self.plain)))
        return {label(one[1]): one.end() for one in match}

    @cached_property
    def text_lines(self) -> tuple[TextLine, ...]:
        """Each line of each paragraph, as it was typed."""
        lines: list[TextLine] = []
        for paragraph in self.of(comrak.Paragraph):
            first = True
            for node in paragraph.children:
                if first:
                    start = self.start(node)
                    lines.append(TextLine(paragraph, start, self.source.rest_of_line(start)))
                first = type(node.node_value) in LINE_ENDS
        return tuple(lines)

    def link(self, node: AstNode) -> TypedLink:
        """Return how a link or picture was typed."""
        text, (start, end) = self.source.text, self.span(node)
        first, inside = text[start : start + 1], node.children
        if first == "<":
            return TypedLink(start + 1)
        if first not in ("[", "!"):
            return TypedLink(start, bare=_is_bare(node))
        words = start + 1 + (first == "!")
        after = self.span(inside[-1])[1] if inside else words
        if text.startswith("](", after):
            address = BEFORE_ADDRESS.match(text, after + 2)
            return TypedLink(address.end() if address else after + 2)
        named = LABEL.match(text, after, end)
        return TypedLink(start, label=label(named[1] if named else text[words:after]))


def _require_shallow(source: MarkdownText) -> None:
    """Measure the depth of a tree before it is built: comrak 0.2.8 crashes on deep ones."""
    marked = (line for line in source.lines if line[:1] in BEGINNINGS)
    if sum(map(source.text.count, MAY_NEST)) + sum(map(_list_marks, marked)) <= FEW:
        return
    xml = comrak.markdown_to_xml(source.text, EXTENSIONS, PARSING)
    steps = (0 if tag[2] else -1 if tag[1] else 1 for tag in NODE.finditer(xml))
    if max(accumulate(steps), default=0) > DEEPEST:
        raise TooComplexError(source.position(0).line, "the text is nested too deeply")


def _list_marks(line: str) -> int:
    """Return at least how many lists begin on a line; a note may hold some behind its name."""
    words = line.lstrip(BEFORE_WORDS)
    marks = line if words.startswith("[^") else line[: len(line) - len(words)]
    return sum(map(marks.count, LIST_MARKS))


def value_of(node: AstNode) -> Any:  # noqa: ANN401 - each kind of node has a value of its own
    """Return the value of a node of a kind that has one."""
    return node.node_value.value  # type: ignore[attr-defined]


def label(written: str) -> str:
    """Return the form of a label under which two are one."""
    return " ".join(WRAP.sub(" ", written).split()).casefold()


def blanked(text: str, spans: list[Span]) -> str:
    """Return the text with some spans made spaces; lines stay."""
    parts, place = [], 0
    for start, end in sorted(spans):
        if end > place:
            begin = max(start, place)
            parts += [text[place:begin], re.sub(r"[^\n]", " ", text[begin:end])]
            place = end
    return "".join([*parts, text[place:]])


def _ticked(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands in backticks amid HTML, where they make no code."""
    runs = list(TICKS.finditer(text, start, end))
    later: dict[str, list[int]] = {}
    for at in reversed(range(len(runs))):
        later.setdefault(runs[at][0], []).append(at)
    place = 0
    for at, run in enumerate(runs):
        same = later[run[0]]
        while same and same[-1] <= at:
            same.pop()
        if run.start() >= place and same:
            place = runs[same[-1]].end()
            yield run.start(), place


def _is_bare(link: AstNode) -> bool:
    """Tell whether a link shows its address, and that is one which needs no brackets."""
    url, inside = value_of(link).url, link.children
    if len(inside) != 1 or not isinstance(inside[0].node_value, comrak.Text):
        return False
    return bool(url.startswith(BARE) and url.endswith(value_of(inside[0])))


def _moved(paragraphs: Iterable[AstNode], source: MarkdownText) -> Iterator[tuple[int, Span]]:
    """Yield by the identity of a node where it stands, if that is not where comrak says.

    Only what is in a paragraph or a heading can stand elsewhere.

    comrak takes the definitions of addresses out of a paragraph, and counts on from its beginning.
    It does not count a line that ends in the brackets behind the words of a link, either: it counts
    the columns on.
    """
    for paragraph in paragraphs:
        if inside := paragraph.children:
            setext = isinstance(paragraph.node_value, comrak.Heading)
            if paragraph.sourcepos.end.line - inside[-1].sourcepos.end.line > setext:
                yield from _places(paragraph, source)


def _places(paragraph: AstNode, source: MarkdownText) -> Iterator[tuple[int, Span]]:
    """Yield the places in a paragraph some lines of which comrak did not count.

    It reads lines without their insets, and adds the inset of the line on which it thinks it is.
    """
    begin, top = paragraph.sourcepos.start, paragraph.sourcepos.start.line
    lines = [line.encode() for line in source.lines[top - 1 : paragraph.sourcepos.end.line]]
    insets = [begin.column - 1]
    insets += [len(_inset(line)) for line in lines[1:]]
    bare = [line[inset:] for line, inset in zip(lines, insets, strict=True)]
    begins = [0, *accumulate(len(line) + 1 for line in bare[:-1])]
    real = {0: _removed(b"\n".join(bare).decode(errors="replace"))}
    last = len(lines) - 1

    def place(line: int, column: int) -> tuple[int, int]:
        """Return the line in the paragraph, and the column, of what comrak says."""
        thought = min(max(line - top, 0), last)
        index = begins[min(real.get(thought, thought), last)] + column - 1 - insets[thought]
        at = max(bisect_right(begins, index) - 1, 0)
        return at, max(index - begins[at] + insets[at] + 1, 1)

    starts: list[tuple[AstNode, int]] = []
    thought, at = 0, real[0]
    for node in (inner for one in paragraph.children for inner in _walk(one)):
        start = node.sourcepos.start
        for later in range(thought + 1, min(start.line - top, last) + 1):
            real[later] = at = at + 1
        thought = max(thought, start.line - top)
        at, column = place(start.line, start.column)
        starts.append((node, source.offset(top + at, column)))
    for later in range(thought + 1, last + 1):  # code may end there
        real[later] = at = at + 1
    for node, offset in starts:
        end = node.sourcepos.end
        at, column = place(end.line, end.column)
        yield id(node), (offset, max(offset, source.offset(top + at, column + 1)))


def _inset(line: bytes) -> str:
    match = INSET.match(line.decode())
    return match[0] if match else ""


def _removed(paragraph: str) -> int:
    """Return how many lines at the beginning of a paragraph are definitions."""
    done = 0
    while match := REMOVED.match(paragraph, done):
        done = match.end()
    return paragraph.count("\n", 0, done)


def _walk(root: AstNode) -> Iterator[AstNode]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
