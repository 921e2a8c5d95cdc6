"""The anchors of a page, which a link names after `#`: headings of a text, claims, sections."""

from __future__ import annotations

from collections.abc import Iterator

from generator.library.broken_links import Broken
from generator.library.collection import Collection, anchor
from generator.markdown import Body
from generator.model.declaration import suggestion
from generator.model.record import Model
from generator.model.value import is_unknown
from generator.records.case import Case

PREFIX = "text-"
"""Stands before each id of a body in the built page, so that none is taken for a section's."""

MOST_LISTED = 10
"""A hint lists so many anchors of a page."""

IN_PAGE_HEAD = frozenset({"title", "summary"})


def find_anchor(fragment: str, body: Body, others: tuple[str, ...] = ()) -> str:
    """Return the id on the page that a fragment names: in the body, else one of `others`.

    Raise Broken where there is none.
    """
    if fragment in body.anchors:
        return PREFIX + fragment
    if fragment.removeprefix(PREFIX) in body.anchors or fragment in others:
        return fragment
    anchors = [*body.anchors, *others]
    more = ", …" if len(anchors) > MOST_LISTED else ""
    listed = f"its places: {', '.join(anchors[:MOST_LISTED])}{more}" if anchors else ""
    raise Broken(
        f"there is no place '#{fragment}' on that page", suggestion(fragment, anchors, listed)
    )


def case_anchors(collection: Collection, case: Case) -> tuple[str, ...]:
    """Return the ids that the page of a case has beside those of its text."""
    every = (claim for claims in collection.claims[case.id].values() for claim in claims)
    claims = (claim.anchor for claim in every if claim.anchor)
    story = ("story",) if case.body.words or case.body.links else ()
    return tuple(dict.fromkeys([*claims, *_sections(collection.model, case), *story, "about"]))


def _sections(model: Model, case: Case) -> Iterator[str]:
    """Yield the ids of the sections that have anything in them, outside the panel."""
    places = {"": "main", **{section.id: section.place for section in model.sections}}
    for field in model.fields.values():
        value, place = case.values.get(field.name), places[field.section]
        silent = value is None or ((place == "main" or field.layout) and is_unknown(value))
        if silent or not field.shown or field.role in IN_PAGE_HEAD or place == "panel":
            continue
        if field.layout:
            yield anchor(field)
        elif field.section and place == "main":
            yield f"part-{field.section}"
