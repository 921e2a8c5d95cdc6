"""The numbers of cases in data scripts: places in the list of all cases, the counted ones first."""

from __future__ import annotations

from generator.library.library import Library


def numbered_cases(library: Library) -> tuple[str, ...]:
    """Return the ids of cases; the number of each is its place here, from 0.

    It is the order of the list of all cases: those that are counted, then examples. A translation
    has no number of its own. A number holds for one build alone, so no link may have it.
    """
    return (*library.counted, *library.examples)
