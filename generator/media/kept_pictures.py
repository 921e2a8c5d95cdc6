"""`KeptPictures`: what was published of each picture by an earlier build."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.media.clean_picture import clean_picture
from generator.store.record_cache import program_digest
from generator.store.signing import SIZE, sign, verify

FOLDER = "pictures"
_LARGEST = 50_000_000
"""What is published of a picture is far smaller."""
_OURS = re.compile(r"[0-9a-f]{64}")


class KeptPictures:
    """Makes pictures fit to be published, each once for all builds.

    In its folder a file is named by the MAC of a picture, and holds a MAC of its own and then what
    is published. A file that was changed is made anew, and so is what another version of the
    program made: it may take out more by now. Where nothing can be written, nothing is kept.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Take the folder of all caches, and the secret of this user."""
        self._folder = folder / FOLDER
        self._secret = secret
        self._program = program_digest().encode()
        self._used: set[str] = set()

    def published(self, picture: bytes) -> bytes:
        """Return what is published of a picture; raise UnreadablePictureError for what is none."""
        name = sign(self._secret, self._program, picture).hex()
        self._used.add(name)
        kept = self._read(name)
        if kept is None:
            kept = clean_picture(picture)
            self._write(name, kept)
        return kept

    def forget_others(self) -> None:
        """Delete what was kept of pictures that nobody asked for since this object was made."""
        with suppress(OSError):
            for entry in list(os.scandir(self._folder)):
                name = entry.name.partition(".")[0]  # with an ending, a killed build left it
                if _OURS.fullmatch(name) and entry.name not in self._used:
                    os.unlink(entry.path)  # noqa: PTH108

    def _read(self, name: str) -> bytes | None:
        file = self._folder / name
        with suppress(OSError):
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return None  # a pipe would be waited for
            whole = file.read_bytes()
            mac, kept = whole[:SIZE], whole[SIZE:]
            if verify(self._secret, mac, name.encode(), kept):
                return kept
        return None

    def _write(self, name: str, kept: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._folder.is_symlink():
                return
            number, fresh = tempfile.mkstemp(prefix=f"{name}.", dir=self._folder)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(sign(self._secret, name.encode(), kept) + kept)
                os.replace(fresh, self._folder / name)  # noqa: PTH105
            except OSError:
                os.unlink(fresh)  # noqa: PTH108
                raise
