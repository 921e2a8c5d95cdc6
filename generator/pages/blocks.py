"""The fields of a record on its page: a block for each field, in parts, by section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.analysis.tally import AnswerSummary, answer_summary
from generator.library.collection import Claim, anchor, as_entries
from generator.library.library import Library
from generator.model.record import Field, Section
from generator.model.value import is_unknown
from generator.pages.entries import ClaimRow, EntryView, claim_row, entry_views
from generator.pages.page import Contents, SiteContext
from generator.pages.pieces import Piece, pieces
from generator.records.case import Case

HEAD = frozenset({"title", "summary"})
"""Roles of the fields that stand at the head of the page."""

ROWS = frozenset({"claims", "list"})
"""Layouts in which entries are rows of words."""


def no_sections(library: Library) -> tuple[Section, Section]:
    """Return where fields stand that name no section: those with a layout in the second."""
    _ = library.locale.gettext
    return (
        Section(id="", title=_("At a glance"), place="panel"),
        Section(id="", title=_("More"), place="main"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one field shows on a case's page: entries, or the pieces of a simple value.

    `rows` are the entries of a list of claims. Of answers, `unasked` are the questions that nobody
    answered, and `excuse` is the one that was answered no where that is not held against the
    record.
    """

    field: Field
    layout: str
    entries: tuple[EntryView, ...] = ()
    rows: tuple[ClaimRow, ...] = ()
    pieces: tuple[Piece, ...] = ()
    answered: AnswerSummary | None = None
    unasked: tuple[Piece, ...] = ()
    excuse: str = ""

    @property
    def id(self) -> str:
        """Return the block's anchor on the page."""
        return anchor(self.field)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A section of a case's page with its blocks."""

    section: Section
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the blocks that have no heading of their own."""
        return f"part-{self.section.id or 'more'}"

    @property
    def headed(self) -> tuple[Block, ...]:
        """Return the blocks under a heading of their own."""
        return tuple(block for block in self.blocks if block.field.layout)

    @property
    def unheaded(self) -> tuple[Block, ...]:
        """Return the blocks that stand together under the section's title."""
        return tuple(block for block in self.blocks if not block.field.layout)

    @property
    def contents(self) -> Contents:
        """Return the anchor and the title of the part, for the table of contents.

        A part of one heading has the title of that, one of several the title of its section.
        """
        if self.unheaded and not self.headed:
            return [(self.id, self.section.title, ())]
        first = self.headed[0]
        alone = len(self.blocks) == 1
        return [(first.id, first.field.heading if alone else self.section.title, ())]


def page_parts(ctx: SiteContext, case: Case) -> Iterator[PagePart]:
    """Yield the parts of a case's page that have anything in them, in the order of the model."""
    model = ctx.library.model
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in ctx.library.all_claims(case.id):
        claims[claim.field].append(claim)
    fields: dict[tuple[str, str], list[Field]] = defaultdict(list)
    for name, field in model.fields.items():
        if name in case.values and field.shown and field.role not in HEAD:
            fields[_section_key(field)].append(field)
    for section in (*model.sections, *no_sections(ctx.library)):
        blocks = tuple(
            _block(ctx, case, field, claims[field.name])
            for field in fields[section.id, "" if section.id else section.place]
            if _has_content(case, field, section)
        )
        if blocks:
            yield PagePart(section, blocks)


def _section_key(field: Field) -> tuple[str, str]:
    """Return the id of a field's section; where it names none, the place of the one it is in."""
    if field.section:
        return field.section, ""
    return "", "main" if field.layout else "panel"


def _has_content(case: Case, field: Field, section: Section) -> bool:
    """Return whether a field has something to show; what is unknown is listed in one place."""
    value = case.values.get(field.name)
    return value is not None and not (is_unknown(value) and listed_as_unknown(field, section))


def listed_as_unknown(field: Field, section: Section) -> bool:
    """Return whether a field that is unknown is not shown, but listed with all that is unknown.

    Only what the end of the page says of the record itself stands where it always stands.
    """
    return section.place != "end" or bool(field.layout)


def _block(ctx: SiteContext, case: Case, field: Field, claims: Sequence[Claim]) -> Block:
    library, value = ctx.library, case.values.get(field.name)
    entries = entry_views(ctx, claims) if as_entries(field) else ()
    if not entries:
        layout = "text" if field.kind == "text" else "facts"
        return Block(field=field, layout=layout, pieces=pieces(library, field, value))
    score = (
        answer_summary(field, claims, library.model, library.locale)
        if field.layout == "answers"
        else None
    )
    if score is None:
        layout = "claims" if field.layout == "answers" else field.layout or "list"
        rows = tuple(claim_row(ctx, entry) for entry in entries) if layout in ROWS else ()
        return Block(field=field, layout=layout, entries=entries, rows=rows)
    key = field.fields[field.key]
    excuse = field.score.never_disqualifies if field.score and score.excused else ""
    return Block(
        field=field,
        layout="answers",
        entries=tuple(entry for entry in entries if entry.title),
        answered=score,
        unasked=pieces(library, key, list(score.unasked)),
        excuse="".join(piece.text for piece in pieces(library, key, excuse or None)),
    )
