"""Owns the search for names and sources that a record must keep to itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator import privacy
from generator.case import Case
from generator.checks.needs import Written
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, every, field_path, texts
from generator.privacy.mentions import Names
from generator.problem import Problem

HINT = "describe it instead, for example 'a ministry'; the record does not name this one"
SOURCE_HINT = "take the address out; the record shows no link to its sources"


def leaks(case: Case, model: Model, written: Written) -> Iterator[Problem]:
    """Yield a problem for each place that names what is hidden, or shows a hidden source."""
    hidden = dict(privacy.hidden_entries(case.values, model))
    names = Names.of(
        spelling
        for place, name in hidden.items()
        for spelling in _spellings(model.at(field_path(place)), name, case, model)
    )
    if names:
        yield from _named_in_values(case, model, names, frozenset(hidden))
        if name := names.within_address(f"{case.path} {case.id}"):
            message = f"the file's name or id holds '{name}', which must not be named"
            yield _problem(case, (1, 1), message, "rename the file")
        for index, name in names.by_line(written.body):
            mark = (written.body_line + index, 1)
            yield _problem(case, mark, f"'{name}' must not be named here", HINT)
        for link in case.body.links:
            name = names.within_address(link.target)
            if name and not names.within(link.target):
                mark = (link.line, link.column)
                yield _problem(case, mark, f"'{name}' must not be named here", HINT)
    if privacy.visibility(case.values, model) == privacy.ANONYMISED:
        yield from _shown_sources(case, model, written)


def _named_in_values(
    case: Case, model: Model, names: Names, hidden: frozenset[str]
) -> Iterator[Problem]:
    for place, text in every(dict(case.values)):
        field = model.at(field_path(place))
        if field is None or place in hidden or _only_a_term(field, model):
            continue
        address = field.kind in {"url", "slug", "case", "source"}
        name = names.within_address(text) if address else names.within(text)
        if name:
            yield _problem(case, case.mark(place), f"'{name}' must not be named here", HINT)


def _only_a_term(field: Field, model: Model) -> bool:
    """Tell whether a field can hold no word of the author's own: `government` names nobody."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    return vocabulary is not None and not vocabulary.open and not (field.private or field.personal)


def _shown_sources(case: Case, model: Model, written: Written) -> Iterator[Problem]:
    links = [field.path for field in model.walk() if field.source_link]
    addresses = {_address(text) for path in links for text in texts(case.values, path)}
    addresses -= {UNKNOWN, ""}
    if not addresses:
        return
    for place, text in every(dict(case.values)):
        path = field_path(place)
        if path not in links and any(address in text for address in addresses):
            message = "the address of a source must not be shown here"
            yield _problem(case, case.mark(place), message, SOURCE_HINT)
    for index, line in enumerate(written.body.split("\n")):
        if any(address in line for address in addresses):
            message = "the address of a source must not be shown here"
            yield _problem(case, (written.body_line + index, 1), message, SOURCE_HINT)


def _address(url: str) -> str:
    """Return an address without its scheme and its last slash."""
    return url.partition("://")[2].rstrip("/") or url


def _spellings(field: Field | None, name: str, case: Case, model: Model) -> Iterator[str]:
    """Yield all that a hidden name is called: a term's id, label and synonyms in any language."""
    vocabulary = model.vocabularies.get(field.vocabulary) if field else None
    term = vocabulary.terms.get(name) if vocabulary else None
    if term:
        yield from (term.label, term.id, *term.synonyms, *term.labels.values(), *term.former_ids)
    elif field:
        yield case.coined.get(field.vocabulary, {}).get(name, name)


def _problem(case: Case, mark: tuple[int, int], message: str, hint: str) -> Problem:
    line, column = mark
    return Problem(
        path=case.path, line=line, column=column, code="hidden-name", message=message, hint=hint
    )
