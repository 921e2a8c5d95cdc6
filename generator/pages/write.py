"""The form in which a record is written in a browser: what its script is given, and its page.

All of it follows from the model, and nothing from the records: so the form is the same on the site
and in a file of its own (`pages.form_file`), where records may not even be readable. Names of
organisations and people are no terms to choose from: some of them may stand in no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from generator.base.locale import Locale
from generator.base.names import fold
from generator.base.site import Site
from generator.library import address
from generator.model.record import Field, Model
from generator.model.vocabulary import Term, Vocabulary
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.write_words import form_words

LEFT_OUT: Final = frozenset({"id", "former-ids"})
"""Roles of fields that a new record has no use for: its file's name is its address."""

MOST_ROWS: Final = 12
"""A list of questions with fixed answers shows a row for each of so many questions at most."""

_GITHUB = re.compile(r"(https://github\.[^/?#]+/[^/?#]+/[^/?#]+)/(?:edit|blob|tree)/([^?#]+/)")
"""An address below which the files of a repository are edited, on GitHub or a server like it."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the template of the form prints: the data for its script, and where the manual is."""

    form: dict[str, Any]
    manual: str


def write_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the form; another theme's pages have no place for its script."""
    if not ctx.site.plain:
        return
    locale = ctx.library.locale
    yield Page(
        path=address.WRITE,
        title=form_title(locale),
        template="write.html",
        description=form_description(ctx.library.model, locale),
        context=deferred_view(_view, ctx),
    )


def form_title(locale: Locale) -> str:
    """Return the title of the form."""
    return locale.gettext("A form to fill in")


def form_description(model: Model, locale: Locale) -> str:
    """Return in a sentence what the form is for."""
    return locale.gettext(
        "Write a %(record)s here, without a connection if need be. Out comes one file.",
        record=model.name,
    )


def _view(ctx: SiteContext) -> FormPage:
    library = ctx.library
    return FormPage(form_data(library.model, ctx.site, library.locale), address.CONTRIBUTE)


def form_data(model: Model, site: Site, locale: Locale) -> dict[str, Any]:
    """Return all that the script knows of a model: its fields, terms and kinds, and all sentences.

    Names are short, since the same ones stand there a hundred times; `write.js` explains them.
    What is empty is left out.
    """
    fields = [f for f in model.fields.values() if f.role not in LEFT_OUT]
    used = {member.vocabulary for field in fields for member in field.walk() if member.vocabulary}
    vocabularies = {
        name: {
            "o": vocabulary.open,
            "t": list(_terms(vocabulary, hidden=name in names_vocabularies(model))),
        }
        for name, vocabulary in model.vocabularies.items()
        if name in used
    }
    folder = f"{site.content_path}/{model.folder}/"
    return {
        "library": site.name,
        "record": model.name,
        "folder": folder,
        "type": model.type_field,
        "kinds": list(_kinds(model)),
        "sources": model.strength.sources if model.strength else "",
        "sections": [[section.id, section.title] for section in model.sections],
        "fields": [_field(field, model, locale) for field in fields],
        "terms": vocabularies,
        "headings": list(model.headings),
        "new": new_file_address(site, model),
        "words": form_words(locale),
    }


def new_file_address(site: Site, model: Model) -> str:
    """Return the page on which the repository takes a new record; empty where none is known."""
    match = _GITHUB.fullmatch(site.edit_url)
    return f"{match[1]}/new/{match[2]}{model.folder}" if match else ""


def _kinds(model: Model) -> Iterator[list[Any]]:
    """Yield each kind of record: its id, label and meaning, and the needs that it must meet."""
    field = model.fields.get(model.type_field)
    vocabulary = model.vocabularies.get(field.vocabulary) if field else None
    for kind in model.types.kinds.values():
        term = vocabulary.terms.get(kind.id) if vocabulary else None
        label, meaning = (term.label, term.definition) if term else (kind.id, "")
        yield [kind.id, label, meaning, list(kind.needs)]


def names_vocabularies(model: Model) -> set[str]:
    """Return the vocabularies of names, some of which may not be published."""
    return {field.vocabulary for field in model.walk() if field.private or field.personal}


def _terms(vocabulary: Vocabulary, *, hidden: bool) -> Iterator[list[str]]:
    """Yield each term that a record may name: id, label, meaning, group, other words to find it by.

    What only records have named so far is no term of the form.
    """
    for id_ in () if hidden else vocabulary.fine:
        term = vocabulary.terms[id_]
        group = vocabulary.terms[term.broader].label if term.broader in vocabulary.terms else ""
        if not term.is_new:
            row = [id_, term.label, term.definition, group, _other_words(term)]
            while not row[-1]:
                row.pop()
            yield row


def _other_words(term: Term) -> str:
    """Return the words of other names, such as those of a country, that its row does not have.

    A term with a meaning is found by the words of that. All synonyms would be a quarter of the
    form, which has to be small enough to be mailed.
    """
    if term.definition:
        return ""
    known = {term.id, *fold(term.label).split()}
    words = [word for name in term.synonyms for word in fold(name).split()]
    return " ".join(word for word in dict.fromkeys(words) if word not in known)


def _field(field: Field, model: Model, locale: Locale) -> dict[str, Any]:
    """Return what the script knows of a field, without what is empty."""
    key = field.fields.get(field.key)
    described = model.vocabularies.get(field.vocabulary)
    rows = model.vocabularies.get(key.vocabulary) if key and field.value else None
    strength = model.strength
    own = {
        "n": field.name,
        "k": field.kind,
        "l": field.label,
        "h": field.help,
        "s": field.section,
        "r": field.role,
        "v": field.vocabulary,
        "need": field.need,
        "or": field.alternative,
        "many": field.many,
        "one": locale.capital(str(field.noun)) if field.entries else "",
        "unit": field.unit,
        "min": str(field.min) if field.min is not None else "",
        "max": str(field.max) if field.max is not None else "",
        "day": field.precision == "day",
        "key": field.key,
        "rows": bool(rows and not rows.open and len(rows.fine) <= MOST_ROWS),
        "besides": _besides(field, model),
        "unless": {path: list(values) for path, values in field.applies_unless.items()},
        "flag": field.unneeded_if,
        "free": bool(described and described.open and not field.many),
        "lead": field.lead,
        "id": bool(strength and field.path == (strength.sources, strength.id)),
        "f": [_field(member, model, locale) for member in field.fields.values()],
    }
    return {name: value for name, value in own.items() if value}


def _besides(field: Field, model: Model) -> list[str]:
    """Return the spellings of the entry that does not satisfy a need by itself."""
    return list(dict.fromkeys(filter(None, (field.besides, model.we)))) if field.besides else []
