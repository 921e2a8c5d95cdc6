"""The data files, made of parts: those that nothing has changed for come from the last file.

Some are for readers, and the page about data lists them; others are for the scripts of pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from generator.base.document import Batch, Document
from generator.build.remake import Notes, Plan
from generator.exports.data_file import PIECE, DataFile, Part
from generator.library.questions import packed
from generator.pages.navigation import with_trail
from generator.pages.page import Download, SiteContext
from generator.pages.page_data import FOLDER as PAGE_DATA_FOLDER
from generator.pages.page_data import page_data
from generator.pages.reference import data_page
from generator.pages.render import Renderer
from generator.store.last_build import KeptPart, LastBuild


@dataclass(frozen=True, slots=True)
class _Old:
    """The file that the last build made: where each part starts in it, by name."""

    file: Path
    parts: Mapping[str, tuple[int, KeptPart]]


def data_batch(
    ctx: SiteContext, renderer: Renderer, kept: Plan, last: LastBuild, store: Path | None
) -> Batch:
    """Return the batch of all data files, and of the page about them, which prints their sizes."""
    notes = Notes()

    def documents(file: DataFile, parts: list[KeptPart]) -> Iterator[Document]:
        """Yield the document of a file; after that its parts are known."""
        old = _old(file.path, kept, last, store)
        yield Document(file.path, partial(_pieces, ctx, file, old, kept, parts))
        if not parts:  # it was taken, but not read yet
            deque(_pieces(ctx, file, old, kept, parts), maxlen=0)
        notes.parts[file.path] = tuple(parts)

    def make() -> Iterator[Document]:
        for file in page_data(ctx):
            yield from documents(file, [])
        downloads: list[Download] = []
        for file in ctx.files():
            parts: list[KeptPart] = []
            yield from documents(file, parts)
            size, rows = sum(part.size for part in parts), sum(part.rows for part in parts)
            rows_told = rows if file.has_rows else None
            downloads.append(Download(file.path, file.what, rows_told, size))
        if ctx.site.plain:
            full = replace(ctx, downloads=tuple(downloads))
            yield from map(renderer.document, with_trail(full, data_page(full)))

    def take_notes() -> Notes:
        notes.answers = ctx.library.recorder.take().packed()
        return notes

    return Batch("data", ("data/", PAGE_DATA_FOLDER), make, take_notes)


def _old(path: str, kept: Plan, last: LastBuild, store: Path | None) -> _Old | None:
    """Return the file of the last build, None where none can be used."""
    if store is None or not kept.same_settings or path not in kept.copies:
        return None
    starts: dict[str, tuple[int, KeptPart]] = {}
    start = 0
    for part in last.parts.get(path, ()):
        starts[part.name] = start, part
        start += part.size
    return _Old(store / kept.copies[path], starts)


def _pieces(
    ctx: SiteContext, file: DataFile, old: _Old | None, kept: Plan, parts: list[KeptPart]
) -> Iterator[bytes]:
    """Yield the bytes of a file; note its parts, with what each asked."""
    parts.clear()
    if old is None:
        yield from _joined(_make_part(ctx, part, parts) for part in file.parts)
        return
    with old.file.open("rb") as opened:
        yield from _joined(_spliced(ctx, file.parts, old, kept, parts, opened))


def _spliced(  # noqa: PLR0913, PLR0917
    ctx: SiteContext,
    wanted: Iterable[Part],
    old: _Old,
    kept: Plan,
    parts: list[KeptPart],
    opened: BinaryIO,
) -> Iterator[bytes]:
    """Yield the parts; those that stand one after the other in the old file are read at once."""
    start = end = 0
    for part in wanted:
        at, before = old.parts.get(part.name, (0, None))
        if before is None or not kept.keeps(before.asked):
            yield from _read(opened, start, end)
            start = end = 0
            yield _make_part(ctx, part, parts)
            continue
        if at != end:
            yield from _read(opened, start, end)
            start = at
        end = at + before.size
        parts.append(before)
    yield from _read(opened, start, end)


def _make_part(ctx: SiteContext, part: Part, parts: list[KeptPart]) -> bytes:
    with ctx.library.recorder.serving() as asked:
        content, rows = part.make()
    parts.append(KeptPart(part.name, packed(asked), len(content), rows))
    return content


def _read(opened: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    opened.seek(start)
    while start < end:
        piece = opened.read(min(end - start, 10 * PIECE))
        if not piece:
            raise OSError(f"'{opened.name}' is shorter than it was")
        start += len(piece)
        yield piece


def _joined(contents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, many small pieces at a time."""
    waiting: list[bytes] = []
    size = 0
    for content in contents:
        waiting.append(content)
        size += len(content)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)
