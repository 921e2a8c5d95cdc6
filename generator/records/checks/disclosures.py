"""The checks of what a record must not disclose: contact data, names and sources that it hides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from pathlib import PurePosixPath

from generator.base.names import fold, visible
from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.model.record import Model
from generator.model.value import UNKNOWN, every_text, field_path, texts
from generator.records.case import Case, CaseSource
from generator.records.privacy.bare_words import bare
from generator.records.privacy.contacts import CHAT, MAIL, TELEPHONE, Contact, find_contacts
from generator.records.privacy.hidden_names import (
    hidden_names,
    hidden_parts,
    names_in_values,
    own_words,
    visible_text,
)
from generator.records.privacy.name_matcher import NameMatcher
from generator.records.privacy.name_parts import Likeness, NameParts
from generator.records.privacy.titles import titled_names
from generator.records.privacy.withholding import ANONYMISED, hidden_entries, visibility
from generator.yaml_nodes.suggested_fixes import quote_as_yaml

_WORD = re.compile(r"[^\W\d_]+")
_ATTRIBUTE = re.compile(r'\s(href|src|title|alt)="([^"]*)"')
"""What a tag holds that readers see, or that says where it leads."""

FILE_NAME = Position(1, 1)
"""Where a problem in the name of a file is shown; no value and no text stands there."""

MOST_CONTACTS = 50
"""Who pastes a list of addresses reads no more problems than this."""

LEAK = "hidden-name"
LEAK_HINT = "describe it instead, for example 'a ministry'; the record does not name this one"
SOURCE_MESSAGE = "the address of a source must not be shown here"
SOURCE_HINT = "take the address out; the record shows no link to its sources"

CONTACT_HINT = {
    MAIL: "name a position instead, or nobody",
    CHAT: "name a position instead, or nobody",
    TELEPHONE: "name a position instead, or nobody; a figure is written with commas: 1,087,154",
}
"""What to do about contact data, by its kind."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an author says is not private: folded words. `field` is where more can be said, if any.

    It answers warnings alone: what is certainly private stays an error.
    """

    field: str
    words: frozenset[str]

    def holds(self, typed: str) -> bool:
        """Tell whether the author says so of something as it was typed."""
        return bool(self.words) and fold(typed) in self.words

    def hint(self, remedy: str, typed: str) -> str:
        """Return a remedy, with how to say that nothing is wrong."""
        if not self.field:
            return f"{remedy}; or leave it, if it is none: this is only a warning"
        quoted = quote_as_yaml(visible(typed).replace("\n", " "))
        return f"{remedy}; if it is none, write among the fields: {self.field}: [{quoted}]"


def allowed_words(field: str, words: Iterable[str]) -> Allowed:
    """Return what is allowed by the words of a field."""
    return Allowed(field, frozenset(map(fold, words)))


def allowed_by(case: Case, model: Model) -> Allowed:
    """Return what the author of a record says is not private."""
    field = model.role("allowed")
    return (
        allowed_words(field.name, texts(case.values, field.path))
        if field
        else Allowed("", frozenset())
    )


def contact_data(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each address or number, in the fields, in remarks and in the body."""
    rendered = visible_text(case, apart=True)
    yield from contact_problems(case.path, source.text, allowed_by(case, model), rendered)


def contact_problems(path: str, text: str, allowed: Allowed, rendered: str) -> Iterator[Problem]:
    """Yield a problem for each address or number in the text and the name of a file.

    `rendered` is the text as readers see it: mark-up can divide what they read as one.
    """
    reported: set[str] = set()
    for contact in islice(find_contacts(text), MOST_CONTACTS):
        reported |= _marks(contact.text)
        yield from _contact(path, Position(contact.line, contact.column), contact, "", allowed)
    for contact in islice(find_contacts(_lines_of_its_own(rendered, text)), MOST_CONTACTS):
        if not _marks(contact.text) <= reported:
            position = _first_position(text, contact.text)
            yield from _contact(path, position, contact, "", allowed)
    for contact in find_contacts(PurePosixPath(path).name.removesuffix(".md")):
        yield from _contact(path, FILE_NAME, contact, " in the file's name", allowed)


def _lines_of_its_own(rendered: str, text: str) -> str:
    """Return the lines of a rendered text that its source does not have: most it has as they are.

    Contacts are sought line by line, so that nothing else is found in a line that is the same.
    """
    searched = frozenset(text.split("\n"))
    return "\n".join(line for line in rendered.split("\n") if line not in searched)


def _marks(contact: str) -> set[str]:
    """Return the letters and digits of a contact, run together."""
    return {"".join(filter(str.isalnum, unescape(visible(contact))))}


