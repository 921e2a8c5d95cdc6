"""Replaces the site's folder: a build is written beside it and takes its place in one exchange.

A build of `public` uses two names beside it:

- `.public.casebook.lock`, the lock that keeps out a second build;
- `.public.casebook-XXXXXXXX`, its workspace: `new` is the site that it writes, `old` the one that
  it sets aside where two folders cannot be exchanged in one step, `spare` a spare that it mends.

Where there is a store, the replaced folder is put by in it, to become the next site (`spare`).

A killed build leaves both. The lock ended with the process. The next build, once it has the lock,
knows that every workspace there is left over: it moves an `old` back whose place is empty, and
deletes the rest.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator.base.document import (
    Batch,
    DistinctPaths,
    Document,
    FileStore,
    SiteCopy,
    StoredFile,
)
from generator.base.workers import map_in_processes
from generator.output.cannot_write import ELSEWHERE, CannotWrite, explaining_refusals
from generator.output.lock import try_lock
from generator.output.spare import put_by, take_spare
from generator.output.swap_folders import put_back, swap_folders
from generator.output.write_batch import BatchResult, write_batch
from generator.output.zip_copy import copy_batch

WORTH_WORKERS = 300
"""From this many documents on, worker processes save more time than it takes to start them."""

_MARK = b'<meta name="generator" content="casebook'
"""In the head of a site's index.html; a folder without it is not replaced."""
_INTERNAL = b' internal">'
"""What follows the mark in a site with internal records."""
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges:
    """What a build did to the site's folder, in files; `changed` counts new files too.

    The two mappings are by kind of document: how many there are, and the seconds of processor time
    that it took to make and write them. `processes` is how many processes worked. `names` are those
    of the files in the store, by path, and `notes` those of all batches.
    """

    changed: int
    kept: int
    removed: int
    documents_by_kind: Mapping[str, int] = field(default_factory=dict, compare=False)
    seconds_by_kind: Mapping[str, float] = field(default_factory=dict, compare=False)
    processes: int = field(default=1, compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    notes: Sequence[object] = field(default=(), compare=False)


def exchange(
    target: Path,
    *batches: Iterable[Document],
    store: FileStore | None = None,
    internal: bool = False,
    copy: SiteCopy | None = None,
) -> SiteChanges:
    """Make the documents, write them as the site at `target`, and return what changed.

    Where there are many, several processes work on a batch each. The store keeps what is written.
    With `internal` the site holds internal records: it never takes the place of a public one, nor
    a public one its place. Last of all the `copy` of the whole site is made, where one is wanted.

    At every moment `target` is one complete build, the old one or the new one, whatever happens.
    Where the system cannot exchange two folders it is missing between two renames, and the next
    build puts it back. A file whose bytes did not change is linked, not written.
    A symbolic link at `target` stays, and the folder that it leads to is exchanged. Documents are
    iterated over once. Raises CannotWrite when the folder must not or cannot be replaced, and
    ValueError for a path that `with_distinct_paths` refuses; what making a document raises passes
    through.
    """
    place = Path(os.path.realpath(target))
    with explaining_refusals(target):
        _check_place(place, target, internal=internal)
        place.parent.mkdir(parents=True, exist_ok=True)
    with _locked(place, target):
        if copy is None and (same := _unchanged(place, batches)):
            return same
        with explaining_refusals(target):
            for leftover in _leftovers(place):
                _discard(leftover, place)
            workspace = Path(tempfile.mkdtemp(prefix=_workspace_prefix(place), dir=place.parent))
        new, old = workspace / "new", workspace / "old"
        try:
            changes = _write_site(new, place, batches, store, copy)
            with explaining_refusals(target):
                _require_mark(new, internal=internal)
                swap_folders(new, place, old)
            if store:
                links = {path: f"{store.folder}{os.sep}{n}" for path, n in changes.names.items()}
                put_by(old if old.exists() else new, place, store.spare, links)
        finally:
            _discard(workspace, place)
    return changes


def _unchanged(place: Path, batches: Sequence[Iterable[Document]]) -> SiteChanges | None:
    """Return that nothing changed, where every file of the site is the stored one already.

    None where any is not, where there are more, or where a batch makes documents. Files have the
    permissions that their folder has, but for the right to open it, unless somebody changed them.
    """
    links: dict[str, StoredFile] = {}
    for batch in batches:
        if not isinstance(batch, Batch) or len(batch.links) < len(batch.paths):
            return None
        links |= batch.links
    start = len(f"{place}{os.sep}")
    present = 0
    try:
        mode = os.stat(place).st_mode & 0o666  # noqa: PTH116
        for entry in _files(place):
            link = links.get(entry.path[start:].replace(os.sep, "/"))
            status = entry.stat(follow_symlinks=False)
            if (
                link is None
                or not os.path.samestat(status, os.lstat(link))
                or stat.S_IMODE(status.st_mode) != mode
            ):
                return None
            present += 1
    except OSError:
        return None
    if present < len(links) or _leftovers(place):
        return None
    kind = "as before"
    return SiteChanges(
        changed=0,
        kept=present,
        removed=0,
        documents_by_kind={kind: present},
        seconds_by_kind={kind: 0.0},
        names={path: os.path.basename(link) for path, link in links.items()},  # noqa: PTH119
    )


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Yield every file below a folder, and whatever else is no folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                yield entry


def _check_place(place: Path, target: Path, *, internal: bool) -> None:
    """Raise CannotWrite unless `place` is missing, empty or a site of this sort by casebook.

    `place` is where `target`, as it was typed, leads to.
    """
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.path.realpath(Path.home()))
        if place in {home, *home.parents}:
            raise CannotWrite(f"'{target}' is your home folder, or contains it", ELSEWHERE)
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
            f"'{target}' contains a git repository, which a new site would delete", ELSEWHERE
        )
    if any(place.iterdir()) and not _has_mark(place):
        raise CannotWrite(
            f"'{target}' is not empty, and casebook did not build what is in it",
            f"empty it if nothing in it is needed, or {ELSEWHERE}",
        )
    if _is_internal(place) and not internal:
        raise CannotWrite(
            f"'{target}' holds a site with internal records, and this build is a public one",
            f"delete that folder, or {ELSEWHERE}",
        )
    if internal and _has_mark(place) and not _is_internal(place):
        raise CannotWrite(
            f"'{target}' holds a public site, and this build has internal records",
            "leave --site-dir out, or name a folder for internal records alone",
        )


