"""The page of successes: what cases name in which something came about, such as a policy.

It is made of the model's map of evidence, which tells what a success is. One section for each term
that some case reached: what these cases name, lesson by lesson, most often first. The last section
tells what was not reached, and what got in the way there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from generator.analysis.substance import FEW, says_something
from generator.analysis.successes import (
    Success,
    has_successes,
    success_facet,
    success_lessons,
    successes,
)
from generator.analysis.tally import term_counts
from generator.library import address
from generator.library.library import Library
from generator.model.record import Facet
from generator.pages.card import Card, card
from generator.pages.entries import EntryView, entry_view
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import shorten
from generator.pages.pieces import Piece, term_piece
from generator.pages.term_rows import TermRow, heading, rank, term_row

MOST_ROWS: Final = 5
"""How many rows of each lesson stand open; the others are folded away."""
FAILURES: Final = "not-reached"
"""The id of the section of what was not reached."""


@dataclass(frozen=True, slots=True)
class SuccessRow:
    """A group or a term with its number of successes, the terms of a group below it.

    Few cases are named, each with the place where it says something of the term.
    """

    row: TermRow
    cases: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessView:
    """A term that cases reached: how many did, and what they name, lesson by lesson."""

    piece: Piece
    anchor: str
    success: Success
    lessons: list[tuple[str, list[SuccessRow]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureView:
    """A case in which something was not reached: what, and the obstacles that it names."""

    card: Card
    entries: tuple[EntryView, ...]
    obstacles: tuple[Piece, ...]


def successes_say_something(library: Library) -> bool:
    """Return whether enough cases reached something."""
    numbers = [len(each.reached) for each in successes(library).terms]
    reached = {case for each in successes(library).terms for case in each.reached}
    return says_something(library, len(reached), max(numbers, default=0))


def successes_title(library: Library) -> str:
    """Return the title of the page."""
    return library.locale.gettext("What comes up in successes")


def success_links(library: Library) -> tuple[Piece, ...]:
    """Return the terms that cases reached, each with its place on the page, and the failures."""
    facet = success_facet(library)
    if facet is None:
        return ()
    places = [
        (library.term(facet, each.term).label, _anchor(library, each)) for each in _ranked(library)
    ]
    if successes(library).failures:
        places.append((_failures_title(library), FAILURES))
    return tuple(Piece(text, f"{address.SUCCESSES}#{anchor}") for text, anchor in places)


def _failures_title(library: Library) -> str:
    return library.locale.gettext("What was not reached")


def _ranked(library: Library) -> list[Success]:
    """Return the successes, those of most cases first."""
    return sorted(successes(library).terms, key=lambda each: -len(each.reached))


def _anchor(library: Library, success: Success) -> str:
    return f"reached-{library.term_address(success.term)}"


def success_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of successes, where the model tells what one is."""
    library = ctx.library
    if has_successes(library):
        yield Page(
            path=address.SUCCESSES,
            title=successes_title(library),
            template="successes.html",
            description=library.locale.gettext(
                "In %(records)s that reached something: what do they name most?",
                records=library.model.plural,
            ),
            context=deferred_view(_successes_view, ctx),
        )


def _successes_view(ctx: SiteContext) -> dict[str, Any]:
    library = ctx.library
    views = [_success_view(library, each) for each in _ranked(library)]
    missed = shorten(library, successes(library).failures, lambda each: _failure_view(ctx, *each))
    title = _failures_title(library)
    return {
        "results": _result_words(library),
        "views": views,
        "most": MOST_ROWS,
        "failures": missed,
        "failures_title": title,
        "failures_at": FAILURES,
        "hindered": _obstacles_heading(library),
        "contents": [
            *((view.anchor, view.piece.text, ()) for view in views),
            *([(FAILURES, title, ())] if missed.total else []),
        ],
    }


def _result_words(library: Library) -> list[str]:
    """Return the words that tell of success, as they stand in the middle of a sentence."""
    declared, facet = library.model.across.evidence_map, success_facet(library)
    if declared is None or facet is None:
        return []
    fields, model = library.owner(facet).fields, library.model
    terms = [
        model.vocabularies[fields[name].vocabulary].terms[id_]
        for name, ids in declared.success.items()
        for id_ in ids
    ]
    return [library.locale.lower(term.label) for term in terms]


def _success_view(library: Library, success: Success) -> SuccessView:
    facet = success_facet(library)
    if facet is None:
        raise LookupError(success.term)
    lists = ((f, _lesson_rows(library, f, success.reached)) for f in success_lessons(library))
    return SuccessView(
        piece=term_piece(library, facet, success.term),
        anchor=_anchor(library, success),
        success=success,
        lessons=[(heading(library, f), rows) for f, rows in lists if rows],
    )


def _obstacle_facet(library: Library) -> Facet | None:
    """Return the facet of what got in the way; None where the model names none."""
    rule = library.model.across.responses
    return next((f for f in success_lessons(library) if rule and f.owner == rule.of), None)


def _obstacles_heading(library: Library) -> str:
    facet = _obstacle_facet(library)
    return heading(library, facet) if facet else ""


def _failure_view(ctx: SiteContext, case: str, numbers: tuple[int, ...]) -> FailureView:
    """Return a case with its entries of these numbers; each obstacle leads to where it is told."""
    library = ctx.library
    own, obstacles = success_facet(library), _obstacle_facet(library)
    claims = library.claims(case, own.owner) if own else ()
    hindering = library.claims(case, obstacles.owner) if obstacles else ()
    named = {claim.term: claim for claim in reversed(hindering) if claim.term}
    return FailureView(
        card=card(library, case),
        entries=tuple(entry_view(ctx, claims[number]) for number in numbers),
        obstacles=tuple(
            Piece(library.term(obstacles, term).label, address.claim(library, claim))
            for term, claim in reversed(named.items())
            if obstacles
        ),
    )


def _lesson_rows(library: Library, facet: Facet, cases: tuple[str, ...]) -> list[SuccessRow]:
    """Return the groups, and terms in none, that some cases name: most often first."""
    counts, vocabulary = term_counts(library, cases, facet), library.model.vocabulary_of(facet)

    def rows(ids: tuple[str, ...]) -> list[TermRow]:
        return sorted((term_row(library, facet, i, counts[i]) for i in ids if counts[i]), key=rank)

    return [
        SuccessRow(
            replace(row, below=tuple(rows(vocabulary.fine_below(row.term.id)))),
            _named_cases(library, facet, row.term.id, cases) if row.count < FEW else (),
        )
        for row in rows(vocabulary.tops)
    ]


def _named_cases(
    library: Library, facet: Facet, term: str, cases: tuple[str, ...]
) -> tuple[Card, ...]:
    """Return those of some cases that name a term, each with the first entry that does."""
    among = {term, *library.model.vocabulary_of(facet).fine_below(term)}
    named = []
    for case in cases:
        claims = (c for c in library.claims(case, facet.owner) if c.term in among)
        if claim := next(claims, None):
            named.append(replace(card(library, case), to=address.claim(library, claim)))
    return tuple(named)
