"""Owns the search for names and sources that a record must keep to itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.problem import Problem
from generator.model.record import Model
from generator.model.value import UNKNOWN, every_text, field_path, texts
from generator.records import privacy
from generator.records.case import Case
from generator.records.checks.needs import CaseSource
from generator.records.privacy.hidden import hidden_names, named_in_values, texts_as_shown
from generator.records.privacy.mentions import Names

HINT = "describe it instead, for example 'a ministry'; the record does not name this one"
SOURCE_HINT = "take the address out; the record shows no link to its sources"


def leaked_names(case: Case, model: Model, written: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each place that names what is hidden, or shows a hidden source."""
    hidden = frozenset(place for place, _ in privacy.hidden_entries(case.values, model))
    names = hidden_names(case, model) if hidden else None
    if names:
        for place, name in named_in_values(case, model, names, hidden):
            yield _named(case, case.position(place), name)
        if name := names.within_address(f"{case.path} {case.id}"):
            message = f"the file's name or id holds '{name}', which must not be named"
            yield _problem(case, (1, 1), message, "rename the file")
        yield from _named_in_body(case, names, written)
    if privacy.visibility(case.values, model) == privacy.ANONYMISED:
        yield from _shown_sources(case, model, written)


def _named_in_body(case: Case, names: Names, written: CaseSource) -> Iterator[Problem]:
    """Yield what the body says as it is typed, what it says only once rendered, and its links."""
    told: set[str] = set()
    for index, name in names.by_line(written.body):
        told.add(name)
        yield _named(case, (written.body_line + index, 1), name)
    for name in dict.fromkeys(names.each(texts_as_shown(case))):
        if name not in told:
            index = names.line_of(name, written.body)
            yield _named(case, (written.body_line + index, 1), name)
    for link in case.body.links:
        name = names.within_address(link.target)
        if name and not names.within(link.target):
            yield _named(case, (link.line, link.column), name)


def _named(case: Case, position: tuple[int, int], name: str) -> Problem:
    return _problem(case, position, f"'{name}' must not be named here", HINT)


def _shown_sources(case: Case, model: Model, written: CaseSource) -> Iterator[Problem]:
    links = [field.path for field in model.walk() if field.source_link]
    addresses = {_address(text) for path in links for text in texts(case.values, path)}
    addresses -= {UNKNOWN, ""}
    if not addresses:
        return
    for place, text in every_text(dict(case.values)):
        path = field_path(place)
        if path not in links and any(address in text for address in addresses):
            message = "the address of a source must not be shown here"
            yield _problem(case, case.position(place), message, SOURCE_HINT)
    for index, line in enumerate(written.body.split("\n")):
        if any(address in line for address in addresses):
            message = "the address of a source must not be shown here"
            yield _problem(case, (written.body_line + index, 1), message, SOURCE_HINT)


def _address(url: str) -> str:
    """Return an address without its scheme and its last slash."""
    return url.partition("://")[2].rstrip("/") or url


def _problem(case: Case, position: tuple[int, int], message: str, hint: str) -> Problem:
    line, column = position
    return Problem(
        path=case.path, line=line, column=column, code="hidden-name", message=message, hint=hint
    )
