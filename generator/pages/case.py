"""The page of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.analysis.related import Related
from generator.analysis.related import related as related_cases
from generator.analysis.tally import Age, age, missing_fields
from generator.base.names import href
from generator.library import address
from generator.library.collect import relation_field
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.model.value import WITHHELD, every_text, is_unknown
from generator.pages.blocks import PagePart, page_parts
from generator.pages.body_words import body_html
from generator.pages.card import Card, card, kind_label, language
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pieces import (
    Piece,
    case_piece,
    piece,
    records_title,
    term_piece,
)
from generator.records import privacy
from generator.records.case import Case


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """A related case with the reason: its author's word, and the terms that both name.

    A term stands with the noun of its facet.
    """

    card: Card
    relation: str
    shared: tuple[tuple[str, Piece], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """What the page of a case shows, part by part.

    `missing` are the fields that a full record still needs; `unknown` the labels of those that are
    known to be unknown. `updated` and `due` are the dates of the last change and of the next
    review in words, empty where none is given. `edit` is the address at which the record can be
    improved, `original` the case that this one translates.
    """

    card: Card
    kind: str
    panel: list[PagePart]
    main: list[PagePart]
    sources: list[PagePart]
    custody: list[PagePart]
    contents: Contents
    body: str
    missing: tuple[Field, ...]
    unknown: list[str]
    updated: str
    due: str
    age: Age
    related: list[RelatedCase]
    licence: str
    edit: str
    original: Piece | None


def case_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every case."""
    library = ctx.library
    above = Piece(records_title(library.model), address.cases(library))
    for id_ in library.ids:
        yield Page(
            path=address.case(library, id_),
            title="",
            template="case.html",
            above=(above,),
            context=deferred_view(_case_view, ctx, id_),
            head=partial(_head, library, id_),
        )


def _head(library: Library, id_: str) -> dict[str, str]:
    case = library.outline(id_)
    return {
        "title": library.title(id_),
        "description": library.text(case, "summary"),
        "language": language(library, case),
    }


def _case_view(ctx: SiteContext, id_: str) -> CaseView:
    library, path = ctx.library, address.case(ctx.library, id_)
    _ = library.locale.gettext
    case = library.case(id_)
    parts = list(page_parts(ctx, case))
    panel, main, end = (
        [part for part in parts if part.section.place == place]
        for place in ("panel", "main", "end")
    )
    sources = [part for part in end if part.headed]
    related = [_related_case(ctx, item) for item in related_cases(library, id_)]
    has_body = bool(case.body.words or case.body.links)
    original = library.original(id_)
    updated, due = library.text(case, "updated"), library.text(case, "review-due")
    return CaseView(
        card=card(ctx.library, case.id),
        kind=kind_label(library, case),
        panel=panel,
        main=main,
        sources=sources,
        custody=[part for part in end if not part.headed],
        contents=[
            *(item for part in main for item in part.contents),
            *([("story", _("The story"), ())] if has_body else []),
            *(item for part in sources for item in part.contents),
            *([("related", _("Related"), ())] if related else []),
            ("about", _("About this record"), ()),
        ],
        body=body_html(library, case, path, language(library, case)) if has_body else "",
        missing=()
        if library.is_example(id_)
        else tuple(missing_fields(case.values, library.model)),
        unknown=_unknown(library, case),
        updated=library.locale.date_in_sentence(updated),
        due=library.locale.date_in_sentence(due),
        age=age(updated, due, library.as_of),
        related=related,
        licence=library.text(case, "licence") or ctx.site.licence,
        edit=_edit(ctx, case),
        original=case_piece(library, original) if original else None,
    )


def _edit(ctx: SiteContext, case: Case) -> str:
    """Return where the record's file can be edited; nothing where the file holds hidden names."""
    site, model = ctx.site, ctx.library.model
    if not site.edit_url or privacy.visibility(case.values, model) == privacy.ANONYMISED:
        return ""
    if any(text == WITHHELD for _, text in every_text(dict(case.values))):
        return ""
    content = site.content.relative_to(site.root).as_posix()
    return site.edit_url + href(case.path.removeprefix(f"{content}/"))


def _unknown(library: Library, case: Case) -> list[str]:
    """Return the labels of the fields of the main part that are known to be unknown."""
    main = {section.id for section in library.model.sections if section.place == "main"}
    return [
        field.label
        for field in library.model.fields.values()
        if field.name in case.values
        and is_unknown(case.values[field.name])
        and (field.section in main or (not field.section and field.layout))
    ]


def _related_case(ctx: SiteContext, item: Related) -> RelatedCase:
    library = ctx.library
    shared = tuple(
        (_noun_of(library, facet, id_), term_piece(library, facet, id_))
        for facet, id_ in item.shared
    )
    return RelatedCase(card(ctx.library, item.case), _reason(library, item), shared)


def _noun_of(library: Library, facet: Facet, id_: str) -> str:
    """Return what a term is called in a sentence: Asia is a region, and no country."""
    is_group = id_ in library.model.vocabulary_of(facet).broad
    return facet.group_noun if is_group else facet.noun


def _reason(library: Library, item: Related) -> str:
    """Return the word of the author who named the other, and which of the two that was."""
    field, _ = relation_field(library.model.role("related")), library.locale.gettext
    word = piece(library, field, item.relation).text if field and item.relation else ""
    if item.named:
        return word or _("Named by this record")
    if not item.names:
        return ""
    if not word:
        return _("Names this one")
    return _("Says of this one: %(words)s", words=library.locale.lower(word[:1]) + word[1:])
