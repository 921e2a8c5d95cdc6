"""Which files a change concerns: the changed ones, and those that depend on them.

A record or page depends on a record that it names, in a field or by a link.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from generator import yaml_nodes
from generator.base.names import file_key, slug
from generator.model.declaration import words
from generator.model.record import Model
from generator.model.value import texts
from generator.records.case import Case
from generator.records.decode import decode
from generator.records.front_matter import split_front_matter
from generator.records.plain_page import PlainPage
from generator.records.read_file import SourceText

_SCHEME = re.compile(r"(case|term):(.*)", re.IGNORECASE | re.DOTALL)


def concerned_files(
    cases: Collection[Case],
    pages: Collection[PlainPage],
    model: Model,
    changed: Mapping[str, bytes | None],
) -> frozenset[str]:
    """Return the keys (`file_key`) of the files that a change concerns.

    `cases` and `pages` are all there are. `changed` are files, seen from the root, each with what
    it was before, None where it was not there.
    """
    paths = {file_key(path) for path in changed}
    old_names = (n for path, text in changed.items() for n in _names_before(path, text, model))
    names = set(old_names)
    for case in cases:
        if file_key(case.path) in paths:
            names |= {case.id, *_former_ids(case, model)}
    named = {file_key(name) for name in names}
    files = set(paths)
    for case in cases:
        links = _links(case)
        if _names_a_record(case, model, named) or _leads_to(links, case.path, paths, named):
            files.add(file_key(case.path))
    for page in pages:
        if _leads_to(_links(page), page.path, paths, named):
            files.add(file_key(page.path))
    return frozenset(files)


def _names_before(path: str, content: bytes | None, model: Model) -> Iterator[str]:
    """Yield the ids by which a record could be named before it changed, those by its file too."""
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    if suffix.lower() != ".md":
        return
    yield slug(stem)
    text = decode(content, path)[0] if content else None
    front = split_front_matter(SourceText(path, text))[0] if text else None
    node = yaml_nodes.compose(front.text, path=path).node if front else None
    roles = [field for role in ("id", "former-ids") if (field := model.role(role))]
    called = {name for field in roles for name in (field.name, *field.former_names)}
    for key, value in node.pairs if isinstance(node, yaml_nodes.Mapping) else ():
        if key.value in called:
            yield from words(value)


def _former_ids(case: Case, model: Model) -> list[str]:
    field = model.role("former-ids")
    return texts(case.values, field.path) if field else []


def _names_a_record(case: Case, model: Model, named: Collection[str]) -> bool:
    """Return whether a field of a case names one of some records."""
    fields = model.of_kind("case")
    return any(file_key(target) in named for f in fields for target in texts(case.values, f.path))


def _links(written: Case | PlainPage) -> list[str]:
    """Return what the links and pictures of a text name, as typed."""
    return [link.target for link in written.body.links]


def _leads_to(
    links: Iterable[str], path: str, paths: AbstractSet[str], named: AbstractSet[str]
) -> bool:
    """Return whether a link of a file leads to one of some files or records, there or not."""
    return any(
        not named.isdisjoint(_keys(name)) if is_record else not paths.isdisjoint(_keys(name))
        for is_record, name in _targets(links, path)
    )


def _keys(name: str) -> set[str]:
    return {file_key(name), file_key(slug(name)), file_key(f"{name}.md")}


def _targets(links: Iterable[str], path: str) -> Iterator[tuple[bool, str]]:
    """Yield what each link names: a record by an id, or a file by its path from the root."""
    folder = posixpath.dirname(path)
    for target in links:
        scheme = _SCHEME.fullmatch(target)
        if scheme and scheme[1].casefold() == "case":
            yield True, unquote(scheme[2].partition("#")[0]).strip()
        elif not scheme:
            for name in (target, unquote(target.partition("#")[0].partition("?")[0])):
                yield False, posixpath.normpath(posixpath.join(folder, name))
