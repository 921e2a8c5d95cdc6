"""The checks of entries without a name: what kind they are is said, and no name describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.problem import Problem, Severity
from generator.model.record import Field, Model
from generator.model.unnamed import DESCRIPTION, KIND_OF_ENTRY, UNNAMED, is_unnamed
from generator.model.value import first, holders
from generator.records.case import Case, CaseSource
from generator.records.checks.disclosures import allowed_by
from generator.records.privacy.withholding import ANONYMISED, visibility
from generator.yaml_nodes.suggested_fixes import quote_for_author

_NAME = re.compile(r"\w[\w’'.&-]*\W+(?:\w+\W+)*?([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)")
"""A word with a capital that is not the first, and no NGOs: most descriptions have none."""


def unnamed_entries(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each entry without a name that says too little, or names somebody."""
    for field in model.walk():
        flag, kind = field.member_with_role(UNNAMED), field.member_with_role(KIND_OF_ENTRY)
        if flag is None or kind is None or field.path[0] not in case.values:
            continue
        for where, entry in holders(case.values, field.path):
            if not is_unnamed(entry, field):
                continue
            if kind.name not in entry and f"{where}.{kind.name}" not in source.refused_places:
                message = f"an entry with '{flag.name}: yes' needs '{kind.name}'"
                hint = "say what kind it is; write unknown where nobody knows"
                yield case.problem(f"{where}.{flag.name}", "missing-field", message, hint)
            yield from _names_somebody(case, model, field, where)


def _names_somebody(case: Case, model: Model, field: Field, where: str) -> Iterator[Problem]:
    """Yield a problem where a description looks like a name, which its author thinks is none.

    In a record that prints no name it is an error, since this one would be printed.
    """
    described = field.member_with_role(DESCRIPTION)
    entry = next(entry for place, entry in holders(case.values, field.path) if place == where)
    text = first(entry, (described.name,)) if described else ""
    match, allowed = _NAME.match(text), allowed_by(case, model)
    if described and match and not allowed.holds(text) and not allowed.holds(match[1]):
        flag = field.member_with_role(UNNAMED)
        message = f"{quote_for_author(text)} looks like a name, because of '{match[1]}'"
        remedy = f"take '{flag.name if flag else ''}: yes' out, or describe it in small letters"
        anonymised = visibility(case.values, model) == ANONYMISED
        severity = Severity.ERROR if anonymised else Severity.WARNING
        hint = allowed.hint(remedy, match[1])
        place = f"{where}.{described.name}"
        yield case.problem(place, "name-as-description", message, hint, severity)
