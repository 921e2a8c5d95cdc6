"""The parsing of case files: from the record cache, or anew, many in several worker processes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from generator.base.problem import Problem, errors
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.base.workers import map_in_processes
from generator.model.record import Model
from generator.records.case import Case
from generator.records.outline import Outliner, TextPool
from generator.records.parse import Parsed, parse
from generator.records.privacy import INTERNAL, PUBLIC, hidden_entries, visibility
from generator.records.read_file import SourceText
from generator.store.record_cache import (
    RecordCache,
    Row,
    configuration_digest,
    record_key,
    record_row,
)

WORTH_WORKERS = 200
"""From this many files on, starting worker processes takes less time than it saves."""

BATCH = 50
"""A worker gets so many files at a time, so that none waits long for the last one."""

Item = TypeVar("Item", bound=Hashable)

Read = tuple[SourceText | None, tuple[Problem, ...]]
"""The text of a file, None if it cannot be read, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class ReadCase:
    """What came of a file: the outline of its case, its problems, and its id if it could be told.

    `key` is that of its row, and `row` is the row where the cache does not have it yet. `whole` is
    the case with all its words where no row of it may be kept.
    """

    outline: Case | None
    problems: tuple[Problem, ...]
    id: str = ""
    key: str = ""
    row: Row | None = None
    whole: Case | None = None


class CaseParser:
    """Parses the case files of a site, or finds them in the record cache; in any process.

    Only public records without hidden names are put into the cache, since strangers may read it.
    """

    def __init__(
        self,
        model: Model,
        defaults: Mapping[str, str],
        cache: RecordCache,
        markdown: MarkdownSettings = DEFAULT_MARKDOWN,
    ) -> None:
        """Take all that the parsing of a file depends on beside its text."""
        self._model = model
        self._settings = model, defaults, markdown
        self._configuration = configuration_digest(*self._settings)
        self._cache = cache
        self._outliner = Outliner(model)

    def parse_files(
        self,
        files: Sequence[Item],
        read: Callable[[Item], Read],
        rows: Mapping[Item, str] = MappingProxyType({}),
    ) -> Iterator[ReadCase]:
        """Yield what came of each file, in order; many are read and parsed in several processes.

        `rows` are the keys of the rows of files that are known to be unchanged: these are not read
        again.
        """
        known = {
            file: kept
            for file, key in rows.items()
            if key.startswith(self._configuration) and (kept := self._cache.outline(key))
        }

        def parse_batch(batch: Sequence[Item]) -> list[ReadCase]:
            return [self._parse(*read(file)) for file in batch]

        unknown = [file for file in files if file not in known]
        batches = [unknown[start : start + BATCH] for start in range(0, len(unknown), BATCH)]
        many = len(unknown) >= WORTH_WORKERS
        pool = TextPool()
        fresh = chain.from_iterable(map_in_processes(parse_batch, batches, many=many, apart=True))
        for file in files:
            if kept := known.get(file):
                yield ReadCase(kept[0], kept[1], kept[0].id, rows[file])
                continue
            case = next(fresh)
            if case.outline:
                case = replace(case, outline=pool.pooled(case.outline))
            self._remember(case)
            yield replace(case, row=None)

    def _remember(self, case: ReadCase) -> None:
        """Put what a worker process found, or made, into the cache of this one."""
        if case.outline and case.whole:
            self._cache.hold(case.key, case.outline, case.problems, case.whole)
        elif case.outline and case.row:
            self._cache.put(case.key, case.outline, case.problems, case.row)
        elif case.key:
            self._cache.use(case.key)

    def _parse(self, source: SourceText | None, problems: tuple[Problem, ...]) -> ReadCase:
        """Return what came of a file, given its text and what is wrong with that."""
        if source is None:
            return ReadCase(None, problems)
        key = record_key(source.path, source.text, self._configuration)
        if not problems and (cached := self._cache.outline(key)):
            return ReadCase(cached[0], cached[1], cached[0].id, key, whole=self._cache.held(key))
        parsed = parse(source, *self._settings)
        every = (*problems, *parsed.problems)
        if parsed.case is None:
            return ReadCase(None, every, parsed.id)
        outline = self._outliner.outline(parsed.case)
        if problems or not _may_be_kept(parsed, self._model):
            return ReadCase(outline, every, parsed.id, key, whole=parsed.case)
        # Written as a row here, by a worker process, and put into the cache by the first one.
        return ReadCase(outline, every, parsed.id, key, record_row(parsed.case, outline, every))

    def parse_again(self, source: SourceText | None, key: str | None) -> Case | None:
        """Return the case of a file that is in no cache any more.

        None where the file cannot be read, has another key by now, or is internal: what was
        published of it before must not bring its new words onto a page.
        """
        if source is None:
            return None
        if key and record_key(source.path, source.text, self._configuration) != key:
            return None
        case = parse(source, *self._settings).case
        return None if case is None or visibility(case.values, self._model) == INTERNAL else case


def _may_be_kept(parsed: Parsed, model: Model) -> bool:
    """Return whether strangers may read all of a record, and it has no error."""
    if parsed.case is None or errors(parsed.problems):
        return False
    values = parsed.case.values
    return visibility(values, model) == PUBLIC and not any(hidden_entries(values, model))
