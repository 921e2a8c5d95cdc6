"""Owns how the text of one file becomes a `Case`: its values as typed, its body as safe HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import TypeVar

from generator import checks, markup, nodes
from generator.cache import Cache, configuration, key, row
from generator.case import Case, pack
from generator.files.read import FrontMatter, Source, split
from generator.library import PlainPage
from generator.model import kinds
from generator.model.kind import Reading
from generator.model.record import Model
from generator.model.shape import Declaration, Findings, Key, a
from generator.model.value import UNKNOWN, Value, first
from generator.names import refusal, slug
from generator.nodes.corrections import shown
from generator.privacy import PUBLIC, hidden_entries, visibility
from generator.privacy.contacts import contacts
from generator.problem import Problem, errors
from generator.workers import each

WORTH_WORKERS = 200
"""From this many files on, starting other processes takes less time than it saves."""

SHARE = 50
"""A process gets so many files at a time, so that none waits long for the last one."""

MOST_CONTACTS = 50
"""Whoever pastes a list of addresses is told of so many."""

Item = TypeVar("Item")

PAGE_KEYS = {"title": Key("text", "the page's name")}


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


def parse(source: Source, model: Model, defaults: Mapping[str, str]) -> Parsed:
    """Return the case of a file; `defaults` gives the values of fields left out, by role."""
    front, problems = split(source)
    findings = Findings(source.path, list(problems))
    if front is None:
        return Parsed(None, problems, slug(PurePosixPath(source.path).stem))
    into = Reading(findings, model.vocabularies)
    values, broken = _front(front, model, into)
    body, found = markup.convert(front.body, path=source.path, first_line=front.body_line)
    findings.problems += found
    _contacts(source, findings)
    body = replace(body, headings=())  # the page of a record has no use for them
    unread = broken | into.unread
    case = Case(
        id=_id(values, source, model, findings),
        path=source.path,
        values=_with_defaults(values, unread, model, defaults),
        marks=pack(into.marks),
        coined=into.coined,
        body=body,
    )
    written = checks.Written(front.body, front.body_line, unread)
    findings.problems += checks.of_case(case, model, written)
    return Parsed(case, tuple(findings.problems), case.id)


def _front(
    front: FrontMatter, model: Model, into: Reading
) -> tuple[dict[str, Value], frozenset[str]]:
    """Return the values of the front matter, and the names of fields that could not be read."""
    findings = into.findings
    composed = nodes.compose(front.text, path=findings.path, first_line=front.first_line)
    findings.problems += composed.problems
    if isinstance(composed.node, nodes.Mapping):
        return kinds.values(composed.node, model.fields, into, "", a(model.name)), composed.broken
    if composed.node is not None:
        hint = "write one 'field: value' on each line"
        findings.add(composed.node.mark, "no-fields", "the front matter holds no fields", hint)
    return {}, composed.broken


def _id(values: Mapping[str, Value], source: Source, model: Model, findings: Findings) -> str:
    """Return the id that a record gives itself, else its file's name."""
    field = model.role("id")
    given = first(values, field.path) if field else ""
    if given and given != UNKNOWN:
        return given
    name = PurePosixPath(source.path).stem
    made = slug(name)
    reason = refusal(made)
    if made == UNKNOWN:
        reason = "a field that says 'unknown' would seem to name it"
    if reason:
        hint = "rename the file" + (f", or write '{field.name}:' in its fields" if field else "")
        message = f"the file name {shown(name)} cannot name a page: {reason}"
        findings.add(nodes.Mark(1, 1), "bad-file-name", message, hint)
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


def _contacts(source: Source, findings: Findings) -> None:
    for contact in islice(contacts(source.text), MOST_CONTACTS):
        findings.add(
            nodes.Mark(contact.line, contact.column),
            "contact-data",
            f"'{contact.found}' looks like {contact.what}",
            "name a position instead, or nobody; a figure is written with commas: 1,087,154",
        )


Read = tuple[Source | None, tuple[Problem, ...]]
"""What came of reading a file."""


def parse_all(  # noqa: PLR0913 - what all files have in common
    files: Sequence[Item],
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: Cache | None,
    *,
    under: str = "",
) -> Iterator[Parsed]:
    """Yield what came of each file, in order; many are read and parsed in several processes.

    Only public records without hidden names are kept in the cache, since strangers may read it.
    `under` is the digest of model and defaults, for those who have it at hand.
    """
    under = under or (configuration(model, defaults) if cache else "")
    take = partial(_taken, read=read, model=model, defaults=defaults, cache=cache, under=under)
    shares = [files[at : at + SHARE] for at in range(0, len(files), SHARE)]
    many = len(files) >= WORTH_WORKERS and not (cache and cache.at_hand)
    for parsed in chain.from_iterable(
        each(lambda share: list(map(take, share)), shares, many=many)
    ):
        if cache and parsed.key and parsed.case:
            cache.put(parsed.key, parsed.case, parsed.problems, parsed.row)
        yield parsed


def _taken(  # noqa: PLR0913 - what all files have in common
    file: Item,
    *,
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: Cache | None,
    under: str,
) -> Parsed:
    """Return what came of a file; where it may be kept, with its key, and its row if new."""
    source, problems = read(file)
    if source is None:
        return Parsed(None, problems)
    wanted = key(source.path, source.text, under) if cache else ""
    if cache and (kept := cache.get(wanted)):
        return Parsed(kept[0], (*problems, *kept[1]), kept[0].id, wanted)
    made = parse(source, model, defaults)
    told = (*problems, *made.problems)
    if cache and made.case and _may_be_kept(made, model):
        return Parsed(made.case, told, made.id, wanted, row(made.case, made.problems))
    return Parsed(made.case, told, made.id)


def _may_be_kept(parsed: Parsed, model: Model) -> bool:
    if parsed.case is None or errors(parsed.problems):
        return False
    values = parsed.case.values
    return visibility(values, model) == PUBLIC and not any(hidden_entries(values, model))


def plain_page(source: Source, content: str) -> tuple[PlainPage | None, tuple[Problem, ...]]:
    """Return a page of text; its front matter may hold a title, else its first heading is one."""
    findings = Findings(source.path)
    front = FrontMatter(text="", first_line=1, body=source.text, body_line=1)
    if source.text.lstrip().startswith("---"):
        opened, problems = split(source)
        findings.problems += problems
        if opened is None:
            return None, tuple(findings.problems)
        front = opened
    _contacts(source, findings)
    title = _page_title(front, findings)
    body, found = markup.convert(front.body, path=source.path, first_line=front.body_line, top=2)
    findings.problems += found
    if not title:
        title = body.headings[0].text if body.headings else PurePosixPath(source.path).stem
    name = _page_name(source.path.removeprefix(f"{content}/"), findings)
    page = PlainPage(name=name, path=source.path, title=title, body=body)
    return page, tuple(findings.problems)


def _page_title(front: FrontMatter, findings: Findings) -> str:
    composed = nodes.compose(front.text, path=findings.path, first_line=front.first_line)
    findings.problems += composed.problems
    if composed.node is None:
        return ""
    return Declaration(composed.node, PAGE_KEYS, findings, "a page").text("title")


def _page_name(file: str, findings: Findings) -> str:
    """Return the path of a page without its ending, made of slugs."""
    name = "/".join(slug(part) for part in file.rpartition(".")[0].split("/"))
    if reason := refusal(name.rpartition("/")[2]) if name != "index" else None:
        message = f"the file name cannot name a page: {reason}"
        findings.add(nodes.Mark(1, 1), "bad-file-name", message, "rename the file")
    return name
