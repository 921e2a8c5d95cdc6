"""The style page: every part that pages are made of, in light and in dark, by the same macros.

It is for whoever changes the templates. Its words are samples, and nothing on it is a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.pages.card import Card
from generator.pages.entries import ClaimRow, Elsewhere, EntryView, ObstacleAnswer
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Detail, Piece, unknown_piece


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleView:
    """Samples of what macros are given: claims by their strength, answers, a card."""

    claims: list[ClaimRow]
    obstacles: list[ClaimRow]
    answers: list[Piece]
    chips: list[Piece]
    card: Card


def style_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the style page, which the page of the data leads to and no other."""
    _ = ctx.library.locale.gettext
    yield Page(
        path=address.STYLE,
        title=_("Style"),
        template="style.html",
        description=_("The parts of which pages are made, in light and in dark."),
        listed=False,
        context=deferred_view(_style_view, ctx),
    )


def _style_view(ctx: SiteContext) -> StyleView:
    library, _ = ctx.library, ctx.library.locale.gettext
    card = Card(
        id="",
        to=address.STYLE,
        title=_("Title of a %(record)s", record=library.model.name),
        summary=_("Two or three short sentences stand here."),
        language="",
        label="",
        details=(Detail("", (Piece(_("Country")),)), Detail("", (Piece("2014 – 2017"),))),
        marks=(Detail("", (Piece(_("Subject")),)),),
        translations=(),
    )
    claims = [_claim(library, card, strength) for strength in range(5)]
    return StyleView(
        claims=claims,
        obstacles=[
            ClaimRow(entry=claims[1].entry, chips=(), details=(), answer=answer)
            for answer in _answers(library)
        ],
        answers=_results(library),
        chips=[Piece(_("A term with a page"), address.STYLE), Piece(_("A value"))],
        card=card,
    )


def _claim(library: Library, card: Card, strength: int) -> ClaimRow:
    _ = library.locale.gettext
    term = Piece(_("A term with a page"), address.STYLE)
    entry = EntryView(
        claim=Claim(case="", field="", index=0, term="", anchor="", values={}, strength=strength),
        card=card,
        title=term,
        lead=_("One sentence says what happened."),
        badges=(),
        details=(),
        sources=(Piece("1", "#main"),) if strength else (),
        to=address.STYLE,
        heading="",
    )
    details = (Detail(_("Label"), (Piece(_("A value")),)),)
    return ClaimRow(entry=entry, chips=(term, Piece("2017")), details=details)


def _results(library: Library) -> list[Piece]:
    _ = library.locale.gettext
    return [
        Piece(_("Yes"), term="yes"),
        Piece(_("Partly"), term="partly"),
        Piece(_("No"), term="no"),
        unknown_piece(library),
    ]


def _answers(library: Library) -> list[ObstacleAnswer]:
    """Return what may be said of an obstacle: something tried, nothing known, what others did."""
    _ = library.locale.gettext
    tried = ObstacleAnswer(
        tried=True,
        response=_("One sentence says what happened."),
        result=Detail("", (_results(library)[1],)),
        advice=Detail(_("Label"), (Piece(_("One sentence says what happened.")),)),
        elsewhere=None,
    )
    untried = ObstacleAnswer(tried=False, response="", result=None, advice=None, elsewhere=None)
    others = ObstacleAnswer(
        tried=False,
        response="",
        result=None,
        advice=None,
        elsewhere=Elsewhere(number=3, to=address.STYLE, group=""),
    )
    return [tried, untried, others]
