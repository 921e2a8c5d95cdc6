"""The page of what is new: records by their date, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.exports.feed import feed_path, newest_records
from generator.library import address
from generator.pages.card import Card, card
from generator.pages.page import Page, SiteContext, deferred_view

MOST_RECORDS = 100
"""How many records the page names; the list of all records holds the others."""
MONTH = len("2026-11")


@dataclass(frozen=True, slots=True)
class Month:
    """A month, or a year where no month is given, in words; its records, the newest first."""

    name: str
    records: list[tuple[str, Card]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsView:
    """What the page shows: the newest `listed` of the `dated` records, which have a date.

    `feed` is the path of the feed, empty without one.
    """

    months: list[Month]
    listed: int
    dated: int
    feed: str


def news_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of what is new, where records have a date."""
    library, _ = ctx.library, ctx.library.locale.gettext
    if newest_records(library):
        yield Page(
            path=address.NEWS,
            title=_("What’s new"),
            template="news.html",
            description=_(
                "The %(records)s of %(site)s, the newest first.",
                records=library.model.plural,
                site=ctx.site.name,
            ),
            context=deferred_view(_news_view, ctx),
        )


def _news_view(ctx: SiteContext) -> NewsView:
    library = ctx.library
    dated = newest_records(library)
    by_month = groupby(dated[:MOST_RECORDS], key=lambda record: record[0][:MONTH])
    return NewsView(
        months=[
            Month(
                library.locale.date(month),
                [(library.locale.date(date), card(ctx.library, id_)) for date, id_ in records],
            )
            for month, records in by_month
        ],
        listed=min(len(dated), MOST_RECORDS),
        dated=len(dated),
        feed=feed_path(library, ctx.site),
    )
