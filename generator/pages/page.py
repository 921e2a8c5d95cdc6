"""Owns `Page`, what a template makes a document of, and `Making`, what page kinds are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.library import Library
from generator.links import Resolved
from generator.pages.card import Card, card
from generator.related import Related, related
from generator.site import Site
from generator.tally import counts
from generator.views import Piece

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Contents = list[tuple[str, str, tuple[()]]]
"""Anchors and titles of what stands on a page, with nothing below them."""


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


def context(view: DataclassInstance) -> dict[str, Any]:
    """Return what a view gives to its template, each attribute under its own name."""
    return {field.name: getattr(view, field.name) for field in fields(view)}


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
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return for each facet and term the number of counted cases that name it."""
        facets = self.library.model.facets.values()
        return {facet.name: counts(self.library, facet) for facet in facets}

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """Return the related cases of every case."""
        return related(self.library)
