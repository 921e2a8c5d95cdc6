"""Owns the lock that keeps a second process from what a first one is changing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold the lock file at `path`, and give whether it is ours: false if another process has it.

    The system lets go of it when the process dies. The file is deleted at the end where an open
    file can be. It keeps out other processes, not this one. Raises OSError.
    """
    lock = _claimed(path)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            with suppress(OSError):
                path.unlink()
            lock.close()


def _claimed(path: Path) -> BinaryIO | None:
    while True:
        lock = path.open("ab")
        if not _claim(lock):
            lock.close()
            return None
        with suppress(FileNotFoundError):  # deleted by the process that had it: another try
            if os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                return lock
        lock.close()


def _claim(lock: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            # not flock: workers that are forked later would go on holding it
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            return False
        raise
    return True
