"""The files of the search: those that nothing has changed for are linked to the last ones.

The index is made of all cases, so it is made again whenever one of them says other words. The words
of all others are kept between builds: to find them in the texts takes longer than all the rest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from msgspec import msgpack

from generator.base.document import Batch, Document
from generator.build.recall import Recall
from generator.build.remake import PAGES_PER_BATCH, Notes, Plan, linked_batches
from generator.library.questions import number_of, packed
from generator.pages.case_numbers import numbered_cases
from generator.pages.page import SiteContext
from generator.pages.search_index import (
    FOLDER,
    INDEX,
    TEXTS,
    case_text,
    search_index,
    text_name,
)
from generator.pages.search_words import BODIES, case_words
from generator.store.last_build import KeptPart


def search_batches(ctx: SiteContext, kept: Plan, recalled: Recall | None) -> Iterator[Batch]:
    """Yield the index of the search, and the sentences of each case where the search reads them."""
    library = ctx.library
    ids = numbered_cases(library)
    bodies = len(ids) <= ctx.site.search_bodies_max
    linked = _kept_index(kept, recalled)
    if not linked:
        yield _index_batch(ctx, ids, kept, recalled, bodies=bodies)
    made_again: list[str] = []
    for id_ in ids if bodies else ():
        path = _text_path(ctx, id_)
        if recalled and _is_kept(path, kept, recalled):
            linked[path] = kept.copies[path]
        else:
            made_again.append(id_)
    size = PAGES_PER_BATCH if recalled else 1
    for start in range(0, len(made_again), size):
        yield _text_batch(ctx, made_again[start : start + size])
    if recalled and linked:
        yield _unchanged_notes(linked, recalled)
        yield from linked_batches(recalled.memory.store.folder, linked)


def _text_path(ctx: SiteContext, id_: str) -> str:
    return f"{TEXTS}{text_name(ctx.library, id_)}.js"


def _is_kept(path: str, kept: Plan, recalled: Recall) -> bool:
    """Return whether a file is there, and no answer that it was made of has changed."""
    parts = recalled.last.parts.get(path)
    return (
        kept.same_settings
        and path in kept.copies
        and bool(parts)
        and all(kept.keeps(part.asked) for part in parts or ())
    )


def _kept_index(kept: Plan, recalled: Recall | None) -> dict[str, str]:
    """Return the names of the files of the last index, by path; none where it has to be made."""
    if recalled is None or not _is_kept(INDEX, kept, recalled):
        return {}
    paths = [path for path in recalled.last.copies if path.startswith(FOLDER)]
    paths = [path for path in paths if not path.startswith(TEXTS)]
    whole = all(path in kept.copies for path in paths)
    return {path: kept.copies[path] for path in paths} if whole else {}


def _unchanged_notes(linked: dict[str, str], recalled: Recall) -> Batch:
    """Return a batch without documents that hands on what is known of files that are linked."""
    parts = recalled.last.parts
    notes = Notes(parts={path: parts[path] for path in linked if path in parts})
    return Batch("search", (), tuple, lambda: notes)


def _index_batch(
    ctx: SiteContext, ids: Sequence[str], kept: Plan, recalled: Recall | None, *, bodies: bool
) -> Batch:
    library, notes = ctx.library, Notes()
    argument = BODIES if bodies else ""

    def make() -> Iterator[Document]:
        if recalled and kept.same_settings:
            _put_kept_words(ctx, ids, argument, kept, recalled)
        with library.recorder.serving() as asked:
            files = dict(search_index(library, bodies=bodies))
        for path, content in files.items():
            yield Document(path, content)
        notes.parts[INDEX] = (KeptPart("index", packed(asked), len(files[INDEX]), 0),)

    def take_notes() -> Notes:
        notes.answers = library.recorder.take().packed()
        words = {id_: case_words(library, id_, argument) for id_ in ids}
        notes.words = msgpack.encode(words)
        return notes

    return Batch("search", (FOLDER,), make, take_notes)


def _put_kept_words(
    ctx: SiteContext, ids: Sequence[str], argument: str, kept: Plan, recalled: Recall
) -> None:
    """Give the library the words of all cases that say the same as when these were kept."""
    words = recalled.memory.load_words()
    before = {n for part in recalled.last.parts.get(INDEX, ()) for n in array("Q", part.asked)}
    for id_ in ids:
        key = ("case_words", id_, argument)
        number = number_of(key)
        if id_ in words and number in before and number not in kept.changed:
            ctx.library.recorder.put(key, words[id_])


def _text_batch(ctx: SiteContext, ids: Sequence[str]) -> Batch:
    library, notes = ctx.library, Notes()

    def make() -> Iterator[Document]:
        for id_ in ids:
            path = _text_path(ctx, id_)
            with library.recorder.serving() as asked:
                content = case_text(ctx, id_)
            notes.parts[path] = (KeptPart("case", packed(asked), len(content), 0),)
            yield Document(path, content)

    def take_notes() -> Notes:
        notes.answers = library.recorder.take().packed()
        return notes

    return Batch("search", tuple(_text_path(ctx, id_) for id_ in ids), make, take_notes)
