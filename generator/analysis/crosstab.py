"""Cross-tabulation: which counted cases name a term of one facet and a term of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.library.collection import Mention, distinct_cases
from generator.library.library import Library
from generator.model.record import Facet

Pair = tuple[str, str]
"""The term of a row and the term of a column."""

Cells = Mapping[Pair, tuple[Mention, ...]]
"""By row and column, the mentions of the column's term; a pair that no case has is left out."""


def in_one_list(library: Library, rows: Facet, columns: Facet) -> bool:
    """Return whether two facets are in one list of entries, so that an entry must name both."""
    together = rows.owner == columns.owner and rows.name != columns.name
    return together and library.owner(rows).entries


def has_groups(library: Library, *facets: Facet) -> bool:
    """Return whether the terms of any of some facets are gathered in groups."""
    return any(library.model.vocabulary_of(facet).broad for facet in facets)


def crosstab(library: Library, rows: Facet, columns: Facet, *, by_group: bool = False) -> Cells:
    """Return for each pair of terms the mentions of both, in the order of titles; groups left out.

    If the facets are in one list of entries, both must be named in the same entry, else in the same
    case. With `by_group` the pairs are of what stands first: of groups, and of terms in no group.
    """
    entry = in_one_list(library, rows, columns)
    columns_at: dict[Mention | str, list[tuple[str, Mention]]] = defaultdict(list)
    for term, mention in _mentions(library, columns, by_group=by_group):
        columns_at[mention if entry else mention.case].append((term, mention))
    cells: dict[Pair, dict[Mention, None]] = defaultdict(dict)
    for row, mention in _mentions(library, rows, by_group=by_group):
        for column, column_mention in columns_at.get(mention if entry else mention.case, ()):
            cells[row, column].setdefault(column_mention)
    return {pair: tuple(mentions) for pair, mentions in cells.items()}


def _mentions(library: Library, facet: Facet, *, by_group: bool) -> Iterator[tuple[str, Mention]]:
    vocabulary = library.model.vocabulary_of(facet)
    ids = frozenset(vocabulary.tops if by_group else vocabulary.fine)
    for term in library.used_terms(facet.name):
        if term in ids:
            for mention in library.mentions(facet.name, term):
                yield term, mention


def case_totals(cells: Cells, side: int) -> dict[str, int]:
    """Return the number of distinct cases of each row (side 0) or column (side 1)."""
    by_term: dict[str, list[Mention]] = defaultdict(list)
    for pair, mentions in cells.items():
        by_term[pair[side]] += mentions
    return {term: len(distinct_cases(mentions)) for term, mentions in by_term.items()}
