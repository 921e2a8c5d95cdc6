"""The pages made from the model itself: how to contribute, the glossary, the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.exports.tables import columns, table_names
from generator.library import address
from generator.library.library import LONG, Library
from generator.model.record import Facet, Field, Model, Section
from generator.model.reference import example_yaml, kind_words, need_words
from generator.model.scaffold import blank_record
from generator.model.vocabulary import Term, Vocabulary
from generator.pages.page import Page, SiteContext, deferred_view


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the reference: what to write, whether it is needed, the terms, an example.

    `terms` is empty for a long vocabulary; `fields` are the members of a record.
    """

    field: Field
    kind: str
    need: str
    vocabulary: Vocabulary | None
    terms: tuple[Term, ...]
    example: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the glossary: its page, empty if it has none; how many groups stand above it.

    `is_group` tells that other terms stand below it.
    """

    term: Term
    to: str
    depth: int
    is_group: bool


@dataclass(frozen=True, slots=True)
class VocabularyView:
    """A vocabulary of the glossary: each group before its terms; `omitted` are more.

    `number` is that of the terms that records may name.
    """

    vocabulary: Vocabulary
    terms: tuple[GlossaryTerm, ...]
    number: int
    omitted: int


def contribute_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page on how to write a record, made from the model."""
    name, _ = ctx.library.model.name, ctx.library.locale.gettext
    yield Page(
        path=address.CONTRIBUTE,
        title=_("Write a %(record)s", record=name),
        template="contribute.html",
        description=_(
            "Every field of a %(record)s, with its meaning, its terms and an example.", record=name
        ),
        context=deferred_view(_contribute_view, ctx),
    )


def _contribute_view(ctx: SiteContext) -> dict[str, Any]:
    library, _ = ctx.library, ctx.library.locale.gettext
    model = library.model
    parts: list[tuple[Section, list[FieldView]]] = []
    # Fields without a section come first: they stand at the top of a file.
    for section in (Section(id="", title=_("First fields")), *model.sections):
        fields = [f for f in model.fields.values() if f.section == section.id]
        if fields:
            parts.append((section, [_field_view(library, field) for field in fields]))
    return {
        "parts": parts,
        "blank": blank_record(
            model, str(_("The name of your %(record)s", record=model.name)), "", ""
        ),
        "kinds": _kinds(model),
        "folder": f"content/{model.folder}/",
        "contents": _contents(library, parts, kinds=bool(model.type_field)),
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
    library: Library, parts: list[tuple[Section, list[FieldView]]], *, kinds: bool
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    _ = library.locale.gettext
    contents: list[tuple[str, str, list[tuple[str, str]]]] = []
    if kinds:
        contents.append(("kinds", _("Kinds of record"), []))
    contents.append(("begin", _("How to begin"), []))
    for section, views in parts:
        below = [("-".join(view.field.path), view.field.label) for view in views]
        contents.append((f"section-{section.id or 'first'}", section.title, below))
    return contents


def _field_view(library: Library, field: Field) -> FieldView:
    """Return a field as the reference shows it, its own fields included."""
    vocabulary = library.model.vocabularies.get(field.vocabulary)
    short = vocabulary and len(vocabulary.terms) <= LONG
    terms = tuple(vocabulary.terms[id_] for id_ in vocabulary.fine) if vocabulary and short else ()
    return FieldView(
        field=field,
        kind=kind_words(field, library.locale),
        need=need_words(field, library.model, library.locale),
        vocabulary=vocabulary,
        terms=terms,
        example=example_yaml(field) if len(field.path) == 1 and _has_example(field) else "",
        fields=tuple(_field_view(library, member) for member in field.fields.values()),
    )


def _has_example(field: Field) -> bool:
    return any(part.example for part in field.walk() if part.kind != "record")


def glossary_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of all terms; of a long vocabulary, those that are used."""
    yield Page(
        path=address.GLOSSARY,
        title=ctx.library.locale.gettext("Words explained"),
        template="glossary.html",
        description=ctx.library.locale.gettext(
            "Every term that records are described by, with its meaning."
        ),
        context=deferred_view(_glossary_view, ctx),
    )


def _glossary_view(ctx: SiteContext) -> dict[str, Any]:
    library = ctx.library
    views = [_vocabulary_view(library, v) for v in library.model.vocabularies.values()]
    return {
        "vocabularies": views,
        "levels": library.model.strength.levels if library.model.strength else (),
        "contents": [(v.vocabulary.name, v.vocabulary.title, ()) for v in views],
    }


def _vocabulary_view(library: Library, vocabulary: Vocabulary) -> VocabularyView:
    facets = [f for f in library.model.facets.values() if f.vocabulary == vocabulary.name]
    terms = tuple(
        GlossaryTerm(
            term=vocabulary.with_labels(term),
            to=_term_page(library, facets, term.id),
            depth=depth,
            is_group=term.id in vocabulary.broad,
        )
        for term, depth in _in_groups(vocabulary)
        if library.is_in_glossary(vocabulary, term.id)
    )
    number = sum(not each.is_group for each in terms)
    return VocabularyView(vocabulary, terms, number, len(vocabulary.terms) - len(terms))


def _term_page(library: Library, facets: list[Facet], id_: str) -> str:
    """Return the page of a term in the first facet that names it; empty where none does."""
    named = (facet for facet in facets if library.named(facet.name, id_))
    return next((address.term(library, facet, id_) for facet in named), "")


def _in_groups(vocabulary: Vocabulary) -> Iterator[tuple[Term, int]]:
    """Yield all terms, each group before the terms below it, with the number of groups above."""

    def below(terms: Iterable[Term], depth: int) -> Iterator[tuple[Term, int]]:
        for term in terms:
            yield term, depth
            if term.id in vocabulary.broad:
                yield from below(vocabulary.narrower(term.id), depth + 1)

    yield from below((vocabulary.terms[id_] for id_ in vocabulary.tops), 0)


def data_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of downloads, with the columns of each table and how to cite an edition."""
    yield Page(
        path=address.DATA,
        title=ctx.library.locale.gettext("Data"),
        template="data.html",
        description=ctx.library.locale.gettext("The whole library as data, and how to cite it."),
        context=deferred_view(_data_view, ctx),
    )


def _data_view(ctx: SiteContext) -> dict[str, Any]:
    library = ctx.library
    return {
        "downloads": ctx.downloads,
        "has_rows": any(file.rows is not None for file in ctx.downloads),
        "tables": [
            (name, list(columns(library.model, name, library.locale)))
            for name in table_names(library.model)
        ],
    }
