"""The check for a result of nothing: whether it worked is said, and not what was tried."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.problem import Problem, Severity
from generator.model.across import Answers
from generator.model.record import Model
from generator.model.value import UNKNOWN, holders, texts
from generator.records.case import Case, CaseSource


def results_of_nothing(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each entry that judges a response and gives none."""
    for rule in (model.across.responses, model.across.challenges):
        if rule and rule.of in case.values:
            yield from _without_response(case, rule, source)


def _without_response(case: Case, rule: Answers, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each such entry; a response that was refused has its problem already."""
    for where, entry in holders(case.values, (rule.of,)):
        judged = [text for text in texts(entry, (rule.worked,)) if text != UNKNOWN]
        written = rule.response in entry or f"{where}.{rule.response}" in source.refused_places
        if not judged or written:
            continue
        message = f"'{rule.worked}' is '{judged[0]}', and no '{rule.response}' says what was tried"
        advice = f"'{rule.advised}' has no result: " if rule.advised in entry else ""
        hint = (
            f"write '{rule.response}:', unknown where nobody knows it; "
            f"{advice}if nothing was tried, take '{rule.worked}' out"
        )
        place = f"{where}.{rule.worked}"
        yield case.problem(place, "result-of-nothing", message, hint, Severity.WARNING)
