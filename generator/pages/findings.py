"""The page of findings: what occurs with an outcome, case by case, and when a rule may be told.

What is compared is named in the settings. For readers who never met a truth table the families come
first; the table of all combinations is folded away. A rule is written only where the gate lets it
through (see `analysis.qca.gate`); else sentences say why not, and which cases would help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.analysis.findings import Condition, Finding, finding
from generator.analysis.qca import gate
from generator.analysis.qca.judgement import Judgement, fitting, judgement_of
from generator.analysis.qca.literals import Conjunction, literals
from generator.analysis.qca.truth_table import RowOutcome, TruthTableRow
from generator.analysis.substance import says_something
from generator.analysis.successes import success_facet
from generator.base.names import slug
from generator.base.site import FindingSetting
from generator.library import address
from generator.library.library import Library
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, case_piece, term_piece


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """A family: how many compared cases with and without the outcome name it.

    `against` are the cases that name it and are without the outcome.
    """

    piece: Piece
    reached: int
    missed: int
    against: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """A row of the truth table: the families that its cases name, and the cases on each side."""

    families: tuple[Piece, ...]
    reached: tuple[Piece, ...]
    missed: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A term of the shortest formula: the families named, those not named, the cases that fit."""

    named: tuple[Piece, ...]
    not_named: tuple[Piece, ...]
    cases: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding as the page shows it.

    `reasons` are the codes of the gate; `rules` are what it lets through. `tied` is the number of
    equally short formulas of which the rules are what they share. `chance` is a share in percent,
    `deals` and `stable` are a number out of another; None where no rule is shown. `silent` and
    `untold` are the cases left out, since they say nothing of the families or of the outcome.
    """

    title: str
    anchor: str
    outcome: str
    reached: int
    missed: int
    families: tuple[FamilyRow, ...]
    combinations: tuple[Combination, ...]
    disagreeing: tuple[Combination, ...]
    reasons: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    tied: int = 0
    chance: str = ""
    deals: tuple[int, int] | None = None
    stable: tuple[int, int] | None = None
    silent: tuple[Piece, ...]
    untold: tuple[Piece, ...]

    @property
    def total(self) -> int:
        """How many cases are compared."""
        return self.reached + self.missed


def findings_title(library: Library) -> str:
    """Return the title of the page."""
    return library.locale.gettext("Findings")


def findings_sentence(library: Library) -> str:
    """Return what the page is about, in a sentence."""
    return library.locale.gettext(
        "What do %(records)s with a result have in common?", records=library.model.plural
    )


def findings_say_something(ctx: SiteContext) -> bool:
    """Return whether enough cases can be compared, on both sides, for some finding."""
    return any(
        says_something(ctx.library, len(each.data.cases), _smaller_side(each))
        for each in _findings(ctx)
    )


def _smaller_side(each: Finding) -> int:
    return min(len(each.with_outcome), len(each.without_outcome))


def _findings(ctx: SiteContext) -> list[Finding]:
    return [finding(ctx.library, setting) for setting in ctx.site.findings]


def findings_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page, where the settings name something to compare."""
    if ctx.site.findings and ctx.library.counted:
        yield Page(
            path=address.FINDINGS,
            title=findings_title(ctx.library),
            template="findings.html",
            description=findings_sentence(ctx.library),
            context=deferred_view(_findings_view, ctx),
        )


def _findings_view(ctx: SiteContext) -> dict[str, Any]:
    views = [
        _view(ctx.library, setting, each)
        for setting, each in zip(ctx.site.findings, _findings(ctx), strict=True)
    ]
    return {
        "views": views,
        "contents": [(view.anchor, view.title, ()) for view in views],
        "fewest": gate.FEWEST_CASES,
        "spare": gate.SPARE_CASES,
    }


