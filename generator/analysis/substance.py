"""Whether a page of numbers says anything yet: the thresholds below which lists leave it out.

A table in which every row is 0 or 1 tells nothing but what its cases tell. Such a page is built at
its address, and becomes part of the lists once the library has grown.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis.answers import all_responses, challenges
from generator.analysis.effort import time_counts
from generator.analysis.periods import periods
from generator.library.library import Library
from generator.model.record import Facet

FEW = 5
"""From so many cases on, numbers tell more than names, and a bar is no accident.

A library of fewer counted cases is read case by case, so all its pages are listed.
"""

MIN_CASES = 3
MIN_SHARE = 5
"""At least every fifth case must say something."""
MIN_ROW = 2


def says_something(library: Library, known: int, largest: int) -> bool:
    """Return whether a table is worth a link.

    `known` is the number of counted cases in it, `largest` the greatest number in a row.
    """
    total = library.number_counted
    if total < FEW:
        return True
    return known >= MIN_CASES and known * MIN_SHARE >= total and largest >= MIN_ROW


def facet_says_something(library: Library, facet: Facet) -> bool:
    """Return whether the index of a facet is worth a link."""
    counts = library.counts(facet.name)
    return says_something(
        library, library.answer_counts(facet.name).known, max(counts.values(), default=0)
    )


def responses_say_something(library: Library) -> bool:
    """Return whether enough cases record what was done about an obstacle."""
    declared = library.model.across.responses
    if declared is None:
        return False
    answered = len(all_responses(library, declared).answered)
    return says_something(library, answered, answered)


def challenges_say_something(library: Library) -> bool:
    """Return whether enough cases answer for the known challenges."""
    declared = library.model.across.challenges
    if declared is None:
        return False
    met: list[Mapping[str, tuple[str, ...]]] = [each.met for each in challenges(library, declared)]
    answering = {id_ for answers in met for cases in answers.values() for id_ in cases}
    largest = max((len(cases) for answers in met for cases in answers.values()), default=0)
    return says_something(library, len(answering), largest)


def effort_says_something(library: Library) -> bool:
    """Return whether enough cases tell of time, or of anything else that the work took."""
    declared = library.model.across.effort
    if declared is None:
        return False
    known = time_counts(library, declared).known
    facets = (library.model.facets[name] for name in declared.facets)
    return says_something(library, known, known) or any(
        facet_says_something(library, facet) for facet in facets
    )


def periods_say_something(library: Library) -> bool:
    """Return whether enough cases say when they began."""
    timeline = library.model.across.timeline
    known = len(periods(library, timeline).known) if timeline else 0
    return bool(timeline) and says_something(library, known, known)
