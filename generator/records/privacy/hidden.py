"""Owns the names that a record hides, and where the texts of this or another record say them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from generator.model.record import Field, Model
from generator.model.value import every_text, field_path
from generator.records import privacy
from generator.records.case import Case
from generator.records.privacy.mentions import Names

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var)"
    r"(?:\s[^<>]*)?/?>"
)
_TAG = re.compile(r"</?[a-z][^<>]*>")


def hidden_names(case: Case, model: Model) -> Names:
    """Return all that the names which a record must not print are called."""
    names: list[str] = []
    people: list[str] = []
    for place, name in privacy.hidden_entries(case.values, model):
        field = model.at(field_path(place))
        if field and field.personal:
            people += _spellings(field, name, case, model)
        elif field:
            names += _spellings(field, name, case, model)
    return Names.of(names, people)


def _spellings(field: Field, name: str, case: Case, model: Model) -> Iterator[str]:
    """Yield all that a hidden name is called: a term's id, label and synonyms in any language."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    term = vocabulary.terms.get(name) if vocabulary else None
    if term:
        yield from (term.label, term.id, *term.synonyms, *term.labels.values(), *term.former_ids)
    else:
        yield case.new_terms.get(field.vocabulary, {}).get(name, name)


def named_in_values(
    case: Case, model: Model, names: Names, spared: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the place of each value that says a name, with the name; not the places `spared`."""
    for place, text in every_text(dict(case.values)):
        field = model.at(field_path(place))
        if field is None or place in spared or _only_a_term(field, model):
            continue
        said = case.new_terms.get(field.vocabulary, {}).get(text, text)
        address = field.kind in {"url", "slug", "case", "source"}
        if name := names.within_address(text) if address else names.within(said):
            yield place, name


def _only_a_term(field: Field, model: Model) -> bool:
    """Tell whether a field can hold no word of the author's own: `government` names nobody."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    return vocabulary is not None and not vocabulary.open and not (field.private or field.personal)


def texts_as_shown(case: Case) -> str:
    """Return the text of a record's body as a reader sees it, without tags and comments."""
    markup = _COMMENT.sub("", "".join(case.body.parts))
    return unescape(_TAG.sub(" ", _INLINE.sub("", markup)))
