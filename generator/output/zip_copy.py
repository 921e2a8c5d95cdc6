"""The copy of a site in one ZIP file: the same bytes for the same files, date and library of zlib.

It is made of the files of the new site, one after the other, so none but the largest directory of
names is held in memory. The file itself is not in it, nor what the copy leaves out; some pages are
those for readers of the copy.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.base.document import Batch, Document, SiteCopy
from generator.output.cannot_write import CannotWrite

KIND = "copy to take along"

_PIECE = 1 << 20
_PLAIN_FILE = 0o100644 << 16
"""A file that its owner may write and everybody may read, as ZIP has it for Unix."""
_UNIX = 3
_EARLIEST = "1980-01-01"
"""ZIP knows no day before it."""


def copy_batch(copy: SiteCopy, site: Path, names: Mapping[str, str]) -> Batch:
    """Return the batch of the copy and of the page about it, which prints its size.

    `site` is the folder of the new site, complete but for these two; `names` are those of its files
    in the store, by path. Raises CannotWrite for a path that is too long to be unpacked.
    """

    def make() -> Iterator[Document]:
        if copy.stored and names == copy.names:
            yield Document(copy.path, copy.stored)
        else:
            yield Document(copy.path, partial(_zip, copy, site, sorted(names)))
        yield copy.page((site / copy.path).stat().st_size)

    return Batch(KIND, (copy.path.rpartition("/")[0] + "/",), make)


def _zip(copy: SiteCopy, site: Path, paths: Iterable[str]) -> Iterator[bytes]:
    """Yield the bytes of the ZIP file, made in a nameless file beside the new site."""
    own = {document.path: document for document in copy.inside(site)}
    with tempfile.TemporaryFile(dir=site.parent) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path in sorted({*paths, *own} - copy.left_out):
                entry = _entry(copy, path)
                if path in own:
                    archive.writestr(entry, own[path].content)
                else:
                    _add(archive, entry, site / path)
        file.seek(0)
        yield from iter(partial(file.read, _PIECE), b"")


def _entry(copy: SiteCopy, path: str) -> ZipInfo:
    """Return the entry of a file, with a date and rights that no machine and no build changes."""
    room = copy.longest_path
    if len(path) > room:
        raise CannotWrite(
            f"'{path}' is {len(path)} characters long: the copy to take along has room for {room}",
            "give the case, the term or the picture a shorter name, or build without --zip",
        )
    year, month, day = map(int, max(copy.day, _EARLIEST).split("-"))
    entry = ZipInfo(f"{copy.top}/{path}", (year, month, day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry


def _add(archive: ZipFile, entry: ZipInfo, file: Path) -> None:
    entry.file_size = file.stat().st_size  # tells whether it needs the form for large files
    with file.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _PIECE)
