"""Long lists: divided over several pages (`paginate`), or cut with a note of the rest (`shorten`).

A library of at most `PAGE_SIZE` records needs neither: `is_long` is false, and each page shows
whole lists. In a longer one no page holds much more than `PAGE_SIZE` entries, however many records
there are, so that a page loads and a reader finds the end of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from generator.library import address
from generator.library.library import PAGE_SIZE, Library
from generator.model.record import Field
from generator.pages.page import Page
from generator.pages.pieces import Piece

NAMES_PAGE_SIZE: Final = 500
"""How many rows of names, which are short, stand on one page."""
SHARED_PAGE_SIZE: Final = 600
"""How many entries stand on a page of many lists, where each can have `MIN_ENTRIES`."""
MIN_ENTRIES: Final = 5
"""How many entries each of many lists on a page shows, if it has them."""

_NEIGHBOURS: Final = 1
"""How many pages before and after the present one a pager names."""

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """A page of a long list: page `number` of `last`; the list starts on the page at `base`.

    Pages are counted from 1. `size` is the number of entries on a full page.
    """

    base: str
    number: int
    last: int
    size: int

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return address.part(self.base, self.number)

    @property
    def start(self) -> int:
        """Return the index in the whole list of the first entry on this page."""
        return (self.number - 1) * self.size

    @property
    def previous(self) -> str:
        """Return the path of the page before, empty on the first."""
        return address.part(self.base, self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Return the path of the page after, empty on the last."""
        return address.part(self.base, self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """Return the numbers and paths that a pager shows: the first, the last, those near this.

        A pair of 0 and an empty path stands for the pages left out, where the pager prints dots.
        """
        near = range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)
        numbers = [n for n in range(1, self.last + 1) if n in {1, self.last, *near}]
        links: list[tuple[int, str]] = []
        for number in numbers:
            if links and number > links[-1][0] + 1:
                links.append((0, ""))
            links.append((number, address.part(self.base, number)))
        return links

    def select(self, items: Sequence[T]) -> Sequence[T]:
        """Return those of all entries that stand on this page."""
        if self.last == 1:
            return items
        return items[self.start : self.start + self.size]

    def path_of(self, index: int) -> str:
        """Return the path of the page on which the entry at an index of the list stands."""
        return address.part(self.base, min(index // self.size + 1, self.last))


def paginate(page: Page, total: int, size: int = PAGE_SIZE) -> Iterator[Page]:
    """Yield a page, and the pages on which its list of `total` entries continues.

    The page's view is given the `ListPart` last. The first page shows everything; the others use
    `continued` of pager.html, which needs the `part` and the list only.
    """
    view, locale = page.context, page.context.ctx.library.locale
    last = max(1, -(-total // size)) if view.ctx.library.is_long() else 1
    for number in range(1, last + 1):
        part = ListPart(base=page.path, number=number, last=last, size=size)
        first = replace(page, context=replace(view, given=(*view.given, part)))
        if number == 1:
            yield first
        else:
            yield replace(
                first,
                path=part.path,
                title=locale.concatenated(
                    page.title,
                    " · ",
                    locale.gettext("%(num)s of %(total)s", num=number, total=last),
                ),
                description="",
                above=(*page.above, Piece(page.title, page.path)),
            )


@dataclass(frozen=True, slots=True)
class ShortList(Generic[T]):
    """The first `items` of a list of `total`; `see_also` are the pages that hold the others."""

    items: tuple[T, ...]
    total: int
    see_also: tuple[Piece, ...] = ()

    @property
    def more(self) -> int:
        """Return how many are left out."""
        return self.total - len(self.items)


def data_piece(library: Library) -> Piece:
    """Return the page of the data files, which hold everything that is counted."""
    return Piece(library.locale.gettext("the tables in Data"), address.DATA)


def shorten(
    library: Library,
    items: Sequence[S],
    make: Callable[[S], T],
    *see_also: Piece,
    limit: int | None = None,
) -> ShortList[T]:
    """Return the first `limit` entries of a list, each made into what the page shows.

    The default limit is that of a list which has its page to itself. `see_also` are the pages that
    hold the others: the tables in Data, where none is given.
    """
    room = entries_per_list(library, len(items)) if limit is None else limit
    first = tuple(make(item) for item in items[: max(room, 0)])
    return ShortList(first, len(items), see_also or (data_piece(library),))


def entries_per_list(library: Library, *sizes: int) -> int:
    """Return how many entries each list of a page may show, given the sizes of all its lists.

    A single list may show `PAGE_SIZE`. Several lists share `SHARED_PAGE_SIZE`, but each may show
    `MIN_ENTRIES`; what the shorter ones do not use goes to the longer.
    """
    if not library.is_long():
        return max(sizes, default=PAGE_SIZE)
    # The largest limit at which the whole page fits. A limit cuts long lists only, so the short
    # ones leave room: lists of 10, 10 and 900 entries may show 200 of the last.
    limits = range(PAGE_SIZE, MIN_ENTRIES, -1)
    fitting = (n for n in limits if sum(min(n, size) for size in sizes) <= SHARED_PAGE_SIZE)
    return next(fitting, MIN_ENTRIES)


def term_page(library: Library, field: Field, id_: str) -> tuple[Piece, ...]:
    """Return the page of a term in a field, which holds every entry of it; none without a page."""
    to = address.value_address(library, field, id_)
    label = library.model.vocabularies[field.vocabulary].terms[id_].label if to else ""
    return (Piece(label, to, id_),) if to else ()
