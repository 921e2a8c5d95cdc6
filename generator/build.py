"""Owns the way from a `Site` to its documents: read, check, collect, make pages, render."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from generator import address, conflicts, links, nodes, pictures
from generator.between import between
from generator.cache import Cache
from generator.collect import collect
from generator.document import Document, Share
from generator.gather import gather, model
from generator.library import Library
from generator.links import Resolved
from generator.pages import Making, Page, pages
from generator.pages.across_links import across_links
from generator.pictures import Wanted
from generator.problem import Problem, arranged, errors
from generator.render import Renderer, templates
from generator.shares import shares
from generator.shell import shell
from generator.site import Site

Progress = Callable[[str, int], None]
"""Called with the name of a stage and the number of things in it, as each stage begins."""


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its shell, for another theme to draw: safe HTML under one class."""

    path: str
    title: str
    body: str
    headings: tuple[tuple[int, str, str], ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A library that was read, and all problems; `misconfigured` where no record is to blame."""

    library: Library | None = None
    resolved: Mapping[str, Resolved] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    misconfigured: bool = False


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """The documents of a site in shares, none where an error stands among the problems."""

    problems: tuple[Problem, ...]
    shares: tuple[Share, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return all documents, made now."""
        return tuple(chain.from_iterable(self.shares))


def check(
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    extra: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Checked:
    """Return the library of a site and all that is wrong with its content."""
    tell = progress or (lambda _stage, _number: None)
    made, problems = model(site)
    if made is None:
        return Checked(problems=arranged(problems), misconfigured=True)
    at = _configuration(site)
    if wrong := conflicts.begun(site, made.facets, at):
        return Checked(problems=wrong, misconfigured=True)
    with Cache(site.cache) as cache:
        found = gather(site, made, cache, extra, tell)
    tell("checking records:", len(found.cases))
    problems = (*problems, *found.problems, *between(found.cases, made, found.unread))
    making = partial(collect, found.cases, found.pages, made, unread=found.unread)
    library = making(internal=internal, as_of=as_of or _epoch())
    content = site.content.relative_to(site.root).as_posix()
    everything = resolved = dict(links.each(library, content))
    whole = library
    if library.unpublished:
        # What is not published has its links checked too.
        whole = making(internal=True)
        everything = dict(links.each(whole, content))
    problems += tuple(p for item in everything.values() for p in item.problems)
    problems += tuple(pictures.check(site.content, _wanted(everything, whole)))
    problems += tuple(conflicts.taken(library))
    if wrong := () if errors(problems) else conflicts.menu(site, library, at):
        return Checked(problems=wrong, misconfigured=True)
    return Checked(library=library, resolved=resolved, problems=arranged(problems))


def _epoch() -> str:
    """Return the day that SOURCE_DATE_EPOCH names, as reproducible builds set it, or nothing."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds.isdigit() else ""


def _configuration(site: Site) -> conflicts.Places:
    """Return where the words of the configuration stand, for those that mean nothing here."""
    file = site.root / site.path
    text = file.read_text("utf-8-sig") if file.is_file() else ""
    return conflicts.places(nodes.compose(text, path=site.path, tags=True).node)


def _wanted(resolved: Mapping[str, Resolved], library: Library) -> Iterator[Wanted]:
    files = {address.case(library, case.id): case.path for case in library.cases.values()}
    files |= {f"{page.name}.html": page.path for page in library.pages.values()}
    for page, item in resolved.items():
        for target, link in item.pictures:
            yield Wanted(files[page], target, link)


def assemble(
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    csp: bool = True,
    progress: Progress | None = None,
) -> Assembly:
    """Return everything that a build writes, or what is in its way."""
    checked = check(site, internal=internal, as_of=as_of, progress=progress)
    library = checked.library
    if library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    tell = progress or (lambda _stage, _number: None)
    tell("relating records:", len(library.cases))
    making = Making(library, site, checked.resolved)
    made = list(pages(making))
    wanted = list(_wanted(checked.resolved, library))
    around = shell(library, site, across_links(making))
    renderer = Renderer(templates(site.templates), around, csp=csp, plain=site.plain)
    # Worked out here once, for all processes.
    making.counts, making.related  # noqa: B018
    tell("making pages:", len(made))
    return Assembly(
        problems=checked.problems,
        shares=tuple(shares(making, made, renderer, wanted)),
        bodies=() if site.plain else tuple(_body(page, renderer) for page in made),
        cases=len(library.counted),
        examples=len(library.examples),
        pages=len(made),
    )


def _body(page: Page, renderer: Renderer) -> PageBody:
    context = page.context()
    headings = context.get("contents", ())
    return PageBody(
        path=page.path,
        title=page.title,
        body=renderer.html(page, context),
        headings=tuple((2, item[0], item[1]) for item in headings),
        description=page.description,
    )
