"""Owns how the fields of a record are put together on its page: blocks in parts, by section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.tally import Answered, answered
from generator.library.library import Library, anchor, as_entries
from generator.model.record import Field, Section
from generator.model.value import is_unknown
from generator.pages.page import Contents
from generator.pages.views import EntryView, Piece, entry_views, pieces
from generator.records.case import Case

HEAD = frozenset({"title", "summary"})
"""Roles of the fields that stand at the head of the page."""

ELSEWHERE = (
    Section(id="", title="At a glance", place="panel"),
    Section(id="", title="More", place="main"),
)
"""Where fields stand that name no section: those of a layout in the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one field shows on a case's page: entries, or the pieces of a simple value.

    Of answers, `unasked` are the questions that nobody answered, and `excuse` is the one that was
    answered no where that is not held against the record.
    """

    field: Field
    layout: str
    entries: tuple[EntryView, ...] = ()
    pieces: tuple[Piece, ...] = ()
    answered: Answered | None = None
    unasked: tuple[Piece, ...] = ()
    excuse: str = ""

    @property
    def id(self) -> str:
        """Return the block's anchor on the page."""
        return anchor(self.field)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A section of a case's page with what stands in it."""

    section: Section
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Return the anchor of what has no heading of its own."""
        return f"part-{self.section.id or 'more'}"

    @property
    def own(self) -> tuple[Block, ...]:
        """Return the blocks under a heading of their own."""
        return tuple(block for block in self.blocks if block.field.layout)

    @property
    def rest(self) -> tuple[Block, ...]:
        """Return the blocks that stand together under the section's title."""
        return tuple(block for block in self.blocks if not block.field.layout)

    @property
    def contents(self) -> Contents:
        """Return the anchors and titles of what stands in the part."""
        found: Contents = [(block.id, block.field.heading, ()) for block in self.own]
        return [*found, (self.id, self.section.title, ())] if self.rest else found


def page_parts(library: Library, case: Case) -> Iterator[PagePart]:
    """Yield the parts of a case's page that have anything in them, in the order of the model."""
    said = [field for name, field in library.model.fields.items() if name in case.values]
    for section in (*library.model.sections, *ELSEWHERE):
        blocks = tuple(
            _block(library, case, field)
            for field in said
            if _belongs(field, section) and _says(case, field, section)
        )
        if blocks:
            yield PagePart(section, blocks)


def _belongs(field: Field, section: Section) -> bool:
    if field.section != section.id or not field.shown or field.role in HEAD:
        return False
    return bool(section.id) or bool(field.layout) == (section.place == "main")


def _says(case: Case, field: Field, section: Section) -> bool:
    """Return whether a field has something to show; what is unknown is told beside the facts."""
    value = case.values.get(field.name)
    return value is not None and not (section.place == "main" and is_unknown(value))


def _block(library: Library, case: Case, field: Field) -> Block:
    value = case.values.get(field.name)
    claims = library.claims[case.id].get(field.name, ())
    shown = entry_views(library, claims) if as_entries(field) else ()
    if not shown:
        layout = "text" if field.kind == "text" else "facts"
        return Block(field=field, layout=layout, pieces=pieces(library, field, value))
    summed = answered(field, claims, library.model) if field.layout == "answers" else None
    if summed is None:
        layout = "claims" if field.layout == "answers" else field.layout or "list"
        return Block(field=field, layout=layout, entries=shown)
    spared = field.score.never_disqualifies if field.score and summed.excused else ""
    return Block(
        field=field,
        layout="answers",
        entries=tuple(entry for entry in shown if entry.title),
        answered=summed,
        unasked=pieces(library, field.fields[field.key], list(summed.unasked)),
        excuse="".join(p.text for p in pieces(library, field.fields[field.key], spared or None)),
    )
