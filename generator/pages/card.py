"""The card of a case: what a list says of it, wherever the list stands."""

from __future__ import annotations

from dataclasses import dataclass

from generator.library import address
from generator.library.library import Library
from generator.library.questions import question
from generator.model.value import UNKNOWN
from generator.pages.pieces import Detail, Piece, pieces
from generator.records.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case as any list shows it.

    `language` is empty where it is the site's. `label` says why a case is not counted, and is
    empty where it is. `details` stand above the title, `marks` below it.
    """

    id: str
    to: str
    title: str
    summary: str
    language: str
    label: str
    details: tuple[Detail, ...]
    marks: tuple[Detail, ...]
    translations: tuple[Piece, ...]


def language(library: Library, case: Case) -> str:
    """Return the language of a record's own words, empty where it is the site's."""
    code = library.text(case, "language")
    return "" if code == library.language else code


@question
def card(library: Library, id_: str) -> Card:
    """Return the card of a case."""
    case = library.outline(id_)
    original = library.outline(library.original(id_) or id_)
    return Card(
        id=id_,
        to=address.case(library, id_),
        title=library.title(id_),
        summary=library.text(case, "summary"),
        language=language(library, case),
        label=kind_label(library, original) if library.is_example(id_) else "",
        details=_details(library, case, library.model.card.above),
        marks=_details(library, case, library.model.card.below),
        translations=tuple(
            Piece(
                library.text(library.outline(other), "language") or library.language,
                address.case(library, other),
            )
            for other in library.translations(id_)
        ),
    )


def _details(library: Library, case: Case, names: tuple[str, ...]) -> tuple[Detail, ...]:
    """Return the named fields of a case that have a value; an unknown one is left out."""
    fields = [library.model.fields[name] for name in names]
    return tuple(
        Detail(field.label, pieces(library, field, value), field.kind, field.name)
        for field in fields
        if (value := case.values.get(field.name)) not in (None, UNKNOWN)
    )


def kind_label(library: Library, case: Case) -> str:
    """Return what kind of record a case is, in words; empty where the model has no kinds."""
    field = library.model.fields.get(library.model.type_field)
    kinds = pieces(library, field, case.values.get(field.name)) if field else ()
    return kinds[0].text if kinds else ""
