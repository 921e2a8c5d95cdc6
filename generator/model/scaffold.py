"""Blank records: fields with their help as comments, valid once their prompts are filled.

The short one has the fields that a kind of record needs; the whole one has every field.
A line that starts with `#` and one space is a comment. Any other `#` disables a field that may be
left out: without the `#` it is in use.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.base.names import fold
from generator.model.kind import PROMPT
from generator.model.record import Field, Model
from generator.model.reference import WIDTH, kind_words, yaml_scalar
from generator.model.vocabulary import Vocabulary

__all__ = ["PROMPT", "TermCounts", "blank_record", "needed_prompts", "short_record"]

TermCounts = Mapping[str, Mapping[str, int]]
"""How many records name a term, by the dotted path of a field and the id of the term."""

COMMONEST = 3
"""So many terms stand beside a field of a short record."""

FEW = 12
"""A vocabulary of at most this many terms is written out in the comment."""

OPENING = f"""\
Write over each {PROMPT} and leave the rest as it is. A line that begins like '#status:' may be
left out; take its # away to use it. Write unknown wherever nobody knows."""


SHORT_OPENING = f"""\
Write over each {PROMPT}; write unknown where nobody knows. Every field: casebook fields. All
terms of one, here {{field}}: casebook fields {{field}}"""

_SENTENCE = re.compile(r".*?[.!?。।።](?=\s+[^a-z]|\s*$)", re.DOTALL)


def blank_record(model: Model, title: str, kind: str, today: str) -> str:
    """Return a record of that kind to be filled in; an empty kind is the default one.

    Fields that the kind needs are open, with a prompt; the others are disabled by a `#`. Where
    either of two fields will do, the first is open. `today` fills the day of the last update;
    without it the prompt stays.
    """
    needs = model.needs_of(kind)
    values_by_role = {"title": title, "updated": today, "type": kind}
    lines = ["---", *_comment(OPENING, "")]
    for field in model.fields.values():
        value = values_by_role.get(field.role, "")
        filled = f"{field.name}: {yaml_scalar(value)}"
        yaml = [filled] if value else list(_prompts(field, model, needs))
        open_ = bool(value) or _is_open(field, model.fields, needs)
        lines += ["", *_help(field, model, ""), *(yaml if open_ else (f"#{line}" for line in yaml))]
    headings = (f"<!-- ## {heading} -->" for heading in model.headings)
    return "\n".join([*lines, "---", "", *headings, ""])


def short_record(model: Model, title: str, kind: str, today: str, counts: TermCounts) -> str:
    """Return a record of that kind with the fields that it needs, and nothing to take away.

    Beside a field for terms stand those that `counts` has most often, in the order of the file
    where it has them as often, each with its meaning. A comment says what may stand in the place of
    a field. The rest is as in `blank_record`.
    """
    needs = model.needs_of(kind)
    values_by_role = {"title": title, "updated": today, "type": kind}
    opened = [f for f in model.fields.values() if _is_open(f, model.fields, needs)]
    opening = SHORT_OPENING.format(field=_example_of_terms(opened, model))
    lines = ["---", *_comment(opening, ""), ""]
    for field in model.fields.values():
        if value := values_by_role.get(field.role, ""):
            lines.append(f"{field.name}: {yaml_scalar(value)}")
        elif _is_open(field, model.fields, needs):
            lines += ["", *_short_prompts(field, model.fields, model, needs, counts)]
    headings = f"<!-- Headings that help: {'; '.join(model.headings)} -->" if model.headings else ""
    body = textwrap.wrap(headings, WIDTH, break_on_hyphens=False)
    return "\n".join([*lines, "---", "", *body, ""])


