"""Owns the page of what is new: records by their date, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.base.dates import date_in_words
from generator.exports.feed import feed_path, newest_records
from generator.library import address
from generator.pages.card import Card
from generator.pages.page import Page, SiteContext, deferred_view

MOST = 100
"""So many records the page names; the list of all records holds the others."""
MONTH = len("2026-11")


@dataclass(frozen=True, slots=True)
class Month:
    """A month, or a year where no month is given, in words; its records, the newest first."""

    name: str
    records: list[tuple[str, Card]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsView:
    """What the page shows: `dated` of `total` records have a date; `feed` is empty without one."""

    months: list[Month]
    shown: int
    dated: int
    total: int
    cases: str
    feed: str


def news(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of what is new, where records have a date."""
    library = ctx.library
    if newest_records(library):
        yield Page(
            path=address.NEWS,
            title="What’s new",
            template="news.html",
            description=f"The {library.model.plural} of {ctx.site.name}, the newest first.",
            context=deferred_view(_view, ctx),
        )


def _view(ctx: SiteContext) -> NewsView:
    library = ctx.library
    found = newest_records(library)
    return NewsView(
        months=_months(ctx, found[:MOST]),
        shown=min(len(found), MOST),
        dated=len(found),
        total=len(library.counted),
        cases=address.cases(library),
        feed=feed_path(library, ctx.site),
    )


def _months(ctx: SiteContext, found: tuple[tuple[str, str], ...]) -> list[Month]:
    return [
        Month(
            date_in_words(month),
            [(date_in_words(date), ctx.cards[id_]) for date, id_ in records],
        )
        for month, records in groupby(found, key=lambda pair: pair[0][:MONTH])
    ]
