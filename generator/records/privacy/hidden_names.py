"""What the hidden names of a record are called, and where the texts of a record say them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape

from generator.model.record import Field, Model
from generator.model.value import every_text, field_path
from generator.records.case import Case
from generator.records.privacy.bare_words import bare
from generator.records.privacy.name_matcher import NameMatcher
from generator.records.privacy.name_parts import NameParts
from generator.records.privacy.withholding import hidden_entries

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr|big|font|tt)"
    r"(?:\s[^<>]*)?/?>"
)
_RAISED = re.compile(r"</?su[bp](?:\s[^<>]*)?>")
_TAG = re.compile(r"</?[a-z][^<>]*>")


def hidden_names(case: Case, model: Model) -> NameMatcher:
    """Return a matcher of all that the names which a record must not print are called."""
    names, people = _names(case, model)
    return NameMatcher.for_names(names, people, spared=_publisher(model))


def hidden_parts(case: Case, model: Model) -> NameParts:
    """Return what may give away the names which a record must not print."""
    names, people = _names(case, model)
    return NameParts.of_names(
        names, people, public_words=model.public_words, spared=_publisher(model)
    )


def _names(case: Case, model: Model) -> tuple[list[str], list[str]]:
    """Return all that the hidden organisations of a record are called, and its hidden persons."""
    names: list[str] = []
    people: list[str] = []
    for place, name in hidden_entries(case.values, model):
        field = model.at(field_path(place))
        if field and field.personal:
            people += _spellings(field, name, case, model)
        elif field:
            names += _spellings(field, name, case, model)
    return names, people


def _publisher(model: Model) -> frozenset[str]:
    """Return what the publisher is called, in bare form: it is no acronym of somebody else."""
    return frozenset(
        bare(word)
        for field in model.walk()
        if field.besides
        for member in field.walk()
        if (vocabulary := model.vocabularies.get(member.vocabulary))
        if (term := vocabulary.terms.get(field.besides))
        for word in (term.id, term.label, *term.synonyms)
    )


def _spellings(field: Field, name: str, case: Case, model: Model) -> Iterator[str]:
    """Yield all that a hidden name is called: a term's id, label and synonyms in any language."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    term = vocabulary.terms.get(name) if vocabulary else None
    if vocabulary and term:
        term = vocabulary.with_labels(term)
        yield from (term.label, term.id, *term.synonyms, *term.labels.values(), *term.former_ids)
    else:
        yield case.new_terms.get(field.vocabulary, {}).get(name, name)


def names_in_values(
    case: Case, model: Model, names: NameMatcher, except_places: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the place of each value that says a name, with the name; not the places excepted."""
    for place, text, is_address in own_words(case, model, except_places):
        name = names.first_in_address(text) if is_address else names.first_in(text)
        if name:
            yield place, name


def own_words(
    case: Case, model: Model, except_places: Collection[str] = ()
) -> Iterator[tuple[str, str, bool]]:
    """Yield the place of each value that its author worded, its text, and if it is an address."""
    for place, text in every_text(dict(case.values)):
        field = model.at(field_path(place))
        if field is None or place in except_places or _holds_only_terms(field, model):
            continue
        if field.kind in {"url", "slug", "case", "source"}:
            yield place, text, True
        else:
            yield place, case.new_terms.get(field.vocabulary, {}).get(text, text), False


def _holds_only_terms(field: Field, model: Model) -> bool:
    """Tell whether a field can hold no word of the author's own: `government` names nobody."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    return vocabulary is not None and not vocabulary.open and not (field.private or field.personal)


def visible_text(case: Case, *, apart: bool = False) -> str:
    """Return the text of a record's body as a reader sees it, without tags and comments.

    A tag inside a line leaves nothing behind, since it divides no word (`An<b>na</b>`). Any other
    tag leaves a space, since it ends one (`<p>Anna</p><p>Smith</p>`). `apart`: it ends a line, and
    so does a raised or lowered number, which belongs to no other.
    """
    return shown_text(case.body.parts, "\n" if apart else " ")


def shown_text(parts: Iterable[str], between: str) -> str:
    """Return the text of HTML; `between` stands for each tag that divides words."""
    html = _COMMENT.sub("", "".join(parts))
    if between == "\n":
        html = _RAISED.sub("\n", html)
    return unescape(_TAG.sub(between, _INLINE.sub("", html)))
