"""What `casebook check PATHS` prints: what concerns the named files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    every = tuple(problems)
    kept = frozenset(filter_paths(site, paths, {problem.path for problem in every}))
    return tuple(problem for problem in every if problem.path in kept)


def filter_paths(site: Site, paths: Sequence[Path], files: Iterable[str]) -> Iterator[str]:
    """Yield those of some files, seen from the root, that are named or lie in a named folder."""
    named = [path.resolve() for path in paths]
    for file in files:
        whole = (site.root / file).resolve() if named else site.root
        if not named or any(whole.is_relative_to(path) for path in named):
            yield file
