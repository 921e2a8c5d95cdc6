"""The measuring of one command: wall, CPU, peak memory, and the size of what it wrote."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SHORTEST, LONGEST = 0.02, 0.25
"""Seconds between two looks at the memory, at least and at most."""

SHARE = 20
"""A look is followed by a pause so many times as long, so that looking slows nothing by much."""

_PSS = re.compile(rb"^Pss: +(\d+) kB", re.MULTILINE)
_PROC = Path("/proc")


class RunError(Exception):
    """A command that was measured ended with an error; the message holds its last words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a command took.

    `wall` and `cpu` are seconds, `cpu` that of all processes that were waited for. `memory` is the
    most bytes seen at once: each page of memory is divided among the processes that share it, and
    those of all processes of the command are added. It is None where the system does not tell.
    """

    wall: float
    cpu: float
    memory: int | None


@dataclass(frozen=True, slots=True)
class Size:
    """How many files a folder holds, and their bytes."""

    files: int
    total: int


def usual() -> dict[str, str]:
    """Return the environment without what would keep Python from its usual compiled files."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(
    command: Sequence[str], folder: Path, log: Path, settings: Mapping[str, str] | None = None
) -> Run:
    """Run a command in a folder, in a session of its own, and return what it took.

    Raise RunError if it ends with an error. What it prints goes into `log`. Nothing that it started
    runs on afterwards.
    """
    with log.open("wb") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**usual(), **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            with Watch(process.pid) as watch:
                os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
                wall = time.monotonic() - began
        finally:
            # What it left running goes too, and it itself if Ctrl-C came, which its session does
            # not hear. It has not been waited for yet, so that its number is nobody else's.
            os.killpg(process.pid, signal.SIGKILL)
            _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = log.read_text("utf-8", "replace").strip()[-2000:]
        raise RunError(f"{' '.join(command)}: exit code {process.returncode}\n{words}")
    return Run(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=watch.peak)


class Watch:
    """A thread that looks at the memory of a session again and again, and keeps the most seen."""

    def __init__(self, session: int) -> None:
        """Watch the processes of this session; nothing is looked at before `with`."""
        self.session = session
        self.peak: int | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look, if the system tells of memory at all."""
        if can_see_memory():
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Look no more."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            seen = sum(_memory(pid) for pid in _processes(self.session))
            self.peak = max(self.peak or 0, seen)
            pause = SHARE * (time.monotonic() - began)
            self._over.wait(min(max(SHORTEST, pause), LONGEST))


def can_see_memory() -> bool:
    """Tell whether the system says how memory is shared among processes; Linux does."""
    return (_PROC / "self" / "smaps_rollup").exists()


def _processes(session: int) -> Iterator[int]:
    """Yield the processes of a session, those whose parent has ended too."""
    for name in os.listdir(_PROC):  # noqa: PTH208 - a Path for each process takes longer than it
        if name.isdigit():
            with suppress(OSError):
                # pid (name, which may hold anything) state parent group session
                stat = (_PROC / name / "stat").read_bytes().rpartition(b")")[2].split()
                if int(stat[3]) == session:
                    yield int(name)


def _memory(pid: int) -> int:
    """Return the bytes of one process; nothing, if it has ended."""
    with suppress(OSError):
        found = _PSS.search((_PROC / str(pid) / "smaps_rollup").read_bytes())
        return int(found[1]) * 1024 if found else 0
    return 0


def size(folder: Path) -> Size:
    """Return how much a folder holds, the folders in it not counted."""
    files = [entry for entry in folder.rglob("*") if entry.is_file()]
    return Size(len(files), sum(file.stat().st_size for file in files))
