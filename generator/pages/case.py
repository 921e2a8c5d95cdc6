"""Owns the page of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.related import Related, relation
from generator.analysis.tally import age, answered, missing_fields
from generator.base.dates import date_in_words
from generator.base.names import href
from generator.library import address
from generator.library.library import Library, anchor
from generator.library.links import body_with_links
from generator.model.record import Field
from generator.model.value import WITHHELD, every_text, is_unknown
from generator.pages.blocks import PagePart, page_parts
from generator.pages.card import Card, kind_label, language
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.views import Detail, Piece, pieces
from generator.records import privacy
from generator.records.case import Case


@dataclass(frozen=True, slots=True)
class Beside:
    """A related case with the reason: its author's word, and the terms that both name."""

    card: Card
    relation: str
    shared: tuple[tuple[str, Piece], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeView:
    """When a record was updated and is to be reviewed, in words; empty where nobody said."""

    updated: str
    due: str
    months: int | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a reader writes down to cite a record; empty where there is nothing to say."""

    title: str
    site: str
    edition: str
    updated: str
    address: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """What the page of a case shows, part by part.

    `verdicts` hold a sentence for each scored field; `missing` the fields that a full record still
    needs; `unknown` the labels of those that are known to be unknown; `edit` the address at which
    the record can be improved; `original` the case that this one translates.
    """

    card: Card
    kind: str
    panel: list[PagePart]
    main: list[PagePart]
    sources: list[PagePart]
    custody: list[PagePart]
    contents: Contents
    verdicts: list[Detail]
    body: str
    missing: tuple[Field, ...]
    unknown: list[str]
    age: AgeView
    related: list[Beside]
    citation: Citation
    edit: str
    original: Piece | None


def case_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of every case."""
    library = ctx.library
    plural = library.model.plural
    above = Piece(plural[:1].upper() + plural[1:], address.cases(library))
    for id_, case in library.cases.items():
        yield Page(
            path=address.case(library, id_),
            title=library.title(id_),
            template="case.html",
            description=library.text(case, "summary"),
            above=(above,),
            language=language(library, case, ctx.site.language),
            context=deferred_view(_view, ctx, case),
        )


def _view(ctx: SiteContext, case: Case) -> CaseView:
    library, path = ctx.library, address.case(ctx.library, case.id)
    found = list(page_parts(library, case))
    end = [part for part in found if part.section.place == "end"]
    main = [part for part in found if part.section.place == "main"]
    sources = [part for part in end if part.own]
    beside = [_beside(ctx, item) for item in ctx.beside(case.id)]
    told = bool(case.body.words or case.body.links)
    return CaseView(
        card=ctx.cards[case.id],
        kind=kind_label(library, case),
        panel=[part for part in found if part.section.place == "panel"],
        main=main,
        sources=sources,
        custody=[part for part in end if not part.own],
        contents=_contents(main, sources, told=told, related=bool(beside)),
        verdicts=_verdicts(library, case),
        body=body_with_links(case.body, ctx.resolved[path].targets, path) if told else "",
        missing=() if library.is_example(case.id) else missing_fields(case, library.model),
        unknown=_unknown(library, case),
        age=_age(library, case),
        related=beside,
        citation=_citation(ctx, case),
        edit=_edit(ctx, case),
        original=_original(library, case),
    )


def _contents(
    main: list[PagePart], sources: list[PagePart], *, told: bool, related: bool
) -> Contents:
    found = [item for part in main for item in part.contents]
    if told:
        found.append(("story", "The story", ()))
    found += [item for part in sources for item in part.contents]
    if related:
        found.append(("related", "Related", ()))
    return [*found, ("about", "About this record", ())]


def _edit(ctx: SiteContext, case: Case) -> str:
    """Return where the record's file can be edited; nothing where the file holds hidden names."""
    site, model = ctx.site, ctx.library.model
    anonymous = privacy.visibility(case.values, model) == privacy.ANONYMISED
    withheld = any(text == WITHHELD for _, text in every_text(dict(case.values)))
    if not site.edit_url or anonymous or withheld:
        return ""
    content = site.content.relative_to(site.root).as_posix()
    return site.edit_url + href(case.path.removeprefix(f"{content}/"))


def _verdicts(library: Library, case: Case) -> list[Detail]:
    """Return a sentence for each scored field, such as 'four of five traits'."""
    found = []
    for name, claims in library.claims[case.id].items():
        field = library.model.fields[name]
        if field.shown and (summed := answered(field, claims, library.model)):
            found.append(Detail(field.label, (Piece(summed.sentence, f"#{anchor(field)}"),)))
    return found


def _unknown(library: Library, case: Case) -> list[str]:
    """Return the labels of the fields of the main part that are known to be unknown."""
    main = {section.id for section in library.model.sections if section.place == "main"}
    return [
        field.label
        for field in library.model.fields.values()
        if is_unknown(case.values.get(field.name))
        and (field.section in main or (not field.section and field.layout))
    ]


def _age(library: Library, case: Case) -> AgeView:
    updated, due = library.text(case, "updated"), library.text(case, "review-due")
    found = age(updated, due, library.as_of)
    return AgeView(
        updated=date_in_words(updated),
        due=date_in_words(due),
        months=found.months,
        overdue=found.overdue,
    )


def _beside(ctx: SiteContext, item: Related) -> Beside:
    library = ctx.library
    shared = tuple(
        (facet.noun, Piece(library.term(facet, id_).label, address.term(library, facet, id_), id_))
        for facet, id_ in item.shared
    )
    return Beside(ctx.cards[item.case], _reason(library, item), shared)


def _reason(library: Library, item: Related) -> str:
    """Return the word of the author who named the other, and which of the two that was."""
    field = relation(library.model.role("related"))
    word = pieces(library, field, item.relation)[0].text if field and item.relation else ""
    if item.named:
        return word or "Named by this record"
    if not item.names:
        return ""
    return f"Says of this one: {word[:1].lower()}{word[1:]}" if word else "Names this one"


def _citation(ctx: SiteContext, case: Case) -> Citation:
    library, site = ctx.library, ctx.site
    return Citation(
        title=library.title(case.id),
        site=site.name,
        edition=date_in_words(library.as_of),
        updated=date_in_words(library.text(case, "updated")),
        address=site.url + address.case(library, case.id) if site.url else "",
        licence=library.text(case, "licence") or site.licence,
    )


def _original(library: Library, case: Case) -> Piece | None:
    target = library.originals.get(case.id)
    return Piece(library.title(target), address.case(library, target)) if target else None