def _has_mark(site: Path, end: bytes = b"") -> bool:
    try:
        with (site / "index.html").open("rb") as page:
            return _MARK + end in page.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return False


def _is_internal(site: Path) -> bool:
    return _has_mark(site, _INTERNAL)


def _require_mark(site: Path, *, internal: bool) -> None:
    """Raise CannotWrite for a site that the next build would not recognise as casebook's own."""
    if internal and not _is_internal(site):
        raise CannotWrite(
            "the templates of this site do not mark a build with internal records",
            f'write {_MARK.decode()}{{{{ " internal" if site.internal }}}}"> into the head of'
            ' templates/main.html, and {% include "internal.html" %} into its body',
        )
    if not _has_mark(site):
        raise CannotWrite(
            f'index.html does not contain {_MARK.decode()}…"> in its first {_HEAD} bytes, '
            "so the next build could not tell that casebook built it",
            "put that line back into the head of templates/main.html",
        )


def _write_site(
    site: Path,
    old: Path,
    batches: Sequence[Iterable[Document]],
    store: FileStore | None,
    copy: SiteCopy | None,
) -> SiteChanges:
    """Fill the new folder `site`, with links to the files of `old` that did not change."""
    with explaining_refusals(old):
        site.mkdir()
    mode = site.stat().st_mode & 0o666  # what the umask leaves, without changing the umask
    number = sum(len(batch.paths) for batch in batches if isinstance(batch, Batch))
    distinct_paths, names, kept = DistinctPaths(), dict[str, str](), 0
    notes: list[object] = []
    documents_by_kind: dict[str, int] = defaultdict(int)
    seconds_by_kind: dict[str, float] = defaultdict(float)
    processes = set()
    with explaining_refusals(old):
        in_place, rest = _from_spare(site, batches, store)
    write = partial(write_batch, site=site, old=old, mode=mode, store=store)
    written = map_in_processes(write, rest, many=number >= WORTH_WORKERS)
    # asked for when all others are written, so it knows them all
    last = (write(copy_batch(each, site, dict(names))) for each in (copy,) if each)
    for result in chain(in_place, written, last):
        for path in result.paths:
            distinct_paths.add(path)
        names |= zip(result.paths, result.names, strict=True)
        notes.append(result.notes)
        kept += result.kept
        documents_by_kind[result.kind] += len(result.paths)
        seconds_by_kind[result.kind] += result.seconds
        processes.add(result.process)
    start = len(f"{old}{os.sep}")
    removed = 0
    with suppress(OSError):  # there is none, or somebody made a folder unreadable
        for entry in _files(old):
            removed += entry.path[start:].replace(os.sep, "/") not in names
    return SiteChanges(
        changed=len(names) - kept,
        kept=kept,
        removed=removed,
        documents_by_kind=documents_by_kind,
        seconds_by_kind=seconds_by_kind,
        processes=len(processes),
        names=names,
        notes=notes,
    )


