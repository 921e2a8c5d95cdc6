"""Owns what a preview remembers of one build for its next: files, records, what came of each.

It is gone with the process. Whatever is remembered comes of the same bytes under the same model.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.site import Site
from generator.build import cache
from generator.build.before import Before
from generator.build.inputs import Mark, mark, settled
from generator.model.record import Model
from generator.records.parse import Parsed


class Files:
    """What came of each case file that has not changed since it was read."""

    def __init__(self) -> None:
        """Begin without any."""
        self._of: tuple[Site, Model] | None = None
        self._known: dict[Path, tuple[Mark, Parsed]] = {}
        self._marks: dict[Path, Mark] = {}
        self.under = ""

    def begin(self, files: Sequence[Path], site: Site, model: Model) -> dict[Path, Parsed]:
        """Return what is known of those files; all others are forgotten.

        Other settings or another model may make something else of a file: then nothing is known.
        """
        if self._of is None or self._of[0] != site or self._of[1] is not model:
            self._of, self._known = (site, model), {}
            self.under = cache.configuration(model, {"visibility": site.default_visibility})
        now = time.time_ns()
        self._marks = {file: found for file in files if (found := _mark(file, now))}
        self._known = {
            file: known
            for file, found in self._marks.items()
            if (known := self._known.get(file)) and known[0] == found
        }
        return {file: parsed for file, (_, parsed) in self._known.items()}

    def keep(self, file: Path, parsed: Parsed) -> None:
        """Keep what came of a file that was read after `begin`, unless it has changed lately."""
        if found := self._marks.get(file):
            self._known[file] = found, parsed


def _mark(file: Path, now: int) -> Mark | None:
    """Return the mark of a plain file; None for one that changed lately, and for anything else."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    found = mark(status)
    return found if stat.S_ISREG(status.st_mode) and settled(found, now) else None


@dataclass(slots=True)
class Memory:
    """Everything that is remembered: case files, records by the cache's keys, what came of each.

    `shown` is for the library that is published, `whole` for the one with internal records.
    """

    files: Files = field(default_factory=Files)
    records: cache.Memory = field(default_factory=dict)
    shown: Before = field(default_factory=Before)
    whole: Before = field(default_factory=Before)
