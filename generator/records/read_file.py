"""Owns reading a file: its text, and its front matter and body, as typed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.base.problem import Problem
from generator.records.case_files import (
    case_files,
    outside_problem,
    path_from_root,
    unreadable_problem,
)
from generator.records.decode import decode
from generator.yaml_nodes.suggested_fixes import quote_for_author

__all__ = ["LARGEST", "FrontMatter", "SourceText", "case_files", "read_file", "split_front_matter"]

LARGEST: Final = 1_000_000
ATTEMPTS: Final = 3
"""A file that another program writes meanwhile is read so many times at most."""

_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
_FIELD = re.compile(r"[ \t-]|[^\s:]+[ \t]*:([ \t]|$)")
_LIKE_FENCE = re.compile(r"[ \t]*[-\u2010-\u2015\u2212+=_~*]{1,5}[ \t]*")
_HEADING = re.compile(r"#{1,6} ")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text, its lines ended by newlines; `path` is from the root, with `/`, in NFC."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The YAML of a source and its body, each with the line of the file on which it begins."""

    text: str
    first_line: int
    body: str
    body_line: int


def read_file(
    root: Path, file: Path, *, within: Path, limit: int = LARGEST
) -> tuple[SourceText | None, tuple[Problem, ...]]:
    """Return the text of `file`, or why it is not read; a note or an error may stand beside text.

    Only a regular file is opened, of at most `limit` bytes, whose real place is inside `within`.
    """
    path = path_from_root(root, file)
    try:
        if not _inside(file, within):
            return None, (outside_problem(path),)
        text, problems = decode(_content(file, limit), path)
        return None if text is None else SourceText(path, text), problems
    except _UnreadError as error:
        return None, (Problem(path=path, code=error.code, message=error.message, hint=error.hint),)
    except OSError as error:
        return None, (unreadable_problem(path, error),)


def split_front_matter(source: SourceText) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    """Return front matter and body of a case file, or why they cannot be told apart."""
    lines = source.text.split("\n")
    opening = next((i for i, line in enumerate(lines) if line.strip()), None)
    if opening is None:
        return None, (_empty(source.path),)
    if not _FENCE.fullmatch(lines[opening].lstrip(" \t")):
        return None, (_no_front_matter(source.path, opening, lines[opening]),)
    closing = next(
        (i for i in range(opening + 1, len(lines)) if _CLOSING.fullmatch(lines[i])), None
    )
    if closing is None:
        return None, (_never_closed(source.path, opening, lines),)
    front = FrontMatter(
        text="".join(f"{line}\n" for line in lines[opening + 1 : closing]),
        first_line=opening + 2,
        body="\n".join(lines[closing + 1 :]),
        body_line=closing + 2,
    )
    return front, ()


class _UnreadError(Exception):
    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def _inside(file: Path, folder: Path) -> bool:
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _content(file: Path, limit: int) -> bytes:
    """Return the bytes of a regular file as they stood at one moment."""
    for _ in range(ATTEMPTS):
        content = _steady(file, limit)
        if content is not None:
            return content
    message, hint = "the file is being changed while it is read", "wait a moment, then try again"
    raise _UnreadError("unsteady", message, hint)


def _steady(file: Path, limit: int) -> bytes | None:
    """Return the bytes of a regular file, None if they changed meanwhile.

    Opening never waits, as it would for a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    _check(file.stat(), limit)
    with os.fdopen(os.open(file, flags), "rb") as opened:
        before = os.fstat(opened.fileno())
        _check(before, limit)
        content = opened.read(limit + 1)
        after = os.fstat(opened.fileno())
    if len(content) > limit:
        raise _too_large(len(content), limit)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if same and len(content) == after.st_size else None


def _check(found: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        hint = "give a file, or rename the folder so that it does not end like one"
        raise _UnreadError("not-a-file", "this is a folder, not a file", hint)
    if not stat.S_ISREG(found.st_mode):
        raise _UnreadError("not-a-file", "this is a device or a pipe, not a file", "remove it")
    if found.st_size > limit:
        raise _too_large(found.st_size, limit)


def _too_large(size: int, limit: int) -> _UnreadError:
    message = f"the file has {size:,} bytes, more than the {limit:,} that are read"
    return _UnreadError("too-large", message, "keep pictures in files of their own, or divide it")


def _empty(path: str) -> Problem:
    hint = "begin it with a line '---', the fields, and another line '---'"
    return Problem(path=path, code="empty-file", message="the file is empty", hint=hint)


_FENCE_HINT = "three hyphens: ---; some programs change them"


def _no_front_matter(path: str, number: int, line: str) -> Problem:
    hint = "begin it with a line '---', the fields, and another line '---'"
    return Problem(
        path=path,
        line=number + 1,
        code="no-front-matter",
        message=f"the file begins with {quote_for_author(line)} and not with '---'",
        hint=_FENCE_HINT if _LIKE_FENCE.fullmatch(line) else hint,
    )


def _never_closed(path: str, opening: int, lines: list[str]) -> Problem:
    body = _seeming_body(lines, opening)
    alike = next((i for i in range(opening + 1, len(lines)) if _is_changed(lines[i])), None)
    place = f"before line {body + 1}, where the text seems to begin" if body else "after the fields"
    return Problem(
        path=path,
        line=opening + 1,
        code="unclosed-front-matter",
        message="the fields that begin after this '---' have no second '---' after them",
        hint=f"line {alike + 1}: {_FENCE_HINT}" if alike else f"add a line '---' {place}",
    )


def _is_changed(line: str) -> bool:
    """Tell of a line that may once have been `---`, and is no list or rule of Markdown."""
    return bool(_LIKE_FENCE.fullmatch(line)) and line.strip() not in {"-", "*", "+", "***", "___"}


def _seeming_body(lines: list[str], opening: int) -> int | None:
    """Return the first blank line or heading after which no field follows, counted from 0."""
    seeming, following = None, ""
    for i in range(len(lines) - 1, opening, -1):
        if lines[i].strip() and not _HEADING.match(lines[i]):
            following = lines[i]
        elif following and not _FIELD.match(following):
            seeming = i
    return seeming
