"""Lists that are none in Markdown, as word processors and people write them in many languages.

Their points run together in one paragraph, or lose their form. To add a mark, add it to `BULLETS`
or to `NUMBERS`.
"""

# ruff: noqa: RUF001 - marks, digits and letters of many languages

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import comrak

from generator.markdown.reporting import lint_at, quoted
from generator.markdown.source import Lint
from generator.markdown.tree import TextLine, Tree, value_of

BLANKS = r"[ \t\u00a0\u3000]"


class BulletMark(NamedTuple):
    """What a point begins with, how many of them make a list, and what to write instead."""

    pattern: re.Pattern[str]
    least: int
    remedy: str
    whole: bool = False
    """Whether all lines of the paragraph begin so: the mark is a word of some language."""


BULLETS = (
    BulletMark(
        re.compile(
            rf"[•●○◦▪▫■□‣\u2043·∙➢➤►▸✓✔❖❑❒◆◇\U0001f539\U0001f538\uf020-\uf0ff]{BLANKS}*"
            r"|[o§ØüvqnlŸ]\t[ \t]*|o {2,}"  # the fonts Symbol and Wingdings, read as letters
        ),
        1,
        "- ",
    ),
    BulletMark(re.compile(rf"[→⇒√✗✅➡👉★☆☐☑☒]\ufe0f?{BLANKS}*"), 2, "- "),
    BulletMark(re.compile(rf"(?:[~»›°º]|[=-]+>){BLANKS}+"), 2, "- "),
    BulletMark(re.compile(rf"\[[ xX]\]{BLANKS}+"), 2, "- [ ] "),
    BulletMark(re.compile(rf"(?:[‐‑‒–—―\u2212]|--){BLANKS}+"), 2, "- "),
    BulletMark(re.compile(r"[-+*]\u00a0+"), 1, "- "),
    BulletMark(re.compile(r"[-+*](?=[^\W\d_]{2}|\[[ xX]\]|[\"“«(]\w)|-(?=\*\*\w)"), 2, "- "),
    BulletMark(re.compile(r"o (?=\S)"), 2, "- ", whole=True),
)
LONE_DASH = re.compile(rf"[‐‑‒–—―\u2212]{BLANKS}+(?![^\n]*{BLANKS}[–—-]{BLANKS})")
"""Right below a point of a list one such line is the next; a second dash makes it an aside."""

AFTER = rf"(?:[.)\]/°ºª:-]|\.-|[ ]?[-–—]){BLANKS}+"
ROMAN_WORDS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMANS = ROMAN_WORDS.split()
COUNTED = "一二三四五六七八九十"
FIRST_LETTERS = frozenset("aаαאاأกກកकকაաあアက가ሀ")
"""The letters with which an alphabet begins, as letters that count begin with them."""

FARTHEST = 6
"""So far apart at most are two letters in Unicode that follow one another in an alphabet."""


class NumberMark(NamedTuple):
    """What a counted point begins with, and which number the words in its group stand for."""

    pattern: re.Pattern[str]
    number: Callable[[str], int]


def _roman(typed: str) -> int:
    return ROMANS.index(typed.lower()) + 1 if typed.lower() in ROMANS else -1


def _letter(typed: str) -> int:
    return ord(typed.lower()[0])


NUMBERS = (
    NumberMark(
        re.compile(
            rf"(?:[(（]|\[(?=\d+\]))?(\d{{1,3}})(?:{AFTER}|[、．）]{BLANKS}*|[.)](?=[^\W\d_]{{2}}))"
        ),
        int,
    ),
    NumberMark(re.compile(rf"\(?([ivxIVX]{{1,5}}){AFTER}"), _roman),
    NumberMark(re.compile(rf"\(?([^\W\d_]){AFTER}"), _letter),
    NumberMark(re.compile(rf"(\d)\ufe0f?\u20e3{BLANKS}*"), int),
    NumberMark(re.compile(rf"([\u2460-\u249b\u24eb-\u24fe\u2776-\u2793]){BLANKS}*"), ord),
    NumberMark(re.compile(rf"[（(]?([{COUNTED}])[、．.）)]"), COUNTED.index),
)
LETTERS = NUMBERS[2]
MANY_LETTERS = re.compile(r"[^\W\d_]{2}")
STARTS = frozenset(f"ivx{COUNTED}")


def unread_lists(tree: Tree) -> Iterator[Lint]:
    """Yield lists whose points have bullets that Markdown does not know."""
    emphasised = {tree.start(node) for node in tree.of(comrak.Emph, comrak.Strong)}
    lines = [line for line in tree.text_lines if line.start not in emphasised]
    for mark, run in groupby(lines, key=lambda line: bullet(line.words)):
        points = list(run)
        if mark is None or len(points) < (1 if _goes_on(tree, points[0]) else mark.least):
            continue
        if mark.whole and not _is_whole(tree, points):
            continue
        start, line = points[0].start, points[0].words.rstrip()
        typed = mark.pattern.match(line)
        if typed and line[typed.end() :].strip():  # else it is a mark, and nothing after it
            yield _reported(tree, start, line, typed, mark.remedy)


