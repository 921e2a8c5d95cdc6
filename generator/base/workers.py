"""Owns the processes that share work: as many as there are processors, ended with their parent."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""So many items each other process is given at a time, so that it need not wait for this one."""

_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""In a worker, what it was begun for: it found this in its memory, and nothing had to be sent."""


def map_in_processes(
    function: Callable[[Item], Result], items: Sequence[Item], *, many: bool
) -> Iterator[Result]:
    """Yield what a function makes of each item, in their order.

    With `many` it is done in several processes, this one among them, where the system can copy a
    process (Linux); the results must then be fit to be sent (pickled), functions and items need
    not be. Items that take long should come first. What the function raises is raised here.
    """
    number = processors()
    if not many or number == 1 or len(items) < number:
        yield from map(function, items)
        return
    gc.freeze()  # what is there already is not looked through again, and so stays shared
    try:
        with ProcessPoolExecutor(
            number - 1, get_context("fork"), initializer=_begin, initargs=(function, items)
        ) as pool:
            try:
                yield from _together(pool, number - 1, function, items)
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        gc.unfreeze()


def _together(
    pool: Executor, others: int, function: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[Result]:
    """Yield the results in order: others always have something to do, the rest is done here."""
    waiting = deque(range(len(items)))
    elsewhere: dict[int, Future[Result]] = {}
    done: dict[int, Result] = {}
    for number in range(len(items)):
        while number not in done:
            while waiting and len(elsewhere) < others * AHEAD:
                at = waiting.popleft()
                elsewhere[at] = pool.submit(_one, at)
            if waiting:
                at = waiting.popleft()
                done[at] = function(items[at])
            elif number in elsewhere:
                done[number] = elsewhere.pop(number).result()
            for at in [at for at, future in elsewhere.items() if future.done()]:
                done[at] = elsewhere.pop(at).result()
        yield done.pop(number)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Look for nothing that stands in circles: a build is over before it would matter."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
