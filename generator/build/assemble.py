"""The way from a `Site` to its documents: check, make pages, divide them into batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from generator.base.document import Batch, Document
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.batches import batches, copied_files
from generator.build.build_options import DEFAULTS, BuildOptions, no_progress, reference_date
from generator.build.check import check_site, picture_requests
from generator.build.fingerprint import library_fingerprint
from generator.build.manifest import BuildRecord, load_manifest
from generator.build.page_cache import PageCache
from generator.library.library import Library
from generator.pages.across_links import across_links
from generator.pages.page import Page, SiteContext
from generator.pages.page_kinds import pages
from generator.pages.render import Renderer, template_folder
from generator.pages.shell import shell
from generator.records.privacy import is_fully_public


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its shell, for another theme to draw.

    `body` is safe HTML. `headings` are the level, the anchor and the text of each, as printed.
    """

    path: str
    title: str
    body: str
    headings: tuple[tuple[int, str, str], ...]
    description: str


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """The documents of a site in batches, none where an error stands among the problems.

    `cases`, `examples` and `pages` are numbers; `pictures` are paths below the content.
    `misconfigured` tells that no record is to blame for the problems. They are `quotable` where
    none is about a file of which something is withheld: only then may they be kept on disk.
    `page_cache` is where unchanged batches are taken from.
    """

    problems: tuple[Problem, ...]
    batches: tuple[Batch, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False
    pictures: tuple[str, ...] = ()
    quotable: bool = False
    page_cache: PageCache | None = None

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return all documents, made now."""
        return tuple(chain.from_iterable(self.batches))


def assemble(site: Site, options: BuildOptions = DEFAULTS) -> Assembly:
    """Return everything that a build writes, or the problems that prevent it.

    An incremental build whose inputs are those of the last one reads its manifest and nothing
    else; its batches come from the page cache. Any other incremental build saves a manifest,
    but never one with internal records.
    """
    as_of, _ = reference_date(site, options)
    manifest = (
        load_manifest(site, as_of, options.csp)
        if options.incremental and site.plain and not options.internal
        else None
    )
    if manifest is None:
        return _from_files(site, options)
    cache = manifest.page_cache
    quiet = replace(options, progress=no_progress)
    if last := manifest.last_build(lambda: _from_files(site, quiet, cache).batches):
        return Assembly(
            problems=last.problems,
            batches=(*last.batches, copied_files(site, last.pictures)),
            cases=last.cases,
            examples=last.examples,
            pages=last.pages,
            page_cache=cache,
        )
    assembly = _from_files(site, options, cache)
    if assembly.batches:
        manifest.save(_build_record(assembly) if assembly.quotable else None)
    return replace(assembly, page_cache=cache)


def _build_record(assembly: Assembly) -> BuildRecord:
    return BuildRecord(
        batches=tuple(batch for batch in assembly.batches if batch.key),
        pictures=assembly.pictures,
        problems=assembly.problems,
        cases=assembly.cases,
        examples=assembly.examples,
        pages=assembly.pages,
    )


def _from_files(site: Site, options: BuildOptions, page_cache: PageCache | None = None) -> Assembly:
    """Return the assembly made from the files; with a page cache its batches have keys."""
    checked = check_site(site, options)
    library = checked.library
    if library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    options.progress("relating records:", len(library.cases))
    ctx = SiteContext(library, site, checked.resolved)
    site_pages = list(pages(ctx))
    requests = picture_requests(checked.resolved, library)
    picture_paths = tuple(dict.fromkeys(request.path for request in requests))
    around = shell(library, site, across_links(ctx))
    renderer = Renderer(template_folder(site.templates), around, csp=options.csp, plain=site.plain)
    fingerprint = ""
    if page_cache:
        inputs = [around, options.csp]
        fingerprint = page_cache.sign(
            library_fingerprint(library, site, inputs, renderer.sources())
        )
    options.progress("making pages:", len(site_pages))
    return Assembly(
        problems=checked.problems,
        batches=(
            *batches(ctx, site_pages, renderer, fingerprint, options.pages_per_batch),
            copied_files(site, picture_paths),
        ),
        bodies=() if site.plain else tuple(_body(page, renderer) for page in site_pages),
        cases=len(library.counted),
        examples=len(library.examples),
        pages=len(site_pages),
        pictures=picture_paths,
        quotable={problem.path for problem in checked.problems} <= set(_quotable_files(library)),
    )


def _quotable_files(library: Library) -> Iterator[str]:
    """Yield the files whose problems may be kept: nothing of them is withheld."""
    for case in library.cases.values():
        if is_fully_public(case.values, library.model):
            yield case.path
    yield from (page.path for page in library.pages.values())


def _body(page: Page, renderer: Renderer) -> PageBody:
    context = page.context()
    contents = context.get("contents", ())
    return PageBody(
        path=page.path,
        title=page.title,
        body=renderer.html(page, context),
        headings=tuple((2, anchor, text) for anchor, text, *_ in contents),
        description=page.description,
    )