def _first_position(text: str, contact: str) -> Position:
    """Return where a text has the longest word of a contact, or its start."""
    longest = max(re.split(r"[\W_]+", contact), key=len)
    at = max(text.find(longest), 0)
    return Position(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _contact(
    path: str, position: Position, contact: Contact, where: str, allowed: Allowed
) -> Iterator[Problem]:
    if not contact.certain and allowed.holds(contact.text):
        return
    hint = CONTACT_HINT[contact.kind]
    doubt = "looks like" if contact.certain else "may be"
    yield Problem(
        path=path,
        line=position.line,
        column=position.column,
        severity=Severity.ERROR if contact.certain else Severity.WARNING,
        code="contact-data" if contact.certain else "perhaps-contact-data",
        message=f"'{contact.text}'{where} {doubt} {contact.kind}",
        hint=hint if contact.certain else allowed.hint(hint.partition(";")[0], contact.text),
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
            yield case.problem(FILE_NAME, LEAK, message, "rename the file")
        yield from _leaks_in_body(case, names, source)
    if visibility(case.values, model) == ANONYMISED:
        yield from _shown_sources(case, model, source)


def doubtful_names(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a warning for each part of a hidden name, and each person with a title.

    Only where a record hides a name. What is said more than once is reported at its first place.
    """
    hidden_places = frozenset(place for place, _ in hidden_entries(case.values, model))
    if not hidden_places and visibility(case.values, model) != ANONYMISED:
        return
    allowed = allowed_by(case, model)
    if hidden_places:
        yield from _doubtful_parts(case, model, source, hidden_places, allowed)
    reported: set[str] = set()
    hidden_lines = {case.position(place).line for place in hidden_places}
    for index, person in titled_names(source.text):
        if not allowed.holds(person) and person not in reported and index + 1 not in hidden_lines:
            reported.add(person)
            message = f"'{person}' seems to be a person, whom no page of this record may name"
            hint = allowed.hint("name the post instead, for example 'the chair'", person)
            place = Position(index + 1, 1)
            yield case.problem(place, "titled-name", message, hint, Severity.WARNING)


def _doubtful_parts(
    case: Case,
    model: Model,
    source: CaseSource,
    hidden_places: frozenset[str],
    allowed: Allowed,
) -> Iterator[Problem]:
    names, parts = hidden_names(case, model), hidden_parts(case, model)
    certain: dict[int, str] = {}
    for place, name in names_in_values(case, model, names, hidden_places):
        certain[case.position(place).line] = bare(name)
    for index, name in names.by_line(source.body):
        certain[source.body_line + index] = bare(name)
    reported: set[str] = set()
    for position, likeness in _likenesses(case, model, source, hidden_places, parts):
        key = fold(likeness.typed)
        in_error = bare(likeness.typed) in certain.get(position.line, "")
        if key in reported or in_error or allowed.holds(likeness.typed):
            continue
        reported.add(key)
        if not names.first_in(likeness.typed):
            yield _doubt(case, position, likeness, allowed)


def _doubt(case: Case, position: Position, likeness: Likeness, allowed: Allowed) -> Problem:
    """Return the warning; at the start of the file stands what its name holds."""
    where, remedy = "", "describe it instead, for example 'a ministry'"
    if position == FILE_NAME:
        where, remedy = " in the file's name", "rename the file"
    typed = " ".join(likeness.typed.split())
    relation = "short for a name that this record hides"
    if not likeness.short:
        relation = "a name that this record hides, or a part of one"
    message = f"'{typed}'{where} may be {relation}"
    hint = allowed.hint(remedy, typed)
    return case.problem(position, "perhaps-hidden-name", message, hint, Severity.WARNING)


def _likenesses(
    case: Case,
    model: Model,
    source: CaseSource,
    hidden_places: frozenset[str],
    parts: NameParts,
) -> Iterator[tuple[Position, Likeness]]:
    """Yield what may give a hidden name away: in fields, the file's name, the body, its links."""
    fields = list(_published_words(case, model, hidden_places))
    small = _small_words(source.body, *(text for _, text, is_address in fields if not is_address))

    def is_small(word: str) -> bool:
        return word.lower() in small

    for place, text, is_address in fields:
        likenesses = parts.find_in_address(text) if is_address else parts.find(text, is_small)
        yield from ((case.position(place), likeness) for likeness in likenesses)
    name = PurePosixPath(case.path).name.removesuffix(".md")
    yield from ((FILE_NAME, likeness) for likeness in parts.find_in_address(name))
    body, line, counted = visible(source.body), source.body_line, 0
    for likeness in sorted(parts.find(body, is_small)):
        line, counted = line + body.count("\n", counted, likeness.start), likeness.start
        yield Position(line, 1), likeness
    for likeness in parts.find(visible_text(case), is_small):
        at = max(body.find(likeness.typed.split()[0]), 0)
        yield Position(source.body_line + body.count("\n", 0, at), 1), likeness
    for link in case.body.links:
        for likeness in parts.find_in_address(link.target):
            yield Position(link.line, link.column), likeness
    for likeness in _in_attributes(case, parts, is_small):
        at = max(body.lower().find(likeness.typed.lower()), 0)
        yield Position(source.body_line + body.count("\n", 0, at), 1), likeness


def _in_attributes(
    case: Case, parts: NameParts, is_small: Callable[[str], bool]
) -> Iterator[Likeness]:
    """Yield what may give a hidden name away in what the tags of the body hold."""
    for attribute in _ATTRIBUTE.finditer("".join(case.body.parts)):
        value = unescape(attribute[2])
        if attribute[1] in {"href", "src"}:
            yield from parts.find_in_address(value)
        else:
            yield from parts.find(value, is_small)


def _published_words(
    case: Case, model: Model, hidden_places: frozenset[str]
) -> Iterator[tuple[str, str, bool]]:
    """Yield what `own_words` yields, but for the field of what is allowed, and hidden sources."""
    anonymised = visibility(case.values, model) == ANONYMISED
    for place, text, is_address in own_words(case, model, hidden_places):
        field = model.at(field_path(place))
        if field and field.role != "allowed" and not (anonymised and field.source_link):
            yield place, text, is_address


def _small_words(*texts: str) -> frozenset[str]:
    """Return the words of texts that stand in small letters."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())


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
