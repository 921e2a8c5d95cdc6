"""The files that `casebook fmt` and `check --fix` write again: which they are, and how it is done.

A file is written whole or not at all: beside it first, then in its place. It keeps its mode, and a
link stays a link.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.model.declaration import with_article
from generator.model.record import Model
from generator.records.case_files import case_files, path_from_root
from generator.records.read_file import read_bytes
from generator.records.rewriting.rewrite import Rewriter, Rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRewrite:
    """What came of one file: `path` as problems name it, and if it is, or would be, another."""

    path: str
    changed: bool
    problems: tuple[Problem, ...] = ()
    mends: tuple[tuple[int, str], ...] = ()


UNWRITTEN = "unwritten"
"""The code of a file that the system would not let be written."""

Change = Callable[[Rewriter, bytes, str], Rewritten]
"""What is done with the bytes of a file, named by its path."""


def rewrite_files(
    site: Site, model: Model, paths: Sequence[Path], change: Change, *, write: bool
) -> list[FileRewrite]:
    """Change the records among some files and folders, all of them where none is named.

    A file elsewhere is taken for a record. Without `write` every file stays as it is.
    """
    rewriter = Rewriter(model, {"visibility": site.default_visibility})
    files, problems = case_files(site.root, site.content, model.folder)
    chosen, refused = _chosen(site, model, files, paths)
    results = [FileRewrite(path=p.path, changed=False, problems=(p,)) for p in refused]
    if not paths:
        wrong = errors(problems)
        results += [FileRewrite(path=p.path, changed=False, problems=(p,)) for p in wrong]
    return [*results, *(_rewrite(site, rewriter, file, change, write=write) for file in chosen)]


def _chosen(
    site: Site, model: Model, files: Sequence[Path], paths: Sequence[Path]
) -> tuple[Sequence[Path], list[Problem]]:
    """Return the records named by some paths, and a problem for each file that is none."""
    if not paths:
        return files, []
    content = site.content.resolve()
    places = [(file, file.resolve()) for file in files]
    chosen: dict[Path, None] = {}
    problems = []
    for path in paths:
        named, real = path.absolute(), path.resolve()
        inside = [
            file
            for file, place in places
            if file.is_relative_to(named) or place.is_relative_to(real)
        ]
        if not inside and path.is_file() and not real.is_relative_to(content):
            inside = [named]
        elif not inside and path.is_file():
            problems.append(_no_record(path_from_root(site.root, named), model))
        chosen |= dict.fromkeys(inside)
    return list(chosen), problems


def _no_record(path: str, model: Model) -> Problem:
    return Problem(
        path=path,
        code="no-record",
        message=f"this file is not {with_article(model.name)}, and stays as it is",
        hint=f"records are the .md files in the folder {model.folder}/",
    )


def _rewrite(
    site: Site, rewriter: Rewriter, file: Path, change: Change, *, write: bool
) -> FileRewrite:
    path = path_from_root(site.root, file)
    within = site.content if file.is_relative_to(site.content) else file.parent
    content, problems = read_bytes(site.root, file, within=within)
    if content is None:
        return FileRewrite(path=path, changed=False, problems=problems)
    rewritten = change(rewriter, content, path)
    changed = rewritten.content is not None
    problems = rewritten.problems
    if write and rewritten.content is not None:
        refusal = replace_file(file, content, rewritten.content)
        if refusal:
            return FileRewrite(path=path, changed=False, problems=(_unwritten(path, refusal),))
    return FileRewrite(path=path, changed=changed, problems=problems, mends=rewritten.mends)


def _unwritten(path: str, refusal: str) -> Problem:
    hint = "see that you may write it, then try again"
    message = f"this cannot be written: {refusal}; it stays as it was"
    return Problem(path=path, code=UNWRITTEN, message=message, hint=hint)


def replace_file(file: Path, before: bytes, after: bytes) -> str:
    """Put other bytes in the place of those of a file; return why that was refused, or nothing.

    Where the file does not hold `before` any more, somebody has written to it meanwhile.
    """
    target = Path(os.path.realpath(file))
    new = ""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            return "it may only be read"
        descriptor, new = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(new, mode)  # noqa: PTH101 - it is no Path
        if target.read_bytes() != before:
            return "another program has changed it meanwhile"
        os.replace(new, target)  # noqa: PTH105 - it is no Path
        new = ""
    except OSError as error:
        return (error.strerror or str(error)).lower()
    finally:
        if new:
            with suppress(OSError):
                os.unlink(new)  # noqa: PTH108 - it is no Path
    return ""
