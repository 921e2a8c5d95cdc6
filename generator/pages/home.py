"""The home page: what is here, where to start, what is best evidenced, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.analysis.answers import has_response
from generator.analysis.lessons import is_lesson
from generator.analysis.meetings import leading_question, meeting_answers
from generator.analysis.nameless import nameless
from generator.analysis.substance import facet_says_something
from generator.analysis.synthesis import best_claim, citable_claims, has_own_words
from generator.exports.feed import newest_records
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.record import Facet
from generator.pages.body_words import body_html
from generator.pages.card import Card, card
from generator.pages.directory import is_directory
from generator.pages.download import copy_title
from generator.pages.entries import EntryView, entry_view
from generator.pages.finder import address_pair, choices
from generator.pages.index_pages import learn_rows
from generator.pages.my_cases import brief_piece
from generator.pages.navigation import menu_label
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, records_title
from generator.pages.places import is_places, on_map
from generator.pages.term_rows import TermRow, heading, term_rows

MOST_FAMILIES = 2
"""How many families of each lesson the home page shows."""
MOST_UNKNOWN = 3
MOST_CHOICES = 2
"""How many questions before a meeting the home page asks."""
MOST_NEW = 3
MIN_STRENGTH = 2
"""The least strength of evidence of the case that the home page shows, if there is one."""
MOST_FACETS = 6
"""How many facets the home page offers where the configuration names none."""


@dataclass(frozen=True, slots=True)
class Family:
    """A group that comes up often: its heading, its number of cases, and one case's words.

    `as_many` is how many more groups of the same list have the same number, and are not first.
    """

    heading: str
    row: TermRow
    entry: EntryView | None
    as_many: int


@dataclass(frozen=True, slots=True)
class UnknownAnswer:
    """Something that few cases tell: its label, its page, in how many it is known."""

    label: str
    to: str
    known: int


def home_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the home page."""
    yield Page(
        path=address.HOME,
        title=ctx.site.name,
        template="home.html",
        description=ctx.site.description,
        context=deferred_view(_home_view, ctx),
    )


def _home_view(ctx: SiteContext) -> dict[str, Any]:
    library, path = ctx.library, address.HOME
    intro, meeting = library.page("index"), library.model.across.meeting
    leading = leading_question(library)
    answered = library.model.facets[leading.facet] if leading else None
    return {
        "intro": body_html(library, intro, path) if intro else "",
        "tagline": ctx.site.description or ctx.site.name,
        "reach": _numbers(ctx),
        "meeting": Piece(menu_label(ctx, address.PREPARE, meeting.title), address.PREPARE)
        if meeting
        else None,
        "ask": leading.ask if leading else "",
        "choices": choices(library)[:MOST_CHOICES],
        "answers": [
            (
                Piece(library.term(answered, id_).label, address.meeting(library, id_)),
                address_pair(answered, id_),
            )
            for id_ in meeting_answers(library)
        ]
        if answered
        else [],
        "find": Piece(
            menu_label(ctx, address.cases(library), records_title(library.model)),
            address.cases(library),
        ),
        "begin": _first_facets(ctx),
        "brief": brief_piece(ctx),
        "learn": Piece(
            menu_label(ctx, address.LEARN, library.locale.gettext("What we learn")), address.LEARN
        ),
        "lessons": [row for row in learn_rows(ctx) if row.is_telling][:MOST_LESSONS],
        "about": Piece(
            menu_label(ctx, address.ABOUT, library.locale.gettext("About")), address.ABOUT
        ),
        "families": _families(ctx),
        "worth": _worth_reading(ctx),
        "copy": Piece(copy_title(library), address.DOWNLOAD) if ctx.copy else None,
        "unknown": _least_known(library),
        "new": _newest(ctx),
    }


MOST_LESSONS = 4
"""How many pages of what was learned the home page names."""


def _numbers(ctx: SiteContext) -> list[str]:
    """Return how many records there are, and how many terms they name, each in words."""
    locale, model = ctx.library.locale, ctx.library.model
    records = locale.counted(ctx.library.number_counted, model.name, model.plural)
    return [records, *(locale.counted(number, label, label) for number, label in reach(ctx))]


def reach(ctx: SiteContext) -> list[tuple[int, str]]:
    """Return how many terms cases name of the facets that a card or a directory shows.

    A directory counts names alone; how many of its entries have none is told after it. Of places
    only countries count, where the map knows any: the whole world is none.
    """
    library, model = ctx.library, ctx.library.model
    numbers = []
    for facet in model.facets.values():
        broad = model.vocabulary_of(facet).broad
        named = [id_ for id_ in library.used_terms(facet.name) if id_ not in broad]
        if is_places(library, facet):
            named = on_map(named) or named
        number = len(named)
        if number > 1 and (facet.owner in model.card.above or is_directory(library, facet)):
            numbers.append((number, library.locale.lower(facet.label)))
        if is_directory(library, facet) and (
            without := nameless(library, library.owner(facet)).number
        ):
            locale = library.locale
            noun = locale.noun(without, facet.noun, locale.lower(facet.label))
            numbers.append((without, locale.gettext("%(partners)s without a name", partners=noun)))
    return numbers


