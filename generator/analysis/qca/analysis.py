"""One analysis from memberships to the gate, and its form as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.analysis.qca.covers import Covers, Model
from generator.analysis.qca.gate import Gate, gate
from generator.analysis.qca.literals import Conjunction, notation
from generator.analysis.qca.measures import (
    Fit,
    Necessity,
    in_any,
    in_term,
    necessity,
    sufficiency,
)
from generator.analysis.qca.memberships import PRESENT, Memberships
from generator.analysis.qca.solutions import Solutions, remainders_used, solutions
from generator.analysis.qca.truth_table import TruthTable, TruthTableRow, truth_table

MOST_CONDITIONS = 12
"""A table of more conditions has more rows than any library has cases, and takes minutes."""

DIGITS = 6
"""So many digits of a measure stand behind the point in JSON: sums are rounded by machines."""


@dataclass(frozen=True, slots=True)
class FittedTerm:
    """A term of a model: its fit, what it alone covers of the outcome, and the cases that show it.

    `unique` is the coverage of the model less that of the model without the term.
    """

    term: Conjunction
    fit: Fit
    unique: float | None
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A minimal model, its terms and the fit of the whole; `remainders` are numbers of rows."""

    terms: tuple[FittedTerm, ...]
    fit: Fit
    remainders: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What an analysis found. `cut` is the consistency from which a row has the outcome."""

    data: Memberships
    cut: float
    table: TruthTable
    necessity: tuple[Necessity, ...]
    solutions: Solutions
    gate: Gate

    def models(self, covers: Covers) -> list[FittedModel]:
        """Return the models of a solution with their fit."""
        return [fitted(model, self.data, self.table) for model in covers.models]

    def notation(self, term: Conjunction) -> str:
        """Return a term with the names of its conditions."""
        return notation(term, self.data.conditions)


def analyse(
    data: Memberships, *, cut: float = 1.0, expected: Mapping[str, bool] | None = None
) -> Analysis:
    """Return the analysis of some cases, at most `MOST_CONDITIONS` conditions of them.

    `expected` says of a condition whether the outcome is expected with it (True) or with its
    absence; without it, the outcome is expected with each condition.
    """
    directions = dict.fromkeys(data.conditions, True) if expected is None else expected
    by_number = {
        number: directions[name]
        for number, name in enumerate(data.conditions)
        if name in directions
    }
    table = truth_table(data, cut)
    minimal = solutions(table, by_number)
    columns = zip(*(case.conditions for case in data.cases), strict=True)
    return Analysis(
        data=data,
        cut=cut,
        table=table,
        necessity=tuple(necessity(column, data.outcomes) for column in columns),
        solutions=minimal,
        gate=gate(data, table, minimal.parsimonious, cut),
    )


def fitted(model: Model, data: Memberships, table: TruthTable) -> FittedModel:
    """Return a model with the fit of its terms and of the whole."""
    columns = [in_term(term, data) for term in model]
    whole = sufficiency(in_any(columns, data), data.outcomes)
    terms = []
    for place, (term, column) in enumerate(zip(model, columns, strict=True)):
        others = in_any([*columns[:place], *columns[place + 1 :]], data)
        terms.append(
            FittedTerm(
                term=term,
                fit=sufficiency(column, data.outcomes),
                unique=_less(whole.coverage, sufficiency(others, data.outcomes).coverage),
                cases=tuple(
                    case.name
                    for case, membership in zip(data.cases, column, strict=True)
                    if membership > PRESENT
                ),
            )
        )
    return FittedModel(tuple(terms), whole, tuple(remainders_used(model, table)))


def _less(whole: float | None, part: float | None) -> float | None:
    return None if whole is None or part is None else whole - part


def as_plain(analysis: Analysis, reasons: Sequence[str]) -> dict[str, Any]:
    """Return an analysis as lists and mappings for JSON; `reasons` are the words of the gate."""
    data, minimal = analysis.data, analysis.solutions
    kinds = {
        "conservative": minimal.conservative,
        "parsimonious": minimal.parsimonious,
        "intermediate": minimal.intermediate,
    }
    return {
        "outcome": data.outcome,
        "conditions": list(data.conditions),
        "cut": analysis.cut,
        "cases": len(data.cases),
        "left_out": list(data.left_out),
        "rows": [_row(row, len(data.conditions)) for row in analysis.table.rows],
        "contradictions": list(_contradictions(analysis.gate.contradictions)),
        "necessity": [
            {
                "condition": name,
                "inclN": _rounded(fit.inclusion),
                "RoN": _rounded(fit.relevance),
                "covN": _rounded(fit.coverage),
            }
            for name, fit in zip(data.conditions, analysis.necessity, strict=False)
        ],
        "solutions": {
            name: [_model(model, analysis) for model in analysis.models(covers)]
            for name, covers in kinds.items()
        },
        "truncated": any(covers.truncated for covers in kinds.values()),
        "gate": _gate(analysis, reasons),
    }


def _row(row: TruthTableRow, conditions: int) -> dict[str, Any]:
    return {
        "row": row.number,
        "configuration": [int(bit) for bit in f"{row.configuration:0{conditions}b}"],
        "n": len(row.cases),
        "cases": [case.name for case in row.cases],
        "inclusion": _rounded(row.inclusion),
        "pri": _rounded(row.pri),
        "outcome": row.outcome.value,
    }


def _contradictions(rows: Sequence[TruthTableRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "row": row.number,
            "with": [case.name for case in row.cases if case.has_outcome],
            "without": [case.name for case in row.cases if not case.has_outcome],
        }


def _model(model: FittedModel, analysis: Analysis) -> dict[str, Any]:
    return {
        "terms": [
            {
                "term": analysis.notation(term.term),
                **_fit(term.fit),
                "covU": _rounded(term.unique),
                "cases": list(term.cases),
            }
            for term in model.terms
        ],
        **_fit(model.fit),
        "remainders": list(model.remainders),
    }


def _fit(fit: Fit) -> dict[str, float | None]:
    return {
        "inclS": _rounded(fit.inclusion),
        "pri": _rounded(fit.pri),
        "covS": _rounded(fit.coverage),
    }


def _gate(analysis: Analysis, reasons: Sequence[str]) -> dict[str, Any]:
    verdict = analysis.gate
    left_out = verdict.leave_one_out
    return {
        "formula": verdict.formula,
        "reasons": list(reasons),
        "shared_terms": [analysis.notation(t) for t in analysis.solutions.parsimonious.shared],
        "clean_by_chance": _rounded(verdict.clean_by_chance),
        "clean_given_rows": list(verdict.clean_given_rows),
        "leave_one_out": left_out
        and {
            "stable": left_out.stable,
            "of": left_out.of,
            "changed_by": list(left_out.changed_by),
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
