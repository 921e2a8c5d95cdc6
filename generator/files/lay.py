"""Owns how a share of documents is laid into a new folder, beside the site that it replaces."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.document import Document, Share, distinct
from generator.files.keep import Keep
from generator.files.refused import explained

_BLOCK = 1 << 20
"""So many bytes of an old file are compared at a time."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of one share."""

    kind: str
    paths: tuple[str, ...]
    kept: int
    seconds: float
    process: int


def lay(share: Iterable[Document], *, site: Path, old: Path, mode: int, keep: Keep | None) -> Laid:
    """Make a share and lay it into `site`, each file that is the same linked from `old`."""
    begun = time.process_time()
    paths, kept = [], 0
    for document in distinct(_made(share, keep)):
        with explained(old, document.path):
            kept += _lay_one(document, site, old, mode)
        paths.append(document.path)
    kind = share.kind if isinstance(share, Share) else ""
    return Laid(kind, tuple(paths), kept, time.process_time() - begun, os.getpid())


def _made(share: Iterable[Document], keep: Keep | None) -> Iterable[Document]:
    """Return the documents of a share, from an earlier build where they were kept."""
    if keep is None or not isinstance(share, Share) or not share.key:
        return share
    return keep.documents(share.key) or keep.passing(share.key, share)


def _lay_one(document: Document, site: Path, old: Path, mode: int) -> bool:
    """Lay one file into the new folder, and tell whether the old one held the same bytes."""
    before = os.path.join(old, document.path)  # noqa: PTH118 - ten thousand times a build
    after = os.path.join(site, document.path)  # noqa: PTH118
    os.makedirs(os.path.dirname(after), exist_ok=True)  # noqa: PTH103, PTH120
    old_mode = _mode_if_same(before, document.content)
    if old_mode == mode:
        with suppress(OSError):  # a disk without hard links: written like a changed file
            os.link(before, after)
            return True
    with open(after, "xb") as file:  # noqa: PTH123
        file.write(document.content)
    return old_mode is not None


def _mode_if_same(path: str, content: bytes) -> int | None:
    """Return the permissions of the plain file at `path`, or None if it does not hold `content`."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return None
        same = memoryview(content)
        with open(path, "rb") as file:  # noqa: PTH123
            for at in range(0, len(content), _BLOCK):
                if file.read(_BLOCK) != same[at : at + _BLOCK]:
                    return None
        return stat.S_IMODE(found.st_mode)
    except OSError:
        return None
