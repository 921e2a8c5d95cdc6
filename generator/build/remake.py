"""Which pages have to be made again: those that asked a question whose answer is another now.

A page that is kept is a link to the file that the last build made of it. A page that is made is
made with a note of every question that it asks, for the next build.
"""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.base.document import Batch, Document, StoredFile
from generator.build.reasons import LOST, NEW, changed_settings, in_words
from generator.library.amend import Touched
from generator.library.library import Library
from generator.library.questions import (
    Answers,
    KeptAnswers,
    Key,
    PackedAnswers,
    changed_answers,
    packed,
)
from generator.pages.page import Page
from generator.pages.render import Renderer
from generator.store.last_build import KeptPage, KeptPart, LastBuild

PAGES_PER_BATCH = 50
"""So many pages of one template go to a worker process at a time, and fewer of the last ones."""
FEWEST_PER_BATCH = 10
"""So many at least, since each batch brings its own notes."""
LINKS_PER_BATCH = 500
"""So many pages that are kept go to a worker process at a time."""

MOST_SEGMENTS = 400
"""A build adds a part to the kept answers for each batch; from so many on, they become one."""


@dataclass(slots=True)
class Notes:
    """What was noted while pages were made: what each asked, and the new answers.

    `words` are those of each case, packed, where an index was made of them: empty where they are
    those that were kept.
    """

    asked: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, tuple[KeptPart, ...]] = field(default_factory=dict)
    answers: PackedAnswers | None = None
    words: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is kept of the last build, and what is made again for which reasons, by path.

    A page that is kept has no reason. `copies` are the names of other files that are as they were,
    and `parts` those of data files among them. `changed` are the numbers of the questions whose
    answers have changed, with their keys; `present` are the answers to all that were asked again.
    `settings` are those of this build (`LastBuild.settings`), and `same_settings` tells that they
    were those of the last one.
    """

    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[KeptPart, ...]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    same_settings: bool = False
    changed: Mapping[int, Key] = field(default_factory=dict)
    present: Answers = field(default_factory=Answers)

    def keeps(self, asked: bytes) -> bool:
        """Return whether no answer to packed questions has changed."""
        return self.changed.keys().isdisjoint(array("Q", asked))


def plan(  # noqa: PLR0913, PLR0917 - what was, and what is
    library: Library,
    pages: Iterable[Page],
    last: LastBuild,
    believed: Collection[str],
    settings: Mapping[str, str],
    touched: Touched | None,
) -> Plan:
    """Return what can be kept of the last build; no page where all depend on something new.

    `believed` are the names of the files that are as they were made. `settings` are the digests of
    what every page depends on. `touched` is what an edit may have changed, None where everything
    may be new.
    """
    copies = {path: name for path, name in last.copies.items() if name in believed}
    if settings != last.settings:
        why = changed_settings(settings, last.settings)
        by_path = dict.fromkeys((page.path for page in pages), why)
        return Plan(reasons=by_path, copies=copies, settings=settings)
    may_change = touched.may_change if touched else lambda _key: True
    changed, present = changed_answers(library, KeptAnswers(last.answers), may_change)
    reasons = {
        page.path: _reasons(page, last.pages.get(page.path), changed, believed) for page in pages
    }
    return Plan(
        pages={path: last.pages[path] for path, why in reasons.items() if not why},
        reasons=reasons,
        copies=copies,
        parts={path: parts for path, parts in last.parts.items() if path in copies},
        settings=settings,
        same_settings=True,
        changed=changed,
        present=present,
    )


def _reasons(
    page: Page, before: KeptPage | None, changed: Mapping[int, Key], believed: Collection[str]
) -> tuple[str, ...]:
    """Return why a page is made again; nothing where the file of the last build is kept."""
    if before is None or before.identity != page.identity:
        return (NEW,)
    if numbers := changed.keys() & array("Q", before.asked):
        return in_words(changed[number] for number in numbers)
    return () if before.name in believed else (LOST,)


def page_batches(
    library: Library, pages: Iterable[Page], renderer: Renderer, kept: Plan, store: Path | None
) -> Iterator[Batch]:
    """Yield the pages as batches of one template, the slowest first; those that are kept last."""
    by_template: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if page.path not in kept.pages:
            by_template[page.template].append(page)
    for template, alike in sorted(by_template.items(), key=lambda item: len(item[1])):
        for part in _parts(alike) if store else ([page] for page in alike):
            yield _page_batch(library, template, part, renderer)
    if store:
        yield from linked_batches(store, {path: page.name for path, page in kept.pages.items()})


def _parts(alike: Sequence[Page]) -> Iterator[Sequence[Page]]:
    """Yield the pages of one template in parts, each a fifth of what is left where there are many.

    The last parts are small, so that no process is still at work when the others have ended.
    """
    start, size = 0, PAGES_PER_BATCH
    while start < len(alike):
        if len(alike) > PAGES_PER_BATCH:
            fifth = (len(alike) - start) // 5
            size = min(max(fifth, FEWEST_PER_BATCH), PAGES_PER_BATCH)
        yield alike[start : start + size]
        start += size


def _page_batch(
    library: Library, template: str, pages: Sequence[Page], renderer: Renderer
) -> Batch:
    def make(notes: Notes) -> Iterator[Document]:
        for page in pages:
            with library.recorder.serving() as asked:
                document = renderer.document(page)
            notes.asked[page.path] = packed(asked)
            yield document

    return recorded_batch(library, template, [page.path for page in pages], make)


def recorded_batch(
    library: Library, kind: str, paths: Iterable[str], make: Callable[[Notes], Iterable[Document]]
) -> Batch:
    """Return a batch of documents; `make` notes what each asks, and new answers are added."""
    notes = Notes()

    def take_notes() -> Notes:
        notes.answers = library.recorder.take().packed()
        return notes

    return Batch(kind, tuple(paths), partial(make, notes), take_notes)


def linked_batches(store: Path, names: Mapping[str, str]) -> Iterator[Batch]:
    """Yield files that are linked to those in the store, by their names there."""
    every = list(names.items())
    for start in range(0, len(every), LINKS_PER_BATCH):
        part = every[start : start + LINKS_PER_BATCH]
        links = {path: StoredFile(f"{store}{os.sep}{name}") for path, name in part}
        yield Batch("as before", tuple(links), partial(_documents, links), links=links)


def _documents(links: Mapping[str, StoredFile]) -> Iterator[Document]:
    return (Document(path, file) for path, file in links.items())


def answers_to_keep(
    segments: Sequence[PackedAnswers], asked: Iterable[bytes], *, tidy: bool
) -> tuple[PackedAnswers, ...]:
    """Return packed answers.

    Those that nobody asks for any more are left out if it has to be `tidy`, else now and then.
    """
    if not tidy and len(segments) <= MOST_SEGMENTS:
        return tuple(segments)
    answers = KeptAnswers(segments).every()
    every = answers.every()
    waiting, reached = {number for each in asked for number in array("Q", each)}, set[int]()
    while waiting:
        reached |= waiting
        latest = (every[number].asked for number in waiting if number in every)
        waiting = {number for each in latest for number in array("Q", each)} - reached
    return (answers.only(reached).packed(),)
