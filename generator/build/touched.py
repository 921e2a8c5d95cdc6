"""The check of a few edited cases, where all else is known to be as it was.

This is the short way to a library: of the records, only the edited ones are read. It is taken where
no edit concerns another record, brings a problem, or changes which pictures are shown; everything
else is for `check.check_site`, which looks at all records. Both lead to the same library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.base.problem import errors, sorted_problems
from generator.base.site import Site
from generator.build.build_options import BuildOptions, reference_date
from generator.build.check import CheckResult
from generator.build.last_check import LastCheck
from generator.build.load import case_parser, load_plain_pages, load_site_model
from generator.build.parse_cases import Read, ReadCase
from generator.build.session import Session
from generator.library.amend import Touched, amended, stands_alone
from generator.library.collection import Collection
from generator.library.date_checks import DateVerdict, date_verdict
from generator.library.edited_links import leaves_links
from generator.library.library import Library
from generator.library.links import resolve_links
from generator.library.near_misses import changes_identity
from generator.library.resolved import places_pointed_at
from generator.model.record import Model
from generator.pages import site_checks
from generator.records.case import Case
from generator.records.plain_page import PlainPage
from generator.records.read_file import read_file
from generator.store.input_files import Inputs
from generator.store.record_cache import RecordCache
from generator.store.whole_cases import WholeCases

MOST = 20
"""If more files are edited, all records are looked at."""


def check_touched(
    site: Site, options: BuildOptions, last: LastCheck, inputs: Inputs
) -> CheckResult | None:
    """Return what `check_site` would, or None where the short way cannot be taken."""
    keys = {Path(file): last.rows.get(file, "") for file in inputs.touched}
    # An odd date is a problem, or none, by what other records say.
    if last.dates.odd or not last.dates.holds_on(inputs.day):
        return None
    if inputs.frame != last.frame or not 0 < len(keys) <= MOST or not all(keys.values()):
        return None
    options.progress("reading edited records:", len(keys))
    model, _ = load_site_model(site)
    if model is None:
        return None
    memory = options.session.cases if options.session else None
    way = _ShortWay(site, model, last, RecordCache(site.cache, memory))
    read = {file: way.read(file) for file in keys}
    outlines = {case.outline.id: case.outline for case in read.values() if case.outline}
    plain = [Path(f) for f in inputs.unchanged if f.endswith(".md") and f not in last.rows]
    before = last.collection(model, way.plain_pages(plain), way.whole)
    if (
        before is None
        or any(each.whole or not each.key for each in read.values())
        or date_verdict(outlines.values(), model, inputs.day).odd
        or not all(way.is_expected(keys[file], each.outline, before) for file, each in read.items())
        or way.are_compared(outlines.values(), before)
    ):
        return None
    versions = {each.id: each.key for each in read.values()}
    as_of, _ = reference_date(site, options)
    edited = amended(before, outlines, versions, way.whole, as_of, today=options.today)
    checked = way.result(before, *edited, read) if edited else None
    return checked and replace(checked, dates=DateVerdict(inputs.day))


def remember_check(session: Session, checked: CheckResult, inputs: Inputs | None) -> None:
    """Remember in a preview what a check of these files found.

    One that found an error is passed over: the edit that mends it is compared with what was before.
    """
    if inputs and checked.collection and not errors(checked.problems):
        session.files = inputs.files
        session.last = LastCheck(
            frame=inputs.frame,
            rows=checked.rows,
            problems=checked.problems,
            pointed_at=checked.pointed_at,
            dates=checked.dates,
            collection=lambda _model, _pages, _whole: checked.collection,
        )


class _ShortWay:
    """What all edited cases have in common."""

    def __init__(self, site: Site, model: Model, last: LastCheck, cache: RecordCache) -> None:
        self._site = site
        self._model = model
        self._last = last
        self._cache = cache
        self._parser = case_parser(site, model, cache)
        start = len(f"{site.root}{os.sep}")
        keys = {file[start:].replace(os.sep, "/"): key for file, key in last.rows.items()}
        self.whole = WholeCases(cache, self._parse_again, keys)

    def read(self, file: Path) -> ReadCase:
        """Return what came of an edited file."""
        (read,) = self._parser.parse_files([file], self._read)
        if read.outline:
            self.whole.add(read.outline.path, read.key, read.whole)
        return read

    def plain_pages(self, files: Iterable[Path]) -> tuple[PlainPage, ...]:
        """Return the plain pages among some Markdown files that are no published cases."""
        folder = self._site.content / self._model.folder
        return load_plain_pages(self._site, [file for file in files if folder not in file.parents])[
            0
        ]

    def is_expected(self, key: str, new: Case | None, before: Collection) -> bool:
        """Return whether an edit concerns no other record, and its file no check of all records.

        `key` is that of the row before the edit.
        """
        old, row = new and before.outlines.get(new.id), self._cache.outline(key)
        if new is None or old is None or row is None:
            return False
        own = {problem for problem in self._last.problems if problem.path == new.path}
        return own == set(row[1]) and stands_alone(old, new, before, self._model)

    def are_compared(self, outlines: Iterable[Case], before: Collection) -> bool:
        """Return whether several edited records may look alike now: all records tell."""
        pairs = ((before.outlines[outline.id], outline) for outline in outlines)
        return sum(changes_identity(*pair, self._model) for pair in pairs) > 1

    def result(
        self,
        before: Collection,
        collection: Collection,
        touched: Touched,
        read: Mapping[Path, ReadCase],
    ) -> CheckResult | None:
        """Return the result of the check, None where an edit touches the links of other texts."""
        site, last = self._site, self._last
        resolved = resolve_links(collection, site.content_path)
        library = Library(collection, resolved, site.language)
        if (
            not leaves_links(touched, before, collection, resolved, last.pointed_at)
            or any(site_checks.taken_page_names(library))
            or site_checks.dead_menu_entries(site, library)
        ):
            return None
        self._cache.add_rows()
        paths = {case.outline.path for case in read.values() if case.outline}
        problems = [problem for problem in last.problems if problem.path not in paths]
        problems += [problem for each in read.values() for problem in each.problems]
        return CheckResult(
            library=library,
            collection=collection,
            model=self._model,
            rows={**last.rows, **{str(file): each.key for file, each in read.items()}},
            quotable=frozenset(problem.path for problem in problems),
            problems=sorted_problems(problems),
            touched=touched,
            pointed_at=last.pointed_at | places_pointed_at(resolved[p] for p in touched.pages),
        )

    def _read(self, file: Path) -> Read:
        return read_file(self._site.root, file, within=self._site.content)

    def _parse_again(self, path: str, key: str | None) -> Case | None:
        return self._parser.parse_again(self._read(self._site.root / path)[0], key)
