"""The list of the pages across all records: what the home page and the foot lead to.

To add a page kind, add a row here, with the condition under which a site has its page.
"""

from __future__ import annotations

from generator.exports.feed import newest_records
from generator.library import address
from generator.pages.page import SiteContext
from generator.pages.responses import responses_title

AcrossLink = tuple[str, str, str]
"""A page's label, its path, and a sentence that says what it answers."""


def across_links(ctx: SiteContext) -> list[AcrossLink]:
    """Return the pages across all records that this site has, in the order to read them."""
    library, fields = ctx.library, ctx.library.model.fields
    across, plural = library.model.across, library.model.plural
    responses = responses_title(fields[across.responses.of]) if across.responses else ""
    challenges = fields[across.challenges.of].label if across.challenges else ""
    rows: list[tuple[object, str, str, str]] = [
        (
            across.situations,
            "Situations",
            address.SITUATIONS,
            "Before a meeting: what others met, and did.",
        ),
        (responses, responses, address.RESPONSES, "What was tried, and whether it worked."),
        (
            challenges,
            challenges,
            address.CHALLENGES,
            "Whether each was met, and what was done.",
        ),
        (
            across.evidence_map,
            "Map of evidence",
            address.EVIDENCE_MAP,
            "How well what is said is evidenced, and where nothing is known.",
        ),
        (
            ctx.site.matrices,
            "Matrices",
            address.MATRICES,
            f"How many {plural} name two things at once.",
        ),
        (across.places, "Places", address.PLACES, f"In which countries the {plural} are."),
        (across.timeline, "Timeline", address.TIMELINE, "When each began, and when it ended."),
        (library.counted, "Gaps", address.GAPS, f"What the {plural} do not cover, show or know."),
        (library.counted, "Report", address.REPORT, "All that was learned, on one page to print."),
        (newest_records(library), "What’s new", address.NEWS, f"The {plural} by date."),
    ]
    return [(label, path, sentence) for exists, label, path, sentence in rows if exists]
