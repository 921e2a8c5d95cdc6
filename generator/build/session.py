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
from generator.build import record_cache
from generator.build.input_files import FileStat, file_stat, is_settled
from generator.build.session_derivations import SessionDerivations
from generator.model.record import Model
from generator.records.parse import Parsed


class SessionFiles:
    """What came of each case file that has not changed since it was read."""

    def __init__(self) -> None:
        """Begin without any."""
        self._of: tuple[Site, Model] | None = None
        self._known: dict[Path, tuple[FileStat, Parsed]] = {}
        self._marks: dict[Path, FileStat] = {}
        self.under = ""

    def begin(self, files: Sequence[Path], site: Site, model: Model) -> dict[Path, Parsed]:
        """Return what is known of those files; all others are forgotten.

        Other settings or another model may make something else of a file: then nothing is known.
        """
        if self._of is None or self._of[0] != site or self._of[1] is not model:
            self._of, self._known = (site, model), {}
            self.under = record_cache.configuration_digest(
                model, {"visibility": site.default_visibility}
            )
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


def _mark(file: Path, now: int) -> FileStat | None:
    """Return the mark of a plain file; None for one that changed lately, and for anything else."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    found = file_stat(status)
    return found if stat.S_ISREG(status.st_mode) and is_settled(found, now) else None


@dataclass(slots=True)
class Session:
    """Everything that is remembered: case files, records by the cache's keys, what came of each.

    `shown` is for the library that is published, `whole` for the one with internal records.
    """

    files: SessionFiles = field(default_factory=SessionFiles)
    records: record_cache.CachedCases = field(default_factory=dict)
    shown: SessionDerivations = field(default_factory=SessionDerivations)
    whole: SessionDerivations = field(default_factory=SessionDerivations)
