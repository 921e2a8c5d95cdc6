"""The spare: the site that was replaced last, which becomes the next one with few changes.

A new folder with a link to each of ten thousand files takes long to make, and the replaced one as
long to delete. So the replaced folder is put by, and the next build mends it. It is not trusted: a
file in it stays only where it is the very file that a link would lead to. Everything else in it is
deleted, once when it is put by, since it may tell what is withheld by now, and again before it is
used.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


class _StrangeError(Exception):
    """A folder that a build would not make so: other permissions, another owner, another disk."""


def take_spare(spare: Path, site: Path, links: Mapping[str, str]) -> frozenset[str]:
    """Put the spare, mended, in the place of the empty folder `site`; return the paths in place.

    `links` are the stored files of the new site by path. Where there is no spare, or it cannot be
    used, nothing is in place; what is left of it then lies beside `site`.
    """
    taken = site.with_name("spare")
    with suppress(OSError, _StrangeError):
        _move_away(spare, taken)  # in any case: it is the spare of no other site
        in_place = _mend(taken, links, like=site.lstat())
        site.rmdir()
        taken.rename(site)
        return in_place
    site.mkdir(exist_ok=True)
    return frozenset()


def put_by(replaced: Path, site: Path, spare: Path, links: Mapping[str, str]) -> None:
    """Keep a replaced folder as the spare of the site that took its place, where that can be done.

    `links` are the stored files of that site by path. What cannot be kept stays where it is.
    """
    with suppress(OSError, _StrangeError):
        _mend(replaced, links, like=site.lstat())
        replaced.rename(spare)


def _move_away(spare: Path, taken: Path) -> None:
    """Move the spare; delete what cannot be moved, such as one on another disk than the site.

    Whatever stays would be mended by no later build, and may tell what is withheld by then. Raises
    OSError where it was not moved.
    """
    try:
        spare.rename(taken)
    except FileNotFoundError:
        raise
    except OSError:
        with suppress(OSError):
            spare.unlink() if spare.is_symlink() else shutil.rmtree(spare)
        raise


def _mend(folder: Path, links: Mapping[str, str], like: os.stat_result) -> frozenset[str]:
    """Delete all but those files that are the stored ones; return their paths.

    `like` is the status of a folder as a build makes it. Raises OSError or _StrangeError where
    the folder cannot be used.
    """
    mode = like.st_mode & 0o666
    in_place: list[str] = []

    def mend(path: str, prefix: str) -> bool:
        """Mend a folder; return whether anything is left in it."""
        if not _is_alike(os.lstat(path), like):
            raise _StrangeError
        left = False
        with os.scandir(path) as entries:
            for entry in list(entries):  # what is deleted meanwhile may hide others
                inside = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if mend(entry.path, f"{inside}/"):
                        left = True
                    else:
                        os.rmdir(entry.path)  # noqa: PTH106
                elif _is_linked(entry, links.get(inside), mode):
                    in_place.append(inside)
                    left = True
                else:
                    os.unlink(entry.path)  # noqa: PTH108
        return left

    mend(str(folder), "")
    return frozenset(in_place)


def _is_alike(folder: os.stat_result, like: os.stat_result) -> bool:
    of_both = [(each.st_mode, each.st_uid, each.st_gid, each.st_dev) for each in (folder, like)]
    return of_both[0] == of_both[1]


def _is_linked(entry: os.DirEntry[str], link: str | None, mode: int) -> bool:
    """Return whether a file is the one that a link would lead to, with the permissions it needs."""
    if link is None:
        return False
    status = entry.stat(follow_symlinks=False)
    return (
        stat.S_ISREG(status.st_mode)
        and stat.S_IMODE(status.st_mode) == mode
        and os.path.samestat(status, os.lstat(link))
    )
