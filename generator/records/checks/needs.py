"""The check for fields that a record of its kind must fill and does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.model.declaration import with_article
from generator.model.record import Field, Model
from generator.model.value import Value, as_list, first
from generator.records.case import Case, CaseSource
from generator.records.checks.conditions import applies, satisfied

MOST_APART = 2
"""So many missing fields are reported one by one, each with its help; more are one list."""

WHAT_TO_WRITE = "'casebook fields' says what to write in each; write unknown where nobody knows"


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
        missing = self._unanswered(values, fields, where)
        # A field that stands there without a value has a line of its own, and its problem there.
        absent = [field for field in missing if not self._stands_there(field, where)]
        if len(absent) > MOST_APART:
            yield self._missing_together(absent, fields, where)
            missing = [field for field in missing if field not in absent]
        yield from (self._missing(field, values, fields, where) for field in missing)
        for field in fields.values():
            if not field.fields or self.needs.isdisjoint(field.needs):
                continue
            value = values.get(field.name)
            for index, entry in enumerate(as_list(value)):
                if isinstance(entry, dict):
                    place = f"{where}.{field.name}" if where else field.name
                    here = f"{place}.{index}" if isinstance(value, list) else place
                    yield from self.missing_in(entry, field.fields, here)

    def _stands_there(self, field: Field, where: str) -> bool:
        """Tell whether an author wrote the name of a field, or of the one that would do."""
        names = filter(None, (field.name, field.alternative))
        places = (f"{where}.{name}" if where else name for name in names)
        return any(f"\n{place}\t" in self.case.positions for place in places)

    def _unanswered(
        self, values: Mapping[str, Value], fields: Mapping[str, Field], where: str
    ) -> list[Field]:
        """Return the fields that must be filled in and are not; of two alternatives the first."""
        missing: dict[str, Field] = {}
        for field in fields.values():
            if (
                field.need in self.needs
                and field.alternative not in missing
                and not self._answered(field, values, fields, where)
            ):
                missing[field.name] = field
        return list(missing.values())

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
        name = _quoted_names(field, fields)
        if field.besides and field.name in values:
            message = f"{name} names only '{field.besides}'; who else takes part?"
        else:
            message = f"{self._owner(field, where)} needs {name}"
        place = f"{where}.{field.name}" if where else field.name
        return self.case.problem(place, "missing-field", message, field.help)

    def _missing_together(
        self, missing: Sequence[Field], fields: Mapping[str, Field], where: str
    ) -> Problem:
        """Return one problem for many missing fields, in the order of the model."""
        first_, *_ = missing
        several = [field.name for field in missing if not field.alternative]
        eithers = [_quoted_names(field, fields) for field in missing if field.alternative]
        *names, last = [*(f"'{name}'" for name in several), *eithers]
        message = f"{self._owner(first_, where)} still needs {', '.join(names)}, and {last}"
        place = f"{where}.{first_.name}" if where else first_.name
        return self.case.problem(place, "missing-field", message, WHAT_TO_WRITE)

    def _owner(self, field: Field, where: str) -> str:
        """Return what messages call the record, or the entry of it, that a field belongs to."""
        return f"this entry of '{field.path[-2]}'" if where else with_article(self.noun)


def _quoted_names(field: Field, fields: Mapping[str, Field]) -> str:
    """Return a field's name in quotes, and that of the field that would do in its place."""
    names = [name for name in fields if name in {field.name, field.alternative}]
    return " or ".join(f"'{name}'" for name in names)
