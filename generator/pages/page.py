"""`Page`, of which a template makes a document, and `SiteContext`, which page kinds read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from generator.analysis.periods import Periods, periods
from generator.analysis.related import Related, RelatedIndex, related
from generator.analysis.tally import term_counts
from generator.base.site import Site
from generator.exports.data_file import DataFile
from generator.exports.formats import data_files
from generator.library.library import Library
from generator.library.links import Resolved
from generator.pages.card import Card, card
from generator.pages.pieces import Piece

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    View = DataclassInstance | Mapping[str, Any]

Contents = list[tuple[str, str, tuple[()]]]
"""The table of contents of a page: the anchor and the title of each part, nothing below them."""

Context = Callable[[], Mapping[str, Any]]
"""Returns the variables of a template by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is rendered: its path in the site, its template, and the template's values.

    `context` is called when the page is rendered, perhaps in a worker process, and not before.
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


def deferred_view(view: Callable[..., View], *args: object) -> Context:
    """Defer `view(*args)` until the page is rendered, perhaps in a worker process.

    The fields of the dataclass that it returns become the variables of the template, each under
    its own name; a mapping holds them already.
    """
    return partial(_variables, view, *args)


def _variables(view: Callable[..., View], *args: object) -> Mapping[str, Any]:
    values = view(*args)
    if isinstance(values, Mapping):
        return values
    return {field.name: getattr(values, field.name) for field in fields(values)}


@dataclass(frozen=True, slots=True)
class Download:
    """A data file of the site: its description, its rows if it has any, its size in bytes."""

    path: str
    what: str
    rows: int | None
    size: int

    @property
    def name(self) -> str:
        """Return the name of the file, without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def size_words(self) -> str:
        """Return the size in kilobytes, or in bytes where it is less than half a kilobyte."""
        kilobytes = round(self.size / 1000)
        return f"{kilobytes:,} KB" if kilobytes else f"{self.size:,} bytes"


class _Cards(dict[str, Card]):
    """The cards of a library by id; each process makes only those that its own pages show."""

    def __init__(self, library: Library, language: str) -> None:
        super().__init__()
        self._make = partial(card, library, site_language=language)

    def __missing__(self, id_: str) -> Card:
        self[id_] = new = self._make(id_)
        return new


TermMentions = Mapping[str, Sequence[int | None]]
"""The cases that name a term, in the order of titles, each with the numbers of its entries."""


class _LastTermMentions(dict[tuple[str, str], TermMentions]):
    """By facet and term, the cases that name the term; a cache of one.

    All pages of one term ask for the same, one after the other. To keep every term would hold the
    whole index of a large library in memory a second time, so whoever asks for two terms in turn
    pays for both each time.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._index = library.index

    def __missing__(self, key: tuple[str, str]) -> TermMentions:
        facet, term = key
        entries: dict[str, list[int | None]] = {}
        for mention in self._index[facet].get(term, ()):
            entries.setdefault(mention.case, []).append(mention.entry)
        self.clear()
        self[key] = entries
        return entries


@dataclass(frozen=True)
class SiteContext:
    """What every page kind reads: the library, the settings, and values that several kinds need.

    Each cached value is computed when it is first asked for, once in each process.
    """

    library: Library
    site: Site
    resolved: Mapping[str, Resolved]
    downloads: tuple[Download, ...] = ()

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Return the card of every case by id, made when it is first asked for."""
        return _Cards(self.library, self.site.language)

    @cached_property
    def term_mentions(self) -> Mapping[tuple[str, str], TermMentions]:
        """Return by facet and term the counted cases that name it; only the last one is cached."""
        return _LastTermMentions(self.library)

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
        """Yield the data files of the site, each made when it is asked for: some are large."""
        return data_files(self.library, self.site, self.related)

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """Return the related cases of every case."""
        return related(self.library)

    def related_to(self, id_: str) -> tuple[Related, ...]:
        """Return the related cases of one case, without computing those of all others.

        A build has `related` already, since it needs them all; a preview renders a single page.
        """
        computed = "related" in vars(self)
        return self.related[id_] if computed else self._relating.of(id_)

    @cached_property
    def _relating(self) -> RelatedIndex:
        return RelatedIndex(self.library)
