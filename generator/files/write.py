"""Owns the site's folder: a build is laid out beside it and takes its place in one exchange."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.document import Document, distinct
from generator.files.lock import locked
from generator.files.swap import put_back, swap

_MARK = b'<meta name="generator" content="casebook'
_HEAD = 4096
_ELSEWHERE = "name another folder: --site-dir, or site_dir in the configuration"
_REMEDIES = {
    errno.ENOSPC: "free some space on the disk, then build again",
    errno.EDQUOT: "free some of your space on the disk, then build again",
    errno.EROFS: f"this disk cannot be written to; {_ELSEWHERE}",
    errno.EACCES: f"ask for the right to write there, close programs that use it, or {_ELSEWHERE}",
    errno.EPERM: f"ask for the right to write there, or {_ELSEWHERE}",
    errno.EBUSY: f"the folder is in use or is itself a mounted disk; {_ELSEWHERE}, one inside it",
    errno.ENAMETOOLONG: "give the case or the term a shorter id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build did to the site's folder, in files; `changed` counts new files too."""

    changed: int
    kept: int
    removed: int


class CannotWrite(Exception):  # noqa: N818 - the sentence the command says
    """The site's folder cannot or must not be replaced; nothing in it was changed.

    Printed, it is what is wrong and, on a line of its own, the remedy.
    """

    def __init__(self, message: str, hint: str) -> None:
        """Keep both parts of what the person is told."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give the message and the hint as a person reads them in a terminal."""
        return f"{self.message}\n    hint: {self.hint}"


def exchange(target: Path, documents: Iterable[Document]) -> Written:
    """Make the documents the site at `target`, and say how much of the old one was kept.

    At every moment `target` is one complete build, the old or the new, whatever happens;
    where the system cannot exchange two folders it is missing between two renames, and the next
    build puts it back. A file whose bytes are unchanged is linked, not written.
    A link to a folder stays, and what it leads to is exchanged. The documents are read one by
    one. Raises CannotWrite when the folder must not or cannot be replaced, and ValueError for a
    path that `distinct` refuses; what `documents` raises passes through.
    """
    place = Path(os.path.realpath(target))
    with _explained(target):
        _refuse(place, target)
        place.parent.mkdir(parents=True, exist_ok=True)
    with _alone(place, target):
        with _explained(target):
            for leftover in _leftovers(place):
                _discard(leftover, place)
            own = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
        try:
            written = _lay_out(own / "new", place, documents)
            with _explained(target):
                _require_mark(own / "new")
                swap(own / "new", place, own / "old")
        finally:
            _discard(own, place)
    return written


def _refuse(place: Path, target: Path) -> None:
    """Raise CannotWrite unless `place` is free, empty or a site that casebook built."""
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.path.realpath(Path.home()))
        if place in {home, *home.parents}:
            raise CannotWrite(f"'{target}' is your home folder, or holds it", _ELSEWHERE)
    if place == place.parent:
        raise CannotWrite(f"'{target}' is a whole disk", _ELSEWHERE)
    if above := next((parent for parent in place.parents if _has_mark(parent)), None):
        raise CannotWrite(f"'{target}' is inside another site, '{above}'", _ELSEWHERE)
    if not place.exists():
        return
    if not place.is_dir():
        raise CannotWrite(f"'{target}' is a file, not a folder", f"move it away, or {_ELSEWHERE}")
    if (place / ".git").exists():
        raise CannotWrite(
            f"'{target}' holds a git repository, which a new site would delete", _ELSEWHERE
        )
    if any(place.iterdir()) and not _has_mark(place):
        raise CannotWrite(
            f"'{target}' is not empty, and casebook did not build what is in it",
            f"empty it if nothing in it is needed, or {_ELSEWHERE}",
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


def _lay_out(site: Path, old: Path, documents: Iterable[Document]) -> Written:
    """Fill the new folder `site`, taking from `old` what has not changed."""
    with _explained(old):
        site.mkdir()
    mode = site.stat().st_mode & 0o666  # what the umask leaves, without touching the umask
    paths: set[str] = set()
    kept = 0
    for document in distinct(documents):
        with _explained(old, document.path):
            kept += _lay(document, site, old, mode)
        paths.add(document.path)
    removed = sum(path not in paths for path in _files(old))
    return Written(changed=len(paths) - kept, kept=kept, removed=removed)


def _lay(document: Document, site: Path, old: Path, mode: int) -> bool:
    """Lay one file into the new folder, and tell whether the old one held the same bytes."""
    before = os.path.join(old, document.path)  # noqa: PTH118 - ten thousand times a build
    after = os.path.join(site, document.path)  # noqa: PTH118
    os.makedirs(os.path.dirname(after), exist_ok=True)  # noqa: PTH103, PTH120
    old_mode = _mode_if_same(before, document.content)
    if old_mode == mode:
        with suppress(OSError):  # a disk without hard links: written like a changed file
            os.link(before, after)
            return True
    with open(after, "xb") as file:  # noqa: PTH123
        file.write(document.content)
    return old_mode is not None


def _mode_if_same(path: str, content: bytes) -> int | None:
    """Return the permissions of the plain file at `path`, or None if it does not hold `content`."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return stat.S_IMODE(found.st_mode) if file.read() == content else None
    except OSError:
        return None


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
        with _explained(target):
            ours = stack.enter_context(locked(place.with_name(f".{place.name}.casebook.lock")))
        if not ours:
            raise CannotWrite(
                f"another build is writing to '{target}'",
                f"wait until it has ended and build again, or {_ELSEWHERE}",
            )
        yield


@contextmanager
def _explained(target: Path, path: str = "") -> Iterator[None]:
    """Turn what the system refuses into a sentence for a person."""
    try:
        yield
    except OSError as error:
        what = f"cannot write '{path}' to" if path else "cannot write the site to"
        raise CannotWrite(
            f"{what} '{target}': {(error.strerror or str(error)).lower()}",
            _REMEDIES.get(error.errno or 0, _ELSEWHERE),
        ) from error