def _from_spare(
    site: Path, batches: Sequence[Iterable[Document]], store: FileStore | None
) -> tuple[list[BatchResult], list[Iterable[Document]]]:
    """Put the spare in the place of an empty folder; return what is done by it, and what is not.

    A batch of links is done where they stand in the spare already.
    """
    linked = [batch.links for batch in batches if isinstance(batch, Batch)]
    links = {path: link for each in linked for path, link in each.items()}
    in_place = take_spare(store.spare, site, links) if store else frozenset()
    done: list[BatchResult] = []
    rest: list[Iterable[Document]] = []
    for batch in batches:
        if not isinstance(batch, Batch) or in_place.isdisjoint(batch.links):
            rest.append(batch)
            continue
        paths = tuple(path for path in batch.links if path in in_place)
        names = tuple(os.path.basename(links[path]) for path in paths)  # noqa: PTH119
        done.append(BatchResult(batch.kind, paths, names, (), len(paths), 0.0, os.getpid()))
        if others := [Document(p, link) for p, link in batch.links.items() if p not in in_place]:
            rest.append(replace(batch, make=others.copy))
    return done, rest


def _workspace_prefix(place: Path) -> str:
    return f".{place.name}.casebook-"


def _leftovers(place: Path) -> list[Path]:
    """Return the workspaces that killed builds of this site left beside it."""
    prefix = _workspace_prefix(place)
    return [path for path in place.parent.iterdir() if path.name.startswith(prefix)]


def _discard(workspace: Path, place: Path) -> None:
    """Delete a workspace; first put back an old site that was set aside and not replaced."""
    put_back(workspace / "old", place)
    shutil.rmtree(workspace, ignore_errors=True)
    if workspace.exists():  # somebody made a folder of the old site read-only
        for folder, names, _ in os.walk(workspace):
            for path in (Path(folder, name) for name in names):
                with suppress(OSError):
                    if not path.is_symlink():
                        path.chmod(0o700)
        shutil.rmtree(workspace, ignore_errors=True)


@contextmanager
def _locked(place: Path, target: Path) -> Iterator[None]:
    """Keep a second build out of the site's folder: hold the lock, or raise CannotWrite."""
    with ExitStack() as stack:
        with explaining_refusals(target):
            lock_file = place.with_name(f".{place.name}.casebook.lock")
            is_ours = stack.enter_context(try_lock(lock_file))
        if not is_ours:
            raise CannotWrite(
                f"another build is writing to '{target}'",
                f"wait until it has ended and build again, or {ELSEWHERE}",
            )
        yield
