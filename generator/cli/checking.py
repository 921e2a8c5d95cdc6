"""What `casebook check` does: a check of all content, a report of what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.names import file_key
from generator.base.problem import Problem, errors, sorted_problems
from generator.base.site import Site
from generator.build.build_options import BuildOptions
from generator.build.check import CheckResult, check_site
from generator.cli.git_changes import files_changed_since, repository_top
from generator.cli.paths import filter_paths, filter_problems, outside_paths
from generator.cli.problem_formats import ProblemReport
from generator.cli.terminal import (
    count,
    has_warning,
    prints_unicode,
    shows_colours,
    terminal_width,
)
from generator.records.case_files import path_from_root, refused_file
from generator.records.concerned import concerned_files
from generator.records.explain import Explainer


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a check.

    `records_read` says how many records were read, before a summary. `left_out` is a line
    about what the report leaves out, empty where that is nothing. `misconfigured` tells that no
    record is to blame.
    """

    report: ProblemReport
    records_read: str = ""
    left_out: str = ""
    misconfigured: bool = False

    @property
    def exit_code(self) -> int:
        """The code that the command ends with."""
        problems = self.report.problems
        if self.misconfigured or refused_file(problems):
            return 2
        return int(bool(errors(problems) or (self.report.strict and has_warning(problems))))


def check_content(  # noqa: PLR0913 - the options of the command
    site: Site | None,
    problems: Sequence[Problem],
    *,
    paths: Sequence[Path],
    since: str | None,
    folder: Path,
    options: BuildOptions,
    strict: bool,
) -> Checked:
    """Check a site; `problems` are those of its settings, which are None where they are no use.

    `folder` is that of the configuration. Raise NoRevisionError where `since` names no revision.
    """
    if site is None:
        report = ProblemReport(
            problems=sorted_problems(problems),
            root=folder,
            top=repository_top(folder),
            ascii_only=not prints_unicode(),
            explain=Explainer(folder, folder, None).explain,
            width=terminal_width(),
            colours=shows_colours(),
        )
        return Checked(report=report, misconfigured=True)
    extra = outside_paths(site, paths)
    changed = None if since is None else _changed(site, since, extra)
    result = check_site(site, options, extra)
    wanted, records = result.problems, _records(result)
    if changed is not None and not result.misconfigured:
        wanted, records = _concerned(site, result, changed)
    chosen = paths if not result.misconfigured else ()
    report = ProblemReport(
        problems=sorted_problems(filter_problems(site, chosen, [*problems, *wanted])),
        root=site.root,
        top=repository_top(site.root),
        files=tuple(filter_paths(site, chosen, records)),
        strict=strict,
        ascii_only=not prints_unicode(),
        explain=Explainer(site.root, site.content, result.model, extra).explain,
        width=terminal_width(),
        colours=shows_colours(),
    )
    if result.misconfigured:
        return Checked(report=report, misconfigured=True)
    every = sorted_problems(filter_problems(site, chosen, [*problems, *result.problems]))
    number = len(result.library.ids) if result.library else 0
    return Checked(
        report=report,
        records_read=f"{count(number, 'record', 'records')} read: ",
        left_out=_left_out(len(every) - len(report.problems), since),
    )


def _changed(site: Site, since: str, extra: Sequence[Path]) -> Mapping[str, bytes | None]:
    """Return the files that changed since a revision; those named elsewhere are among them."""
    elsewhere = {path_from_root(site.root, file): None for file in extra}
    return {**elsewhere, **files_changed_since(site.root, site.content_path, since)}


def _concerned(
    site: Site, result: CheckResult, changed: Mapping[str, bytes | None]
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Return the problems that a change concerns, of those that a check found, and the records.

    Every record depends on the model, its vocabularies and the configuration.
    """
    collection, model = result.collection, result.model
    if collection is None or model is None or _concerns_all(site, changed):
        return result.problems, _records(result)
    cases, pages = collection.outlines.values(), collection.pages.values()
    files = concerned_files(cases, pages, model, changed)
    problems = (p for p in result.problems if file_key(p.path) in files or _tells_of(p, changed))
    return tuple(problems), tuple(path for path in _records(result) if file_key(path) in files)


def _concerns_all(site: Site, changed: Iterable[str]) -> bool:
    """Return whether the configuration, the model or a vocabulary is among the changed files."""
    vocabulary = f"{site.content_path}/{site.vocabulary}/"
    everywhere = {site.path, f"{site.content_path}/{site.model}"}
    return any(path in everywhere or path.startswith(vocabulary) for path in changed)


def _tells_of(problem: Problem, changed: Iterable[str]) -> bool:
    """Return whether a problem names one of some files: two records of one id are told so."""
    words = f"{problem.message} {problem.hint}"
    return any(path in words for path in changed)


def _records(result: CheckResult) -> tuple[str, ...]:
    outlines = result.collection.outlines if result.collection else {}
    return tuple(case.path for case in outlines.values())


def _left_out(number: int, since: str | None) -> str:
    """Return a line about the problems that a change does not concern; empty if there are none."""
    if not number:
        return ""
    problems = count(number, "problem", "problems")
    return f"{problems} left out, elsewhere: nothing that changed since {since} concerns them"
