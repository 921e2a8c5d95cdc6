"""Puts one folder in the place of another, in one step where the system can."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def swap_folders(new: Path, place: Path, aside: Path, *, at_once: bool = True) -> None:
    """Put the folder `new` at `place`; a folder that was there ends up at `new` or at `aside`.

    Linux can exchange two folders in one step: then there is no moment without a folder at
    `place`, and the old one ends up at `new`. Elsewhere, for a first build, or with `at_once`
    false, it takes two renames: the old folder goes to `aside`, the new one to `place`. Between
    them nothing is at `place`. If the second fails the old folder is put back; if the process is
    killed before it, `put_back` does so in the next build. All three paths are on one file system.
    Raises OSError.
    """
    if at_once and _exchange(new, place):
        return
    try:
        if place.exists():
            place.rename(aside)
        new.rename(place)
    except BaseException:
        put_back(aside, place)
        raise


def put_back(aside: Path, place: Path) -> None:
    """Move a folder that was set aside back to its place, if nothing is there. Raises OSError."""
    if aside.exists() and not place.exists():
        aside.rename(place)


def _exchange(new: Path, old: Path) -> bool:
    """Exchange two folders in one step; return whether that was possible.

    By `renameat2` of the C library, which Python does not offer. It fails, and changes nothing,
    where one of the two folders is missing or the file system (such as NFS) cannot do it.
    """
    if sys.platform != "linux":
        return False
    try:
        import ctypes  # noqa: PLC0415 - some small Pythons are built without it

        rename = ctypes.CDLL(None).renameat2
    except (ImportError, OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE in linux/fs.h
    result: int = rename(here, os.fsencode(new), here, os.fsencode(old), exchange)
    return result == 0
