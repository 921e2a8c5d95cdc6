"""Owns the checks that one record can fail by itself; each kind of check has a module."""

from __future__ import annotations

from generator.case import Case
from generator.checks.leaks import leaks
from generator.checks.needs import Written, applies, needs, satisfied
from generator.checks.rules import declared, sources
from generator.model.record import Model
from generator.problem import Problem

__all__ = ["Written", "applies", "of_case", "satisfied"]


def of_case(case: Case, model: Model, written: Written) -> tuple[Problem, ...]:
    """Return what is wrong with a record taken by itself."""
    return (
        *needs(case, model, written),
        *sources(case, model),
        *declared(case, model),
        *leaks(case, model, written),
    )
