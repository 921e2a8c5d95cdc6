"""The case files of a folder, how files are named to their authors, and problems of whole files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from unicodedata import normalize

from generator.base.names import file_key
from generator.base.problem import Problem, Severity

SUFFIXES: Final = frozenset({".md", ".markdown"})
"""Endings of files that are read."""

DOCUMENT_SUFFIXES: Final = frozenset({".txt", ".doc", ".docx", ".odt", ".rtf", ".pages"})
"""Endings of files that an author may take for records; each gets a warning."""

_UNTYPABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def path_from_root(root: Path, file: Path) -> str:
    """Return how a file is named to its author: relative to the root, with `/`, in NFC.

    Characters that nobody can type become U+FFFD.
    """
    relative = _below(str(root), str(file)) or os.path.relpath(file, root)
    return normalize("NFC", _UNTYPABLE.sub("\ufffd", relative.replace(os.sep, "/")))


def _below(root: str, file: str) -> str:
    """Return what follows the root in a path; empty where the path does not plainly start so.

    `os.path.relpath` gives the same and is slow: this is asked for every file of every build.
    """
    top = root + os.sep
    return file[len(top) :] if file.startswith(top) and ".." not in file else ""


def refused_file(problems: Iterable[Problem]) -> bool:
    """Return whether the system refused a file: a problem that no author can fix in a text."""
    return any(problem.code in {"unreadable", "unsteady", "unwritten"} for problem in problems)


def outside_problem(path: str, folder: str = "content") -> Problem:
    """Return the problem of a link that leads out of the content folder, or of another."""
    return Problem(
        path=path,
        code=f"outside-{folder}",
        message=f"this is a link that leads out of the {folder} folder, and is not read",
        hint="put a copy of the file in its place",
    )


def unreadable_problem(path: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system would not open."""
    return Problem(
        path=path,
        code="unreadable",
        message=f"this cannot be read: {(error.strerror or 'unknown reason').lower()}",
        hint="see that it is there and that you may open it",
    )


class _Walk:
    """A walk through a folder: the files met, their problems, and the real folders entered.

    Each real folder is entered once, so that links in a circle end. Folders that are links come
    last: a file that two paths lead to keeps the path without a link.
    """

    def __init__(self, root: Path, content: Path, *, records: bool) -> None:
        self.root, self.content = root, Path(os.path.realpath(content))
        self.records = records
        self.files: list[Path] = []
        self.problems: list[Problem] = []
        self.entered: set[Path] = set()

    def enter(self, start: Path) -> None:
        """Collect the files in a folder and in the folders below it."""
        waiting: list[Path] = [start] if os.path.lexists(start) else []
        links: list[Path] = []
        while waiting or links:
            folder = (waiting or links).pop()
            real = Path(os.path.realpath(folder))
            if not real.is_relative_to(self.content):
                self.problems.append(outside_problem(path_from_root(self.root, folder)))
            elif real not in self.entered:
                self.entered.add(real)
                for entry in self.entries(folder):
                    self.sort(entry, links if entry.is_symlink() else waiting)

    def entries(self, folder: Path) -> list[Path]:
        """Return what is in a folder, in the reverse order of names: the last is taken first."""
        try:
            return sorted(folder.iterdir(), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            self.problems.append(unreadable_problem(path_from_root(self.root, folder), error))
            return []

    def sort(self, entry: Path, folders: list[Path]) -> None:
        """Add an entry to `folders` or to the files, or add a problem of its name."""
        path = path_from_root(self.root, entry)
        if entry.name.lower() in SUFFIXES:
            self.problems.append(_no_name(path))
        elif entry.name.startswith((".", "~$")):
            return
        elif os.path.isdir(entry):  # noqa: PTH112 (Path.is_dir raises where it may not look)
            folders.append(entry)
        elif entry.suffix.lower() in SUFFIXES:
            if "\ufffd" in path:
                self.problems.append(_untypable_name(path))
            else:
                self.files.append(entry)
        elif self.records and entry.suffix.lower() in DOCUMENT_SUFFIXES:
            self.problems.append(_not_markdown(path))


def case_files(
    root: Path, content: Path, folder: str
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the case files under `content/folder`, and problems of their names.

    Files are in the order of their NFC paths; problems name paths relative to `root`. A folder that
    is not there holds no files. An empty `folder` is the whole of `content`.

    Hidden files are passed over. A link to a folder outside `content` is refused here; one to a
    file is refused by `read_file`.
    """
    walk = _Walk(root, content, records=bool(folder))
    walk.enter(content / folder)
    files = sorted(walk.files, key=lambda file: (normalize("NFC", file.as_posix()), file.name))
    return tuple(files), (*walk.problems, *_clashes(root, files))


def _clashes(root: Path, files: list[Path]) -> list[Problem]:
    """Return a problem for each file that would be the same page as one before it."""
    paths_by_key: dict[str, str] = {}
    problems = []
    for file in files:
        path = path_from_root(root, file)
        other = paths_by_key.setdefault(file_key(path_from_root(root, file.with_suffix(""))), path)
        if other is not path:
            message = f"this file and {other} differ only in capitals, accents' form or ending"
            hint = "rename one of the two: on many computers they would be one file"
            problems.append(Problem(path=path, code="same-name", message=message, hint=hint))
    return problems


def _no_name(path: str) -> Problem:
    hint = "give it a name before the dot, in letters or digits"
    return Problem(path=path, code="no-name", message="the file has no name", hint=hint)


def _not_markdown(path: str) -> Problem:
    return Problem(
        path=path,
        severity=Severity.WARNING,
        code="unread-file",
        message="this file is not read: its name does not end in .md",
        hint="save it as plain text with a name that ends in .md, or move it away",
    )


def _untypable_name(path: str) -> Problem:
    message = "the file's name holds characters that nobody can type"
    return Problem(path=path, code="odd-name", message=message, hint="rename the file")
