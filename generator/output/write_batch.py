"""Owns how a share of documents is laid into a new folder, beside the site that it replaces."""

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
    """What became of one share."""

    kind: str
    paths: tuple[str, ...]
    kept: int
    seconds: float
    process: int


def write_batch(
    share: Iterable[Document], *, site: Path, old: Path, mode: int, keep: DocumentStore | None
) -> BatchResult:
    """Make a share and lay it into `site`, each file that is the same linked from `old`."""
    begun = time.process_time()
    paths, kept = [], 0
    for document in with_distinct_paths(_made(share, keep)):
        with explaining_refusals(old, document.path):
            kept += _lay_one(document, site, old, mode)
        paths.append(document.path)
    kind = share.kind if isinstance(share, Batch) else ""
    return BatchResult(kind, tuple(paths), kept, time.process_time() - begun, os.getpid())


def _made(share: Iterable[Document], keep: DocumentStore | None) -> Iterable[Document]:
    """Return the documents of a share, from an earlier build where they were kept."""
    if keep is None or not isinstance(share, Batch) or not share.key:
        return share
    return keep.documents(share.key) or keep.tee(share.key, share)


def _lay_one(document: Document, site: Path, old: Path, mode: int) -> bool:
    """Lay one file into the new folder, and tell whether the old one held the same bytes."""
    before = os.path.join(old, document.path)  # noqa: PTH118 - ten thousand times a build
    after = os.path.join(site, document.path)  # noqa: PTH118
    os.makedirs(os.path.dirname(after), exist_ok=True)  # noqa: PTH103, PTH120
    if not isinstance(document.made, bytes):
        return _lay_long(document, Path(before), Path(after), mode)
    old_mode = _mode_if_same(before, document.made)
    if old_mode == mode:
        with suppress(OSError):  # a disk without hard links: written like a changed file
            os.link(before, after)
            return True
    with open(after, "xb") as file:  # noqa: PTH123
        file.write(document.made)
    return old_mode is not None


def _lay_long(document: Document, before: Path, after: Path, mode: int) -> bool:
    """Lay a file that is made piece by piece: it is made once, compared and written as it comes."""
    with ExitStack() as stack:
        new, old = stack.enter_context(after.open("xb")), None
        with suppress(OSError):
            if stat.S_ISREG(before.lstat().st_mode):
                old = stack.enter_context(before.open("rb"))
        same = old is not None
        for piece in document.pieces():
            new.write(piece)
            same = same and old is not None and old.read(len(piece)) == piece
        same = same and old is not None and not old.read(1)
    if same and stat.S_IMODE(before.lstat().st_mode) == mode:
        beside = after.with_name(f"{after.name}.{os.getpid()}")
        with suppress(OSError):  # a disk without hard links: what was written stays
            os.link(before, beside)
            beside.replace(after)
    return same


def _mode_if_same(path: str, content: bytes) -> int | None:
    """Return the permissions of the plain file at `path`, or None if it does not hold `content`."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return stat.S_IMODE(found.st_mode) if file.read() == content else None
    except OSError:
        return None
