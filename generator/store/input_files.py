"""The digest of all files that a build reads: where it is the same, so is the site."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

FileStat = tuple[int, int, int, int, int]
"""`(size in bytes, mtime in ns, ctime in ns, inode, device)`: if equal, the file is unchanged.

Anybody can set the mtime of a file; the ctime is set by the system alone.
"""

FileDigests = Mapping[str, tuple[FileStat, str]]
"""By file (the keyed digest of its path): its stat, and the keyed digest of its bytes."""

_SETTLED = 2_000_000_000
"""In nanoseconds. A file changed so lately may change again within one tick of a coarse clock."""


@dataclass(slots=True)
class Inputs:
    """The digest of all input files, and that of each file, for the next build.

    `frame` is the digest of all but the bytes of Markdown files. `unchanged` are the paths of the
    files that have the bytes they had when `known` was made, `touched` those of all others. `day`
    is the one by which dates are judged.
    """

    digest: str
    frame: str = ""
    files: dict[str, tuple[FileStat, str]] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    touched: list[str] = field(default_factory=list)
    day: str = ""


def file_stat(status: os.stat_result) -> FileStat:
    """Return the stat by which a file is recognised."""
    times = status.st_mtime_ns, status.st_ctime_ns
    return (status.st_size, *times, status.st_ino, status.st_dev)


def is_settled(file: FileStat, now: int) -> bool:
    """Return whether a file is unchanged for so long that its stat can be relied on."""
    return now - max(file[1:3]) > _SETTLED


def digest_inputs(places: Iterable[Path], secret: bytes, known: FileDigests) -> Inputs | None:
    """Return the digest of all files in some files and folders, by their paths and bytes.

    A file whose stat is that in `known` is not read again. The digests are keyed: with plain ones
    somebody who has the cache could try out names that a record withholds. None where a symbolic
    link or anything but a plain file is among them: only a full build knows what it means.
    """
    keyed = partial(blake2b, key=secret, digest_size=32)
    whole, frame = keyed(), keyed()
    files: dict[str, tuple[FileStat, str]] = {}
    unchanged: set[str] = set()
    touched: list[str] = []
    now = time.time_ns()
    try:
        for number, place in enumerate(places):
            for path, status in _files(str(place), ""):
                key = keyed(f"{number}\0{path}".encode(errors="surrogateescape")).hexdigest()
                current = file_stat(status)
                before = known.get(key)
                if before and tuple(before[0]) == current:
                    digest = before[1]
                else:
                    content = Path(place, path).read_bytes()
                    digest = keyed(content).hexdigest()
                if is_settled(current, now):
                    files[key] = current, digest
                file = os.path.join(place, path)  # noqa: PTH118
                if before and digest == before[1]:
                    unchanged.add(file)
                else:
                    touched.append(file)
                whole.update(f"{key}{digest}".encode())
                frame.update((key if path.endswith(".md") else f"{key}{digest}").encode())
    except (OSError, RecursionError, _OddError):
        return None
    return Inputs(whole.hexdigest(), frame.hexdigest(), files, unchanged, touched)


class _OddError(Exception):
    """A symbolic link, a pipe, a device: nothing that a digest can stand for."""


def _files(place: str, path: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and status of each file below a folder, or of the file itself, in order.

    `path` is the folder's path from the first folder on, empty or with a `/` at its end; the paths
    yielded start with it.
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
