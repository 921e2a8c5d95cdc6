"""Owns the documents of earlier builds, a share of them in a file, sealed and compressed.

The folder may come from elsewhere, as in continuous integration: no link in it is followed, nothing
but plain files is read, and nothing that has another name than ours is deleted.
"""

from __future__ import annotations

import json
import os
import re
import stat
import zlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from generator.base.document import Document
from generator.build.signing import SIZE, sign, verify

FOLDER = "made"
PLAN = "plan"
_PIECE = 1 << 20
"""A document of more bytes than this is unpacked piece by piece."""

_FEED = 1 << 16
"""So many bytes are unpacked at a time."""
LARGEST = 2**30
"""A file of more bytes is not read: no share of a site is as large."""

_QUICK = 1
"""The level of compression: pages become a fifth, in a tenth of the time that making them takes."""

_OURS = re.compile(rf"([0-9a-f]{{64}}|{PLAN}(?=\.))(\.[0-9]+)?")
"""A share, or what a killed build began to write."""


class PageCache:
    """What was made before, under keys that name all it depends on; what is not whole is not there.

    Nothing here is ever an error: a disk that is full or cannot be written to keeps less.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Name the folder of the cache, and the secret that seals what is kept."""
        self._folder = folder / FOLDER
        self._secret = secret

    def marked(self, stamp: str) -> str:
        """Return a stamp that nobody else can make, to try out what it was made of."""
        return sign(self._secret, b"stamp", stamp.encode()).hex()

    def holds(self, keys: Collection[str]) -> bool:
        """Return whether something is kept under each key; whether it is whole shows on reading."""
        try:
            return set(keys) <= set(os.listdir(self._folder))  # noqa: PTH208
        except OSError:
            return not keys

    def documents(self, key: str) -> Iterator[Document] | None:
        """Return the documents under a key, one unpacked after the other; None without any."""
        packed = self._read(key)
        return None if packed is None else _Unpacker(packed).documents()

    def tee(self, key: str, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents as they come, and keep them under a key once they are all there."""
        packed = _Packer()
        for document in documents:
            yield packed.tee(document)
            packed.end()
        self._write(key, packed.whole())

    def plan(self) -> dict[str, Any]:
        """Return what the last build noted for the next one; nothing where it noted nothing."""
        found = self._read(PLAN)
        return json.loads(zlib.decompress(found)) if found else {}

    def note(self, plan: dict[str, Any]) -> None:
        """Note something for the next build."""
        self._write(PLAN, zlib.compress(json.dumps(plan).encode(), _QUICK))

    def forget_plan(self) -> None:
        """Delete what was noted: it is not of the last build, and may tell of what is withheld."""
        with suppress(OSError):
            if self._real():
                (self._folder / PLAN).unlink()

    def prune(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys, the plan excepted."""
        if not self._real():
            return
        with suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208
                if name not in keys and _OURS.fullmatch(name):
                    with suppress(OSError):
                        (self._folder / name).unlink()

    def _real(self) -> bool:
        """Return whether the folder is a folder, and no link to one; False where it is closed."""
        return os.path.isdir(self._folder) and not os.path.islink(self._folder)  # noqa: PTH112, PTH114

    def _read(self, key: str) -> bytes | None:
        try:
            found = _content(self._folder / key) if self._real() else b""
        except OSError:
            return None
        content = found[SIZE:]
        return content if verify(self._secret, found[:SIZE], key.encode(), content) else None

    def _write(self, key: str, content: bytes) -> None:
        fresh = self._folder / f"{key}.{os.getpid()}"
        try:
            if not self._real():
                self._folder.unlink(missing_ok=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("xb") as file:
                file.write(sign(self._secret, key.encode(), content))
                file.write(content)
            fresh.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


class _Packer:
    """Documents on their way into one file, packed while they are read.

    Each is its path, its pieces, and an empty piece; before every one stands its length.
    """

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_QUICK)
        self._packed: list[bytes] = []
        self._rest: Iterator[bytes] = iter(())

    def tee(self, document: Document) -> Document:
        """Return a document that is packed while it is read, at the latest at its `end`."""
        self._put(document.path.encode())
        self._rest = self._pieces(document)
        if isinstance(document.made, bytes):
            return document
        return Document(document.path, partial(iter, self._rest))

    def end(self) -> None:
        """Pack what was not read of the document that passed last."""
        deque(self._rest, maxlen=0)
        self._put(b"")

    def whole(self) -> bytes:
        """Return the file."""
        return b"".join((*self._packed, self._packer.flush()))

    def _pieces(self, document: Document) -> Iterator[bytes]:
        for piece in filter(None, document.pieces()):
            self._put(piece)
            yield piece

    def _put(self, piece: bytes) -> None:
        self._packed.append(self._packer.compress(len(piece).to_bytes(4, "big") + piece))


class _Unpacker:
    """A file that a packer made, unpacked as far as it is read."""

    def __init__(self, packed: bytes) -> None:
        self._feed = (packed[at : at + _FEED] for at in range(0, len(packed), _FEED))
        self._unpacker = zlib.decompressobj()
        self._ready, self._at = b"", 0

    def documents(self) -> Iterator[Document]:
        """Yield the documents, each to be read before the next."""
        while path := self._piece():
            pieces = iter(self._piece, b"")
            first: list[bytes] = []
            while sum(map(len, first)) < _PIECE and (piece := next(pieces, b"")):
                first.append(piece)
            whole = chain(first, pieces)
            long = len(first) > 1 and sum(map(len, first)) >= _PIECE
            yield Document(path.decode(), partial(iter, whole) if long else b"".join(whole))
            deque(whole, maxlen=0)

    def _piece(self) -> bytes:
        """Return the next piece, empty at an end."""
        head = self._read(4)
        return self._read(int.from_bytes(head, "big")) if head else b""

    def _read(self, size: int) -> bytes:
        while len(self._ready) - self._at < size and (packed := next(self._feed, b"")):
            self._ready = self._ready[self._at :] + self._unpacker.decompress(packed)
            self._at = 0
        found = self._ready[self._at : self._at + size]
        self._at += size
        return found


def _content(file: Path) -> bytes:
    """Return the bytes of a plain file, none where it is anything else or too large.

    Opening never waits, as it would for a pipe.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(file, flags), "rb") as opened:
        found = os.fstat(opened.fileno())
        return opened.read() if stat.S_ISREG(found.st_mode) and found.st_size < LARGEST else b""
