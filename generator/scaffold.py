"""Owns the blank record: every field with its help as a comment, valid once its prompts are filled."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.record import Field, Model
from generator.model.vocabulary import Vocabulary
from generator.reference import quoted

PROMPT = "..."
"""What stands where the author must write something."""

FEW = 12
"""A vocabulary of at most this many terms is written out in the comment."""


def blank(model: Model, title: str, kind: str, today: str) -> str:
    """Return a record of that kind to be filled in; an empty kind is the default one.

    Fields the kind needs stand open, with a prompt; the others stand behind `#`. `today` fills
    the day of the last update; without it the prompt stays.
    """
    needs = model.needs_of(kind)
    lines = ["---"]
    for field in model.fields.values():
        given = {"title": title, "updated": today, "type": kind}.get(field.role, "")
        lines += _field(field, model, needs, given)
    return "\n".join([*lines, "---", "", *_headings(), ""])


def _headings() -> Iterator[str]:
    for heading in ("Situation", "How it began", "What we did", "What changed"):
        yield f"<!-- ## {heading} -->"


def _field(field: Field, model: Model, needs: frozenset[str], given: str) -> Iterator[str]:
    open_ = field.need in needs or bool(given)
    mark = "" if open_ else "# "
    for line in _comment(field, model):
        yield f"# {line}"
    if given:
        yield f"{field.name}: {quoted(given)}"
    elif field.kind == "record":
        yield from (f"{mark}{line}" for line in _record(field, model, needs, open_=open_))
    elif field.many:
        yield f"{mark}{field.name}: [{PROMPT}]"
    else:
        yield f"{mark}{field.name}: {PROMPT}"


def _record(field: Field, model: Model, needs: frozenset[str], *, open_: bool) -> Iterator[str]:
    yield f"{field.name}:"
    first, more = ("  - ", "    ") if field.many else ("  ", "  ")
    lead = first
    members = sorted(field.fields.values(), key=lambda m: m.need not in needs)
    for member in members:
        optional = member.need not in needs
        text = f"{member.name}: {PROMPT}" if not member.many else f"{member.name}: [{PROMPT}]"
        about = " ".join(_comment(member, model))
        hidden = "# " if optional and open_ and lead != first else ""
        yield f"{lead}{hidden}{text}  # {about}" if not hidden else f"{more}# {text}  # {about}"
        lead = more


def _comment(field: Field, model: Model) -> Iterator[str]:
    yield field.help
    vocabulary = model.vocabularies.get(field.vocabulary)
    if vocabulary:
        yield f"Terms: {_terms(vocabulary)}"


def _terms(vocabulary: Vocabulary) -> str:
    ids = [id_ for id_ in vocabulary.terms if id_ not in vocabulary.broad]
    return ", ".join(ids) if len(ids) <= FEW else f"see {vocabulary.path}"
