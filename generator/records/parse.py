"""From the text of one file to its `Case`: values as typed, the body as safe HTML, all problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator import yaml_nodes
from generator.base.names import reason_no_page_name, slug
from generator.base.position import Position
from generator.base.problem import Problem
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.markdown import convert
from generator.model import kinds
from generator.model.declaration import ProblemCollector, with_article
from generator.model.kind import Reading
from generator.model.record import Model
from generator.model.value import UNKNOWN, Value, first
from generator.records.case import Case, CaseSource, pack_positions
from generator.records.checks import check_case
from generator.records.front_matter import FrontMatter, split_front_matter
from generator.records.read_file import SourceText
from generator.yaml_nodes.suggested_fixes import quote_for_author


@dataclass(frozen=True, slots=True)
class Parsed:
    """What parsing one file gave: its case, its problems, and its id if it could be told.

    `case` is None where the file has no front matter. A case with an error among its problems is
    incomplete: it is there so that links to it can be checked.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    id: str = ""


def parse(
    source: SourceText,
    model: Model,
    defaults: Mapping[str, str],
    markdown: MarkdownSettings = DEFAULT_MARKDOWN,
) -> Parsed:
    """Return the case of a file and its problems, those of its own checks included.

    `defaults` gives the values of fields left out, by role; `markdown` says how the body is read.
    """
    front, problems = split_front_matter(source)
    findings = ProblemCollector(source.path, list(problems))
    if front is None:
        return Parsed(None, problems, slug(PurePosixPath(source.path).stem))
    reading = Reading(findings, model.vocabularies)
    values, broken_fields = _values(front, model, reading)
    body, problems = convert(
        front.body, path=source.path, first_line=front.body_line, settings=markdown
    )
    findings.problems += problems
    refused_places = broken_fields | reading.refused_places
    case = Case(
        id=_case_id(values, source, model, findings),
        path=source.path,
        values=_with_defaults(values, refused_places, model, defaults),
        positions=pack_positions(reading.positions),
        new_terms=reading.new_terms,
        body=replace(body, headings=()),  # the page of a record has no use for them
    )
    written = CaseSource(
        text=source.text,
        body=front.body,
        body_line=front.body_line,
        refused_places=refused_places,
    )
    findings.problems += check_case(case, model, written)
    return Parsed(case, tuple(findings.problems), case.id)


def _values(
    front: FrontMatter, model: Model, reading: Reading
) -> tuple[dict[str, Value], frozenset[str]]:
    """Return the values of the front matter, and the names of fields whose YAML is broken."""
    findings = reading.findings
    composed = yaml_nodes.compose(front.text, path=findings.path, first_line=front.first_line)
    findings.problems += composed.problems
    if isinstance(composed.node, yaml_nodes.Mapping):
        record = with_article(model.name)
        values = kinds.read_values(composed.node, model.fields, reading, "", record)
        return values, composed.broken
    if composed.node is not None:
        hint = "write one 'field: value' on each line"
        findings.add(composed.node.position, "no-fields", "the front matter holds no fields", hint)
    return {}, composed.broken


def _case_id(
    values: Mapping[str, Value], source: SourceText, model: Model, findings: ProblemCollector
) -> str:
    """Return the id that a record gives itself, else the slug of its file's name."""
    field = model.role("id")
    own_id = first(values, field.path) if field else ""
    if own_id and own_id != UNKNOWN:
        return own_id
    name = PurePosixPath(source.path).stem
    id_ = slug(name)
    reason = reason_no_page_name(id_)
    if id_ == UNKNOWN:
        reason = "a field that says 'unknown' would seem to name it"
    if reason:
        hint = "rename the file" + (f", or write '{field.name}:' in its fields" if field else "")
        message = f"the file name {quote_for_author(name)} cannot name a page: {reason}"
        findings.add(Position(1, 1), "bad-file-name", message, hint)
    return id_


def _with_defaults(
    values: Mapping[str, Value],
    refused_places: Collection[str],
    model: Model,
    defaults: Mapping[str, str],
) -> dict[str, Value]:
    """Return the values, with a default in each field that was left out and may be left out.

    A field that was filled and could not be read gets no default: it has its problem already.
    """
    kind = model.type_of(first(values, (model.type_field,)) if model.type_field else "")
    completed = dict(values)
    if model.type_field:
        completed.setdefault(model.type_field, kind.id)
    for role, value in defaults.items():
        field = model.role(role)
        if field and field.name not in refused_places and field.need not in kind.needs:
            completed.setdefault(field.name, value)
    return completed
