"""Owns what an author is told of a link that leads nowhere, and the nearest that would not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from generator.base.names import file_key
from generator.base.problem import Problem
from generator.markdown import Link
from generator.model.declaration import nearest

MOST_COMPARED = 100_000
"""So many names are compared with those typed wrong, of all links together: ten links that lead
nowhere among ten thousand records, two hundred among five hundred. Of the others only the mistake
is told, not what may have been meant."""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
TEXTS = (".md", ".markdown")
_PAGE = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)*|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|int|edu|gov|info))(?:/.*)?",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|zip|epub)$", re.IGNORECASE)


class Broken(Exception):  # noqa: N818 - it carries a problem, it is not one of ours
    """A link that leads nowhere, and the remedy."""

    def __init__(self, message: str, hint: str = "", code: str = "broken-link") -> None:
        """Take what is told; the place is known later."""
        self.message, self.hint, self.code = message, hint, code

    def problem(self, path: str, link: Link) -> Problem:
        """Return the problem at the place of a link."""
        return Problem(
            path=path,
            line=link.line,
            column=link.column,
            code=self.code,
            message=self.message,
            hint=self.hint,
        )


class KnownFiles:
    """The files that links may name, found by their names without endings."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Take all paths, the first of two with one name being the one that is meant."""
        self.paths = paths
        self.compared = 0

    @cached_property
    def whole(self) -> Mapping[str, str]:
        """Return the files by the form of their paths under which two are one."""
        return {file_key(_PAGE.sub("", path)): path for path in reversed(self.paths)}

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """Return the files by their names alone."""
        return {_PAGE.sub("", posixpath.basename(path)): path for path in reversed(self.paths)}

    def nearest(self, typed: str, known: Collection[str]) -> str:
        """Return the known name that looks most like what was typed, or nothing."""
        self.compared += len(known)
        return nearest(typed, known) if self.compared <= MOST_COMPARED else ""


def missing_file(name: str, path: str, content: str, files: KnownFiles) -> Broken:
    """Return what is wrong with a link from `path` to a file that is not among `files`."""
    if _HOST.fullmatch(name):
        return Broken(f"'{name}' is read as the name of a file", f"write 'https://{name}'")
    ending = posixpath.splitext(name)[1].lower()
    if _DOCUMENT.search(name):
        hint = (
            "only records, pages and pictures are kept here: put the document on the web "
            "and link to its address, or cite it under evidence"
        )
        return Broken(f"'{name}' is not a record or a page of this library", hint)
    if ending in PICTURES:
        hint = f"write ![what the picture shows]({name})"
        return Broken(f"'{name}' is not a record or a page of this library", hint)
    if hint := _meant(name, path, content, files):
        return Broken(f"there is no file '{name}'", hint)
    if ending in TEXTS:
        return Broken(f"there is no file '{name}'")
    message = f"'{name}' is not a record or a page of this library"
    return Broken(message, "link to a .md file, to case:ID, to term:ID, or to a web address")


def outside_content(name: str, path: str, content: str, files: KnownFiles) -> Broken:
    """Return what is wrong with a link that leaves `content`, or that begins at a root."""
    bare = _PAGE.sub("", name).strip("/").removeprefix(f"{content}/")
    file = files.whole.get(file_key(f"{content}/{bare}")) if name.startswith("/") else None
    if file:
        return Broken(f"'{name}' begins with '/'", f"write '{_from(path, file)}'")
    message = f"'{name}' leads out of {content}/"
    return Broken(message, f"only what lies in {content}/ can be linked", "outside-content")


def _meant(name: str, path: str, content: str, files: KnownFiles) -> str:
    """Return the hint that names the file with the nearest name, its ending left aside."""
    here = posixpath.dirname(path)
    wanted = file_key(posixpath.normpath(posixpath.join(here, _PAGE.sub("", name))))
    found = files.whole.get(wanted)
    if found is None:
        stem = files.nearest(_PAGE.sub("", posixpath.basename(name)), files.stems)
        found = files.stems.get(stem, "") if stem else ""
    return f"did you mean '{_from(path, found)}'?" if found.startswith(f"{content}/") else ""


def _from(path: str, file: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(path) or ".")
