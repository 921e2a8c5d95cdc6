"""Owns what a record needs: which fields must be filled, and when a field says enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.model.declaration import with_article
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, Value, as_list, first
from generator.records.case import Case
from generator.records.checks.conditions import holds


@dataclass(frozen=True, slots=True)
class CaseSource:
    """The body's text and first line, and the places of values written but not readable."""

    body: str
    body_line: int
    unread: frozenset[str]


def applies(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field has anything to say about a record with those values."""
    return not (field.applies_unless and holds(field.applies_unless, values))


def satisfied(field: Field, values: Mapping[str, Value]) -> bool:
    """Return whether a field says enough to answer a need, `unknown` included."""
    value = values.get(field.name)
    if value is None or not field.besides:
        return value is not None
    return value == UNKNOWN or any(
        not isinstance(entry, dict) or entry.get(field.key) != field.besides
        for entry in as_list(value)
    )


def unmet_needs(case: Case, model: Model, written: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each need that the record's kind has and the record does not answer."""
    kind = model.type_of(first(case.values, (model.type_field,)) if model.type_field else "")
    looking = _Looking(case, model, kind.id, frozenset(kind.needs), written)
    yield from looking.within(case.values, model.fields, "")


@dataclass(frozen=True, slots=True)
class _Looking:
    """What looking for missing fields takes along."""

    case: Case
    model: Model
    kind: str
    needs: frozenset[str]
    written: CaseSource

    def within(
        self, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> Iterator[Problem]:
        told: set[str] = set()
        for field in fields.values():
            if self.needs.isdisjoint(field.needs):
                continue
            if field.need in self.needs and not self._answered(field, values, fields, where):
                if field.alternative not in told:
                    yield self._missing(field, values, fields, where)
                told.add(field.name)
            value = values.get(field.name)
            for index, entry in enumerate(as_list(value) if field.fields else ()):
                if isinstance(entry, dict):
                    place = f"{where}.{field.name}" if where else field.name
                    here = f"{place}.{index}" if isinstance(value, list) else place
                    yield from self.within(entry, field.fields, here)

    def _answered(
        self, field: Field, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> bool:
        """Tell whether a need is met, or was to be met by a value that has its problem already."""
        if satisfied(field, values) or not applies(field, self.case.values):
            return True
        other = fields.get(field.alternative)
        if other and satisfied(other, values):
            return True
        names = (field.name, other.name if other else field.name)
        places = {f"{where}.{name}" if where else name for name in names}
        return not places.isdisjoint(self.written.unread)

    def _missing(
        self, field: Field, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> Problem:
        names = [name for name in fields if name in {field.name, field.alternative}]
        name = " or ".join(f"'{name}'" for name in names)
        if field.besides and field.name in values:
            message = f"{name} names only '{field.besides}'; who else takes part?"
        elif where:
            message = f"this entry of '{field.path[-2]}' needs {name}"
        else:
            message = f"{with_article(self.kind or self.model.name)} needs {name}"
        line, column = self.case.position(f"{where}.{field.name}" if where else field.name)
        return Problem(
            path=self.case.path,
            line=line,
            column=column,
            code="missing-field",
            message=message,
            hint=field.help,
        )
