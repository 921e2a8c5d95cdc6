"""Where a problem stands in its file, and what would be right there: the terms meant, an example.

A problem says what is wrong in a sentence. Its place in the file leads to the field that was being
written, and the field to its terms and its example in the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Problem
from generator.model.former_names import field_called
from generator.model.record import Field, Model
from generator.model.reference import example_yaml
from generator.records.front_matter import split_front_matter
from generator.records.read_file import SourceText, read_file

MOST_TERMS = 3
"""So many terms are explained."""

EXAMPLE_LINES = 2
"""So many lines of an example show its shape: the field, and the first line of its value."""

_OF_SHAPE = frozenset(
    {"one-value", "no-list", "missing-dash", "list-on-field-line", "no-space-after-dash"}
)
"""Codes, beside those that begin with `bad-`, of a value that has another form than its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What stands at the place of a problem, and what would be right there.

    `line` is the line `number` of the file, `column` counts its characters from 1. `terms` are
    those that may have been meant, each with its meaning. `example` are the lines of an example.
    """

    line: str
    number: int
    column: int
    terms: tuple[tuple[str, str], ...] = ()
    example: tuple[str, ...] = ()


class Explainer:
    """Explains the problems of a site; each file is read once. Without a model no field is known.

    Paths of problems are seen from `root`. `extra` are case files outside the content folder.
    """

    def __init__(
        self, root: Path, content: Path, model: Model | None, extra: Iterable[Path] = ()
    ) -> None:
        self._root = root
        self._content = content
        self._model = model
        self._extra = frozenset(extra)
        self._sources: dict[str, SourceText | None] = {}
        self._places: dict[str, dict[Position, tuple[Field, str]]] = {}

    def explain(self, problem: Problem) -> Explanation | None:
        """Return what stands at the place of a problem, None where its file has no such line."""
        source = self._source(problem.path)
        lines = source.text.split("\n") if source else []
        if source is None or problem.line > len(lines) or not any(lines):
            return None
        field, typed = self._field(source, problem)
        return Explanation(
            line=lines[problem.line - 1],
            number=problem.line,
            column=problem.column,
            terms=tuple(self._terms(problem, field, typed)),
            example=_example(problem, field),
        )

    def _source(self, path: str) -> SourceText | None:
        """Return the text of a file, None where it is not read, as the check did not read it."""
        if path not in self._sources:
            file, content = self._root / path, self._content
            within = content if file.is_relative_to(content) else file.parent
            self._sources[path] = read_file(self._root, file, within=within)[0]
        return self._sources[path]

    def _field(self, source: SourceText, problem: Problem) -> tuple[Field | None, str]:
        """Return the field that is written at a place of a case file, and the text typed there."""
        model, file = self._model, self._root / source.path
        if model is None:
            return None, ""
        folder = self._content / model.folder
        if file not in self._extra and not file.is_relative_to(folder):
            return None, ""
        if source.path not in self._places:
            self._places[source.path] = _fields_by_position(source, model)
        place = Position(problem.line, problem.column)
        return self._places[source.path].get(place, (None, ""))

    def _terms(
        self, problem: Problem, field: Field | None, typed: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the terms that may have been meant by a word that is none, with their meaning."""
        if self._model is None or field is None or problem.code != "unknown-term":
            return
        for term in self._model.vocabularies[field.vocabulary].meant(typed)[:MOST_TERMS]:
            yield term.id, " ".join((term.definition or term.label).split())


def _fields_by_position(source: SourceText, model: Model) -> dict[Position, tuple[Field, str]]:
    """Return the fields of a case file by the position of each of their nodes, with its text."""
    front, _ = split_front_matter(source)
    if front is None:
        return {}
    node = yaml_nodes.compose(front.text, path=source.path, first_line=front.first_line).node
    if not isinstance(node, yaml_nodes.Mapping):
        return {}
    return dict(_walk_mapping(node, model.fields))


def _walk_mapping(
    node: yaml_nodes.Mapping, fields: Mapping[str, Field], holder: Field | None = None
) -> Iterator[tuple[Position, tuple[Field, str]]]:
    """Yield the position of each node with its field, that of an inner one after the outer one."""
    for key, child in node.pairs:
        field = field_called(key.value, fields)
        if field is None and holder and holder.key:
            # a mapping by term: `staff-time: what happened`
            field = holder.fields[holder.key]
            yield key.position, (field, key.value.strip())
        elif field:
            yield key.position, (field, "")
            yield from _walk(child, field)


def _walk(node: yaml_nodes.Node, field: Field) -> Iterator[tuple[Position, tuple[Field, str]]]:
    if isinstance(node, yaml_nodes.Mapping):
        yield node.position, (field, "")
        yield from _walk_mapping(node, field.fields, field)
    elif isinstance(node, yaml_nodes.Sequence):
        yield node.position, (field, "")
        for item in node.items:
            yield from _walk(item, field)
    else:
        bare = field.fields.get(field.key, field)  # a bare value fills the key of a record
        yield node.position, (bare if bare.vocabulary else field, node.value.strip())


def _example(problem: Problem, field: Field | None) -> tuple[str, ...]:
    """Return the first lines of an example where the form is wrong and no hint has one."""
    is_of_shape = problem.code.startswith("bad-") or problem.code in _OF_SHAPE
    has_one = "for example" in problem.hint or problem.hint.startswith("write ")
    if field is None or not is_of_shape or has_one:
        return ()
    lines = example_yaml(field).splitlines()[:EXAMPLE_LINES]
    return () if lines[0].endswith(': ""') else tuple(lines)
