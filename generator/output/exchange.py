"""Owns the site's folder: a build is laid out beside it and takes its place in one exchange."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.base.document import Batch, DistinctPaths, Document, DocumentStore
from generator.base.workers import map_in_processes
from generator.output.cannot_write import ELSEWHERE, CannotWrite, explaining_refusals
from generator.output.lock import try_lock
from generator.output.swap_folders import put_back, swap_folders
from generator.output.write_batch import write_batch

WORTH_WORKERS = 300
"""From this many documents on, starting other processes takes less time than it saves."""

_MARK = b'<meta name="generator" content="casebook'
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges:
    """What a build did to the site's folder, in files; `changed` counts new files too.

    By kind, `documents` tells how many there are, and `spent` the seconds of processor time that
    they took, made and laid out, by so many `processes` together.
    """

    changed: int
    kept: int
    removed: int
    documents: Mapping[str, int] = field(default_factory=dict, compare=False)
    spent: Mapping[str, float] = field(default_factory=dict, compare=False)
    processes: int = field(default=1, compare=False)


def exchange(
    target: Path, *shares: Iterable[Document], keep: DocumentStore | None = None
) -> SiteChanges:
    """Make the documents the site at `target`, and say how much of the old one was kept.

    Where there are many, several processes make and lay out a share each; those that `keep` has
    are not made again, and what is made it gets.

    At every moment `target` is one complete build, the old or the new, whatever happens;
    where the system cannot exchange two folders it is missing between two renames, and the next
    build puts it back. A file whose bytes are unchanged is linked, not written.
    A link to a folder stays, and what it leads to is exchanged. The documents are read one by
    one. Raises CannotWrite when the folder must not or cannot be replaced, and ValueError for a
    path that `distinct` refuses; what the making of documents raises passes through.
    """
    place = Path(os.path.realpath(target))
    with explaining_refusals(target):
        _refuse(place, target)
        place.parent.mkdir(parents=True, exist_ok=True)
    with _alone(place, target):
        with explaining_refusals(target):
            for leftover in _leftovers(place):
                _discard(leftover, place)
            own = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
        try:
            written = _lay_out(own / "new", place, shares, keep)
            with explaining_refusals(target):
                _require_mark(own / "new")
                swap_folders(own / "new", place, own / "old")
            if keep:
                keep.prune({share.key for share in shares if isinstance(share, Batch)})
        finally:
            _discard(own, place)
    return written


def _refuse(place: Path, target: Path) -> None:
    """Raise CannotWrite unless `place` is free, empty or a site that casebook built."""
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.path.realpath(Path.home()))
        if place in {home, *home.parents}:
            raise CannotWrite(f"'{target}' is your home folder, or holds it", ELSEWHERE)
    if place == place.parent:
        raise CannotWrite(f"'{target}' is a whole disk", ELSEWHERE)
    if above := next((parent for parent in place.parents if _has_mark(parent)), None):
        raise CannotWrite(f"'{target}' is inside another site, '{above}'", ELSEWHERE)
    if not place.exists():
        return
    if not place.is_dir():
        raise CannotWrite(f"'{target}' is a file, not a folder", f"move it away, or {ELSEWHERE}")
    if (place / ".git").exists():
        raise CannotWrite(
            f"'{target}' holds a git repository, which a new site would delete", ELSEWHERE
        )
    if any(place.iterdir()) and not _has_mark(place):
        raise CannotWrite(
            f"'{target}' is not empty, and casebook did not build what is in it",
            f"empty it if nothing in it is needed, or {ELSEWHERE}",
        )


def _has_mark(site: Path) -> bool:
    try:
        with (site / "index.html").open("rb") as page:
            return _MARK in page.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return False


def _require_mark(site: Path) -> None:
    """Raise CannotWrite for a site that the next build would not know as casebook's own."""
    if not _has_mark(site):
        raise CannotWrite(
            f'index.html does not hold {_MARK.decode()}…"> in its first {_HEAD} bytes, '
            "so the next build could not tell that casebook built it",
            "put that line back into the head of templates/main.html",
        )


def _lay_out(
    site: Path, old: Path, shares: Sequence[Iterable[Document]], keep: DocumentStore | None
) -> SiteChanges:
    """Fill the new folder `site`, taking from `old` what has not changed."""
    with explaining_refusals(old):
        site.mkdir()
    mode = site.stat().st_mode & 0o666  # what the umask leaves, without touching the umask
    many = sum(len(share.paths) for share in shares if isinstance(share, Batch)) >= WORTH_WORKERS
    all_paths, paths, kept = DistinctPaths(), set[str](), 0
    documents: dict[str, int] = defaultdict(int)
    spent: dict[str, float] = defaultdict(float)
    processes = set()
    for laid in map_in_processes(
        partial(write_batch, site=site, old=old, mode=mode, keep=keep), shares, many=many
    ):
        for path in laid.paths:
            all_paths.add(path)
        paths.update(laid.paths)
        kept += laid.kept
        documents[laid.kind] += len(laid.paths)
        spent[laid.kind] += laid.seconds
        processes.add(laid.process)
    removed = sum(path not in paths for path in _files(old))
    return SiteChanges(
        changed=len(paths) - kept,
        kept=kept,
        removed=removed,
        documents=documents,
        spent=spent,
        processes=len(processes),
    )


def _files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        inside = Path(folder).relative_to(site)
        yield from ((inside / name).as_posix() for name in names)


def _prefix(place: Path) -> str:
    return f".{place.name}.casebook-"


def _leftovers(place: Path) -> list[Path]:
    """Return the folders that killed builds of this site left beside it."""
    return [path for path in place.parent.iterdir() if path.name.startswith(_prefix(place))]


def _discard(own: Path, place: Path) -> None:
    """Delete a build's own folder, after saving an old site that was set aside and not replaced."""
    put_back(own / "old", place)
    shutil.rmtree(own, ignore_errors=True)
    if own.exists():  # somebody made a folder of the old site read-only
        for folder, names, _ in os.walk(own):
            for path in (Path(folder, name) for name in names):
                with suppress(OSError):
                    if not path.is_symlink():
                        path.chmod(0o700)
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _alone(place: Path, target: Path) -> Iterator[None]:
    """Keep a second build out of the site's folder."""
    with ExitStack() as stack:
        with explaining_refusals(target):
            ours = stack.enter_context(try_lock(place.with_name(f".{place.name}.casebook.lock")))
        if not ours:
            raise CannotWrite(
                f"another build is writing to '{target}'",
                f"wait until it has ended and build again, or {ELSEWHERE}",
            )
        yield
