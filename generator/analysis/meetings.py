"""Which answers to "Who will you meet?" have a page of their own."""

from __future__ import annotations

from generator.library.library import Library


def meeting_answers(library: Library) -> tuple[str, ...]:
    """Return the answers to the first question that have a page: those that a counted case gives.

    They are in the order of the vocabulary, and none where the model asks nothing.
    """
    meeting = library.model.across.meeting
    if meeting is None:
        return ()
    facet = library.model.facets[meeting.questions[0].facet]
    tops = library.model.vocabulary_of(facet).tops
    return tuple(id_ for id_ in tops if library.count(facet.name, id_))
