"""Owns the documents of earlier builds, a share of them in a file, sealed and compressed."""

from __future__ import annotations

import json
import os
import zlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from generator.document import Document
from generator.files.seal import SIZE, seal, sealed

FOLDER = "made"
PLAN = "plan"
_PIECE = 1 << 20
"""A document of more bytes than this is unpacked piece by piece."""

_QUICK = 1
"""The level of compression: pages become a fifth, in a tenth of the time that making them takes."""


class Keep:
    """What was made before, under keys that name all it depends on; what is not whole is not there.

    Nothing here is ever an error: a disk that is full or cannot be written to keeps less.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Name the folder of the cache, and the secret that seals what is kept."""
        self._folder = folder / FOLDER
        self._secret = secret

    def holds(self, keys: Collection[str]) -> bool:
        """Return whether something is kept under each key; whether it is whole shows on reading."""
        try:
            return set(keys) <= {file.name for file in self._folder.iterdir()}
        except OSError:
            return not keys

    def documents(self, key: str) -> Iterator[Document] | None:
        """Return the documents under a key, one unpacked after the other; None without any."""
        packed = self._read(key)
        return None if packed is None else _unpacked(packed)

    def passing(self, key: str, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents as they come, and keep them under a key once they are all there."""
        packed = _Packed()
        for document in documents:
            yield packed.passing(document)
            packed.end()
        self._write(key, packed.whole())

    def plan(self) -> dict[str, Any]:
        """Return what the last build noted for the next one; nothing where it noted nothing."""
        found = self._read(PLAN)
        return json.loads(zlib.decompress(found)) if found else {}

    def note(self, plan: dict[str, Any]) -> None:
        """Note something for the next build."""
        self._write(PLAN, zlib.compress(json.dumps(plan).encode(), _QUICK))

    def forget_others(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys, the plan excepted."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name not in keys and file.name != PLAN:
                    file.unlink()

    def _read(self, key: str) -> bytes | None:
        try:
            found = (self._folder / key).read_bytes()
        except OSError:
            return None
        content = found[SIZE:]
        return content if sealed(self._secret, found[:SIZE], key.encode(), content) else None

    def _write(self, key: str, content: bytes) -> None:
        fresh = self._folder / f"{key}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(seal(self._secret, key.encode(), content))
                file.write(content)
            fresh.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


class _Packed:
    """Documents on their way into one file: first what they are, then all they hold, packed."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_QUICK)
        self._packed: list[bytes] = []
        self._head: list[tuple[str, int]] = []
        self._rest: Iterator[bytes] = iter(())
        self._size = 0

    def passing(self, document: Document) -> Document:
        """Return a document that is packed while it is read, at the latest at its `end`."""
        self._head.append((document.path, 0))
        self._size = 0
        self._rest = self._pieces(document)
        if isinstance(document.made, bytes):
            return document
        return Document(document.path, partial(iter, self._rest))

    def end(self) -> None:
        """Pack what was not read of the document that passed last, and note its size."""
        deque(self._rest, maxlen=0)
        self._head[-1] = (self._head[-1][0], self._size)

    def whole(self) -> bytes:
        """Return the file."""
        about = json.dumps(self._head).encode()
        return b"".join((len(about).to_bytes(8, "big"), about, *self._packed, self._packer.flush()))

    def _pieces(self, document: Document) -> Iterator[bytes]:
        for piece in document.pieces():
            self._packed.append(self._packer.compress(piece))
            self._size += len(piece)
            yield piece


def _unpacked(packed: bytes) -> Iterator[Document]:
    """Yield the documents of a file that `_Packed` made, each to be read before the next."""
    end = 8 + int.from_bytes(packed[:8], "big")
    unpacker, rest = zlib.decompressobj(), packed[end:]

    def pieces(size: int) -> Iterator[bytes]:
        nonlocal rest
        while size:
            piece = unpacker.decompress(rest, min(size, _PIECE))
            rest = unpacker.unconsumed_tail
            size -= len(piece)
            yield piece

    for path, size in json.loads(packed[8:end]):
        if size <= _PIECE:
            yield Document(path, b"".join(pieces(size)))
        else:
            passing = pieces(size)
            yield Document(path, partial(iter, passing))
            deque(passing, maxlen=0)
