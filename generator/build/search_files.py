"""The files of the search: those that nothing has changed for are linked to the last ones.

The index is made of all cases, so it is made again whenever one of them says other words. The words
of all are kept between builds: to find them in the texts takes longer than all the rest. Where the
cases are those of the last build, and few say other words, its index is amended.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, starmap
from pathlib import Path
from typing import Final

from msgspec import msgpack

from generator.base.document import Batch, Document
from generator.build.recall import Recall
from generator.build.remake import PAGES_PER_BATCH, Notes, Plan, linked_batches, recorded_batch
from generator.library.questions import Asked, number_of, packed
from generator.pages.case_numbers import numbered_cases
from generator.pages.page import SiteContext
from generator.pages.search_index import (
    FOLDER,
    INDEX,
    TEXTS,
    WORDS,
    Rows,
    amended_rows,
    case_text,
    index_files,
    index_rows,
    rows_of_shard,
    text_name,
)
from generator.pages.search_words import BODIES, PackedWords, case_words
from generator.store.last_build import KeptPart

MOST_AMENDED: Final = 20
"""If more cases say other words, the whole index is made again."""

_WORDS: Final = msgpack.Decoder(PackedWords)


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
        if _is_kept(path, kept):
            linked[path] = kept.copies[path]
        else:
            made_again.append(id_)
    size = PAGES_PER_BATCH if recalled else 1
    for start in range(0, len(made_again), size):
        yield _text_batch(ctx, made_again[start : start + size])
    if recalled and linked:
        notes = Notes(parts={path: kept.parts[path] for path in linked if path in kept.parts})
        yield Batch("search", (), tuple, lambda: notes)  # what is known of files that are linked
        yield from linked_batches(recalled.memory.store.folder, linked)


def _text_path(ctx: SiteContext, id_: str) -> str:
    return f"{TEXTS}{text_name(ctx.library, id_)}.js"


def _is_kept(path: str, kept: Plan) -> bool:
    """Return whether a file is there, and no answer that it was made of has changed."""
    parts = kept.parts.get(path, ())
    return bool(parts) and all(kept.keeps(part.asked) for part in parts)


def _kept_index(kept: Plan, recalled: Recall | None) -> dict[str, str]:
    """Return the names of the files of the last index, by path; none where it has to be made."""
    paths = _index_paths(recalled) if recalled and _is_kept(INDEX, kept) else []
    whole = kept.copies.keys() >= set(paths)
    return {path: kept.copies[path] for path in paths} if whole else {}


def _index_paths(recalled: Recall) -> list[str]:
    """Return the paths of the files of the last index."""
    paths = recalled.last.copies
    return [path for path in paths if path.startswith(FOLDER) and not path.startswith(TEXTS)]


@dataclass(frozen=True, slots=True)
class _LastIndex:
    """The last index: the words of each case in it, what it asked, the files of its shards."""

    words: Mapping[str, bytes] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()
    shards: tuple[Path, ...] = ()

    def rows(self) -> Rows:
        """Return the rows of all words; none where a file went while the build ran."""
        with suppress(FileNotFoundError):
            rows = [rows_of_shard(file.read_bytes()) for file in self.shards]
            return dict(chain.from_iterable(each.items() for each in rows))
        return {}


def _last_index(kept: Plan, recalled: Recall | None) -> _LastIndex:
    """Return the last index; one without anything where it cannot be used."""
    paths = _index_paths(recalled) if recalled and kept.same_settings else []
    if recalled is None or not paths or not kept.copies.keys() >= set(paths):
        return _LastIndex()
    folder = recalled.memory.store.folder
    return _LastIndex(
        words=recalled.memory.load_words(recalled.last.words_digest),
        asked=frozenset(array("Q", recalled.last.parts[INDEX][0].asked)),
        shards=tuple(folder / kept.copies[path] for path in paths if path not in {INDEX, WORDS}),
    )


def _index_batch(
    ctx: SiteContext, ids: Sequence[str], kept: Plan, recalled: Recall | None, *, bodies: bool
) -> Batch:
    library, last = ctx.library, _last_index(kept, recalled)
    keys = {id_: ("case_words", id_, BODIES if bodies else "") for id_ in ids}
    same = last.asked - kept.changed.keys()
    new = {i for i, key in keys.items() if i not in last.words or number_of(key) not in same}

    def words(id_: str) -> PackedWords:
        return case_words(library, *keys[id_][1:])

    def rows(asked: Asked) -> Rows:
        amends = list(last.words) == list(ids) and len(new) <= MOST_AMENDED
        if before := last.rows() if amends else {}:
            asked |= last.asked
            edits = [(ids.index(id_), _WORDS.decode(last.words[id_]), words(id_)) for id_ in new]
            return amended_rows(before, edits)
        for id_ in keys.keys() - new:
            library.recorder.put(keys[id_], _WORDS.decode(last.words[id_]))
        return index_rows(words(id_) for id_ in ids)

    def make(notes: Notes) -> Iterator[Document]:
        with library.recorder.serving() as asked:
            files = dict(index_files(library, rows(asked), bodies=bodies))
        notes.parts[INDEX] = (KeptPart("index", packed(asked), len(files[INDEX]), 0),)
        notes.words = {id_: msgpack.encode(words(id_)) if id_ in new else b"" for id_ in ids}
        yield from starmap(Document, files.items())

    return recorded_batch(library, "search", [FOLDER], make)


def _text_batch(ctx: SiteContext, ids: Sequence[str]) -> Batch:
    library, paths = ctx.library, {_text_path(ctx, id_): id_ for id_ in ids}

    def make(notes: Notes) -> Iterator[Document]:
        for path, id_ in paths.items():
            with library.recorder.serving() as asked:
                content = case_text(ctx, id_)
            notes.parts[path] = (KeptPart("case", packed(asked), len(content), 0),)
            yield Document(path, content)

    return recorded_batch(library, "search", paths, make)