def needed_prompts(
    model: Model, kind: str, filled: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each field that such a record needs and that is not among `filled`.

    Without comments. Where either of two fields will do, and none is filled, it is the first.
    """
    needs = model.needs_of(kind)
    return {
        field.name: tuple(
            line for line in _prompts(field, model, needs) if not line.lstrip().startswith("#")
        )
        for field in model.fields.values()
        if field.name not in filled
        and field.alternative not in filled
        and _is_open(field, model.fields, needs)
    }


def _short_prompts(
    field: Field,
    neighbours: Mapping[str, Field],
    model: Model,
    needs: frozenset[str],
    counts: TermCounts,
) -> Iterator[str]:
    """Yield a needed field with its prompts, those of the needed fields inside it too."""
    yield from _short_help(field, model, counts)
    yield from _comment(_instead(field, neighbours), "")
    if field.kind != "record":
        yield f"{field.name}: {f'[{PROMPT}]' if field.many else PROMPT}"
        return
    yield f"{field.name}:"
    every = list(field.fields.values())
    members = [m for m in every if _is_open(m, field.fields, needs)] or every[:1]
    indent, dash = ("    ", "  - ") if field.many else ("  ", "  ")
    for member in members:
        for line in _short_prompts(member, field.fields, model, needs, counts):
            is_comment = line.lstrip().startswith("#")
            yield f"{indent if is_comment else dash}{line}"
            dash = dash if is_comment else indent


def _instead(field: Field, neighbours: Mapping[str, Field]) -> str:
    """Return which field may stand in the place of a needed one, and how to learn of it.

    Nothing else in a short record says that a partnership may be told by what stood in its way
    alone, or that a partner may have no name.
    """
    other = neighbours.get(field.alternative)
    if other:
        known_as = f" ({other.heading})" if fold(other.heading) != fold(other.name) else ""
        return f"Or write '{other.name}'{known_as}, or both: casebook fields {other.dotted}"
    if field.unneeded_if:
        flag = neighbours[field.unneeded_if]
        return f"No name? Write '{flag.name}: yes' in its place: casebook fields {flag.dotted}"
    return ""


def _example_of_terms(fields: Iterable[Field], model: Model) -> str:
    """Return the dotted path of the first field that takes terms of a closed vocabulary."""
    members = [m for field in fields for m in field.walk() if m.vocabulary]
    closed = (m.dotted for m in members if not model.vocabularies[m.vocabulary].open)
    return next(closed, "NAME")


def _short_help(field: Field, model: Model, counts: TermCounts) -> Iterator[str]:
    """Yield the first sentence of a field's help, and a line for each of its commonest terms."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    if not vocabulary:
        yield from _comment(_first_sentence(field.help), "")
        return
    ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
    more = f" {len(ids):,} terms, such as:" if len(ids) > COMMONEST else ""
    new = " Or a new one." if vocabulary.open and ids else ""
    yield from _comment(f"{_first_sentence(field.help)}{new}{more}", "")
    named = counts.get(field.dotted, {})
    for id_ in sorted(ids, key=lambda id_: -named.get(id_, 0))[:COMMONEST]:
        term = vocabulary.terms[id_]
        label = "" if fold(term.label) == fold(id_) else term.label
        meaning = _first_sentence(term.definition) or label
        line = f"#   {id_}: {meaning}" if meaning else f"#   {id_}"
        yield line if len(line) <= WIDTH else f"{line[: WIDTH - 2].rpartition(' ')[0]} …"


def _first_sentence(text: str) -> str:
    sentence = _SENTENCE.match(text.strip())
    return " ".join((sentence[0] if sentence else text).split())


def _is_open(field: Field, neighbours: Mapping[str, Field], needs: frozenset[str]) -> bool:
    """Tell whether a field is to be filled: it is needed, and none before it satisfies the need."""
    names = list(neighbours)
    other = neighbours.get(field.alternative)
    instead = other and other.need in needs and names.index(other.name) < names.index(field.name)
    return field.need in needs and not instead


def _prompts(field: Field, model: Model, needs: frozenset[str]) -> Iterator[str]:
    """Yield the lines of a field with prompts for its values, without indentation."""
    if field.kind != "record":
        yield f"{field.name}: {f'[{PROMPT}]' if field.many else PROMPT}"
        return
    yield f"{field.name}:"
    indent, dash = ("    ", "  - ") if field.many else ("  ", "  ")
    members = sorted(field.fields.values(), key=lambda m: not _is_open(m, field.fields, needs))
    for member in members:
        yield from _help(member, model, indent)
        open_ = member is members[0] or _is_open(member, field.fields, needs)
        for line in _prompts(member, model, needs):
            yield f"{dash}{line}" if open_ else f"{indent}#{line}"
            dash = indent


def _help(field: Field, model: Model, indent: str) -> Iterator[str]:
    """Yield the help of a field and the terms it takes, as comments."""
    yield from _comment(field.help, indent)
    if field.kind == "number":
        yield from _comment(_number_line(field), indent)
    vocabulary = model.vocabularies.get(field.vocabulary)
    if vocabulary:
        yield from _comment(_terms_line(vocabulary), indent)


def _number_line(field: Field) -> str:
    """Return the form of a number in words: `A number of USD, at least 0, such as 1087154`."""
    example = field.example if isinstance(field.example, str) and field.example else "1087154"
    words = kind_words(field)
    return f"{words[:1].upper()}{words[1:]}, such as {example}"


def _comment(text: str, indent: str) -> list[str]:
    prefix = f"{indent}# "
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=prefix,
        subsequent_indent=prefix,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _terms_line(vocabulary: Vocabulary) -> str:
    ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
    if len(ids) > FEW or not ids:
        return f"Terms: see {vocabulary.path}{', or a new one' if vocabulary.open else ''}"
    return f"Terms: {', '.join(ids)}{', or a new one' if vocabulary.open else ''}"
