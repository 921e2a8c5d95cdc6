"""The check that each source of a record has an id of its own, and that each id cited is one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.problem import Problem
from generator.model.record import Model
from generator.model.value import UNKNOWN, field_path, located
from generator.records.case import Case, CaseSource

MOST_LISTED = 12
"""A hint lists the sources of a record if there are no more than this."""


def wrong_source_ids(case: Case, model: Model, source: CaseSource) -> Iterator[Problem]:
    """Yield a problem for each source's id that is taken, and for each that leads nowhere.

    Where not all sources could be read, nobody knows which ids lead nowhere.
    """
    if model.strength is None:
        return
    owner = model.strength.sources
    id_field = (owner, model.strength.id)
    incomplete = any(field_path(place) in {(owner,), id_field} for place in source.refused_places)
    ids: dict[str, None] = {}
    for place, id_ in located(case.values, id_field):
        if id_ in ids:
            message = f"two sources have the id '{id_}'"
            yield case.problem(place, "duplicate-source", message, "give one of them another")
        elif id_ != UNKNOWN:
            ids[id_] = None
    listed = ", ".join(ids) if len(ids) <= MOST_LISTED else f"see '{owner}:'"
    hint = f"add it under '{owner}:'; its sources: {listed or 'none yet'}"
    for field in () if incomplete else model.of_kind("source"):
        for place, id_ in located(case.values, field.path):
            if id_ not in ids and id_ != UNKNOWN:
                message = f"there is no source '{id_}' in this record"
                yield case.problem(place, "unknown-source", message, hint)
