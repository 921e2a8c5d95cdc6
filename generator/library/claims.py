"""The claims of a case: the entries of its lists of records, with their anchors and strength."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import slug
from generator.library.collection import PAGE_ANCHORS, Claim, anchor, as_entries
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, WITHHELD, as_list
from generator.records.case import Case
from generator.records.strength import strength


def page_anchors(model: Model) -> frozenset[str]:
    """Return the anchors that the page of every case has."""
    return PAGE_ANCHORS.union(anchor(field) for field in model.fields.values())


def claims_of_case(
    case: Case, model: Model, anchors: frozenset[str]
) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of a case by field.

    `anchors` are those that its page has already: no claim gets one of them.
    """
    taken = set(anchors)
    return {
        field.name: tuple(_claims_in_field(case, field, model, taken))
        for field in model.fields.values()
        if field.kind == "record" and field.name in case.values
    }


def _claims_in_field(case: Case, field: Field, model: Model, taken: set[str]) -> Iterator[Claim]:
    """Yield the claims of one field; the anchors that they get are added to `taken`."""
    name, has_anchor = slug(field.name), as_entries(field)
    for index, entry in enumerate(as_list(case.values[field.name])):
        if not isinstance(entry, dict):
            continue
        key = entry.get(field.key, "")
        term = key if isinstance(key, str) and key not in {UNKNOWN, WITHHELD} else ""
        place = base = f"{name}-{slug(term) or index + 1}"
        number = 2
        while place in taken:
            place, number = f"{base}-{number}", number + 1
        taken.add(place)
        yield Claim(
            case=case.id,
            field=field.name,
            index=index,
            term=term,
            anchor=place if has_anchor else "",
            values=entry,
            strength=strength(entry, field, case.values, model),
        )
