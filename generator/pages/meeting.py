"""The pages before a meeting: a question, and for each answer what like cases can tell.

The model names the questions (`across: meeting`); those that no case answers are left out. Each
answer to the first has a page; the other questions stand on it, each answer with its cases. So the
pages need no script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.analysis.answers import obstacle_field, responses
from generator.analysis.lessons import lesson_facets
from generator.analysis.meetings import asked_questions, leading_question, meeting_answers
from generator.analysis.situations import situations
from generator.base.collation import sort_key
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.across import Meeting, MeetingQuestion
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Term
from generator.pages.card import Card, card
from generator.pages.entries import (
    AdviceView,
    EntryView,
    ResponseView,
    advice_views,
    entry_views,
    response_views,
    strongest_first,
)
from generator.pages.finder import (
    address_pair,
    answer_words,
    choices,
    finder_settings,
)
from generator.pages.navigation import menu_label
from generator.pages.page import Contents, Page, SiteContext, deferred_view
from generator.pages.pagination import ShortList, shorten
from generator.pages.pieces import Piece, piece, term_piece
from generator.pages.redirects import redirect

MOST_GROUPS = 5
"""How many groups of each list stand on a page, which prints on few sheets."""
MOST_WORDS = 1
"""How many cases are quoted for each group."""
MOST_BEGINNINGS = 3
MOST_RESPONSES = 6
MOST_ADVICE = 3
MOST_CASES = 30
"""How many cases an answer names; its page has all."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to a question, with the cases that have it."""

    piece: Piece
    cases: ShortList[Card]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question before a meeting, and its answers, those of most cases first."""

    ask: str
    facet: Facet
    rows: list[AnswerRow]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A group or a term: the number of cases that name it, and what the best evidenced say."""

    piece: Piece
    number: int
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class LessonList:
    """What some cases say in one list of the model; `more` is how many rows are left out.

    `known` is the number of these cases that name anything in the list.
    """

    field: Field
    rows: list[LessonRow]
    more: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """What the page of an answer shows: of its `number` cases, what helps before a meeting.

    `unanswered` are the obstacles of these cases for which nobody records what was done. `chosen`
    is the answer as the address of the finder holds it, and `asks` what may be asked besides.
    """

    term: Piece
    chosen: str
    asks: list[str]
    number: int
    cases: ShortList[Card]
    others: list[QuestionView]
    helped: list[LessonList]
    tried: ShortList[ResponseView]
    advice: ShortList[AdviceView]
    unanswered: list[Piece]
    began: tuple[EntryView, ...]
    contents: Contents


