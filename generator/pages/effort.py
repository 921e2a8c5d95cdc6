"""The page of what the work takes: time by phase, who paid, who answered, how often nobody says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.analysis.effort import time_by_phase, time_counts
from generator.library import address
from generator.library.collection import AnswerCounts
from generator.library.library import Library
from generator.model.across import Effort
from generator.model.record import Facet, Field
from generator.pages.entries import Breakdown, EntryView, entry_view
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, shorten
from generator.pages.pieces import Piece, piece
from generator.pages.term_rows import FacetAnswers, TermRow, facet_answers, rank, term_row


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """A phase with the number of cases for each amount of time."""

    title: Piece
    amounts: Breakdown
    unknown: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetEffort:
    """A facet that tells a part of it: its used terms, most used first, and who says nothing."""

    answers: FacetAnswers
    rows: list[TermRow]

    @property
    def anchor(self) -> str:
        """Return the anchor of the part."""
        return f"on-{self.answers.facet.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortView:
    """What the page shows: `entries` are what cases say of the time, in the order of titles."""

    field: Field
    key: Field
    amount: Field
    time: AnswerCounts
    phases: list[PhaseView]
    entries: ShortList[EntryView]
    facets: list[FacetEffort]
    contents: Contents


def effort_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of what the work takes, where the model declares it."""
    declared, _ = ctx.library.model.across.effort, ctx.library.locale.gettext
    if declared:
        yield Page(
            path=address.EFFORT,
            title=_("What it takes"),
            template="effort.html",
            description=_("How much time the work took, who paid for it, and who answered for it."),
            context=deferred_view(_effort_view, ctx, declared),
        )


def _effort_view(ctx: SiteContext, declared: Effort) -> EffortView:
    library = ctx.library
    field = library.model.fields[declared.time]
    key, amount = field.fields[field.key], field.fields[declared.amount]
    phases = [
        PhaseView(
            title=piece(library, key, phase.term),
            amounts=[(piece(library, amount, id_), n) for id_, n in phase.amounts.items()],
            unknown=phase.unknown,
            silent=phase.silent,
        )
        for phase in time_by_phase(library, declared)
    ]
    claims = [claim for claim in library.claims_of_all(field.name) if claim.term]
    facets = [_facet_effort(library, library.model.facets[name]) for name in declared.facets]
    contents: Contents = [("time", field.label, ())]
    contents += [(each.anchor, each.answers.facet.label, ()) for each in facets]
    return EffortView(
        field=field,
        key=key,
        amount=amount,
        time=time_counts(library, declared),
        phases=phases,
        entries=shorten(library, claims, partial(entry_view, ctx)),
        facets=facets,
        contents=contents,
    )


def _facet_effort(library: Library, facet: Facet) -> FacetEffort:
    broad = library.model.vocabulary_of(facet).broad
    rows = [
        term_row(library, facet, id_, count)
        for id_, count in library.counts(facet.name).items()
        if id_ not in broad
    ]
    return FacetEffort(answers=facet_answers(library, facet), rows=sorted(rows, key=rank))
