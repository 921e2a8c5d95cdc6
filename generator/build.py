"""Owns the way from a `Site` to its documents: check, make pages, divide them into shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from generator.again import Plan, last
from generator.checked import Progress, check, epoch, wanted
from generator.document import Document, Share
from generator.files.keep import Keep
from generator.library import Library
from generator.memory import Memory
from generator.pages import Making, Page, pages
from generator.pages.across_links import across_links
from generator.privacy import open_to_all
from generator.problem import Problem, errors
from generator.render import Renderer, templates
from generator.shares import PAGES, copied, shares
from generator.shell import shell
from generator.site import Site
from generator.stamp import stamp


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
    shares: tuple[Share, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False
    pictures: tuple[str, ...] = ()
    quotable: bool = False
    keep: Keep | None = None

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
    recall: bool = False,
    memory: Memory | None = None,
    progress: Progress | None = None,
    pages_each: int = PAGES,
) -> Assembly:
    """Return everything that a build writes, or what is in its way.

    With `recall`, what an earlier build made of the same files is not made again, and this one is
    noted for the next; a build with internal records is never noted. `memory` is that of `check`,
    `pages_each` that of `shares`.
    """
    anew = partial(
        _assembled,
        site,
        internal=internal,
        as_of=as_of,
        csp=csp,
        memory=memory,
        pages_each=pages_each,
    )
    before = last(site, as_of or epoch(), csp) if recall and site.plain and not internal else None
    if before is None:
        return anew(keep=None, progress=progress)
    if plan := before.plan(lambda: anew(keep=before.keep, progress=None).shares):
        shown = (*plan.shares, copied(site, plan.pictures))
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
        plan = Plan(kept, made.pictures, made.problems, *numbers)
        before.note(plan if made.quotable else None)
    return replace(made, keep=before.keep)


def _assembled(  # noqa: PLR0913 - the options of the command
    site: Site,
    *,
    internal: bool,
    as_of: str | None,
    csp: bool,
    memory: Memory | None,
    keep: Keep | None,
    progress: Progress | None,
    pages_each: int,
) -> Assembly:
    checked = check(site, internal=internal, as_of=as_of, memory=memory, progress=progress)
    library = checked.library
    if library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    tell = progress or (lambda _stage, _number: None)
    tell("relating records:", len(library.cases))
    making = Making(library, site, checked.resolved)
    made = list(pages(making))
    shown = tuple(dict.fromkeys(one.path for one in wanted(checked.resolved, library)))
    around = shell(library, site, across_links(making))
    renderer = Renderer(templates(site.templates), around, csp=csp, plain=site.plain)
    mark = keep.marked(stamp(library, site, [around, csp], renderer.sources())) if keep else ""
    tell("making pages:", len(made))
    return Assembly(
        problems=checked.problems,
        shares=(*shares(making, made, renderer, mark, pages_each), copied(site, shown)),
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
    yield from (each.path for each in library.cases.values() if open_to_all(each.values, model))
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
