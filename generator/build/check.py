"""All checks of a site: read it, collect the library, and gather every problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.base.problem import Problem, errors, sorted_problems
from generator.base.site import Site
from generator.build import pictures, site_checks
from generator.build.build_options import DEFAULTS, BuildOptions, reference_date
from generator.build.load import content_path, load_content, load_site_model
from generator.build.pictures import PictureRequest
from generator.build.record_cache import RecordCache
from generator.library import address, links
from generator.library.collect import collect_library
from generator.library.cross_record_checks import cross_record_problems
from generator.library.library import Library
from generator.library.links import Resolved
from generator.pages.render import stray_assets
from generator.records.case_files import outside_problem, path_from_root


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """A library and all problems; no library where the model or the settings cannot be used.

    `resolved` are the links of each page that prints a text, by its path. `misconfigured` tells
    that the configuration or the system is to blame, and no record.
    """

    library: Library | None = None
    resolved: Mapping[str, Resolved] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    misconfigured: bool = False


def check_site(
    site: Site, options: BuildOptions = DEFAULTS, extra: Sequence[Path] = ()
) -> CheckResult:
    """Return the library of a site and all that is wrong with its content.

    The stages follow each other; each needs what the one before could read. `extra` names case
    files outside the content folder, which are checked as if they were in it.
    """
    as_of, wrong_date = reference_date(site, options)
    if wrong_date:
        return CheckResult(problems=(wrong_date,), misconfigured=True)
    progress, session = options.progress, options.session
    progress("reading the model:", 0)
    model, problems = load_site_model(site)
    if model is None:
        return CheckResult(problems=sorted_problems(problems), misconfigured=True)
    if unknown := site_checks.unknown_facets(site, model.facets):
        return CheckResult(problems=unknown, misconfigured=True)
    with RecordCache(site.cache, session.records if session else None) as cache:
        content = load_content(site, model, cache, extra, options)
    cases, unparsed_ids = content.cases, content.unparsed_ids
    progress("checking records:", len(cases))
    problems = (*problems, *content.problems, *cross_record_problems(cases, model, unparsed_ids))
    progress("indexing records:", len(cases))
    collect = partial(collect_library, cases, content.pages, model, unparsed_ids=unparsed_ids)
    published, whole = (session.published, session.whole) if session else (None, None)
    library = collect(internal=options.internal, as_of=as_of, derivation=published)
    progress("checking links:", len(cases))
    resolved = dict(links.resolve_links(library, content_path(site)))
    # The links of records that are not published are checked too, against all records.
    all_cases, all_resolved = library, resolved
    if library.withheld_ids:
        all_cases = collect(internal=True, derivation=whole)
        all_resolved = dict(links.resolve_links(all_cases, content_path(site)))
    problems += tuple(_file_problems(site, library, all_cases, all_resolved))
    if not errors(problems) and (dead := site_checks.dead_menu_entries(site, library)):
        return CheckResult(problems=dead, misconfigured=True)
    return CheckResult(library=library, resolved=resolved, problems=sorted_problems(problems))


def _file_problems(
    site: Site, published: Library, all_cases: Library, resolved: Mapping[str, Resolved]
) -> Iterator[Problem]:
    """Yield the problems of links, pictures and page names, and of templates that lie elsewhere."""
    for links_of_page in resolved.values():
        yield from links_of_page.problems
    yield from pictures.check_pictures(site.content, picture_requests(resolved, all_cases))
    yield from site_checks.taken_page_names(published)
    for file in stray_assets(site.templates):
        yield outside_problem(path_from_root(site.root, file), "templates")


def picture_requests(
    resolved: Mapping[str, Resolved], library: Library
) -> Iterator[PictureRequest]:
    """Yield the pictures that the texts of a library ask for, each with the file that asks."""
    files = {address.case(library, case.id): case.path for case in library.cases.values()}
    files |= {f"{page.name}.html": page.path for page in library.pages.values()}
    for page, links_of_page in resolved.items():
        for path, link in links_of_page.pictures:
            yield PictureRequest(files[page], path, link)
