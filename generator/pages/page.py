"""Owns `Page`, what a template needs to become one document, and `Making`, what page kinds are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.library import Library
from generator.links import Resolved
from generator.related import Related, related
from generator.site import Site
from generator.views import Card, Piece, card


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its path in the site, its template, and the finished values that fill it.

    `above` are the pages over it, the nearest last; `language` is set where the page is not in the
    site's own; `listed` is false for a page that no list of pages should name.
    """

    path: str
    title: str
    template: str
    context: Mapping[str, Any]
    description: str = ""
    above: tuple[Piece, ...] = ()
    language: str = ""
    listed: bool = True


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
        return f"{self.size:,} bytes" if self.size < 1000 else f"{round(self.size / 1000):,} KB"


@dataclass(frozen=True)
class Making:
    """What page kinds are made from; what several of them need is worked out once."""

    library: Library
    site: Site
    resolved: Mapping[str, Resolved]
    downloads: tuple[Download, ...] = ()

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Return the card of every case."""
        return {id_: card(self.library, id_, self.site.language) for id_ in self.library.cases}

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """Return the related cases of every case."""
        return related(self.library)