def _view(library: Library, setting: FindingSetting, each: Finding) -> FindingView:
    judged = judgement_of(each.data)
    rows = judged.table.rows
    combinations = tuple(_combination(library, each, row) for row in rows)
    outcome = _outcome_words(library, each)
    facets = [library.model.facets[name] for name in setting.conditions]
    by = library.locale.comma.join(library.locale.lower(facet.label) for facet in facets)
    return FindingView(
        title=library.locale.gettext("%(outcome)s, by %(facets)s", outcome=outcome, facets=by),
        anchor=slug(f"{'-'.join(setting.terms)}-by-{'-'.join(setting.conditions)}"),
        outcome=outcome,
        reached=len(each.with_outcome),
        missed=len(each.without_outcome),
        families=_families(library, each),
        combinations=combinations,
        disagreeing=tuple(
            combination
            for combination, row in zip(combinations, rows, strict=True)
            if row.outcome is RowOutcome.CONTRADICTION
        ),
        reasons=judged.reasons,
        silent=_cases(library, each.silent),
        untold=_cases(library, each.untold),
        **_allowed(library, each, judged),
    )


def _outcome_words(library: Library, each: Finding) -> str:
    """Return the outcome in words: `Policy or Practice: reached`."""
    _ = library.locale.gettext
    terms = _("” or “").join(library.term(each.facet, term).label for term in each.terms)
    own = success_facet(library)
    if own and own.name == each.facet.name:
        return _("“%(terms)s” reached", terms=terms)
    return _("“%(terms)s”", terms=terms)


def _families(library: Library, each: Finding) -> tuple[FamilyRow, ...]:
    """Return the families that compared cases name, those first that tell the sides apart most."""
    reached, missed = frozenset(each.with_outcome), frozenset(each.without_outcome)
    rows = []
    for number, condition in enumerate(each.conditions):
        named = each.named(number)
        if named:
            rows.append(
                FamilyRow(
                    piece=_condition_piece(library, condition),
                    reached=len(named & reached),
                    missed=len(named & missed),
                    against=_cases(library, (c for c in each.without_outcome if c in named)),
                )
            )

    def apart(row: FamilyRow) -> float:
        return row.reached / (len(reached) or 1) - row.missed / (len(missed) or 1)

    return tuple(sorted(rows, key=lambda row: -apart(row)))


def _condition_piece(library: Library, condition: Condition) -> Piece:
    if library.named(condition.facet.name, condition.term):
        return term_piece(library, condition.facet, condition.term)
    return Piece(library.term(condition.facet, condition.term).label)


def _cases(library: Library, ids: Iterable[str]) -> tuple[Piece, ...]:
    return tuple(case_piece(library, id_) for id_ in ids)


def _combination(library: Library, each: Finding, row: TruthTableRow) -> Combination:
    every = (1 << len(each.conditions)) - 1
    present, _absent = _pieces(library, each.conditions, Conjunction(every, row.configuration))
    return Combination(
        families=present,
        reached=_cases(library, (case.name for case in row.cases if case.has_outcome)),
        missed=_cases(library, (case.name for case in row.cases if not case.has_outcome)),
    )


def _pieces(
    library: Library, conditions: Sequence[Condition], term: Conjunction
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the families that a term wants named, and those that it wants not named."""
    parts = list(literals(term, len(conditions)))
    pieces = {number: _condition_piece(library, conditions[number]) for number, _ in parts}
    present = tuple(pieces[number] for number, is_present in parts if is_present)
    return present, tuple(pieces[number] for number, is_present in parts if not is_present)


def _allowed(library: Library, each: Finding, judged: Judgement) -> dict[str, Any]:
    """Return the rules that the gate lets through, and the numbers beside them.

    Where several formulas are equally short, the rules are what all of them share.
    """
    if judged.reasons or judged.analysis is None:
        return {}
    verdict = judged.analysis.gate
    rules = []
    for term in judged.shared:
        present, absent = _pieces(library, each.conditions, term)
        cases = _cases(library, fitting(term, each.data))
        rules.append(Rule(named=present, not_named=absent, cases=cases))
    left_out = verdict.leave_one_out
    return {
        "rules": tuple(rules),
        "tied": len(judged.analysis.solutions.parsimonious.models),
        "chance": f"{verdict.clean_by_chance:.1%}",
        "deals": verdict.clean_given_rows,
        "stable": (left_out.stable, left_out.of) if left_out else None,
    }
