"""Owns the claims of a case: each entry of a list of records, its anchor, its strength."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import slug
from generator.library.library import Claim, as_entries
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, as_list
from generator.records import privacy
from generator.records.case import Case
from generator.records.strength import strength


def claims_of_case(
    case: Case, model: Model, anchors: frozenset[str]
) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of a case by field; `anchors` are those that its page has already."""
    taken = set(anchors)
    return {
        field.name: tuple(_claims_of(case, field, model, taken))
        for field in model.fields.values()
        if field.kind == "record" and field.name in case.values
    }


def _claims_of(case: Case, field: Field, model: Model, taken: set[str]) -> Iterator[Claim]:
    for index, entry in enumerate(as_list(case.values[field.name])):
        if not isinstance(entry, dict):
            continue
        key = entry.get(field.key, "")
        term = key if isinstance(key, str) and key not in {UNKNOWN, privacy.WITHHELD} else ""
        wanted = base = f"{slug(field.name)}-{slug(term) or index + 1}"
        number = 2
        while wanted in taken:
            wanted, number = f"{base}-{number}", number + 1
        taken.add(wanted)
        yield Claim(
            case=case.id,
            field=field.name,
            index=index,
            term=term,
            anchor=wanted if as_entries(field) else "",
            values=entry,
            strength=strength(entry, field, case.values, model),
        )
