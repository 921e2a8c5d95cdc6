"""The parsing of many case files: from the record cache, or in several worker processes."""

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
from generator.records.privacy import PUBLIC, hidden_entries, visibility
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


def parse_cases(  # noqa: PLR0913 - what all files have in common
    files: Sequence[Item],
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: RecordCache,
    *,
    rows: Mapping[Item, str] = MappingProxyType({}),
    markdown: MarkdownSettings = DEFAULT_MARKDOWN,
) -> Iterator[ReadCase]:
    """Yield what came of each file, in order; many are read and parsed in several processes.

    Only public records without hidden names are put into the cache, since strangers may read it.
    `rows` are the keys of the rows of files that are known to be unchanged: these are not read
    again.
    """
    configuration = configuration_digest(model, defaults, markdown)
    parser = _Parser(model, defaults, markdown, configuration, cache)
    known = {
        file: kept
        for file, key in rows.items()
        if key.startswith(configuration) and (kept := cache.outline(key))
    }

    def parse_batch(batch: Sequence[Item]) -> list[ReadCase]:
        return [parser.parse(*read(file)) for file in batch]

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
        if case.outline and case.whole:
            cache.hold(case.key, case.outline, case.problems, case.whole)
        elif case.outline and case.row:
            cache.put(case.key, case.outline, case.problems, case.row)
        elif case.key:
            cache.use(case.key)
        yield replace(case, row=None)


class _Parser:
    """Parses files, or finds them in the record cache; in any process."""

    def __init__(
        self,
        model: Model,
        defaults: Mapping[str, str],
        markdown: MarkdownSettings,
        configuration: str,
        cache: RecordCache,
    ) -> None:
        self._model = model
        self._defaults = defaults
        self._markdown = markdown
        self._configuration = configuration
        self._cache = cache
        self._outliner = Outliner(model)

    def parse(self, source: SourceText | None, problems: tuple[Problem, ...]) -> ReadCase:
        """Return what came of a file, given its text and what is wrong with that."""
        if source is None:
            return ReadCase(None, problems)
        key = record_key(source.path, source.text, self._configuration)
        if not problems and (cached := self._cache.outline(key)):
            return ReadCase(cached[0], cached[1], cached[0].id, key, whole=self._cache.held(key))
        parsed = parse(source, self._model, self._defaults, self._markdown)
        every = (*problems, *parsed.problems)
        if parsed.case is None:
            return ReadCase(None, every, parsed.id)
        outline = self._outliner.outline(parsed.case)
        if problems or not _may_be_kept(parsed, self._model):
            return ReadCase(outline, every, parsed.id, key, whole=parsed.case)
        # Written as a row here, by a worker process, and put into the cache by the first one.
        return ReadCase(outline, every, parsed.id, key, record_row(parsed.case, outline, every))


def _may_be_kept(parsed: Parsed, model: Model) -> bool:
    """Return whether strangers may read all of a record, and it has no error."""
    if parsed.case is None or errors(parsed.problems):
        return False
    values = parsed.case.values
    return visibility(values, model) == PUBLIC and not any(hidden_entries(values, model))
