"""Reading a file of the content folder as text, or saying in an author's words why it is not read.

A content folder may hold anything: pipes, devices, links to other places, files that a program is
writing to at this moment. Reading never waits, leaves the folder, or returns half a file.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.base.problem import Problem
from generator.records.case_files import outside_problem, path_from_root, unreadable_problem
from generator.records.decode import decode

LARGEST: Final = 1_000_000
"""The size in bytes of the largest file that is read, if the caller names no other."""

ATTEMPTS: Final = 3
"""How often a file is read that another program is writing to."""

_UNSTEADY = (
    "unsteady",
    "the file is being changed while it is read",
    "wait a moment, then try again",
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text, its lines ended by newlines; `path` is from the root, with `/`, in NFC."""

    path: str
    text: str


def read_file(
    root: Path, file: Path, *, within: Path, limit: int = LARGEST
) -> tuple[SourceText | None, tuple[Problem, ...]]:
    """Return the text of `file`, or None and why; a note or an error may come beside the text.

    Only a regular file is opened, of at most `limit` bytes, whose real place is inside `within`.
    """
    content, problems = read_bytes(root, file, within=within, limit=limit)
    if content is None:
        return None, problems
    path = path_from_root(root, file)
    text, problems = decode(content, path)
    return None if text is None else SourceText(path, text), problems


def read_bytes(
    root: Path, file: Path, *, within: Path, limit: int = LARGEST
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return the bytes of `file`, under the same conditions, or None and why."""
    try:
        return _content(file, within, limit), ()
    except (_UnreadError, OSError) as error:
        return None, (_refusal(path_from_root(root, file), file, within, error),)


def _refusal(path: str, file: Path, folder: Path, error: _UnreadError | OSError) -> Problem:
    """Return the problem of a file that was not read; of one elsewhere, that alone."""
    with suppress(OSError):  # its links may change at this moment
        if not _leads_inside(file, folder):
            return outside_problem(path)
    if isinstance(error, OSError):
        return unreadable_problem(path, error)
    return Problem(path=path, code=error.code, message=error.message, hint=error.hint)


class _UnreadError(Exception):
    """A file that is not read, with the parts of the problem that its author sees."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def _content(file: Path, folder: Path, limit: int) -> bytes:
    """Return the bytes that a regular file inside a folder had at one moment."""
    for _ in range(ATTEMPTS):
        content = _content_if_unchanged(file, folder, limit)
        if content is not None:
            return content
    raise _UnreadError(*_UNSTEADY)


def _content_if_unchanged(file: Path, folder: Path, limit: int) -> bytes | None:
    """Return the bytes of a regular file, or None if it was written to during the reading.

    The file is looked at before it is opened, and again once it is open: between the two another
    file can take its name. O_NONBLOCK keeps the opening from waiting for the other end of a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    _require_regular(file.stat(), limit)
    descriptor = os.open(file, flags)
    try:
        if not _is_inside(descriptor, file, folder):
            raise _UnreadError(*_UNSTEADY)
        before = os.fstat(descriptor)
        _require_regular(before, limit)
        content = _read(descriptor, limit + 1)  # a file can grow past the limit meanwhile
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if len(content) > limit:
        raise _too_large(len(content), limit)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if same and len(content) == after.st_size else None


def _read(descriptor: int, most: int) -> bytes:
    """Return the bytes up to the end of an open file, or so many."""
    content = b""
    while len(content) < most and (more := os.read(descriptor, most - len(content))):
        content = content + more if content else more
    return content


def _is_inside(descriptor: int, file: Path, folder: Path) -> bool:
    """Tell whether the open file stands in a folder, wherever its path leads by now.

    Linux says where an open file stands. Where a system does not, the path is followed again, link
    by link, which takes many times as long.
    """
    try:
        real = _real_place(descriptor)
        opened = os.open(folder, os.O_PATH)
        try:
            top = _real_place(opened)
        finally:
            os.close(opened)
    except (OSError, AttributeError):
        return _leads_inside(file, folder)
    return real.startswith(f"{top.rstrip('/')}/")


def _real_place(descriptor: int) -> str:
    return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - a Path takes longer than it


def _leads_inside(file: Path, folder: Path) -> bool:
    """Tell whether a path leads into a folder."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _require_regular(status: os.stat_result, limit: int) -> None:
    """Raise _UnreadError unless it is a regular file of at most `limit` bytes."""
    if stat.S_ISDIR(status.st_mode):
        hint = "give a file, or rename the folder so that it does not end like one"
        raise _UnreadError("not-a-file", "this is a folder, not a file", hint)
    if not stat.S_ISREG(status.st_mode):
        raise _UnreadError("not-a-file", "this is a device or a pipe, not a file", "remove it")
    if status.st_size > limit:
        raise _too_large(status.st_size, limit)


def _too_large(size: int, limit: int) -> _UnreadError:
    message = f"the file has {size:,} bytes, more than the {limit:,} that are read"
    return _UnreadError("too-large", message, "keep pictures in files of their own, or divide it")
