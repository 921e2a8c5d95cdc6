"""Owns the pages of cases: the list of all of them, one for each, and one for each address it had before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import address
from generator.case import Case
from generator.dates import spoken
from generator.library import Claim, Library
from generator.links import filled
from generator.model.record import Field, Section
from generator.model.value import UNKNOWN
from generator.names import slug
from generator.pages.facet import summary
from generator.pages.page import Making, Page
from generator.related import Related
from generator.tally import Answered, age, answered, missing
from generator.views import Card, Detail, EntryView, Piece, entries, kind_label, language, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one field shows on a case's page: entries, or the pieces of a simple value."""

    field: Field
    layout: str
    entries: tuple[EntryView, ...] = ()
    pieces: tuple[Piece, ...] = ()
    answered: Answered | None = None
    unasked: tuple[Piece, ...] = ()

    @property
    def id(self) -> str:
        """Return the block's anchor on the page."""
        return slug(self.field.name)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a case's page with what stands in it."""

    section: Section
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Return the anchor of what has no heading of its own."""
        return f"part-{self.section.id}"

    @property
    def own(self) -> tuple[Block, ...]:
        """Return the blocks under a heading of their own."""
        return tuple(block for block in self.blocks if block.field.layout)

    @property
    def rest(self) -> tuple[Block, ...]:
        """Return the blocks that stand together under the section's title."""
        return tuple(block for block in self.blocks if not block.field.layout)

    @property
    def contents(self) -> list[tuple[str, str, tuple[()]]]:
        """Return the anchors and titles of what stands in the part."""
        found: list[tuple[str, str, tuple[()]]] = [(b.id, b.field.heading, ()) for b in self.own]
        return [*found, (self.id, self.section.title, ())] if self.rest else found


@dataclass(frozen=True, slots=True)
class Beside:
    """A related case with the reason: its author's word, and the terms that both name."""

    card: Card
    relation: str
    shared: tuple[tuple[str, Piece], ...]


def case_list(making: Making) -> Iterator[Page]:
    """Yield the list of all cases, with every facet as links."""
    library = making.library
    begin = [library.model.facets[name] for name in making.site.begin]
    others = [f for f in library.model.facets.values() if f not in begin]
    facets = [summary(library, f) for f in (*begin, *others) if library.index[f.name]]
    yield Page(
        path=address.cases(library),
        title=library.model.plural[:1].upper() + library.model.plural[1:],
        template="cases.html",
        description=f"All {library.model.plural} of {making.site.name}.",
        context={
            "cards": [making.cards[id_] for id_ in library.counted],
            "examples": [making.cards[id_] for id_ in library.examples],
            "facets": facets,
        },
    )


def case_pages(making: Making) -> Iterator[Page]:
    """Yield the page of every case."""
    for case in making.library.cases.values():
        yield _page(making, case)


def _page(making: Making, case: Case) -> Page:
    library, path = making.library, address.case(making.library, case.id)
    parts = [part for section in library.model.sections if (part := _part(library, case, section))]
    return Page(
        path=path,
        title=library.text(case, "title"),
        template="case.html",
        description=library.text(case, "summary"),
        above=(
            Piece(
                library.model.plural[:1].upper() + library.model.plural[1:], address.cases(library)
            ),
        ),
        language=language(library, case, making.site.language),
        context={
            "case": case,
            "card": making.cards[case.id],
            "kind": kind_label(library, case),
            "panel": [part for part in parts if part.section.place == "panel"],
            "main": [part for part in parts if part.section.place == "main"],
            "sources": [p for p in parts if p.section.place == "end" and p.own],
            "custody": [p for p in parts if p.section.place == "end" and not p.own],
            "contents": _contents(
                parts, story=bool(case.body.words), related=bool(making.related[case.id])
            ),
            "verdicts": _verdicts(library, case),
            "body": filled(case.body, making.resolved[path].targets, path)
            if case.body.words or case.body.links
            else "",
            "missing": missing(case, library.model) if case.id not in library.examples else (),
            "unknown": _unknown(library, case),
            "age": _age(library, case),
            "related": [_beside(making, item) for item in making.related[case.id]],
            "citation": _citation(making, case),
            "edit": making.site.edit_url + _below_content(making, case)
            if making.site.edit_url
            else "",
            "original": _original(library, case),
        },
    )


def _contents(parts: list[Part], *, story: bool, related: bool) -> list[tuple[str, str, tuple[()]]]:
    main = [item for part in parts if part.section.place == "main" for item in part.contents]
    end = [
        item for part in parts if part.section.place == "end" and part.own for item in part.contents
    ]
    extra: list[tuple[str, str, tuple[()]]] = [("related", "Related", ())] if related else []
    text: list[tuple[str, str, tuple[()]]] = [("story", "The story", ())] if story else []
    return [*main, *text, *end, *extra, ("about", "About this record", ())]


