"""Directories: a facet of names as a table from A to Z, and who stands in the same cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from generator.analysis.nameless import nameless
from generator.analysis.tally import term_counts
from generator.base.collation import initial, sort_key
from generator.library.collection import Mention
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.model.unnamed import KIND_OF_ENTRY
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import NAMES_PAGE_SIZE, ListPart, ShortList, paginate, shorten
from generator.pages.pieces import Detail, Piece, piece, pieces
from generator.pages.term_rows import TermRow, term_row


def is_directory(library: Library, facet: Facet) -> bool:
    """Return whether a facet is shown as a directory: its terms are the names of entries."""
    owner = library.owner(facet)
    return owner.directory and facet.path == (owner.name, owner.key)


def directory_pages(ctx: SiteContext, facet: Facet, page: Page) -> Iterator[Page]:
    """Yield the pages of a directory; `page` is the index page of its facet."""
    names = len(ctx.library.used_terms(facet.name))
    view = deferred_view(_directory_view, ctx, facet)
    page = replace(page, template="directory.html", context=view)
    yield from paginate(page, names, size=NAMES_PAGE_SIZE)


def _directory_view(ctx: SiteContext, facet: Facet, part: ListPart) -> dict[str, Any]:
    """Return what the page shows: `names` counts all, each of `letters` leads to its first name."""
    library = ctx.library
    names = sorted(library.used_terms(facet.name), key=partial(_rank, library, facet))
    letters: dict[str, int] = {}
    for index, id_ in enumerate(names):
        label = library.term(facet, id_).label
        letters.setdefault(initial(label) or label[:1], index)
    anchors = {names[index]: f"letter-{index}" for index in letters.values()}
    return {
        "part": part,
        "facet": facet,
        "names": len(names),
        "rows": [_row(ctx, facet, id_, anchors.get(id_, "")) for id_ in part.select(names)],
        "labels": [member.label for member in _members(library, facet)] if names else [],
        "letters": [(c, f"{part.path_of(n)}#letter-{n}") for c, n in letters.items()],
        "answer_counts": library.answer_counts(facet.name),
        "nameless": nameless_words(library, facet),
    }


def nameless_words(library: Library, facet: Facet) -> str:
    """Return who stands in the entries of a directory without a name; empty where nobody does."""
    owner, locale = library.owner(facet), library.locale
    without = nameless(library, owner)
    kind = owner.member_with_role(KIND_OF_ENTRY)
    if kind is None or not without.number:
        return ""
    label = locale.lower(facet.label)
    message = {"partners": locale.counted(without.number, facet.noun, label)}
    if not without.kinds:
        return locale.gettext("Besides them there are %(partners)s without a name.", **message)
    kinds = [
        locale.gettext("%(kind)s (%(num)s)", kind=piece(library, kind, id_).text, num=number)
        for id_, number in without.kinds
    ]
    if without.unknown:
        of_no_kind = locale.gettext("kind unknown")
        kinds.append(locale.gettext("%(kind)s (%(num)s)", kind=of_no_kind, num=without.unknown))
    return locale.gettext(
        "Besides them there are %(partners)s without a name: %(kinds)s.",
        kinds=locale.joined_by_commas(kinds),
        **message,
    )


def _rank(library: Library, facet: Facet, id_: str) -> tuple[str, str]:
    return (sort_key(library.term(facet, id_).label), id_)


def _members(library: Library, facet: Facet) -> list[Field]:
    """Return the other facets of a directory's entries, each a column."""
    owner = library.owner(facet)
    return [m for m in owner.fields.values() if m.facet and m.name != owner.key]


def _row(ctx: SiteContext, facet: Facet, id_: str, anchor: str) -> TermRow:
    """Return the row of a name, with the terms that its entries name in the other columns."""
    library, owner = ctx.library, ctx.library.owner(facet)
    mentions = library.mentions(facet.name, id_)
    details = tuple(
        Detail(member.label, _terms(library, mentions, owner, member))
        for member in _members(library, facet)
    )
    row = term_row(library, facet, id_, ctx.library.count(facet.name, id_))
    return replace(row, details=details, anchor=anchor)


def _terms(
    library: Library, mentions: tuple[Mention, ...], owner: Field, member: Field
) -> tuple[Piece, ...]:
    """Return the terms of another facet in the entries that mention a name, each once."""
    terms: dict[str, Piece] = {}
    for mention in mentions:
        for claim in library.claims(mention.case, owner.name):
            if claim.index == mention.entry:
                for piece in pieces(library, member, claim.values.get(member.name)):
                    if piece.term:
                        terms.setdefault(piece.term, piece)
    return tuple(terms.values())


def colleagues(library: Library, facet: Facet, id_: str) -> ShortList[TermRow]:
    """Return who stands in the same cases as a term of a directory, most often first.

    Somebody met once is named by that case; it is those met again who tell of a habit.
    """
    cases = library.cases_naming(facet.name, id_)
    counts = term_counts(library, cases, facet).items()
    shared = {other: n for other, n in counts if other != id_ and n > 1}
    ranked = sorted(shared, key=lambda other: (-shared[other], *_rank(library, facet, other)))
    return shorten(library, ranked, lambda o: term_row(library, facet, o, shared[o]))
