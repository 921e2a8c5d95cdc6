"""Owns the pages made from the model itself: how to contribute, the glossary, the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.base.dates import date_in_words
from generator.exports.tables import columns, table_names
from generator.library import address
from generator.library.library import LONG, Library
from generator.model.record import Field, Model, Section
from generator.model.reference import example_yaml, kind_words, need_words
from generator.model.scaffold import blank_record
from generator.model.vocabulary import Term, Vocabulary
from generator.pages.page import Page, SiteContext


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the reference: what to write, whether it is needed, the terms, an example."""

    field: Field
    kind: str
    need: str
    vocabulary: Vocabulary | None
    terms: tuple[Term, ...]
    example: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class VocabularyView:
    """A vocabulary of the glossary: each term with its page, how many are `omitted`."""

    vocabulary: Vocabulary
    terms: tuple[tuple[Term, str], ...]
    omitted: int
    used_in: tuple[Field, ...]


def contribute(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page on how to write a record, made from the model."""
    name = ctx.library.model.name
    yield Page(
        path=address.CONTRIBUTE,
        title="How to contribute",
        template="contribute.html",
        description=f"Every field of a {name}, with its meaning, its terms and an example.",
        context=partial(_contribute, ctx.library),
    )


def _contribute(library: Library) -> dict[str, Any]:
    model = library.model
    parts: list[tuple[Section, list[FieldView]]] = []
    for section in (*model.sections, Section(id="", title="First fields")):
        fields = [f for f in model.fields.values() if f.section == section.id]
        if fields:
            parts.append((section, [field_view(library, field) for field in fields]))
    parts.sort(key=lambda part: part[0].id != "")
    return {
        "parts": parts,
        "blank": blank_record(model, f"The name of your {model.name}", "", ""),
        "kinds": _kinds(model),
        "folder": f"content/{model.folder}/",
        "contents": _contents(parts, kinds=bool(model.type_field)),
    }


def _kinds(model: Model) -> list[tuple[Term, list[str]]]:
    """Return the kinds of record, each with the labels of the fields it needs."""
    field = model.fields.get(model.type_field)
    vocabulary = model.vocabularies.get(field.vocabulary) if field else None
    return [
        (
            vocabulary.terms[kind.id],
            [f.label for f in model.fields.values() if f.need in kind.needs],
        )
        for kind in model.types.kinds.values()
        if vocabulary and kind.id in vocabulary.terms
    ]


def _contents(
    parts: list[tuple[Section, list[FieldView]]], *, kinds: bool
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found: list[tuple[str, str, list[tuple[str, str]]]] = [("begin", "How to begin", [])]
    if kinds:
        found.insert(0, ("kinds", "Kinds of record", []))
    for section, views in parts:
        below = [("-".join(view.field.path), view.field.label) for view in views]
        found.append((f"section-{section.id or 'first'}", section.title, below))
    return found


def field_view(library: Library, field: Field) -> FieldView:
    """Return a field as the reference shows it, its own fields included."""
    vocabulary = library.model.vocabularies.get(field.vocabulary)
    terms = tuple(vocabulary.terms.values()) if vocabulary and len(vocabulary.terms) <= LONG else ()
    return FieldView(
        field=field,
        kind=kind_words(field),
        need=need_words(field, library.model),
        vocabulary=vocabulary,
        terms=terms,
        example=example_yaml(field) if len(field.path) == 1 and _has_example(field) else "",
        fields=tuple(field_view(library, member) for member in field.fields.values()),
    )


def _has_example(field: Field) -> bool:
    return any(part.example for part in field.walk() if part.kind != "record")


def glossary_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of all terms; of a long vocabulary, those that are used."""
    yield Page(
        path=address.GLOSSARY,
        title="Glossary",
        template="glossary.html",
        description="Every term that records are described by, with its meaning.",
        context=partial(_glossary, ctx.library),
    )


def _glossary(library: Library) -> dict[str, Any]:
    views = [_vocabulary(library, v) for v in library.model.vocabularies.values()]
    return {
        "vocabularies": views,
        "levels": library.model.strength.levels if library.model.strength else (),
        "contents": [(v.vocabulary.name, v.vocabulary.title, ()) for v in views],
    }


def _vocabulary(library: Library, vocabulary: Vocabulary) -> VocabularyView:
    facets = [f for f in library.model.facets.values() if f.vocabulary == vocabulary.name]
    shown = [t for t in vocabulary.terms.values() if library.explained(vocabulary, t.id)]
    pages = [
        next((address.term(library, f, t.id) for f in facets if library.named(f, t.id)), "")
        for t in shown
    ]
    return VocabularyView(
        vocabulary,
        tuple(zip(shown, pages, strict=True)),
        len(vocabulary.terms) - len(shown),
        tuple(f for f in library.model.walk() if f.vocabulary == vocabulary.name),
    )


def data(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of downloads, with the columns of each table and how to cite an edition."""
    yield Page(
        path=address.DATA,
        title="Data",
        template="data.html",
        description="The whole library as data, and how to cite it.",
        context=partial(_data, ctx),
    )


def _data(ctx: SiteContext) -> dict[str, Any]:
    library = ctx.library
    return {
        "downloads": ctx.downloads,
        "tables": [
            (name, list(columns(library.model, name))) for name in table_names(library.model)
        ],
        "edition": date_in_words(library.as_of),
        "counted": len(library.counted),
    }
