"""`Document`, one file of the site; `Batch`, some made together; and the rule for their paths."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Protocol
from unicodedata import normalize

Content = bytes | Callable[[], Iterable[bytes]]
"""The bytes of a file, or a function that yields them piece by piece: too many to hold at once."""


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
        return self.source if isinstance(self.source, bytes) else b"".join(self.source())

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the file, piece by piece."""
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
    `key` is the cache key, a fingerprint of all that the documents depend on; empty where they
    are not worth caching.
    """

    kind: str
    paths: tuple[str, ...]
    make: Callable[[], Iterable[Document]]
    key: str = ""

    def has(self, path: str) -> bool:
        """Return whether the document at a path is in this batch."""
        return any(path == own or (own[-1:] == "/" and path.startswith(own)) for own in self.paths)

    def __iter__(self) -> Iterator[Document]:
        """Make the documents and yield them."""
        return iter(self.make())


class DocumentStore(Protocol):
    """A cache of the documents of earlier builds, by the key of their batch."""

    def documents(self, key: str) -> Iterator[Document] | None:
        """Return the documents of a key, or None where there are none."""

    def tee(self, key: str, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents as they come, and store them under a key after the last one."""

    def prune(self, keys: Collection[str]) -> None:
        """Delete the documents of all other keys."""


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
        folders = set(_folders_above(key))
        if key in self._files:
            raise ValueError(f"two documents have the path {path!r}")
        if key in self._folders or not folders.isdisjoint(self._files):
            raise ValueError(f"{path!r} is a file in one document, a folder in another")
        self._files.add(key)
        self._folders |= folders


def _require_safe(path: str) -> None:
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
    return normalize("NFC", normalize("NFD", path).casefold())


def _folders_above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
