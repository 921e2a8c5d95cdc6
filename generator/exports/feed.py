"""The newest records, and `feed.xml`, the Atom feed of them (RFC 4287).

Without an address of the site there is no feed, since the ids in it are addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from generator.base.dates import last_day
from generator.base.document import Document
from generator.base.names import href
from generator.base.site import Site
from generator.library import address
from generator.library.library import Library
from generator.library.questions import question

MOST = 50
"""At most so many entries, those of the newest dates."""

_text = partial(escape, quote=False)
"""Escapes text between two tags, where quotation marks need no escaping."""


@question
def newest_records(library: Library) -> tuple[tuple[str, str], ...]:
    """Return the date and the id of each counted case that has one, the newest first."""
    dated = [(text, id_) for id_, text in library.updated() if last_day(text)]
    return tuple(sorted(dated, key=lambda pair: pair[0], reverse=True))


def feed_path(library: Library, site: Site) -> str:
    """Return the path of the feed, empty where the site has none."""
    return address.FEED if site.url and site.plain and newest_records(library) else ""


def feed(library: Library, site: Site) -> Iterator[Document]:
    """Yield the feed, if the site has one."""
    if not feed_path(library, site):
        return
    newest = newest_records(library)[:MOST]
    page = site.url + href(address.NEWS)
    author = _text(site.author or site.name)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(site.language)}">',
        f"<title>{_text(site.name)}</title>",
        *([f"<subtitle>{_text(site.description)}</subtitle>"] if site.description else []),
        f"<id>{_text(page)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(site.url + address.FEED)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(page)}"/>',
        f"<updated>{_moment(newest[0][0])}</updated>",
        f"<author><name>{author}</name></author>",
        *(_entry(library, site, date, id_) for date, id_ in newest),
        "</feed>",
    ]
    yield Document(address.FEED, ("\n".join(lines) + "\n").encode())


def _entry(library: Library, site: Site, date: str, id_: str) -> str:
    """Return the entry of a case; its id is the address of its page, which never changes."""
    case = library.outline(id_)
    url = site.url + href(address.case(library, id_))
    tag = library.text(case, "language")
    language = f' xml:lang="{escape(tag)}"' if tag and tag != site.language else ""
    summary = library.text(case, "summary")
    lines = [
        f"<entry{language}>",
        f"<title>{_text(library.title(id_))}</title>",
        f"<id>{_text(url)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(url)}"/>',
        f"<updated>{_moment(date)}</updated>",
        *([f"<summary>{_text(summary)}</summary>"] if summary else []),
        "</entry>",
    ]
    return "\n".join(lines)


def _moment(date: str) -> str:
    """Return the first moment of a year, a month or a day, as Atom writes it."""
    return f"{date}-01-01"[:10] + "T00:00:00Z"
