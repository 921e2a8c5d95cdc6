"""The page cache: rendered documents of earlier builds, one signed and compressed file a batch.

The name of a file is the key of its batch: a digest of all that its pages depend on. So nothing in
here is ever out of date; what no build asks for any more is pruned.

The folder may come from elsewhere, as in continuous integration. No link in it is followed, nothing
but plain files is read, nothing is decompressed before its MAC is verified, and only files with
names of ours are deleted.
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
MANIFEST = "plan"
_PIECE = 1 << 20
"""A document of more bytes than this is read piece by piece."""

_FEED = 1 << 16
"""So many compressed bytes are decompressed at a time."""
LARGEST = 2**30
"""A file of more bytes is not read: no batch is as large."""

_QUICK = 1
"""The level of compression: pages shrink to a fifth, in a tenth of the time of rendering them."""

_OURS = re.compile(rf"([0-9a-f]{{64}}|{MANIFEST}(?=\.))(\.[0-9]+)?")
"""The name of a batch, or of what a killed build left half written."""


class PageCache:
    """Documents of earlier builds by the key of their batch, and the manifest of the last build.

    What is missing, truncated or not signed reads as absent. A failure to write is ignored: a full
    disk keeps less, and the build goes on.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Take the folder of all caches, and the secret that signs what is kept."""
        self._folder = folder / FOLDER
        self._secret = secret

    def sign(self, fingerprint: str) -> str:
        """Return the MAC of a fingerprint: nobody can try out what a key was made of."""
        return sign(self._secret, b"fingerprint", fingerprint.encode()).hex()

    def has_all(self, keys: Collection[str]) -> bool:
        """Return whether there is a file for each key; whether it is whole shows on reading."""
        try:
            return set(keys) <= set(os.listdir(self._folder))  # noqa: PTH208
        except OSError:
            return not keys

    def documents(self, key: str) -> Iterator[Document] | None:
        """Return the documents under a key, each decompressed when it is read; None if absent."""
        content = self._read(key)
        return None if content is None else _Unpacker(content).documents()

    def tee(self, key: str, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents unchanged, and store a copy under a key after the last (a tee)."""
        packer = _Packer()
        for document in documents:
            yield packer.tee(document)
            packer.end()
        self._write(key, packer.content())

    def read_manifest(self) -> dict[str, Any]:
        """Return the manifest of the last build, empty without one."""
        content = self._read(MANIFEST)
        return json.loads(zlib.decompress(content)) if content else {}

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Keep the manifest of this build."""
        self._write(MANIFEST, zlib.compress(json.dumps(manifest).encode(), _QUICK))

    def delete_manifest(self) -> None:
        """Delete the manifest: it is of an older build, and may name what is withheld by now."""
        with suppress(OSError):
            if self._is_folder():
                (self._folder / MANIFEST).unlink()

    def prune(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys, but not the manifest."""
        if not self._is_folder():
            return
        with suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208
                if name not in keys and _OURS.fullmatch(name):
                    with suppress(OSError):
                        (self._folder / name).unlink()

    def _is_folder(self) -> bool:
        """Return whether the folder is there, and is no link to one."""
        return os.path.isdir(self._folder) and not os.path.islink(self._folder)  # noqa: PTH112, PTH114

    def _read(self, key: str) -> bytes | None:
        """Return what was written under a key, once its MAC is verified."""
        try:
            stored = _content(self._folder / key) if self._is_folder() else b""
        except OSError:
            return None
        mac, content = stored[:SIZE], stored[SIZE:]
        return content if verify(self._secret, mac, key.encode(), content) else None

    def _write(self, key: str, content: bytes) -> None:
        """Write a file beside its place and rename it: a reader meets all of it or nothing."""
        fresh = self._folder / f"{key}.{os.getpid()}"
        try:
            if not self._is_folder():
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
    """Documents packed into one file while somebody else reads them.

    The form before compression: for each document its path, its pieces, and an empty piece; each of
    these is preceded by its length in four bytes. A document may be too large to hold, so it is
    packed piece by piece as its reader takes the pieces, and `end` packs what no one has read.
    """

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_QUICK)
        self._compressed: list[bytes] = []
        self._rest: Iterator[bytes] = iter(())

    def tee(self, document: Document) -> Document:
        """Return the document, which is packed while it is read, at the latest by `end`."""
        self._put(document.path.encode())
        self._rest = self._pieces(document)
        if isinstance(document.source, bytes):
            return document  # it can be read again: `end` packs it
        return Document(document.path, partial(iter, self._rest))

    def end(self) -> None:
        """Pack what was not read of the last document."""
        deque(self._rest, maxlen=0)
        self._put(b"")

    def content(self) -> bytes:
        """Return the content of the file, compressed."""
        return b"".join((*self._compressed, self._compressor.flush()))

    def _pieces(self, document: Document) -> Iterator[bytes]:
        for piece in filter(None, document.pieces()):
            self._put(piece)
            yield piece

    def _put(self, piece: bytes) -> None:
        self._compressed.append(self._compressor.compress(len(piece).to_bytes(4, "big") + piece))


class _Unpacker:
    """The documents of a file that a packer made, decompressed as far as they are read."""

    def __init__(self, content: bytes) -> None:
        starts = range(0, len(content), _FEED)
        self._feed = (content[start : start + _FEED] for start in starts)
        self._decompressor = zlib.decompressobj()
        self._buffer, self._offset = b"", 0

    def documents(self) -> Iterator[Document]:
        """Yield the documents, each to be read before the next."""
        while path := self._piece():
            pieces = iter(self._piece, b"")
            start: list[bytes] = []
            while sum(map(len, start)) < _PIECE and (piece := next(pieces, b"")):
                start.append(piece)
            all_pieces = chain(start, pieces)
            large = len(start) > 1 and sum(map(len, start)) >= _PIECE
            yield Document(
                path.decode(), partial(iter, all_pieces) if large else b"".join(all_pieces)
            )
            deque(all_pieces, maxlen=0)  # the next document begins where this one ends

    def _piece(self) -> bytes:
        """Return the next piece; it is empty at the end of a document and of the file."""
        head = self._read(4)
        return self._read(int.from_bytes(head, "big")) if head else b""

    def _read(self, size: int) -> bytes:
        while len(self._buffer) - self._offset < size and (fed := next(self._feed, b"")):
            self._buffer = self._buffer[self._offset :] + self._decompressor.decompress(fed)
            self._offset = 0
        start = self._offset
        self._offset += size
        return self._buffer[start : self._offset]


def _content(file: Path) -> bytes:
    """Return the bytes of a plain file; none of a link, a pipe or a file that is too large.

    Opening a pipe would wait for its other end: with O_NONBLOCK it does not.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(file, flags), "rb") as opened:
        status = os.fstat(opened.fileno())
        return opened.read() if stat.S_ISREG(status.st_mode) and status.st_size < LARGEST else b""
