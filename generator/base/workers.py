"""Work on several processors: worker processes, forked for one task and ended with their parent.

What starts processes is imported where they are started: most commands start none, and importing it
takes as long as a small command's work.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import repeat
from mmap import mmap
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

_SIZE = 8
"""So many bytes hold the number of an item."""

_task: list[tuple[Callable[[Any], Any], Sequence[Any], _Turn]] = []
"""In a worker, what it was started for: function, items, turn; in other processes empty."""


def map_in_processes(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    many: bool,
    apart: bool = False,
) -> Iterator[Result]:
    """Yield what a function returns for each item, in the order of the items.

    With `many` a process works for each processor, this one among them, where the system can copy a
    process (Linux). The results must then be picklable; the function and the items need not be. Put
    the items that take longest first. What the function raises is raised here.

    Workers are forked: each starts as a copy of this process and has the whole library in its
    memory already. Sending it would take longer than most of the work. The copy shares its memory
    with this process until one of the two writes to it. The garbage collector writes to every
    object that it looks at, and so would copy all of it; `gc.freeze` hides from it what is there.

    With `apart` this process only waits, and one more works: what it would leave in its own memory,
    all later workers would copy.
    """
    number = processors()
    if not many or len(items) < number:
        yield from map(function, items)
        return
    if number == 1:
        yield from map(_tidily, repeat(function), items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    fork = get_context("fork")
    turn = _Turn(fork.Lock(), mmap(-1, _SIZE), len(items))
    workers = number if apart else number - 1
    gc.freeze()
    try:
        with ProcessPoolExecutor(
            workers, fork, initializer=_start, initargs=(function, items, turn)
        ) as pool:
            try:
                yield from _share_work(pool, None if apart else function, items, turn)
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        gc.unfreeze()


def _share_work(
    pool: Executor, function: Callable[[Item], Result] | None, items: Sequence[Item], turn: _Turn
) -> Iterator[Result]:
    """Yield the results in order; with a function this process works on items too.

    Nobody is given an item in advance, so that all processes end at nearly the same time.
    """
    futures = deque(pool.submit(_work_on_next) for _ in items)
    results: dict[int, Result] = {}
    for number in range(len(items)):
        while number not in results:
            if function and (index := turn.take()) is not None:
                results[index] = _tidily(function, items[index])
            elif function and futures[-1].cancel():
                futures.pop()  # all items are begun: no worker need ask for one
            else:
                results |= futures.popleft().result()
            while futures and futures[0].done():
                results |= futures.popleft().result()
        yield results.pop(number)


class _Turn:
    """Which item is begun next, by whichever process asks first; the processes share it."""

    def __init__(self, lock: AbstractContextManager[object], memory: mmap, number: int) -> None:
        """Begin with the first of a number of items; the memory holds zeros."""
        self._lock = lock
        self._memory = memory
        self._number = number

    def take(self) -> int | None:
        """Return the index of the next item, None if all are begun."""
        with self._lock:
            index = int.from_bytes(self._memory[:], "big")
            self._memory[:] = (index + 1).to_bytes(_SIZE, "big")
        return index if index < self._number else None


@contextmanager
def in_background(function: Callable[[], Result]) -> Iterator[Callable[[], Result | None]]:
    """Run a function in a process of its own; what is yielded waits for its result, once.

    None stands for no result: there is one processor, or the function raised something. Whoever
    gets None does the work, and meets what was raised. The process ends with the context.
    """
    if processors() == 1:
        yield lambda: None
        return
    from multiprocessing import get_context

    fork = get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_send_result, args=(function, theirs), daemon=True)
    process.start()
    theirs.close()  # else nobody would notice here that the process has ended

    def result() -> Result | None:
        with suppress(EOFError):
            received: Result = ours.recv()
            return received
        return None

    try:
        yield result
    finally:
        ours.close()
        process.terminate()
        process.join()


def _send_result(function: Callable[[], object], connection: Connection) -> None:
    """Send what a function returns; send nothing where it raises, or where nobody is left."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the other process says what is to be said
    with suppress(Exception), connection:
        connection.send(function())


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Turn off the search for reference cycles: a build ends before they would fill the memory.

    The search at the end of the process is spared too: all of it is given back at once then.
    """
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.enable()


def processors() -> int:
    """Return how many processes can work at once; 1 where a process cannot be copied safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _start(function: Callable[[Any], Any], items: Sequence[Any], turn: _Turn) -> None:
    _task.append((function, items, turn))
    Thread(target=_end_with_parent, daemon=True).start()


def _work_on_next() -> dict[int, Any]:
    """Return the result of the next item by its index; nothing where all are begun."""
    function, items, turn = _task[-1]
    index = turn.take()
    return {} if index is None else {index: _tidily(function, items[index])}


def _tidily(function: Callable[[Item], Result], item: Item) -> Result:
    """Return what a function returns, without the reference cycles that it leaves in memory.

    Only what is new is searched for them: what stays is looked at once.
    """
    try:
        return function(item)
    finally:
        gc.collect(0)


def _end_with_parent() -> None:
    """End this worker when its parent is killed, so that nothing goes on writing.

    A worker waits for the next item at a pipe whose other end it has itself, as a copy of its
    parent. So it would not notice that the parent is gone, and would wait for ever.
    """
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
