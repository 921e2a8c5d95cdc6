"""The MAC (message authentication code) on what is kept between builds: HMAC with SHA-256.

A cache travels: continuous integration restores it from a place where others may have written,
and what is kept of pages is published as it is. So a checksum is not enough: whoever changes the
bytes could change it too. A MAC can only be made with this user's secret. Bytes without a valid
one are treated as if they were not there, and are not decoded first (decision 0010).
"""

from __future__ import annotations

import os
import secrets
import tempfile
from hashlib import blake2b
from hmac import HMAC, compare_digest
from pathlib import Path

import click

VARIABLE = "CASEBOOK_CACHE_KEY"
"""The environment variable that holds the secret, where several machines share a cache."""

SIZE = 32
"""The bytes of a secret and of a MAC."""


def load_key() -> bytes | None:
    """Return the secret of this user, created at first use; None where none can be kept.

    It is the digest of what `VARIABLE` holds, else a file that only this user may read.
    """
    if passphrase := os.environ.get(VARIABLE, ""):
        return blake2b(passphrase.encode(errors="surrogateescape"), digest_size=SIZE).digest()
    try:
        return _key_in(Path(click.get_app_dir("casebook")) / "cache.key")
    except (OSError, RuntimeError):
        return None


def new_mac(key: bytes) -> HMAC:
    """Return a running MAC; most processors have instructions for this one, and for no other."""
    return HMAC(key, digestmod="sha256")


def sign(key: bytes, *parts: bytes | memoryview) -> bytes:
    """Return the MAC of some parts; the same bytes in other parts have another one."""
    mac = new_mac(key)
    for part in parts:
        mac.update(len(part).to_bytes(8, "big"))
        mac.update(part)
    return mac.digest()


def verify(key: bytes, mac: bytes | memoryview, *parts: bytes | memoryview) -> bool:
    """Return whether `mac` is the MAC of these parts; the comparison takes constant time."""
    return compare_digest(mac, sign(key, *parts))


def _key_in(file: Path) -> bytes | None:
    """Return the secret in a file; it is created if it is missing or not of the right size."""
    if not file.is_absolute():
        return None  # a user without a home: a relative path would leave the secret in this folder
    secret = _read(file)
    if secret is None or len(secret) != SIZE:
        file.parent.mkdir(parents=True, exist_ok=True)
        _create(file, overwrite=secret is not None)
        secret = _read(file)
    return secret if secret and len(secret) == SIZE else None


def _read(file: Path) -> bytes | None:
    """Return the bytes of a plain file; None where there is no file."""
    if not os.path.lexists(file):
        return None
    if not file.is_file():
        raise OSError(f"'{file}' is no file")
    return file.read_bytes()


def _create(file: Path, *, overwrite: bool) -> None:
    """Write a new secret that only this user may read.

    It is written elsewhere and then linked to its name: a link fails if another build has created
    one meanwhile, and then that one stays.
    """
    number, fresh = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    with os.fdopen(number, "wb") as new:
        new.write(secrets.token_bytes(SIZE))
    try:
        if not overwrite:
            os.link(fresh, file)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links
        overwrite = True
    if overwrite:
        os.replace(fresh, file)  # noqa: PTH105
    else:
        os.unlink(fresh)  # noqa: PTH108
