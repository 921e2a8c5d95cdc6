"""Owns `Document`, one file of the site, and the rule for paths that both hosts rely on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Protocol
from unicodedata import normalize

Content = bytes | Callable[[], Iterable[bytes]]
"""What is in a file, or what makes it piece by piece where it is too much to hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file of the site: where it stands and what is in it.

    `path` is relative to the site, with `/` between folders.
    """

    path: str
    made: Content

    @property
    def content(self) -> bytes:
        """Return what is in the file."""
        return self.made if isinstance(self.made, bytes) else b"".join(self.made())

    def pieces(self) -> Iterator[bytes]:
        """Yield what is in the file, piece by piece."""
        return iter((self.made,) if isinstance(self.made, bytes) else self.made())

    def __eq__(self, other: object) -> bool:
        """Return whether two files would be the same."""
        if not isinstance(other, Document):
            return NotImplemented
        return self.path == other.path and self.content == other.content

    def __hash__(self) -> int:
        """Return the hash of the place."""
        return hash(self.path)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one kind, made anew whenever somebody goes through them.

    `paths` are those of the documents, or of folders that only this share fills, with a `/`.
    Shares do not depend on each other, so that several processes can make them at once. `key` names
    all that they depend on; empty, they are not worth keeping.
    """

    kind: str
    paths: tuple[str, ...]
    make: Callable[[], Iterable[Document]]
    key: str = ""

    def has(self, path: str) -> bool:
        """Return whether the document at a path would be one of these."""
        return any(path == one or (one[-1:] == "/" and path.startswith(one)) for one in self.paths)

    def __iter__(self) -> Iterator[Document]:
        """Make the documents."""
        return iter(self.make())


class DocumentStore(Protocol):
    """Where documents of earlier builds are kept, by the key of their share."""

    def documents(self, key: str) -> Iterator[Document] | None:
        """Return the documents under a key, None where there are none."""

    def tee(self, key: str, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents as they come, and keep them under a key once they are all there."""

    def prune(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys."""


def with_distinct_paths(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the documents as they come, each with a path that is safe and its own everywhere.

    Paths that differ only in case or in Unicode normalisation are one file on some disks,
    so they count as equal. A path that breaks the rule is a mistake of ours: ValueError.
    """
    paths = DistinctPaths()
    for document in documents:
        paths.add(document.path)
        yield document


class DistinctPaths:
    """The paths of documents, each safe and its own everywhere."""

    def __init__(self) -> None:
        """Begin with none."""
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str) -> None:
        """Take one more path; ValueError where it breaks the rule of `distinct`."""
        _require_safe(path)
        key = _folded(path)
        above = set(_folders(key))
        if key in self._files:
            raise ValueError(f"two documents have the path {path!r}")
        if key in self._folders or not above.isdisjoint(self._files):
            raise ValueError(f"{path!r} is a file in one document, a folder in another")
        self._files.add(key)
        self._folders |= above


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


def _folded(path: str) -> str:
    return normalize("NFC", normalize("NFD", path).casefold())


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
