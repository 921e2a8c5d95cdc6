"""`LastCheck`: what a check of all records found, for the check of a few edited ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.library.collection import Collection
from generator.library.date_checks import DateVerdict
from generator.model.record import Model
from generator.records.plain_page import PlainPage
from generator.store.whole_cases import WholeCases


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """What the last build found: see `LastBuild` for its fields.

    `collection` returns the collection that it made, under a model, of plain pages and what adds
    words to outlines; None where it is not kept.
    """

    frame: str
    rows: Mapping[str, str]
    problems: tuple[Problem, ...]
    pointed_at: frozenset[str]
    dates: DateVerdict
    collection: Callable[[Model, tuple[PlainPage, ...], WholeCases], Collection | None]
