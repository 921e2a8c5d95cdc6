"""What changed in a folder since a revision, as git knows it.

git is asked to look and no more: it starts no hook, no filter of differences and no watcher, writes
no lock and fetches nothing. A revision is looked up first, and from there on stands as its digest;
what might be an option is refused. Names of files come back between zero bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

LONGEST = 200
"""A longer text is no revision."""

_SILENT = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
)
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
_WITHOUT = "\n    hint: without git, leave the revision out"
_DIGEST = re.compile(r"[0-9a-f]{40,64}")


class NoRevisionError(Exception):
    """A revision cannot be compared with; the text says why, and the remedy."""


def files_changed_since(root: Path, folder: str, revision: str) -> Mapping[str, bytes | None]:
    """Return the changed files of a folder and those beside it in `root`, and what each was before.

    Paths are seen from `root`, in NFC. What was not there, or is not Markdown, is None. Changes are
    counted from where the two histories parted; those not committed yet are among them, and so are
    new files that git does not ignore.
    """
    commit = _commit(root, revision)
    start = _git(root, "merge-base", commit, "HEAD", allowed=(0, 1, 128)).decode().strip()
    base = start if _DIGEST.fullmatch(start) else commit
    options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
    changed = _git(root, "diff", *options, "--ignore-submodules=all", base, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", folder)
    names = sorted({name for name in (changed + new).split(b"\0") if name})
    top = _git(root, "rev-parse", "--show-prefix").removesuffix(b"\n")
    markdown = [name for name in names if name.lower().endswith(b".md") and b"\n" not in name]
    before = dict(zip(markdown, _contents(root, base, [top + n for n in markdown]), strict=True))
    return {normalize("NFC", os.fsdecode(name)): before.get(name) for name in names}


def files_of_revision(root: Path, folder: str, revision: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of a folder as a revision has it, seen from `root`.

    Symbolic links and modules of others are left out.
    """
    commit = _commit(root, revision)
    top = _git(root, "rev-parse", "--show-prefix").removesuffix(b"\n")
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", folder)
    rows = [row.partition(b"\t") for row in listed.split(b"\0") if row.startswith(b"100")]
    names = [name for _, _, name in rows if b"\n" not in name]
    contents = _contents(root, commit, [top + name for name in names])
    for name, content in zip(names, contents, strict=True):
        if content is not None:
            yield os.fsdecode(name), content


def repository_top(folder: Path) -> Path:
    """Return the folder of the repository that holds a folder, or that one where there is none."""
    return next((f for f in (folder, *folder.parents) if (f / ".git").exists()), folder)


def _commit(root: Path, revision: str) -> str:
    """Return the digest of the commit that a revision names."""
    quoted = revision if len(revision) <= LONGEST else f"{revision[:LONGEST]}…"
    if revision.startswith("-") or not revision.isprintable() or not 0 < len(revision) <= LONGEST:
        message = f"'{quoted}' is no revision of git"
        raise NoRevisionError(f"{message}\n    hint: name a commit, a branch or a tag")
    if _git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise NoRevisionError(f"a revision needs the files of a repository of git{_WITHOUT}")
    named = f"{revision}^{{commit}}"
    answer = _git(root, "rev-parse", "--verify", "--quiet", named, allowed=(0, 1, 128))
    digest = answer.decode("ascii", "replace").strip()
    if not _DIGEST.fullmatch(digest):
        remedy = "see git log; in CI, fetch the history too (actions/checkout: fetch-depth: 0)"
        raise NoRevisionError(f"git knows no revision '{quoted}'\n    hint: {remedy}")
    return digest


def _contents(root: Path, commit: str, names: list[bytes]) -> Iterator[bytes | None]:
    """Yield what each file held in a commit, None where it was not there or is no file."""
    asked = b"".join(b"%s:%s\n" % (commit.encode(), name) for name in names)
    answer = _git(root, "cat-file", "--batch", stdin=asked, allowed=(0, 128)) if names else b""
    place = 0
    for _ in names:
        head, _, _ = answer[place:].partition(b"\n")
        place += len(head) + 1
        _, kind, size = (*head.rsplit(b" ", 2), b"", b"")[:3]
        if not size.isdigit():
            yield None
            continue
        yield answer[place : place + int(size)] if kind == b"blob" else None
        place += int(size) + 1


def _git(root: Path, *words: str, allowed: tuple[int, ...] = (0,), stdin: bytes = b"") -> bytes:
    """Return what a command of git prints; raise NoRevisionError where it cannot be run."""
    program = shutil.which("git")
    # Windows looks into the current folder first, where a program may have come with the content.
    foreign = os.name == "nt" and program and Path(program).absolute().is_relative_to(root)
    if program is None or foreign:
        raise NoRevisionError(f"a revision needs git, which is not installed{_WITHOUT}")
    done = subprocess.run(  # noqa: S603 - only fixed words, a digest and a checked revision
        [program, *_SILENT, *words],
        cwd=root,
        env={**os.environ, **_ENVIRONMENT},
        input=stdin,
        capture_output=True,
        check=False,
    )
    if done.returncode not in allowed:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        told_by_git = reason.removeprefix("fatal: ") or f"{words[0]} failed"
        raise NoRevisionError(f"a revision needs git, which says: {told_by_git}{_WITHOUT}")
    return done.stdout
