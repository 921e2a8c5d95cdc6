"""Owns which files a check is about, where somebody named some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.base.problem import Problem
from generator.base.site import Site


def outside_paths(site: Site, paths: Iterable[Path]) -> list[Path]:
    """Return those paths that are files and neither content nor configuration."""
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
    """Return the problems of those files, or of files in those folders; all where none is named."""
    chosen = [path.resolve() for path in paths]
    return tuple(
        problem
        for problem in problems
        if not chosen
        or any((site.root / problem.path).resolve().is_relative_to(path) for path in chosen)
    )
