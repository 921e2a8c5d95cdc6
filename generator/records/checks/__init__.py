"""Owns the checks that one record can fail by itself; each kind of check has a module."""

from __future__ import annotations

from itertools import islice

from generator.base.problem import Problem
from generator.model.declaration import MOST_PROBLEMS
from generator.model.record import Model
from generator.records.case import Case
from generator.records.checks.leaks import leaked_names
from generator.records.checks.needs import CaseSource, applies, satisfied, unmet_needs
from generator.records.checks.rules import declared_checks, source_problems

__all__ = ["CaseSource", "applies", "check_case", "satisfied"]


def check_case(case: Case, model: Model, written: CaseSource) -> tuple[Problem, ...]:
    """Return what is wrong with a record taken by itself, of each kind what anybody reads."""
    errors = (
        unmet_needs(case, model, written),
        source_problems(case, model, written.unread),
        leaked_names(case, model, written),
    )
    few = (problem for kind in errors for problem in islice(kind, MOST_PROBLEMS))
    return (*few, *declared_checks(case, model))
