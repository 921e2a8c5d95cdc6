"""The page store: the files of the last site, each under the keyed digest of its bytes.

They are hard links to the files of the site, so they take no space of their own; where there is no
site any more, as at the start of continuous integration, the next one is linked to them. The name
of a file is its MAC: whoever has no secret of this user's cannot bring in bytes that are believed.

A file whose size, times and inode are those that were recorded is believed without being read. The
folder may come from elsewhere: no link in it is followed, and only files with names of ours are
deleted.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from generator.base.document import Hasher
from generator.base.workers import map_in_processes
from generator.store.input_files import FileStat, file_stat
from generator.store.signing import new_mac

FOLDER = "made"
SPARE = "spare"
_OURS = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20
_MANY = 500
"""From so many files on, several processes read them."""


class PageStore:
    """The files of the last site by name. A failure to write is ignored: less is kept."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Take the folder of all caches, and the secret that names are made with."""
        self.folder = folder / FOLDER
        self.spare = folder / SPARE
        self._secret = secret
        self._believed: dict[str, FileStat] = {}

    def hasher(self) -> Hasher:
        """Return what a name is made with."""
        return new_mac(self._secret)

    def keep(self, name: str, file: str) -> None:
        """Link a file of the new site under its name; copy it where it lies on another disk."""
        kept = self.folder / name
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._is_folder():
                return
            with suppress(FileNotFoundError):
                if os.path.samestat(kept.lstat(), os.lstat(file)):
                    return
                kept.unlink()  # what lies there was not believed, or this file would be linked
            try:
                os.link(file, kept)
            except OSError:
                fresh = kept.with_suffix(f".{os.getpid()}")
                try:
                    with open(file, "rb") as source, fresh.open("xb") as copy:  # noqa: PTH123
                        shutil.copyfileobj(source, copy)
                    shutil.copystat(file, fresh)
                    fresh.replace(kept)
                finally:
                    fresh.unlink(missing_ok=True)

    def believed(self, known: Mapping[str, FileStat]) -> frozenset[str]:
        """Return which of the known names have the bytes that they stand for.

        `known` are the names with what was recorded of each file.
        """
        present = dict(self._stats())
        same = {name for name, status in known.items() if present.get(name) == tuple(status)}
        doubtful = [
            name
            for name, (size, *_) in known.items()
            if name not in same and name in present and present[name][0] == size
        ]
        groups = [doubtful[start :: _MANY // 10] for start in range(_MANY // 10)]
        read = map_in_processes(self._sound, groups, many=len(doubtful) >= _MANY)
        sound = frozenset(same).union(*read)
        self._believed = {name: present[name] for name in sound}
        return sound

    def keep_only(self, names: Collection[str]) -> dict[str, FileStat]:
        """Delete every file of ours without one of some names; return what to record of others.

        One that was changed after it was believed, by hand in the site, is looked into next time.
        """
        stats = dict(self._stats())
        for name in stats.keys() - frozenset(names):
            del stats[name]
            with suppress(OSError):
                (self.folder / name).unlink()
        return {
            name: status if self._is_as_believed(name, status) else (status[0], 0, 0, 0, 0)
            for name, status in stats.items()
        }

    def _is_as_believed(self, name: str, status: FileStat) -> bool:
        size, written, _, *place = self._believed.get(name, status)  # a link changes the ctime
        return (size, written, *place) == (status[0], status[1], *status[3:])

    def _sound(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._digest(name) == name]

    def _digest(self, name: str) -> str:
        hasher = self.hasher()
        with suppress(OSError), (self.folder / name).open("rb") as file:
            for piece in iter(partial(file.read, _PIECE), b""):
                hasher.update(piece)
        return hasher.hexdigest()

    def _is_folder(self) -> bool:
        """Return whether the folder is there, and is no link to one."""
        return os.path.isdir(self.folder) and not os.path.islink(self.folder)  # noqa: PTH112, PTH114

    def _stats(self) -> Iterator[tuple[str, FileStat]]:
        """Yield the name and the stat of each plain file with a name of ours."""
        if not self._is_folder():
            return
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    name = entry.name.partition(".")[0]
                    if stat.S_ISREG(status.st_mode) and _OURS.fullmatch(name):
                        yield entry.name, file_stat(status)
