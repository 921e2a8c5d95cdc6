"""Owns the checks that one record can fail by itself; each kind of check has a module."""

from __future__ import annotations

from itertools import islice

from generator.base.problem import Problem
from generator.model.declaration import MOST_PROBLEMS
from generator.model.record import Model
from generator.records.case import Case
from generator.records.checks.leaks import leaks
from generator.records.checks.needs import Written, applies, needs, satisfied
from generator.records.checks.rules import declared, sources

__all__ = ["Written", "applies", "of_case", "satisfied"]


def of_case(case: Case, model: Model, written: Written) -> tuple[Problem, ...]:
    """Return what is wrong with a record taken by itself, of each kind what anybody reads."""
    errors = (
        needs(case, model, written),
        sources(case, model, written.unread),
        leaks(case, model, written),
    )
    few = (problem for kind in errors for problem in islice(kind, MOST_PROBLEMS))
    return (*few, *declared(case, model))
