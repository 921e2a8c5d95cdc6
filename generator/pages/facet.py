"""Owns the index page of every facet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import address
from generator.library import LONG, Stated
from generator.model.record import Facet
from generator.model.vocabulary import Term
from generator.pages.directory import directory, is_directory
from generator.pages.page import Making, Page, context
from generator.pages.rows import Row, heading, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """What the page of a facet shows.

    `labels` head the columns of a directory, `letters` lead to the first row of each. `unused` are
    the terms that no case names, with their places; of a long vocabulary only their number.
    """

    facet: Facet
    heading: str
    rows: list[Row]
    labels: list[str]
    letters: list[tuple[str, str]]
    unused: list[tuple[Term, str]]
    unused_count: int
    stated: Stated


def facet_pages(making: Making) -> Iterator[Page]:
    """Yield the page of every facet: terms with definitions, counts, and those nobody uses."""
    library = making.library
    for facet in library.model.facets.values():
        owner = library.owner(facet)
        flat = is_directory(library, facet)
        yield Page(
            path=address.facet(facet),
            title=heading(library, facet),
            template="directory.html" if flat else "facet.html",
            description=library.model.vocabulary_of(facet).definition or owner.help,
            context=context(_view, making, facet),
        )


def _view(making: Making, facet: Facet) -> FacetView:
    library = making.library
    vocabulary = library.model.vocabulary_of(facet)
    found = directory(making, facet) if is_directory(library, facet) else rows(making, facet)
    unused = [t for t in vocabulary.terms.values() if t.id not in library.index[facet.name]]
    long = len(vocabulary.terms) > LONG
    broad = vocabulary.broad
    return FacetView(
        facet=facet,
        heading=heading(library, facet),
        rows=found,
        labels=[detail.label for detail in found[0].details] if found else [],
        letters=[(row.term.label[:1].upper(), row.anchor) for row in found if row.anchor],
        unused=[] if long else [(t, address.term(library, facet, t.id)) for t in unused],
        unused_count=sum(term.id not in broad for term in unused),
        stated=library.stated[facet.name],
    )
