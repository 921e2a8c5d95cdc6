"""The checks of what a record must not disclose: contact data, names and sources that it hides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.base.position import Position
from generator.base.problem import Problem
from generator.model.record import Model
from generator.model.value import UNKNOWN, every_text, field_path, texts
from generator.records.case import Case, CaseSource
from generator.records.privacy.contacts import find_contacts
from generator.records.privacy.hidden_names import hidden_names, names_in_values, visible_text
from generator.records.privacy.name_matcher import NameMatcher
from generator.records.privacy.withholding import ANONYMISED, hidden_entries, visibility

MOST_CONTACTS = 50
"""Who pastes a list of addresses reads no more problems than this."""

LEAK = "hidden-name"
LEAK_HINT = "describe it instead, for example 'a ministry'; the record does not name this one"
SOURCE_MESSAGE = "the address of a source must not be shown here"
SOURCE_HINT = "take the address out; the record shows no link to its sources"


def contact_data(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each address or number, in the fields, in remarks and in the body."""
    del model
    yield from contact_problems(case.path, source.text)


def contact_problems(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each address or number in the text of a file, a record or not."""
    for contact in islice(find_contacts(text), MOST_CONTACTS):
        yield Problem(
            path=path,
            line=contact.line,
            column=contact.column,
            code="contact-data",
            message=f"'{contact.text}' looks like {contact.kind}",
            hint="name a position instead, or nobody; a figure is written with commas: 1,087,154",
        )


def leaked_names(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each place that names what is hidden, or shows a hidden source."""
    hidden_places = frozenset(place for place, _ in hidden_entries(case.values, model))
    names = hidden_names(case, model) if hidden_places else None
    if names:
        # The field that holds a hidden name is not a leak: `redacted` takes the name out of it.
        for place, name in names_in_values(case, model, names, except_places=hidden_places):
            yield _leak(case, place, name)
        if name := names.first_in_address(f"{case.path} {case.id}"):
            message = f"the file's name or id holds '{name}', which must not be named"
            yield case.problem(Position(1, 1), LEAK, message, "rename the file")
        yield from _leaks_in_body(case, names, source)
    if visibility(case.values, model) == ANONYMISED:
        yield from _shown_sources(case, model, source)


def _leaks_in_body(case: Case, names: NameMatcher, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each hidden name in the body.

    The body is searched three times. As typed, where the line of a name is certain. As readers see
    it, for names that only the rendered text spells (`An<!-- -->na`, a reference link). In the
    addresses of its links, where the words of a name run together.
    """
    reported: set[str] = set()
    for index, name in names.by_line(source.body):
        reported.add(name)
        yield _leak(case, Position(source.body_line + index, 1), name)
    for name in dict.fromkeys(names.all_in(visible_text(case))):
        if name not in reported:
            index = names.line_of(name, source.body)
            yield _leak(case, Position(source.body_line + index, 1), name)
    for link in case.body.links:
        name = names.first_in_address(link.target)
        if name and not names.first_in(link.target):
            yield _leak(case, Position(link.line, link.column), name)


def _leak(case: Case, place: str | Position, name: str) -> Problem:
    return case.problem(place, LEAK, f"'{name}' must not be named here", LEAK_HINT)


def _shown_sources(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each place that shows the address of a source of an anonymised record."""
    links = [field.path for field in model.walk() if field.source_link]
    addresses = {_without_scheme(text) for path in links for text in texts(case.values, path)}
    addresses -= {UNKNOWN, ""}
    if not addresses:
        return
    for place, text in every_text(dict(case.values)):
        if field_path(place) not in links and any(address in text for address in addresses):
            yield case.problem(place, LEAK, SOURCE_MESSAGE, SOURCE_HINT)
    for line, text in enumerate(source.body.split("\n"), start=source.body_line):
        if any(address in text for address in addresses):
            yield case.problem(Position(line, 1), LEAK, SOURCE_MESSAGE, SOURCE_HINT)


def _without_scheme(url: str) -> str:
    """Return an address without its scheme and its last slash."""
    return url.partition("://")[2].rstrip("/") or url
