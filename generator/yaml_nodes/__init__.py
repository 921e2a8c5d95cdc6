"""Owns YAML text turned into nodes: every scalar stays the string that the author typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import yaml

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes.characters import HIDE, SHOW, has_breaks, replace_illegible
from generator.yaml_nodes.errors import explain
from generator.yaml_nodes.nodes import Mapping, Node, Scalar, Sequence
from generator.yaml_nodes.suggested_fixes import not_a_field
from generator.yaml_nodes.tree import MOST_NODES, MOST_PROBLEMS, Builder, OversizedError, Pairs

__all__ = ["Composed", "Mapping", "Node", "Scalar", "Sequence", "compose"]

_BEGINS = re.compile(r"^(?!\.\.\.)[^ \t#\-}\]\n]", re.MULTILINE)
_FIELD = re.compile(r"^[ \t\xa0]*(\"[^\"\n]*\"|'[^'\n]*'|[^\s#'\"-][^:\n]*?)\s*:", re.MULTILINE)
_NO_FIELDS = re.compile(r"(?:[ \t]*(?:#.*|---[ \t]*)?\n)*(?:-[ \t\n]|[\[{])")
_ALIAS = re.compile(r"\*([\w-]+)")
_OPEN = frozenset({"unclosed-quote", "unclosed-bracket"})


@dataclass(frozen=True, slots=True)
class Composed:
    """What could be read of a text; `broken` names the top-level fields that could not."""

    node: Node | None
    problems: tuple[Problem, ...]
    broken: frozenset[str]


def compose(text: str, *, path: str, first_line: int = 1, tags: bool = False) -> Composed:
    """Return the nodes of `text`, whose first line is line `first_line` of the file at `path`.

    Nothing is typed: `NO`, `012` and dates stay text. With `tags` explicit tags are passed over,
    else they are problems. After a mistake the fields that can be read are still there. No node
    for an empty text, and for one with more values than any author writes.
    """
    typed = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, illegible = replace_illegible(typed, path=path, first_line=first_line)
    hidden = has_breaks(clean)
    source = clean.translate(HIDE) if hidden else clean
    try:
        composed = _compose(source, path, first_line, tags=tags)
    except OversizedError as error:
        composed = Composed(None, (_oversized(path, error.position),), frozenset())
    problems = tuple(map(_with_breaks, composed.problems)) if hidden else composed.problems
    return replace(composed, problems=illegible + problems)


def _compose(text: str, path: str, first_line: int, *, tags: bool) -> Composed:
    builder = Builder(path, tags=tags)
    try:
        node = builder.read(text, first_line)
    except yaml.MarkedYAMLError as error:
        whole = explain(text, error, path=path, first_line=first_line)
        return _recovered(text, whole, first_line, Builder(path, tags=tags))
    if not tags:
        builder.report_unused()
    return Composed(node, tuple(builder.problems), frozenset())


def _recovered(text: str, whole: Problem, first_line: int, builder: Builder) -> Composed:
    """Read each top-level field by itself; `whole` is the problem of the text as one piece."""
    chunks = _chunks(text, first_line)
    pairs: Pairs = {}
    lost: list[str] = []
    unread: list[Problem] = []
    after_open = False
    for chunk, line in chunks:
        problem = _take(chunk, line, builder, pairs) if len(unread) < MOST_PROBLEMS else whole
        if problem is None:
            after_open = False
            continue
        lost.append(chunk)
        if not (after_open and problem.code == "no-colon") and not _follows(problem, chunk, lost):
            unread.append(problem)
            after_open = problem.code in _OPEN
    broken = frozenset().union(*map(_fields, lost))
    node = Mapping(pairs=tuple(pairs.values()), position=_first(pairs, first_line))
    problems = (*(unread[:MOST_PROBLEMS] or [whole]), *builder.problems)
    return Composed(node if pairs or broken else None, problems, broken - pairs.keys())


def _chunks(text: str, first_line: int) -> list[tuple[str, int]]:
    """Cut a text where its top-level fields begin, each piece with its line."""
    begins = [match.start() for match in _BEGINS.finditer(text)]
    if not begins or _NO_FIELDS.match(text):
        return [(text, first_line)]
    cuts = [0, *(begin for begin in begins if begin > 0), len(text)]
    pieces, line = [], first_line
    for start, end in pairwise(cuts):
        pieces.append((text[start:end], line))
        line += text.count("\n", start, end)
    return pieces


def _take(chunk: str, line: int, builder: Builder, pairs: Pairs) -> Problem | None:
    """Add the fields of one piece to `pairs`, or return why there are none."""
    try:
        node = builder.read(chunk, line)
    except yaml.MarkedYAMLError as error:
        return explain(chunk, error, path=builder.path, first_line=line)
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            builder.add(pairs, key, value)
    elif node is not None:
        typed = chunk.split("\n")[node.position.line - line]
        code, message, hint = not_a_field(typed)
        return Problem(
            path=builder.path,
            line=node.position.line,
            column=node.position.column,
            code=code,
            message=message,
            hint=hint,
        )
    return None


def _follows(problem: Problem, chunk: str, lost: list[str]) -> bool:
    """Tell whether an alias is unknown only because what it refers to could not be read."""
    if problem.code != "unknown-alias":
        return False
    return any(f"&{name}" in earlier for name in _ALIAS.findall(chunk) for earlier in lost)


def _fields(chunk: str) -> frozenset[str]:
    """Return whatever looks like the name of a field in a text that could not be read."""
    return frozenset(name.strip("'\"") for name in _FIELD.findall(chunk))


def _first(pairs: Pairs, first_line: int) -> Position:
    return next((key.position for key, _ in pairs.values()), Position(first_line, 1))


def _oversized(path: str, position: Position) -> Problem:
    return Problem(
        path=path,
        line=position.line,
        column=position.column,
        code="too-large",
        message=f"the file holds more than {MOST_NODES} values, each '*' counted in full",
        hint="divide it into several files, or use fewer '*'",
    )


def _with_breaks(problem: Problem) -> Problem:
    return replace(
        problem, message=problem.message.translate(SHOW), hint=problem.hint.translate(SHOW)
    )
