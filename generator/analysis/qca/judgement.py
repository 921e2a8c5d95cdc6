"""What readers are told of a comparison: rules where the gate allows them, else the reasons.

Formulas are looked for only where the cases may bear one, since many conditions take their time.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.qca import gate
from generator.analysis.qca.analysis import Analysis, analyse
from generator.analysis.qca.covers import Model
from generator.analysis.qca.literals import Conjunction
from generator.analysis.qca.memberships import Memberships
from generator.analysis.qca.truth_table import TruthTable, truth_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The truth table, the reasons to tell no rule, and what all shortest formulas share.

    `analysis` is None where the reasons were there before any formula was looked for. `shared` is
    empty where there are reasons.
    """

    table: TruthTable
    reasons: tuple[str, ...]
    analysis: Analysis | None = None
    shared: Model = ()


def judgement_of(data: Memberships, cut: float = 1.0) -> Judgement:
    """Return what may be told of some cases."""
    table = truth_table(data, cut)
    if reasons := gate.reasons_of_table(data, table):
        return Judgement(table=table, reasons=reasons)
    analysis = analyse(data, cut=cut)
    reasons = analysis.gate.reasons
    shared = () if reasons else analysis.solutions.parsimonious.shared
    return Judgement(table=table, reasons=reasons, analysis=analysis, shared=shared)


def fitting(term: Conjunction, data: Memberships) -> tuple[str, ...]:
    """Return the names of the cases whose configuration fulfils a term."""
    return tuple(
        case.name
        for case in data.cases
        if case.configuration is not None and term.covers(case.configuration)
    )
