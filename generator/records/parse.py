"""Owns how the text of one file becomes a `Case`: its values as typed, its body as safe HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from generator import markdown as markup
from generator import yaml_nodes
from generator.base.names import reason_no_page_name, slug
from generator.base.position import Position
from generator.base.problem import Problem
from generator.model import kinds
from generator.model.declaration import ProblemCollector, with_article
from generator.model.kind import Reading
from generator.model.record import Model
from generator.model.value import UNKNOWN, Value, first
from generator.records import checks
from generator.records.case import Case, pack_positions
from generator.records.checks.contact_data import report_contacts
from generator.records.read_file import FrontMatter, SourceText, split_front_matter
from generator.yaml_nodes.suggested_fixes import quote_for_author


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of one file: what could be read of its case, all problems, and its id always.

    A case with an error among its problems is incomplete: it serves to check others against.
    `key` is set where the cache may keep it, `row` where the cache does not have it yet.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    id: str = ""
    key: str = field(default="", compare=False)
    row: str = field(default="", compare=False)


def parse(source: SourceText, model: Model, defaults: Mapping[str, str]) -> Parsed:
    """Return the case of a file; `defaults` gives the values of fields left out, by role."""
    front, problems = split_front_matter(source)
    findings = ProblemCollector(source.path, list(problems))
    if front is None:
        return Parsed(None, problems, slug(PurePosixPath(source.path).stem))
    into = Reading(findings, model.vocabularies)
    values, broken = _front(front, model, into)
    body, found = markup.convert(front.body, path=source.path, first_line=front.body_line)
    findings.problems += found
    report_contacts(source, findings)
    body = replace(body, headings=())  # the page of a record has no use for them
    unread = broken | into.unread
    case = Case(
        id=_id(values, source, model, findings),
        path=source.path,
        values=_with_defaults(values, unread, model, defaults),
        marks=pack_positions(into.marks),
        new_terms=into.new_terms,
        body=body,
    )
    written = checks.CaseSource(front.body, front.body_line, unread)
    findings.problems += checks.check_case(case, model, written)
    return Parsed(case, tuple(findings.problems), case.id)


def _front(
    front: FrontMatter, model: Model, into: Reading
) -> tuple[dict[str, Value], frozenset[str]]:
    """Return the values of the front matter, and the names of fields that could not be read."""
    findings = into.findings
    composed = yaml_nodes.compose(front.text, path=findings.path, first_line=front.first_line)
    findings.problems += composed.problems
    if isinstance(composed.node, yaml_nodes.Mapping):
        return kinds.read_values(
            composed.node, model.fields, into, "", with_article(model.name)
        ), composed.broken
    if composed.node is not None:
        hint = "write one 'field: value' on each line"
        findings.add(composed.node.position, "no-fields", "the front matter holds no fields", hint)
    return {}, composed.broken


def _id(
    values: Mapping[str, Value], source: SourceText, model: Model, findings: ProblemCollector
) -> str:
    """Return the id that a record gives itself, else its file's name."""
    field = model.role("id")
    given = first(values, field.path) if field else ""
    if given and given != UNKNOWN:
        return given
    name = PurePosixPath(source.path).stem
    made = slug(name)
    reason = reason_no_page_name(made)
    if made == UNKNOWN:
        reason = "a field that says 'unknown' would seem to name it"
    if reason:
        hint = "rename the file" + (f", or write '{field.name}:' in its fields" if field else "")
        message = f"the file name {quote_for_author(name)} cannot name a page: {reason}"
        findings.add(Position(1, 1), "bad-file-name", message, hint)
    return made


def _with_defaults(
    values: dict[str, Value],
    unread: frozenset[str] | set[str],
    model: Model,
    defaults: Mapping[str, str],
) -> dict[str, Value]:
    """Return the values with those of `defaults` put where nothing stands and none is needed."""
    kind = model.type_of(first(values, (model.type_field,)) if model.type_field else "")
    made = dict(values)
    if model.type_field:
        made.setdefault(model.type_field, kind.id)
    for role, value in defaults.items():
        field = model.role(role)
        if field and field.name not in unread and field.need not in kind.needs:
            made.setdefault(field.name, value)
    return made
