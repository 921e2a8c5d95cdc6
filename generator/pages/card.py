"""Owns the card of a case, as it is listed anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from generator.library import address
from generator.library.library import Library
from generator.model.value import UNKNOWN
from generator.pages.views import Detail, Piece, pieces
from generator.records.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case as it is listed anywhere; `label` is set where it is not counted, and says why."""

    id: str
    to: str
    title: str
    summary: str
    language: str
    label: str
    details: tuple[Detail, ...]
    marks: tuple[Detail, ...]
    translations: tuple[Piece, ...]


def language(library: Library, case: Case, site_language: str) -> str:
    """Return the language of a record's own words, empty where it is the site's."""
    own = library.text(case, "language")
    return "" if own == site_language else own


def card(library: Library, id_: str, site_language: str) -> Card:
    """Return a case as lists show it."""
    case = library.cases[id_]
    model = library.model
    return Card(
        id=id_,
        to=address.case(library, id_),
        title=library.title(id_),
        summary=library.text(case, "summary"),
        language=language(library, case, site_language),
        label=_label(library, id_) if library.is_example(id_) else "",
        details=_details(library, case, model.card.above),
        marks=_details(library, case, model.card.below),
        translations=tuple(
            Piece(
                library.text(library.cases[other], "language") or site_language,
                address.case(library, other),
            )
            for other in library.translations.get(id_, ())
        ),
    )


def _label(library: Library, id_: str) -> str:
    return kind_label(library, library.cases[library.originals.get(id_, id_)])


def _details(library: Library, case: Case, names: tuple[str, ...]) -> tuple[Detail, ...]:
    """Return those fields of a case that say something, what is unknown left out."""
    fields = [library.model.fields[name] for name in names]
    return tuple(
        Detail(field.label, pieces(library, field, value), field.kind, field.name)
        for field in fields
        if (value := case.values.get(field.name)) not in (None, UNKNOWN)
    )


def kind_label(library: Library, case: Case) -> str:
    """Return what kind of record a case is, in words; empty where the model has no kinds."""
    field = library.model.fields.get(library.model.type_field)
    found = pieces(library, field, case.values.get(field.name)) if field else ()
    return found[0].text if found else ""
