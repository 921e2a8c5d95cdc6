"""Owns how the text of one file becomes a `Case`: its values as typed, its body as safe HTML."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from generator import checks, markup, nodes
from generator.cache import Cache, configuration, key
from generator.case import Case
from generator.files.read import Source, split
from generator.library import PlainPage
from generator.model import kinds
from generator.model.record import Model
from generator.model.shape import Declaration, Findings, Key
from generator.model.value import Value, first
from generator.names import refusal, slug
from generator.privacy import ANONYMISED, INTERNAL, contacts, hidden_entries, visibility
from generator.problem import Problem

WORTH_WORKERS = 200
"""From this many files on, starting other processes takes less time than it saves."""

PAGE_KEYS = {"title": Key("text", "the page's name")}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of one file: a case unless an error stands among the problems."""

    case: Case | None
    problems: tuple[Problem, ...]


def parse(source: Source, model: Model, defaults: Mapping[str, str]) -> Parsed:
    """Return the case of a file; `defaults` gives the values of fields left out, by role."""
    front, problems = split(source)
    if front is None:
        return Parsed(None, problems)
    composed = nodes.compose(front.text, path=source.path, first_line=front.first_line)
    findings = Findings(source.path, [*problems, *composed.problems])
    into = kinds.Reading(findings, model.vocabularies)
    root = composed.node
    if root is None:
        root = nodes.Mapping(pairs=(), mark=nodes.Mark(front.first_line, 1))
    values: dict[str, Value] = {}
    if isinstance(root, nodes.Mapping):
        values = kinds.values(root, model.fields, into, "", f"a {model.name}")
    else:
        hint = "write one 'field: value' on each line"
        findings.add(root.mark, "no-fields", "the front matter holds no fields", hint)
    body, found = markup.convert(front.body, path=source.path, first_line=front.body_line)
    findings.problems += found
    _contacts(source, findings)
    written = {key.value for key, _ in root.pairs} if isinstance(root, nodes.Mapping) else set()
    case = Case(
        id=_id(values, source, model, findings),
        path=source.path,
        values=_with_defaults(values, written | composed.broken, model, defaults),
        marks={place: (mark.line, mark.column) for place, mark in into.marks.items()},
        coined=into.coined,
        body=body,
    )
    text = checks.Written(front.body, front.body_line, composed.broken | into.unread)
    findings.problems += checks.of_case(case, model, text)
    bad = any(problem.severity == "error" for problem in findings.problems)
    return Parsed(None if bad else case, tuple(findings.problems))


def _id(values: Mapping[str, Value], source: Source, model: Model, findings: Findings) -> str:
    field = model.role("id")
    given = first(values, field.path) if field else ""
    name = PurePosixPath(source.path).stem
    made = given or slug(name)
    if reason := refusal(made):
        hint = "rename the file, or write an id: in its front matter"
        message = f"the file name '{name}' cannot name a page: {reason}"
        findings.add(nodes.Mark(1, 1), "bad-file-name", message, hint)
    return made


def _with_defaults(
    values: dict[str, Value],
    written: set[str] | frozenset[str],
    model: Model,
    defaults: Mapping[str, str],
) -> dict[str, Value]:
    """Return the values with those of `defaults` put where nothing was written and none is needed."""
    kind = model.type_of(first(values, (model.type_field,)) if model.type_field else "")
    made = dict(values)
    if model.type_field and model.type_field not in written:
        made[model.type_field] = kind.id
    for role, value in defaults.items():
        field = model.role(role)
        if field and field.name not in written and field.need not in kind.needs:
            made[field.name] = value
    return made


def _contacts(source: Source, findings: Findings) -> None:
    for contact in contacts(source.text):
        findings.add(
            nodes.Mark(contact.line, contact.column),
            "contact-data",
            f"'{contact.found}' looks like {contact.what}",
            "name a position instead, for example 'Land programme lead, CARE Laos'",
        )


def parse_all(
    sources: Sequence[Source], model: Model, defaults: Mapping[str, str], cache: Cache | None
) -> Iterator[Parsed]:
    """Yield what came of each file, in order; many are parsed in several processes.

    Only public records without hidden names are kept in the cache, since strangers may read it.
    """
    under = configuration(model, defaults) if cache else ""
    keys = [key(source.path, source.text, under) if cache else "" for source in sources]
    kept = {wanted: found for wanted in keys if cache and (found := cache.get(wanted))}
    fresh = [source for source, wanted in zip(sources, keys, strict=True) if wanted not in kept]
    made = iter(_parse_many(fresh, model, defaults))
    for wanted in keys:
        if wanted in kept:
            yield Parsed(*kept[wanted])
            continue
        parsed = next(made)
        if cache and parsed.case and _may_be_kept(parsed.case, model):
            cache.put(wanted, parsed.case, parsed.problems)
        yield parsed


def _may_be_kept(case: Case, model: Model) -> bool:
    open_ = visibility(case.values, model) not in {ANONYMISED, INTERNAL}
    return open_ and not any(hidden_entries(case.values, model))


def _parse_many(
    sources: Sequence[Source], model: Model, defaults: Mapping[str, str]
) -> Iterator[Parsed]:
    if len(sources) < WORTH_WORKERS or (workers := os.cpu_count() or 1) < 2:  # noqa: PLR2004
        yield from (parse(source, model, defaults) for source in sources)
        return
    task = partial(parse, model=model, defaults=defaults)
    with ProcessPoolExecutor(workers, initializer=_hold, initargs=(task,)) as pool:
        yield from pool.map(_held, sources, chunksize=50)


_task: list[Callable[[Source], Parsed]] = []


def _hold(task: Callable[[Source], Parsed]) -> None:
    _task[:] = [task]


def _held(source: Source) -> Parsed:
    return _task[0](source)


def plain_page(source: Source, content: str) -> tuple[PlainPage | None, tuple[Problem, ...]]:
    """Return a page of text; its front matter may hold a title, else its first heading is one."""
    findings = Findings(source.path)
    title, body, line = "", source.text, 1
    if source.text.lstrip().startswith("---"):
        front, problems = split(source)
        findings.problems += problems
        if front is None:
            return None, tuple(findings.problems)
        composed = nodes.compose(front.text, path=source.path, first_line=front.first_line)
        findings.problems += composed.problems
        if composed.node is not None:
            title = Declaration(composed.node, PAGE_KEYS, findings, "a page").text("title")
        body, line = front.body, front.body_line
    _contacts(source, findings)
    made, found = markup.convert(body, path=source.path, first_line=line, top=2)
    findings.problems += found
    name = "/".join(
        slug(part) for part in source.path.removeprefix(f"{content}/").rpartition(".")[0].split("/")
    )
    if reason := refusal(name.rpartition("/")[2]) if name != "index" else None:
        message = f"the file name cannot name a page: {reason}"
        findings.add(nodes.Mark(1, 1), "bad-file-name", message, "rename the file")
    if not title:
        title = made.headings[0].text if made.headings else PurePosixPath(source.path).stem
    return PlainPage(name=name, path=source.path, title=title, body=made), tuple(findings.problems)
