"""The check for fields that a record of its kind must fill and does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.model.declaration import with_article
from generator.model.record import Field, Model
from generator.model.value import Value, as_list, first
from generator.records.case import Case, CaseSource
from generator.records.checks.conditions import applies, satisfied


def unmet_needs(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each need that the record's kind has and the record does not answer."""
    kind = model.type_of(first(case.values, (model.type_field,)) if model.type_field else "")
    search = _Search(
        case=case,
        noun=kind.id or model.name,
        needs=frozenset(kind.needs),
        refused_places=source.refused_places,
    )
    yield from search.missing_in(case.values, model.fields, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """The search for missing fields, in the record itself and in the records inside it.

    `noun` is what a message calls the record; `needs` are the needs of its kind.
    """

    case: Case
    noun: str
    needs: frozenset[str]
    refused_places: frozenset[str]

    def missing_in(
        self, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> Iterator[Problem]:
        """Yield what is missing in a record at the place `where`, and in all records below it."""
        reported: set[str] = set()
        for field in fields.values():
            if self.needs.isdisjoint(field.needs):
                continue
            if field.need in self.needs and not self._answered(field, values, fields, where):
                if field.alternative not in reported:  # of two alternatives one problem is enough
                    yield self._missing(field, values, fields, where)
                reported.add(field.name)
            value = values.get(field.name)
            for index, entry in enumerate(as_list(value) if field.fields else ()):
                if isinstance(entry, dict):
                    place = f"{where}.{field.name}" if where else field.name
                    here = f"{place}.{index}" if isinstance(value, list) else place
                    yield from self.missing_in(entry, field.fields, here)

    def _answered(
        self, field: Field, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> bool:
        """Tell whether a need is met, or was to be met by a value that has its problem already."""
        if satisfied(field, values) or not applies(field, self.case.values):
            return True
        alternative = fields.get(field.alternative)
        if alternative and satisfied(alternative, values):
            return True
        names = (field.name, alternative.name if alternative else field.name)
        places = {f"{where}.{name}" if where else name for name in names}
        return not places.isdisjoint(self.refused_places)

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
            message = f"{with_article(self.noun)} needs {name}"
        place = f"{where}.{field.name}" if where else field.name
        return self.case.problem(place, "missing-field", message, field.help)
