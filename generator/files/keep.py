"""Owns the documents of earlier builds, a share of them in a file, sealed and compressed."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Collection, Sequence
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

    def documents(self, key: str) -> tuple[Document, ...] | None:
        """Return the documents under a key, or None."""
        found = self._read(key)
        if found is None:
            return None
        head, _, rest = found.partition(b"\n")
        made, at = [], 0
        for path, size in json.loads(head):
            made.append(Document(path, rest[at : at + size]))
            at += size
        return tuple(made)

    def keep(self, key: str, documents: Sequence[Document]) -> None:
        """Keep documents under a key."""
        head = json.dumps([[one.path, len(one.content)] for one in documents]).encode()
        self._write(key, b"".join((head, b"\n", *(one.content for one in documents))))

    def plan(self) -> dict[str, Any]:
        """Return what the last build noted for the next one; nothing where it noted nothing."""
        found = self._read(PLAN)
        return json.loads(found) if found else {}

    def note(self, plan: dict[str, Any]) -> None:
        """Note something for the next build."""
        self._write(PLAN, json.dumps(plan).encode())

    def forget_others(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys, the plan excepted."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name not in keys and file.name != PLAN:
                    file.unlink()

    def _read(self, key: str) -> bytes | None:
        try:
            found = (self._folder / key).read_bytes()
            if not sealed(self._secret, found[:SIZE], key.encode(), found[SIZE:]):
                return None
            return zlib.decompress(found[SIZE:])
        except (OSError, zlib.error):
            return None

    def _write(self, key: str, content: bytes) -> None:
        packed = zlib.compress(content, _QUICK)
        fresh = self._folder / f"{key}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(seal(self._secret, key.encode(), packed) + packed)
            fresh.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
