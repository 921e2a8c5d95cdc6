"""Owns where in an author's text links and code stand, and which texts are too complex to read.

Markdown keeps no positions: a link is found again by its target, the k-th with the k-th.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from generator.markdown.sanitise import readable

FENCE = re.compile(r"^( *)(`{3,}|~{3,}) *([^\s`]*)[^`]*$")
LISTED = re.compile(r"^ *(?:[-*+]|\d{1,9}[.)])(?: |$)")
TICKS = re.compile(r"`+|\n[ \t]*\n")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
INLINE = re.compile(
    r"\]\(\s{0,9}(?:<(?P<angle>[^<>\n]*)>|(?P<inline>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
)
NAMED = re.compile(r"^[ ]{0,3}\[[^\[\]\n]*\]:[ ]*\n?[ ]*<?(?P<named>[^\s<>]+)", re.MULTILINE)
ANGLED = re.compile(
    r"<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>"
    r"""|<(?P<post>[^<>\s@"'=]{1,64}@[^<>\s"'=]{1,255})>"""
)
QUOTED = re.compile(
    r"""\b(?:href|src)\s{0,9}=\s{0,9}(?:"""
    r"""["](?P<double>[^"\n]{0,2000})["]|'(?P<single>[^'\n]{0,2000})'|(?P<bare>[^\s"'<>]+))""",
    re.IGNORECASE,
)
UNREADABLE = re.compile(
    r"\]\(\s{0,9}(?P<inline>[^()\n]*)\)|<(?P<auto>https?://[^<>\n]*)>"
    r"""|\b(?:href|src)\s{0,9}=\s{0,9}(?:"(?P<double>[^"\n]{0,2000})"|'(?P<single>[^'\n]{0,2000})')""",
    re.IGNORECASE,
)
TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
INDENT_OF_CODE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Fenced code, from the line of the opening fence to that after the closing one."""

    start: int
    end: int
    closed: bool
    indent: int
    in_list: bool
    language: str

    def code(self, lines: list[str]) -> list[str]:
        """Return the lines between the fences."""
        return lines[self.start + 1 : self.end - self.closed]


def fences(lines: list[str]) -> list[Fence]:
    """Return the fenced code in order; one that is never closed reaches to the end."""
    found: list[Fence] = []
    place, in_list = 0, False
    while place < len(lines):
        line = lines[place]
        mark = FENCE.match(line)
        if mark and (len(mark[1]) < INDENT_OF_CODE or in_list):
            found.append(_fence(lines, place, mark, in_list=in_list and bool(mark[1])))
            place = found[-1].end
            continue
        in_list = _still_listed(line, in_list=in_list)
        place += 1
    return found


def _fence(lines: list[str], start: int, mark: re.Match[str], *, in_list: bool) -> Fence:
    closing = re.compile(rf"^ *{re.escape(mark[2][0])}{{{len(mark[2])},}} *$")
    ends = (at for at in range(start + 1, len(lines)) if closing.match(lines[at]))
    end = next(ends, None)
    return Fence(
        start=start,
        end=len(lines) if end is None else end + 1,
        closed=end is not None,
        indent=len(mark[1]),
        in_list=in_list,
        language=mark[3],
    )


def _still_listed(line: str, *, in_list: bool) -> bool:
    if LISTED.match(line):
        return True
    return in_list and (not line.strip() or line.startswith(" "))


def mask(text: str, *, spans: bool = True) -> str:
    """Return the text with all code blanked, every other character in its place.

    Without `spans` the code within paragraphs stays.
    """
    lines = text.split("\n")
    for fence in fences(lines):
        for at in range(fence.start, fence.end):
            lines[at] = " " * len(lines[at])
    _mask_indented(lines)
    plain = "\n".join(lines)
    return _mask_spans(plain) if spans else plain


def prose(masked: str) -> str:
    """Return a text without code with its comments blanked too, each character in its place."""
    plain, shown, place = masked, list[str](), 0
    while (begin := plain.find("<!--", place)) >= 0:
        end = plain.find("-->", begin)
        if end < 0:
            break
        shown += [plain[place:begin], blank(plain[begin : end + 3])]
        place = end + 3
    return "".join([*shown, plain[place:]])


def blank(text: str) -> str:
    """Return as many spaces and lines as the text has."""
    return re.sub(r"[^\n]", " ", text)


def _mask_indented(lines: list[str]) -> None:
    in_list = False
    code = True
    for at, line in enumerate(lines):
        in_list = _still_listed(line, in_list=in_list)
        code = code and not in_list and line.startswith((" " * INDENT_OF_CODE, "\t"))
        if code:
            lines[at] = " " * len(line)
        code = code or not line.strip()


def _mask_spans(text: str) -> str:
    """Blank inline code: a run of backticks up to the next run as long, in the same paragraph."""
    if "`" not in text:
        return text
    ticks = list(TICKS.finditer(text))
    later: dict[str, deque[int]] = defaultdict(deque)
    paragraph = 0
    numbers = []
    for at, mark in enumerate(ticks):
        paragraph += mark[0][0] == "\n"
        numbers.append(paragraph)
        later[mark[0]].append(at)
    shown, place, at = [], 0, 0
    while at < len(ticks):
        mark = ticks[at]
        same = later[mark[0]]
        while same and same[0] <= at:
            same.popleft()
        if mark[0][0] == "`" and same and numbers[same[0]] == numbers[at]:
            end = ticks[same[0]]
            shown += [text[place : mark.start()], blank(text[mark.start() : end.end()])]
            place, at = end.end(), same[0]
        at += 1
    return "".join([*shown, text[place:]])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target begins in the text; both start at 1."""

    line: int
    column: int


class Places:
    """The places of all link targets in a text, to be taken one after the other."""

    __slots__ = ("_text", "_unreadable", "_waiting", "_zero")

    def __init__(self, masked: str) -> None:
        """Read the places of the links in a text of which all code is blanked."""
        self._text = masked
        self._zero = [0, *(m.end() for m in re.finditer(r"\n", masked))]
        self._unreadable: deque[tuple[str, int]] | None = None
        self._waiting: dict[str, deque[int]] = defaultdict(deque)
        for mark in _addresses(masked):
            group = mark.lastgroup
            if group:
                self._waiting[_plain(mark[group], post=group == "post")].append(mark.start(group))

    def take(self, target: str) -> Place:
        """Return where `target` stands next; when used up its last place, else the first line."""
        waiting = self._waiting.get(target.strip())
        if waiting:
            return self.place(waiting.popleft() if len(waiting) > 1 else waiting[0])
        words = target.split()
        at = self._text.find(words[0]) if words else -1
        return self.place(max(at, 0))

    def take_unreadable(self) -> tuple[str, Place] | None:
        """Return the next target that the sanitiser could not read, and where it stands."""
        if self._unreadable is None:
            self._unreadable = deque(
                (typed, mark.start(mark.lastgroup or 0))
                for mark in UNREADABLE.finditer(self._text)
                if not readable(typed := TITLE.sub("", mark[mark.lastgroup or 0]).strip())
            )
        if not self._unreadable:
            return None
        typed, at = self._unreadable.popleft()
        return typed, self.place(at)

    def place(self, at: int) -> Place:
        """Return the line and the column of the character that has `at` others before it."""
        line = bisect_right(self._zero, at)
        return Place(line, at - self._zero[line - 1] + 1)


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the addresses in a text, none of which begins within another.

    Each kind is searched for by itself, which is several times faster than one pattern for all.
    """
    kinds = [INLINE, *([NAMED] if "]:" in text else []), *([ANGLED] if "<" in text else [])]
    folded = text.casefold() if "=" in text else ""
    if "href" in folded or "src" in folded:
        kinds.append(QUOTED)
    ahead = [found for kind in kinds if (found := kind.search(text))]
    while ahead:
        first = min(ahead, key=re.Match.start)
        yield first
        end = first.end()
        later = (found if found.start() >= end else found.re.search(text, end) for found in ahead)
        ahead = [found for found in later if found]


def _plain(target: str, *, post: bool) -> str:
    plain = html.unescape(ESCAPED.sub(r"\1", target)).strip()
    return f"mailto:{plain}" if post else plain
