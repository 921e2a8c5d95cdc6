"""The parts of a Word or Excel file, read within bounds; or in a sentence why it is not read.

Such a file is a ZIP of XML. It comes from strangers: it may unpack to more than a computer has, may
declare entities that grow without end, or be something else under that name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

MOST_BYTES = 20_000_000
"""So many bytes a file may have, packed or unpacked."""

MOST_PARTS = 2_000
"""So many parts may be packed in a file."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARED = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))


class ImportRefusedError(Exception):
    """A file that is not imported; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        """Take what is wrong, and the remedy."""
        super().__init__(message)
        self.hint = hint


def packed_parts(content: bytes) -> Mapping[str, bytes]:
    """Return the parts of a file by name; empty where it is no ZIP. Raise ImportRefusedError.

    No part that is returned declares an entity of XML.
    """
    if len(content) > MOST_BYTES:
        raise ImportRefusedError(
            f"the file has {len(content):,} bytes; at most {MOST_BYTES:,} are read",
            "make its pictures smaller, or take some out",
        )
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content)
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _require_bounds(packed)
            parts = {info.filename: packed.read(info) for info in packed.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _damaged() from error
    except (NotImplementedError, RuntimeError) as error:  # how it is packed, or a password
        raise ImportRefusedError(
            "the file is locked with a password, or packed in a way that is not known here",
            "open it where it was made, save it without a password, and try again",
        ) from error
    if any(_declares(name, part) for name, part in parts.items()):
        raise ImportRefusedError(
            "the file declares entities, as no program for texts or tables does",
            "do not open it; ask whoever sent it where it comes from",
        )
    return parts


def _require_bounds(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > MOST_PARTS:
        raise ImportRefusedError(
            f"{len(entries):,} parts are packed in the file; at most {MOST_PARTS:,} are read",
            "open it where it was made, and save it anew",
        )
    if (size := sum(info.file_size for info in entries)) > MOST_BYTES:
        raise ImportRefusedError(
            f"the file unpacks to {size:,} bytes; at most {MOST_BYTES:,} are read",
            "make its pictures smaller, or take some out",
        )


def _declares(name: str, part: bytes) -> bool:
    return name.endswith((".xml", ".rels", ".vml")) and any(sign in part for sign in _DECLARED)


def _old_office(content: bytes) -> ImportRefusedError:
    if _ENCRYPTED in content:
        return ImportRefusedError(
            "the file is locked with a password", "save it without a password, and try again"
        )
    return ImportRefusedError(
        "this is a file of an old kind (.doc or .xls)",
        "open it, and save it as .docx or .xlsx",
    )


def _damaged() -> ImportRefusedError:
    return ImportRefusedError(
        "the file is damaged, or was not copied whole",
        "open it where it was made, save it anew, and copy it again",
    )


def unreadable(kind: str) -> ImportRefusedError:
    """Return the refusal of a file whose parts are not what those of its kind should be."""
    return ImportRefusedError(
        f"the file is no {kind} that can be read",
        "open it in the program that made it, and save it anew",
    )
