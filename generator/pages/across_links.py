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
    _ = library.locale.gettext
    across, plural = library.model.across, library.model.plural
    responses = responses_title(library, fields[across.responses.of]) if across.responses else ""
    challenges = fields[across.challenges.of].label if across.challenges else ""
    rows: list[tuple[object, str, str, str]] = [
        (
            across.situations,
            _("Situations"),
            address.SITUATIONS,
            _("Before a meeting: what others met, and did."),
        ),
        (responses, responses, address.RESPONSES, _("What was tried, and whether it worked.")),
        (
            challenges,
            challenges,
            address.CHALLENGES,
            _("Whether each was met, and what was done."),
        ),
        (
            across.effort,
            _("What it takes"),
            address.EFFORT,
            _("How much time it took, and who paid for it."),
        ),
        (
            across.evidence_map,
            _("Map of evidence"),
            address.EVIDENCE_MAP,
            _("How well what is said is evidenced, and where nothing is known."),
        ),
        (
            ctx.site.matrices,
            _("Matrices"),
            address.MATRICES,
            _("How many %(records)s name two things at once.", records=plural),
        ),
        (
            across.places,
            _("Places"),
            address.PLACES,
            _("In which countries the %(records)s are.", records=plural),
        ),
        (
            across.timeline,
            _("Timeline"),
            address.TIMELINE,
            _("When each began, and when it ended."),
        ),
        (
            library.counted,
            _("Gaps"),
            address.GAPS,
            _("What the %(records)s do not cover, show or know.", records=plural),
        ),
        (
            library.counted,
            _("Report"),
            address.REPORT,
            _("All that was learned, on one page to print."),
        ),
        (
            newest_records(library),
            _("What’s new"),
            address.NEWS,
            _("The %(records)s by date.", records=plural),
        ),
    ]
    return [(label, path, sentence) for exists, label, path, sentence in rows if exists]
