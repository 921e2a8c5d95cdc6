"""Owns the processes that share work: as many as there are processors, ended with their parent."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""In a worker, what it was begun for: it found this in its memory, and nothing had to be sent."""


def each(
    function: Callable[[Item], Result], items: Sequence[Item], *, many: bool
) -> Iterator[Result]:
    """Yield what a function makes of each item, in their order.

    With `many` it is done in several processes, where the system can copy a process (Linux); the
    results must then be fit to be sent (pickled), functions and items need not be. What the
    function raises is raised here.
    """
    number = processors()
    if not many or number == 1 or len(items) < number:
        yield from map(function, items)
        return
    gc.freeze()  # what is there already is not looked through again, and so stays shared
    try:
        with ProcessPoolExecutor(
            number, get_context("fork"), initializer=_begin, initargs=(function, items)
        ) as pool:
            made: Iterator[Result] = pool.map(_one, range(len(items)))
            yield from made
    finally:
        gc.unfreeze()


def processors() -> int:
    """Return how many processes may work at once; 1 where a process cannot be copied safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _begin(function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _work.append((function, items))
    Thread(target=_end_with_parent, daemon=True).start()


def _one(number: int) -> Any:  # noqa: ANN401 - whatever the function makes
    function, items = _work[-1]
    return function(items[number])


def _end_with_parent() -> None:
    """End this process when its parent is killed, so that nothing goes on writing."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
