"""What a preview remembers of one build for its next: parsed files, records, derived values.

It lives in memory and ends with the process. What is remembered is used only for the same bytes
under the same model and settings.
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
    """The parsed case files that have not changed since they were read, by path."""

    def __init__(self) -> None:
        """Start without any."""
        self._read_under: tuple[Site, Model] | None = None
        self._parsed: dict[Path, tuple[FileStat, Parsed]] = {}
        self._stats: dict[Path, FileStat] = {}
        self.configuration = ""

    def begin(self, files: Sequence[Path], site: Site, model: Model) -> dict[Path, Parsed]:
        """Return the files that are unchanged, parsed; all others are forgotten.

        Under other settings or another model a file may be parsed otherwise: then none is returned.
        """
        before = self._read_under
        if before is None or before[0] != site or before[1] is not model:
            self._read_under, self._parsed = (site, model), {}
            self.configuration = record_cache.configuration_digest(
                model, {"visibility": site.default_visibility}, site.markdown
            )
        now = time.time_ns()
        self._stats = {file: current for file in files if (current := _settled_stat(file, now))}
        self._parsed = {
            file: entry
            for file, current in self._stats.items()
            if (entry := self._parsed.get(file)) and entry[0] == current
        }
        return {file: parsed for file, (_, parsed) in self._parsed.items()}

    def keep(self, file: Path, parsed: Parsed) -> None:
        """Remember a file that was read after `begin`, unless it had just changed by then."""
        if current := self._stats.get(file):
            self._parsed[file] = current, parsed


def _settled_stat(file: Path, now: int) -> FileStat | None:
    """Return the stat of a plain file; None for one that just changed, and for anything else."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    current = file_stat(status)
    return current if stat.S_ISREG(status.st_mode) and is_settled(current, now) else None


@dataclass(slots=True)
class Session:
    """All that a preview remembers: parsed files, records by key, what was derived from each.

    `published` is for the library that is published, `whole` for the one with internal records.
    """

    files: SessionFiles = field(default_factory=SessionFiles)
    records: record_cache.CachedCases = field(default_factory=dict)
    published: SessionDerivations = field(default_factory=SessionDerivations)
    whole: SessionDerivations = field(default_factory=SessionDerivations)
