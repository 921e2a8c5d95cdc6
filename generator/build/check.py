"""All checks of a site: read it, collect the library, and gather every problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

from generator.base.problem import Problem, errors, sorted_problems
from generator.base.site import Site
from generator.build.build_options import DEFAULTS, BuildOptions, reference_date
from generator.build.load import load_content, load_site_model
from generator.library import links
from generator.library.amend import Touched
from generator.library.collect import collect
from generator.library.collection import Collection
from generator.library.cross_record_checks import cross_record_problems
from generator.library.date_checks import UNJUDGED, DateVerdict, date_verdict
from generator.library.library import Library
from generator.library.resolved import Resolved, places_pointed_at
from generator.media.check_pictures import check_pictures
from generator.model.record import Model
from generator.pages import site_checks
from generator.pages.theme_files import stray_assets
from generator.records.case_files import outside_problem, path_from_root
from generator.records.privacy import is_fully_public
from generator.store.record_cache import RecordCache


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """A library and all problems; no library where the model or the settings cannot be used.

    `collection` is what the library is asked about. `model` is the record model as its files have
    it. `rows` are the keys of the cached rows of files. `quotable` are the files of which nothing
    is withheld. `misconfigured` tells that the configuration or the system is to blame, and no
    record. `touched` is what an edit may have changed, None where everything may be new.
    `pointed_at` are the pages to a place on which a text leads. `dates` is by which day dates were
    judged.
    """

    library: Library | None = None
    collection: Collection | None = None
    model: Model | None = None
    rows: Mapping[str, str] = field(default_factory=dict)
    quotable: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    misconfigured: bool = False
    touched: Touched | None = None
    pointed_at: frozenset[str] = frozenset()
    dates: DateVerdict = UNJUDGED


def check_site(
    site: Site,
    options: BuildOptions = DEFAULTS,
    extra: Sequence[Path] = (),
    rows: Mapping[str, str] = MappingProxyType({}),
) -> CheckResult:
    """Return the library of a site and all that is wrong with its content.

    The stages follow each other; each needs what the one before could read. `extra` names case
    files outside the content folder, which are checked as if they were in it. `rows` are the keys
    of the cached rows of files that are known to be unchanged.
    """
    as_of, wrong_date = reference_date(site, options)
    if wrong_date:
        return CheckResult(problems=(wrong_date,), misconfigured=True)
    day = as_of or options.today
    progress, session = options.progress, options.session
    progress("reading the model:", 0)
    model, problems = load_site_model(site)
    if model is None:
        return CheckResult(problems=sorted_problems(problems), misconfigured=True)
    if wrong := site_checks.wrong_settings(site, model):
        return CheckResult(problems=wrong, misconfigured=True)
    with RecordCache(site.cache, session.cases if session else None) as cache:
        content = load_content(site, model, cache, extra, options, rows)
    cases, unparsed_ids = content.outlines, content.unparsed_ids
    progress("checking records:", len(cases))
    problems = (
        *problems,
        *content.problems,
        *cross_record_problems(cases, model, unparsed_ids, content.whole, day),
    )
    progress("indexing records:", len(cases))
    gather = partial(collect, cases, content.pages, model, content.whole, unparsed_ids=unparsed_ids)
    published = gather(
        internal=options.internal, as_of=as_of, today=options.today, versions=content.whole.keys
    )
    progress("checking links:", len(cases))
    resolved = links.resolve_links(published, site.content_path)
    # The links of records that are not published are checked too, against all records.
    whole, all_resolved = published, resolved
    if published.withheld_ids:
        whole = gather(internal=True)
        all_resolved = links.resolve_links(whole, site.content_path)
    library = Library(published, resolved, site.language)
    problems += tuple(_file_problems(site, library, whole, all_resolved))
    if not errors(problems) and (dead := site_checks.dead_menu_entries(site, library)):
        return CheckResult(problems=dead, misconfigured=True)
    return CheckResult(
        library=library,
        collection=published,
        model=model,
        rows=content.rows,
        quotable=frozenset(_quotable_files(published)),
        problems=sorted_problems(problems),
        pointed_at=places_pointed_at([*resolved.values(), *all_resolved.values()]),
        dates=date_verdict(cases, model, day),
    )


def _quotable_files(collection: Collection) -> Iterator[str]:
    """Yield the files whose problems may be kept: nothing of them is withheld."""
    for case in collection.outlines.values():
        if is_fully_public(case.values, collection.model):
            yield case.path
    yield from (page.path for page in collection.pages.values())


def _file_problems(
    site: Site, library: Library, whole: Collection, resolved: Mapping[str, Resolved]
) -> Iterator[Problem]:
    """Yield the problems of links, pictures and page names, and of templates that lie elsewhere.

    `whole` holds the internal records too, and `resolved` are the links of all its pages.
    """
    for links_of_page in resolved.values():
        yield from links_of_page.problems
    yield from check_pictures(site.content, resolved, whole)
    yield from site_checks.taken_page_names(library)
    for file in stray_assets(site.templates):
        yield outside_problem(path_from_root(site.root, file), "templates")
