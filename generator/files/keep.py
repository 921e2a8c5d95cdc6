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
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.document import Document
from generator.files.seal import SIZE, seal, sealed

FOLDER = "made"
PLAN = "plan"
LARGEST = 2**30
"""A file of more bytes is not read: no share of a site is as large."""

_QUICK = 1
"""The level of compression: pages become a fifth, in a tenth of the time that making them takes."""

_OURS = re.compile(rf"([0-9a-f]{{64}}|{PLAN}(?=\.))(\.[0-9]+)?")
"""A share, or what a killed build began to write."""


class Keep:
    """What was made before, under keys that name all it depends on; what is not whole is not there.

    Nothing here is ever an error: a disk that is full or cannot be written to keeps less.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Name the folder of the cache, and the secret that seals what is kept."""
        self._folder = folder / FOLDER
        self._secret = secret

    def marked(self, stamp: str) -> str:
        """Return a stamp that nobody else can make, to try out what it was made of."""
        return seal(self._secret, b"stamp", stamp.encode()).hex()

    def holds(self, keys: Collection[str]) -> bool:
        """Return whether something is kept under each key; whether it is whole shows on reading."""
        try:
            return set(keys) <= set(os.listdir(self._folder))  # noqa: PTH208
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

    def forget_plan(self) -> None:
        """Delete what was noted: it is not of the last build, and may tell of what is withheld."""
        with suppress(OSError):
            if self._real():
                (self._folder / PLAN).unlink()

    def forget_others(self, keys: Collection[str]) -> None:
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
            if not sealed(self._secret, found[:SIZE], key.encode(), found[SIZE:]):
                return None
            return zlib.decompress(found[SIZE:])
        except (OSError, zlib.error):
            return None

    def _write(self, key: str, content: bytes) -> None:
        packed = zlib.compress(content, _QUICK)
        fresh = self._folder / f"{key}.{os.getpid()}"
        try:
            if not self._real():
                self._folder.unlink(missing_ok=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("xb") as file:
                file.write(seal(self._secret, key.encode(), packed) + packed)
            fresh.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


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
