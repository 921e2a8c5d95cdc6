"""Which fields a form of tables asks for, and the columns in which their values stand.

A column has the dotted path of a field inside its sheet: `title`, `period.start`. A list of
records has a sheet of its own, named after the field. Words for a heading of the text stand in a
column `## Situation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.record import Field, Model
from generator.model.value import UNKNOWN

LEFT_OUT = frozenset({"id", "former-ids", "type"})
"""Roles of fields that nobody is asked for: the file's name, and the kind of the form."""

HEADING = "## "
"""How the name of a column begins that holds the words below a heading of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column: its name, its label, what to write, and the field that it holds.

    `field` is None for a heading of the text. `around` are the fields that hold the field, up to
    the row, outermost first. `is_needed` says that a record of the form's kind needs it.
    """

    name: str
    label: str
    help: str = ""
    field: Field | None = None
    around: tuple[Field, ...] = ()
    is_needed: bool = False


def asked_fields(model: Model, kind: str) -> tuple[Field, ...]:
    """Return the top fields that a form for a kind of record asks for, in the order of the model.

    The kind that needs most is asked everything; any other what it needs, and its sources.
    """
    needs = model.needs_of(kind)
    most = max(len(one.needs) for one in model.types.kinds.values())
    sources = model.strength.sources if model.strength else ""
    return tuple(
        own
        for own in model.fields.values()
        if own.role not in LEFT_OUT
        and (len(needs) >= most or own.name == sources or own.need in needs)
    )


def record_columns(model: Model, fields: Iterable[Field], kind: str) -> tuple[FormColumn, ...]:
    """Return the columns of the sheet that has a row for each record."""
    columns = _columns((f for f in fields if not f.entries), model.needs_of(kind), ())
    headings = (FormColumn(name=f"{HEADING}{words}", label=words) for words in model.headings)
    return (*columns, *headings)


def entry_columns(model: Model, holder: Field, kind: str) -> tuple[FormColumn, ...]:
    """Return the columns of the sheet that has a row for each entry of a list."""
    return tuple(_columns(holder.fields.values(), model.needs_of(kind), ()))


def _columns(
    fields: Iterable[Field], needs: frozenset[str], around: tuple[Field, ...]
) -> Iterator[FormColumn]:
    for own in fields:
        if own.kind == "record" and not own.many:
            yield from _columns(own.fields.values(), needs, (*around, own))
            continue
        path = (*around, own)
        yield FormColumn(
            name=".".join(one.name for one in path),
            label=": ".join(one.label for one in path),
            help=own.help,
            field=own,
            around=around,
            is_needed=all(one.need in needs for one in path),
        )


def offered_terms(own: Field, model: Model) -> tuple[tuple[str, str], ...]:
    """Return the terms that a field may hold, as pairs of an id and a label.

    Names of organisations and people are not offered: a vocabulary may hold names that no page
    tells. What only records have named so far is left out too.
    """
    vocabulary = model.vocabularies.get(own.vocabulary)
    hidden = any(f.private or f.personal for f in model.of_vocabulary(own.vocabulary))
    if vocabulary is None or hidden:
        return ()
    terms = (vocabulary.terms[id_] for id_ in vocabulary.fine)
    return tuple((term.id, term.label) for term in terms if not term.is_new and term.id != UNKNOWN)
