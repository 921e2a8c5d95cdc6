"""Owns cross-tabulation: what counted cases hold of a term of one facet and a term of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.analysis.tally import distinct_cases
from generator.library.library import Library, Mention
from generator.model.record import Facet

Pair = tuple[str, str]
"""The term of a row and the term of a column."""

Cells = Mapping[Pair, tuple[Mention, ...]]
"""By row and column, where the column's term is named; a pair that no case holds is left out."""


def one_list(library: Library, rows: Facet, columns: Facet) -> bool:
    """Return whether two facets live in one list of records, so that an entry must hold both."""
    together = rows.owner == columns.owner and rows.name != columns.name
    return together and library.owner(rows).entries


def crosstab(library: Library, rows: Facet, columns: Facet) -> Cells:
    """Return for each pair of terms who names both, in the order of titles; groups are passed over.

    Both are named in the same entry where they live in one list of records, else in the same case.
    """
    entry = one_list(library, rows, columns)
    held: dict[Mention | str, list[tuple[str, Mention]]] = defaultdict(list)
    for term, mention in _mentions(library, columns):
        held[mention if entry else mention.case].append((term, mention))
    found: dict[Pair, dict[Mention, None]] = defaultdict(dict)
    for row, mention in _mentions(library, rows):
        for column, place in held.get(mention if entry else mention.case, ()):
            found[row, column].setdefault(place)
    return {pair: tuple(mentions) for pair, mentions in found.items()}


def _mentions(library: Library, facet: Facet) -> Iterator[tuple[str, Mention]]:
    broad = library.model.vocabulary_of(facet).broad
    for term, mentions in library.index[facet.name].items():
        if term not in broad:
            for mention in mentions:
                yield term, mention


def totals(cells: Cells, side: int) -> dict[str, int]:
    """Return the number of distinct cases of each row (side 0) or column (side 1)."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for pair, mentions in cells.items():
        found[pair[side]] += mentions
    return {term: len(distinct_cases(mentions)) for term, mentions in found.items()}
