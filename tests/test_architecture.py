"""The rooms of the house: who may import whom, who may touch files and hosts, one name a thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "generator"

MAY_IMPORT = {
    "base": "",
    "output": "base",
    "yaml_nodes": "base",
    "markdown": "base",
    "model": "base yaml_nodes",
    "records": "base yaml_nodes markdown model",
    "authoring": "base model records",
    "library": "base markdown model records",
    "store": "base markdown model records library",
    "media": "base library store",
    "analysis": "base model records library",
    "exports": "base model library analysis",
    "pages": "base yaml_nodes model records library analysis exports",
    "build": "base yaml_nodes model records library store media exports pages",
    "hosts": "base yaml_nodes model build",
    "cli": (
        "base output yaml_nodes model records authoring library store media analysis exports pages"
        " build hosts"
    ),
    "__main__": "cli",
}
"""From the foot of the house to its roof: what each package may import beside itself."""

MOST_ARROWS = 70
"""So many pairs of packages at most, of which one imports the other: five for each room."""

HOSTS = {"hosts"}
"""The only package that knows MkDocs."""

EDGES = {"output", "store", "media", "build", "hosts", "cli"}
"""The packages that touch files, folders, processes or the terminal."""

EDGE_MODULES = {
    "base.workers",
    "markdown.python_markdown",
    "pages.render",
    "pages.theme_files",
    "pages.world",
    "records.case_files",
    "records.read_file",
}
"""Modules of other packages that do: what starts processes, reads content, finds the templates."""

TOUCHING = {
    "importlib",
    "os",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "click",
}

CLOCK = {"now", "today", "utcnow", "time", "time_ns"}

FILE_TIMES = {"store.input_files", "build.session"}
"""Modules that compare the times of files with that of now."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its dotted name below the package, its file and its syntax tree."""

    name: str
    file: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """Return the package that it stands in."""
        return self.name.partition(".")[0]

    @property
    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and full dotted name of each module or name imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    @property
    def internal(self) -> Iterator[tuple[int, str]]:
        """Yield line and name of each module of the house that this one imports."""
        known = {module.name for module in modules()}
        for line, target in self.imports:
            if target.startswith("generator."):
                name = target.removeprefix("generator.")
                yield line, name if name in known else name.rpartition(".")[0]


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package but its own face."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            found.append(Module(name, file, ast.parse(file.read_text("utf-8"))))
    return tuple(found)


def arrows() -> dict[tuple[str, str], list[str]]:
    """Return for each pair of packages, importer first, where one imports the other."""
    pairs = defaultdict(list)
    for module in modules():
        for line, target in module.internal:
            room = target.partition(".")[0]
            if room and room != module.room:
                pairs[module.room, room].append(f"{module.name}:{line} imports {target}")
    return dict(pairs)


def test_the_top_of_the_package_holds_the_rooms_alone() -> None:
    """Nothing lies loose beside the sixteen packages."""
    entries = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    rooms = set(MAY_IMPORT) - {"__main__"}
    assert entries == rooms | {"__init__.py", "__main__.py", "py.typed"}


def test_a_package_imports_only_what_stands_below_it() -> None:
    """The table allows no import up, and no import is outside the table."""
    rooms = list(MAY_IMPORT)
    for number, (room, below) in enumerate(MAY_IMPORT.items()):
        assert set(below.split()) <= set(rooms[:number]), f"{room} may import what is above it"
    found = arrows()
    assert [found[pair] for pair in found if pair[1] not in MAY_IMPORT[pair[0]].split()] == []
    allowed = {(room, other) for room, row in MAY_IMPORT.items() for other in row.split()}
    assert allowed == set(found), "the table allows what nobody needs"
    assert len(found) <= MOST_ARROWS


def test_no_module_imports_itself_by_a_circle() -> None:
    """Following the imports of a module never leads back to it."""
    below = {module.name: {target for _, target in module.internal} for module in modules()}
    done: set[str] = set()
    circles = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circles.append(" > ".join((*path[path.index(name) :], name)))
        elif name not in done:
            for target in sorted(below.get(name, ())):
                visit(target, (*path, name))
            done.add(name)

    for name in sorted(below):
        visit(name, ())
    assert circles == []


def test_only_the_edges_touch_the_world() -> None:
    """MkDocs is imported by the hosts alone, and what touches files or processes by the edges."""
    wrong = []
    for module in modules():
        roots = {target.partition(".")[0] for _, target in module.imports}
        if module.room not in HOSTS and roots & {"mkdocs", "properdocs"}:
            wrong.append(f"{module.name} knows MkDocs")
        edge = module.room in EDGES or module.name in EDGE_MODULES
        if not edge and roots & TOUCHING:
            wrong.append(f"{module.name} imports {roots & TOUCHING}")
    assert wrong == []


def test_no_clock_in_the_core() -> None:
    """Only the command line and the hosts read the day and the time; all else is given its date."""
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK
        and module.room not in {"cli", "hosts"}
        and module.name not in FILE_TIMES
    ]
    assert wrong == []


def test_each_module_says_what_it_is() -> None:
    """A module begins with a sentence about what it is."""
    assert [m.name for m in modules() if not (ast.get_docstring(m.tree) or "")] == []


def test_each_module_says_what_it_is_plainly() -> None:
    """A first line says what a thing is; who owns what is no word of the field."""
    assert [m.name for m in modules() if (ast.get_docstring(m.tree) or "").startswith("Owns")] == []


RIDDLES = {"found", "made", "told", "said", "shown", "anew"}
"""Past participles that say nothing of what a variable holds."""

DECLARED = {"model.record.shown"}
"""Names of the record model itself: an author writes `shown: no`."""


def test_variables_are_named_by_what_they_hold() -> None:
    """No variable, parameter, attribute or function is a riddle."""
    riddles = [
        f"{module.name}:{line} {name}"
        for module in modules()
        for line, name in _bound_names(module.tree)
        if name.strip("_").lower() in RIDDLES and f"{module.name}.{name}" not in DECLARED
    ]
    assert riddles == []


def _bound_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of whatever a module binds: variables, parameters, definitions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def test_one_name_for_one_thing() -> None:
    """No two classes, and no two public functions, of the house have one name."""
    places = defaultdict(list)
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                places[node.name].append(module.name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
