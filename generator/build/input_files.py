"""Owns the digest of all files that a build reads: where it is the same, so is the site."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

FileStat = tuple[int, int, int, int, int]
"""Of a file: its size, when its bytes and when anything about it last changed, its inode and disk.

In nanoseconds; the first of the two times can be set by anybody, the second only by the system.
"""

Known = Mapping[str, tuple[FileStat, str]]
"""By file: its mark, and the digest of what is in it."""

_SETTLED = 2_000_000_000
"""A file that was changed less than two seconds ago may change again within one tick of a clock."""


@dataclass(slots=True)
class Inputs:
    """The digest of some folders and files, and what is known of each file for the next time."""

    digest: str
    known: dict[str, tuple[FileStat, str]] = field(default_factory=dict)


def file_stat(status: os.stat_result) -> FileStat:
    """Return what changes with a file."""
    times = status.st_mtime_ns, status.st_ctime_ns
    return (status.st_size, *times, status.st_ino, status.st_dev)


def is_settled(found: FileStat, now: int) -> bool:
    """Return whether a file has been left alone for so long that its mark can be relied on."""
    return now - max(found[1:3]) > _SETTLED


def digest_inputs(places: Iterable[Path], secret: bytes, known: Known) -> Inputs | None:
    """Return the digest of all files in some places, by their paths and their bytes.

    A file whose mark is that in `known` is not read again. Names and bytes are known by keyed
    digests, so that nobody can try out what stands in a record that is not public. None where a
    link or anything that is no plain file is among them: only a full build knows what it means.
    """
    keyed = partial(blake2b, key=secret, digest_size=32)
    whole = keyed()
    found: dict[str, tuple[FileStat, str]] = {}
    now = time.time_ns()
    try:
        for number, place in enumerate(places):
            for path, status in _files(str(place), ""):
                key = keyed(f"{number}\0{path}".encode(errors="surrogateescape")).hexdigest()
                seen = file_stat(status)
                before = known.get(key)
                if before and tuple(before[0]) == seen:
                    digest = before[1]
                else:
                    content = Path(place, path).read_bytes()
                    digest = keyed(content).hexdigest()
                if is_settled(seen, now):
                    found[key] = seen, digest
                whole.update(f"{key}{digest}".encode())
    except (OSError, RecursionError, _OddError):
        return None
    return Inputs(whole.hexdigest(), found)


class _OddError(Exception):
    pass


def _files(place: str, path: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file below a folder, or the file itself, with its status, in a stable order.

    `path` is that of the folder from where it all began, with a `/` at its end, or empty.
    """
    if not os.path.isdir(place):  # noqa: PTH112
        yield path, os.stat(place)  # noqa: PTH116
        return
    with os.scandir(place) as opened:
        entries = sorted(opened, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_symlink():
            raise _OddError
        if entry.is_dir():
            yield from _files(entry.path, f"{path}{entry.name}/")
        elif entry.is_file():
            yield f"{path}{entry.name}", entry.stat()
        else:
            raise _OddError
