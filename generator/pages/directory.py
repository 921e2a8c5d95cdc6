"""Directories: a facet of names as a list from A to Z, and who stands in the same cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any, Final

from generator.analysis.nameless import nameless
from generator.analysis.substance import FEW
from generator.analysis.tally import term_counts
from generator.base.collation import initial, sort_key
from generator.library.collection import Mention
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.model.roles import ROLE_OF_ENTRY
from generator.model.unnamed import KIND_OF_ENTRY
from generator.model.value import is_unknown
from generator.pages.card import Card, card
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pagination import NAMES_PAGE_SIZE, ListPart, ShortList, paginate, shorten
from generator.pages.pieces import Detail, Piece, piece, pieces
from generator.pages.script_words import script_words
from generator.pages.term_rows import TermRow, term_row

MOST_AGAIN: Final = 30
"""How many names, and pairs of them, that are in several cases a long library lists first."""


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
    """Return what the page shows: `names` counts all, each of `letters` leads to its first name.

    `groups` are the names on this page by their letter; `again` are those in several cases, and
    `pairs` those of them that were in several cases together.
    """
    library = ctx.library
    names = sorted(library.used_terms(facet.name), key=partial(_rank, library, facet))
    letters: dict[str, int] = {}
    for index, id_ in enumerate(names):
        letters.setdefault(_letter(library, facet, id_), index)
    rows: dict[str, list[TermRow]] = {}
    for id_ in part.select(names):
        rows.setdefault(_letter(library, facet, id_), []).append(_row(ctx, facet, id_))
    listed = {
        "part": part,
        "facet": facet,
        "groups": [(letter, f"letter-{letters[letter]}", own) for letter, own in rows.items()],
    }
    if part.number > 1:
        return listed
    again = [id_ for id_ in names if library.count(facet.name, id_) > 1]
    again.sort(key=lambda id_: (-library.count(facet.name, id_), *_rank(library, facet, id_)))
    return listed | {
        "names": len(names),
        "again": shorten(library, again, partial(_met_again, ctx, facet), limit=_most(library)),
        "pairs": _pairs(library, facet),
        "letters": [(c, f"{part.path_of(n)}#letter-{n}") for c, n in letters.items()],
        "answer_counts": library.answer_counts(facet.name),
        "nameless": nameless_words(library, facet),
        "words": _words(library),
    }


def _letter(library: Library, facet: Facet, id_: str) -> str:
    label = library.term(facet, id_).label
    return initial(label) or label[:1]


def _words(library: Library) -> dict[str, str]:
    """Return the sentences of the script that narrows the list."""
    _ = library.locale.gettext
    words = {
        "find": _("Find in this list"),
        "shown": _("%(num)s of %(total)s", num="{num}", total="{total}"),
    }
    return script_words(library.locale, words)


@dataclass(frozen=True, slots=True)
class MetAgain:
    """A name in several cases; if they are few, each with what it is recorded to be there."""

    row: TermRow
    cases: tuple[tuple[Card, Detail | None], ...]


def _met_again(ctx: SiteContext, facet: Facet, id_: str) -> MetAgain:
    library, row = ctx.library, _row(ctx, facet, id_)
    if row.count >= FEW:
        return MetAgain(row, ())
    cases = library.cases_naming(facet.name, id_)
    return MetAgain(row, tuple((card(library, c), role_in(library, facet, id_, c)) for c in cases))


def role_in(library: Library, facet: Facet, id_: str, case: str) -> Detail | None:
    """Return what a name is recorded to be in a case, perhaps nothing; None where no field says."""
    owner = library.owner(facet)
    member = owner.member_with_role(ROLE_OF_ENTRY)
    if member is None:
        return None
    claims = [c for c in library.claims(case, owner.name) if c.term == id_]
    known = [
        v for c in claims if (v := c.values.get(member.name)) is not None and not is_unknown(v)
    ]
    roles = dict.fromkeys(p for value in known for p in pieces(library, member, value))
    return Detail(member.label, tuple(roles), member.kind, member.name)


def _pairs(library: Library, facet: Facet) -> ShortList[tuple[TermRow, TermRow, int]]:
    """Return the names that were in several cases together, those of most cases first."""
    pairs = list(recurring_pairs(library, facet.name))

    def rows(pair: tuple[str, str, int]) -> tuple[TermRow, TermRow, int]:
        one, other, number = pair
        return (
            term_row(library, facet, one, number),
            term_row(library, facet, other, number),
            number,
        )

    return shorten(library, pairs, rows, limit=_most(library))


def _most(library: Library) -> int | None:
    return MOST_AGAIN if library.is_long() else None


def recurring_pairs(library: Library, facet: str) -> tuple[tuple[str, str, int], ...]:
    """Return each two terms that more than one counted case names together, and how many do.

    A term in one case alone is in no such pair, so most names are left out at once.
    """
    again = frozenset(id_ for id_, number in library.counts(facet).items() if number > 1)
    named: dict[str, list[str]] = {}
    for id_ in sorted(again):
        for case in library.cases_naming(facet, id_):
            named.setdefault(case, []).append(id_)
    numbers = Counter(pair for ids in named.values() for pair in combinations(ids, 2))
    pairs = [(one, other, number) for (one, other), number in numbers.items() if number > 1]
    return tuple(sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])))


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
    """Return the other facets of a directory's entries."""
    owner = library.owner(facet)
    return [m for m in owner.fields.values() if m.facet and m.name != owner.key]


def _row(ctx: SiteContext, facet: Facet, id_: str) -> TermRow:
    """Return the row of a name, with the terms that its entries name in the other facets."""
    library, owner = ctx.library, ctx.library.owner(facet)
    mentions = library.mentions(facet.name, id_)
    details = tuple(
        Detail(member.label, _terms(library, mentions, owner, member))
        for member in _members(library, facet)
    )
    row = term_row(library, facet, id_, ctx.library.count(facet.name, id_))
    return replace(row, details=details)


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
