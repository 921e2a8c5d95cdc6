"""The checks of one record, as a list.

A check is a function that yields a `Problem` for each mistake in a case. What needs other records
is checked in `generator/library/cross_record_checks.py`.

To add a check, write the function and enter it in `CHECKS`:

    def shouted_title(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
        del model, source
        if str(case.values.get("title")).isupper():
            yield case.problem("title", "capitals", "the title is in capitals", "use small letters")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from generator.base.problem import Problem
from generator.model.declaration import MOST_PROBLEMS
from generator.model.record import Model
from generator.records.case import Case, CaseSource
from generator.records.checks.declared import declared_checks
from generator.records.checks.disclosures import contact_data, doubtful_names, leaked_names
from generator.records.checks.needs import unmet_needs
from generator.records.checks.results import results_of_nothing
from generator.records.checks.source_ids import wrong_source_ids
from generator.records.checks.unnamed_entries import unnamed_entries

RecordCheck = Callable[[Case, Model, CaseSource], Iterator[Problem]]

CHECKS: tuple[RecordCheck, ...] = (
    contact_data,
    unmet_needs,
    wrong_source_ids,
    leaked_names,
    doubtful_names,
    results_of_nothing,
    unnamed_entries,
)
"""Every check that holds for all models. Those that a model declares come after them."""


def check_case(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield what each check finds wrong with a case, at most MOST_PROBLEMS of each check."""
    for check in (*CHECKS, *declared_checks(model)):
        yield from islice(check(case, model, source), MOST_PROBLEMS)
