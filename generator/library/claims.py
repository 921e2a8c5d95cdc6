"""The claims of a case: the entries of its lists of records, with their anchors and strength."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import slug
from generator.library.collection import PAGE_ANCHORS, Claim, anchor, as_entries
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, WITHHELD, as_list
from generator.records.case import Case
from generator.records.strength import strength


class ClaimReader:
    """Reads the claims of cases; what all cases have in common is looked up once."""

    def __init__(self, model: Model) -> None:
        """Take the model, of which the anchors are that the page of every case has."""
        self._model = model
        self._anchors = PAGE_ANCHORS.union(anchor(field) for field in model.fields.values())
        self._fields = [
            (field, slug(field.name), as_entries(field))
            for field in model.fields.values()
            if field.kind == "record"
        ]
        self._slugs: dict[str, str] = {}

    def claims(self, case: Case) -> dict[str, tuple[Claim, ...]]:
        """Return the claims of a case by field; no two anchors on its page are the same."""
        taken = set(self._anchors)
        return {
            field.name: tuple(self._claims_in_field(case, field, name, taken, anchored=anchored))
            for field, name, anchored in self._fields
            if field.name in case.values
        }

    def _claims_in_field(
        self, case: Case, field: Field, name: str, taken: set[str], *, anchored: bool
    ) -> Iterator[Claim]:
        """Yield the claims of one field; the anchors that they get are added to `taken`."""
        for index, entry in enumerate(as_list(case.values[field.name])):
            if not isinstance(entry, dict):
                continue
            key = entry.get(field.key, "")
            term = key if isinstance(key, str) and key not in {UNKNOWN, WITHHELD} else ""
            place = base = f"{name}-{self._slug(term) or index + 1}"
            number = 2
            while place in taken:
                place, number = f"{base}-{number}", number + 1
            taken.add(place)
            yield Claim(
                case=case.id,
                field=field.name,
                index=index,
                term=term,
                anchor=place if anchored else "",
                values=entry,
                strength=strength(entry, field, case.values, self._model),
            )

    def _slug(self, term: str) -> str:
        if term not in self._slugs:
            self._slugs[term] = slug(term)
        return self._slugs[term]
