"""`assets/search/text/<id>.js`: what a case says, row by row, for the scripts of pages.

The search shows the sentence that matched, a meeting shows responses, and a brief prints them all.
A row is `[anchor, text]`, or `[anchor, text, more]` where a brief prints its field.
`more` holds what is known, under letters: a library has thousands of rows.

    f  the name of the field
    l  the label of the term that the entry is about
    s  how strong its evidence is, 0 to 4
    d  its other terms, dates and numbers
    t  its other texts, each with its label before it: [[label, text], …]
    r  what was done, in an entry that tells of an obstacle
    w  the id of the term that says whether that worked; v is its label
    a  what was advised
    c  the numbers of the sources that it cites
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.library.collection import Claim, as_entries
from generator.library.library import Library
from generator.model.record import Field, Model
from generator.model.unnamed import DESCRIPTION
from generator.model.value import Value
from generator.pages.entries import entry_view
from generator.pages.page import SiteContext
from generator.pages.pieces import Detail, labelled
from generator.pages.search_entries import search_entries, value_words

Row = tuple[str, str] | tuple[str, str, dict[str, Any]]
"""The anchor and the words of a row, and what else a brief prints of it."""

FACTS: Final = "facts"
CLAIMS: Final = "claims"
TEXT: Final = "text"
SOURCES: Final = "sources"

_WORDS: Final = frozenset({"line", "text"})
_LEFT_OUT: Final = _WORDS | {"slug", "url"}


def brief_fields(model: Model) -> dict[str, str]:
    """Return how a brief prints the fields that it prints, in the order of the page of a case.

    Facts are the lists beside the text, such as partners. What the end of the page asks, such as
    whether a partnership is strategic, and how it went year by year, is left to that page.
    """
    places = {section.id: section.place for section in model.sections}
    order = {section.id: number for number, section in enumerate(model.sections)}
    kinds: dict[str, str] = {}
    for field in sorted(
        model.fields.values(), key=lambda field: order.get(field.section, len(order))
    ):
        place = places.get(field.section, "main" if field.layout else "panel")
        if kind := _kind(field, place):
            kinds[field.name] = kind
    return kinds


def _kind(field: Field, place: str) -> str:
    """Return how a brief prints a field, empty where it does not."""
    if not field.shown or field.role in {"title", "summary"}:
        return ""
    if field.layout == "sources":
        return SOURCES
    if place == "main":
        if as_entries(field):
            return CLAIMS if field.layout == "claims" else ""
        return TEXT if field.kind in _WORDS else ""
    return FACTS if place == "panel" and as_entries(field) and field.many else ""


def case_rows(ctx: SiteContext, id_: str) -> Iterator[Row]:
    """Yield the rows of a case, its summary first.

    The words of a row, those of `t`, `r` and `a` among them, are those that the index has of it.
    """
    library = ctx.library
    kinds = brief_fields(library.model)
    claims = {(claim.field, claim.index): claim for claim in library.all_claims(id_)}
    for entry in search_entries(library, id_, bodies=True, anchored=True):
        claim = claims.get((entry.field, entry.number)) if entry.entry else None
        if claim and entry.entry and entry.field in kinds:
            yield _entry_row(ctx, claim, entry.entry)
        elif entry.text and entry.part not in {"title", "terms"}:
            printed = entry.part == "summary" or entry.field in kinds
            row = (entry.anchor, entry.text)
            yield (*row, {"f": entry.field}) if printed else row


def _entry_row(ctx: SiteContext, claim: Claim, values: Mapping[str, Value]) -> Row:
    """Return an entry of a list as a brief prints it; what is unknown is left out."""
    model = ctx.library.model
    field, view = model.fields[claim.field], entry_view(ctx, claim)
    declared = model.across.responses
    rule = declared if declared and declared.of == claim.field else None
    words = {
        name: text
        for name, member in field.fields.items()
        if (text := value_words(values.get(name), member))
    }
    title = view.title.text if view.title and not view.title.is_unknown else ""
    more: dict[str, Any] = {
        "f": claim.field,
        # A name is no term: the search looks for it, so it is in the text.
        "l": "" if title == words.get(field.key) else title,
        "s": claim.strength,
        "c": ", ".join(source.text for source in view.sources),
    }
    details = {d.name: d for d in (*view.badges, *view.details) if any(_known(d))}
    if rule:
        worked = details.pop(rule.worked, None)
        more["w"] = worked.pieces[0].term if worked else ""
        more["v"] = ctx.library.locale.joined_by_commas([*_known(worked)]) if worked else ""
        more["r"], more["a"] = words.pop(rule.response, ""), words.pop(rule.advised, "")
        details.pop(rule.response, None)
        details.pop(rule.advised, None)
    own = [field.key, *(m.name for m in field.fields.values() if m.lead or m.role == DESCRIPTION)]
    text = "\n".join(words.pop(name) for name in own if name in words)
    more["t"] = [[field.fields[name].label, text_] for name, text_ in words.items()]
    # Of a source a brief prints the words alone: its address is on the page of the case.
    if field.layout != "sources":
        others = [d for d in details.values() if d.kind not in _LEFT_OUT and d.name not in words]
        more["d"] = " · ".join(_in_words(ctx.library, detail) for detail in others)
    kept = {key: item for key, item in more.items() if item not in ("", None, [])}
    return claim.anchor, text, kept


def _known(detail: Detail) -> Iterator[str]:
    return (piece.text for piece in detail.pieces if not piece.is_unknown)


def _in_words(library: Library, detail: Detail) -> str:
    """Return terms and dates by themselves; an answer such as yes, and a number, with its label."""
    answers = any(piece.term in {"yes", "partly", "no"} for piece in detail.pieces)
    if detail.kind in {"term", "date"} and not answers:
        return library.locale.joined_by_commas([*_known(detail)])
    return labelled(library, detail.label, [*_known(detail)])
