"""The blank record: every field with its help as a comment, valid once its prompts are filled.

A line that starts with `#` and one space is a comment. Any other `#` disables a field that may be
left out: without the `#` it is in use.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from generator.model.kind import PROMPT
from generator.model.record import Field, Model
from generator.model.reference import WIDTH, kind_words, yaml_scalar
from generator.model.vocabulary import Vocabulary

__all__ = ["PROMPT", "blank_record"]

FEW = 12
"""A vocabulary of at most this many terms is written out in the comment."""

OPENING = f"""\
Write over each {PROMPT} and leave the rest as it is. A line that begins like '#status:' may be
left out; take its # away to use it. Write unknown wherever nobody knows."""


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
