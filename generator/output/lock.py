"""A lock file: while one process holds it, no other process gets it."""

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
    """Try to hold the lock file at `path`; yield False if another process holds it.

    Never waits. The system releases the lock when the process dies, so a killed build leaves at
    most the file, which locks nothing. The file is deleted at the end where an open file can be.
    The lock keeps out other processes, but not other threads of this one. Raises OSError.
    """
    lock = _open_locked(path)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            with suppress(OSError):
                path.unlink()
            lock.close()


def _open_locked(path: Path) -> BinaryIO | None:
    """Return the open and locked file, or None if another process holds the lock.

    Between our opening the file and locking it, the process that held it may have deleted it.
    Then our lock is on a file that nobody else can find, and a third process would make and lock
    a new one. So what is locked must still be the file at `path`; if not, try again.
    """
    while True:
        lock = path.open("ab")
        if not _lock(lock):
            lock.close()
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                return lock
        lock.close()


def _lock(lock: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            # not flock: a forked worker would share that lock, and one that outlives a killed
            # build would keep out the next; a lockf lock belongs to this process alone
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            return False
        raise
    return True
