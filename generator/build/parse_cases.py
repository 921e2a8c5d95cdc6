"""Owns the reading of many case files, in several processes, past the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from generator.base.problem import Problem, errors
from generator.base.workers import map_in_processes
from generator.build.record_cache import RecordCache, configuration_digest, record_key, record_row
from generator.model.record import Model
from generator.records.parse import Parsed, parse
from generator.records.privacy import PUBLIC, hidden_entries, visibility
from generator.records.read_file import SourceText

WORTH_WORKERS = 200
"""From this many files on, starting other processes takes less time than it saves."""

SHARE = 50
"""A process gets so many files at a time, so that none waits long for the last one."""

Item = TypeVar("Item")

Read = tuple[SourceText | None, tuple[Problem, ...]]
"""What came of reading a file."""


def parse_cases(  # noqa: PLR0913 - what all files have in common
    files: Sequence[Item],
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: RecordCache | None,
    *,
    under: str = "",
) -> Iterator[Parsed]:
    """Yield what came of each file, in order; many are read and parsed in several processes.

    Only public records without hidden names are kept in the cache, since strangers may read it.
    `under` is the digest of model and defaults, for those who have it at hand.
    """
    under = under or (configuration_digest(model, defaults) if cache else "")
    take = partial(_taken, read=read, model=model, defaults=defaults, cache=cache, under=under)
    shares = [files[at : at + SHARE] for at in range(0, len(files), SHARE)]
    many = len(files) >= WORTH_WORKERS and not (cache and cache.at_hand)
    for parsed in chain.from_iterable(
        map_in_processes(lambda share: list(map(take, share)), shares, many=many)
    ):
        if cache and parsed.key and parsed.case:
            cache.put(parsed.key, parsed.case, parsed.problems, parsed.row)
        yield parsed


def _taken(  # noqa: PLR0913 - what all files have in common
    file: Item,
    *,
    read: Callable[[Item], Read],
    model: Model,
    defaults: Mapping[str, str],
    cache: RecordCache | None,
    under: str,
) -> Parsed:
    """Return what came of a file; where it may be kept, with its key, and its row if new."""
    source, problems = read(file)
    if source is None:
        return Parsed(None, problems)
    wanted = record_key(source.path, source.text, under) if cache else ""
    if cache and (kept := cache.get(wanted)):
        return Parsed(kept[0], (*problems, *kept[1]), kept[0].id, wanted)
    made = parse(source, model, defaults)
    told = (*problems, *made.problems)
    if cache and made.case and _may_be_kept(made, model):
        return Parsed(made.case, told, made.id, wanted, record_row(made.case, made.problems))
    return Parsed(made.case, told, made.id)


def _may_be_kept(parsed: Parsed, model: Model) -> bool:
    if parsed.case is None or errors(parsed.problems):
        return False
    values = parsed.case.values
    return visibility(values, model) == PUBLIC and not any(hidden_entries(values, model))
