"""The measuring of `casebook serve`: how long a saved change takes to be on the page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.corpus import Record
from bench.edits import mark, with_word
from bench.measure import RunError
from bench.tools import BIN, write_case

POLL = 0.01
"""Seconds between two looks at the page."""

FIRST, CHANGE = 600.0, 120.0
"""Seconds that a first build, and one after a change, may take."""

_URL = re.compile(r"http://127\.0\.0\.1:(\d+)/")


def latencies(folder: Path, record: Record, times: int, log: Path) -> Iterator[float]:
    """Yield the seconds from saving a case until its page shows the new words, `times` times."""
    with _serving(folder, log) as port:
        _wait(port, record, record.title.partition(":")[0], FIRST)
        for number in range(times):
            # The server looks for changes at intervals of its own: begin at another point of one.
            time.sleep(1 + 0.17 * number)
            edited = with_word(record, number)
            began = time.monotonic()
            write_case(folder, edited)
            _wait(port, record, f"{mark(number)}.", CHANGE)
            yield time.monotonic() - began
    write_case(folder, record)


@contextmanager
def _serving(folder: Path, log: Path) -> Iterator[int]:
    """Run the preview while the block runs; give its port."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [str(BIN / "casebook"), "serve", "--port", "0"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _port(process, log)
    finally:
        # Its workers too, should there be any: they are all in its session.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    until = time.monotonic() + FIRST
    while time.monotonic() < until and process.poll() is None:
        if found := _URL.search(log.read_text("utf-8", "replace")):
            return int(found[1])
        time.sleep(0.1)
    raise RunError(f"casebook serve did not begin\n{log.read_text('utf-8', 'replace')[-2000:]}")


def _wait(port: int, record: Record, words: str, patience: float) -> None:
    """Ask for the page of a case until it holds these words."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if words in _page(port, f"/cases/{record.id}.html"):
            return
        time.sleep(POLL)
    raise RunError(f"the preview did not show '{words}' within {patience:g} s")


def _page(port: int, path: str) -> str:
    """Return a page, empty if it is not to be had yet."""
    connection = HTTPConnection("127.0.0.1", port, timeout=CHANGE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()
