"""The finder of the pages before a meeting: the questions as choices, and what its script reads.

The choices are in the page as it is built, hidden until `assets/meeting.js` or, on the home page,
`assets/ask.js` shows them. All numbers are the script's: it counts with `assets/engine.js`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from generator.analysis.lessons import lesson_facets
from generator.analysis.meetings import asked_questions
from generator.base.collation import sort_key
from generator.library import address
from generator.library.collection import anchor
from generator.library.library import Library
from generator.model.across import Meeting, MeetingQuestion, ResponseFields
from generator.model.record import Facet, Field
from generator.pages.case_numbers import numbered_cases
from generator.pages.page import SiteContext
from generator.pages.responses import responses_title
from generator.pages.script_words import script_words
from generator.pages.search_index import TEXTS

OWN_KEYS: Final = ("q", "sort", "view")
"""What an address says besides facets: `keyOf` of assets/engine.js."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """An answer that can be chosen: what the address then holds, the label, how deep it lies."""

    value: str
    label: str
    depth: int

    @property
    def indented(self) -> str:
        """Return the label, a step in for each group above it."""
        return "\N{EM SPACE}" * self.depth + self.label


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with its answers, and the words for leaving it open."""

    ask: str
    left_open: str
    options: tuple[AnswerOption, ...]


def choices(library: Library) -> list[Choice]:
    """Return the questions with the answers that counted cases give, groups before their terms.

    A question that no case answers is left out.
    """
    return [
        Choice(
            question.ask,
            question.left_open or library.locale.gettext("any"),
            tuple(_options(library, question)),
        )
        for question in asked_questions(library)
    ]


def _options(library: Library, question: MeetingQuestion) -> Iterator[AnswerOption]:
    facet = library.model.facets[question.facet]
    finer = library.model.facets.get(question.finer)
    places = _places(library, facet, finer) if finer else {}
    terms, used = library.model.vocabulary_of(facet).terms, library.used_terms(facet.name)

    def below(group: str, depth: int) -> Iterator[AnswerOption]:
        here = [id_ for id_ in used if terms[id_].broader == group]
        for id_ in sorted(here, key=lambda each: sort_key(terms[each].label)):
            yield AnswerOption(address_pair(facet, id_), terms[id_].label, depth)
            if finer:
                yield from _finer(library, finer, id_, depth + 1, places)
            yield from below(id_, depth + 1)

    yield from below("", 0)
    if finer:
        yield from _finer(library, finer, "", 0, places)


def _finer(
    library: Library, finer: Facet, answer: str, depth: int, places: Mapping[str, str]
) -> Iterator[AnswerOption]:
    """Yield the terms of the finer facet that stand below an answer; of none, those without one."""
    terms = library.model.vocabulary_of(finer).terms
    here = [id_ for id_, place in places.items() if place == answer]
    for id_ in sorted(here, key=lambda each: sort_key(terms[each].label)):
        yield AnswerOption(address_pair(finer, id_), terms[id_].label, depth)


def _places(library: Library, facet: Facet, finer: Facet) -> dict[str, str]:
    """Return for each term of the finer facet the answer with which most of its entries stand.

    It is empty where less than half of them stand with one: there the term is of no one answer.
    """
    answers = {id_: _entries(library, facet, id_) for id_ in _fine(library, facet)}
    places = {}
    for id_ in _fine(library, finer):
        own = _entries(library, finer, id_)
        shared = {answer: len(own & entries) for answer, entries in answers.items()}
        best = max(shared, key=lambda answer: shared[answer], default="")
        places[id_] = best if best and 2 * shared[best] >= len(own) else ""
    return places


def _fine(library: Library, facet: Facet) -> list[str]:
    """Return the terms that counted cases name, in the order of the vocabulary, without groups."""
    used, vocabulary = frozenset(library.used_terms(facet.name)), library.model.vocabulary_of(facet)
    return [id_ for id_ in vocabulary.terms if id_ in used and id_ not in vocabulary.broad]


def _entries(library: Library, facet: Facet, id_: str) -> set[tuple[str, int | None]]:
    return {(mention.case, mention.entry) for mention in library.mentions(facet.name, id_)}


def address_pair(facet: Facet, id_: str) -> str:
    """Return a term as an address holds it: `writeState` of assets/engine.js does the same."""
    name = facet.name
    key = f"is.{name}" if name in OWN_KEYS or name.startswith(("not.", "is.")) else name
    return f"{quote(key, safe='.')}={quote(id_, safe='').replace('.', '%2E').replace('~', '%7E')}"


# ---- words ---------------------------------------------------------------------------------------


def answer_words(library: Library, question: MeetingQuestion, id_: str) -> str:
    """Return an answer to a question as it stands in a sentence: with government partners."""
    facet = library.model.facets[question.facet]
    label = library.term(facet, id_).label
    if _is_lowered(library, facet) and label[1:2] not in ("", label[1:2].upper()):
        label = library.locale.lower(label[:1]) + label[1:]
    return _phrase(library, question, facet).replace("{term}", label)


def _phrase(library: Library, question: MeetingQuestion, facet: Facet) -> str:
    if question.phrase:
        return question.phrase
    return f"{library.locale.lower(facet.label)}{library.locale.gettext(':')} {{term}}"


