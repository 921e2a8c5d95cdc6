"""The page of a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
from generator.pages.blocks import PagePart, listed_as_unknown, no_sections, page_parts
from generator.pages.body_words import body_html
from generator.pages.card import Card, card, kind_label, language
from generator.pages.filters import says_unknown
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pieces import (
    Piece,
    case_piece,
    labelled,
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

    `missing` are the fields that a full record still needs; `unknown` says of which it is known
    that they are unknown, a line for each list of entries. `strengths` are the strengths that the
    evidence of its claims has, each with what it means and the number of those claims. `updated`
    and `due` are the dates of the last change and of the next review in words, empty where none is
    given. `edit` is the address at which the record can be improved, `original` the case that this
    one translates.
    """

    card: Card
    kind: str
    panel: list[PagePart]
    main: list[PagePart]
    sources: list[PagePart]
    custody: list[PagePart]
    contents: Contents
    body: str
    strengths: list[tuple[int, str, int]]
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
    unknown, strengths = _unknown(library, case, parts), _strengths(library, id_)
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
            *([("facts", panel[0].section.title, ())] if panel else []),
            *([("sure", _("How sure we are"), ())] if unknown or strengths else []),
            *(item for part in sources for item in part.contents),
            *([("related", _("Related"), ())] if related else []),
        ],
        body=body_html(library, case, path, language(library, case)) if has_body else "",
        missing=()
        if library.is_example(id_)
        else tuple(missing_fields(case.values, library.model)),
        strengths=strengths,
        unknown=unknown,
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
    content = site.content_path
    return site.edit_url + href(case.path.removeprefix(f"{content}/"))


def _unknown(library: Library, case: Case, parts: Sequence[PagePart]) -> list[str]:
    """Return what is known to be unknown: whole fields first, then by list what entries lack.

    What the page says in its place is left out: of obstacles, that no response is known.
    """
    model, locale = library.model, library.locale
    sections = {section.id: section for section in model.sections}
    elsewhere = no_sections(library)[1]
    labels = [
        field.heading if field.layout else field.label
        for field in model.fields.values()
        if is_unknown(case.values.get(field.name))
        and field.shown
        and listed_as_unknown(field, sections.get(field.section, elsewhere))
    ]
    lines = [locale.joined_by_commas(labels)] if labels else []
    for block in (block for part in parts for block in part.blocks if block.rows):
        said_in_place = _said_in_place(library, block.field)
        counts = Counter(
            detail.label
            for row in block.rows
            for detail in (*row.entry.badges, *row.entry.details)
            if says_unknown(detail.pieces) and detail.name not in said_in_place
        )
        of_entries = [_of_entries(library, *pair, len(block.rows)) for pair in counts.items()]
        lines += [labelled(library, block.field.heading, of_entries)] if of_entries else []
    return lines


def _said_in_place(library: Library, field: Field) -> tuple[str, ...]:
    """Return the members of a list of obstacles whose rows say themselves what is not known."""
    declared = library.model.across.responses
    return (declared.response, declared.worked) if declared and declared.of == field.name else ()


def _of_entries(library: Library, label: str, number: int, total: int) -> str:
    """Return a label, and in how many of the entries it is unknown where that is not all."""
    if number == total:
        return label
    return library.locale.gettext(
        "%(field)s (in %(num)s of %(total)s)", field=label, num=number, total=total
    )


def _strengths(library: Library, id_: str) -> list[tuple[int, str, int]]:
    """Return the strengths of a case's claims, the strongest first; nothing without such claims."""
    counts = Counter(claim.strength for claim in library.all_claims(id_) if claim.anchor)
    strength = library.model.strength
    levels = tuple(enumerate(strength.levels)) if strength else ()
    return [(n, words, counts[n]) for n, words in reversed(levels) if counts[n]]


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