def _below_content(making: Making, case: Case) -> str:
    content = making.site.content.relative_to(making.site.root).as_posix()
    return case.path.removeprefix(f"{content}/")


def _part(library: Library, case: Case, section: Section) -> Part | None:
    fields = [
        field
        for field in library.model.fields.values()
        if field.section == section.id
        and field.shown
        and not (section.place == "main" and case.values.get(field.name) == UNKNOWN)
    ]
    blocks = tuple(block for field in fields if (block := _block(library, case, field)))
    return Part(section, blocks) if blocks else None


def _block(library: Library, case: Case, field: Field) -> Block | None:
    value = case.values.get(field.name)
    if value is None:
        return None
    claims = library.claims[case.id].get(field.name, ())
    if value == UNKNOWN or not field.layout:
        if field.kind == "record" and claims and (field.many or field.key):
            return Block(field=field, layout="list", entries=entries(library, claims))
        return Block(
            field=field,
            layout="text" if field.kind == "text" else "facts",
            pieces=pieces(library, field, value),
        )
    return Block(
        field=field,
        layout=field.layout,
        entries=entries(library, claims),
        answered=answered(field, claims, library.model),
        unasked=_unasked(library, field, claims),
    )


def _unasked(library: Library, field: Field, claims: tuple[Claim, ...]) -> tuple[Piece, ...]:
    summed = answered(field, claims, library.model)
    return pieces(library, field.fields[field.key], list(summed.unasked)) if summed else ()


def _verdicts(library: Library, case: Case) -> list[Detail]:
    """Return a sentence for each scored field, such as 'four of five traits'."""
    found = []
    for field in library.model.fields.values():
        summed = answered(field, library.claims[case.id].get(field.name, ()), library.model)
        if summed and field.name in library.claims[case.id]:
            found.append(Detail(field.label, (Piece(summed.sentence, f"#{slug(field.name)}"),)))
    return found


def _unknown(library: Library, case: Case) -> list[str]:
    """Return the labels of the fields of the main part that are known to be unknown."""
    main = {section.id for section in library.model.sections if section.place == "main"}
    return [
        field.label
        for field in library.model.fields.values()
        if field.section in main and case.values.get(field.name) == UNKNOWN
    ]


def _age(library: Library, case: Case) -> dict[str, object]:
    updated, due = library.text(case, "updated"), library.text(case, "review-due")
    found = age(updated, due, library.as_of)
    return {
        "updated": spoken(updated) if updated else "",
        "due": spoken(due) if due else "",
        "months": found.months,
        "overdue": found.overdue,
    }


def _beside(making: Making, item: Related) -> Beside:
    library = making.library
    field = library.model.role("related")
    relation = field.fields.get("relation") if field else None
    shared = tuple(
        (facet.noun, Piece(library.term(facet, id_).label, address.term(library, facet, id_), id_))
        for facet, id_ in item.shared
    )
    word = pieces(library, relation, item.relation)[0].text if relation and item.relation else ""
    return Beside(making.cards[item.case], word, shared)


def _citation(making: Making, case: Case) -> dict[str, str]:
    library = making.library
    updated = library.text(case, "updated")
    return {
        "title": library.text(case, "title"),
        "site": making.site.name,
        "edition": spoken(library.as_of),
        "updated": spoken(updated) if updated and updated != UNKNOWN else "",
        "address": making.site.url + address.case(library, case.id) if making.site.url else "",
        "licence": library.text(case, "licence") or making.site.licence,
    }


def _original(library: Library, case: Case) -> Piece | None:
    target = library.text(case, "translation")
    if target not in library.cases:
        return None
    return Piece(library.text(library.cases[target], "title"), address.case(library, target))


def moved_pages(making: Making) -> Iterator[Page]:
    """Yield a page at each address that a case or a term had before, leading to the present one."""
    library = making.library
    for old, new in library.moved.items():
        title = library.text(library.cases[new], "title")
        yield _moved(f"{library.model.folder}/{old}.html", Piece(title, address.case(library, new)))
    for facet in library.model.facets.values():
        for term in library.model.vocabularies[facet.vocabulary].terms.values():
            for old in term.former_ids:
                target = Piece(term.label, address.term(library, facet, term.id))
                yield _moved(f"{facet.address}/{old}.html", target)


def _moved(path: str, target: Piece) -> Page:
    return Page(
        path=path,
        title=target.text,
        template="moved.html",
        context={"target": target},
        listed=False,
    )
