"""Problems for a person: a line each, or each with its place and what would be right there."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from click import style

from generator.base.problem import Problem, Severity
from generator.cli.problem_formats.report import ProblemReport

if TYPE_CHECKING:
    from generator.records.explain import Explanation

MOST_SHOWN = 200
"""At most so many problems are printed; the rest are counted."""

MOST_LINES = 6
"""So many lines tell of one problem, however often it was met."""

MOST_PLACES = 3
"""So many places of equal problems are named, beside the first."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = "    "


def as_lines(report: ProblemReport) -> str:
    """Return each problem on a line of its own, its hint below it."""
    return plain_lines(report.problems)


def plain_lines(problems: Sequence[Problem]) -> str:
    """Return some problems, each on a line of its own, its hint below it."""
    return _printed([str(problem) for problem in problems])


def as_explained(report: ProblemReport) -> str:
    """Return each problem with its place in the file, and what would be right there.

    Equal problems are told once, with the places of the others.
    """
    equal: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for problem in report.problems:
        equal[problem.severity, problem.code, problem.message, problem.hint].append(problem)
    groups = list(equal.values())
    told_once = ["\n".join(_lines(group, report)) for group in groups[:MOST_SHOWN]]
    return _printed([*told_once, *("" for _ in groups[MOST_SHOWN:])])


def _printed(texts: Sequence[str]) -> str:
    rest = [f"… and {len(texts) - MOST_SHOWN} more"] if len(texts) > MOST_SHOWN else []
    return "".join(f"{text}\n" for text in (*texts[:MOST_SHOWN], *rest))


def _lines(equal: Sequence[Problem], report: ProblemReport) -> list[str]:
    """Return the lines that tell of some equal problems, the first of them in full."""
    problem, *others = equal
    head = [_first_line(problem, report)]
    tail = [_visible(f"{_INDENT}hint: {problem.hint}")] if problem.hint else []
    end = [_visible(_other_places(others))] if others else []
    explanation = report.explain(problem)
    if explanation:
        head += _place(explanation, report)
        extra = [*_terms(explanation, report.width), *_example(explanation, report.width)]
        tail += extra[: MOST_LINES - len(head) - len(tail) - len(end)]
    return [*head, *tail, *end]


def _first_line(problem: Problem, report: ProblemReport) -> str:
    where = _visible(f"{problem.path}:{problem.line}:{problem.column}:")
    severity, message = f"{problem.severity}:", _visible(problem.message)
    if report.colours:
        where, severity = style(where, bold=True), style(severity, _COLOURS[problem.severity])
    return f"{where} {severity} {message}"


def _other_places(others: Sequence[Problem]) -> str:
    places = ", ".join(f"{p.path}:{p.line}:{p.column}" for p in others[:MOST_PLACES])
    more = " … (every one: --format text)" if len(others) > MOST_PLACES else ""
    return f"{_INDENT}and {len(others):,} more like it: {places}{more}"


def _place(explanation: Explanation, report: ProblemReport) -> Iterator[str]:
    """Yield the line of the file, as much of it as there is room for, and a caret under the place.

    A column past the end of the line is the one after its last character.
    """
    gutter = f"{explanation.number:>6} | "
    room = max(report.width - len(gutter) - 1, 20)
    text, column = _visible(explanation.line), min(explanation.column - 1, len(explanation.line))
    start = 0
    while _cells(text[start : column + 1]) > room * 2 // 3:
        start += max(room // 3, 1)
    end = start
    cells = 0
    while end < len(text) and cells < room:
        cells += _cells(text[end])
        end += 1
    left, right = "…" if start else "", "…" if end < len(text) else ""
    yield f"{gutter}{left}{text[start:end]}{right}"
    caret = style("^", "green", bold=True) if report.colours else "^"
    yield f"{' ' * 6} | {' ' * _cells(left + text[start:column])}{caret}"


def _terms(explanation: Explanation, width: int) -> Iterator[str]:
    """Yield the terms that may have been meant, each with what it means, cut to a line."""
    for name, meaning in explanation.terms:
        yield _cut(f"{_INDENT}{name}: {meaning}", width)


def _example(explanation: Explanation, width: int) -> Iterator[str]:
    """Yield an example of the right form, the first line after words that say so."""
    words = f"{_INDENT}for example:  "
    for line in explanation.example:
        yield _cut(f"{words}{line}", width)
        words = " " * len(words)


def _cut(line: str, width: int) -> str:
    """Return a line, or as much of it as there is room for, to the end of a word if it has some."""
    text = _visible(line)
    if _cells(text) <= width:
        return text
    while _cells(text) > width - 2:
        text = text[:-1]
    words = text.rpartition(" ")[0]
    return f"{words if words.strip() else text} …"


def _visible(text: str) -> str:
    """Return a text in which nothing moves the cursor, turns the line round or hides."""
    return "".join(_legible(c) for c in text)


def _legible(character: str) -> str:
    if character in "\t\n\r":
        return " "
    joins = character in "\u200c\u200d"  # scripts such as Persian and Lao need them
    return character if character.isprintable() or joins else "\ufffd"


def _cells(text: Iterable[str]) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
