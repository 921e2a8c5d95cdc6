"""What a preview remembers of one build for its next, in memory: files, cases, what was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.build.last_check import LastCheck
from generator.store.input_files import FileDigests
from generator.store.record_cache import CachedCases


@dataclass(slots=True)
class Session:
    """The digests of all files, the outlines by the keys of rows, and the last check.

    It ends with the process. What is remembered is used only for the same bytes under the same
    model and settings.
    """

    files: FileDigests = field(default_factory=dict)
    cases: CachedCases = field(default_factory=dict)
    last: LastCheck | None = None
