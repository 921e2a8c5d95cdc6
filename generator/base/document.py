"""`Document`, one file of the site; `Batch`, some made together; `SiteCopy`; the rule for paths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Protocol
from unicodedata import normalize


class StoredFile(str):
    """The path of a file that has the bytes of a document already."""

    __slots__ = ()


Content = bytes | Callable[[], Iterable[bytes]] | StoredFile
"""The bytes of a file; a function that yields them piece by piece, where they are too many to hold
at once; or a file that has them already, to which the site may get a hard link."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file of the site: its path and its bytes.

    `path` is relative to the site, with `/` between folders.
    """

    path: str
    source: Content

    @property
    def content(self) -> bytes:
        """Return the bytes of the file, all at once."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the file, piece by piece."""
        if isinstance(self.source, StoredFile):
            return iter((Path(self.source).read_bytes(),))
        return iter((self.source,) if isinstance(self.source, bytes) else self.source())

    def __eq__(self, other: object) -> bool:
        """Return whether two documents have the same path and the same bytes."""
        if not isinstance(other, Document):
            return NotImplemented
        return self.path == other.path and self.content == other.content

    def __hash__(self) -> int:
        """Return the hash of the path."""
        return hash(self.path)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one kind that are made together, again for each iteration.

    `paths` are those of the documents, or of folders that only this batch fills, with a `/` at
    the end. Batches do not depend on each other, so that several processes can make them at once.
    `notes` returns what is to be remembered of their making, in a form that can be pickled; it is
    called after the last document. `links` are the stored files of a batch that has no other, by
    path.
    """

    kind: str
    paths: tuple[str, ...]
    make: Callable[[], Iterable[Document]]
    notes: Callable[[], object] = tuple
    links: Mapping[str, StoredFile] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Return whether the document at a path is in this batch."""
        return any(path == own or (own[-1:] == "/" and path.startswith(own)) for own in self.paths)

    def __iter__(self) -> Iterator[Document]:
        """Make the documents and yield them."""
        return iter(self.make())


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its shell, for another theme to draw.

    `body` is safe HTML in a language and its direction. `headings` are the level, the anchor and
    the text of each, as printed.
    `template` is the name of the template that made it: `term.html` of the page of a term.
    """

    path: str
    title: str
    body: str
    language: str
    direction: str
    headings: tuple[tuple[int, str, str], ...]
    description: str
    template: str = ""


ROOM_FOR_COPY = 222
"""In characters: below a folder of somebody on a disk of Windows, more may not fit.

Windows unpacks into a folder with the name of the file, in which the folder of the copy is: so the
name is there twice, and then the path of a page.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCopy:
    """The copy of a site in one ZIP file, which is part of the site and holds its other files.

    `path` is that of the file in the site, `top` the one folder in it, `day` the date of all that
    is in it, in ISO form or empty. `page` makes the page about the copy: it is given the size of
    the file in bytes. The files at `left_out` are not in it; `inside` makes the pages that are
    others in the copy: it is given the folder of the site. `stored` is the copy of the last build,
    of files with those `names` in the store, by path; it serves again for the same.
    """

    path: str
    top: str
    day: str
    page: Callable[[int], Document]
    inside: Callable[[Path], Iterable[Document]]
    left_out: frozenset[str] = frozenset()
    stored: StoredFile | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def longest_path(self) -> int:
        """Return how many characters a path may have below the folder of the copy."""
        return ROOM_FOR_COPY - 2 * len(f"{self.top}/")


class Hasher(Protocol):
    """A running digest, such as `hashlib` has."""

    def update(self, piece: bytes | memoryview, /) -> None:
        """Add some bytes."""

    def hexdigest(self) -> str:
        """Return the digest of all bytes so far."""


class FileStore(Protocol):
    """Keeps the files of a site for the next build, each under the digest of its bytes."""

    @property
    def folder(self) -> Path:
        """The folder of the files that are kept."""

    @property
    def spare(self) -> Path:
        """Where the folder that a new site replaces is put by, to become the next one."""

    def hasher(self) -> Hasher:
        """Return what a digest is made with."""

    def keep(self, name: str, file: str) -> None:
        """Keep a file under its digest, if that can be done."""


def with_distinct_paths(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the documents as they come; each path is safe and distinct on every file system.

    Paths that differ only in case or in Unicode normalisation are one file on some disks,
    so they count as equal. A path that breaks the rule is a bug of ours: ValueError.
    """
    paths = DistinctPaths()
    for document in documents:
        paths.add(document.path)
        yield document


class DistinctPaths:
    """A set of paths, each safe and distinct on every file system."""

    def __init__(self) -> None:
        """Start with an empty set."""
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str) -> None:
        """Add a path; ValueError where it breaks the rule of `with_distinct_paths`."""
        _require_safe(path)
        key = _path_key(path)
        if key in self._files:
            raise ValueError(f"two documents have the path {path!r}")
        known = key.rpartition("/")[0] in self._folders  # and so are the folders above it
        folders = set() if known else set(_folders_above(key))
        if key in self._folders or not folders.isdisjoint(self._files):
            raise ValueError(f"{path!r} is a file in one document, a folder in another")
        self._files.add(key)
        self._folders |= folders


_PLAIN = re.compile(r"[a-z0-9][\w-]*(?:\.[\w-]+)*(?:/[a-z0-9][\w-]*(?:\.[\w-]+)*)*", re.ASCII)
"""A path as most are: safe everywhere."""


def _require_safe(path: str) -> None:
    if _PLAIN.fullmatch(path):
        return
    parts = path.split("/")
    windows = PureWindowsPath(path)
    if (
        not {"", ".", ".."}.isdisjoint(parts)
        or not {"\\", "\0"}.isdisjoint(path)
        or windows.drive
        or windows.root
    ):
        raise ValueError(f"not a path inside the site: {path!r}")


def _path_key(path: str) -> str:
    if path.isascii():
        return path.lower()
    return normalize("NFC", normalize("NFD", path).casefold())


def _folders_above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
