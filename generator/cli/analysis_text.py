"""An analysis as a person reads it in a terminal, and the sentences of the gate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from generator.analysis.qca import gate
from generator.analysis.qca.analysis import Analysis, FittedModel, as_plain
from generator.analysis.qca.covers import MOST_MODELS, Covers
from generator.analysis.qca.truth_table import RowOutcome
from generator.cli.terminal import count

_SIGNS = {RowOutcome.PRESENT: "1", RowOutcome.ABSENT: "0", RowOutcome.CONTRADICTION: "C"}


def gate_sentences(analysis: Analysis) -> list[str]:
    """Return why no formula is shown, a sentence for each reason; empty where one is shown."""
    data = analysis.data
    fewest = len(data.conditions) + gate.SPARE_CASES
    more = f"more than {MOST_MODELS:,} tied models"
    tied = len(analysis.solutions.parsimonious.models)
    sentences = {
        gate.NONE_WITH: f"no case has {data.outcome}, so there is nothing to compare with",
        gate.ALL_WITH: f"every case has {data.outcome}, so there is nothing to compare with",
        gate.CONTRADICTION: "; ".join(_disagreements(analysis)),
        gate.NO_ROW: f"no row reaches the cut of {analysis.cut:g}",
        gate.TRUNCATED: more if tied else "more models than can be compared",
        gate.NOTHING_SHARED: f"{tied:,} models are equally short and share no term",
        gate.TOO_FEW: f"{count(len(data.cases), 'case', 'cases')}; it takes {gate.FEWEST_CASES}",
        gate.TOO_MANY_CONDITIONS: f"{count(len(data.cases), 'case', 'cases')} for"
        f" {count(len(data.conditions), 'condition', 'conditions')}; it takes {fewest}",
    }
    return [sentences[reason] for reason in analysis.gate.reasons]


def _disagreements(analysis: Analysis) -> Iterator[str]:
    outcome = analysis.data.outcome
    for row in analysis.gate.contradictions:
        has = ", ".join(case.name for case in row.cases if case.has_outcome)
        has_not = ", ".join(case.name for case in row.cases if not case.has_outcome)
        yield f"same conditions, other outcome: {has} with {outcome}, {has_not} without"


def analyses_json(analyses: Sequence[Analysis], *, listed: bool) -> str:
    """Return analyses as JSON, their keys as the documentation has them; the only one or a list."""
    plain = [as_plain(analysis, gate_sentences(analysis)) for analysis in analyses]
    return json.dumps(plain if listed else plain[0], ensure_ascii=False, indent=1) + "\n"


def analyses_text(analyses: Sequence[Analysis], *, listed: bool) -> str:
    """Return analyses for a person, an empty line between them."""
    titled = (f"== {each.data.outcome} ==\n\n" if listed else "" for each in analyses)
    texts = map(analysis_text, analyses)
    return "\n".join(map("".join, zip(titled, texts, strict=True)))


def analysis_text(analysis: Analysis) -> str:
    """Return the truth table, the formulas that the gate allows, and the numbers beside them."""
    blocks = [_cases(analysis), *_table(analysis), "", *_necessity(analysis), ""]
    reasons = gate_sentences(analysis)
    if reasons:
        blocks += ["No formula is shown:", *(f"- {reason}" for reason in reasons)]
        blocks += ["Read the cases named in the table instead."]
    else:
        blocks += [*_formulas(analysis), "", *_guards(analysis)]
    return "\n".join([*blocks, ""])


def _cases(analysis: Analysis) -> str:
    data = analysis.data
    out = f"; left out: {', '.join(data.left_out)}" if data.left_out else ""
    cases = count(len(data.cases), "case", "cases")
    return f"{data.outcome} in {data.positives} of {cases}{out}\n"


def _table(analysis: Analysis) -> Iterator[str]:
    header = ["row", *analysis.data.conditions, "out", "n", "incl", "PRI", "cases"]
    lines = [
        [
            str(row.number),
            *f"{row.configuration:0{len(analysis.data.conditions)}b}",
            _SIGNS[row.outcome],
            str(len(row.cases)),
            _measure(row.inclusion),
            _measure(row.pri),
            ", ".join(case.name for case in row.cases),
        ]
        for row in analysis.table.rows
    ]
    yield from _columns([header, *lines])


def _necessity(analysis: Analysis) -> Iterator[str]:
    yield f"How far each condition is there where {analysis.data.outcome} is:"
    lines = [
        [name, _measure(fit.inclusion), _measure(fit.relevance), _measure(fit.coverage)]
        for name, fit in zip(analysis.data.conditions, analysis.necessity, strict=False)
    ]
    yield from _columns([["condition", "inclN", "RoN", "covN"], *lines])


def _formulas(analysis: Analysis) -> Iterator[str]:
    minimal = analysis.solutions
    for name, covers in (
        ("conservative", minimal.conservative),
        ("intermediate", minimal.intermediate),
        ("parsimonious", minimal.parsimonious),
    ):
        yield from _solution(name, covers, analysis)


def _solution(name: str, covers: Covers, analysis: Analysis) -> Iterator[str]:
    models = analysis.models(covers)
    if len(models) == 1 and not covers.truncated:
        yield f"{name}: {_formula(models[0], analysis)}"
        for term in models[0].terms:
            fit = f"covS {_measure(term.fit.coverage)}, covU {_measure(term.unique)}"
            written = analysis.notation(term.term)
            consistency = f"inclS {_measure(term.fit.inclusion)}"
            yield f"  {written}: {consistency}, {fit}; {', '.join(term.cases)}"
        return
    shared = ", ".join(map(analysis.notation, covers.shared))
    common = f"they share {shared}" if shared else "they share no term"
    ties = f"more than {MOST_MODELS:,}" if covers.truncated else f"{len(models):,}"
    yield f"{name}: {ties} models are equally short; {common}"


def _formula(model: FittedModel, analysis: Analysis) -> str:
    terms = " + ".join(analysis.notation(term.term) for term in model.terms)
    return f"{terms} (inclS {_measure(model.fit.inclusion)}, covS {_measure(model.fit.coverage)})"


def _guards(analysis: Analysis) -> Iterator[str]:
    verdict = analysis.gate
    clean, deals = verdict.clean_given_rows
    yield "Three guards of casebook's own, not of the literature:"
    yield (
        f"- if outcomes were coin flips, {verdict.clean_by_chance:.1%} of tables like this would"
        " have no contradiction"
    )
    yield f"- {clean:,} of {deals:,} ways to deal these outcomes to these rows have none either"
    if verdict.leave_one_out:
        names = ", ".join(verdict.leave_one_out.changed_by)
        others = f"; not without {names}" if names else ""
        stable = f"{verdict.leave_one_out.stable} of {verdict.leave_one_out.of}"
        yield f"- the shortest formulas stay the same without any one of {stable} cases{others}"


def _columns(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield lines of a table, its columns aligned, the last one left as it is."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [cell.rjust(width) for cell, width in zip(line[:-1], widths, strict=False)]
        yield "  ".join([*cells, line[-1]]).rstrip()


def _measure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
