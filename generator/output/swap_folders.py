"""Owns putting one folder in the place of another, in one step where the system can."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def swap_folders(new: Path, place: Path, aside: Path, *, at_once: bool = True) -> None:
    """Put the folder `new` at `place`; a folder that stood there ends as `new` or as `aside`.

    In one step where the system can, unless `at_once` is false; otherwise in two, and the old
    folder is put back when the second fails. All three are on one file system. Raises OSError.
    """
    if at_once and _exchanged(new, place):
        return
    try:
        if place.exists():
            place.rename(aside)
        new.rename(place)
    except BaseException:
        put_back(aside, place)
        raise


def put_back(aside: Path, place: Path) -> None:
    """Return a folder that was set aside to its place, if nothing has taken it. Raises OSError."""
    if aside.exists() and not place.exists():
        aside.rename(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and tell whether that was possible."""
    if sys.platform != "linux":
        return False
    try:
        import ctypes  # noqa: PLC0415 - some small Pythons are built without it

        rename = ctypes.CDLL(None).renameat2
    except (ImportError, OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE in linux/fs.h
    result: int = rename(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return result == 0
