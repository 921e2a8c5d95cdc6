"""Owns the documents of earlier builds, a share of them in a file, sealed and compressed."""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.document import Document
from generator.files.seal import SIZE, seal, sealed

FOLDER = "made"
PLAN = "plan"
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
        packer, packed, head = zlib.compressobj(_QUICK), [], []
        for document in documents:
            packed.append(packer.compress(document.content))
            head.append([document.path, len(document.content)])
            yield document
        packed.append(packer.flush())
        about = json.dumps(head).encode()
        self._write(key, b"".join((len(about).to_bytes(8, "big"), about, *packed)))

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


def _unpacked(packed: bytes) -> Iterator[Document]:
    end = 8 + int.from_bytes(packed[:8], "big")
    unpacker, rest = zlib.decompressobj(), packed[end:]
    for path, size in json.loads(packed[8:end]):
        found = io.BytesIO()
        while found.tell() < size:
            found.write(unpacker.decompress(rest, size - found.tell()))
            rest = unpacker.unconsumed_tail
        yield Document(path, found.getvalue())