def _is_lowered(library: Library, facet: Facet) -> bool:
    """Return whether the labels of a facet are words: names keep their capitals."""
    vocabulary = library.model.vocabulary_of(facet)
    return not vocabulary.names and library.locale.lower("A") == "a"


def finder_settings(ctx: SiteContext, meeting: Meeting) -> str:
    """Return what the script of the finder reads, as JSON: questions, lists, sentences."""
    library = ctx.library
    model = library.model
    fields = dict.fromkeys(facet.owner for facet in lesson_facets(library))
    rule = model.across.responses
    if rule:
        fields.pop(rule.of, None)
    reads_texts = len(numbered_cases(library)) <= ctx.site.search_bodies_max
    settings = {
        "find": address.cases(library),
        "texts": TEXTS if ctx.site.plain and reads_texts else "",
        "write": address.CONTRIBUTE,
        "questions": [_question(library, each) for each in asked_questions(library)],
        "lists": [_list(model.fields[name]) for name in fields],
        "told": model.across.lessons or [*fields, *((rule.of,) if rule else ())],
        "obstacles": _obstacles(library, rule) if rule else None,
        "began": _list(model.fields[meeting.began]) if meeting.began else None,
        "words": finder_words(library),
    }
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":"))


def _question(library: Library, question: MeetingQuestion) -> dict[str, Any]:
    """Return a question: its facets, the finest first, each with how its terms are said."""
    facets = [library.model.facets[f] for f in (question.finer, question.facet) if f]
    return {
        "facets": [facet.name for facet in facets],
        "phrases": [_phrase(library, question, facet) for facet in facets],
        "lower": [_is_lowered(library, facet) for facet in facets],
    }


def _list(field: Field) -> dict[str, str]:
    return {"list": field.name, "slug": anchor(field), "heading": field.heading}


def _obstacles(library: Library, rule: ResponseFields) -> dict[str, Any]:
    """Return the list of obstacles, and the facet of results with its terms, the best first."""
    field = library.model.fields[rule.of]
    worked = field.fields[rule.worked]
    facet = library.facet_by_path.get(worked.path)
    results = library.model.vocabularies[worked.vocabulary].terms
    return _list(field) | {
        "heading": responses_title(library, field),
        "worked": facet.name if facet else "",
        "results": [[id_, term.label] for id_, term in results.items()],
    }


def finder_words(library: Library) -> Mapping[str, str]:
    """Return the sentences of the finder by the names that its script knows them by."""
    locale, model = library.locale, library.model
    _ = locale.gettext
    num, total, what, title, term = "{num}", "{total}", "{what}", "{title}", "{term}"
    of = {"num": num, "total": total}
    everything = locale.counted(library.number_counted, model.name, model.plural)
    words = {
        "first": _("%(num)s of %(all)s: %(what)s", num=num, all=everything, what=what),
        "and_of": _("%(num)s of them %(what)s", num=num, what=what),
        "none_of": _("none of them %(what)s", what=what),
        "closest": _("Closest: %(title)s.", title=title),
        "none": _("No %(record)s has all of this.", record=model.name),
        "without": _("Without “%(what)s”: %(num)s", what=what, num=num),
        "fits": _("They fit all your choices"),
        "near": _("They fit all but one of your choices"),
        "part": _("They fit some of your choices"),
        "not": _("not %(what)s", what=what),
        "order": _("Those that tell most come first."),
        "all": _("All %(num)s in Find cases", num=num),
        "left": _("%(num)s more fit as well.", num=num),
        "base": _("The numbers below are of %(num)s %(records)s.", num=num, records=model.plural),
        "base_one": _("What follows is from one %(record)s.", record=model.name),
        "base_near": _("Those that fit all but one of your choices are counted too."),
        "of": _("%(num)s of %(total)s", **of),
        "in": _("In %(title)s", title=title),
        "also": _("Also in:"),
        "less": _("%(num)s more are named less often.", num=num),
        "done": _("What was done"),
        "worked": _("Did it work?"),
        "unknown": _("Not recorded"),
        "not_recorded": _("not recorded."),
        "same": _("What others did about the same problem"),
        "like": _("What others did about a similar problem"),
        "about": _("%(term)s, in %(title)s", term=term, title=title),
        "judged": _("What was tried, and did it work?"),
        "judged_of": _("Of %(total)s things that were tried, %(num)s have a result.", **of),
        "judged_all": _("Show those with a result: %(num)s", num=num),
        "more": _("Show %(num)s more", num=num),
        "advice": _("Advice, not tried there"),
        "began": _("How they began"),
        "ask": _("Questions to ask before you go"),
        "ask_how": _("This got in the way in two or more of them. Ask how each is dealt with."),
        "unrecorded": _("What nobody has recorded"),
        "nobody": _("These things got in the way. Nobody wrote what was done about them:"),
        "help": _("If you know, %(link)s.", link="{link}"),
        "write": _("write it"),
        "gone": _("no longer a term: %(name)s", name="{name}"),
        "choose": _("Choose at least one."),
        "loading": _("Loading …"),
        "failed": _("Some words could not be loaded."),
        "again": _("Try again"),
        "link": _("Copy link"),
        "copied": _("Copied"),
        "print": _("Print"),
    }
    return script_words(locale, words)
