"""Owns the check of a whole library: read, collect, and find all that is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator import yaml_nodes
from generator.base.problem import Problem, errors, sorted_problems
from generator.base.site import Site
from generator.build import pictures, site_checks
from generator.build.load import load_content, load_site_model
from generator.build.pictures import PictureRequest
from generator.build.record_cache import RecordCache
from generator.build.session import Session
from generator.library import address, links
from generator.library.collect import collect_library
from generator.library.cross_record_checks import cross_record_problems
from generator.library.library import Library
from generator.library.links import Resolved
from generator.pages.render import astray
from generator.records.case_files import outside_problem
from generator.records.case_files import path_from_root as named

Progress = Callable[[str, int], None]
"""Called as each stage begins, with its name and the number of things in it, 0 if none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """A library that was read, and all problems; `misconfigured` where no record is to blame."""

    library: Library | None = None
    resolved: Mapping[str, Resolved] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    misconfigured: bool = False


def check_site(  # noqa: PLR0913 - the options of the commands
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    extra: Sequence[Path] = (),
    memory: Session | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """Return the library of a site and all that is wrong with its content.

    `memory` holds what this process has read before, and then what it has read now.
    """
    tell = progress or (lambda _stage, _number: None)
    tell("reading the model:", 0)
    made, problems = load_site_model(site)
    if made is None:
        return CheckResult(problems=sorted_problems(problems), misconfigured=True)
    at = _configuration(site)
    if wrong := site_checks.unknown_facets(site, made.facets, at):
        return CheckResult(problems=wrong, misconfigured=True)
    with RecordCache(site.cache, memory.records if memory else None) as cache:
        found = load_content(
            site, made, cache, extra, tell=tell, known=memory.files if memory else None
        )
    tell("checking records:", len(found.cases))
    problems = (*problems, *found.problems, *cross_record_problems(found.cases, made, found.unread))
    tell("indexing records:", len(found.cases))
    ctx = partial(collect_library, found.cases, found.pages, made, unread=found.unread)
    shown, every = (memory.shown, memory.whole) if memory else (None, None)
    library = ctx(internal=internal, as_of=as_of or source_date_epoch(), before=shown)
    tell("checking links:", len(found.cases))
    # What is not published has its links checked too.
    whole = ctx(internal=True, before=every) if library.withheld_ids else library
    resolved = dict(links.resolve_links(library, _content(site)))
    everything = resolved if whole is library else dict(links.resolve_links(whole, _content(site)))
    problems += tuple(_led(site, library, whole, everything))
    if wrong := () if errors(problems) else site_checks.dead_menu_entries(site, library, at):
        return CheckResult(problems=wrong, misconfigured=True)
    return CheckResult(library=library, resolved=resolved, problems=sorted_problems(problems))


def _led(
    site: Site, library: Library, whole: Library, resolved: Mapping[str, Resolved]
) -> Iterator[Problem]:
    """Yield what is wrong with what texts and addresses lead to, and with the site's own files."""
    for item in resolved.values():
        yield from item.problems
    yield from pictures.check_pictures(site.content, picture_requests(resolved, whole))
    yield from site_checks.taken_page_names(library)
    for file in astray(site.templates):
        yield outside_problem(named(site.root, file), "templates")


def _content(site: Site) -> str:
    return site.content.relative_to(site.root).as_posix()


def source_date_epoch() -> str:
    """Return the day that SOURCE_DATE_EPOCH names, as reproducible builds set it, or nothing."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds.isdigit() else ""


def _configuration(site: Site) -> site_checks.SettingPositions:
    """Return where the words of the configuration stand, for those that mean nothing here."""
    file = site.root / site.path
    text = file.read_text("utf-8-sig") if file.is_file() else ""
    return site_checks.setting_positions(yaml_nodes.compose(text, path=site.path, tags=True).node)


def picture_requests(
    resolved: Mapping[str, Resolved], library: Library
) -> Iterator[PictureRequest]:
    """Yield the pictures that the texts of a library ask for."""
    files = {address.case(library, case.id): case.path for case in library.cases.values()}
    files |= {f"{page.name}.html": page.path for page in library.pages.values()}
    for page, item in resolved.items():
        for target, link in item.pictures:
            yield PictureRequest(files[page], target, link)
