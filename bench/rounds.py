"""The order of the runs: all programs in turn, round after round, each from a known state."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import measure, preview
from bench.corpus import CORPORA, Record
from bench.edits import EDITS
from bench.measure import Run, RunError
from bench.proof import edit_faults, site_faults
from bench.results import CI, FRESH, IMPORTS, PYTHON, UNCHANGED, Key, Results
from bench.tools import CASEBOOK, Tool, write_case

ROUNDS = 3
QUICK, MORE = 300, 5
"""Up to so many cases a build is short, and so there are more rounds."""

STARTS = 11
PREVIEWS = 5
WARM = 26
"""The fewest cases of a corpus; with so many, each program is run once before anything counts."""

SETTLED = 2.1
"""Seconds after which a file counts as settled.

A program that knows files by their times must read a younger one again: it may change once more
within one tick of the clock.
"""


@dataclass(kw_only=True)
class Comparison:
    """One comparison: where it works, what it compares, and whom it tells of each number."""

    work: Path
    corpora: Sequence[str]
    tools: Sequence[Tool]
    sizes: Sequence[int]
    rounds: int | None
    tell: Callable[[str], None]
    results: Results = field(default_factory=Results)

    def compare(self) -> Results:
        """Measure everything, the smallest sizes first."""
        self._compare_size(self.corpora[0], WARM, 0)
        if CASEBOOK in self.tools:
            self._startup()
        for cases in sorted(self.sizes):
            for corpus in self.corpora:
                rounds = self.rounds or (MORE if cases <= QUICK else ROUNDS)
                self._compare_size(corpus, cases, rounds)
        return self.results

    def _startup(self) -> None:
        for name, code in ((PYTHON, "pass"), (IMPORTS, "import generator.cli.main")) * STARTS:
            run = measure.run((sys.executable, "-c", code), self.work, self._log)
            self.results.startup[name].append(run.wall)
        for name, times in self.results.startup.items():
            self.tell(f"{name}: {sorted(times)[len(times) // 2]:.3f} s")

    def _compare_size(self, corpus: str, cases: int, rounds: int) -> None:
        """Compare with so many cases; no rounds at all warm the files of the programs up."""
        tools = [tool for tool in self.tools if tool.most is None or cases <= tool.most]
        if not tools:
            return
        records = list(CORPORA[corpus](cases))
        folders = {tool.name: self.work / f"{corpus}-{cases}-{tool.name.lower()}" for tool in tools}
        for tool in tools:
            folders[tool.name].mkdir()
            tool.prepare(folders[tool.name], records)
        time.sleep(SETTLED)
        for number in range(max(rounds, 1)):
            # Nobody is always the first, or always the one after the same other.
            first = number % len(tools)
            for tool in (*tools[first:], *tools[:first]):
                turn = _Turn(self, tool, corpus, folders[tool.name], records, number)
                turn.take(keep=rounds > 0)
        if CASEBOOK in tools and cases == max(self.sizes) and rounds:
            self._preview(corpus, folders[CASEBOOK.name], records)
        for folder in folders.values():
            shutil.rmtree(folder)

    def _preview(self, corpus: str, folder: Path, records: Sequence[Record]) -> None:
        record = records[len(records) // 2]
        for seconds in preview.latencies(folder, record, PREVIEWS, self._log):
            self.results.preview[corpus, len(records)].append(seconds)
            self.tell(f"{corpus} {len(records):>6,} cases  preview after {seconds:.2f} s")

    @property
    def _log(self) -> Path:
        return self.work / "log"


@dataclass
class _Turn:
    """The turn of one program in a round."""

    of: Comparison
    tool: Tool
    corpus: str
    folder: Path
    records: Sequence[Record]
    number: int

    def take(self, *, keep: bool) -> None:
        """Run the program in each situation; the first time, see that its pages are whole."""
        self.tool.forget(self.folder)
        key = self._run(FRESH, keep=keep)
        pages = self.tool.pages(self.folder)
        if self.number == 0:
            self._prove(site_faults(self.tool, pages, self.records))
            self.of.results.sizes[key] = measure.size(pages)
        if self.tool is CASEBOOK and keep:
            self._build_again()

    def _build_again(self) -> None:
        """Build with the cache of the build before, each time from a settled state.

        Each edit is one that no build before has seen, and is taken back before the next.
        """
        time.sleep(SETTLED)
        self._run(UNCHANGED)
        record = self.records[len(self.records) // 2]
        for index, (situation, edit) in enumerate(EDITS.items()):
            edited = edit(record, self.number * len(EDITS) + index)
            time.sleep(SETTLED)
            write_case(self.folder, edited)
            self._run(situation)
            pages = self.tool.pages(self.folder)
            self._prove(edit_faults(self.tool, pages, record, edited))
            write_case(self.folder, record)
            time.sleep(SETTLED)
            self._build()
        self.tool.forget(self.folder, self.tool.made[:1])
        time.sleep(SETTLED)
        self._run(CI)

    def _run(self, situation: str, *, keep: bool = True) -> Key:
        key = Key(self.corpus, len(self.records), self.tool.name, situation)
        os.sync()  # what others wrote is not to be written while this one is measured
        run = self._build()
        if keep:
            self.of.results.runs[key].append(run)
            self.of.tell(_line(key, run))
        return key

    def _build(self) -> Run:
        settings = {name: value.format(self.folder) for name, value in self.tool.settings.items()}
        return measure.run(self.tool.command, self.folder, self.of.work / "log", settings)

    def _prove(self, faults: Sequence[str]) -> None:
        if faults:
            shown = "\n  ".join(faults[:10])
            raise RunError(
                f"{self.tool.name} did not do the work ({len(faults)} faults):\n  {shown}"
            )


def _line(key: Key, run: Run) -> str:
    memory = "not measured" if run.memory is None else f"{run.memory / 1e6:,.0f} MB"
    what = f"{key.corpus} {key.cases:>6,} cases  {key.tool}, {key.situation}"
    return f"{what:<70} {run.wall:8.2f} s wall {run.cpu:8.2f} s CPU {memory:>13}"
