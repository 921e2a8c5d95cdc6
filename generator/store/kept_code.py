"""The code of compiled templates, kept beside the compiled modules of the program itself.

Not in `.casebook-cache/`, which may come from elsewhere: code that is read is run. Where Python may
not keep what it compiles, in a folder of the system or with `-B`, nothing is kept (decision 0014).
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from generator.store.record_cache import program_digest

KeptCode = Mapping[tuple[str, str], bytes]
"""The code of templates, by name and checksum of their source."""

MOST = 200
"""The code of so many templates is kept at most: that of some sites with templates of their own."""

_SIZE = 32


def may_keep_code() -> bool:
    """Return whether what is saved will be there for the next build."""
    file = _file()
    return file is not None and not sys.dont_write_bytecode and os.access(file.parent, os.W_OK)


def load_code() -> KeptCode:
    """Return what was saved by this very program; nothing where there is none, or damaged."""
    file = _file()
    with suppress(OSError):
        stored = file.read_bytes() if file else b""
        content = stored[_SIZE:]
        if content and stored[:_SIZE] == _digest(content):
            loaded: KeptCode = marshal.loads(content)  # noqa: S302 - as Python loads modules
            return loaded
    return {}


def save_code(kept: KeptCode, new: KeptCode) -> None:
    """Save new code beside what is kept, or in its place where that is too much."""
    file = _file()
    if file is None or not new or not may_keep_code():
        return
    every = {**kept, **new}
    content = marshal.dumps(every if len(every) <= MOST else dict(new))
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            fresh.write_bytes(_digest(content) + content)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)


def _file() -> Path | None:
    """Return where the code is kept, None where Python keeps none at all."""
    try:
        return Path(cache_from_source(__file__)).with_suffix(".templates")
    except NotImplementedError:
        return None


def _digest(content: bytes) -> bytes:
    """Return the digest of code by this program under this Python."""
    stamp = f"{program_digest()} {sys.version}".encode()
    return blake2b(content, key=blake2b(stamp).digest(), digest_size=_SIZE).digest()