def _first_facets(ctx: SiteContext) -> list[Piece]:
    """Return the facets to begin with, each with its page.

    Those that say nothing yet are left out, and so are lessons, which are about more than a choice.
    """
    library = ctx.library
    facets = library.model.facets
    used = [name for name in facets if library.used_terms(name)]
    named = ctx.site.begin or used
    telling = [
        facets[name]
        for name in named
        if facet_says_something(library, facets[name]) and not is_lesson(library, facets[name])
    ]
    return [
        Piece(menu_label(ctx, address.facet(f), heading(library, f)), address.facet(f))
        for f in telling[:MOST_FACETS]
    ]


def _families(ctx: SiteContext) -> list[Family]:
    """Return the groups of each lesson that most cases name, each with the words of a case.

    No two quote one case, as far as others have words.
    """
    library = ctx.library
    lessons = [f for f in library.model.facets.values() if is_lesson(library, f)]
    named = library.model.across.lessons
    families: list[Family] = []
    quoted: set[str] = set()
    for facet in [f for f in lessons if f.owner in named] or lessons[:MOST_FAMILIES]:
        if not facet_says_something(library, facet):
            continue
        rows = [row for row in term_rows(ctx, facet) if row.count > 1]
        first = rows[:MOST_FAMILIES]
        for row in first:
            claim = _words_of(library, facet, row.term.id, quoted)
            quoted |= {claim.case} if claim else set()
            last = row is first[-1]
            tied = sum(other.count == row.count for other in rows) if last else 0
            among = sum(other.count == row.count for other in first) if last else 0
            families.append(
                Family(
                    heading(library, facet),
                    row,
                    entry_view(ctx, claim) if claim else None,
                    tied - among,
                )
            )
    return families


def _words_of(library: Library, facet: Facet, id_: str, quoted: set[str]) -> Claim | None:
    """Return the best evidenced claim of a term or group, of a case not yet quoted if there is."""
    below = library.model.vocabulary_of(facet)
    claims = [
        claim
        for case in library.cases_naming(facet.name, id_)
        for claim in library.claims(case, facet.owner)
        if claim.term and id_ in (claim.term, *below.ancestors(claim.term))
    ]
    fresh = [claim for claim in claims if claim.case not in quoted]
    return best_claim(library, fresh) or best_claim(library, claims)


def _worth_reading(ctx: SiteContext) -> tuple[Card, EntryView | None] | None:
    """Return the case with the best evidenced lessons, and the best of them; None without a case.

    Where no lesson is evidenced well enough, it is the newest case.
    """
    library = ctx.library
    lessons = [
        claim
        for claim in citable_claims(library)
        if has_own_words(library, claim) and _is_lesson(library, claim)
    ]
    sums: dict[str, int] = defaultdict(int)
    for claim in lessons:
        if (claim.strength or 0) >= MIN_STRENGTH:
            sums[claim.case] += claim.strength or 0
    if not sums:
        newest = _newest(ctx)
        return (newest[0][0], None) if newest else None
    best = max(sums, key=lambda id_: (sums[id_], id_))
    lesson = best_claim(library, [claim for claim in lessons if claim.case == best])
    return card(library, best), entry_view(ctx, lesson) if lesson else None


def _least_known(library: Library) -> list[UnknownAnswer]:
    """Return what the fewest cases tell, of all that a full record should."""
    known = [
        UnknownAnswer(facet.label, address.facet(facet), library.answer_counts(facet.name).known)
        for facet in library.model.facets.values()
        if library.model.at(facet.path[:1]) and library.owner(facet).need
    ]
    lacking = [each for each in known if each.known < library.number_counted]
    return sorted(lacking, key=lambda each: each.known)[:MOST_UNKNOWN]


def _is_lesson(library: Library, claim: Claim) -> bool:
    """Return whether an entry is one that the model calls a lesson, or any where it names none.

    An obstacle teaches little without what was done about it.
    """
    across, field = library.model.across, library.model.fields[claim.field]
    if not across.lessons:
        facets = {facet.owner for facet in library.model.facets.values()}
        return bool(claim.term) and field.layout == "claims" and field.name in facets
    answers = across.responses
    is_answered = answers is None or answers.of != field.name or has_response(claim, answers)
    return field.name in across.lessons and is_answered


def _newest(ctx: SiteContext) -> list[tuple[Card, str]]:
    """Return the newest cases with their dates in words; those without a date come last."""
    library = ctx.library
    dates = {id_: date for date, id_ in newest_records(library)}
    ranked = dict.fromkeys((*dates, *library.counted))
    return [
        (card(ctx.library, id_), library.locale.date(dates.get(id_, "")))
        for id_ in list(ranked)[:MOST_NEW]
    ]
