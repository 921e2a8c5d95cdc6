"""The numbers of one comparison: what was measured, and the medians that are reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.measure import Run, Size

FRESH = "no cache"
UNCHANGED = "nothing changed"
WORD = "one word edited"
HEADING = "one heading edited"
CLAIM = "one claim's words edited"
COUNTED = "a counted field edited"
PERIOD = "a period edited"
TITLE = "a title edited"
MOVED = "a title edited, its place in the order too"
NEWEST = "the newest date edited"
CI = "cache, no output"
SITUATIONS = (
    FRESH,
    UNCHANGED,
    WORD,
    HEADING,
    CLAIM,
    COUNTED,
    PERIOD,
    TITLE,
    MOVED,
    NEWEST,
    CI,
)
"""What a build finds; the programs compared with have the first alone."""

PYTHON = "Python alone"
IMPORTS = "Python and the imports of casebook"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What was run: on which corpus of how many cases, which program, and what the build found."""

    corpus: str
    cases: int
    tool: str
    situation: str = FRESH


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of some numbers, with the least and the greatest."""

    value: float
    least: float
    greatest: float
    number: int


@dataclass(slots=True)
class Results:
    """All that was measured, and in `left_out` which programs were not, and why.

    `startup` and `preview` are seconds, `preview` by corpus and number of cases.
    """

    runs: defaultdict[Key, list[Run]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[Key, Size] = field(default_factory=dict)
    startup: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    preview: defaultdict[tuple[str, int], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def wall(self, key: Key) -> Middle | None:
        """Return the time that a reader of a clock sees, in seconds."""
        return self._of(key, lambda run: run.wall)

    def cpu(self, key: Key) -> Middle | None:
        """Return the work of all processors, in seconds."""
        return self._of(key, lambda run: run.cpu)

    def memory(self, key: Key) -> Middle | None:
        """Return the peak memory in bytes, where it could be seen."""
        return self._of(key, lambda run: run.memory)

    def _of(self, key: Key, part: Callable[[Run], float | None]) -> Middle | None:
        found = [part(run) for run in self.runs.get(key, ())]
        return middle([value for value in found if value is not None])


def middle(numbers: Sequence[float]) -> Middle | None:
    """Return the median of numbers, None without any."""
    if not numbers:
        return None
    return Middle(median(numbers), min(numbers), max(numbers), len(numbers))
