"""Owns the list of the pages across all records: what the home page and the foot lead to.

To add a page kind, add a line here, with the condition under which it has a page.
"""

from __future__ import annotations

from generator import address
from generator.feed import newest
from generator.pages.page import Making
from generator.pages.responses import title

AcrossLink = tuple[str, str, str]
"""A page's label, its path, and a sentence that says what it answers."""


def across_links(making: Making) -> list[AcrossLink]:
    """Return the pages across all records that this site has, in the order to read them."""
    library = making.library
    across, plural = library.model.across, library.model.plural
    fields = library.model.fields
    found: list[tuple[object, AcrossLink]] = [
        # Each: whether the site has the page, then label, path, sentence.
        (
            across.situations,
            ("Situations", address.SITUATIONS, "Before a meeting: what others met, and did."),
        ),
        (
            across.responses,
            (
                title(fields[across.responses.of]) if across.responses else "",
                address.RESPONSES,
                "What was tried, and whether it worked.",
            ),
        ),
        (
            across.challenges,
            (
                fields[across.challenges.of].label if across.challenges else "",
                address.CHALLENGES,
                "Whether each was met, and what was done.",
            ),
        ),
        (
            across.evidence_map,
            (
                "Map of evidence",
                address.EVIDENCE_MAP,
                "How well what is said is evidenced, and where nothing is known.",
            ),
        ),
        (
            making.site.matrices,
            ("Matrices", address.MATRICES, f"How many {plural} name two things at once."),
        ),
        (across.places, ("Places", address.PLACES, f"In which countries the {plural} are.")),
        (across.timeline, ("Timeline", address.TIMELINE, "When each began, and when it ended.")),
        (
            library.counted,
            ("Gaps", address.GAPS, f"What the {plural} do not cover, show or know."),
        ),
        (
            library.counted,
            ("Report", address.REPORT, "All that was learned, on one page to print."),
        ),
        (newest(library), ("What’s new", address.NEWS, f"The {plural} by date.")),
    ]
    return [link for there, link in found if there]
