"""Which questions before a meeting are asked, and which answers have a page of their own."""

from __future__ import annotations

from generator.library.library import Library
from generator.model.across import MeetingQuestion


def asked_questions(library: Library) -> tuple[MeetingQuestion, ...]:
    """Return the questions of the model that a counted case answers, in the model's order.

    A question without an answer could only be left open. There is none where the model asks
    nothing.
    """
    meeting = library.model.across.meeting
    return tuple(
        question
        for question in (meeting.questions if meeting else ())
        if library.used_terms(question.facet)
        or (question.finer and library.used_terms(question.finer))
    )


def leading_question(library: Library) -> MeetingQuestion | None:
    """Return the question whose answers have pages: the first that a case answers by its facet."""
    asked = (each for each in asked_questions(library) if library.used_terms(each.facet))
    return next(asked, None)


def meeting_answers(library: Library) -> tuple[str, ...]:
    """Return the answers to the leading question that have a page: those that counted cases give.

    They are in the order of the vocabulary, and none where nothing is asked.
    """
    question = leading_question(library)
    if question is None:
        return ()
    facet = library.model.facets[question.facet]
    tops = library.model.vocabulary_of(facet).tops
    return tuple(id_ for id_ in tops if library.count(facet.name, id_))
