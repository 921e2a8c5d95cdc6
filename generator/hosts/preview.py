"""Owns one preview: the last good build, page by page as they are asked for, and what is wrong."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import click

from generator.base.document import Batch
from generator.base.problem import Problem, errors, sorted_problems
from generator.build.assemble import Assembly
from generator.hosts.config import drawn_elsewhere, load_site

if TYPE_CHECKING:
    from generator.base.site import Site

TIDY = 20
"""After so many builds, what they left behind in circles is looked for."""


@dataclass(slots=True, kw_only=True)
class Preview:
    """One preview: reads all records when told, makes a page when somebody opens it."""

    site_file: Path
    options: dict[str, Any]
    core: Callable[..., Assembly]
    problems: tuple[Problem, ...] = ()
    sources: frozenset[Path] = frozenset()
    built: bool = False
    _shares: list[Batch] = field(default_factory=list)
    _made: dict[str, bytes] = field(default_factory=dict)
    _builds: int = 0
    _busy: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Look first at the settings alone: they say where the rest is."""
        self.sources = frozenset({self.site_file})

    def build(self) -> None:
        """Build once and say how it went; no mistake, of the author's or ours, ends the preview."""
        with self._busy, self._undisturbed():
            try:
                found, said = self._build()
            except Exception:  # noqa: BLE001 - the preview goes on while somebody mends the code
                found, said = self._defect(), ""
            for problem in sorted_problems(found):
                click.echo(problem, err=True)
            self.problems = sorted_problems(errors(found))
        click.echo(said or f"{problem_count(self.problems)} to mend; the preview goes on", err=True)

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Keep the search for circles of dead objects out of a build, and out of what it leaves.

        After so many builds it goes through everything once.
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
        """Return a document of the last good build by its path, made now if it was not before."""
        with self._busy:
            try:
                while path not in self._made and (share := self._share_of(path)):
                    self._made |= {document.path: document.content for document in share}
                    self._shares.remove(share)
            except Exception:  # noqa: BLE001 - a template that is being mended
                self.problems = sorted_problems((*self.problems, *self._defect()))
            return self._made.get(path)

    def _share_of(self, path: str) -> Batch | None:
        """Return the share that would hold a document; one that names it before any folder's."""
        fitting = [share for share in self._shares if share.has(path)]
        return min(fitting, key=lambda share: path not in share.paths, default=None)

    def _build(self) -> tuple[tuple[Problem, ...], str]:
        site, problems = load_site(self.site_file)
        problems += drawn_elsewhere(site, "mkdocs serve") if site else ()
        if site is None or errors(problems):
            return problems, ""
        self.sources = frozenset({self.site_file, *_sources(site)})
        assembly = self.core(site, csp=False, **self.options)
        problems += tuple(assembly.problems)
        if errors(problems):
            return problems, ""
        self._shares, self._made, self.built = list(assembly.shares), {}, True
        return problems, f"built: cases {assembly.cases}, pages {assembly.pages}"

    def _defect(self) -> tuple[Problem, ...]:
        traceback.print_exc()
        message, hint = "casebook itself went wrong", "the terminal says where"
        path = self.site_file.name
        return (Problem(path=path, code="defect", message=message, hint=hint),)


def problem_count(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, in words."""
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"


def _sources(site: Site) -> Iterator[Path]:
    yield site.content
    if site.templates:
        yield site.templates
