"""`CannotWrite`: why the site's folder cannot be replaced, and the remedy for each system error."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ELSEWHERE = "name another folder: --site-dir, or site_dir in the configuration"
_REMEDIES = {
    errno.ENOSPC: "free some space on the disk, then build again",
    errno.EDQUOT: "free some of your space on the disk, then build again",
    errno.EROFS: f"this disk cannot be written to; {ELSEWHERE}",
    errno.EACCES: f"ask for permission to write there, close programs that use it, or {ELSEWHERE}",
    errno.EPERM: f"ask for permission to write there, or {ELSEWHERE}",
    errno.EBUSY: f"the folder is in use or is itself a mounted disk; {ELSEWHERE}, one inside it",
    errno.ENAMETOOLONG: "give the case or the term a shorter id",
}


class CannotWrite(Exception):  # noqa: N818 - the sentence the command says
    """The site's folder cannot or must not be replaced; nothing in it was changed.

    As a string it is the message and, on a line of its own, the hint.
    """

    def __init__(self, message: str, hint: str) -> None:
        """Take what is wrong, and the remedy."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give the message and the hint as a person reads them in a terminal."""
        return f"{self.message}\n    hint: {self.hint}"


class KeptFilesGone(CannotWrite):
    """Files of the last build went while this one ran: another build has ended meanwhile."""


@contextmanager
def explaining_refusals(target: Path, path: str = "") -> Iterator[None]:
    """Raise an OSError of the block as CannotWrite; `path` is the document being written."""
    try:
        yield
    except OSError as error:
        if path and isinstance(error, FileExistsError):
            # the folder is new, so the file is another document of this build: a bug of ours
            raise ValueError(f"two documents have the path {path!r}, or one below it") from error
        what = f"cannot write '{path}' to" if path else "cannot write the site to"
        raise CannotWrite(
            f"{what} '{target}': {(error.strerror or str(error)).lower()}",
            _REMEDIES.get(error.errno or 0, ELSEWHERE),
        ) from error
