"""One preview: the last good build, whose pages are made when asked for, and the problems since."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from generator.base.document import Batch
from generator.base.problem import Problem, Severity, errors, sorted_problems
from generator.build.assemble import Assembly
from generator.build.build_options import BuildOptions
from generator.hosts.clock import machine_day
from generator.hosts.config import drawn_elsewhere, load_site, packaged_model_words

if TYPE_CHECKING:
    from generator.base.site import Site

TIDY = 20
"""After so many builds the garbage collector looks for circles of dead objects."""


@dataclass(slots=True, kw_only=True)
class Preview:
    """One preview: `build` reads all records, `page` makes a page when somebody opens it.

    `core` turns the settings into an `Assembly`; `options` are what it is given. After a build
    with errors the pages are those of the last good one, and `problems` are the errors. `sources`
    are the files and folders to watch.
    """

    site_file: Path
    options: BuildOptions
    core: Callable[[Site, BuildOptions], Assembly]
    problems: tuple[Problem, ...] = ()
    sources: frozenset[Path] = frozenset()
    built: bool = False
    _batches: list[Batch] = field(default_factory=list)
    _contents: dict[str, bytes] = field(default_factory=dict)
    _builds: int = 0
    _notes: frozenset[Problem] = frozenset()
    _model_words: str = ""
    _busy: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Watch the settings first: they say where the rest is."""
        self.sources = frozenset({self.site_file})

    def build(self) -> None:
        """Build once and print how it went; no mistake, the author's or ours, ends the preview."""
        with self._busy, self._undisturbed():
            try:
                problems, message = self._build()
            except Exception:  # noqa: BLE001 - the preview goes on while somebody fixes the code
                problems, message = self._defect(), ""
            self._print(sorted_problems(problems))
            self.problems = sorted_problems(errors(problems))
        click.echo(
            message or f"{problem_count(self.problems)} to fix; the preview goes on", err=True
        )

    def _print(self, problems: Sequence[Problem]) -> None:
        """Print the problems of a build, but no note that the build before had too."""
        notes = frozenset(p for p in problems if p.severity is Severity.NOTE)
        for problem in problems:
            if problem not in self._notes:
                click.echo(str(problem), err=True)
        self._notes = notes

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Keep the garbage collector out of a build, and out of what the build leaves in memory.

        What is left is frozen: looking through a whole library after each edit would take longer
        than the edit. After `TIDY` builds everything is looked through once.
        """
        gc.disable()
        try:
            yield
        finally:
            self._builds += 1
            if self._builds % TIDY == 0:
                gc.unfreeze()
                gc.collect()
            gc.freeze()
            gc.enable()

    def page(self, path: str) -> bytes | None:
        """Return a document of the last good build, made now if need be; None without one."""
        with self._busy:
            try:
                while path not in self._contents and (batch := self._batch_of(path)):
                    self._contents |= {document.path: document.content for document in batch}
                    self._batches.remove(batch)
            except Exception:  # noqa: BLE001 - a template that is being edited
                self.problems = sorted_problems((*self.problems, *self._defect()))
            return self._contents.get(path)

    def _batch_of(self, path: str) -> Batch | None:
        """Return the batch that holds a document: one that names it, else one of its folder."""
        batches = [batch for batch in self._batches if batch.has(path)]
        return min(batches, key=lambda batch: path not in batch.paths, default=None)

    def _build(self) -> tuple[tuple[Problem, ...], str]:
        """Return the problems of a build, and how many pages it has; no words after an error."""
        site, problems = load_site(self.site_file)
        problems += drawn_elsewhere(site, "mkdocs serve") if site else ()
        if site is None or errors(problems):
            return problems, ""
        self.sources = frozenset({self.site_file, *_sources(site)})
        words = packaged_model_words(site)
        if words and words != self._model_words:
            click.echo(words, err=True)
        self._model_words = words
        assembly = self.core(site, replace(self.options, today=machine_day()))
        problems += tuple(assembly.problems)
        if errors(problems):
            return problems, ""
        self._batches, self._contents, self.built = list(assembly.batches), {}, True
        return (
            problems,
            f"built: {_counted(assembly.cases, 'case')}, {_counted(assembly.pages, 'page')}",
        )

    def _defect(self) -> tuple[Problem, ...]:
        """Print the traceback of a mistake of ours, and return the problem that stands for it."""
        traceback.print_exc()
        message, hint = "casebook itself went wrong", "the terminal says where"
        path = self.site_file.name
        return (Problem(path=path, code="defect", message=message, hint=hint),)


def problem_count(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, in words."""
    return _counted(len(problems), "problem")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _sources(site: Site) -> Iterator[Path]:
    yield site.content
    if site.templates:
        yield site.templates
