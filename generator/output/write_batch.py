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
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.base.document import Batch, Document, DocumentStore, with_distinct_paths
from generator.output.cannot_write import explaining_refusals


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was done for one batch.

    `kept` of its `paths` had the same bytes in the old site. `seconds` are of processor time, spent
    by the process with the id `process`.
    """

    kind: str
    paths: tuple[str, ...]
    kept: int
    seconds: float
    process: int


def write_batch(
    batch: Iterable[Document], *, site: Path, old: Path, mode: int, store: DocumentStore | None
) -> BatchResult:
    """Make the documents of a batch and write them into `site`, or link those that `old` has.

    `mode` are the permissions that each file gets. A batch that the store has is not made again;
    one that is made goes into the store.
    """
    start = time.process_time()
    paths, kept = [], 0
    for document in with_distinct_paths(_documents(batch, store)):
        with explaining_refusals(old, document.path):
            kept += _write(document, site, old, mode)
        paths.append(document.path)
    kind = batch.kind if isinstance(batch, Batch) else ""
    return BatchResult(kind, tuple(paths), kept, time.process_time() - start, os.getpid())


def _documents(batch: Iterable[Document], store: DocumentStore | None) -> Iterable[Document]:
    """Return the documents of a batch, from the store where it has them."""
    if store is None or not isinstance(batch, Batch) or not batch.key:
        return batch
    return store.documents(batch.key) or store.tee(batch.key, batch)


def _write(document: Document, site: Path, old: Path, mode: int) -> bool:
    """Write one file into the new folder; return whether the old one had the same bytes."""
    old_file = os.path.join(old, document.path)  # noqa: PTH118 - ten thousand times a build
    new_file = os.path.join(site, document.path)  # noqa: PTH118
    os.makedirs(os.path.dirname(new_file), exist_ok=True)  # noqa: PTH103, PTH120
    if not isinstance(document.source, bytes):
        return _write_pieces(document, Path(old_file), Path(new_file), mode)
    old_mode = _mode_if_same(old_file, document.source)
    if old_mode == mode:
        with suppress(OSError):  # a disk without hard links: written like a changed file
            os.link(old_file, new_file)
            return True
    with open(new_file, "xb") as file:  # noqa: PTH123
        file.write(document.source)
    return old_mode is not None


def _write_pieces(document: Document, old_file: Path, new_file: Path, mode: int) -> bool:
    """Write a file that is made piece by piece: compare each piece with the old file as it comes.

    Whether the file is the same is known only at the end, and it is made only once. So it is
    written in any case, and then replaced by a link if it turned out to be the same.
    """
    with ExitStack() as stack:
        new, old = stack.enter_context(new_file.open("xb")), None
        with suppress(OSError):
            if stat.S_ISREG(old_file.lstat().st_mode):
                old = stack.enter_context(old_file.open("rb"))
        same = old is not None
        for piece in document.pieces():
            new.write(piece)
            same = same and old is not None and old.read(len(piece)) == piece
        same = same and old is not None and not old.read(1)
    if same and stat.S_IMODE(old_file.lstat().st_mode) == mode:
        link = new_file.with_name(f"{new_file.name}.{os.getpid()}")
        with suppress(OSError):  # a disk without hard links: what was written stays
            os.link(old_file, link)
            link.replace(new_file)
    return same


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