def bullet(line: str) -> BulletMark | None:
    """Return the mark with which a line begins; nearly all lines begin with none."""
    if MANY_LETTERS.match(line):
        return None
    return next((mark for mark in BULLETS if mark.pattern.match(line)), None)


def _goes_on(tree: Tree, line: TextLine) -> bool:
    """Tell whether a line is in the first paragraph of a point, and may be the next point."""
    item = line.paragraph.parent
    if item is None or not isinstance(item.node_value, comrak.Item | comrak.TaskItem):
        return False
    above, column = tree.start(item), _column(tree, line.start)
    is_below = line.start > tree.start(line.paragraph) and column == _column(tree, above)
    return is_below and bool(LONE_DASH.match(line.words))


def _column(tree: Tree, offset: int) -> int:
    return offset - tree.source.starts[tree.source.line_at(offset)]


def _is_whole(tree: Tree, points: list[TextLine]) -> bool:
    """Tell whether these lines are a paragraph, or end one after a colon."""
    start, end = tree.span(points[0].paragraph)
    before = tree.source.text[start : points[0].start].rstrip()
    after = tree.source.text[points[-1].start : end]
    same = points[0].paragraph is points[-1].paragraph
    return same and "\n" not in after and (not before or before.endswith(":"))


class _Counted(NamedTuple):
    """The last point of a list that counts, as far as it was read."""

    number: int
    paragraph: int
    line: TextLine
    is_list: bool


def unread_numbers(tree: Tree) -> Iterator[Lint]:
    """Yield lists whose numbers or letters Markdown does not know, or that stand in a paragraph."""
    last: dict[NumberMark, _Counted] = {}
    paragraph, at = None, 0
    for line in tree.text_lines:
        if line.paragraph is not paragraph:
            paragraph, at = line.paragraph, at + 1
        if line.words[:2].isalpha() and line.words[0].lower() not in STARTS:
            continue
        for mark in NUMBERS:
            typed = mark.pattern.match(line.words)
            if typed is None or not line.words[typed.end() :].strip():
                continue
            number, before = mark.number(typed[1]), last.get(mark)
            follows = (
                before is not None
                and before.paragraph >= at - 1
                and _follows(mark, before.number, number)
            )
            if before and follows and not before.is_list:
                words = before.line.words.rstrip()
                if first := mark.pattern.match(words):
                    yield _counted(tree, before.line.start, words, first)
            last[mark] = _Counted(number, at, line, follows)


def _follows(mark: NumberMark, before: int, number: int) -> bool:
    """Tell whether a number comes after another; the letters of alphabets have gaps."""
    if mark is LETTERS and chr(before) in FIRST_LETTERS and before > ord("z"):
        return 0 < number - before <= FARTHEST
    return number == before + 1 and before >= 0


def _counted(tree: Tree, start: int, line: str, typed: re.Match[str]) -> Lint:
    """Return what is reported of a list that counts: a number that Markdown knows is kept."""
    number = int(typed[1]) if typed[1].isdecimal() else 1
    if re.fullmatch(r"[0-9]+[.)][ \t]+", typed[0]):
        message = f"'{quoted(line)}' is not read as a point of a list"
        hint = "put an empty line before the first point"
        return lint_at(tree, start, "unread-list", message, hint)
    known = re.match(r"[0-9]+[.)]", typed[0])
    return _reported(tree, start, line, typed, f"{known[0] if known else f'{number}.'} ")


def _reported(tree: Tree, start: int, line: str, typed: re.Match[str], remedy: str) -> Lint:
    words = quoted(line[typed.end() :])
    message = f"'{quoted(line)}' is not read as a point of a list"
    hint = f"write '{remedy}{words}', and so with each point"
    mark = line[: typed.end()].strip()
    if "\u00a0" in line[: typed.end() + 1] and re.fullmatch(r"[-+*]|[0-9]+[.)]", mark):
        hint = f"type the space after '{mark}' again: this one does not part words"
    return lint_at(tree, start, "unread-list", message, hint)


NUMBER = re.compile(r"\d+")


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
        if len(set(typed)) <= 1:
            continue  # nobody meant the numbers: Markdown counts
        for start, number, visible in zip(starts, typed, expected, strict=False):
            if number != visible:
                message = f"the number {number} is shown as {visible}"
                hint = "number the points one after the other, or begin them with '- '"
                yield lint_at(tree, start, "changed-number", message, hint)
                break
