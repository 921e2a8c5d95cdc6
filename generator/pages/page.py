"""Owns `Page`, what a template makes a document of, and `Making`, what page kinds are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from generator.analysis.periods import Periods, periods
from generator.analysis.related import Related, Relating, related
from generator.analysis.tally import term_counts
from generator.base.site import Site
from generator.exports.data_file import DataFile
from generator.exports.formats import data_files
from generator.library.library import Library
from generator.library.links import Resolved
from generator.pages.card import Card, card
from generator.pages.views import Piece

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Contents = list[tuple[str, str, tuple[()]]]
"""Anchors and titles of what stands on a page, with nothing below them."""


Context = Callable[[], Mapping[str, Any]]
"""Makes the values that fill a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its path in the site, its template, and what makes the finished values to fill it.

    `context` is called when the page is rendered, perhaps in another process, and not before.
    `above` are the pages over it, the nearest last; `language` is set where the page is not in the
    site's own; `listed` is false for a page that no list of pages should name.
    """

    path: str
    title: str
    template: str
    context: Context
    description: str = ""
    above: tuple[Piece, ...] = ()
    language: str = ""
    listed: bool = True


def deferred_view(view: Callable[..., DataclassInstance], *given: object) -> Context:
    """Return what gives a view to its template, each attribute under its own name."""
    return partial(_context, view, *given)


def _context(view: Callable[..., DataclassInstance], *given: object) -> dict[str, Any]:
    made = view(*given)
    return {field.name: getattr(made, field.name) for field in fields(made)}


@dataclass(frozen=True, slots=True)
class Download:
    """A data file of the site: what it holds, its rows, and its size in bytes."""

    path: str
    what: str
    rows: int | None
    size: int

    @property
    def name(self) -> str:
        """Return the file's own name."""
        return self.path.rpartition("/")[2]

    @property
    def size_words(self) -> str:
        """Return the size as people say it."""
        kilobytes = round(self.size / 1000)
        return f"{kilobytes:,} KB" if kilobytes else f"{self.size:,} bytes"


class _Cards(dict[str, Card]):
    """The cards of a library; each process makes those that its own pages show."""

    def __init__(self, library: Library, language: str) -> None:
        super().__init__()
        self._make = partial(card, library, site_language=language)

    def __missing__(self, id_: str) -> Card:
        self[id_] = found = self._make(id_)
        return found


TermMentions = Mapping[str, Sequence[int | None]]
"""Cases that name a term, in the order of titles, each with the numbers of its entries that do."""


class _Namings(dict[tuple[str, str], TermMentions]):
    """Who names a term of a facet; only the last is kept, which all pages of its list ask for."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._index = library.index

    def __missing__(self, key: tuple[str, str]) -> TermMentions:
        facet, term = key
        found: dict[str, list[int | None]] = {}
        for mention in self._index[facet].get(term, ()):
            found.setdefault(mention.case, []).append(mention.entry)
        self.clear()
        self[key] = found
        return found


@dataclass(frozen=True)
class SiteContext:
    """What page kinds are made from; what several of them need is worked out once."""

    library: Library
    site: Site
    resolved: Mapping[str, Resolved]
    downloads: tuple[Download, ...] = ()

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Return the card of every case, made when it is first asked for."""
        return _Cards(self.library, self.site.language)

    @cached_property
    def naming(self) -> Mapping[tuple[str, str], TermMentions]:
        """Return by facet and term the counted cases that name it, each with its entries."""
        return _Namings(self.library)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return for each facet and term the number of counted cases that name it."""
        facets = self.library.model.facets.values()
        return {facet.name: term_counts(self.library, facet) for facet in facets}

    @cached_property
    def periods(self) -> Periods:
        """Return when each counted case began and ended, none where the model has no period."""
        timeline = self.library.model.across.timeline
        if not timeline:
            return Periods(known=(), unknown=(), silent=())
        return periods(self.library, self.library.model.fields[timeline])

    def files(self) -> Iterator[DataFile]:
        """Yield the data files of the site, made now: they are large."""
        return data_files(self.library, self.site, self.related)

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """Return the related cases of every case."""
        return related(self.library)

    def beside(self, id_: str) -> tuple[Related, ...]:
        """Return the related cases of one case; those of all others need not be known for it."""
        known = "related" in vars(self)  # a build needs them all, a preview those of one page
        return self.related[id_] if known else self._relating.of(id_)

    @cached_property
    def _relating(self) -> Relating:
        return Relating(self.library)
