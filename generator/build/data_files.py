"""The data files, made of parts: those that nothing has changed for come from the last file.

Some are for readers, and the page about data lists them; others are for the scripts of pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from generator.base.document import Batch, Document
from generator.build.remake import Notes, Plan, recorded_batch
from generator.exports.data_file import PIECE, DataFile, Part, joined
from generator.library.library import Library
from generator.library.questions import packed
from generator.pages.navigation import with_trail
from generator.pages.page import Download, SiteContext
from generator.pages.page_data import FOLDER as PAGE_DATA_FOLDER
from generator.pages.page_data import page_data
from generator.pages.reference import data_page
from generator.pages.render import Renderer
from generator.store.last_build import KeptPart


def data_batch(ctx: SiteContext, renderer: Renderer, kept: Plan, store: Path | None) -> Batch:
    """Return the batch of all data files, and of the page about them, which prints their sizes."""
    library = ctx.library

    def make(notes: Notes) -> Iterator[Document]:
        for file in page_data(ctx):
            yield from _documents(library, file, kept, store, notes)
        downloads: list[Download] = []
        for file in ctx.files():
            yield from _documents(library, file, kept, store, notes)
            parts = notes.parts[file.path]
            rows = sum(part.rows for part in parts) if file.has_rows else None
            downloads.append(Download(file.path, file.what, rows, sum(p.size for p in parts)))
        if ctx.site.plain:
            full = replace(ctx, downloads=tuple(downloads))
            yield from map(renderer.document, with_trail(full, data_page(full)))

    return recorded_batch(library, "data", ("data/", PAGE_DATA_FOLDER), make)


def _documents(
    library: Library, file: DataFile, kept: Plan, store: Path | None, notes: Notes
) -> Iterator[Document]:
    """Yield the document of a file; after that its parts are noted, with what each asked."""
    parts: list[KeptPart] = []
    pieces = partial(_pieces, library, file, kept, store, parts)
    yield Document(file.path, pieces)
    if not parts:  # it was taken, but not read yet
        deque(pieces(), maxlen=0)
    notes.parts[file.path] = tuple(parts)


def _pieces(
    library: Library, file: DataFile, kept: Plan, store: Path | None, parts: list[KeptPart]
) -> Iterator[bytes]:
    """Yield the bytes of a file, and add what is noted of its parts to `parts`."""
    parts.clear()
    before = kept.parts.get(file.path, ())
    starts = accumulate((part.size for part in before), initial=0)
    old = {part.name: (start, part) for start, part in zip(starts, before, strict=False)}

    def contents(opened: BinaryIO | None) -> Iterator[bytes]:
        first = last = 0  # the bytes of the old file that are kept and were not read yet
        for part in file.parts:
            start, before = old.get(part.name, (0, None))
            is_kept = opened is not None and before is not None and kept.keeps(before.asked)
            if not is_kept or start != last or last - first > PIECE:
                yield _read(opened, first, last)
                first = last = start
            if is_kept and before:
                parts.append(before)
                last += before.size
            else:
                content, noted = _new_part(library, part)
                parts.append(noted)
                yield content
        yield _read(opened, first, last)

    last = (store / kept.copies[file.path]).open("rb") if store and old else nullcontext()
    with last as opened:
        yield from joined(contents(opened))


def _read(opened: BinaryIO | None, start: int, stop: int) -> bytes:
    """Return some bytes of the old file."""
    if opened is None or start == stop:
        return b""
    opened.seek(start)
    content = opened.read(stop - start)
    if len(content) < stop - start:
        raise OSError(f"'{opened.name}' is shorter than it was")
    return content


def _new_part(library: Library, part: Part) -> tuple[bytes, KeptPart]:
    """Return the bytes of a part that is made again, and what is noted of it."""
    with library.recorder.serving() as asked:
        content, rows = part.make()
    return content, KeptPart(part.name, packed(asked), len(content), rows)
