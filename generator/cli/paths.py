"""Which problems `casebook check PATHS` prints: those of the named files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.base.problem import Problem
from generator.base.site import Site


def outside_paths(site: Site, paths: Iterable[Path]) -> list[Path]:
    """Return those paths that are files outside the content folder, but not the configuration."""
    content, configuration = site.content.resolve(), (site.root / site.path).resolve()
    return [
        path.absolute()
        for path in paths
        if path.is_file()
        and not path.resolve().is_relative_to(content)
        and path.resolve() != configuration
    ]


def filter_problems(
    site: Site, paths: Sequence[Path], problems: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Return the problems of those files and of files in those folders; all if none is named."""
    named = [path.resolve() for path in paths]
    return tuple(
        problem
        for problem in problems
        if not named
        or any((site.root / problem.path).resolve().is_relative_to(path) for path in named)
    )
