"""Owns the way from a `Site` to its documents: check, make pages, divide them into shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from generator.base.document import Batch, Document
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.batches import batches, copied_files
from generator.build.check import Progress, check_site, picture_requests, source_date_epoch
from generator.build.fingerprint import library_fingerprint
from generator.build.manifest import BuildRecord, load_manifest
from generator.build.page_cache import PageCache
from generator.build.session import Session
from generator.library.library import Library
from generator.pages.across_links import across_links
from generator.pages.page import Page, SiteContext
from generator.pages.page_kinds import pages
from generator.pages.render import Renderer, templates
from generator.pages.shell import shell
from generator.records.privacy import is_fully_public


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its shell, for another theme to draw: safe HTML under one class."""

    path: str
    title: str
    body: str
    headings: tuple[tuple[int, str, str], ...]
    description: str


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """The documents of a site in shares, none where an error stands among the problems.

    The problems are `quotable` where none is about a file of which something is withheld.
    """

    problems: tuple[Problem, ...]
    shares: tuple[Batch, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False
    pictures: tuple[str, ...] = ()
    quotable: bool = False
    keep: PageCache | None = None

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return all documents, made now."""
        return tuple(chain.from_iterable(self.shares))


def assemble(  # noqa: PLR0913 - the options of the command
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    csp: bool = True,
    incremental: bool = False,
    memory: Session | None = None,
    progress: Progress | None = None,
) -> Assembly:
    """Return everything that a build writes, or what is in its way.

    With `recall`, what an earlier build made of the same files is not made again, and this one is
    noted for the next; a build with internal records is never noted. `memory` is that of `check`.
    """
    anew = partial(_assembled, site, internal=internal, as_of=as_of, csp=csp, memory=memory)
    before = (
        load_manifest(site, as_of or source_date_epoch(), csp)
        if incremental and site.plain and not internal
        else None
    )
    if before is None:
        return anew(keep=None, progress=progress)
    if plan := before.plan(lambda: anew(keep=before.keep, progress=None).shares):
        shown = (*plan.shares, copied_files(site, plan.pictures))
        return Assembly(
            problems=plan.problems,
            shares=shown,
            cases=plan.cases,
            examples=plan.examples,
            pages=plan.pages,
            keep=before.keep,
        )
    made = anew(keep=before.keep, progress=progress)
    if made.shares:
        kept = tuple(share for share in made.shares if share.key)
        numbers = made.cases, made.examples, made.pages
        plan = BuildRecord(kept, made.pictures, made.problems, *numbers)
        before.note(plan if made.quotable else None)
    return replace(made, keep=before.keep)


def _assembled(  # noqa: PLR0913 - the options of the command
    site: Site,
    *,
    internal: bool,
    as_of: str | None,
    csp: bool,
    memory: Session | None,
    keep: PageCache | None,
    progress: Progress | None,
) -> Assembly:
    checked = check_site(site, internal=internal, as_of=as_of, memory=memory, progress=progress)
    library = checked.library
    if library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    tell = progress or (lambda _stage, _number: None)
    tell("relating records:", len(library.cases))
    ctx = SiteContext(library, site, checked.resolved)
    made = list(pages(ctx))
    shown = tuple(dict.fromkeys(one.path for one in picture_requests(checked.resolved, library)))
    around = shell(library, site, across_links(ctx))
    renderer = Renderer(templates(site.templates), around, csp=csp, plain=site.plain)
    mark = (
        keep.marked(library_fingerprint(library, site, [around, csp], renderer.sources()))
        if keep
        else ""
    )
    tell("making pages:", len(made))
    return Assembly(
        problems=checked.problems,
        shares=(*batches(ctx, made, renderer, mark), copied_files(site, shown)),
        bodies=() if site.plain else tuple(_body(page, renderer) for page in made),
        cases=len(library.counted),
        examples=len(library.examples),
        pages=len(made),
        pictures=shown,
        quotable={problem.path for problem in checked.problems} <= set(_quotable(library)),
    )


def _quotable(library: Library) -> Iterator[str]:
    """Yield the files of which a problem may quote whatever it likes: nothing of them is hidden."""
    model = library.model
    yield from (each.path for each in library.cases.values() if is_fully_public(each.values, model))
    yield from (page.path for page in library.pages.values())


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
