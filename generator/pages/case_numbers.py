"""The numbers of cases in data scripts: places in the order of ids, the counted cases first."""

from __future__ import annotations

from generator.library.library import Library
from generator.library.questions import question


@question
def numbered_cases(library: Library) -> tuple[str, ...]:
    """Return the ids of cases; the number of each is its place here, from 0.

    Those that are counted come first, then examples, both in the order of ids: another title moves
    no number. A translation has no number of its own. A number holds for one build alone, so no
    link may have it.
    """
    return (*sorted(library.counted), *sorted(library.examples))


def title_order(library: Library) -> list[int]:
    """Return the numbers of cases in the order in which the list of all cases has them."""
    numbers = {id_: number for number, id_ in enumerate(numbered_cases(library))}
    return [numbers[id_] for id_ in (*library.counted, *library.examples)]
