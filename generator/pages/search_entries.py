"""What the search finds of a case, piece by piece, each with its anchor on the page of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from generator.library.collection import anchor, as_entries
from generator.library.library import Library
from generator.model.record import Field
from generator.model.value import UNKNOWN, WITHHELD, Value, as_list
from generator.records.case import Case

PARTS = ("body", "claims", "summary", "title", "terms")
"""The parts of a case that a word may stand in; the place of each is its bit in an index."""

_HEAD = frozenset({"title", "summary"})
_WORDS = frozenset({"line", "text"})
_TAG = re.compile(r'<(/?)([a-z0-9]+)[^<>"]*(?:"[^"]*"[^<>"]*)*>', re.IGNORECASE)
_INLINE = re.compile(
    "a|abbr|b|bdi|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u"
    "|var|wbr",
    re.IGNORECASE,
)
_HEADING = re.compile(r'<h[1-6][^<>]*? id="(text-[^"]+)"[^<>]*>')


class SearchEntry(NamedTuple):
    """A piece of a case that can be found: its part, its anchor, its text, a paragraph a line.

    The anchor is empty where the piece has none on the page. `field` is the field that says it;
    `entry` are the values where it is one of its entries, which `number` counts from 0.
    """

    part: str
    anchor: str
    text: str
    field: str = ""
    entry: Mapping[str, Value] | None = None
    number: int = 0


def search_entries(
    library: Library, id_: str, *, bodies: bool, anchored: bool = False
) -> Iterator[SearchEntry]:
    """Yield what the search finds in the texts of a case, those of its translations last.

    A translation has no number of its own: its words lead to the case that it translates. Where
    they are not `anchored`, claims have no anchor: that of a claim is worked out from all of them.
    """
    yield from _entries(library, id_, bodies=bodies, anchored=anchored)
    for other in library.translations(id_):
        for entry in _entries(library, other, bodies=bodies, anchored=False):
            yield entry._replace(anchor="", field="", entry=None)


def _entries(library: Library, id_: str, *, bodies: bool, anchored: bool) -> Iterator[SearchEntry]:
    # Of all records few questions may be asked, so the words of claims come from the case itself.
    case = library.case(id_)
    yield SearchEntry("title", "", library.text(case, "title") or id_)
    summary = library.model.role("summary")
    name = summary.name if summary else ""
    yield SearchEntry("summary", "", library.text(case, "summary"), name)
    claims = library.all_claims(id_) if anchored else ()
    anchors = {(c.field, c.index): c.anchor for c in claims}
    for name, field in library.model.fields.items():
        if name not in case.values or not field.shown or field.role in _HEAD:
            continue
        if as_entries(field):
            for index, entry in enumerate(as_list(case.values[name])):
                values = entry if isinstance(entry, dict) else None
                place = anchors.get((name, index), "")
                yield SearchEntry("claims", place, value_words(entry, field), name, values, index)
        else:
            place = anchor(field) if field.layout else ""
            yield SearchEntry("claims", place, value_words(case.values[name], field), name)
    if bodies:
        yield from _body_entries(case)


def value_words(value: Value | None, field: Field) -> str:
    """Return the words of a value, a paragraph a line; empty where it has none of its own."""
    if not field.shown or (field.kind not in _WORDS and field.kind != "record"):
        return ""
    texts: list[str] = []
    for item in as_list(value):
        if isinstance(item, dict):
            texts += [value_words(item.get(name), inner) for name, inner in field.fields.items()]
        elif isinstance(item, str) and item not in {UNKNOWN, WITHHELD} and field.kind in _WORDS:
            texts.append(_lines(item.split("\n")))
    return "\n".join(filter(None, texts))


def _body_entries(case: Case) -> Iterator[SearchEntry]:
    """Yield an entry for each section of the text of a case."""
    html = "".join(case.body.parts)  # the addresses of links are left out
    before, *sections = _HEADING.split(html)
    yield SearchEntry("body", "story" if before.strip() else "", _plain_text(before))
    for id_, section in zip(sections[::2], sections[1::2], strict=True):
        yield SearchEntry("body", unescape(id_), _plain_text(section))


def _plain_text(html: str) -> str:
    """Return the words of safe HTML, what is a block in it on a line of its own."""
    text = _TAG.sub(lambda tag: "" if _INLINE.fullmatch(tag[2]) else "\n", html)
    return _lines(unescape(text).split("\n"))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(words for line in lines if (words := " ".join(line.split())))
