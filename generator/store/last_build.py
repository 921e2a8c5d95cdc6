"""The last build: what each of its pages asked, and the digests of the answers.

It is one signed file beside the page store, plain data in MessagePack. It is believed only if it is
signed with this user's secret and was saved by this very program.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.base.problem import Problem
from generator.base.site import Site
from generator.library.date_checks import UNJUDGED, DateVerdict
from generator.library.questions import PackedAnswers
from generator.store.input_files import FileStat
from generator.store.kept_collection import KeptCollection
from generator.store.page_store import PageStore
from generator.store.record_cache import program_digest
from generator.store.signing import SIZE, load_key, sign, verify

NAME = "last-build"
STATS = "last-files"
COLLECTION = "last-collection"
WORDS = "last-words"
_LEFTOVER = re.compile(rf"(?:{NAME}|{STATS}|{COLLECTION}|{WORDS})\.[0-9]+")
_LARGEST = 2**30
"""A file of more bytes is not read: no build is remembered in as many."""

T = TypeVar("T")


class KeptPage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page of the last build: its identity, the numbers of what it asked, its file's name."""

    identity: bytes
    asked: bytes
    name: str


class KeptPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A part of a data file of the last build: its name, what it asked, its bytes, its rows."""

    name: str
    asked: bytes
    size: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """What a build leaves to the next.

    `settings` are the digests of what every page depends on, by the reason that another one is for
    making all again. `inputs` is the digest of all files, `frame` that of all but the bytes of
    Markdown files, `collection_digest` that of what is kept of the records, empty where nothing is,
    `words_digest` that of the words in the index of the search.
    `files` are the digests of files, `rows` the keys of the cached rows of cases. `answers` are
    packed. `pages` are by path; `copies` are the names of all other files, and `parts` are those of
    data files, by path. `pointed_at` are the pages to a place on which a text leads. `dates` is by
    which day dates were judged. The others are what a build reports.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    inputs: str = ""
    frame: str = ""
    collection_digest: str = ""
    words_digest: str = ""
    files: Mapping[str, tuple[FileStat, str]] = field(default_factory=dict)
    answers: tuple[PackedAnswers, ...] = ()
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[KeptPart, ...]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    pointed_at: frozenset[str] = frozenset()
    dates: DateVerdict = UNJUDGED
    problems: tuple[Problem, ...] = ()
    cases: int = 0
    examples: int = 0
    number: int = 0

    @property
    def names(self) -> dict[str, str]:
        """The names of all files of the site by path."""
        return {path: page.name for path, page in self.pages.items()} | dict(self.copies)


class Memory:
    """Where the last build of a site is kept, and its files."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Take the folder of all caches, and this user's secret.

        `collection` is the one that was loaded.
        """
        self._secret = sign(key, program_digest().encode(), sys.version.encode())
        self._folder = folder
        self.collection: KeptCollection | None = None
        self._words: Mapping[str, bytes] = {}
        self.store = PageStore(folder, self._secret)

    def load(self) -> LastBuild:
        """Return the last build; one without anything where none is kept, or it is damaged."""
        return self._loaded(NAME, LastBuild) or LastBuild()

    def load_stats(self) -> Mapping[str, FileStat]:
        """Return what was recorded of the files in the store, by name."""
        return self._loaded(STATS, dict[str, FileStat]) or {}

    def load_collection(self, wanted: str) -> KeptCollection | None:
        """Return the collection with a digest, None where it is not kept, or damaged."""
        self.collection = self._loaded(COLLECTION, KeptCollection, wanted)
        return self.collection

    def save_collection(self, collection: KeptCollection) -> str:
        """Keep a collection; return its digest."""
        return self._write(COLLECTION, msgspec.msgpack.encode(collection))

    def load_words(self, wanted: str) -> Mapping[str, bytes]:
        """Return the words of each case, packed, by their digest; none where they are not kept."""
        self._words = self._loaded(WORDS, dict[str, bytes], wanted) or {}
        return self._words

    def save_words(self, words: Mapping[str, bytes]) -> str:
        """Keep the words of each case; those that are empty are as loaded. Return their digest."""
        whole = {id_: packed or self._words[id_] for id_, packed in words.items()}
        return self._write(WORDS, msgspec.msgpack.encode(whole))

    def save(self, build: LastBuild) -> None:
        """Keep a build."""
        self._write(NAME, msgspec.msgpack.encode(build))

    def keep_files(self, names: Collection[str]) -> None:
        """Keep the files of a build and no others, and record them: a link changes their times."""
        self._write(STATS, msgspec.msgpack.encode(self.store.keep_only(names)))

    def forget(self, *names: str) -> None:
        """Delete what is kept under some names: it may tell what is withheld by now."""
        for name in names:
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def forget_leftovers(self) -> None:
        """Delete what killed builds had begun to write beside its place."""
        with suppress(OSError):
            names = [file.name for file in self._folder.iterdir()]
            self.forget(*filter(_LEFTOVER.fullmatch, names))

    def _loaded(self, name: str, kind: type[T], digest: str | None = None) -> T | None:
        """Return what was kept under a name, and has the digest if one is given.

        None where nothing is kept, or it is damaged or another.
        """
        mac, content = self._read(name)
        if digest is None or (digest and mac == digest):
            with suppress(msgspec.MsgspecError):
                return msgspec.msgpack.decode(content, type=kind)
        return None

    def _read(self, name: str) -> tuple[str, bytes | memoryview]:
        """Return the MAC and the content of what was written under a name once it is verified.

        Both are empty where it is not.
        """
        file = self._folder / name
        try:
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return "", b""
            stored = memoryview(file.read_bytes())  # a slice of it is no copy
        except OSError:
            return "", b""
        sound = verify(self._secret, stored[:SIZE], name.encode(), stored[SIZE:])
        return (stored[:SIZE].hex(), stored[SIZE:]) if sound else ("", b"")

    def _write(self, name: str, content: bytes) -> str:
        """Write a file beside its place and rename it: a reader meets all of it or nothing.

        Return its MAC, which is the digest of the content too.
        """
        mac = sign(self._secret, name.encode(), content)
        fresh = self._folder / f"{name}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with fresh.open("xb") as file:
                    file.write(mac)
                    file.write(content)
                fresh.replace(self._folder / name)
            finally:
                fresh.unlink(missing_ok=True)
        return mac.hex()


def memory_of(site: Site) -> Memory | None:
    """Return the memory of a site; None without a secret to verify it by."""
    key = load_key()
    return Memory(site.cache, key) if key else None