def meeting_pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the questions, one for each answer, and those of earlier addresses."""
    library, meeting = ctx.library, ctx.library.model.across.meeting
    if meeting is None:
        return
    _ = library.locale.gettext
    title = menu_label(ctx, address.PREPARE, meeting.title)
    yield Page(
        path=address.PREPARE,
        title=title,
        template="meetings.html",
        description=_("What helped, what got in the way and what was done, in cases like yours."),
        context=deferred_view(_questions_view, ctx),
    )
    index = Piece(title, address.PREPARE)
    if leading := leading_question(library):
        yield from _answer_pages(ctx, index, leading)
    yield from _former_pages(ctx, index, leading)


def _answer_pages(ctx: SiteContext, index: Piece, leading: MeetingQuestion) -> Iterator[Page]:
    """Yield a page for each answer to the question that leads."""
    library, _ = ctx.library, ctx.library.locale.gettext
    facet = library.model.facets[leading.facet]
    for id_ in meeting_answers(library):
        yield Page(
            path=address.meeting(library, id_),
            title=library.locale.concatenated(index.text, " · ", library.term(facet, id_).label),
            template="meeting.html",
            description=_(
                "What helped, what got in the way and what was done, %(answer)s.",
                answer=answer_words(library, leading, id_),
            ),
            above=(index,),
            context=deferred_view(_meeting_view, ctx, id_),
        )


def _former_pages(
    ctx: SiteContext, index: Piece, leading: MeetingQuestion | None
) -> Iterator[Page]:
    """Yield a page at each address that a combination of three terms had; it leads on."""
    library, names = ctx.library, ctx.library.model.across.situations
    if not names:
        return
    yield redirect(ctx, address.SITUATIONS, index)
    first = library.model.facets[leading.facet] if leading else None
    place = names.index(first.name) if first and first.name in names else None
    for terms in situations(library):
        target = index
        if first is not None and place is not None:
            label = library.term(first, terms[place]).label
            target = Piece(label, address.meeting(library, terms[place]))
        yield redirect(ctx, address.situation(library, terms), target)


def _questions_view(ctx: SiteContext) -> dict[str, Any]:
    library, meeting = ctx.library, ctx.library.model.across.meeting
    if meeting is None:
        raise LookupError(address.PREPARE)
    leading = leading_question(library)
    return {
        "choices": choices(library),
        "settings": finder_settings(ctx, meeting),
        "ask": (leading or meeting.questions[0]).ask,
        "rows": _answer_rows(library, leading) if leading else [],
        "others": [_question_view(ctx, each, library.counted) for each in _others(library)],
    }


def _answer_rows(library: Library, leading: MeetingQuestion) -> list[tuple[Term, str, int]]:
    """Return the answers to the question that leads, each with its page and number of cases."""
    facet = library.model.facets[leading.facet]
    return [
        (library.term(facet, id_), address.meeting(library, id_), library.count(facet.name, id_))
        for id_ in meeting_answers(library)
    ]


def _others(library: Library) -> list[MeetingQuestion]:
    """Return the questions that are asked besides the one that leads."""
    leading = leading_question(library)
    return [each for each in asked_questions(library) if each is not leading]


def _question_view(
    ctx: SiteContext, question: MeetingQuestion, cases: Iterable[str]
) -> QuestionView:
    """Return a question with the answers that some cases give; groups lead before their terms."""
    library, facet = ctx.library, ctx.library.model.facets[question.facet]
    broad, among = library.model.vocabulary_of(facet).broad, frozenset(cases)
    rows = []
    for id_ in library.used_terms(facet.name):
        named = tuple(c for c in library.cases_naming(facet.name, id_) if c in among)
        if named and id_ not in broad:
            answer = term_piece(library, facet, id_)
            listed = shorten(library, named, lambda c: card(library, c), answer, limit=MOST_CASES)
            rows.append(AnswerRow(answer, listed))
    rows.sort(key=lambda row: (-row.cases.total, sort_key(row.piece.text)))
    return QuestionView(question.ask, facet, rows)


def _meeting_view(ctx: SiteContext, id_: str) -> MeetingView:
    library, meeting = ctx.library, ctx.library.model.across.meeting
    leading = leading_question(library)
    if meeting is None or leading is None:
        raise LookupError(id_)
    _ = library.locale.gettext
    facet = library.model.facets[leading.facet]
    cases = library.cases_naming(facet.name, id_)
    lists = (_lessons(ctx, each, cases) for each in lesson_facets(library))
    helped = [each for each in lists if each]
    began = _beginnings(ctx, meeting, cases)
    others = [_question_view(ctx, each, cases) for each in _others(library)]
    others = [view for view in others if view.rows]
    tried: ShortList[ResponseView] = ShortList((), 0)
    advice: ShortList[AdviceView] = ShortList((), 0)
    unanswered: list[Piece] = []
    contents: Contents = [(f"question-{n}", view.ask, ()) for n, view in enumerate(others)]
    contents += [(each.field.name, each.field.heading, ()) for each in helped]
    if declared := library.model.across.responses:
        field = library.model.fields[declared.of]
        claims = [c for case in cases for c in library.claims(case, field.name) if c.term]
        done = responses(library, declared, claims)
        see_also = Piece(_("the page of what was done"), address.RESPONSES)
        tried = response_views(ctx, declared, done, MOST_RESPONSES, see_also)
        advice = advice_views(ctx, declared, done, MOST_ADVICE, see_also)
        key = obstacle_field(library, declared)
        answered = {claim.term for claim in done.tried}
        open_terms = dict.fromkeys(claim.term for claim in claims if claim.term not in answered)
        unanswered = [piece(library, key, term) for term in open_terms]
        contents += (
            [("tried", _("What they did about it, and did it work"), ())] if tried.total else []
        )
        contents += [("advice", _("Advice, not tried there"), ())] if advice.total else []
    contents += [("began", _("How they began"), ())] if began else []
    contents += [("unrecorded", _("What nobody has recorded"), ())] if unanswered else []
    return MeetingView(
        term=term_piece(library, facet, id_),
        chosen=address_pair(facet, id_),
        asks=[each.ask for each in _others(library)],
        number=len(cases),
        cases=shorten(
            library,
            cases,
            lambda c: card(library, c),
            term_piece(library, facet, id_),
            limit=MOST_CASES,
        ),
        others=others,
        helped=helped,
        tried=tried,
        advice=advice,
        unanswered=sorted(unanswered, key=lambda each: sort_key(each.text)),
        began=began,
        contents=[*contents, ("cases", _("The %(records)s", records=library.model.plural), ())],
    )


def _lessons(ctx: SiteContext, facet: Facet, cases: tuple[str, ...]) -> LessonList | None:
    """Return what some cases say in a list, by group; None where they say nothing."""
    library = ctx.library
    vocabulary, field = library.model.vocabulary_of(facet), library.owner(facet)
    by_top: dict[str, list[Claim]] = defaultdict(list)
    for case in cases:
        for claim in library.claims(case, field.name):
            if claim.term:
                by_top[[claim.term, *vocabulary.ancestors(claim.term)][-1]].append(claim)
    if not by_top:
        return None
    numbers = {top: len({claim.case for claim in claims}) for top, claims in by_top.items()}
    ranked = sorted(
        by_top, key=lambda top: (-numbers[top], sort_key(library.term(facet, top).label))
    )
    rows, quoted = [], set[str]()
    for top in ranked[:MOST_GROUPS]:
        fresh = [claim for claim in by_top[top] if claim.case not in quoted]
        entries = _best(ctx, field, fresh, MOST_WORDS) or _best(ctx, field, by_top[top], MOST_WORDS)
        quoted |= {entry.claim.case for entry in entries}
        rows.append(LessonRow(term_piece(library, facet, top), numbers[top], entries))
    known = len({claim.case for claims in by_top.values() for claim in claims})
    return LessonList(field, rows, len(ranked) - len(rows), known)


def _best(
    ctx: SiteContext, field: Field, claims: Iterable[Claim], most: int
) -> tuple[EntryView, ...]:
    """Return the best evidenced entries that have words, no two of one case."""
    lead = field.lead_field
    chosen: dict[str, Claim] = {}
    for claim in strongest_first(claims):
        words = ctx.library.words(claim)
        if lead and words.get(lead.name, UNKNOWN) != UNKNOWN:
            chosen.setdefault(claim.case, claim)
    return entry_views(ctx, list(chosen.values())[:most])


def _beginnings(
    ctx: SiteContext, meeting: Meeting, cases: tuple[str, ...]
) -> tuple[EntryView, ...]:
    """Return how some of the cases began, in their own words."""
    if not meeting.began:
        return ()
    library, field = ctx.library, ctx.library.model.fields[meeting.began]
    claims = [claim for case in cases for claim in library.claims(case, field.name)]
    return _best(ctx, field, claims, MOST_BEGINNINGS)
