"""Owns the seal on what is kept between builds: only who has this user's secret can make one.

A cache travels: continuous integration restores it from where others may have written. What does
not bear the seal is not believed, whatever it says.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

import click

VARIABLE = "CASEBOOK_CACHE_KEY"
"""The environment variable that holds the secret, where several machines share a cache."""

SIZE = 32
"""The bytes of a secret and of a seal."""


def load_key() -> bytes | None:
    """Return the secret of this user, made when first asked for; None where none is to be had.

    It is what `VARIABLE` holds, else what stands in a file that only this user may read.
    """
    if given := os.environ.get(VARIABLE, ""):
        return blake2b(given.encode(errors="surrogateescape"), digest_size=SIZE).digest()
    try:
        return _own(Path(click.get_app_dir("casebook")) / "cache.key")
    except (OSError, RuntimeError):
        return None


def sign(key: bytes, *parts: bytes) -> bytes:
    """Return the seal on some bytes, which tells them from the same bytes divided otherwise."""
    made = blake2b(key=key, digest_size=SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def verify(key: bytes, found: bytes, *parts: bytes) -> bool:
    """Return whether `found` is the seal on these bytes."""
    return compare_digest(found, sign(key, *parts))


def _own(file: Path) -> bytes | None:
    """Return the secret in a file, which is made if it is not there or not whole."""
    if not file.is_absolute():
        return None  # a user without a home: no secret is left in the folder that is worked in
    found = _read(file)
    if found is None or len(found) != SIZE:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(file, anew=found is not None)
        found = _read(file)
    return found if found and len(found) == SIZE else None


def _read(file: Path) -> bytes | None:
    """Return what stands in a plain file; None where nothing is there."""
    if not os.path.lexists(file):
        return None
    if not file.is_file():
        raise OSError(f"'{file}' is no file")
    return file.read_bytes()


def _make(file: Path, *, anew: bool) -> None:
    """Make a secret that only this user may read; one that another build made meanwhile stays."""
    number, fresh = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    with os.fdopen(number, "wb") as new:
        new.write(secrets.token_bytes(SIZE))
    try:
        if not anew:
            os.link(fresh, file)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links
        anew = True
    if anew:
        os.replace(fresh, file)  # noqa: PTH105
    else:
        os.unlink(fresh)  # noqa: PTH108
