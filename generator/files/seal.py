"""Owns the seal on what is kept between builds: only who has this user's secret can make one.

A cache travels: continuous integration restores it from where others may have written. What does
not bear the seal is not believed, whatever it says.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

import click

VARIABLE = "CASEBOOK_CACHE_KEY"
"""The environment variable that holds the secret, where several machines share a cache."""

SIZE = 32
"""The bytes of a secret and of a seal."""


def secret() -> bytes | None:
    """Return the secret of this user, made when first asked for; None where none is to be had.

    It is what `VARIABLE` holds, else what stands in a file that only this user may read.
    """
    if given := os.environ.get(VARIABLE, ""):
        return blake2b(given.encode(errors="surrogateescape"), digest_size=SIZE).digest()
    try:
        return _own(Path(click.get_app_dir("casebook")) / "cache.key")
    except (OSError, RuntimeError):
        return None


def seal(key: bytes, *parts: bytes) -> bytes:
    """Return the seal on some bytes, which tells them from the same bytes divided otherwise."""
    made = blake2b(key=key, digest_size=SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def sealed(key: bytes, found: bytes, *parts: bytes) -> bool:
    """Return whether `found` is the seal on these bytes."""
    return compare_digest(found, seal(key, *parts))


def _own(file: Path) -> bytes | None:
    """Return the secret in a file, which is made if it is not there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(SIZE))
        with suppress(FileExistsError):  # another build was quicker: its secret is taken
            os.link(fresh, file)
        fresh.unlink()
    found = file.read_bytes()
    return found if len(found) == SIZE else None
