"""Owns the places on a page that a link may name: headings of a text, claims, sections."""

from __future__ import annotations

from collections.abc import Iterator

from generator.library.broken_links import Broken
from generator.library.library import Library, anchor
from generator.markdown import Body
from generator.model.declaration import suggestion
from generator.model.value import is_unknown
from generator.records.case import Case

PREFIX = "text-"
MOST_NAMED = 10
AT_THE_HEAD = frozenset({"title", "summary"})


def find_anchor(fragment: str, body: Body, others: tuple[str, ...] = ()) -> str:
    """Return the id on the page that a fragment names: in the body, else one of `others`."""
    if fragment in body.anchors:
        return PREFIX + fragment
    if fragment.removeprefix(PREFIX) in body.anchors or fragment in others:
        return fragment
    known = [*body.anchors, *others]
    more = ", …" if len(known) > MOST_NAMED else ""
    places = f"its places: {', '.join(known[:MOST_NAMED])}{more}" if known else ""
    raise Broken(
        f"there is no place '#{fragment}' on that page", suggestion(fragment, known, places)
    )


def case_anchors(library: Library, case: Case) -> tuple[str, ...]:
    """Return the ids that the page of a case has beside those of its text."""
    claims = (claim.anchor for claim in library.all_claims(case.id) if claim.anchor)
    story = ("story",) if case.body.words or case.body.links else ()
    return tuple(dict.fromkeys([*claims, *_sections(library, case), *story, "about"]))


def _sections(library: Library, case: Case) -> Iterator[str]:
    """Yield the ids of the sections that have anything in them, outside the panel."""
    place_of = {"": "main", **{section.id: section.place for section in library.model.sections}}
    for field in library.model.fields.values():
        value, where = case.values.get(field.name), place_of[field.section]
        silent = value is None or (where == "main" and is_unknown(value))
        if silent or not field.shown or field.role in AT_THE_HEAD or where == "panel":
            continue
        if field.layout:
            yield anchor(field)
        elif field.section and where == "main":
            yield f"part-{field.section}"
