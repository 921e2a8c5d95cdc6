"""The picture of the modules stays true: who may import whom, who may touch files and hosts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

# From the top of the picture to its foot: a module imports only what stands on a line above it.
# A package stands for all its modules, which may import each other, without a circle.
PICTURE = (
    "problem names dates document",
    "site",
    "nodes",
    "model",
    "markup",
    "case",
    "workers",
    "strength privacy",
    "files",
    "checks between",
    "plain_page",
    "library",
    "parse collect",
    "cache",
    "parse_all",
    "memory",
    "tally address periods synthesis",
    "related links answers situations crosstab",
    "evidence gaps",
    "views reference feed",
    "scaffold",
    "formats",
    "pages",
    "render sitemap shell",
    "gather pictures conflicts stamp",
    "shares checked",
    "again",
    "build",
    "hosts",
    "terminal chosen timings",
    "cli",
    "__main__",
)

HOSTS = {"hosts"}
"""The only package that knows MkDocs."""

READING = {
    "again",
    "checked",
    "cache",
    "files",
    "gather",
    "memory",
    "pictures",
    "render",
    "workers",
}
EDGES = HOSTS | READING | {"cli", "terminal"}
"""The only modules that touch files, folders, processes or the terminal."""

TOUCHING = {"os", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "click"}


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Yield each module's place in the picture, its dotted name and its syntax tree."""
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if parts != ("__init__",):
            yield parts[0], ".".join(parts), ast.parse(file.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of each module imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from ((node.lineno, f"generator.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def placed() -> dict[str, int]:
    """Return the line of the picture on which each module stands."""
    return {name: row for row, line in enumerate(PICTURE) for name in line.split()}


ALL = [pytest.param(place, name, tree, id=name) for place, name, tree in modules()]


def test_every_module_stands_in_the_picture() -> None:
    """No module is outside the picture, and the picture names none that is not there."""
    assert {place for place, _, _ in modules()} == set(placed())


@pytest.mark.parametrize(("place", "name", "tree"), ALL)
def test_imports_lead_up(place: str, name: str, tree: ast.Module) -> None:
    """A module imports only what stands above it in the picture, or its own package."""
    rows = placed()
    wrong = [
        f"{name}:{line} imports {target}"
        for line, target in imported(tree)
        if target.startswith("generator.") and not _may(place, target.split(".")[1], rows)
    ]
    assert wrong == []


def _may(place: str, target: str, rows: dict[str, int]) -> bool:
    if target == "__version__" or (target == place and "." not in target):
        return True
    return rows[target] < rows[place]


@pytest.mark.parametrize(("place", "name", "tree"), ALL)
def test_only_the_edges_touch_the_world(place: str, name: str, tree: ast.Module) -> None:
    """MkDocs is imported by the hosts alone, and what touches files or processes by the edges."""
    roots = {target.partition(".")[0] for _, target in imported(tree)}
    assert place in HOSTS or not roots & {"mkdocs", "properdocs"}, name
    assert place in EDGES or not roots & TOUCHING, name


@pytest.mark.parametrize(("place", "name", "tree"), ALL)
def test_each_module_says_what_it_owns(place: str, name: str, tree: ast.Module) -> None:
    """A module begins with what it owns, and is short enough to be one thing."""
    del place
    lines = max(
        (getattr(node, "end_lineno", 0) or 0)
        for node in ast.walk(tree)
        if hasattr(node, "end_lineno")
    )
    assert (ast.get_docstring(tree) or "").startswith("Owns "), name
    assert lines <= 250, f"{name} has {lines} lines: is it two things?"


@pytest.mark.parametrize(("place", "name", "tree"), ALL)
def test_no_clock_in_the_core(place: str, name: str, tree: ast.Module) -> None:
    """Only the command line reads the day and the time; everything else is given its date."""
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert place in {"cli", "hosts"} or not called & {"now", "today", "utcnow", "time"}, name
