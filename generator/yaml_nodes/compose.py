"""`compose`: the text of one YAML file in, its nodes and problems out, field by field if broken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import yaml

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes.characters import HIDE, SHOW, has_breaks, replace_illegible
from generator.yaml_nodes.diagnoses import TOO_LARGE
from generator.yaml_nodes.errors import explain
from generator.yaml_nodes.lenient import JsonPairs, without_tabs
from generator.yaml_nodes.nodes import Mapping, Node
from generator.yaml_nodes.tree import MOST_PROBLEMS, Builder, OversizedError, Pairs

_FIELD_START = re.compile(r"^(?!\.\.\.)[^ \t#\-}\]\n]", re.MULTILINE)
_FIELD_NAME = re.compile(
    r"^[ \t\xa0]*+(\"[^\"\n]*\"|'[^'\n]*'|[^\s#'\"-][^:\n]*+)[ \t\xa0]*+:", re.MULTILINE
)
_LIST_OR_BRACKET = re.compile(r"(?:[ \t]*(?:#.*|---[ \t]*)?\n)*(?:-[ \t\n]|[\[{])")
_ALIAS = re.compile(r"\*([\w-]+)")
_UNCLOSED = frozenset({"unclosed-quote", "unclosed-bracket"})


@dataclass(frozen=True, slots=True)
class Composed:
    """What could be read of a text.

    `node` is None for an empty text and for one that is too large. `broken` are the names of
    top-level fields that could not be read, each with at least one of the `problems`.
    """

    node: Node | None
    problems: tuple[Problem, ...]
    broken: frozenset[str]


def compose(text: str, *, path: str, first_line: int = 1, tags: bool = False) -> Composed:
    """Return the nodes of `text`, whose first line is line `first_line` of the file at `path`.

    No scalar gets a type: `NO`, `012` and dates stay text. With `tags` explicit tags (`!ENV`) are
    ignored, otherwise they are problems. After a mistake the fields that can be read are still
    there. Never raises.
    """
    with_newlines = text.replace("\r\n", "\n").replace("\r", "\n")
    legible, illegible = replace_illegible(with_newlines, path=path, first_line=first_line)
    hidden = has_breaks(legible)
    source = without_tabs(legible.translate(HIDE) if hidden else legible)
    pairs = JsonPairs(source)
    try:
        composed = _compose_whole(pairs.hide(source), path, first_line, tags=tags, json=pairs)
    except OversizedError as error:
        # None of its fields is missing: the one problem is that there are too many values.
        names = _field_names(source)
        composed = Composed(None, (TOO_LARGE.problem(path, error.position),), names)
    problems = composed.problems
    if hidden or pairs:
        problems = tuple(_as_typed(problem, pairs) for problem in problems)
    return replace(composed, problems=illegible + problems)


def _compose_whole(
    text: str, path: str, first_line: int, *, tags: bool, json: JsonPairs
) -> Composed:
    builder = Builder(path, tags=tags, json=json)
    try:
        node = builder.read(text, first_line)
    except yaml.MarkedYAMLError as error:
        problem = explain(text, error, path=path, first_line=first_line)
        return _compose_fields(text, problem, first_line, Builder(path, tags=tags, json=json))
    if not tags:
        builder.report_unused_anchors()
    return Composed(node, tuple(builder.problems), frozenset())


def _compose_fields(text: str, whole: Problem, first_line: int, builder: Builder) -> Composed:
    """Read each top-level field by itself; `whole` is the problem of the text in one piece.

    libyaml stops at the first mistake, and an author should see all of them at once. A top-level
    field starts in the first column, so the text can be cut there without being understood.
    Each piece is then a small file of its own: it is read, or has one problem. Two kinds of
    problem would only repeat an earlier one and are dropped: lines without a colon after a piece
    that was never closed (they are the rest of its text), and aliases of a value in a piece that
    was not read. If no piece has a problem of its own, the mistake lies between them, and `whole`
    is reported.
    """
    pairs: Pairs = {}
    broken_chunks: list[str] = []
    problems: list[Problem] = []
    after_unclosed = False
    for chunk, line in _field_chunks(text, first_line):
        enough = len(problems) >= MOST_PROBLEMS
        problem = whole if enough else _read_chunk(chunk, line, builder, pairs)
        if problem is None:
            after_unclosed = False
            continue
        broken_chunks.append(chunk)
        is_rest = after_unclosed and problem.code == "no-colon"
        if not is_rest and not _is_alias_of_broken(problem, chunk, broken_chunks):
            problems.append(problem)
            after_unclosed = problem.code in _UNCLOSED
    broken = frozenset().union(*map(_field_names, broken_chunks))
    start = next((key.position for key, _ in pairs.values()), Position(first_line, 1))
    node = Mapping(pairs=tuple(pairs.values()), position=start)
    return Composed(
        node if pairs or broken else None,
        (*(problems[:MOST_PROBLEMS] or [whole]), *builder.problems),
        broken - pairs.keys(),
    )


def _field_chunks(text: str, first_line: int) -> list[tuple[str, int]]:
    """Cut a text where its top-level fields start; each piece has the number of its first line.

    What is above the first field belongs to it. A list or a bracket at the top has no fields.
    """
    starts = [match.start() for match in _FIELD_START.finditer(text)]
    if not starts or _LIST_OR_BRACKET.match(text):
        return [(text, first_line)]
    cuts = [0, *(start for start in starts if start > 0), len(text)]
    chunks, line = [], first_line
    for start, end in pairwise(cuts):
        chunks.append((text[start:end], line))
        line += text.count("\n", start, end)
    return chunks


def _read_chunk(chunk: str, line: int, builder: Builder, pairs: Pairs) -> Problem | None:
    """Add the fields of one piece to `pairs`, or return why there are none."""
    try:
        fields = builder.read_fields(chunk, line)
    except yaml.MarkedYAMLError as error:
        return explain(chunk, error, path=builder.path, first_line=line)
    for key, value in fields:
        builder.add(pairs, key, value)
    return None


def _is_alias_of_broken(problem: Problem, chunk: str, broken_chunks: list[str]) -> bool:
    """Return whether an alias is unknown only because what it refers to could not be read."""
    if problem.code != "unknown-alias":
        return False
    names = _ALIAS.findall(chunk)
    return any(f"&{name}" in broken for name in names for broken in broken_chunks)


def _field_names(chunk: str) -> frozenset[str]:
    """Return whatever looks like the name of a field in a text that could not be read."""
    return frozenset(name.strip().strip("'\"") for name in _FIELD_NAME.findall(chunk))


def _as_typed(problem: Problem, json: JsonPairs) -> Problem:
    """Return a problem that quotes what was typed, not what libyaml was given in its place."""
    message, hint = (json.show(text.translate(SHOW)) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)
