"""Writes a batch of documents into a new folder, beside the old site, in any process.

A file with the bytes that it had is not written but linked: the new folder gets a hard link to the
old file. That takes no space and hardly any time, and the file keeps its date, so that servers,
browsers and copying programs see that it did not change. A copy would have none of this, and moving
the file would break the old site, which readers have until the very end.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.base.document import (
    Batch,
    Document,
    FileStore,
    Hasher,
    StoredFile,
    with_distinct_paths,
)
from generator.output.cannot_write import KeptFilesGone, explaining_refusals

_PIECE = 1 << 20
"""So many bytes of a large file are read at a time."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was done for one batch.

    `kept` of its `paths` had the same bytes in the old site. `names` are those under which the
    store keeps them, in the same order. `notes` are the batch's own. `seconds` are of processor
    time, spent by the process with the id `process`.
    """

    kind: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    notes: object
    kept: int
    seconds: float
    process: int


def write_batch(
    batch: Iterable[Document], *, site: Path, old: Path, mode: int, store: FileStore | None
) -> BatchResult:
    """Make the documents of a batch and write them into `site`, or link those that `old` has.

    `mode` are the permissions that each file gets. The store keeps what was written.
    """
    start = time.process_time()
    paths, names, kept = [], [], 0
    folders: set[str] = set()
    for document in with_distinct_paths(batch):
        if (folder := document.path.rpartition("/")[0]) not in folders:
            folders.add(folder)
            with explaining_refusals(old, document.path):
                os.makedirs(os.path.join(site, folder), exist_ok=True)  # noqa: PTH103, PTH118
        with explaining_refusals(old, document.path):
            same, name = _write(document, site, old, mode, store)
        paths.append(document.path)
        names.append(name)
        kept += same
    kind, notes = (batch.kind, batch.notes()) if isinstance(batch, Batch) else ("", ())
    seconds = time.process_time() - start
    return BatchResult(kind, tuple(paths), tuple(names), notes, kept, seconds, os.getpid())


def _write(
    document: Document, site: Path, old: Path, mode: int, store: FileStore | None
) -> tuple[bool, str]:
    """Write one file into the new folder.

    Return whether the old site had the same bytes, and the name of the file in the store.
    """
    new_file = f"{site}{os.sep}{document.path}"  # ten thousand times a build
    source = document.source
    if isinstance(source, StoredFile):
        if _link(source, new_file, mode):
            return True, source.rpartition(os.sep)[2]
        source = _stored_bytes(source)
    old_file = os.path.join(old, document.path)  # noqa: PTH118
    hasher = store.hasher() if store else None
    if isinstance(source, bytes):
        same = _write_bytes(source, old_file, new_file, mode)
        if hasher:
            hasher.update(source)
    else:
        same = _write_pieces(document, Path(old_file), Path(new_file), mode, hasher)
    name = hasher.hexdigest() if hasher else ""
    if store:
        store.keep(name, new_file)
    return same, name


def _stored_bytes(file: StoredFile) -> bytes:
    """Return the bytes of a stored file; raise KeptFilesGone where it went while the build ran."""
    with _kept():
        return Path(file).read_bytes()


@contextmanager
def _kept() -> Iterator[None]:
    """Raise KeptFilesGone where a kept file is not there: it went while the build ran."""
    try:
        yield
    except FileNotFoundError as error:
        message = "files that were kept are gone: another build has tidied up meanwhile"
        raise KeptFilesGone(message, "build again") from error


def _link(source: StoredFile, new_file: str, mode: int) -> bool:
    """Link the new file to one that has its bytes; return whether that could be done."""
    try:
        if stat.S_IMODE(os.lstat(source).st_mode) == mode:
            os.link(source, new_file, follow_symlinks=False)
            return True
    except OSError:  # it is gone, or on another disk, or the disk has no hard links
        pass
    return False


def _write_bytes(content: bytes, old_file: str, new_file: str, mode: int) -> bool:
    """Write a file, or link it where the old one has the same bytes; return whether it has."""
    old_mode = _mode_if_same(old_file, content)
    if old_mode == mode:
        with suppress(OSError):  # a disk without hard links: written like a changed file
            os.link(old_file, new_file)
            return True
    with open(new_file, "xb") as file:  # noqa: PTH123
        file.write(content)
    return old_mode is not None


def _write_pieces(
    document: Document, old_file: Path, new_file: Path, mode: int, hasher: Hasher | None
) -> bool:
    """Write a file that is made piece by piece, and only once; return whether the old one has it.

    Whether it is the same is known only at the end. Then it is replaced by a link.
    """
    with new_file.open("xb") as new, _kept():  # a piece may be copied from the last file
        for piece in document.pieces():
            new.write(piece)
            if hasher:
                hasher.update(piece)
    same = _have_same_bytes(old_file, new_file)
    if same and stat.S_IMODE(old_file.lstat().st_mode) == mode:
        link = new_file.with_name(f"{new_file.name}.{os.getpid()}")
        with suppress(OSError):  # a disk without hard links: what was written stays
            os.link(old_file, link)
            link.replace(new_file)
    return same


def _have_same_bytes(old: Path, new: Path) -> bool:
    """Return whether two files are plain ones with the same bytes; only as large ones are read."""
    with suppress(OSError):
        status = old.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size == new.lstat().st_size:
            with old.open("rb") as one, new.open("rb") as other:
                pieces = iter(partial(one.read, _PIECE), b"")
                return all(piece == other.read(_PIECE) for piece in pieces)
    return False


def _mode_if_same(path: str, content: bytes) -> int | None:
    """Return the permissions of the plain file at `path`, or None if it does not hold `content`."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return stat.S_IMODE(status.st_mode) if file.read() == content else None
    except OSError:
        return None
