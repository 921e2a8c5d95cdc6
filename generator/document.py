"""Owns `Document`, one file of the site, and the rule for paths that both hosts rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the site: where it stands and what is in it.

    `path` is relative to the site, with `/` between folders.
    """

    path: str
    content: bytes


def distinct(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the documents as they come, each with a path that is safe and its own everywhere.

    Paths that differ only in case or in Unicode normalisation are one file on some disks,
    so they count as equal. A path that breaks the rule is a mistake of ours: ValueError.
    """
    files: set[str] = set()
    folders: set[str] = set()
    for document in documents:
        _require_safe(document.path)
        key = _folded(document.path)
        above = set(_folders(key))
        if key in files:
            raise ValueError(f"two documents have the path {document.path!r}")
        if key in folders or not above.isdisjoint(files):
            raise ValueError(f"{document.path!r} is a file in one document, a folder in another")
        files.add(key)
        folders |= above
        yield document


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
