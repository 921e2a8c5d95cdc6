"""The parsing of many case files: from the record cache, or in several worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from generator.base.problem import Problem, errors
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.base.workers import map_in_processes
from generator.build.record_cache import RecordCache, configuration_digest, record_key, record_row
from generator.model.record import Model
from generator.records.parse import Parsed, parse
from generator.records.privacy import PUBLIC, hidden_entries, visibility
from generator.records.read_file import SourceText

WORTH_WORKERS = 200
"""From this many files on, starting worker processes takes less time than it saves."""

BATCH = 50
"""A worker gets so many files at a time, so that none waits long for the last one."""

Item = TypeVar("Item")

Read = tuple[SourceText | None, tuple[Problem, ...]]
"""The text of a file, None if it cannot be read, and what is wrong with it."""


def parse_cases(  # noqa: PLR0913 - what all files have in common
    files: Sequence[Item],
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: RecordCache | None,
    *,
    configuration: str = "",
    markdown: MarkdownSettings = DEFAULT_MARKDOWN,
) -> Iterator[Parsed]:
    """Yield what came of each file, in order; many are read and parsed in several processes.

    Only public records without hidden names are put into the cache, since strangers may read it.
    `configuration` is the digest of model, defaults and `markdown`, for a caller that has it.
    """
    if cache and not configuration:
        configuration = configuration_digest(model, defaults, markdown)

    def parse_batch(batch: Sequence[Item]) -> list[Parsed]:
        return [parse_file(file) for file in batch]

    def parse_file(file: Item) -> Parsed:
        source, read_problems = read(file)
        if source is None:
            return Parsed(None, read_problems)
        key = record_key(source.path, source.text, configuration) if cache else ""
        if cache and (cached := cache.get(key)):
            case, problems = cached
            return Parsed(case, (*read_problems, *problems), case.id, key)
        parsed = parse(source, model, defaults, markdown)
        problems = (*read_problems, *parsed.problems)
        if cache and parsed.case and _may_be_kept(parsed, model):
            # Written as a row here, by a worker process, and put into the cache by this one.
            row = record_row(parsed.case, parsed.problems)
            return Parsed(parsed.case, problems, parsed.id, key, row)
        return Parsed(parsed.case, problems, parsed.id)

    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    many = len(files) >= WORTH_WORKERS and not (cache and cache.at_hand)
    for parsed in chain.from_iterable(map_in_processes(parse_batch, batches, many=many)):
        if cache and parsed.key and parsed.case:
            cache.put(parsed.key, parsed.case, parsed.problems, parsed.row)
        yield parsed


def _may_be_kept(parsed: Parsed, model: Model) -> bool:
    """Return whether strangers may read all of a record, and it has no error."""
    if parsed.case is None or errors(parsed.problems):
        return False
    values = parsed.case.values
    return visibility(values, model) == PUBLIC and not any(hidden_entries(values, model))
