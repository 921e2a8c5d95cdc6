"""`KeptOutline`: the outline of a case in the form in which it is kept."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from generator.markdown import Body
from generator.records.case import Case


class KeptOutline(Struct, frozen=True, array_like=True):
    """The fields of an outline, as plain data."""

    id: str
    path: str
    values: dict[str, Any]
    positions: str
    new_terms: dict[str, dict[str, str]]
    body: Body

    def case(self) -> Case:
        """Return the outline."""
        return Case(
            id=self.id,
            path=self.path,
            values=self.values,
            positions=self.positions,
            new_terms=self.new_terms,
            body=self.body,
        )


def kept_outline(case: Case) -> KeptOutline:
    """Return the fields of an outline."""
    return KeptOutline(
        id=case.id,
        path=case.path,
        values=dict(case.values),
        positions=case.positions,
        new_terms={name: dict(labels) for name, labels in case.new_terms.items()},
        body=case.body,
    )
