"""Owns the list of the pages across all records: what the home page and the foot lead to.

To add a page kind, add an entry here, with the condition under which it has a page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.exports.feed import newest_records
from generator.library import address
from generator.pages.page import SiteContext
from generator.pages.responses import title

AcrossLink = tuple[str, str, str]
"""A page's label, its path, and a sentence that says what it answers."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page across all records: `there` tells whether a site has it.

    `{plural}` in the sentence is what records are called.
    """

    there: Callable[[SiteContext], object]
    label: str | Callable[[SiteContext], str]
    path: str
    sentence: str

    def link(self, ctx: SiteContext) -> AcrossLink:
        """Return the page as the site that has it names it."""
        label = self.label if isinstance(self.label, str) else self.label(ctx)
        return label, self.path, self.sentence.format(plural=ctx.library.model.plural)


def _responses(ctx: SiteContext) -> str:
    model = ctx.library.model
    return title(model.fields[model.across.responses.of]) if model.across.responses else ""


def _challenges(ctx: SiteContext) -> str:
    model = ctx.library.model
    return model.fields[model.across.challenges.of].label if model.across.challenges else ""


_ENTRIES = (
    _Entry(
        lambda ctx: ctx.library.model.across.situations,
        "Situations",
        address.SITUATIONS,
        "Before a meeting: what others met, and did.",
    ),
    _Entry(_responses, _responses, address.RESPONSES, "What was tried, and whether it worked."),
    _Entry(
        _challenges, _challenges, address.CHALLENGES, "Whether each was met, and what was done."
    ),
    _Entry(
        lambda ctx: ctx.library.model.across.evidence_map,
        "Map of evidence",
        address.EVIDENCE_MAP,
        "How well what is said is evidenced, and where nothing is known.",
    ),
    _Entry(
        lambda ctx: ctx.site.matrices,
        "Matrices",
        address.MATRICES,
        "How many {plural} name two things at once.",
    ),
    _Entry(
        lambda ctx: ctx.library.model.across.places,
        "Places",
        address.PLACES,
        "In which countries the {plural} are.",
    ),
    _Entry(
        lambda ctx: ctx.library.model.across.timeline,
        "Timeline",
        address.TIMELINE,
        "When each began, and when it ended.",
    ),
    _Entry(
        lambda ctx: ctx.library.counted,
        "Gaps",
        address.GAPS,
        "What the {plural} do not cover, show or know.",
    ),
    _Entry(
        lambda ctx: ctx.library.counted,
        "Report",
        address.REPORT,
        "All that was learned, on one page to print.",
    ),
    _Entry(
        lambda ctx: newest_records(ctx.library),
        "What’s new",
        address.NEWS,
        "The {plural} by date.",
    ),
)


def across_links(ctx: SiteContext) -> list[AcrossLink]:
    """Return the pages across all records that this site has, in the order to read them."""
    return [entry.link(ctx) for entry in _ENTRIES if entry.there(ctx)]
