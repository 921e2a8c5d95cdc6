"""Owns how long lists stand on pages: divided over several, or cut with their full number.

A library of at most `MOST` records is spared both: its pages show all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Generic, TypeVar

from generator.library import address
from generator.library.library import Library
from generator.model.record import Field
from generator.pages.page import Page
from generator.pages.views import Piece

MOST: Final = 200
"""So many entries of a list stand on one page."""
NAMES: Final = 500
"""So many rows of names, which are short, stand on one page."""
TOGETHER: Final = 600
"""So many entries stand on a page of many lists, where each can have the fewest."""
FEWEST: Final = 5
"""So many entries each of many lists on a page shows, if it has them."""

_BESIDE: Final = 1
"""So many pages before and after the present one are named in a pager."""

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """A page of a long list: `number` of `last`, the list beginning on the page at `base`."""

    base: str
    number: int
    last: int
    size: int

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return address.part(self.base, self.number)

    @property
    def begin(self) -> int:
        """Return how many entries stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def before(self) -> str:
        """Return the path of the page before, empty on the first."""
        return address.part(self.base, self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """Return the path of the page after, empty on the last."""
        return address.part(self.base, self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """Return the first page, the last and those around this one; 0 where some are passed."""
        near = range(self.number - _BESIDE, self.number + _BESIDE + 1)
        named = [n for n in range(1, self.last + 1) if n in {1, self.last, *near}]
        found: list[tuple[int, str]] = []
        for number in named:
            if found and number > found[-1][0] + 1:
                found.append((0, ""))
            found.append((number, address.part(self.base, number)))
        return found

    def of(self, items: Sequence[T]) -> Sequence[T]:
        """Return those of all entries that stand on this page."""
        if self.last == 1:
            return items
        return items[self.begin : self.begin + self.size]

    def where(self, place: int) -> str:
        """Return the path of the page on which the entry at a place of the list stands."""
        return address.part(self.base, min(place // self.size + 1, self.last))


def is_long(library: Library) -> bool:
    """Return whether a library has so many records that lists may be too long for a page."""
    return len(library.cases) > MOST


def divided(
    library: Library,
    page: Page,
    total: int,
    context: Callable[[ListPart], Mapping[str, Any]],
    size: int = MOST,
) -> Iterator[Page]:
    """Yield a page, and the pages on which its list of `total` entries goes on.

    `context` makes the values of each when it is rendered; what `continued` of pager.html shows
    needs only the `part` and the list itself.
    """
    last = max(1, -(-total // size)) if is_long(library) else 1
    for number in range(1, last + 1):
        part = ListPart(base=page.path, number=number, last=last, size=size)
        values = partial(context, part)
        if number == 1:
            yield replace(page, context=values)
        else:
            yield replace(
                page,
                path=part.path,
                title=f"{page.title} · {number} of {last}",
                description="",
                above=(*page.above, Piece(page.title, page.path)),
                context=values,
            )


@dataclass(frozen=True, slots=True)
class ShortList(Generic[T]):
    """The first entries of a list that has `total`; `rest` are the places that hold the others."""

    shown: tuple[T, ...]
    total: int
    rest: tuple[Piece, ...]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.shown)


DATA: Final = Piece("the tables in Data", address.DATA)
"""Where everything stands that is counted."""


def shorten(
    library: Library,
    items: Sequence[S],
    make: Callable[[S], T],
    *rest: Piece,
    limit: int | None = None,
) -> ShortList[T]:
    """Return the first entries of a list, each made into what the page shows.

    `limit` is their number, that of a list alone where it is not given. `rest` are the places of
    the others, the tables in Data where none is given.
    """
    room = most(library, len(items)) if limit is None else limit
    shown = tuple(make(item) for item in items[: max(room, 0)])
    return ShortList(shown, len(items), rest or (DATA,))


def most(library: Library, *sizes: int) -> int:
    """Return how many entries each list of a page may show, given the sizes of its lists.

    Alone, a list may show MOST. Of several, each shows as many as leave the page at TOGETHER, but
    FEWEST at least; the shorter ones give their room to the longer.
    """
    if not is_long(library):
        return max(sizes, default=MOST)
    fitting = (n for n in range(MOST, FEWEST, -1) if sum(min(n, s) for s in sizes) <= TOGETHER)
    return next(fitting, FEWEST)


def term_page(library: Library, field: Field, id_: str) -> tuple[Piece, ...]:
    """Return the page of a term in a field, which holds all that is said of it; none without."""
    to = address.of_value(library, field, id_)
    label = library.model.vocabularies[field.vocabulary].terms[id_].label if to else ""
    return (Piece(label, to, id_),) if to else ()
