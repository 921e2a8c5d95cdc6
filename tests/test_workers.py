"""The processes that share work: the same results in the same order, however many they are."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from generator.base.workers import (
    in_background,
    map_in_processes,
    processors,
    without_garbage_collection,
)
from trouble import soon

SEVERAL = pytest.mark.skipif(processors() < 2, reason="there is one processor, so one process")


def test_results_come_in_the_order_of_the_items() -> None:
    """Whoever is quicker, and although what takes longest is begun first."""

    def slow(number: int) -> int:
        time.sleep(0.02 if number % 5 == 0 else 0)
        return number * number

    assert list(map_in_processes(slow, range(40), many=True)) == [n * n for n in range(40)]
    assert list(map_in_processes(slow, range(3), many=False)) == [0, 1, 4]
    assert list(map_in_processes(slow, [], many=True)) == []


@SEVERAL
@pytest.mark.parametrize("apart", [False, True])
def test_many_items_are_made_by_a_process_for_each_processor(tmp_path: Path, apart: bool) -> None:  # noqa: FBT001
    """This process works too, or only waits; few items stay in it."""

    def where(_number: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        # Nobody goes on before all have begun: however busy the machine, each gets something.
        assert soon(lambda: len(os.listdir(tmp_path)) == processors())  # noqa: PTH208
        return os.getpid()

    found = set(map_in_processes(where, range(60), many=True, apart=apart))
    assert len(found) == processors()
    assert (os.getpid() in found) is not apart
    assert set(map_in_processes(lambda _number: os.getpid(), range(60), many=False)) == {
        os.getpid()
    }


@SEVERAL
@pytest.mark.parametrize("wrong", [0, 1, 30, 59])
def test_what_goes_wrong_in_any_process_is_raised_here(wrong: int, tmp_path: Path) -> None:
    """The first mistake in the order of the items ends the work, and no process stays behind."""

    def work(number: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        if number == wrong:
            raise LookupError(str(number))
        return number

    seen: list[int] = []
    with pytest.raises(LookupError, match=f"^{wrong}$|^'{wrong}'$"):
        seen += map_in_processes(work, range(60), many=True)
    pids = {int(file.name) for file in tmp_path.iterdir()} - {os.getpid()}
    assert soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


@SEVERAL
def test_items_and_functions_need_not_be_sent() -> None:
    """A worker finds in its memory what it works on: a function without a name, an open file."""
    with Path(__file__).open() as opened:
        numbers = map_in_processes(lambda file: file.fileno(), [opened] * 8, many=True)
        assert set(numbers) == {opened.fileno()}


@SEVERAL
def test_what_is_done_in_the_background_comes_when_it_is_asked_for() -> None:
    """Another process did it; large results come whole."""
    with in_background(lambda: (os.getpid(), "long" * 100_000)) as result:
        pid, long = result() or (0, "")
    assert pid not in {0, os.getpid()}
    assert long == "long" * 100_000


@SEVERAL
@pytest.mark.parametrize("how", ["mistake", "interrupted", "killed"])
def test_what_fails_in_the_background_has_no_result(
    how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing is printed: whoever does the work then says what is wrong."""

    def fail() -> str:
        if how == "mistake":
            raise LookupError
        os.kill(os.getpid(), signal.SIGINT if how == "interrupted" else signal.SIGKILL)
        return "not there"

    with in_background(fail) as result:
        assert result() is None
    assert capfd.readouterr() == ("", "")


@SEVERAL
@pytest.mark.parametrize("long", [False, True])
def test_what_nobody_asks_for_is_ended(long: bool) -> None:  # noqa: FBT001
    """A build that stops at a mistake waits for nothing, and leaves no process behind."""
    before = multiprocessing.active_children()
    with in_background(lambda: time.sleep(600) if long else b"x" * 2**22):
        assert soon(lambda: multiprocessing.active_children() != before)
    assert multiprocessing.active_children() == before


def test_one_processor_does_nothing_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it would take time from what runs beside it."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0}, raising=False)
    with in_background(os.getpid) as result:
        assert result() is None


@SEVERAL
def test_no_item_waits_behind_a_slow_one(tmp_path: Path) -> None:
    """Nobody is given an item before it can begin it: all others are done while one takes long."""

    def work(number: int) -> None:
        if number == 0:
            assert soon(lambda: len(list(tmp_path.iterdir())) == 39)  # all others
        else:
            (tmp_path / str(number)).touch()

    assert list(map_in_processes(work, range(40), many=True)) == [None] * 40


class Ring:
    """Something that refers to itself, so that only the garbage collector can free it."""

    def __init__(self) -> None:
        """Close the ring."""
        self.itself = self


@pytest.mark.parametrize("apart", [False, True])
def test_what_is_left_of_an_item_does_not_pile_up(apart: bool) -> None:  # noqa: FBT001
    """A page of a large site leaves rings; ten thousand of them would fill the memory."""

    def alive(_number: int) -> int:
        Ring()
        return sum(isinstance(thing, Ring) for thing in gc.get_objects())

    with without_garbage_collection():
        assert set(map_in_processes(alive, range(40), many=True, apart=apart)) == {1}
