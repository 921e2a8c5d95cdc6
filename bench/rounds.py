"""Owns the order of the runs: all programs in turn, round after round, each from a known state."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench import corpus, measure, preview
from bench.corpus import Record
from bench.measure import Run, RunError
from bench.proof import lacking, read
from bench.results import CI, FIELDS, FRESH, IMPORTS, PYTHON, UNCHANGED, WORDS, Key, Results
from bench.tools import CASEBOOK, MKDOCS, Tool, write_case

ROUNDS = 3
QUICK, MORE = 300, 5
"""Up to so many cases a build is short, and so there are more rounds."""

SLOW, ONCE = 2_000, 1
"""From so many cases on plain MkDocs takes minutes, and runs once."""

STARTS = 11
PREVIEWS = 5
PREVIEWED = 1_000
WARM = 30


@dataclass(kw_only=True)
class Comparison:
    """One comparison: where it works, what it compares, and whom it tells of each number."""

    work: Path
    tools: Sequence[Tool]
    sizes: Sequence[int]
    rounds: int | None
    tell: Callable[[str], None]
    results: Results = field(default_factory=Results)

    def compare(self) -> Results:
        """Measure everything, the smallest corpus first."""
        self._sized(WARM, 0)
        if CASEBOOK in self.tools:
            self._startup()
        for cases in sorted(self.sizes):
            self._sized(cases, self.rounds or (MORE if cases <= QUICK else ROUNDS))
        return self.results

    def _startup(self) -> None:
        for name, code in ((PYTHON, "pass"), (IMPORTS, "import generator.cli.main")) * STARTS:
            run = measure.run((sys.executable, "-c", code), self.work, self._log)
            self.results.startup[name].append(run.wall)
        for name, times in self.results.startup.items():
            self.tell(f"{name}: {sorted(times)[len(times) // 2]:.3f} s")

    def _sized(self, cases: int, rounds: int) -> None:
        """Compare with so many cases; no rounds at all warm the files of the programs up."""
        records = list(corpus.records(cases))
        folders = {tool.name: self.work / f"{cases}-{tool.name.lower()}" for tool in self.tools}
        for tool in self.tools:
            folders[tool.name].mkdir()
            tool.prepare(folders[tool.name], records)
        for number in range(max(rounds, 1)):
            # Nobody is always the first, or always the one after the same other.
            turn = number % len(self.tools)
            for tool in (*self.tools[turn:], *self.tools[:turn]):
                if tool is MKDOCS and cases >= SLOW and number >= ONCE:
                    continue
                one = _Turn(self, tool, folders[tool.name], records, number)
                one.take(keep=rounds > 0)
        if CASEBOOK in self.tools and cases == PREVIEWED and rounds:
            self._preview(folders[CASEBOOK.name], records)
        for folder in folders.values():
            shutil.rmtree(folder)

    def _preview(self, folder: Path, records: Sequence[Record]) -> None:
        record = records[len(records) // 2]
        for seconds in preview.latencies(folder, record, PREVIEWS, self._log):
            self.results.preview[len(records)].append(seconds)
            self.tell(f"{len(records):>6,} cases  preview after {seconds:.2f} s")

    @property
    def _log(self) -> Path:
        return self.work / "log"


@dataclass
class _Turn:
    """The turn of one program in a round."""

    of: Comparison
    tool: Tool
    folder: Path
    records: Sequence[Record]
    number: int

    def take(self, *, keep: bool) -> None:
        """Run the program in each situation; the first time, see that its pages are whole."""
        self.tool.forget(self.folder)
        key = self._run(FRESH, keep=keep)
        pages = self.tool.pages(self.folder)
        if self.number == 0:
            self._prove(lacking(self.tool, pages, self.records))
            self.of.results.sizes[key] = measure.size(pages)
        if self.tool is CASEBOOK and keep:
            self._again()

    def _again(self) -> None:
        """Build again with the cache; each change is one that no build before has seen."""
        pages, middle = self.tool.pages(self.folder), len(self.records) // 2
        record = self.records[middle]
        at = f"cases/{record.id}.html"
        self._run(UNCHANGED)
        word = f"Edited{self.number}"
        write_case(self.folder, corpus.with_word(record, word))
        self._run(WORDS)
        self._prove([] if word in read(pages, at).text else [f"{at} is that of before the edit"])
        known = {partner for other in self.records for partner in other.terms["partners"]}
        others = sorted(known.difference(record.terms["partners"]))
        partner = others[self.number % len(others)]
        day = corpus.LAST_DAY + timedelta(self.number + 1)
        write_case(self.folder, corpus.with_partner(record, partner, day.isoformat()))
        self._run(FIELDS)
        named = read(pages, at).text
        self._prove([] if partner in named else [f"{at} does not name {partner} after the edit"])
        write_case(self.folder, record)
        self._quietly()
        self.tool.forget(self.folder, self.tool.made[:1])
        self._run(CI)

    def _run(self, situation: str, *, keep: bool = True) -> Key:
        key = Key(len(self.records), self.tool.name, situation)
        os.sync()  # what others wrote is not to be written while this one is measured
        run = self._quietly()
        if keep:
            self.of.results.runs[key].append(run)
            self.of.tell(_line(key, run))
        return key

    def _quietly(self) -> Run:
        settings = {name: value.format(self.folder) for name, value in self.tool.settings.items()}
        return measure.run(self.tool.command, self.folder, self.of.work / "log", settings)

    def _prove(self, found: Sequence[str]) -> None:
        if found:
            shown = "\n  ".join(found[:10])
            raise RunError(
                f"{self.tool.name} did not do the work ({len(found)} faults):\n  {shown}"
            )


def _line(key: Key, run: Run) -> str:
    memory = "not measured" if run.memory is None else f"{run.memory / 1e6:,.0f} MB"
    what = f"{key.cases:>6,} cases  {key.tool}, {key.situation}"
    return f"{what:<50} {run.wall:8.2f} s wall {run.cpu:8.2f} s CPU {memory:>13}"
